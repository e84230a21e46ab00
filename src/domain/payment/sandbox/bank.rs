//! What the sandbox bank does with a payment: one behaviour a test token.

use std::time::Duration;

use entity::{
    money::Money,
    payment::{sandbox_intent, sandbox_refund},
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    super::gateway::Authorization,
    book::{self, Intent},
};
use crate::platform::{Database, Sources, tx};

/// Succeeds.
pub const OK: &str = "sandbox_ok";
/// Declines.
pub const DECLINED: &str = "sandbox_declined";
/// Asks for an additional step.
pub const CHALLENGE: &str = "sandbox_challenge";
/// Charges, then stays silent; no message ever comes.
pub const TIMEOUT: &str = "sandbox_timeout";
/// Answers that it works on it, and reports later.
pub const LATE: &str = "sandbox_late";
/// Succeeds and reports twice.
pub const DUPLICATE: &str = "sandbox_duplicate";
/// Takes one minor unit less than asked for.
pub const WRONG_AMOUNT: &str = "sandbox_wrong_amount";
/// Answers 500 and does nothing.
pub const ERROR: &str = "sandbox_error";

/// How late the bank is when it is late.
#[derive(Clone, Debug)]
pub struct Timing {
    /// For `sandbox_late`.
    pub late: Duration,
}

/// Holds or takes money. One key, one intent: a second call with it answers the first one's intent.
pub async fn authorize(
    db: &Database,
    sources: &Sources,
    request: &Authorization,
    timing: &Timing,
) -> Result<Intent, DbErr> {
    let now = sources.now();
    let amount = request.amount;
    let token = request.token.clone().unwrap_or_default();
    let charged = if token == WRONG_AMOUNT { (amount.minor - 1).max(0) } else { amount.minor };
    let success = if request.capture { book::CAPTURED } else { book::AUTHORIZED };
    let (status, failure) = match token.as_str() {
        OK | TIMEOUT | DUPLICATE | WRONG_AMOUNT => (success, None),
        CHALLENGE => (book::REQUIRES_ACTION, None),
        LATE => (book::PROCESSING, None),
        DECLINED => (book::FAILED, Some("card_declined")),
        _ => (book::FAILED, Some("unknown_token")),
    };
    let succeeded = status == success;
    let row = sandbox_intent::ActiveModel {
        reference: Set(format!("sbx_{}", sources.id::<Uuid>().simple())),
        idempotency_key: Set(request.payment_id.to_string()),
        token: Set(token.clone()),
        amount_minor: Set(amount.minor),
        currency: Set(amount.currency),
        status: Set(status.to_owned()),
        authorized_minor: Set(if succeeded { charged } else { 0 }),
        captured_minor: Set(if succeeded && request.capture { charged } else { 0 }),
        refunded_minor: Set(0),
        auto_capture: Set(request.capture),
        return_url: Set(request.return_url.clone()),
        failure_code: Set(failure.map(str::to_owned)),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let tx = tx::begin(db).await?;
    let once = OnConflict::column(sandbox_intent::Column::IdempotencyKey).do_nothing().to_owned();
    let new = sandbox_intent::Entity::insert(row).on_conflict(once).exec_without_returning(&*tx).await? > 0;
    let intent = book::by_key(&*tx, request.payment_id).await?;
    let intent = intent.ok_or_else(|| DbErr::RecordNotInserted)?;
    if new {
        let event = event_id(sources);
        match token.as_str() {
            TIMEOUT => {}
            LATE => {
                let due = now + timing.late;
                book::queue_message(&tx, sources, &event, &intent.reference, book::COMPLETE, due).await?;
            }
            DUPLICATE => {
                book::queue_message(&tx, sources, &event, &intent.reference, book::UPDATED, now).await?;
                book::queue_message(&tx, sources, &event, &intent.reference, book::UPDATED, now).await?;
            }
            _ => book::queue_message(&tx, sources, &event, &intent.reference, book::UPDATED, now).await?,
        }
    }
    tx.commit().await?;
    Ok(intent)
}

/// The shopper's answer to the challenge. Only an open challenge can be answered; a second answer changes nothing.
pub async fn answer_challenge(db: &Database, sources: &Sources, reference: &str, approve: bool) -> Result<(), DbErr> {
    let tx = tx::begin(db).await?;
    if let Some(intent) = book::lock(&tx, reference).await?
        && intent.status == book::REQUIRES_ACTION
    {
        if approve {
            succeed(&tx, sources, &intent).await?;
        } else {
            let failed = sandbox_intent::ActiveModel {
                reference: Set(intent.reference.clone()),
                status: Set(book::FAILED.to_owned()),
                failure_code: Set(Some("challenge_declined".to_owned())),
                updated_at: Set(sources.now()),
                ..Default::default()
            };
            sandbox_intent::Entity::update(failed).exec(&*tx).await?;
        }
        report(&tx, sources, reference).await?;
    }
    tx.commit().await
}

/// Finishes a payment the bank was working on.
pub async fn complete(tx: &DatabaseTransaction, sources: &Sources, reference: &str) -> Result<(), DbErr> {
    match book::lock(tx, reference).await? {
        Some(intent) if intent.status == book::PROCESSING => succeed(tx, sources, &intent).await,
        _ => Ok(()),
    }
}

async fn succeed(tx: &DatabaseTransaction, sources: &Sources, intent: &Intent) -> Result<(), DbErr> {
    let capture = intent.auto_capture;
    let update = sandbox_intent::ActiveModel {
        reference: Set(intent.reference.clone()),
        status: Set(if capture { book::CAPTURED } else { book::AUTHORIZED }.to_owned()),
        authorized_minor: Set(intent.amount_minor),
        captured_minor: Set(if capture { intent.amount_minor } else { 0 }),
        updated_at: Set(sources.now()),
        ..Default::default()
    };
    sandbox_intent::Entity::update(update).exec(tx).await.map(drop)
}

/// Takes held money, at most what is held.
pub async fn capture(
    db: &Database,
    sources: &Sources,
    reference: &str,
    amount: Money,
) -> Result<Option<Intent>, DbErr> {
    let tx = tx::begin(db).await?;
    if let Some(intent) = book::lock(&tx, reference).await?
        && intent.status == book::AUTHORIZED
        && amount.currency == intent.currency
        && amount.minor <= intent.authorized_minor
    {
        let update = sandbox_intent::ActiveModel {
            reference: Set(intent.reference),
            status: Set(book::CAPTURED.to_owned()),
            captured_minor: Set(amount.minor),
            updated_at: Set(sources.now()),
            ..Default::default()
        };
        sandbox_intent::Entity::update(update).exec(&*tx).await?;
        report(&tx, sources, reference).await?;
    }
    finish(tx, reference).await
}

/// Gives up a hold or an attempt that brought no money yet.
pub async fn void(db: &Database, sources: &Sources, reference: &str) -> Result<Option<Intent>, DbErr> {
    let tx = tx::begin(db).await?;
    if let Some(intent) = book::lock(&tx, reference).await?
        && [book::PROCESSING, book::REQUIRES_ACTION, book::AUTHORIZED].contains(&intent.status.as_str())
    {
        let update = sandbox_intent::ActiveModel {
            reference: Set(intent.reference),
            status: Set(book::VOIDED.to_owned()),
            updated_at: Set(sources.now()),
            ..Default::default()
        };
        sandbox_intent::Entity::update(update).exec(&*tx).await?;
        report(&tx, sources, reference).await?;
    }
    finish(tx, reference).await
}

/// Gives money back, once for each key, never more than was taken. `None`: refused.
pub async fn refund(
    db: &Database,
    sources: &Sources,
    reference: &str,
    amount: Money,
    key: &str,
) -> Result<Option<Intent>, DbErr> {
    let tx = tx::begin(db).await?;
    let Some(intent) = book::lock(&tx, reference).await? else { return Ok(None) };
    if sandbox_refund::Entity::find_by_id(key.to_owned()).one(&*tx).await?.is_some() {
        return Ok(Some(intent));
    }
    let refunded = intent.refunded_minor.saturating_add(amount.minor);
    if amount.minor <= 0 || refunded > intent.captured_minor || amount.currency != intent.currency {
        return Ok(None);
    }
    let entry = sandbox_refund::ActiveModel {
        idempotency_key: Set(key.to_owned()),
        reference: Set(reference.to_owned()),
        amount_minor: Set(amount.minor),
        created_at: Set(sources.now()),
    };
    sandbox_refund::Entity::insert(entry).exec_without_returning(&*tx).await?;
    let update = sandbox_intent::ActiveModel {
        reference: Set(intent.reference),
        refunded_minor: Set(refunded),
        updated_at: Set(sources.now()),
        ..Default::default()
    };
    sandbox_intent::Entity::update(update).exec(&*tx).await?;
    report(&tx, sources, reference).await?;
    finish(tx, reference).await
}

async fn report(tx: &DatabaseTransaction, sources: &Sources, reference: &str) -> Result<(), DbErr> {
    book::queue_message(tx, sources, &event_id(sources), reference, book::UPDATED, sources.now()).await
}

async fn finish(tx: tx::WriteTx, reference: &str) -> Result<Option<Intent>, DbErr> {
    let intent = book::by_reference(&*tx, reference).await?;
    tx.commit().await?;
    Ok(intent)
}

fn event_id(sources: &Sources) -> String {
    format!("evt_{}", sources.id::<Uuid>().simple())
}
