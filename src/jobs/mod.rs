//! The table of this process's background work: what runs, how often, what wakes it, and what one process at a time
//! does for all.

mod retention;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use chrono::TimeDelta;
use sea_orm::DbErr;
use tokio::sync::Notify;

use crate::{
    app::App,
    domain::{catalog, checkout, notification, payment::sandbox, shared::Error},
    platform::{
        database::set_clock,
        jobs::Schedule,
        outbox,
        outbox::{Deliverer, EventSink, Published, Tail},
        redis::{self, Announcement},
    },
};

/// How long the tail waits when nothing wakes it: what another process published is seen after this at the latest.
const TAIL_INTERVAL: Duration = Duration::from_millis(100);
/// The same with a Redis: it wakes the tail, and while it cannot be heard the tail is woken as often as without one.
const TAIL_INTERVAL_WITH_REDIS: Duration = Duration::from_millis(250);
/// How long the relay waits when nothing wakes it: what a killed process left is published after this at the latest.
const RELAY_INTERVAL: Duration = Duration::from_millis(500);
/// How long a fact may wait to be published before the cache is not believed. With the cache's own time of trust this stays
/// below the second after which everybody sees a change.
const RELAY_LATE: TimeDelta = TimeDelta::milliseconds(200);
/// How often the clock is compared with the database's.
const CLOCK_INTERVAL: Duration = Duration::from_secs(10);
/// How long a round of the relay or the tail may take: both are short, and everybody waits for them.
const OUTBOX_PATIENCE: Duration = Duration::from_secs(5);
/// Longest gap after failed rounds of the job that frees stock, which is free within a minute after its hold.
const LONGEST_GAP_OF_HOLDS: Duration = Duration::from_secs(20);
/// Longest gap between two looks whether a sink that takes nothing is back.
const LONGEST_GAP_OF_SINKS: Duration = Duration::from_secs(15);
/// Longest gap between two looks whether a mail server that takes nothing is back.
const LONGEST_GAP_OF_MAILS: Duration = Duration::from_secs(60);
/// How often the sandbox bank looks whether it has something to say.
const SANDBOX_INTERVAL: Duration = Duration::from_millis(200);

pub use retention::round as let_go;

/// Publishes events and delivers them, frees expired stock, chases payments, gives money back, lets go of what is old.
/// Any number of processes may do it.
pub fn start_worker(app: &App) {
    let relay = app.clone();
    let committed = Schedule { interval: RELAY_INTERVAL, wake: Some(app.database.committed_handle()) };
    app.jobs.repeat("outbox relay", committed, move || {
        let app = relay.clone();
        async move {
            let count = in_time(outbox::publish(&app.database, &app.sources)).await?;
            if count > 0 {
                app.published.notify_one();
                app.sinks.iter().for_each(|(_, wake)| wake.notify_one());
                if let Some(redis) = &app.redis {
                    // Not heard, it is seen at the next look.
                    let _ = redis::announce(redis, Announcement::Published).await;
                }
            }
            Ok(count)
        }
    });

    hear_commits(app);

    let sweep = || Schedule { interval: app.settings.checkout.sweep_interval, wake: None };
    // Every process looks at the messages it stored, at once; that several do is harmless.
    let messages = Schedule { wake: Some(Arc::clone(&app.messages)), ..sweep() };
    repeat(app, "gateway messages", messages, |app| async move { checkout::process_messages(&app.checkout()).await });
    let bank = Schedule { interval: SANDBOX_INTERVAL, wake: None };
    repeat(app, "sandbox bank", bank, |app| async move { Ok(sandbox::deliver_due(&app.sandbox).await?) });

    app.jobs.keep(&app.leases);
    let gap = app.settings.jobs.longest_gap;
    let soon = gap.min(LONGEST_GAP_OF_HOLDS);
    share(app, "expired holds", sweep(), soon, |app| async move { checkout::expire_overdue(&app.checkout()).await });
    share(app, "payments in doubt", sweep(), gap, |app| async move { checkout::chase_payments(&app.checkout()).await });
    share(app, "payments to give up", sweep(), gap, |app| async move { checkout::reverse_due(&app.checkout()).await });
    share(app, "refunds", sweep(), gap, |app| async move { checkout::send_due_refunds(&app.checkout()).await });
    let books = Schedule { interval: app.settings.checkout.reconcile_interval, wake: None };
    share(app, "gateways' books", books, gap, |app| async move { checkout::reconcile(&app.checkout()).await });
    let mails = Schedule { interval: app.settings.mails.interval, wake: None };
    tracing::info!(to = app.mailer.place(), "mails to shoppers are sent");
    share(app, "mails", mails, gap.min(LONGEST_GAP_OF_MAILS), |app| async move {
        notification::send_due(&app.post()).await
    });
    let hourly = Schedule { interval: app.settings.retention.interval, wake: None };
    share(app, "retention", hourly, gap, |app| async move { retention::round(&app).await });
    for (sink, wake) in &app.sinks {
        deliver_to(app, Arc::clone(sink), Arc::clone(wake));
    }
}

/// Delivers events to a sink, whichever process holds the lease.
pub fn deliver_to(app: &App, sink: Arc<dyn EventSink>, wake: Arc<Notify>) {
    let name = format!("events to {}", sink.name());
    let deliverer = Deliverer::new(app.database.clone(), app.sources.clone(), sink, app.delivery_rules());
    let (deliverer, schedule) =
        (Arc::new(deliverer), Schedule { interval: app.settings.events.interval, wake: Some(wake) });
    app.jobs.repeat_shared(&app.leases, name, schedule, LONGEST_GAP_OF_SINKS, move || {
        let deliverer = Arc::clone(&deliverer);
        async move { deliverer.round().await }
    });
}

/// Brings published events to the watchers of this process, and keeps its clock right.
///
/// # Errors
/// The database's.
pub async fn start_watching(app: &App) -> Result<(), DbErr> {
    let tail = Arc::new(Tail::from_end(&app.database).await?);
    app.cache.start(tail.cursor(), &app.jobs);
    let reader = app.clone();
    let published: Option<Arc<Notify>> = Some(Arc::clone(&app.published));
    let interval = if app.redis.is_some() { TAIL_INTERVAL_WITH_REDIS } else { TAIL_INTERVAL };
    app.jobs.repeat("outbox tail", Schedule { interval, wake: published }, move || {
        let (app, tail) = (reader.clone(), Arc::clone(&tail));
        async move { look(&app, &tail).await }
    });
    if let Some(redis) = &app.redis {
        redis::listen(redis, &app.jobs, Arc::clone(&app.published));
    }
    let clock = app.clone();
    app.jobs.repeat("clock", Schedule { interval: CLOCK_INTERVAL, wake: None }, move || {
        let app = clock.clone();
        async move { in_time(async { set_clock(&app.database, &app.sources.clock).await.map(|()| 0) }).await }
    });
    Ok(())
}

/// One look of the tail: the cache forgets what changed before anybody is told of it. Returns how many events there were.
///
/// # Errors
/// The database's.
pub async fn look(app: &App, tail: &Tail) -> anyhow::Result<usize> {
    let begun = Instant::now();
    let forget = |from: i64, events: &[Published]| {
        let (Some(first), Some(last)) = (events.first(), events.last()) else { return };
        if first.cursor != from + 1 {
            // This process slept so long that events it did not see were let go of.
            app.cache.forget_all(last.cursor);
            return;
        }
        let named = events.iter().flat_map(|event| {
            let keys = catalog::cached::changed_by(&event.subject_type, event.subject_id, &event.data);
            keys.into_iter().map(|key| (key, event.cursor))
        });
        app.cache.forget(from, last.cursor, &named.collect::<Vec<_>>());
    };
    let count = in_time(tail.advance_after(&app.database, &app.bus, forget)).await?;
    if count < outbox::PAGE && in_time(relay_is_behind(app)).await? == 0 {
        app.cache.looked(begun);
    }
    Ok(count)
}

/// 1 when facts wait to be published for longer than they should: what the cache keeps may be older than they are.
async fn relay_is_behind(app: &App) -> Result<usize, DbErr> {
    let oldest = outbox::oldest_unpublished(app.database.reader()).await?;
    let late = oldest.is_some_and(|written| app.sources.now() - written > RELAY_LATE);
    Ok(usize::from(late))
}

/// A round of the outbox's within its time.
async fn in_time(round: impl Future<Output = Result<usize, DbErr>>) -> anyhow::Result<usize> {
    Ok(tokio::time::timeout(OUTBOX_PATIENCE, round).await.context("the database does not answer")??)
}

/// In a process that publishes nothing itself: tells those that do when something was committed.
pub fn start_announcing(app: &App) {
    let Some(redis) = app.redis.clone() else { return };
    let (committed, stop) = (app.database.committed_handle(), app.jobs.stopping().clone());
    let announcing = async move {
        loop {
            committed.notified().await;
            // Not heard, it is seen at the next look.
            let _ = redis::announce(&redis, Announcement::Committed).await;
        }
    };
    app.jobs.spawn(async move {
        tokio::select! { () = stop.cancelled() => {}, () = announcing => {} }
    });
}

/// In a process that publishes: looks at once when another one announced a commit.
fn hear_commits(app: &App) {
    let Some(redis) = &app.redis else { return };
    let (elsewhere, committed) = (redis.committed_elsewhere(), app.database.committed_handle());
    let stop = app.jobs.stopping().clone();
    let hearing = async move {
        loop {
            elsewhere.notified().await;
            committed.notify_one();
        }
    };
    app.jobs.spawn(async move {
        tokio::select! { () = stop.cancelled() => {}, () = hearing => {} }
    });
}

/// Shares a round that is a function of the application with the other processes.
fn share<F, Fut>(app: &App, name: &'static str, schedule: Schedule, longest_gap: Duration, round: F)
where
    F: Fn(App) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<usize, Error>> + Send + 'static,
{
    let of_job = app.clone();
    app.jobs.repeat_shared(&app.leases, name, schedule, longest_gap, move || {
        let running = round(of_job.clone());
        async move { running.await.map_err(|error| anyhow::anyhow!("{error}")) }
    });
}

/// Repeats a round that is a function of the application.
fn repeat<F, Fut>(app: &App, name: &'static str, schedule: Schedule, round: F)
where
    F: Fn(App) -> Fut + Send + 'static,
    Fut: Future<Output = Result<usize, Error>> + Send + 'static,
{
    let of_job = app.clone();
    app.jobs.repeat(name, schedule, move || {
        let running = round(of_job.clone());
        async move { running.await.map_err(|error| anyhow::anyhow!("{error}")) }
    });
}
