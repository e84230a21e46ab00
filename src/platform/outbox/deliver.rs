//! Delivering published events to a sink: in cursor order, at least once, one process at a time (the job's lease).
//!
//! An event that the sink refuses becomes an exception: it is tried again after growing gaps and then parked, and later
//! events of the same subject wait behind it, while everything else flows. A sink that takes nothing at all parks nothing.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use sea_orm::DbErr;
use tokio::{sync::Mutex, time::Instant};

use super::{
    DeliveryError, EventSink, Published, Scope,
    exceptions::{self, Exception, Refused},
    follow,
};
use crate::platform::{Database, Sources, backoff::Backoff, jobs::shortened, tx};

/// Subjects whose exceptions are tried in one round.
const SUBJECTS: u64 = 50;
/// How often the sink's row is told that somebody delivers to it; retention forgets sinks that nobody serves.
pub(super) const SEEN: Duration = Duration::from_secs(3_600);

/// How often, and how fast, a refused event is tried again.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryRules {
    /// Attempts before an event is parked.
    pub attempts: i32,
    /// The gaps between them.
    pub gaps: Backoff,
}

/// Delivers to one sink.
#[derive(Debug)]
pub struct Deliverer {
    database: Database,
    sources: Sources,
    sink: Arc<dyn EventSink>,
    rules: DeliveryRules,
    seen: Mutex<Option<Instant>>,
}

impl Deliverer {
    /// Delivers to this sink.
    #[must_use]
    pub fn new(database: Database, sources: Sources, sink: Arc<dyn EventSink>, rules: DeliveryRules) -> Self {
        Self { database, sources, sink, rules, seen: Mutex::default() }
    }

    /// Delivers what is due once; returns how many events left this round. The round of a job: only the holder of the
    /// sink's lease runs it.
    ///
    /// # Errors
    /// The database's; `Unavailable` of the sink. What was not put on record as delivered comes again.
    pub async fn round(&self) -> anyhow::Result<usize> {
        self.sink.forget().await;
        self.tell_seen().await?;
        let again = self.try_again().await?;
        Ok(again + self.go_on().await?)
    }

    async fn tell_seen(&self) -> Result<(), DbErr> {
        let mut seen = self.seen.lock().await;
        if seen.is_none_or(|seen| seen.elapsed() > SEEN) {
            let tx = tx::begin(&self.database).await?;
            exceptions::seen(&tx, self.sink.name(), self.sources.now()).await?;
            tx.commit().await?;
            *seen = Some(Instant::now());
        }
        Ok(())
    }

    /// Tries the exceptions that are due.
    async fn try_again(&self) -> anyhow::Result<usize> {
        let due = exceptions::due(self.database.reader(), self.sink.name(), self.sources.now(), SUBJECTS).await?;
        let mut delivered = 0;
        for first in &due {
            delivered += self.try_subject(first).await?;
        }
        Ok(delivered)
    }

    /// Tries the exceptions of one subject in order, up to the first that is refused.
    async fn try_subject(&self, first: &Exception) -> anyhow::Result<usize> {
        let sink = self.sink.name();
        let (mut upto, mut count, mut refused, mut away) = (None, 0, None, None);
        for (row, event) in exceptions::run_of(self.database.reader(), sink, first.subject_id).await? {
            let outcome = match &event {
                Some(event) => self.sink.deliver(event).await,
                None => Ok(()),
            };
            match outcome {
                Ok(()) => {
                    upto = Some(row.cursor);
                    count += 1;
                }
                Err(DeliveryError::Refused(why)) => {
                    refused = Some((row.id, self.refused(row.attempts, why)));
                    break;
                }
                Err(error @ DeliveryError::Unavailable(_)) => {
                    away = Some(error);
                    break;
                }
            }
        }
        if upto.is_some() {
            self.sink.flush().await?;
        }
        let tx = tx::begin(&self.database).await?;
        exceptions::lock(&tx, sink).await?;
        if let Some(upto) = upto {
            exceptions::delivered(&tx, sink, first.subject_id, upto).await?;
        }
        if let Some((id, refused)) = refused {
            exceptions::refuse(&tx, id, refused).await?;
        }
        exceptions::release(&tx, sink, first.subject_id, self.sources.now()).await?;
        tx.commit().await?;
        away.map_or(Ok(count), |error| Err(error.into()))
    }

    /// Delivers the next events after the sink's position.
    async fn go_on(&self) -> anyhow::Result<usize> {
        let (db, sink) = (self.database.reader(), self.sink.name());
        let Some(from) = exceptions::position(db, sink).await? else { return Ok(0) };
        let events = follow::read(db, Scope::Everything, from).await?;
        if events.is_empty() {
            return Ok(0);
        }
        let mut blocked = exceptions::blocked(db, sink, events.iter().map(|event| event.subject_id)).await?;
        let (mut to, mut count, mut away) = (from, 0, None);
        let mut held: Vec<(Published, Option<Refused>)> = Vec::new();
        for event in events {
            let cursor = event.cursor;
            if blocked.contains(&event.subject_id) {
                held.push((event, None));
            } else {
                match self.sink.deliver(&event).await {
                    Ok(()) => count += 1,
                    Err(DeliveryError::Refused(why)) => {
                        tracing::warn!(sink, event = %event.id, kind = event.kind, why, "a sink refused an event");
                        blocked.insert(event.subject_id);
                        held.push((event, Some(self.refused(0, why))));
                    }
                    Err(error @ DeliveryError::Unavailable(_)) => {
                        away = Some(error);
                        break;
                    }
                }
            }
            to = cursor;
        }
        if count > 0 {
            self.sink.flush().await?;
        }
        if to > from && !self.put_on_record(from, to, &held).await? {
            tracing::warn!(sink, from, "another process delivered to this sink; its position counts");
            return Ok(0);
        }
        away.map_or(Ok(count + held.len()), |error| Err(error.into()))
    }

    /// Moves the sink forward and writes what it did not take; says whether no other process came between.
    async fn put_on_record(&self, from: i64, to: i64, held: &[(Published, Option<Refused>)]) -> Result<bool, DbErr> {
        let sink = self.sink.name();
        let tx = tx::begin(&self.database).await?;
        if !exceptions::advance(&tx, sink, from, to).await? {
            return Ok(false);
        }
        exceptions::insert(&tx, &self.sources, sink, held).await?;
        // Somebody may have dropped what these would wait behind since it was looked at.
        let waiting = held.iter().filter(|(_, refused)| refused.is_none()).map(|(event, _)| event.subject_id);
        for subject in waiting.collect::<BTreeSet<_>>() {
            exceptions::release(&tx, sink, subject, self.sources.now()).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    fn refused(&self, attempts: i32, why: String) -> Refused {
        let (attempts, now) = (attempts.saturating_add(1), self.sources.now());
        let parked = attempts >= self.rules.attempts;
        if parked {
            tracing::error!(sink = self.sink.name(), attempts, why, "an event is parked; a person has to look");
        }
        let gap = self.rules.gaps.gap(attempts, &self.sources);
        Refused {
            attempts,
            next_attempt_at: (!parked).then_some(now + gap),
            parked_at: parked.then_some(now),
            why: shortened(&why),
        }
    }
}
