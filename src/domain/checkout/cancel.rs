//! Canceling an order before it is sent: stock goes back, money goes back, each once.

use entity::{
    ids::OrderId,
    money::Money,
    order::{
        order::{CancelReason, OrderStatus},
        order_line::LineStatus,
    },
    payment::payment::PaymentStatus,
};

use sea_orm::DatabaseTransaction;

use super::{CheckoutContext, CheckoutRefusal, gift_cards, place, release, reverse};
use crate::{
    domain::{
        cart, catalog, discount,
        gift_card::{self, Entry},
        inventory, invoice,
        ledger::{self, Account, Posting},
        order::{self, EventKind, Order, OrderChange, OrderEvent, OrderState},
        payment::{self, Payment, PaymentChange, Refund},
        shared::{Author, Error, Failure},
    },
    platform::tx,
};

/// Who cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canceler {
    /// The shopper.
    Shopper,
    /// Staff.
    Staff,
}

/// Cancels an order that was not sent. Doing it twice changes nothing and is no error.
///
/// The money that was taken goes back at once if the gateway answers, else as soon as it does.
///
/// # Errors
/// `CheckoutRefusal::NotAllowed` when something was sent; `NotFound`.
pub async fn cancel_order(
    ctx: &CheckoutContext,
    id: OrderId,
    canceler: Canceler,
) -> Result<Order, Failure<CheckoutRefusal>> {
    let task = ctx.clone();
    let finished = ctx.finish(async move {
        begin(&task, id, canceler).await?;
        // The cancellation stands; what the gateways do not do now, the jobs do.
        if let Err(error) = reverse::reverse_order(&task, id).await {
            tracing::warn!(order = %id, error = %error, "money of a canceled order goes back later");
        }
        Ok::<(), Failure<CheckoutRefusal>>(())
    });
    finished.await?;
    Ok(order::order(ctx.database.reader(), id).await?.ok_or(Error::NotFound("order"))?)
}

async fn begin(ctx: &CheckoutContext, id: OrderId, canceler: Canceler) -> Result<(), Failure<CheckoutRefusal>> {
    let (reason, words) = match canceler {
        Canceler::Shopper => (CancelReason::Customer, "You canceled the order."),
        Canceler::Staff => (CancelReason::Staff, "The shop canceled the order."),
    };
    let tx = tx::begin(&ctx.database).await?;
    let seen = order::order(&*tx, id).await?.ok_or(Error::NotFound("order"))?;
    cart::lock(&tx, seen.cart_id).await?;
    let row = order::lock_order(&tx, id).await?;
    match row.status {
        // An order that only its time limit canceled is placed after all when its money comes late; not once somebody
        // canceled it: then the money goes back.
        OrderStatus::Canceled if row.cancel_reason == Some(CancelReason::Expired) => {
            let state = OrderState::of(&row);
            let change = OrderChange { cancel_reason: Some(reason), ..OrderChange::default() };
            order::change_order(&tx, &ctx.sources, row, state, change).await?;
        }
        OrderStatus::Canceled => return Ok(()),
        OrderStatus::PendingPayment => {
            release::abandon(&tx, &ctx.sources, row, OrderEvent::Canceled, reason).await?;
        }
        OrderStatus::Processing | OrderStatus::Completed => {
            let why = match undo(&tx, ctx, row, reason, words).await? {
                Undone::Done => None,
                Undone::Sent => Some("Something of this order was sent already, so it cannot be canceled."),
                Undone::GiftCardUsed => Some("A gift card of this order was used already, so it cannot be canceled."),
            };
            if let Some(why) = why {
                return Err(Failure::refuse(CheckoutRefusal::NotAllowed { why }));
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What became of undoing an order. Only what was done changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undone {
    /// It is undone.
    Done,
    /// Something of it was sent.
    Sent,
    /// A gift card that it sold was used.
    GiftCardUsed,
}

/// Cancels a locked order that was placed: money and stock go back, gift cards get back what they paid, those that it sold end.
///
/// # Errors
/// The database's.
pub(super) async fn undo(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    row: Order,
    reason: CancelReason,
    words: &str,
) -> Result<Undone, Error> {
    let Some(state) = order::next(OrderState::of(&row), OrderEvent::Canceled) else { return Ok(Undone::Sent) };
    let lines = order::lines_of(tx, &[row.id]).await?;
    // Products are locked before gift cards.
    catalog::lock_products(tx, lines.iter().filter_map(|line| line.product_id)).await?;
    if lines.iter().any(|line| line.is_gift_card) {
        // Those that paid are older than those that it sold, and are locked before them.
        gift_card::lock_paying(tx, row.id).await?;
        let Ok(sold) = gift_card::unused_of(tx, row.id).await? else { return Ok(Undone::GiftCardUsed) };
        let author = Author { sources: &ctx.sources, account_id: None };
        gift_card::end_sold(tx, author, sold).await?;
    }
    let returned = gift_cards::give_back(tx, &ctx.sources, &row).await?;
    // An attempt to pay what an edit made it cost more.
    payment::void_open_payments(tx, &ctx.sources, row.id).await?;
    let owed = -ledger::balance_of_order(tx, row.id, Account::Sales).await?;
    ledger::post(tx, &ctx.sources, Posting::sale_canceled(row.id, Money::new(owed, row.currency))).await?;
    // What gift cards paid goes back to them.
    let to_cards = Money::new(ledger::balance_of_order(tx, row.id, Account::GiftCards).await?, row.currency);
    ledger::post(tx, &ctx.sources, Posting::gift_card_refund(row.id, to_cards, row.id.0)).await?;
    let refunds = payment::refunds_of(tx, &[row.id]).await?;
    for paid in payment::payments_of(tx, &[row.id]).await? {
        give_back(tx, ctx, &paid, &refunds).await?;
    }
    let mut unsold = place::sold_units(&lines);
    unsold.values_mut().for_each(|units| *units = -*units);
    catalog::add_units_sold(tx, &unsold).await?;
    discount::give_back(tx, &ctx.sources, row.id).await?;
    inventory::restock(tx, &ctx.sources, row.id).await?;
    order::move_lines(tx, row.id, LineStatus::Executed, LineStatus::Canceled).await?;
    let change = OrderChange { cancel_reason: Some(reason), ..OrderChange::default() };
    let order = order::change_order(tx, &ctx.sources, row, state, change).await?;
    order::note(tx, &ctx.sources, &order, EventKind::Canceled, words).await?;
    let order = if returned.is_empty() { order } else { back_to_cards(tx, ctx, order, &returned).await? };
    invoice::issue_cancellation(tx, &ctx.sources, &ctx.issuer, &order, &returned).await?;
    Ok(Undone::Done)
}

/// Records that gift cards got back what they paid for a canceled order. What its gateway has is told when that gives it back.
async fn back_to_cards(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    returned: &[Entry],
) -> Result<Order, Error> {
    let back = gift_cards::sum(returned, &order);
    let taken = payment::payments_of(tx, &[order.id]).await?;
    let nothing_else = taken.iter().all(|paid| paid.captured_minor == paid.refunded_minor);
    let now = OrderState::of(&order);
    let state = order::next(now, OrderEvent::Refunded).filter(|_| nothing_else).unwrap_or(now);
    let order = order::change_order(tx, &ctx.sources, order, state, OrderChange::default()).await?;
    let words = format!("{} went back to what you paid with gift cards.", back.in_words());
    order::note(tx, &ctx.sources, &order, EventKind::Refunded, words).await?;
    Ok(order)
}

/// Gives back what of a payment did not go back and is not on its way.
async fn give_back(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    paid: &Payment,
    refunds: &[Refund],
) -> Result<(), Error> {
    match paid.status {
        PaymentStatus::Captured => {
            let left = payment::left_of(paid, refunds).unwrap_or(0);
            if left > 0 {
                payment::insert_refund(tx, &ctx.sources, paid, payment::RefundReason::Cancel, left).await?;
            }
        }
        PaymentStatus::Authorized => {
            let status = Some(PaymentStatus::Voided);
            let change = PaymentChange { status, reversal_due: Some(true), ..PaymentChange::default() };
            payment::change_payment(tx, &ctx.sources, paid, change).await?;
        }
        PaymentStatus::Pending
        | PaymentStatus::RequiresAction
        | PaymentStatus::Failed
        | PaymentStatus::Voided
        | PaymentStatus::Refunded => {}
    }
    Ok(())
}
