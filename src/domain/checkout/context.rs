//! What the use cases of checkout work with.

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    domain::payment::Gateways,
    platform::{Database, Sources, jobs::Jobs},
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
    /// Runs what must finish although its client is gone.
    pub jobs: Jobs,
    /// How long stock is held for a payment.
    pub hold: Duration,
    /// How long one gateway call may take.
    pub gateway_timeout: Duration,
    /// Age at which a payment whose outcome is unknown is asked about.
    pub chase_after: Duration,
    /// Attempts before a message, a refund or a reversal is parked.
    pub most_attempts: i32,
}

impl CheckoutContext {
    pub(super) fn hold(&self) -> TimeDelta {
        TimeDelta::from_std(self.hold).unwrap_or(TimeDelta::minutes(15))
    }

    pub(super) fn chase_after(&self) -> TimeDelta {
        TimeDelta::from_std(self.chase_after).unwrap_or(TimeDelta::seconds(10))
    }
}
