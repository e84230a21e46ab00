//! Refunds that staff decide: by units, delivery and amount. What goes back is counted from the order's quote and from what went
//! back before, never by the caller; it is at most what came and is not on its way back, however many decide at once, because
//! whoever decides holds the order's row.

mod close;
mod create;
mod errors;
mod finish;
mod model;
mod plan;
mod standing;

pub use close::{Closed, Closing, close_refund};
pub use create::{RefundDecision, create_refund};
pub use errors::RefundRefusal;
pub(super) use finish::went_back;
pub use model::{RefundLine, RefundRequest, RefundShipping};
pub use plan::{RefundPlan, plan};
pub use standing::{Standing, standing};
