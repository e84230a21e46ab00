//! Idempotency keys on mutations: one key, one piece of work, one answer.
//!
//! A request with a key runs in a task of its own, so that a client that hangs up gets its answer when it asks again. Its
//! work is held back (`platform::hold`) until the answer is written, and both commit together.

mod key;
mod run;

pub use key::{EXCLUDED, IdempotencyKey, MUTATIONS_WITH_INPUT_KEY, fits, usage};
pub use run::run;
