//! What follows when money went back: where the order's money stands, what the shopper hears, the credit note.

use entity::{
    money::Money,
    order::{order::OrderStatus, order_refund},
};
use sea_orm::DatabaseTransaction;

use crate::domain::{
    checkout::CheckoutContext,
    invoice,
    order::{self, EventKind, Order, OrderChange, OrderEvent, OrderState},
    payment::{self, Refund, RefundReason},
    shared::Error,
};

/// Records what follows from a refund of a locked order that its gateway just made. Nothing may be locked after this.
///
/// # Errors
/// The database's.
pub(in crate::domain::checkout) async fn went_back(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    row: &Refund,
) -> Result<(), Error> {
    let money = |minor: i64| Money::new(minor, order.currency).in_words();
    let words = format!("{} went back to you.", money(row.amount_minor));
    let decided = match row.order_refund_id {
        Some(id) => order::order_refund(tx, id).await?,
        None => None,
    };
    let Some(decided) = decided else {
        // Money of an attempt that did not place the order goes back without the order's books having had it, as does what
        // was taken beyond what an edited order costs.
        let owed = !payment::is_of_reversal(row) && row.reason_key != RefundReason::Excess.key();
        // What an edit gives back is not owed any more: the order is paid as it was.
        let counts = owed && !payment::is_of_edit(row);
        let order = if counts { moved(tx, ctx, order).await? } else { touched(tx, ctx, order).await? };
        order::note_about(tx, &ctx.sources, &order, EventKind::Refunded, words, Some(row.id.0)).await?;
        // Its credit note was issued with the cancellation or the edit that it comes from.
        return Ok(());
    };
    let parts = payment::refunds_of(tx, &[order.id]).await?;
    let open = parts.iter().any(|part| part.order_refund_id == Some(decided.id) && payment::is_due(part));
    let cards = decided.gift_card_minor;
    let words = if open || cards == 0 {
        words
    } else {
        let (back, cards) = (money(row.amount_minor), money(cards));
        format!("{back} went back to you, and {cards} to what you paid with gift cards.")
    };
    let order = moved(tx, ctx, order).await?;
    // The mail and the credit note tell of the whole decision, so they wait for its last part.
    let told = (decided.notify && !open).then_some(row.id.0);
    order::note_about(tx, &ctx.sources, &order, EventKind::Refunded, words, told).await?;
    if !open {
        invoice::issue_credit_note_of(tx, &ctx.sources, &ctx.issuer, &order, row.id.0, &decided).await?;
    }
    Ok(())
}

/// Records what follows from a decision of which nothing goes back by a gateway.
pub(super) async fn went_to_cards(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    decided: &order_refund::Model,
) -> Result<(), Error> {
    if decided.total_minor == 0 {
        return Ok(());
    }
    let money = Money::new(decided.total_minor, order.currency).in_words();
    let words = format!("{money} went back to what you paid with gift cards.");
    let order = moved(tx, ctx, order).await?;
    let told = decided.notify.then_some(decided.id.0);
    order::note_about(tx, &ctx.sources, &order, EventKind::Refunded, words, told).await?;
    invoice::issue_credit_note_of(tx, &ctx.sources, &ctx.issuer, &order, decided.id.0, decided).await
}

/// The order where its money stands now that some of it went back.
async fn moved(tx: &DatabaseTransaction, ctx: &CheckoutContext, order: Order) -> Result<Order, Error> {
    let all = everything_is_back(tx, &order).await?;
    let event = if all { OrderEvent::Refunded } else { OrderEvent::PartlyRefunded };
    let now = OrderState::of(&order);
    let state = order::next(now, event).unwrap_or(now);
    order::change_order(tx, &ctx.sources, order, state, OrderChange::default()).await
}

async fn touched(tx: &DatabaseTransaction, ctx: &CheckoutContext, order: Order) -> Result<Order, Error> {
    let now = OrderState::of(&order);
    order::change_order(tx, &ctx.sources, order, now, OrderChange::default()).await
}

/// Whether everything that an order was paid with is back.
async fn everything_is_back(tx: &DatabaseTransaction, order: &Order) -> Result<bool, Error> {
    let (payments, refunds) =
        (payment::payments_of(tx, &[order.id]).await?, payment::refunds_of(tx, &[order.id]).await?);
    let here = payments
        .iter()
        .any(|paid| payment::left_of(paid, &refunds).is_some() && paid.refunded_minor < paid.captured_minor);
    if here {
        return Ok(false);
    }
    // What gift cards paid for a canceled order went back with the cancellation.
    let to_cards: i64 = order::order_refunds_of(tx, &[order.id]).await?.iter().map(|one| one.gift_card_minor).sum();
    Ok(order.status == OrderStatus::Canceled || to_cards >= order.gift_card_minor)
}
