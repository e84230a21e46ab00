//! Claiming a key: exactly one attempt at a time works on it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::platform::idempotency_record::{self, IdempotencyState, Model};
use sea_orm::DbErr;
use uuid::Uuid;

use super::store::{self, Answered};
use crate::platform::{Database, Sources, database::database_now, tx};

/// A key, as a request uses it.
#[derive(Clone, Debug)]
pub struct Usage {
    /// Whose key.
    pub scope: String,
    /// The key.
    pub key: String,
    /// Hashes of the request, one for each secret that is in use; the first is kept.
    pub hashes: Vec<String>,
    /// How long the claim holds.
    pub lease: Duration,
    /// How long an answer is kept.
    pub retention: Duration,
}

impl Usage {
    /// A ticket for a new attempt.
    #[must_use]
    pub fn ticket(&self, sources: &Sources) -> Ticket {
        Ticket { scope: self.scope.clone(), key: self.key.clone(), holder: sources.id() }
    }
}

/// The right to answer for a key, once it is claimed.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub(super) scope: String,
    pub(super) key: String,
    pub(super) holder: Uuid,
}

/// What became of a claim.
#[derive(Clone, Debug)]
pub enum Claimed {
    /// The request is to run, under the ticket.
    Run,
    /// It ran, and this was its answer.
    Answered(Answered),
    /// It runs at this moment.
    InProgress,
    /// The key was used for another request.
    Reused,
}

/// How often a claim looks again when the row changes under it.
const LOOKS: usize = 4;

/// Claims a key for the attempt with this ticket.
///
/// # Errors
/// The database's.
pub async fn claim(db: &Database, sources: &Sources, usage: &Usage, ticket: &Ticket) -> Result<Claimed, DbErr> {
    let tx = tx::begin(db).await?;
    let now = database_now(&*tx, &sources.clock).await?;
    let new = fresh(usage, ticket.holder, now);
    for _ in 0..LOOKS {
        if store::insert(&tx, &new).await? {
            tx.commit().await?;
            return Ok(Claimed::Run);
        }
        // Deleted since by the job that ends their time, or given up: it can be inserted now.
        let Some(row) = store::find(&*tx, usage).await? else { continue };
        let over = row.claimed_until <= now;
        let idle = over || row.state == IdempotencyState::Done;
        let expired = idle && row.created_at + delta(usage.retention) <= now;
        if !expired {
            match row.state {
                _ if !usage.hashes.contains(&row.request_hash) => return Ok(Claimed::Reused),
                IdempotencyState::Done => return Ok(answered(row)),
                IdempotencyState::InProgress if !over => return Ok(Claimed::InProgress),
                IdempotencyState::InProgress => {}
            }
        }
        if store::take_over(&tx, &row, &new, expired).await? {
            tx.commit().await?;
            return Ok(Claimed::Run);
        }
    }
    Ok(Claimed::InProgress)
}

fn fresh(usage: &Usage, holder: Uuid, now: DateTime<Utc>) -> Model {
    Model {
        scope: usage.scope.clone(),
        key: usage.key.clone(),
        request_hash: usage.hashes.first().cloned().unwrap_or_default(),
        state: IdempotencyState::InProgress,
        holder,
        claimed_until: now + delta(usage.lease),
        response: None,
        response_code: None,
        order_id: None,
        created_at: now,
        completed_at: None,
    }
}

fn answered(row: idempotency_record::Model) -> Claimed {
    Claimed::Answered(Answered {
        body: row.response.unwrap_or_default(),
        code: row.response_code,
        order_id: row.order_id.map(|id| id.0),
    })
}

fn delta(time: Duration) -> TimeDelta {
    TimeDelta::from_std(time).unwrap_or(TimeDelta::days(1))
}
