//! The type `GiftCardTransaction`: one entry of a card's ledger.

use async_graphql::{Context, Enum, ID, Object};
use entity::money::{Currency, Money};

use crate::{
    domain::{
        gift_card::{Entry, EntryKind},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::encode,
        order::{self, Order},
        scalars::{DateTime, MoneyV2},
    },
};

/// Why the balance of a gift card changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "EntryKind", visible = "crate::graphql::guards::reads_payments")]
pub enum GiftCardTransactionKind {
    /// The card was made.
    Issued,
    /// It paid for an order.
    Used,
    /// An order that it paid for was canceled or never paid in full: all of it came back.
    GivenBack,
    /// Money of an order that it paid for was refunded.
    Refunded,
    /// Staff put money on it.
    Credited,
    /// Money was taken off it: by staff, or because the order that sold it was canceled.
    Debited,
}

/// One entry of a gift card's ledger. The balance is the sum of all of them.
#[derive(Clone, Debug)]
pub struct GiftCardTransaction {
    entry: Entry,
    currency: Currency,
}

impl GiftCardTransaction {
    /// An entry of a card in this currency.
    pub(super) fn new(entry: Entry, currency: Currency) -> Self {
        Self { entry, currency }
    }
}

/// One entry of a gift card's ledger. The balance is the sum of all of them.
#[Object(visible = "crate::graphql::guards::reads_payments")]
impl GiftCardTransaction {
    /// The entry's id.
    async fn id(&self) -> ID {
        encode(self.entry.id)
    }

    /// By how much the balance changed; below zero what was taken off it.
    async fn amount(&self) -> MoneyV2 {
        Money::new(self.entry.amount_minor, self.currency).into()
    }

    /// Why.
    async fn kind(&self) -> GiftCardTransactionKind {
        self.entry.kind.into()
    }

    /// The order that it paid for or that sold the card; null for what staff did, and for viewers without READ_ORDERS.
    async fn order(&self, ctx: &Context<'_>) -> Option<Order> {
        errors::optional(ctx, order_of(ctx, self.entry.order_id).await)
    }

    /// The staff member who did it; null where the shop did it by itself.
    async fn staff_member_id(&self) -> Option<ID> {
        self.entry.account_id.map(|id| ID(format!("gid://cartwright/StaffMember/{id}")))
    }

    /// Why, in staff's words.
    async fn note(&self) -> Option<&str> {
        self.entry.note.as_deref()
    }

    /// When.
    async fn processed_at(&self) -> DateTime {
        self.entry.created_at.into()
    }
}

/// An order, for staff who may read orders.
pub(super) async fn order_of(ctx: &Context<'_>, id: Option<entity::ids::OrderId>) -> Result<Option<Order>, Error> {
    let Some(id) = id.filter(|_| ctx.viewer().may(Permission::ReadOrders)) else { return Ok(None) };
    Ok(order::load(ctx, id).await?.map(Order))
}
