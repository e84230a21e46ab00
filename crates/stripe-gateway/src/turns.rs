//! Keys of changes that are asked for until they are done. Stripe answers a key with its first answer for a day or longer, also
//! when that was a failure of its own that did nothing. The next key is taken only after such an answer was replayed: then the
//! request with the key before has ended, and what it did can be seen. No counter is kept, so that a crash loses none, and
//! whoever asks at the same time takes the same keys.

use crate::error::StripeError;

/// Keys of one change that a call tries. Each but the last is one for which Stripe keeps a failure.
const MOST: u32 = 16;

/// The keys of one change in their order; the first is the caller's own. What is asked for must be harmless when it is done already:
/// who asks looks first, or the object's own state forbids a second time.
#[derive(Debug)]
pub(crate) struct Turns<'a> {
    key: &'a str,
    turn: u32,
}

impl<'a> Turns<'a> {
    pub(crate) fn of(key: &'a str) -> Self {
        Self { key, turn: 0 }
    }

    /// The key to ask with now.
    pub(crate) fn key(&self) -> String {
        if self.turn == 0 { self.key.to_owned() } else { format!("{}-turn-{}", self.key, self.turn) }
    }

    /// What the change ends with; `None`: Stripe keeps a failure for the key, and the next one is to be tried.
    pub(crate) fn end<T>(&mut self, answer: Result<T, StripeError>) -> Option<Result<T, StripeError>> {
        if matches!(answer, Err(StripeError::Kept(_))) && self.turn + 1 < MOST {
            self.turn += 1;
            return None;
        }
        Some(answer.map_err(StripeError::first))
    }
}
