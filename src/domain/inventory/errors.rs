//! Why a change of stock or of a location was refused.

use std::fmt;

/// One refusal: which part of the input, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the input, with points between: `changes.3.delta`.
    at: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is asked for.
    Nothing,
    /// More lines than this in one call.
    TooMany(usize),
    /// The same variant and location in an earlier line.
    Twice,
    /// There is no such variant.
    UnknownVariant,
    /// There is no such location.
    UnknownLocation,
    /// A count below zero.
    Negative,
    /// More units than a location can hold.
    TooLarge(i64),
    /// Fewer units would be left than are held for orders.
    BelowReserved {
        /// Units held.
        reserved: i64,
    },
    /// There are not as many units as the caller believed.
    Moved {
        /// Units there now.
        on_hand: i64,
    },
    /// A name that is empty.
    NameBlank,
    /// A name that is longer than this.
    NameTooLong(usize),
    /// A priority that is not from 1 to this.
    PriorityOutOfRange(i32),
}

/// The kinds of refusal that a client may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Something required is missing or empty.
    Blank,
    /// A text or list is too long.
    TooLong,
    /// A value is out of range.
    Invalid,
    /// Two lines for one place.
    Duplicate,
    /// There is no such thing.
    NotFound,
    /// Fewer units would be left than are held for orders.
    BelowReserved,
    /// The stock changed since the caller read it.
    CompareQuantityStale,
}

impl Refusal {
    /// A refusal of the input at `at` (`changes.3.delta`).
    pub fn new(at: impl Into<String>, reason: Reason) -> Self {
        Self { at: at.into(), reason }
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match self.reason {
            Reason::Nothing | Reason::NameBlank => Code::Blank,
            Reason::TooMany(_) | Reason::NameTooLong(_) => Code::TooLong,
            Reason::Negative | Reason::TooLarge(_) | Reason::PriorityOutOfRange(_) => Code::Invalid,
            Reason::Twice => Code::Duplicate,
            Reason::UnknownVariant | Reason::UnknownLocation => Code::NotFound,
            Reason::BelowReserved { .. } => Code::BelowReserved,
            Reason::Moved { .. } => Code::CompareQuantityStale,
        }
    }

    /// The path in the input.
    #[must_use]
    pub fn field(&self) -> Vec<String> {
        self.at.split('.').map(str::to_owned).collect()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Reason::Nothing => write!(f, "must have at least one line"),
            Reason::TooMany(most) => write!(f, "must have at most {most} lines"),
            Reason::Twice => write!(f, "an earlier line has the same variant and location"),
            Reason::UnknownVariant => write!(f, "variant not found"),
            Reason::UnknownLocation => write!(f, "location not found"),
            Reason::Negative => write!(f, "must not be below zero"),
            Reason::TooLarge(most) => write!(f, "stock of one variant at one location is at most {most}"),
            Reason::BelowReserved { reserved } => {
                write!(f, "{reserved} units are held for orders; no fewer can be left there")
            }
            Reason::Moved { on_hand } => write!(f, "there are {on_hand} units now; read the stock again"),
            Reason::NameBlank => write!(f, "must not be empty"),
            Reason::NameTooLong(most) => write!(f, "must have at most {most} characters"),
            Reason::PriorityOutOfRange(most) => write!(f, "must be from 1 to {most}"),
        }
    }
}
