//! Why a change of a discount was refused.

use std::fmt;

/// One refusal: which part of the input, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the input, with points between: `effect.order.amount.0`.
    at: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A text or list that must be there is empty.
    Blank,
    /// A text is longer than this many characters.
    TooLong(usize),
    /// A list is longer than this.
    TooMany(usize),
    /// A discount by code has no code.
    NoCode,
    /// The discount would have more codes than this.
    TooManyCodes(u64),
    /// Another discount, or this one, has the code.
    CodeTaken(String),
    /// The discount has no such code.
    CodeUnknown(String),
    /// The text holds what looks like a card number.
    CardNumber,
    /// A list names something twice.
    Twice,
    /// Two amounts are in one currency.
    CurrencyTwice,
    /// Not above zero and at most 100 %.
    NotAPart,
    /// A number or amount is not above zero.
    NotAboveZero,
    /// A number or amount is above this.
    TooLarge(i64),
    /// There is no such thing.
    Unknown(&'static str),
    /// It would be over before it begins.
    EndsFirst,
    /// It was used more often already.
    BelowUsed(i64),
    /// A customer used it more often already.
    BelowUsedByCustomer(i64),
    /// So many automatic discounts count at that time.
    AutomaticTooMany(u64),
    /// The pricing engine refuses the rule.
    Contradiction(String),
}

/// The kinds of refusal that a client may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Something required is missing or empty.
    Blank,
    /// A text is too long.
    TooLong,
    /// There are too many.
    TooMany,
    /// A value is not of the expected form or out of range.
    Invalid,
    /// A code is in use.
    Taken,
    /// Two of a kind where one may be.
    Duplicate,
    /// There is no such thing.
    NotFound,
    /// A limit is below what was used already.
    BelowUsed,
}

impl Refusal {
    /// A refusal of the input at `at`.
    pub fn new(at: impl Into<String>, reason: Reason) -> Self {
        Self { at: at.into(), reason }
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match &self.reason {
            Reason::Blank | Reason::NoCode => Code::Blank,
            Reason::TooLong(_) => Code::TooLong,
            Reason::TooMany(_) | Reason::TooManyCodes(_) | Reason::AutomaticTooMany(_) => Code::TooMany,
            Reason::CodeTaken(_) => Code::Taken,
            Reason::Twice | Reason::CurrencyTwice => Code::Duplicate,
            Reason::CodeUnknown(_) | Reason::Unknown(_) => Code::NotFound,
            Reason::BelowUsed(_) | Reason::BelowUsedByCustomer(_) => Code::BelowUsed,
            Reason::CardNumber
            | Reason::NotAPart
            | Reason::NotAboveZero
            | Reason::TooLarge(_)
            | Reason::EndsFirst
            | Reason::Contradiction(_) => Code::Invalid,
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
        match &self.reason {
            Reason::Blank => write!(f, "must not be empty"),
            Reason::TooLong(most) => write!(f, "must have at most {most} characters"),
            Reason::TooMany(most) => write!(f, "must have at most {most} entries"),
            Reason::NoCode => write!(f, "a discount by code needs at least one code"),
            Reason::TooManyCodes(most) => write!(f, "a discount has at most {most} codes"),
            Reason::CodeTaken(code) => write!(f, "the code {code} is in use"),
            Reason::CodeUnknown(code) => write!(f, "the discount has no code {code}"),
            Reason::CardNumber => write!(f, "holds what looks like a card number"),
            Reason::Twice => write!(f, "is named twice"),
            Reason::CurrencyTwice => write!(f, "give one amount for each currency"),
            Reason::NotAPart => write!(f, "must be above 0 and at most 100"),
            Reason::NotAboveZero => write!(f, "must be above zero"),
            Reason::TooLarge(most) => write!(f, "must be at most {most}"),
            Reason::Unknown(what) => write!(f, "{what} not found"),
            Reason::EndsFirst => write!(f, "must be after the start"),
            Reason::BelowUsed(used) => write!(f, "it was used {used} times already; give at least that, or end it"),
            Reason::BelowUsedByCustomer(used) => {
                write!(f, "a customer used it {used} times already; give at least that, or end it")
            }
            Reason::AutomaticTooMany(most) => {
                write!(f, "at most {most} automatic discounts may count at a time; end or move another one")
            }
            Reason::Contradiction(why) => f.write_str(why),
        }
    }
}
