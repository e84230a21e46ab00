//! Reading jobs and parked items, and deciding about these.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use sea_orm::DatabaseTransaction;

use super::differences::GatewayDifference;
use super::types::{Job, ParkedItem, ParkedItemUserError, decode};
use crate::{
    domain::{
        checkout::Closing,
        operations::{self, ParkedId, Refusal},
        payment,
        shared::{Error, Failure, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        pagination::{Arguments, Connection, connection_of_list},
        transaction::{begin, finish},
    },
    platform::Sources,
};

/// Most differences in the list.
const MOST_DIFFERENCES: u64 = 250;

/// Which parked item is to be tried again.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct ParkedItemReplayInput {
    /// The item's id.
    id: ID,
}

/// Which parked item is to be dropped.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct ParkedItemDiscardInput {
    /// The item's id.
    id: ID,
    /// Why, for the record: needed to close a refund that its gateway refused, else left out. At most 1000 characters.
    reason: Option<String>,
}

/// What asking for another try led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct ParkedItemReplayPayload {
    /// The id of the item that is tried again now; null when refused. It comes back to the list if it fails as often again.
    replayed_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ParkedItemUserError>,
}

/// What dropping an item led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct ParkedItemDiscardPayload {
    /// The id of the item that is gone; null when refused.
    discarded_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ParkedItemUserError>,
}

/// Reads of operations.
#[derive(Debug, Default)]
pub struct OperationsQuery;

#[Object]
impl OperationsQuery {
    /// The background work that processes share, by name: who does it, how it goes. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn jobs(&self, ctx: &Context<'_>) -> Option<Vec<Job>> {
        errors::nullable(ctx, jobs(ctx).await)
    }

    /// Payments of which a gateway's book says something else than ours, or that ours do not know, the oldest first and 250 at
    /// most. The books of the last 30 days are compared every hour. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn gateway_differences(&self, ctx: &Context<'_>) -> Option<Vec<GatewayDifference>> {
        errors::nullable(ctx, differences(ctx).await)
    }

    /// What was tried many times and waits for a person: events that a sink refuses, gateways' messages, refunds,
    /// reversals and mails, in this order, each kind the oldest first and 250 of it at most. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn parked_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<ParkedItem>> {
        let items = errors::nullable(ctx, parked_items(ctx).await)?;
        let page = connection_of_list(ctx, Arguments { first, last, after, before }, items, ParkedItem);
        match page {
            Ok(page) => Some(page),
            Err(error) => {
                ctx.add_error(ctx.set_error_path(error.into_server_error(ctx.item.pos)));
                None
            }
        }
    }
}

async fn jobs(ctx: &Context<'_>) -> Result<Vec<Job>, Error> {
    ctx.require(Permission::ReadPayments)?;
    Ok(operations::jobs(ctx.app().database.reader()).await?.into_iter().map(Job).collect())
}

async fn differences(ctx: &Context<'_>) -> Result<Vec<GatewayDifference>, Error> {
    ctx.require(Permission::ReadPayments)?;
    let open = payment::open_differences(ctx.app().database.reader(), MOST_DIFFERENCES).await?;
    Ok(open.into_iter().map(Into::into).collect())
}

async fn parked_items(ctx: &Context<'_>) -> Result<Vec<operations::ParkedItem>, Error> {
    ctx.require(Permission::ReadPayments)?;
    let app = ctx.app();
    Ok(operations::parked_items(app.database.reader(), app.settings.jobs.attempts).await?)
}

/// Changes of operations.
#[derive(Debug, Default)]
pub struct OperationsMutation;

#[Object]
impl OperationsMutation {
    /// Lets a parked item be tried again at once, from the first attempt on. Events that wait behind it follow in order
    /// when it went through. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn parked_item_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which item.")] input: ParkedItemReplayInput,
    ) -> Option<ParkedItemReplayPayload> {
        let decided = decide(ctx, &input.id, async |tx, sources, id| operations::replay(tx, sources, id).await).await;
        let (replayed_id, user_errors) = errors::nullable(ctx, decided)?;
        Some(ParkedItemReplayPayload { replayed_id, user_errors })
    }

    /// Drops a parked event, gateway's message or mail for good; the events that wait behind it go on without it. Money that is
    /// owed cannot be dropped, but a refund with the status FAILED can be closed with a `reason`: it is CANCELED, and its amount
    /// can be refunded anew. Of a canceled order, what the gateway did not give back by itself is sent anew. Needs
    /// MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn parked_item_discard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which item.")] input: ParkedItemDiscardInput,
    ) -> Option<ParkedItemDiscardPayload> {
        let checkout = ctx.app().checkout();
        // Who may not decide is refused by `decide`, before anything is done in nobody's name.
        let account_id = ctx.require(Permission::ManagePayments).ok().map(|staff| staff.account_id);
        let closing = input.reason.map(|reason| Closing { account_id, reason });
        let decided =
            decide(ctx, &input.id, async |tx, _, id| operations::discard(tx, &checkout, id, closing.as_ref()).await)
                .await;
        let (discarded_id, user_errors) = errors::nullable(ctx, decided)?;
        Some(ParkedItemDiscardPayload { discarded_id, user_errors })
    }
}

/// Checks, decides in a transaction, and gives the two halves of a payload.
async fn decide(
    ctx: &Context<'_>,
    id: &ID,
    decision: impl AsyncFnOnce(&DatabaseTransaction, &Sources, ParkedId) -> Result<(), Failure<Refusal>>,
) -> Result<(Option<ID>, Vec<ParkedItemUserError>), Error> {
    ctx.require(Permission::ManagePayments)?;
    let parked = decode(id).ok_or_else(|| Error::bad_input("input.id", "must be the id of a parked item"))?;
    let tx = begin(ctx).await?;
    let done = decision(&tx, &ctx.app().sources, parked).await;
    Ok(match finish(tx, done).await? {
        Ok(()) => (Some(id.clone()), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    })
}
