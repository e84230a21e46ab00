//! Sending what is queued: at least once, each mail after growing gaps while it is refused, none lost while the mail
//! server is away.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::notification::notification::NotificationState as State;

use super::{
    Composing, Links, Notification, Templates,
    compose::compose,
    model,
    store::{self, Outcome},
};
use crate::{
    domain::shared::Error,
    platform::{
        Database, Sources,
        backoff::Backoff,
        mail::{MailError, Mailer},
    },
};

/// Mails looked at in one round.
const BATCH: u64 = 50;
/// A round begins no mail after this, so that it ends within the time of a job's round.
const ROUND: Duration = Duration::from_secs(10);
/// How long after its own time limit a mail that is being sent is taken for given up: its process died.
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// How mails are tried.
#[derive(Clone, Debug)]
pub struct SendRules {
    /// Attempts before a mail that is refused is parked.
    pub attempts: i32,
    /// The gaps between them.
    pub gaps: Backoff,
    /// How long one mail may take.
    pub limit: Duration,
    /// How long the shopper has to try again before hearing of a failed payment.
    pub patience: Duration,
}

/// What sending works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Post {
    /// The database.
    pub database: Database,
    /// Clock and ids.
    pub sources: Sources,
    /// Who takes the mails.
    pub mailer: Arc<dyn Mailer>,
    /// The templates.
    pub templates: Arc<Templates>,
    /// Where an order is shown.
    pub links: Links,
    /// How mails are tried.
    pub rules: SendRules,
}

/// The job that sends mails; returns how many it dealt with.
///
/// # Errors
/// The database's; `Unavailable` when no mail is taken now: all of them wait, and none is parked for it.
pub async fn send_due(post: &Post) -> Result<usize, Error> {
    let now = post.sources.now();
    let patience = TimeDelta::from_std(post.rules.patience).unwrap_or_default();
    let due = store::due(post.database.reader(), now, now - patience, BATCH).await?;
    let (begun, mut done) = (Instant::now(), 0);
    for row in due {
        if begun.elapsed() > ROUND {
            break;
        }
        let limit = TimeDelta::from_std(post.rules.limit).unwrap_or_default();
        let until = post.sources.now() + limit + GRACE;
        if !store::in_tx(&post.database, async |tx| store::claim(tx, &row, until).await).await? {
            continue;
        }
        let (outcome, away) = attempt(post, &row).await?;
        store::in_tx(&post.database, async |tx| store::record(tx, &post.sources, row.id, outcome).await).await?;
        if let Some(why) = away {
            return Err(Error::Unavailable(anyhow::anyhow!("no mail is taken now: {why}")));
        }
        done += 1;
    }
    Ok(done)
}

/// Writes and sends one mail. What becomes of it; and why no mail is taken, if that is so.
async fn attempt(post: &Post, row: &Notification) -> Result<(Outcome, Option<String>), Error> {
    let with = Composing { templates: &post.templates, links: &post.links };
    let attempts = row.attempts.saturating_add(1);
    let sent = match compose(post.database.reader(), with, row).await {
        Ok(Some(mail)) => post.mailer.send(&mail).await,
        Ok(None) => return Ok((Outcome::Finished(State::Dropped), None)),
        // A template that fails on this order must not hold up the others.
        Err(Error::Fault(why)) => Err(MailError::Refused { why: format!("{why:#}"), for_good: false }),
        Err(error) => return Err(error),
    };
    let name = model::name(row.kind);
    Ok(match sent {
        Ok(()) => (Outcome::Finished(State::Sent), None),
        Err(MailError::Refused { why, for_good }) if for_good || attempts >= post.rules.attempts => {
            // The refusal may name the recipient: it stays in the row, which staff see.
            tracing::error!(mail = %row.id, kind = name, attempts, "a mail was given up; a person has to look");
            (Outcome::Parked { why }, None)
        }
        Err(MailError::Refused { why, .. }) => {
            tracing::warn!(mail = %row.id, kind = name, attempts, "a mail was refused and is tried again");
            (Outcome::Retried { until: later(post, attempts), why }, None)
        }
        Err(MailError::Unavailable(why)) => (Outcome::Postponed { until: later(post, 1), why: why.clone() }, Some(why)),
    })
}

fn later(post: &Post, failures: i32) -> DateTime<Utc> {
    let gap = post.rules.gaps.gap(failures, &post.sources);
    post.sources.now() + TimeDelta::from_std(gap).unwrap_or(TimeDelta::hours(1))
}
