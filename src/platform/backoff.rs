//! Gaps between attempts: each twice as long as the one before, up to a limit, and a little by chance.

use std::time::Duration;

use uuid::Uuid;

use super::Sources;

/// How long to wait after failures.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// The first gap.
    pub first: Duration,
    /// The longest gap.
    pub most: Duration,
}

impl Backoff {
    /// The gap after this many failures in a row, up to a quarter shorter or longer, so that what failed together is not
    /// tried together.
    #[must_use]
    pub fn gap(&self, failures: i32, sources: &Sources) -> Duration {
        let doubled = 2_u32.saturating_pow(u32::try_from(failures - 1).unwrap_or(0));
        let chance = sources.id::<Uuid>().as_bytes()[15];
        self.first.saturating_mul(doubled).min(self.most).mul_f64(0.75 + f64::from(chance) / 510.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_double_up_to_the_limit() {
        let (backoff, sources) =
            (Backoff { first: Duration::from_secs(2), most: Duration::from_secs(60) }, Sources::system());
        for (failures, expected) in [(1, 2.0), (2, 4.0), (5, 32.0), (6, 60.0), (400, 60.0)] {
            let gap = backoff.gap(failures, &sources).as_secs_f64() / expected;
            assert!((0.75..=1.25).contains(&gap), "{failures}: {gap}");
        }
    }
}
