//! Operations: the background work that processes share, and what it gave up until a person decides.

mod decide;
mod errors;
mod model;
mod store;

pub use decide::{discard, replay};
pub use entity::platform::job::Model as Job;
pub use errors::{Code, Refusal};
pub use model::{ParkedId, ParkedItem};
pub use store::{jobs, parked_items};
