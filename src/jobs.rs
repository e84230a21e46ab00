//! The table of this process's background work: what runs, how often, and what wakes it.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;

use crate::{
    app::App,
    platform::{jobs::Schedule, outbox, outbox::Tail},
};

/// How long the tail waits when nothing wakes it: what another process published is seen after this at the latest.
const TAIL_INTERVAL: Duration = Duration::from_millis(100);
/// How long the relay waits when nothing wakes it: what a killed process left is published after this at the latest.
const RELAY_INTERVAL: Duration = Duration::from_millis(500);

/// Starts every job.
pub fn start(app: &App, tail: Tail) {
    let published = Arc::new(Notify::new());
    let committed = app.database.committed_handle();

    let relay = app.clone();
    let wake_tail = Arc::clone(&published);
    app.jobs.repeat("outbox relay", Schedule { interval: RELAY_INTERVAL, wake: Some(committed) }, move || {
        let (app, wake_tail) = (relay.clone(), Arc::clone(&wake_tail));
        async move {
            let count = outbox::publish(&app.database, &app.sources).await?;
            if count > 0 {
                wake_tail.notify_one();
            }
            Ok(count)
        }
    });

    let tail = Arc::new(tail);
    let reader = app.clone();
    app.jobs.repeat("outbox tail", Schedule { interval: TAIL_INTERVAL, wake: Some(published) }, move || {
        let (app, tail) = (reader.clone(), Arc::clone(&tail));
        async move { Ok(tail.advance(&app.database, &app.bus).await?) }
    });
}
