//! A Stripe client of the few calls that a shop needs. Requests and answers are the typed crate's; what leaves this crate is a
//! few plain values. Every change carries an idempotency key of the caller's, every call ends within its time, connections
//! are kept, and only what is safe is tried again.

mod customers;
mod error;
mod http;
mod intents;
mod keys;
mod model;
mod refunds;
mod signature;
mod turns;
mod webhook;

pub use error::StripeError;
pub use http::{Client, ClientSettings, install_tls};
pub use intents::NewIntent;
pub use keys::{KeyMode, mode_of, problems_of_keys};
pub use model::{Failure, Intent, IntentStatus, Method, Page, Refund, RefundStatus};
pub use signature::{Secrets, TOLERANCE_SECONDS};
pub use webhook::{Event, read_event};
