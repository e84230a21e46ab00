//! Idempotency keys: each is claimed before its request runs, and closed with the answer in the transaction of the work.
//!
//! A claim is a lease. Whoever died with it is followed, once it is over, by the next attempt; whoever lost it cannot close
//! it, so nothing of their work remains.

mod claim;
mod store;

pub use claim::{Claimed, Ticket, Usage, claim};
pub use store::{Answered, complete, delete_before, release};
