//! Background work that repeats: each round is idempotent and short, so that several processes may run it. What one of
//! them is enough for runs under a lease (`shared`).

mod lease;
mod shared;

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
pub(crate) use lease::shortened;
pub use lease::{Leases, Taken};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long a round may take: one that hangs on a dead connection or a silent service must not end the work for ever.
const ROUND_LIMIT: Duration = Duration::from_secs(30);

/// Where background work runs, and how it is told to stop.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    tracker: TaskTracker,
    stop: CancellationToken,
}

/// When a job looks for work.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Longest time between two looks.
    pub interval: Duration,
    /// Wakes the job before its interval is over.
    pub wake: Option<Arc<Notify>>,
}

impl Schedule {
    async fn woken(&self) {
        match &self.wake {
            Some(wake) => wake.notified().await,
            None => std::future::pending().await,
        }
    }
}

impl Jobs {
    /// Runs `work` until the process stops: again at once while it reports that there was something to do, else when
    /// woken or when the interval is over. A failed round is logged and tried again after the interval.
    pub fn repeat<F, Fut>(&self, name: &'static str, schedule: Schedule, work: F)
    where
        F: Fn() -> Fut + Send + 'static,
        Fut: Future<Output = anyhow::Result<usize>> + Send + 'static,
    {
        let stop = self.stop.clone();
        self.tracker.spawn(async move {
            while !stop.is_cancelled() {
                // One bad round must not end the work for as long as the process lives.
                let round = AssertUnwindSafe(work()).catch_unwind();
                match tokio::time::timeout(ROUND_LIMIT, round).await {
                    Ok(Ok(Ok(0))) => {}
                    Ok(Ok(Ok(done))) => {
                        tracing::debug!(job = name, done, "job did something");
                        continue;
                    }
                    Ok(Ok(Err(error))) => {
                        tracing::error!(job = name, error = format!("{error:#}"), "job failed, trying again");
                    }
                    Ok(Err(_)) => tracing::error!(job = name, "job panicked, trying again"),
                    Err(_) => tracing::error!(job = name, "job took too long, trying again"),
                }
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = schedule.woken() => {}
                    () = tokio::time::sleep(schedule.interval) => {}
                }
            }
        });
    }

    /// Runs one piece of work that must finish although nobody waits for it.
    pub fn spawn<Fut>(&self, work: Fut) -> tokio::task::JoinHandle<Fut::Output>
    where
        Fut: Future + Send + 'static,
        Fut::Output: Send + 'static,
    {
        self.tracker.spawn(work)
    }

    /// Is cancelled when the process stops.
    #[must_use]
    pub fn stopping(&self) -> &CancellationToken {
        &self.stop
    }

    /// Tells every job to stop and waits for the rounds that run.
    pub async fn finish(&self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}
