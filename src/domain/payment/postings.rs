//! What the ledger hears of payments and refunds, in the transactions that change their rows.

use entity::payment::{payment, refund};
use sea_orm::{DatabaseTransaction, DbErr};

use super::GatewayStatus;
use crate::{
    domain::ledger::{self, OfPayment, OfRefund, Posting},
    platform::Sources,
};

/// What a gateway ever did with a payment, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub authorized: i64,
    pub captured: i64,
}

fn of_payment(row: &payment::Model) -> OfPayment {
    OfPayment { order_id: row.order_id, payment_id: row.id, currency: row.currency }
}

fn of_refund(paid: &payment::Model, row: &refund::Model) -> OfRefund {
    OfRefund { payment: of_payment(paid), refund_id: row.id, minor: row.amount_minor }
}

/// Posts what a gateway did beyond what a locked payment's row said until now. A hold lasts while the gateway says so.
pub(super) async fn of_state(
    tx: &DatabaseTransaction,
    sources: &Sources,
    row: &payment::Model,
    now: Done,
    status: GatewayStatus,
) -> Result<(), DbErr> {
    let of = of_payment(row);
    let authorized = now.authorized - row.authorized_minor;
    let captured = now.captured - row.captured_minor;
    ledger::post(tx, sources, Posting::authorization(of, authorized, now.authorized)).await?;
    let stands = status == GatewayStatus::Authorized;
    let held = match row.authorized_minor {
        0 => authorized,
        _ if captured == 0 && stands => 0,
        _ => ledger::held(tx, row.id).await?,
    };
    let taken = held.min(captured);
    ledger::post(tx, sources, Posting::capture(of, captured, taken, now.captured)).await?;
    if !stands {
        ledger::post(tx, sources, Posting::release(of, held - taken, now.authorized)).await?;
    }
    Ok(())
}

/// Posts that a gateway gave back what nobody here asked for.
pub(super) async fn refund_at_gateway(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    minor: i64,
) -> Result<(), DbErr> {
    let upto = paid.refunded_minor.saturating_add(minor);
    ledger::post(tx, sources, Posting::refund_at_gateway(of_payment(paid), minor, upto)).await
}

/// Posts that a refund which its gateway refused is not to be sent any more.
pub(super) async fn refund_closed(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    row: &refund::Model,
) -> Result<(), DbErr> {
    ledger::post(tx, sources, Posting::refund_closed(of_refund(paid, row))).await
}

/// Posts that the hold of a locked payment is gone at its gateway, if there was one.
///
/// # Errors
/// The database's.
pub async fn release_hold(tx: &DatabaseTransaction, sources: &Sources, row: &payment::Model) -> Result<(), DbErr> {
    if row.authorized_minor == 0 {
        return Ok(());
    }
    let held = ledger::held(tx, row.id).await?;
    ledger::post(tx, sources, Posting::release(of_payment(row), held, row.authorized_minor)).await
}

/// Posts that money of a payment is to go back.
pub(super) async fn refund_decided(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    row: &refund::Model,
) -> Result<(), DbErr> {
    ledger::post(tx, sources, Posting::refund_decided(of_refund(paid, row))).await
}

/// Posts that money of a payment went back.
pub(super) async fn refund_sent(
    tx: &DatabaseTransaction,
    sources: &Sources,
    paid: &payment::Model,
    row: &refund::Model,
) -> Result<(), DbErr> {
    ledger::post(tx, sources, Posting::refund_sent(of_refund(paid, row))).await
}
