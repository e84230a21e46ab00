//! The queries of orders, their lines and timelines.

use chrono::{DateTime, Utc};
use entity::{
    address::{Address, Attributes},
    ids::{AccountId, CartId, OrderId},
    money::Currency,
    order::{
        order::{self, CancelReason, Deliveries, FinancialStatus, FulfillmentStatus, OrderStatus},
        order_line::{self, LineStatus},
        order_number, timeline_entry,
    },
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::Expr,
};

use super::lifecycle::OrderState;
use crate::{
    domain::{pricing::Quote, shared::Error},
    platform::{Sources, batch::padded},
};

/// The first order's number is one more.
const NUMBERS_START_AFTER: i64 = 1_000;

/// The money of an order in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Currency of them all.
    pub currency: Currency,
    /// What the lines cost before discounts.
    pub subtotal: i64,
    /// What discounts take off the lines.
    pub discount: i64,
    /// Shipping after what is taken off it.
    pub shipping: i64,
    /// Tax added.
    pub tax: i64,
    /// Tax inside the prices.
    pub tax_included: i64,
    /// What it costs.
    pub total: i64,
    /// What of the total gift cards pay.
    pub gift_card: i64,
}

impl Totals {
    /// The totals of a quote.
    #[must_use]
    pub fn of(quote: &Quote) -> Self {
        let engine = quote.engine();
        Self {
            currency: quote.currency(),
            subtotal: engine.subtotal.0,
            discount: engine.discount.0,
            shipping: engine.shipping.0,
            tax: engine.tax.0,
            tax_included: engine.tax_included.0,
            total: engine.total.0,
            gift_card: engine.gift_card_amount.0,
        }
    }
}

/// A new order.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// The customer, when signed in.
    pub account_id: Option<AccountId>,
    /// The cart.
    pub cart_id: CartId,
    /// Buyer's e-mail address.
    pub email: String,
    /// Buyer's phone.
    pub phone: Option<String>,
    /// Money.
    pub totals: Totals,
    /// Where to.
    pub shipping_address: Option<Address>,
    /// How it is delivered.
    pub deliveries: Option<Deliveries>,
    /// Who pays.
    pub billing_address: Option<Address>,
    /// Note of the buyer.
    pub note: Option<String>,
    /// Attributes of the front end.
    pub attributes: Attributes,
    /// Until when stock is held.
    pub reserved_until: DateTime<Utc>,
}

/// Makes an order that waits for its payment. A cart has at most one order that is not canceled (a unique index holds it).
///
/// # Errors
/// The database's.
pub async fn insert_order(tx: &DatabaseTransaction, sources: &Sources, new: NewOrder) -> Result<order::Model, DbErr> {
    let now = sources.now();
    let number = order_number::ActiveModel { id: NotSet, created_at: Set(now) };
    let number = order_number::Entity::insert(number).exec_with_returning(tx).await?;
    let row = order::ActiveModel {
        id: Set(sources.id()),
        number: Set(NUMBERS_START_AFTER + number.id),
        account_id: Set(new.account_id),
        cart_id: Set(new.cart_id),
        email: Set(new.email),
        phone: Set(new.phone),
        currency: Set(new.totals.currency),
        subtotal_minor: Set(new.totals.subtotal),
        discount_minor: Set(new.totals.discount),
        shipping_minor: Set(new.totals.shipping),
        tax_minor: Set(new.totals.tax),
        total_minor: Set(new.totals.total),
        gift_card_minor: Set(new.totals.gift_card),
        tax_included_minor: Set(new.totals.tax_included),
        status: Set(OrderStatus::PendingPayment),
        financial_status: Set(FinancialStatus::Pending),
        fulfillment_status: Set(FulfillmentStatus::Unfulfilled),
        shipping_address: Set(new.shipping_address),
        deliveries: Set(new.deliveries),
        billing_address: Set(new.billing_address),
        note: Set(new.note),
        attributes: Set(new.attributes),
        reserved_until: Set(new.reserved_until),
        cancel_reason: Set(None),
        version: Set(1),
        created_at: Set(now),
        placed_at: Set(None),
        canceled_at: Set(None),
        updated_at: Set(now),
    };
    order::Entity::insert(row).exec_with_returning(tx).await
}

/// Adds the lines of a new order.
///
/// # Errors
/// The database's.
pub async fn insert_lines(tx: &DatabaseTransaction, lines: Vec<order_line::ActiveModel>) -> Result<(), DbErr> {
    order_line::Entity::insert_many(lines).exec_without_returning(tx).await.map(drop)
}

/// One order.
///
/// # Errors
/// The database's.
pub async fn order(db: &impl ConnectionTrait, id: OrderId) -> Result<Option<order::Model>, DbErr> {
    order::Entity::find_by_id(id).one(db).await
}

/// Some orders.
///
/// # Errors
/// The database's.
pub async fn orders(db: &impl ConnectionTrait, ids: &[OrderId]) -> Result<Vec<order::Model>, DbErr> {
    order::Entity::find().filter(order::Column::Id.is_in(ids.iter().copied())).all(db).await
}

/// Locks an order for the rest of the transaction and returns it as it is now.
///
/// # Errors
/// `NotFound`, the database's.
pub async fn lock_order(tx: &DatabaseTransaction, id: OrderId) -> Result<order::Model, Error> {
    order::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Error::NotFound("order"))
}

/// The order of a cart that is not canceled.
///
/// # Errors
/// The database's.
pub async fn order_of_cart(db: &impl ConnectionTrait, cart_id: CartId) -> Result<Option<order::Model>, DbErr> {
    let live = order::Entity::find().filter(order::Column::CartId.eq(cart_id));
    live.filter(order::Column::Status.ne(OrderStatus::Canceled)).one(db).await
}

/// Every order of a cart, also the canceled ones.
///
/// # Errors
/// The database's.
pub async fn orders_of_cart(db: &impl ConnectionTrait, cart_id: CartId) -> Result<Vec<order::Model>, DbErr> {
    order::Entity::find().filter(order::Column::CartId.eq(cart_id)).order_by_desc(order::Column::Number).all(db).await
}

/// The lines of some orders, each order's in its order.
///
/// # Errors
/// The database's.
pub async fn lines_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<order_line::Model>, DbErr> {
    let lines = order_line::Entity::find().filter(order_line::Column::OrderId.is_in(padded(orders.iter().copied())));
    lines.order_by_asc(order_line::Column::OrderId).order_by_asc(order_line::Column::Position).all(db).await
}

/// The timelines of some orders, oldest first.
///
/// # Errors
/// The database's.
pub async fn timeline_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<timeline_entry::Model>, DbErr> {
    let of = timeline_entry::Column::OrderId.is_in(padded(orders.iter().copied()));
    let entries = timeline_entry::Entity::find().filter(of);
    entries.order_by_asc(timeline_entry::Column::OrderId).order_by_asc(timeline_entry::Column::Sequence).all(db).await
}

/// What changes of an order beside its state.
#[derive(Clone, Debug, Default)]
pub struct OrderChange {
    /// Why it was canceled.
    pub cancel_reason: Option<CancelReason>,
    /// Who pays.
    pub billing_address: Option<Address>,
    /// Where it goes instead.
    pub shipping_address: Option<Address>,
    /// How it is delivered instead.
    pub deliveries: Option<Deliveries>,
    /// What it costs after an edit.
    pub totals: Option<Totals>,
}

impl Totals {
    /// What an order costs.
    #[must_use]
    pub fn of_order(row: &order::Model) -> Self {
        Self {
            currency: row.currency,
            subtotal: row.subtotal_minor,
            discount: row.discount_minor,
            shipping: row.shipping_minor,
            tax: row.tax_minor,
            tax_included: row.tax_included_minor,
            total: row.total_minor,
            gift_card: row.gift_card_minor,
        }
    }
}

/// Moves a locked order to a state and bumps its version; returns it as it is then. The update still names the version
/// it was read with: if the lock were ever forgotten, this would fail instead of losing a change.
///
/// # Errors
/// The database's; a fault when somebody else changed the order.
pub async fn change_order(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: order::Model,
    state: OrderState,
    change: OrderChange,
) -> Result<order::Model, Error> {
    let now = sources.now();
    let placed_at = row.placed_at.or((state.status == OrderStatus::Processing).then_some(now));
    let canceled_at = (state.status == OrderStatus::Canceled).then(|| row.canceled_at.unwrap_or(now));
    let cancel_reason = (state.status == OrderStatus::Canceled).then_some(change.cancel_reason.or(row.cancel_reason));
    let billing_address = change.billing_address.or(row.billing_address.clone());
    let shipping_address = change.shipping_address.or(row.shipping_address.clone());
    let deliveries = change.deliveries.or(row.deliveries.clone());
    let totals = change.totals.unwrap_or_else(|| Totals::of_order(&row));
    let updated = order::Entity::update_many()
        .set(order::ActiveModel {
            status: Set(state.status),
            financial_status: Set(state.financial),
            fulfillment_status: Set(state.fulfillment),
            placed_at: Set(placed_at),
            canceled_at: Set(canceled_at),
            cancel_reason: Set(cancel_reason.flatten()),
            billing_address: Set(billing_address.clone()),
            shipping_address: Set(shipping_address.clone()),
            deliveries: Set(deliveries.clone()),
            subtotal_minor: Set(totals.subtotal),
            discount_minor: Set(totals.discount),
            shipping_minor: Set(totals.shipping),
            tax_minor: Set(totals.tax),
            tax_included_minor: Set(totals.tax_included),
            total_minor: Set(totals.total),
            gift_card_minor: Set(totals.gift_card),
            version: Set(row.version + 1),
            updated_at: Set(now),
            ..Default::default()
        })
        .filter(order::Column::Id.eq(row.id))
        .filter(order::Column::Version.eq(row.version))
        .exec(tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(Error::fault(format!("order {} was changed by two transactions at once", row.id)));
    }
    Ok(order::Model {
        status: state.status,
        financial_status: state.financial,
        fulfillment_status: state.fulfillment,
        placed_at,
        canceled_at,
        cancel_reason: cancel_reason.flatten(),
        billing_address,
        shipping_address,
        deliveries,
        subtotal_minor: totals.subtotal,
        discount_minor: totals.discount,
        shipping_minor: totals.shipping,
        tax_minor: totals.tax,
        tax_included_minor: totals.tax_included,
        total_minor: totals.total,
        gift_card_minor: totals.gift_card,
        version: row.version + 1,
        updated_at: now,
        ..row
    })
}

/// Moves every line of an order from one status to another.
///
/// # Errors
/// The database's.
pub async fn move_lines(
    tx: &DatabaseTransaction,
    order_id: OrderId,
    from: LineStatus,
    to: LineStatus,
) -> Result<(), DbErr> {
    order_line::Entity::update_many()
        .col_expr(order_line::Column::Status, Expr::value(to))
        .filter(order_line::Column::OrderId.eq(order_id))
        .filter(order_line::Column::Status.eq(from))
        .exec(tx)
        .await
        .map(drop)
}

/// Holds the stock of a pending order until another moment.
///
/// # Errors
/// The database's.
pub async fn set_reserved_until(tx: &DatabaseTransaction, id: OrderId, until: DateTime<Utc>) -> Result<(), DbErr> {
    let update = order::Entity::update_many().col_expr(order::Column::ReservedUntil, Expr::value(until));
    update.filter(order::Column::Id.eq(id)).exec(tx).await.map(drop)
}

/// Orders whose time to pay has passed.
///
/// # Errors
/// The database's.
pub async fn overdue_orders(db: &impl ConnectionTrait, now: DateTime<Utc>, most: u64) -> Result<Vec<OrderId>, DbErr> {
    order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::Status.eq(OrderStatus::PendingPayment))
        .filter(order::Column::ReservedUntil.lt(now))
        .order_by_asc(order::Column::ReservedUntil)
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

/// Counts units that were sent of a line; says whether as many were left.
///
/// # Errors
/// The database's.
pub async fn add_fulfilled(
    tx: &DatabaseTransaction,
    line_id: entity::ids::OrderLineId,
    quantity: i64,
) -> Result<bool, DbErr> {
    let fulfilled = Expr::col(order_line::Column::FulfilledQuantity).add(quantity);
    let updated = order_line::Entity::update_many()
        .col_expr(order_line::Column::FulfilledQuantity, fulfilled.clone())
        .filter(order_line::Column::Id.eq(line_id))
        .filter(
            fulfilled.add(Expr::col(order_line::Column::CanceledQuantity)).lte(Expr::col(order_line::Column::Quantity)),
        )
        .exec(tx)
        .await?;
    Ok(updated.rows_affected == 1)
}
