//! Closing a refund that its gateway refused for good: its money stays, and may be decided about anew.

use entity::{
    ids::{AccountId, RefundId},
    money::Money,
    order::order::OrderStatus,
};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::create::NOTE_MOST;
use crate::{
    domain::{
        checkout::CheckoutContext,
        invoice,
        ledger::{self, Posting},
        order::{self, Order, OrderChange, OrderState},
        payment::{self, Payment, Refund, RefundReason},
        shared::{Error, card_number::holds_card_number},
    },
    platform::outbox::{self, Fact},
};

/// Who closes a refund, and why.
#[derive(Clone, Debug)]
pub struct Closing {
    /// The staff member; nobody: the command line.
    pub account_id: Option<AccountId>,
    /// Why, for the record.
    pub reason: String,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is closed.
    Done,
    /// There is no such refund, or it is done or closed.
    Gone,
    /// Its gateway did not refuse it, or it gives back what an edit made the order cost less: it can only be sent again.
    StillDue,
}

/// Closes a refund that its gateway refused. What it was to give back is left again: of a standing order staff may refund it
/// anew; of a canceled one, and of money that placed no order, what the gateway did not give back by itself is sent anew. The
/// caller commits, and sends what is due afterwards.
///
/// # Errors
/// `BadInput` for a reason that is empty, too long or holds a card number; the database's.
pub async fn close_refund(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    id: RefundId,
    closing: &Closing,
) -> Result<Closed, Error> {
    let reason = closing.reason.trim();
    let odd = |letter: char| letter.is_control() && letter != '\n';
    if reason.is_empty() || reason.chars().count() > NOTE_MOST || reason.chars().any(odd) || holds_card_number(reason) {
        let why = "must have 1 to 1000 characters, no control characters and no payment card's number";
        return Err(Error::bad_input("input.reason", why));
    }
    let Some(seen) = payment::refund(tx, id).await? else { return Ok(Closed::Gone) };
    let order = order::lock_order(tx, seen.order_id).await?;
    let paid = payment::lock_payment(tx, seen.payment_id).await?;
    let paid = paid.ok_or_else(|| Error::fault(format!("refund {id} is of no payment")))?;
    let Some(row) = payment::refund(tx, id).await?.filter(payment::is_due) else { return Ok(Closed::Gone) };
    let decided = row.order_refund_id.is_some();
    if !decided && !payment::is_of_cancellation(&row) && !payment::is_of_reversal(&row) {
        return Ok(Closed::StillDue);
    }
    if !payment::close_refund(tx, &ctx.sources, &paid, &row).await? {
        return Ok(Closed::StillDue);
    }
    outbox::record(tx, &ctx.sources, fact(&row, &paid, closing.account_id, reason)).await?;
    let now = OrderState::of(&order);
    let order = order::change_order(tx, &ctx.sources, order, now, OrderChange::default()).await?;
    if decided {
        lessen(tx, ctx, &order, &row).await?;
    }
    if !decided || order.status == OrderStatus::Canceled {
        again(tx, ctx, &paid, &row).await?;
    }
    Ok(Closed::Done)
}

/// Takes a part that does not go back off what was decided.
async fn lessen(tx: &DatabaseTransaction, ctx: &CheckoutContext, order: &Order, row: &Refund) -> Result<(), Error> {
    let Some(id) = row.order_refund_id else { return Ok(()) };
    order::lessen_order_refund(tx, id, row.amount_minor).await?;
    // What is owed for a canceled order is nothing, whatever was decided before.
    if order.status != OrderStatus::Canceled {
        let more = Money::new(row.amount_minor, order.currency);
        ledger::post(tx, &ctx.sources, Posting::sale_changed(order.id, more, row.id.0)).await?;
    }
    let parts = payment::refunds_of(tx, &[order.id]).await?;
    let open = parts.iter().any(|part| part.order_refund_id == Some(id) && payment::is_due(part));
    // The credit note waited for the last part; of what is not credited there is none.
    match order::order_refund(tx, id).await? {
        Some(decided) if !open && decided.total_minor > 0 => {
            invoice::issue_credit_note_of(tx, &ctx.sources, &ctx.issuer, order, row.id.0, &decided).await
        }
        Some(_) | None => Ok(()),
    }
}

/// Sends anew what a gateway that gave back a part by itself has left. What was refused although all of it is there would be
/// refused again: its buyer was paid in another way.
async fn again(tx: &DatabaseTransaction, ctx: &CheckoutContext, paid: &Payment, row: &Refund) -> Result<(), Error> {
    let left = payment::undecided_of(paid, &payment::refunds_of(tx, &[row.order_id]).await?);
    if (1..row.amount_minor).contains(&left) {
        let reversal = payment::is_of_reversal(row);
        let reason = if reversal { RefundReason::ReversalAgain(row.id) } else { RefundReason::CancelAgain(row.id) };
        payment::insert_refund(tx, &ctx.sources, paid, reason, left).await?;
    }
    Ok(())
}

fn fact(row: &Refund, paid: &Payment, account_id: Option<AccountId>, reason: &str) -> Fact {
    Fact {
        kind: "refund.closed",
        subject_type: "refund",
        subject_id: row.order_refund_id.map_or(row.id.0, |decided| decided.0),
        data: json!({
            "refund_id": row.order_refund_id.map_or(row.id.0, |decided| decided.0),
            "order_id": row.order_id,
            "payment_id": row.payment_id,
            "account_id": account_id,
            "amount_minor": row.amount_minor,
            "currency": paid.currency,
            "reason": reason,
        }),
    }
}
