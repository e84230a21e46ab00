//! Why a change of the catalog was refused.

use std::fmt;

use entity::money::MoneyError;

use crate::domain::shared::{Error, Failure};

/// One refusal: which part of the input, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the input, with points between: `variants.3.price`.
    at: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A text that must be there is empty.
    Blank,
    /// The character NUL, which no database keeps.
    HoldsNul,
    /// A text is longer than this many characters.
    TooLong(usize),
    /// A text holds what looks like a card number.
    CardNumber,
    /// A list is longer than this.
    TooMany(usize),
    /// A number is below zero.
    Negative,
    /// A number is zero that must be more.
    NotAboveZero,
    /// The text is no number with at most three places.
    NotAQuantity,
    /// Two units do not measure the same.
    UnitsDiffer,
    /// A number is above this.
    TooLarge(i64),
    /// The text is no amount of money.
    NotAnAmount(MoneyError),
    /// Neither `http(s)://…` nor a path below `/media/`.
    NotAUrl,
    /// Not `#` with three or six hexadecimal digits.
    NotAColor,
    /// Another product or collection has this handle.
    HandleTaken,
    /// The handle has no letter and no digit.
    HandleEmpty,
    /// Two options have one name.
    OptionTwice,
    /// The product has no such option.
    OptionUnknown(String),
    /// The variant has no value for this option.
    OptionValueMissing(String),
    /// Another variant has the same option values.
    VariantTwice(String),
    /// A product needs a variant.
    NoVariant,
    /// The price is missing.
    NoPrice,
    /// Stock of the variant is held for orders whose payment is awaited.
    StockHeld,
    /// An archived product is not published.
    Archived,
    /// There is no such thing.
    Unknown(&'static str),
}

/// The kinds of refusal that a client may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Something required is missing or empty.
    Blank,
    /// A text is too long.
    TooLong,
    /// A list is too long.
    TooMany,
    /// A value is not of the expected form.
    Invalid,
    /// A handle is in use.
    Taken,
    /// Two of a kind where one may be.
    Duplicate,
    /// There is no such thing.
    NotFound,
    /// Stock is held for orders.
    StockHeld,
    /// The product's status does not allow it.
    InvalidStatus,
}

impl Refusal {
    /// A refusal of the input at `at` (`variants.3.price`).
    pub fn new(at: impl Into<String>, reason: Reason) -> Self {
        Self { at: at.into(), reason }
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match self.reason {
            Reason::Blank | Reason::OptionValueMissing(_) | Reason::NoVariant | Reason::NoPrice => Code::Blank,
            Reason::TooLong(_) => Code::TooLong,
            Reason::TooMany(_) => Code::TooMany,
            Reason::HoldsNul
            | Reason::CardNumber
            | Reason::Negative
            | Reason::NotAboveZero
            | Reason::NotAQuantity
            | Reason::UnitsDiffer
            | Reason::TooLarge(_)
            | Reason::NotAnAmount(_)
            | Reason::NotAUrl
            | Reason::NotAColor
            | Reason::HandleEmpty => Code::Invalid,
            Reason::HandleTaken => Code::Taken,
            Reason::OptionTwice | Reason::VariantTwice(_) => Code::Duplicate,
            Reason::OptionUnknown(_) | Reason::Unknown(_) => Code::NotFound,
            Reason::StockHeld => Code::StockHeld,
            Reason::Archived => Code::InvalidStatus,
        }
    }

    /// Whether it is the character NUL, which is a caller's mistake and no refusal.
    #[must_use]
    pub fn is_nul(&self) -> bool {
        self.reason == Reason::HoldsNul
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
            Reason::HoldsNul => write!(f, "must not hold the character NUL"),
            Reason::TooLong(most) => write!(f, "must have at most {most} characters"),
            Reason::CardNumber => write!(f, "holds what looks like a card number; leave it out"),
            Reason::TooMany(most) => write!(f, "must have at most {most} entries"),
            Reason::Negative => write!(f, "must not be below zero"),
            Reason::NotAboveZero => write!(f, "must be above zero"),
            Reason::NotAQuantity => write!(f, "must be a number with at most three places, such as 0.75"),
            Reason::UnitsDiffer => write!(f, "must measure the same as the unit of the quantity"),
            Reason::TooLarge(most) => write!(f, "must be at most {most}"),
            Reason::NotAnAmount(error) => write!(f, "{error}"),
            Reason::NotAUrl => write!(f, "must begin with http://, https:// or /media/ and be a valid URL"),
            Reason::NotAColor => write!(f, "must be a color such as #0f766e"),
            Reason::HandleTaken => write!(f, "is in use; choose another handle or leave it out"),
            Reason::HandleEmpty => write!(f, "must have a letter or a digit"),
            Reason::OptionTwice => write!(f, "names an option twice"),
            Reason::OptionUnknown(name) => write!(f, "the product has no option {name:?}"),
            Reason::OptionValueMissing(name) => write!(f, "a value for the option {name:?} is missing"),
            Reason::VariantTwice(title) => write!(f, "another variant has the same option values ({title})"),
            Reason::NoVariant => write!(f, "a product needs at least one variant; one without options has exactly one"),
            Reason::NoPrice => write!(f, "the price is missing"),
            Reason::StockHeld => {
                write!(f, "units are held for orders whose payment is awaited; try again in a few minutes or archive")
            }
            Reason::Archived => write!(f, "the product is archived; set its status first"),
            Reason::Unknown(what) => write!(f, "{what} not found"),
        }
    }
}

/// Refuses with what was found, if anything was. NUL is a caller's mistake (`BAD_USER_INPUT`), not a refusal.
///
/// # Errors
/// `Refused` with all of it.
pub(super) fn refuse_any(refusals: Vec<Refusal>) -> Result<(), Failure<Refusal>> {
    match refusals.iter().find(|refusal| refusal.reason == Reason::HoldsNul) {
        Some(nul) => Err(Error::bad_input(nul.at.clone(), nul.to_string()).into()),
        None if refusals.is_empty() => Ok(()),
        None => Err(Failure::Refused(refusals)),
    }
}
