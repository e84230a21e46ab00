//! What the use cases of checkout work with.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use entity::payment::payment::CaptureMethod;

use crate::{
    domain::{
        invoice::Issuer,
        payment::Gateways,
        shared::{Error, Failure},
    },
    platform::{Database, Sources, admission::in_turn, jobs::Jobs, keys::KeyRing},
};

/// The tools and time limits of checkout. Cheap to clone.
#[derive(Clone, Debug)]
pub struct CheckoutContext {
    /// The database.
    pub database: Database,
    /// Clock and ids.
    pub sources: Sources,
    /// The gateways.
    pub gateways: Gateways,
    /// Hash and seal the codes of gift cards that are sold.
    pub gift_card_keys: KeyRing,
    /// Who issues invoices.
    pub issuer: Arc<Issuer>,
    /// Runs what must finish although its client is gone.
    pub jobs: Jobs,
    /// When money is taken, whatever a client asks for; `None`: as it asks.
    pub capture: Option<CaptureMethod>,
    /// How long stock is held for a payment.
    pub hold: Duration,
    /// How long one gateway call may take.
    pub gateway_timeout: Duration,
    /// Age at which a payment whose outcome is unknown is asked about.
    pub chase_after: Duration,
    /// How long a gateway may know nothing of a payment before that is believed.
    pub latest_arrival: Duration,
    /// Attempts before a message, a refund or a reversal is parked.
    pub most_attempts: i32,
}

/// How long the database's part of a checkout may take once it was begun, although its client is gone: it must not keep a
/// connection to a database that never answers. What it leaves is what a crash leaves, and the jobs settle it.
const LONGEST: Duration = Duration::from_secs(20);

impl CheckoutContext {
    /// Does in a task of its own what has to finish although its client is gone, as a part of the request that asked for it.
    pub(super) async fn finish<T, R>(
        &self,
        work: impl Future<Output = Result<T, Failure<R>>> + Send + 'static,
    ) -> Result<T, Failure<R>>
    where
        T: Send + 'static,
        R: Send + 'static,
    {
        let limit = LONGEST + self.gateway_timeout;
        let done = self.jobs.spawn(in_turn(tokio::time::timeout(limit, work))).await;
        let in_time = done.map_err(|error| Error::fault(format!("a task of a checkout ended early: {error}")))?;
        in_time.unwrap_or_else(|_| Err(Error::Unavailable(anyhow::anyhow!("a checkout took too long")).into()))
    }

    pub(super) fn hold(&self) -> TimeDelta {
        TimeDelta::from_std(self.hold).unwrap_or(TimeDelta::minutes(15))
    }

    pub(super) fn latest_arrival(&self) -> TimeDelta {
        TimeDelta::from_std(self.latest_arrival).unwrap_or(TimeDelta::minutes(10))
    }

    pub(super) fn chase_after(&self) -> TimeDelta {
        TimeDelta::from_std(self.chase_after).unwrap_or(TimeDelta::seconds(10))
    }
}
