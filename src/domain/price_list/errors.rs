//! Why a change of price lists was refused.

use std::fmt;

use entity::money::Currency;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the input, with points between: `prices.3.price`.
    at: String,
    reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A text or a list that must be there is empty.
    Blank,
    /// A text is longer than this many characters.
    TooLong(usize),
    /// A text holds what looks like a card number.
    CardNumber,
    /// A list is longer than this.
    TooMany(usize),
    /// The shop has as many lists as it may have.
    NoMoreLists(usize),
    /// The variant has as many prices in the list as it may have.
    NoMoreTiers(usize),
    /// The end is not after the beginning.
    EndsTooEarly,
    /// A price is below zero.
    Negative,
    /// A price is above this, in minor units.
    TooLarge(i64),
    /// The price is not in the currency of the list.
    OtherCurrency(Currency),
    /// A quantity is not from 1 to this.
    QuantityOutOfRange(i32),
    /// There is no such variant.
    VariantUnknown,
    /// The list has no such price.
    PriceUnknown,
    /// A variant is named twice with one quantity.
    Twice,
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
    /// A value is not of the expected form.
    Invalid,
    /// Two of a kind where one may be.
    Duplicate,
    /// There is no such thing.
    NotFound,
}

impl Refusal {
    /// A refusal of the input at `at`.
    pub fn new(at: impl Into<String>, reason: Reason) -> Self {
        Self { at: at.into(), reason }
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match self.reason {
            Reason::Blank => Code::Blank,
            Reason::TooLong(_) => Code::TooLong,
            Reason::TooMany(_) | Reason::NoMoreLists(_) | Reason::NoMoreTiers(_) => Code::TooMany,
            Reason::CardNumber
            | Reason::EndsTooEarly
            | Reason::Negative
            | Reason::TooLarge(_)
            | Reason::OtherCurrency(_)
            | Reason::QuantityOutOfRange(_) => Code::Invalid,
            Reason::VariantUnknown | Reason::PriceUnknown => Code::NotFound,
            Reason::Twice => Code::Duplicate,
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
            Reason::CardNumber => write!(f, "holds what looks like a card number; leave it out"),
            Reason::TooMany(most) => write!(f, "give at most {most}"),
            Reason::NoMoreLists(most) => write!(f, "a shop has at most {most} price lists; delete one that is over"),
            Reason::NoMoreTiers(most) => write!(f, "a variant has at most {most} prices in one list"),
            Reason::EndsTooEarly => write!(f, "must be after startsAt"),
            Reason::Negative => write!(f, "must not be negative"),
            Reason::TooLarge(most) => write!(f, "must be at most {most} in the currency's smallest unit"),
            Reason::OtherCurrency(currency) => write!(f, "must be in {currency}, the currency of the list"),
            Reason::QuantityOutOfRange(most) => write!(f, "must be from 1 to {most}"),
            Reason::VariantUnknown => write!(f, "there is no such variant"),
            Reason::PriceUnknown => write!(f, "the list has no such price"),
            Reason::Twice => write!(f, "the variant is named twice with this quantity"),
        }
    }
}
