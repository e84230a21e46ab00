//! Who writes, and the clock and the ids it is written with.

use entity::ids::AccountId;

use crate::platform::Sources;

/// Who writes.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// Clock and ids.
    pub sources: &'a Sources,
    /// The staff member; `None` for the command line and the demo.
    pub account_id: Option<AccountId>,
}
