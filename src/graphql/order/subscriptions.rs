//! Watching orders live. The outbox feeds it, whichever process made the change; a cursor lets a client come back.

use std::sync::Arc;

use async_graphql::{Context, ID, SimpleObject, Subscription};
use entity::ids::OrderId;
use futures::{Stream, StreamExt, stream};

use super::{Order, access, enums::OrderEventType, inputs::OrdersFeedFilter};
use crate::{
    domain::{
        order::{self, EventKind},
        shared::{Error, Permission},
    },
    graphql::{context::ContextExt, errors, scalars::DateTime},
    platform::outbox::{self, Published, Scope},
};

/// What happened, and when.
#[derive(Debug, SimpleObject)]
pub struct OrderEvent {
    /// What.
    #[graphql(name = "type")]
    kind: OrderEventType,
    /// When.
    created_at: DateTime,
}

/// A message about one order.
#[derive(Debug, SimpleObject)]
pub struct OrderUpdate {
    /// Where the watcher is now: send it as `after` to go on from here after a break.
    cursor: String,
    /// What happened; null in the first message, which tells the present state.
    event: Option<OrderEvent>,
    /// The order as it is now, which may be further than the event: several changes can come close together.
    order: Order,
}

/// A message of the feed of all orders.
#[derive(Debug, SimpleObject)]
pub struct OrdersFeedUpdate {
    /// Where the watcher is now: send it as `after` to go on from here after a break.
    cursor: String,
    /// What happened; null in the first message, which only tells where the feed begins.
    event: Option<OrderEvent>,
    /// The order as it is now; null in the first message.
    order: Option<Order>,
}

/// Watching orders.
#[derive(Debug, Default)]
pub struct OrderSubscription;

#[Subscription]
impl OrderSubscription {
    /// One order, live: its present state first, then each change. With `after`, each change after that cursor instead:
    /// nothing is missed and nothing comes twice. A cursor whose next events are not kept any more is CURSOR_EXPIRED. For
    /// those who may read the order.
    async fn order_updated<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "The order's id.")] id: ID,
        #[graphql(desc = "The cursor of the last message seen.")] after: Option<String>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<OrderUpdate>> + use<'ctx>> {
        let ctx = ctx.clone();
        let order = errors::required(&ctx, access::open_existing(&ctx, "id", &id).await)?;
        let from = errors::required(&ctx, start(&ctx, Scope::Subject(order.id.0), after.as_deref()).await)?;
        // What is recorded now is in the present state, read afterwards, though it may be published only later: it is not
        // told again. What comes between the two is, and nothing is missed.
        let seen = match after {
            None => errors::required(&ctx, recorded(&ctx, order.id).await)?,
            Some(_) => 0,
        };
        let order = errors::required(&ctx, reload(&ctx, order.id).await)?;
        let id = order.id;
        let first =
            after.is_none().then(|| Ok(OrderUpdate { cursor: from.to_string(), event: None, order: Order(order) }));
        let app = ctx.app();
        let events = outbox::follow(&app.database, &app.bus, Scope::Subject(id.0), from)
            .filter(move |event| std::future::ready(event.subject_sequence > seen));
        let updates = events.then(move |event| {
            let ctx = ctx.clone();
            async move {
                ctx.request().budget.renew();
                let order = errors::required(&ctx, reload(&ctx, id).await)?;
                Ok(OrderUpdate { cursor: event.cursor.to_string(), event: describe(&event), order: Order(order) })
            }
        });
        Ok(stream::iter(first).chain(updates))
    }

    /// All orders of the shop, live: a first message that tells where the feed begins, then each change. With `after`, each
    /// change after that cursor, or CURSOR_EXPIRED when it is too old. Needs READ_ORDERS.
    #[graphql(visible = "crate::graphql::guards::reads_orders")]
    async fn orders_feed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "Which events.")] filter: Option<OrdersFeedFilter>,
        #[graphql(desc = "The cursor of the last message seen.")] after: Option<String>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<OrdersFeedUpdate>> + use<'ctx>> {
        let ctx = ctx.clone();
        errors::required(&ctx, ctx.require(Permission::ReadOrders))?;
        let from = errors::required(&ctx, start(&ctx, Scope::SubjectType(order::SUBJECT), after.as_deref()).await)?;
        let first =
            after.is_none().then(|| Ok(OrdersFeedUpdate { cursor: from.to_string(), event: None, order: None }));
        let types = filter.unwrap_or_default().types;
        let app = ctx.app();
        let events = outbox::follow(&app.database, &app.bus, Scope::SubjectType(order::SUBJECT), from);
        let updates = events.filter_map(move |event| {
            let ctx = ctx.clone();
            let event = describe(&event)
                .filter(|told| types.as_ref().is_none_or(|types| types.contains(&told.kind)))
                .map(|told| (told, event));
            async move {
                let (told, event) = event?;
                ctx.request().budget.renew();
                let order = errors::required(&ctx, reload(&ctx, OrderId(event.subject_id)).await);
                Some(order.map(|order| OrdersFeedUpdate {
                    cursor: event.cursor.to_string(),
                    event: Some(told),
                    order: Some(Order(order)),
                }))
            }
        });
        Ok(stream::iter(first).chain(updates))
    }
}

/// The cursor to start after.
async fn start(ctx: &Context<'_>, scope: Scope, after: Option<&str>) -> Result<i64, Error> {
    let db = ctx.app().database.reader();
    let Some(cursor) = after else { return Ok(outbox::latest_cursor(db).await?) };
    let parsed = cursor.parse::<i64>().ok().filter(|cursor| *cursor >= 0);
    let after = parsed.ok_or_else(|| Error::bad_input("after", "is no cursor of this subscription"))?;
    if outbox::expired(db, scope, after).await? { Err(Error::CursorExpired) } else { Ok(after) }
}

/// How many facts of an order are recorded, published or not.
async fn recorded(ctx: &Context<'_>, id: OrderId) -> Result<i64, Error> {
    Ok(outbox::latest_sequence(ctx.app().database.reader(), id.0).await?)
}

async fn reload(ctx: &Context<'_>, id: OrderId) -> Result<order::Order, Error> {
    order::order(ctx.app().database.reader(), id).await?.ok_or(Error::NotFound("order"))
}

fn describe(event: &Arc<Published>) -> Option<OrderEvent> {
    EventKind::parse(&event.kind).map(|kind| OrderEvent { kind: kind.into(), created_at: event.created_at.into() })
}
