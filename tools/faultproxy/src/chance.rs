//! Chance from a seed: splitmix64 (Steele, Lea and Flood, 2014), which needs one word of state.

use std::sync::atomic::{AtomicU64, Ordering};

/// A source of numbers that a seed repeats.
#[derive(Debug)]
pub(crate) struct Chance(AtomicU64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// A number from 0 (included) to 1 (excluded).
    pub(crate) fn unit(&self) -> f64 {
        let step = 0x9e37_79b9_7f4a_7c15_u64;
        let mut word = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        // 32 bits are chance enough, and fit into a double exactly.
        let high = u32::try_from(word >> 32).unwrap_or(u32::MAX);
        f64::from(high) / (f64::from(u32::MAX) + 1.0)
    }
}
