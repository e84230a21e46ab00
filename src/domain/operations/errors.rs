//! Why a decision about a parked item is refused.

use std::fmt;

/// A refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing with this id is parked now.
    NotParked,
    /// It is money: it cannot be dropped.
    Money,
}

/// The kind of a refusal, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Nothing with this id is parked now.
    NotParked,
    /// It is money: it cannot be dropped.
    CannotBeDiscarded,
}

impl Refusal {
    /// The kind.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::NotParked => Code::NotParked,
            Self::Money => Code::CannotBeDiscarded,
        }
    }

    /// Where in the input.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NotParked | Self::Money => "id",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotParked => "nothing with this id is parked now; read the list again",
            Self::Money => {
                "money that is owed cannot be discarded; replay it. Only a refund that its gateway refused, of a decision of \
                 staff, a cancellation or money that placed no order, can be closed, with a reason"
            }
        })
    }
}
