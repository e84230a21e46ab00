//! The table of this process's background work: what runs, how often, and what wakes it.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use sea_orm::DbErr;
use tokio::sync::Notify;

use crate::{
    app::App,
    domain::{checkout, payment::sandbox, shared::Error},
    platform::{database::set_clock, jobs::Schedule, outbox, outbox::Tail},
};

/// How long the tail waits when nothing wakes it: what another process published is seen after this at the latest.
const TAIL_INTERVAL: Duration = Duration::from_millis(100);
/// How long the relay waits when nothing wakes it: what a killed process left is published after this at the latest.
const RELAY_INTERVAL: Duration = Duration::from_millis(500);
/// How often the clock is compared with the database's.
const CLOCK_INTERVAL: Duration = Duration::from_secs(10);
/// How long a round of either may take: both are short, and everybody waits for them.
const OUTBOX_PATIENCE: Duration = Duration::from_secs(5);
/// How often the sandbox bank looks whether it has something to say.
const SANDBOX_INTERVAL: Duration = Duration::from_millis(200);

/// Publishes events, frees expired stock, chases payments, gives money back. Any number of processes may do it.
pub fn start_worker(app: &App) {
    let relay = app.clone();
    let committed = Schedule { interval: RELAY_INTERVAL, wake: Some(app.database.committed_handle()) };
    app.jobs.repeat("outbox relay", committed, move || {
        let app = relay.clone();
        async move {
            let count = in_time(outbox::publish(&app.database, &app.sources)).await?;
            if count > 0 {
                app.published.notify_one();
            }
            Ok(count)
        }
    });

    let sweep = || Schedule { interval: app.settings.checkout.sweep_interval, wake: None };
    let messages = Schedule { wake: Some(Arc::clone(&app.messages)), ..sweep() };
    repeat(app, "gateway messages", messages, |app| async move { checkout::process_messages(&app.checkout()).await });
    repeat(app, "expired holds", sweep(), |app| async move { checkout::expire_overdue(&app.checkout()).await });
    repeat(app, "payments in doubt", sweep(), |app| async move { checkout::chase_payments(&app.checkout()).await });
    repeat(app, "payments to give up", sweep(), |app| async move { checkout::reverse_due(&app.checkout()).await });
    repeat(app, "refunds", sweep(), |app| async move { checkout::send_due_refunds(&app.checkout()).await });
    let bank = Schedule { interval: SANDBOX_INTERVAL, wake: None };
    repeat(app, "sandbox bank", bank, |app| async move { Ok(sandbox::deliver_due(&app.sandbox).await?) });
}

/// Brings published events to the watchers of this process, and keeps its clock right.
///
/// # Errors
/// The database's.
pub async fn start_watching(app: &App) -> Result<(), DbErr> {
    let tail = Arc::new(Tail::from_end(&app.database).await?);
    let reader = app.clone();
    let published: Option<Arc<Notify>> = Some(Arc::clone(&app.published));
    app.jobs.repeat("outbox tail", Schedule { interval: TAIL_INTERVAL, wake: published }, move || {
        let (app, tail) = (reader.clone(), Arc::clone(&tail));
        async move { in_time(tail.advance(&app.database, &app.bus)).await }
    });
    let clock = app.clone();
    app.jobs.repeat("clock", Schedule { interval: CLOCK_INTERVAL, wake: None }, move || {
        let app = clock.clone();
        async move { in_time(async { set_clock(&app.database, &app.sources.clock).await.map(|()| 0) }).await }
    });
    Ok(())
}

/// A round of the outbox's within its time.
async fn in_time(round: impl Future<Output = Result<usize, DbErr>>) -> anyhow::Result<usize> {
    Ok(tokio::time::timeout(OUTBOX_PATIENCE, round).await.context("the database does not answer")??)
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
