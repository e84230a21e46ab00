//! Chance that comes from a seed: the same seed and the same names give the same numbers, whatever happens elsewhere.

/// A sequence of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed and of what it is for. Each purpose has a sequence of its own, so that a shopper who is
    /// slow today makes the same choices.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for byte in purpose.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        Self(state)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `end`, 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to.saturating_sub(from) + 1)
    }

    /// True so many times out of a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of these; none only when there are none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of these by weight.
    pub fn weighted<T: Copy>(&mut self, from: &[(u64, T)], otherwise: T) -> T {
        let all: u64 = from.iter().map(|(weight, _)| weight).sum();
        let mut at = self.next() % all.max(1);
        for (weight, value) in from {
            if at < *weight {
                return *value;
            }
            at -= weight;
        }
        otherwise
    }

    /// Brings a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

/// SplitMix64's mixing of a number.
const fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_purpose_give_the_same_numbers_again_and_another_purpose_others() {
        let three = |seed, purpose| {
            let mut random = Random::new(seed, purpose);
            [random.next(), random.next(), random.next()]
        };
        assert_eq!(three(7, "shopper 1"), three(7, "shopper 1"));
        assert_ne!(three(7, "shopper 1"), three(7, "shopper 2"));
        assert_ne!(three(7, "shopper 1"), three(8, "shopper 1"));
    }

    #[test]
    fn weights_are_kept_to() {
        let mut random = Random::new(1, "weights");
        let mut counts = [0; 3];
        for _ in 0..10_000 {
            counts[random.weighted(&[(70, 0), (30, 1)], 2)] += 1;
        }
        assert!((6_700..7_300).contains(&counts[0]), "{counts:?}");
        assert_eq!(counts[2], 0);
    }
}
