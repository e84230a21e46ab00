//! Faults on request: which call fails, how, and how often.

use serde::{Deserialize, Serialize};

/// Which call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// `POST /v1/payment_intents`.
    Create,
    /// `POST /v1/payment_intents/:id/confirm`.
    Confirm,
    /// `POST /v1/payment_intents/:id/capture`.
    Capture,
    /// `POST /v1/payment_intents/:id/cancel`.
    Cancel,
    /// `POST /v1/refunds`.
    Refund,
    /// Every `GET`.
    Read,
    /// Every call.
    #[default]
    Any,
}

impl Call {
    /// The call of a method and the parts of its path after `v1`.
    pub fn of(method: &str, path: &[&str]) -> Self {
        match (method, path) {
            ("POST", ["payment_intents"]) => Self::Create,
            ("POST", ["payment_intents", _, "confirm"]) => Self::Confirm,
            ("POST", ["payment_intents", _, "capture"]) => Self::Capture,
            ("POST", ["payment_intents", _, "cancel"]) => Self::Cancel,
            ("POST", ["refunds"]) => Self::Refund,
            ("GET", _) => Self::Read,
            _ => Self::Any,
        }
    }

    fn covers(self, call: Self) -> bool {
        self == Self::Any || self == call
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// The issuer declines with this reason.
    Decline { reason: String },
    /// The work is done, and the answer comes this much later.
    SilenceAfterWork { milliseconds: u64 },
    /// 500, nothing was done.
    ErrorBeforeWork,
    /// 500, nothing was done, and a repetition with the key hears 500 again.
    ErrorKept,
    /// 500, and the work was done. A repetition with the key hears 500 again.
    ErrorAfterWork,
    /// The connection is closed without an answer, and the work was done.
    CutAfterWork,
    /// 429.
    RateLimit,
    /// 401: the secret key is not good any more.
    KeyRefused,
    /// One unit less than asked for.
    WrongAmount,
    /// It answers `processing` and finishes this much later.
    LateWork { milliseconds: u64 },
    /// The next message is never sent.
    LoseMessage,
    /// The next message is sent this much later.
    DelayMessage { milliseconds: u64 },
    /// The next message is sent twice.
    DoubleMessage,
}

/// What a call does otherwise than asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Twist {
    Decline(String),
    WrongAmount,
    Late,
}

/// A fault that waits for its call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Scripted {
    /// Which call; left out: the next one.
    #[serde(default)]
    pub call: Call,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// How often; left out: once.
    #[serde(default = "once")]
    pub count: u32,
}

fn once() -> u32 {
    1
}

/// The script.
#[derive(Debug, Default)]
pub struct Script(Vec<Scripted>);

impl Script {
    pub fn add(&mut self, scripted: Scripted) {
        self.0.push(scripted);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault of a call, if one waits for it.
    pub fn for_call(&mut self, call: Call) -> Option<Fault> {
        self.take(|scripted| !of_messages(&scripted.fault) && scripted.call.covers(call))
    }

    /// The fault of the next message.
    pub fn for_message(&mut self) -> Option<Fault> {
        self.take(|scripted| of_messages(&scripted.fault))
    }

    fn take(&mut self, fits: impl Fn(&Scripted) -> bool) -> Option<Fault> {
        let place = self.0.iter().position(fits)?;
        let fault = self.0[place].fault.clone();
        self.0[place].count = self.0[place].count.saturating_sub(1);
        self.0.retain(|scripted| scripted.count > 0);
        Some(fault)
    }
}

fn of_messages(fault: &Fault) -> bool {
    match fault {
        Fault::LoseMessage | Fault::DelayMessage { .. } | Fault::DoubleMessage => true,
        Fault::Decline { .. }
        | Fault::SilenceAfterWork { .. }
        | Fault::ErrorBeforeWork
        | Fault::ErrorKept
        | Fault::ErrorAfterWork
        | Fault::CutAfterWork
        | Fault::RateLimit
        | Fault::KeyRefused
        | Fault::WrongAmount
        | Fault::LateWork { .. } => false,
    }
}
