//! Points in time and periods. The engine has no clock: the caller says what time it is.

use serde::{Deserialize, Serialize};

/// Seconds since 1970 began, in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Seconds of a day.
    pub const DAY: i64 = 86_400;

    /// So many days earlier.
    #[must_use]
    pub fn days_before(self, days: i64) -> Self {
        Self(self.0.saturating_sub(days.saturating_mul(Self::DAY)))
    }
}

/// A time from its start, which belongs to it, until its end, which does not. Open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Period {
    /// The first moment.
    pub starts_at: Option<Timestamp>,
    /// The first moment after it.
    pub ends_at: Option<Timestamp>,
}

impl Period {
    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(&self, now: Timestamp) -> bool {
        self.starts_at.is_none_or(|start| start <= now) && self.ends_at.is_none_or(|end| now < end)
    }
}
