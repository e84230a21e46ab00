//! Phase 3: recording what a gateway says of a payment. The request, the webhook and the jobs all come here; any of
//! them may come first, twice, or late.

use entity::{
    cart::cart::CartStatus,
    ids::{PaymentId, VariantId},
    money::Money,
    order::order::{CancelReason, FinancialStatus, OrderStatus},
    order::order_line::LineStatus,
    payment::payment::PaymentStatus,
};
use sea_orm::DatabaseTransaction;

use super::{CheckoutContext, balance, cancel, cancel::Undone, gift_cards, given_back, place, place::Paid};
use crate::{
    domain::{
        cart, catalog, discount,
        inventory::{self, Hold},
        order::{self, EventKind, Order, OrderChange, OrderEvent, OrderLine, OrderState},
        payment::{self, GatewayState, Payment, PaymentChange, RefundReason, Step},
        shared::Error,
    },
    platform::{database::database_now, tx},
};

/// The code of a payment of which the gateway took another amount.
const AMOUNT_MISMATCH: &str = "amount_mismatch";
/// The code of a payment whose hold ended after something of its order was sent.
const HOLD_LOST: &str = "hold_lost";
/// The code of a payment that the gateway has for another order.
const ORDER_MISMATCH: &str = "order_mismatch";

/// Records a gateway's word on a payment and does what follows from it. Idempotent.
///
/// # Errors
/// `NotFound` for a payment that is not ours; the database's.
pub async fn settle(ctx: &CheckoutContext, id: PaymentId, state: &GatewayState) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    let Some((order, row)) = lock(&tx, id).await? else { return Err(Error::NotFound("payment")) };
    match payment::step(row.status, state.status) {
        Step::Stay if row.provider_reference.is_none() && payment::OPEN.contains(&row.status) => {
            payment::record_reference(&tx, &ctx.sources, &row, &state.reference).await?;
        }
        Step::Stay => return Ok(()),
        Step::Compare => given_back::compare(&tx, ctx, order, &row, state).await?,
        Step::AskShopper => {
            let change = PaymentChange { status: Some(PaymentStatus::RequiresAction), ..PaymentChange::default() };
            payment::record_state(&tx, &ctx.sources, &row, state, change).await?;
            let by_form = row.token.is_none();
            let words = if by_form { "Your payment waits for you." } else { "Your bank asks for an additional step." };
            order::note(&tx, &ctx.sources, &bumped(&tx, ctx, order).await?, EventKind::PaymentActionRequired, words)
                .await?;
        }
        Step::Fail => {
            let code = state.failure_code.clone().unwrap_or_else(|| "declined".to_owned());
            let change = failure(&code);
            payment::record_state(&tx, &ctx.sources, &row, state, change).await?;
            tell_failure(&tx, ctx, order, row.id, &code).await?;
        }
        Step::Void => {
            let change = PaymentChange { status: Some(PaymentStatus::Voided), ..PaymentChange::default() };
            payment::record_state(&tx, &ctx.sources, &row, state, change).await?;
            give_up(&tx, ctx, order, &row).await?;
        }
        Step::Capture => capture(&tx, ctx, order, &row, state).await?,
        Step::Accept(status) | Step::AcceptLate(status) => accept(&tx, ctx, order, &row, state, status).await?,
    }
    tx.commit().await?;
    Ok(())
}

/// Why a payment failed of which its gateway knows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// The gateway answered that it did nothing.
    NothingDone,
    /// Our request seems not to have arrived. It may yet, and no message need ever tell, so the gateway is asked again.
    NeverHeardOf,
}

/// Records that a payment failed although its gateway knows nothing of it.
///
/// # Errors
/// The database's.
pub(super) async fn fail(ctx: &CheckoutContext, id: PaymentId, loss: Loss) -> Result<(), Error> {
    let (code, ask_again) = match loss {
        Loss::NothingDone => ("gateway_error", false),
        Loss::NeverHeardOf => ("gateway_lost", true),
    };
    let tx = tx::begin(&ctx.database).await?;
    let Some((order, row)) = lock(&tx, id).await? else { return Ok(()) };
    if payment::OPEN.contains(&row.status) {
        let change = PaymentChange { reversal_due: Some(ask_again), ..failure(code) };
        payment::change_payment(&tx, &ctx.sources, &row, change).await?;
        tell_failure(&tx, ctx, order, row.id, code).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Locks cart, order and payment, in that order.
async fn lock(tx: &DatabaseTransaction, id: PaymentId) -> Result<Option<(Order, Payment)>, Error> {
    let Some(known) = payment::payment(tx, id).await? else { return Ok(None) };
    let Some(order) = order::order(tx, known.order_id).await? else { return Ok(None) };
    cart::lock(tx, order.cart_id).await?;
    let order = order::lock_order(tx, order.id).await?;
    let row = payment::lock_payment(tx, id).await?;
    Ok(row.map(|row| (order, row)))
}

async fn accept(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    row: &Payment,
    state: &GatewayState,
    status: PaymentStatus,
) -> Result<(), Error> {
    if goes_back(row) {
        if state.captured.minor > row.captured_minor {
            let change = PaymentChange { reversal_due: Some(true), ..PaymentChange::default() };
            payment::record_state(tx, &ctx.sources, row, state, change).await?;
        }
        return given_back::compare_lost(tx, ctx, row, state).await;
    }
    let paid = if status == PaymentStatus::Captured { Paid::Captured } else { Paid::Authorized };
    let amount = if paid == Paid::Captured { state.captured } else { state.authorized };
    if let Some((code, flag)) = mismatch(row, state, amount) {
        tracing::error!(payment = %row.id, code, flag, "a gateway's payment is not what was asked for");
        let change = PaymentChange { flag: Some(flag), reversal_due: Some(true), ..failure(code) };
        payment::record_state(tx, &ctx.sources, row, state, change).await?;
        return tell_failure(tx, ctx, order, row.id, code).await;
    }
    // Another attempt of this order may be open or have brought the money: then this one's money goes back.
    let others = payment::payments_of(tx, &[order.id]).await?;
    let rival = others.iter().any(|other| {
        let live = [PaymentStatus::Authorized, PaymentStatus::Captured].contains(&other.status);
        let same = other.balance_revision == row.balance_revision;
        other.id != row.id && same && (live || payment::OPEN.contains(&other.status))
    });
    if row.balance_revision.is_some() {
        return balance::accept(tx, ctx, order, row, state, rival).await;
    }
    let lines = order::lines_of(tx, &[order.id]).await?;
    catalog::lock_products(tx, lines.iter().filter_map(|line| line.product_id)).await?;
    let can_place = !rival && hold_again(tx, ctx, &order, &lines).await?;
    if !can_place {
        let change = PaymentChange { reversal_due: Some(true), ..PaymentChange::default() };
        return Ok(payment::record_state(tx, &ctx.sources, row, state, change_closed(row, change)).await?);
    }
    let change = PaymentChange { status: Some(status), reversal_due: Some(false), ..PaymentChange::default() };
    payment::record_state(tx, &ctx.sources, row, state, change).await?;
    place::place(tx, ctx, order, paid).await.map(drop)
}

/// What is not as it was asked for: the amount, its currency, the payment, the order. Our code of it, and words for staff.
fn mismatch(row: &Payment, state: &GatewayState, amount: Money) -> Option<(&'static str, String)> {
    if amount.minor != row.amount_minor || amount.currency != row.currency {
        return Some((AMOUNT_MISMATCH, format!("the gateway says {}", amount.in_words())));
    }
    let other_payment = state.payment_id.filter(|id| *id != row.id);
    let other_order = state.order_id.filter(|id| *id != row.order_id);
    let other = other_payment.map(|id| format!("payment {id}")).or(other_order.map(|id| format!("order {id}")))?;
    Some((ORDER_MISMATCH, format!("the gateway has it for {other}")))
}

/// Whether money of this attempt was seen before and did not place the order. That is final: it may be on its way back.
fn goes_back(row: &Payment) -> bool {
    let seen = row.authorized_minor > 0 || row.captured_minor > 0;
    let wrong = row.failure_code.as_deref().is_some_and(|code| [AMOUNT_MISMATCH, ORDER_MISMATCH].contains(&code));
    !payment::OPEN.contains(&row.status) && (seen || wrong)
}

/// Held money was taken. An order is only paid when that was all of it: what staff left is still to be paid. An edit may have made
/// the order cheaper since the money was held, or while it was being taken: then less of it is owed, and what was taken beyond
/// that goes back.
async fn capture(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    row: &Payment,
    state: &GatewayState,
) -> Result<(), Error> {
    let taken = state.captured;
    let wanted = row.amount_minor.min(order.owed_minor());
    let possible = taken.currency == row.currency && (1..=row.amount_minor).contains(&taken.minor);
    let flag = (!possible).then(|| format!("the gateway took {}", taken.in_words()));
    let change = PaymentChange { status: Some(PaymentStatus::Captured), flag, ..PaymentChange::default() };
    payment::record_state(tx, &ctx.sources, row, state, change).await?;
    let whole = taken.minor >= wanted;
    let event = if whole { OrderEvent::Captured } else { OrderEvent::PartlyCaptured };
    let Some(next) = order::next(OrderState::of(&order), event).filter(|_| possible) else { return Ok(()) };
    let order = order::change_order(tx, &ctx.sources, order, next, OrderChange::default()).await?;
    if !whole {
        let rest = Money::new(wanted - taken.minor, row.currency);
        let words = format!("{} of your payment was taken. {} is still to be paid.", taken.in_words(), rest.in_words());
        // Only this capture is news to its shopper, who has to pay the rest.
        return Ok(order::note_about(tx, &ctx.sources, &order, EventKind::Captured, words, Some(row.id.0)).await?);
    }
    order::note(tx, &ctx.sources, &order, EventKind::Captured, "Your payment was taken.").await?;
    place::paid_in_full(tx, ctx, &order, &order::lines_of(tx, &[order.id]).await?).await?;
    if taken.minor > wanted {
        payment::insert_refund(tx, &ctx.sources, row, RefundReason::Excess, taken.minor - wanted).await?;
    }
    Ok(())
}

/// A gateway gave up an attempt or a hold by itself. An order that rests on the hold is canceled while nothing was sent;
/// afterwards all of it is to be paid anew, by its shopper or a saved way to pay.
async fn give_up(tx: &DatabaseTransaction, ctx: &CheckoutContext, order: Order, row: &Payment) -> Result<(), Error> {
    if row.status != PaymentStatus::Authorized {
        return tell_failure(tx, ctx, order, row.id, "given_up").await;
    }
    let words = "The hold on your payment ended, so the order was canceled.";
    let rests = order.financial_status == FinancialStatus::Authorized;
    if !rests || cancel::undo(tx, ctx, order, CancelReason::Declined, words).await? == Undone::Done {
        return Ok(());
    }
    if let Some(row) = payment::lock_payment(tx, row.id).await? {
        let flag = Some("the hold ended, and something of the order was sent already".to_owned());
        let failure = Some((HOLD_LOST.to_owned(), words_of(HOLD_LOST).to_owned()));
        let change = PaymentChange { flag, failure, ..PaymentChange::default() };
        payment::change_payment(tx, &ctx.sources, &row, change).await?;
    }
    let order = order::lock_order(tx, row.order_id).await?;
    let Some(next) = order::next(OrderState::of(&order), OrderEvent::HoldLost) else { return Ok(()) };
    let order = order::change_order(tx, &ctx.sources, order, next, OrderChange::default()).await?;
    tell_failure(tx, ctx, order, row.id, HOLD_LOST).await
}

/// A payment whose money goes back must not stay open: it would be chased for ever.
pub(super) fn change_closed(row: &Payment, change: PaymentChange) -> PaymentChange {
    let open = payment::OPEN.contains(&row.status);
    PaymentChange { status: open.then_some(PaymentStatus::Voided), ..change }
}

/// Whether the order's stock is held and its gift cards have paid. An order whose time had passed gets both again, and the uses
/// of its discounts, if there is enough left of all and its cart has no other order.
async fn hold_again(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: &Order,
    lines: &[OrderLine],
) -> Result<bool, Error> {
    match order.status {
        OrderStatus::PendingPayment => return Ok(true),
        OrderStatus::Processing | OrderStatus::Completed => return Ok(false),
        OrderStatus::Canceled => {}
    }
    let in_time = order.cancel_reason == Some(CancelReason::Expired);
    if !in_time || order::order_of_cart(tx, order.cart_id).await?.is_some() {
        return Ok(false);
    }
    let now = database_now(tx, &ctx.sources.clock).await?;
    let variants: Vec<VariantId> = lines.iter().filter_map(|line| line.variant_id).collect();
    let there = catalog::sellable(tx, order.currency, now, &variants).await?;
    let holds: Vec<Hold> = lines
        .iter()
        .filter(|line| line.tracked)
        .filter_map(|line| {
            let variant_id = line.variant_id?;
            let beyond_stock = there.get(&variant_id).is_some_and(|there| there.continue_selling);
            Some(Hold { order_line_id: line.id, variant_id, quantity: line.quantity, beyond_stock })
        })
        .collect();
    // Cards are locked before discounts and stock, and nothing is taken of them if there is none of these.
    let Ok(claim) = gift_cards::claim_again(tx, now, order).await? else { return Ok(false) };
    if !discount::take_again(tx, order.id).await? {
        return Ok(false);
    }
    if inventory::reserve(tx, &ctx.sources, order.id, &holds, now + ctx.hold()).await?.is_err() {
        discount::give_back(tx, &ctx.sources, order.id).await?;
        return Ok(false);
    }
    if let Some(claim) = claim {
        claim.take(tx, &ctx.sources).await?;
    }
    order::move_lines(tx, order.id, LineStatus::Canceled, LineStatus::Pending).await?;
    // The cart was given back to its shopper; if nothing of it was changed since, it is this order.
    if let Some(cart) = cart::lock(tx, order.cart_id).await?
        && cart.cart().updated_at <= order.created_at
    {
        cart::set_status(tx, order.cart_id, CartStatus::Active, CartStatus::Locked, Some(order.id)).await?;
    }
    Ok(true)
}

async fn tell_failure(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    failed: PaymentId,
    code: &str,
) -> Result<(), Error> {
    let waits = order.status == OrderStatus::PendingPayment || order.financial_status == FinancialStatus::PartiallyPaid;
    if waits {
        let order = bumped(tx, ctx, order).await?;
        let (kind, words) = (EventKind::PaymentFailed, words_of(code));
        order::note_about(tx, &ctx.sources, &order, kind, words, Some(failed.0)).await?;
    }
    Ok(())
}

/// The order with a new version: something of it that watchers see has changed.
async fn bumped(tx: &DatabaseTransaction, ctx: &CheckoutContext, order: Order) -> Result<Order, Error> {
    let state = OrderState::of(&order);
    order::change_order(tx, &ctx.sources, order, state, OrderChange::default()).await
}

fn failure(code: &str) -> PaymentChange {
    PaymentChange {
        status: Some(PaymentStatus::Failed),
        failure: Some((code.to_owned(), words_of(code).to_owned())),
        ..PaymentChange::default()
    }
}

/// What a failure code means for the shopper. A gateway's own words never reach them.
fn words_of(code: &str) -> &'static str {
    match code {
        "card_declined" => "Your bank declined the payment. Try another way to pay.",
        "insufficient_funds" => "There is not enough money on the card. Try another way to pay.",
        "expired_card" => "The card is not valid any more. Try another one.",
        "incorrect_cvc" => "The card's security code is not right. Enter it again.",
        "incorrect_number" => "The card's number is not right. Enter it again.",
        "card_not_supported" => "This card cannot be used here. Try another one.",
        "processing_error" => "The bank could not process the payment. Try again in a moment.",
        "authentication_required" => "Your bank wants to make sure that it is you. Pay again and follow its steps.",
        "challenge_declined" => "The additional step was not approved. Try again or pay another way.",
        "unknown_token" => "The payment details are not valid. Enter them again.",
        AMOUNT_MISMATCH | ORDER_MISMATCH => {
            "The payment was not of the right amount and goes back to you. Please try again."
        }
        HOLD_LOST => "The hold on your payment ended before it was taken. Please pay your order again.",
        "gateway_error" | "gateway_lost" => "The payment service had a problem. Nothing was charged. Please try again.",
        _ => "The payment failed. Try again or pay another way.",
    }
}
