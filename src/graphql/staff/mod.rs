//! Staff in the API: signing in, and the viewer's own staff account.

mod member;
mod tokens;

pub use member::{Permission, StaffMember, StaffQuery, StaffRole};
pub use tokens::StaffMutation;
