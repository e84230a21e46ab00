//! Operations in the API, for staff: shared background work, and what it gave up until a person decides.

mod differences;
mod parked;
mod types;

pub use parked::{OperationsMutation, OperationsQuery};
pub use types::{Job, ParkedItem, ParkedKind, decode, id_of};
