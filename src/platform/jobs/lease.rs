//! Leases: which process does a piece of shared work now. A process that dies stops renewing; another takes over.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::platform::job;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use tokio::time::Instant;
use uuid::Uuid;

use crate::platform::{Database, Sources, database::database_now, tx};

/// Characters of an error that are kept.
const ERROR_LENGTH: usize = 1_000;

/// How a round went.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub started_at: DateTime<Utc>,
    pub finished_at: DateTime<Utc>,
    pub done: usize,
}

/// A lease of this process. `until` is this process's own clock and never later than the database's `leased_until`.
#[derive(Debug)]
struct Held {
    until: Instant,
    /// The last round, until it is written with the next renewal: idle rounds cost no write of their own.
    round: Option<Round>,
}

/// The leases of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Leases(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    sources: Sources,
    holder: Uuid,
    length: Duration,
    held: Mutex<HashMap<Arc<str>, Held>>,
}

/// Where a job stands when its lease is taken.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Failed rounds in a row.
    pub failures: i32,
    /// How long the next round has to wait after a failure.
    pub wait: Duration,
}

impl Leases {
    /// Leases of one process, each this long.
    #[must_use]
    pub fn new(database: Database, sources: Sources, length: Duration) -> Self {
        let holder = sources.id();
        Self(Arc::new(Inner { database, sources, holder, length, held: Mutex::default() }))
    }

    /// This process, as the table names it.
    #[must_use]
    pub fn holder(&self) -> Uuid {
        self.0.holder
    }

    /// How often leases are renewed, and how often others look whether one is free: three times a lease.
    #[must_use]
    pub fn pace(&self) -> Duration {
        self.0.length / 3
    }

    pub(super) fn sources(&self) -> &Sources {
        &self.0.sources
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Arc<str>, Held>> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lease of a job if nobody has it; `None` while another process has it. Only reads while that is so.
    ///
    /// # Errors
    /// The database's.
    pub async fn take(&self, name: &Arc<str>) -> Result<Option<Taken>, DbErr> {
        let Inner { database, sources, holder, length, .. } = &*self.0;
        // Asked before the database's clock is read, so that we give it up before another may take it.
        let asked = Instant::now();
        let now = database_now(database.reader(), &sources.clock).await?;
        let seen = job::Entity::find_by_id(&**name).one(database.reader()).await?;
        let free = |row: &job::Model| row.holder.is_none() || row.leased_until.is_none_or(|until| until < now);
        if seen.as_ref().is_some_and(|row| !free(row) && row.holder != Some(*holder)) {
            return Ok(None);
        }
        let tx = tx::begin(database).await?;
        if seen.is_none() {
            let row = job::ActiveModel {
                name: Set(name.to_string()),
                last_done: Set(0),
                failures: Set(0),
                ..job::ActiveModel::default()
            };
            let once = OnConflict::column(job::Column::Name).do_nothing().to_owned();
            job::Entity::insert(row).on_conflict(once).exec_without_returning(&*tx).await?;
        }
        let free = Condition::any()
            .add(job::Column::Holder.is_null())
            .add(job::Column::Holder.eq(*holder))
            .add(job::Column::LeasedUntil.is_null())
            .add(job::Column::LeasedUntil.lt(now));
        let taken = job::Entity::update_many()
            .col_expr(job::Column::Holder, Expr::value(Some(*holder)))
            .col_expr(job::Column::LeasedUntil, Expr::value(Some(now + span(*length))))
            .filter(job::Column::Name.eq(&**name))
            .filter(free)
            .exec(&*tx)
            .await?;
        tx.commit().await?;
        if taken.rows_affected == 0 {
            return Ok(None);
        }
        self.held().insert(Arc::clone(name), Held { until: asked + *length, round: None });
        let failures = seen.as_ref().map_or(0, |row| row.failures);
        let wait = seen.and_then(|row| row.next_run_at).and_then(|next| (next - now).to_std().ok());
        Ok(Some(Taken { failures, wait: wait.unwrap_or_default() }))
    }

    /// Renews every lease of this process in one transaction, which also puts the last rounds on record.
    ///
    /// # Errors
    /// The database's; the leases end unless a later renewal succeeds in time.
    pub async fn renew(&self) -> Result<(), DbErr> {
        let Inner { database, sources, holder, length, .. } = &*self.0;
        let rounds: Vec<(Arc<str>, Option<Round>)> =
            self.held().iter().map(|(name, held)| (Arc::clone(name), held.round.clone())).collect();
        if rounds.is_empty() {
            return Ok(());
        }
        let asked = Instant::now();
        let tx = tx::begin(database).await?;
        let now = database_now(&*tx, &sources.clock).await?;
        let mut renewed = Vec::with_capacity(rounds.len());
        // One order of rows in every process.
        let mut rounds = rounds;
        rounds.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (name, round) in rounds {
            let mut update = job::Entity::update_many()
                .col_expr(job::Column::LeasedUntil, Expr::value(Some(now + span(*length))))
                .filter(job::Column::Name.eq(&*name))
                .filter(job::Column::Holder.eq(*holder));
            if let Some(round) = round {
                update = update
                    .col_expr(job::Column::LastStartedAt, Expr::value(Some(round.started_at)))
                    .col_expr(job::Column::LastFinishedAt, Expr::value(Some(round.finished_at)))
                    .col_expr(job::Column::LastDone, Expr::value(i64::try_from(round.done).unwrap_or(i64::MAX)));
            }
            renewed.push((name, update.exec(&*tx).await?.rows_affected > 0));
        }
        tx.commit().await?;
        let mut held = self.held();
        for (name, ours) in renewed {
            if !ours {
                tracing::warn!(job = &*name, "another process took the lease of a job");
                held.remove(&name);
            } else if let Some(held) = held.get_mut(&name) {
                held.until = asked + *length;
            }
        }
        Ok(())
    }

    /// Whether this process may work on a job now.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.held().get(name).is_some_and(|held| held.until > Instant::now())
    }

    /// Waits until this process may not work on a job any more.
    pub(super) async fn lost(&self, name: &str) {
        loop {
            let until = self.held().get(name).map(|held| held.until);
            match until {
                Some(until) if until > Instant::now() => tokio::time::sleep_until(until).await,
                Some(_) | None => return,
            }
        }
    }

    /// Remembers a good round; it is put on record with the next renewal.
    pub(super) fn note(&self, name: &str, round: Round) {
        if let Some(held) = self.held().get_mut(name) {
            held.round = Some(round);
        }
    }

    /// Puts it on record that a job fails, or that it does not any more.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn record(
        &self,
        name: &str,
        failures: i32,
        failure: Option<(String, Duration)>,
    ) -> Result<(), DbErr> {
        let Inner { database, sources, holder, .. } = &*self.0;
        let now = database_now(database.reader(), &sources.clock).await?;
        let next = failure.as_ref().map(|(_, gap)| now + span(*gap));
        let error = failure.map(|(error, _)| shortened(&error));
        let tx = tx::begin(database).await?;
        job::Entity::update_many()
            .col_expr(job::Column::Failures, Expr::value(failures))
            .col_expr(job::Column::NextRunAt, Expr::value(next))
            .col_expr(job::Column::LastError, Expr::value(error))
            .filter(job::Column::Name.eq(name))
            .filter(job::Column::Holder.eq(*holder))
            .exec(&*tx)
            .await?;
        tx.commit().await
    }

    /// Gives a lease back, so that another process need not wait for its end.
    ///
    /// # Errors
    /// The database's; the lease ends by itself.
    pub async fn release(&self, name: &str) -> Result<(), DbErr> {
        if self.held().remove(name).is_none() {
            return Ok(());
        }
        let tx = tx::begin(&self.0.database).await?;
        job::Entity::update_many()
            .col_expr(job::Column::Holder, Expr::value(Option::<Uuid>::None))
            .col_expr(job::Column::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
            .filter(job::Column::Name.eq(name))
            .filter(job::Column::Holder.eq(self.0.holder))
            .exec(&*tx)
            .await?;
        tx.commit().await
    }
}

/// A time as the database's clock adds it.
fn span(time: Duration) -> TimeDelta {
    TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX)
}

/// The beginning of an error, without what PostgreSQL cannot store.
pub(crate) fn shortened(error: &str) -> String {
    error.chars().filter(|letter| *letter != '\0').take(ERROR_LENGTH).collect()
}
