//! Work that one process at a time does for all: rounds under a lease, failed ones tried again after growing gaps.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;

use super::{Jobs, Leases, ROUND_LIMIT, Schedule, lease::Round};
use crate::platform::backoff::Backoff;

impl Jobs {
    /// Renews this process's leases until it stops. Once for each process, before [`Jobs::repeat_shared`].
    pub fn keep(&self, leases: &Leases) {
        let (leases, stop) = (leases.clone(), self.stopping().clone());
        self.spawn(async move {
            while stop.run_until_cancelled(tokio::time::sleep(leases.pace())).await.is_some() {
                if let Err(error) = leases.renew().await {
                    tracing::warn!(error = %error, "the leases of the jobs could not be renewed");
                }
            }
        });
    }

    /// As [`Jobs::repeat`], for work that one process at a time does: the one that holds the lease. A failed round is
    /// tried again after a gap that grows with each failure up to `longest_gap`, and that a wake does not cut short. A
    /// round whose lease ends is dropped where it stands.
    pub fn repeat_shared<F, Fut>(
        &self,
        leases: &Leases,
        name: impl Into<Arc<str>>,
        schedule: Schedule,
        longest_gap: Duration,
        work: F,
    ) where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<usize>> + Send + 'static,
    {
        let gaps = Backoff { first: schedule.interval, most: longest_gap.max(schedule.interval) };
        let shared = Shared { jobs: self.clone(), leases: leases.clone(), name: name.into(), schedule, gaps };
        self.spawn(async move {
            let stop = shared.jobs.stopping().clone();
            while !stop.is_cancelled() {
                match shared.leases.take(&shared.name).await {
                    Ok(Some(taken)) => shared.rounds(taken.failures, taken.wait, &work).await,
                    Ok(None) => shared.pause(shared.leases.pace()).await,
                    Err(error) => {
                        tracing::warn!(job = &*shared.name, error = %error, "the lease of a job could not be asked for");
                        shared.pause(shared.leases.pace()).await;
                    }
                }
            }
            if let Err(error) = shared.leases.release(&shared.name).await {
                tracing::warn!(job = &*shared.name, error = %error, "a lease could not be given back; it ends by itself");
            }
        });
    }
}

struct Shared {
    jobs: Jobs,
    leases: Leases,
    name: Arc<str>,
    schedule: Schedule,
    gaps: Backoff,
}

impl Shared {
    /// Runs rounds until the process stops or loses the lease.
    async fn rounds<F, Fut>(&self, mut failures: i32, wait: Duration, work: &F)
    where
        F: Fn() -> Fut,
        Fut: Future<Output = anyhow::Result<usize>>,
    {
        self.pause(wait).await;
        while !self.jobs.stopping().is_cancelled() && self.leases.holds(&self.name) {
            let started_at = self.leases.sources().now();
            // One bad round must not end the work for as long as the process lives.
            let round = AssertUnwindSafe(work()).catch_unwind();
            let outcome = tokio::select! {
                outcome = round => outcome,
                () = tokio::time::sleep(ROUND_LIMIT) => Ok(Err(anyhow::anyhow!("it took too long"))),
                () = self.leases.lost(&self.name) => {
                    tracing::warn!(job = &*self.name, "a round was dropped because the lease of its job ended");
                    return;
                }
            };
            let error = match outcome {
                Ok(Ok(done)) => {
                    let round = Round { started_at, finished_at: self.leases.sources().now(), done };
                    self.leases.note(&self.name, round);
                    if failures > 0 {
                        failures = 0;
                        self.record(0, None).await;
                    }
                    if done == 0 {
                        self.rest().await;
                    }
                    continue;
                }
                Ok(Err(error)) => format!("{error:#}"),
                Err(_) => "it panicked".to_owned(),
            };
            failures = failures.saturating_add(1);
            let gap = self.gaps.gap(failures, self.leases.sources());
            tracing::error!(job = &*self.name, error, failures, ?gap, "job failed, trying again");
            self.record(failures, Some((error, gap))).await;
            self.pause(gap).await;
        }
    }

    async fn record(&self, failures: i32, failure: Option<(String, Duration)>) {
        if let Err(error) = self.leases.record(&self.name, failures, failure).await {
            tracing::warn!(job = &*self.name, error = %error, "how a job went could not be put on record");
        }
    }

    /// Waits until there may be work again, or the lease is lost.
    async fn rest(&self) {
        tokio::select! {
            () = self.jobs.stopping().cancelled() => {}
            () = self.leases.lost(&self.name) => {}
            () = self.schedule.woken() => {}
            () = tokio::time::sleep(self.schedule.interval) => {}
        }
    }

    async fn pause(&self, time: Duration) {
        // Stopped while waiting is what the caller looks at next.
        let _ = self.jobs.stopping().run_until_cancelled(tokio::time::sleep(time)).await;
    }
}
