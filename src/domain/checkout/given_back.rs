//! Money that a gateway gave back though nobody here asked for it: staff did it in the gateway's dashboard.

use entity::{
    ids::OrderId,
    money::Money,
    order::{
        order::{FinancialStatus, OrderStatus},
        order_refund,
    },
};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::{CheckoutContext, refund};
use crate::{
    domain::{
        ledger::{self, Posting},
        order::{self, EventKind, Order, OrderChange, OrderState},
        payment::{self, GatewayState, Payment},
        shared::Error,
    },
    platform::outbox::{self, Fact},
};

/// Records what of a locked payment of a locked order went back by itself, and what follows for the order. It counts like goodwill
/// that staff decided here: so much less is owed for the order, and so much less can still be refunded.
///
/// # Errors
/// The database's.
pub(super) async fn compare(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: Order,
    row: &Payment,
    state: &GatewayState,
) -> Result<(), Error> {
    let refunds = payment::refunds_of(tx, &[order.id]).await?;
    let minor = payment::foreign_minor(row, &refunds, state);
    if minor == 0 {
        return Ok(());
    }
    if payment::left_of(row, &refunds).is_none() {
        return record(tx, ctx, row, minor).await;
    }
    // Of an order that waits for money, what went back is owed again: its total says what it costs.
    let waits = order.financial_status == FinancialStatus::PartiallyPaid;
    let stands = matches!(order.status, OrderStatus::Processing | OrderStatus::Completed);
    let decided = if stands && !waits { Some(decide(tx, ctx, &order, row, minor).await?) } else { None };
    let made = payment::add_foreign_refund(tx, &ctx.sources, row, minor, decided).await?;
    outbox::record(tx, &ctx.sources, fact(row, minor)).await?;
    if !waits {
        return refund::went_back(tx, ctx, order, &made).await;
    }
    // An attempt to pay the balance is of an amount that is not what is owed any more.
    payment::void_open_payments(tx, &ctx.sources, order.id).await?;
    let now = OrderState::of(&order);
    let order = order::change_order(tx, &ctx.sources, order, now, OrderChange::default()).await?;
    let words = format!("{} went back to you.", Money::new(minor, row.currency).in_words());
    Ok(order::note(tx, &ctx.sources, &order, EventKind::Refunded, words).await?)
}

/// Records what of a locked payment that placed no order went back by itself.
///
/// # Errors
/// The database's.
pub(super) async fn compare_lost(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    row: &Payment,
    state: &GatewayState,
) -> Result<(), Error> {
    let refunds = payment::refunds_of(tx, &[row.order_id]).await?;
    match payment::foreign_minor(row, &refunds, state) {
        0 => Ok(()),
        minor => record(tx, ctx, row, minor).await,
    }
}

async fn record(tx: &DatabaseTransaction, ctx: &CheckoutContext, row: &Payment, minor: i64) -> Result<(), Error> {
    payment::add_foreign_refund(tx, &ctx.sources, row, minor, None).await?;
    Ok(outbox::record(tx, &ctx.sources, fact(row, minor)).await?)
}

/// What the order's books have of it.
async fn decide(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order: &Order,
    row: &Payment,
    minor: i64,
) -> Result<entity::ids::OrderRefundId, Error> {
    let decided = order_refund::Model {
        id: ctx.sources.id(),
        order_id: order.id,
        account_id: None,
        total_minor: minor,
        subtotal_minor: 0,
        discount_minor: 0,
        shipping_minor: 0,
        tax_minor: 0,
        adjustment_minor: minor,
        gift_card_minor: 0,
        note: Some(format!("Given back at {}, not here.", row.gateway)),
        notify: false,
        created_at: ctx.sources.now(),
    };
    order::insert_order_refund(tx, &decided, &[]).await?;
    let less = Money::new(-minor, order.currency);
    ledger::post(tx, &ctx.sources, Posting::sale_changed(order.id, less, decided.id.0)).await?;
    Ok(decided.id)
}

fn fact(row: &Payment, minor: i64) -> Fact {
    let order_id: OrderId = row.order_id;
    Fact {
        kind: "payment.refunded_at_gateway",
        subject_type: "payment",
        subject_id: row.id.0,
        data: json!({
            "payment_id": row.id,
            "order_id": order_id,
            "gateway": row.gateway,
            "amount_minor": minor,
            "currency": row.currency,
        }),
    }
}
