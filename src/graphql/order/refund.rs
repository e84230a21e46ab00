//! Refunds: what went or goes back.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    ids::{OrderId, RefundId},
    money::{Currency, Money},
    order::order_refund_line::RestockType as RestockRow,
    payment::refund::RefundStatus as StatusRow,
};

use super::{
    enums::RefundStatus,
    line::OrderLineItem,
    loaders::{LinesOf, OrderRefundLinesOf, list_of},
};
use crate::{
    domain::{
        order::{self, OrderRefund, OrderRefundLine},
        payment::Refund as Part,
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors, global_id,
        scalars::{DateTime, MoneyV2},
    },
};

/// Money that goes or went back: by a cancellation, by an edit that made the order cost less, by a decision of staff, or because
/// it came for an order that it could not place.
#[derive(Clone, Debug)]
pub struct Refund {
    decided: Option<OrderRefund>,
    /// What goes by gateways, the oldest first.
    parts: Vec<Part>,
    currency: Currency,
}

impl Refund {
    /// The refunds of an order, the oldest first.
    pub(super) fn all(decided: &[OrderRefund], parts: &[Part], currency: Currency) -> Vec<Self> {
        let of_staff = decided.iter().map(|one| Self::of(one.clone(), parts, currency));
        let by_themselves = parts.iter().filter(|part| part.order_refund_id.is_none());
        let by_themselves = by_themselves.map(|part| Self { decided: None, parts: vec![part.clone()], currency });
        let mut all: Vec<Self> = of_staff.chain(by_themselves).collect();
        all.sort_by_key(|refund| (refund.made_at(), refund.key()));
        all
    }

    /// A refund that staff decided, with what of these goes by gateways.
    pub(super) fn of(decided: OrderRefund, parts: &[Part], currency: Currency) -> Self {
        let own = parts.iter().filter(|part| part.order_refund_id == Some(decided.id));
        Self { parts: own.cloned().collect(), decided: Some(decided), currency }
    }

    fn made_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.decided.as_ref().map(|one| one.created_at).or(self.parts.first().map(|part| part.created_at))
    }

    /// Whether nothing of it went back or will: every part of it was closed.
    fn is_canceled(&self) -> bool {
        let closed = !self.parts.is_empty() && self.parts.iter().all(|part| part.status == StatusRow::Canceled);
        closed && self.decided.as_ref().is_none_or(|one| one.gift_card_minor == 0)
    }

    fn key(&self) -> RefundId {
        let of_part = || self.parts.first().map(|part| part.id);
        self.decided.as_ref().map(|one| RefundId(one.id.0)).or_else(of_part).unwrap_or(RefundId(uuid::Uuid::nil()))
    }

    fn money(&self, minor: i64) -> MoneyV2 {
        Money::new(minor, self.currency).into()
    }
}

/// Money that goes or went back: by a cancellation, by an edit that made the order cost less, by a decision of staff, or because
/// it came for an order that it could not place.
#[Object]
impl Refund {
    /// The refund's id.
    async fn id(&self) -> ID {
        global_id::encode(self.key())
    }

    /// Where it stands. What goes to gift cards is there at once.
    async fn status(&self) -> RefundStatus {
        let any = |status: StatusRow| self.parts.iter().any(|part| part.status == status);
        if any(StatusRow::Failed) {
            RefundStatus::Failed
        } else if any(StatusRow::Pending) {
            RefundStatus::Pending
        } else if self.is_canceled() {
            RefundStatus::Canceled
        } else {
            RefundStatus::Succeeded
        }
    }

    /// How much, by gateways and to gift cards together.
    async fn amount(&self) -> MoneyV2 {
        let of_parts = || self.parts.iter().map(|part| part.amount_minor).sum();
        let decided = self.decided.as_ref().filter(|_| !self.is_canceled());
        self.money(decided.map_or_else(of_parts, |one| one.total_minor))
    }

    /// What of the amount goes to what was paid with gift cards.
    async fn gift_card_amount(&self) -> MoneyV2 {
        self.money(self.decided.as_ref().map_or(0, |one| one.gift_card_minor))
    }

    /// What of the amount is for delivery, without the taxes that are added.
    async fn shipping_amount(&self) -> MoneyV2 {
        self.money(self.decided.as_ref().map_or(0, |one| one.shipping_minor))
    }

    /// The units that it is for; empty unless staff said which.
    async fn line_items(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<RefundLineItem>> {
        let Some(decided) = &self.decided else { return Ok(Vec::new()) };
        let rows = errors::required(ctx, list_of(ctx, OrderRefundLinesOf(decided.id)).await)?;
        let (order_id, currency) = (decided.order_id, self.currency);
        Ok(rows.iter().cloned().map(|row| RefundLineItem { row, order_id, currency }).collect())
    }

    /// Why, as staff wrote it; null when nothing was written. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn note(&self, ctx: &Context<'_>) -> Option<&str> {
        let note = self.decided.as_ref().and_then(|one| one.note.as_deref());
        errors::optional(ctx, ctx.require(Permission::ReadPayments).map(|_| note))
    }

    /// When it was decided.
    async fn created_at(&self) -> Option<DateTime> {
        self.made_at().map(Into::into)
    }
}

/// What becomes of units whose money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RestockRow")]
pub enum RefundRestockType {
    /// They were sent and came back: stock grows.
    Return,
    /// They were not sent and will not be: stock grows, and fewer are to be sent.
    Cancel,
    /// Nothing: stock stays, and as many are to be sent as before.
    NoRestock,
}

/// Units of one line whose money goes back.
#[derive(Clone, Debug)]
pub struct RefundLineItem {
    row: OrderRefundLine,
    order_id: OrderId,
    currency: Currency,
}

/// Units of one line whose money goes back.
#[Object]
impl RefundLineItem {
    /// The line.
    async fn line_item(&self, ctx: &Context<'_>) -> async_graphql::Result<OrderLineItem> {
        let lines: Arc<Vec<order::OrderLine>> = errors::required(ctx, list_of(ctx, LinesOf(self.order_id)).await)?;
        let line = lines.iter().find(|line| line.id == self.row.order_line_id).cloned();
        let line = line.ok_or_else(|| Error::fault("a refund of a line that its order does not have"));
        Ok(OrderLineItem { line: errors::required(ctx, line)?, currency: self.currency })
    }

    /// Units.
    async fn quantity(&self) -> i64 {
        self.row.quantity
    }

    /// What became of them.
    async fn restock_type(&self) -> RefundRestockType {
        self.row.restock_type.into()
    }

    /// What they cost before discounts. A line that was named twice in one refund has its amounts at its last place.
    async fn subtotal(&self) -> MoneyV2 {
        Money::new(self.row.subtotal_minor, self.currency).into()
    }

    /// What had been taken off them.
    async fn discount(&self) -> MoneyV2 {
        Money::new(self.row.discount_minor, self.currency).into()
    }

    /// Their added taxes.
    async fn tax(&self) -> MoneyV2 {
        Money::new(self.row.tax_minor, self.currency).into()
    }
}
