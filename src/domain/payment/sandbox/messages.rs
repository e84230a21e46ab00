//! The messages that the bank posts to its merchant, as a provider's webhooks: at least once, retried with growing gaps.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::payment::sandbox_webhook;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::{
    super::gateway::Notice,
    SIGNATURE_HEADER, Sandbox, bank,
    book::{COMPLETE, UPDATED},
};
use crate::platform::{Database, batch::delete_some, tx};

const MOST_ATTEMPTS: i32 = 12;
const TIME_LIMIT: Duration = Duration::from_secs(5);

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    reference: String,
}

/// Reads a message.
pub fn read(body: &[u8]) -> Option<Notice> {
    let body: Body = serde_json::from_slice(body).ok()?;
    let clean = |text: &String| !text.is_empty() && text.len() <= 255 && !text.contains('\0');
    (clean(&body.id) && clean(&body.reference)).then_some(Notice { event_id: body.id, reference: Some(body.reference) })
}

/// Posts the messages that are due; returns how many were sent.
///
/// # Errors
/// The bank's database does not answer.
pub async fn deliver_due(sandbox: &Sandbox) -> Result<usize, DbErr> {
    let due = sandbox_webhook::Entity::find()
        .filter(sandbox_webhook::Column::SentAt.is_null())
        .filter(sandbox_webhook::Column::Attempts.lt(MOST_ATTEMPTS))
        .filter(sandbox_webhook::Column::DueAt.lte(sandbox.sources.now()))
        .order_by_asc(sandbox_webhook::Column::DueAt)
        .limit(50)
        .all(sandbox.database.reader())
        .await?;
    let mut sent = 0;
    for message in due {
        if message.kind == COMPLETE {
            let tx = tx::begin(&sandbox.database).await?;
            bank::complete(&tx, &sandbox.sources, &message.reference).await?;
            tx.commit().await?;
        }
        let delivered = post(sandbox, &message).await;
        record(sandbox, &message, delivered).await?;
        sent += usize::from(delivered);
    }
    Ok(sent)
}

async fn post(sandbox: &Sandbox, message: &sandbox_webhook::Model) -> bool {
    let body = Body { id: message.event_id.clone(), kind: UPDATED.to_owned(), reference: message.reference.clone() };
    let Ok(body) = serde_json::to_vec(&body) else { return false };
    let signature = sandbox.signer.sign(&body, sandbox.sources.now());
    let request = sandbox
        .http
        .post(&sandbox.settings.webhook_url)
        .header("content-type", "application/json")
        .header(SIGNATURE_HEADER, signature)
        .timeout(TIME_LIMIT)
        .body(body);
    match request.send().await {
        Ok(answer) => answer.status().is_success(),
        Err(error) => {
            tracing::debug!(error = %error, "the sandbox could not deliver a message; it tries again");
            false
        }
    }
}

async fn record(sandbox: &Sandbox, message: &sandbox_webhook::Model, delivered: bool) -> Result<(), DbErr> {
    let now = sandbox.sources.now();
    let attempts = message.attempts + 1;
    let mut update = sandbox_webhook::Entity::update_many()
        .col_expr(sandbox_webhook::Column::Attempts, Expr::value(attempts))
        .filter(sandbox_webhook::Column::Id.eq(message.id));
    update = if delivered {
        update.col_expr(sandbox_webhook::Column::SentAt, Expr::value(Some(now)))
    } else {
        let gap = TimeDelta::milliseconds(250 << attempts.min(12));
        update.col_expr(sandbox_webhook::Column::DueAt, Expr::value(now + gap))
    };
    let tx = tx::begin(&sandbox.database).await?;
    update.exec(&*tx).await?;
    tx.commit().await
}

/// Deletes at most `most` messages that were sent before `before`; returns how many. Those that were never taken stay.
///
/// # Errors
/// The bank's database does not answer.
pub async fn delete_sent(db: &Database, before: DateTime<Utc>, most: u64) -> Result<u64, DbErr> {
    let sent = Condition::all().add(sandbox_webhook::Column::SentAt.lt(before));
    let (id, order) = (sandbox_webhook::Column::Id, sandbox_webhook::Column::SentAt);
    delete_some::<sandbox_webhook::Entity>(db, id, order, sent, most).await
}
