//! Settings of the sandbox gateway.

use std::time::Duration;

use super::{Mode, Reader};

/// The sandbox gateway.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// Whether it takes new payments where no real money moves: in production only when that is said, because its money is none.
    pub open: bool,
    /// How late `sandbox_late` reports.
    pub late: Duration,
    /// How long `sandbox_timeout` stays silent.
    pub silence: Duration,
    /// Where its messages go; `None`: this server's own webhook route.
    pub webhook_url: Option<String>,
}

impl Sandbox {
    pub(super) fn read(reader: &mut Reader, mode: Mode) -> Self {
        Self {
            open: reader.parsed("sandbox", mode == Mode::Development, "true or false"),
            late: reader.seconds("sandbox_late_seconds", 4.0, 0.05, 3_600.0),
            silence: reader.seconds("sandbox_silence_seconds", 30.0, 0.05, 3_600.0),
            webhook_url: reader.text("sandbox_webhook_url"),
        }
    }
}
