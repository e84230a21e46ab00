//! Why a change of how the shop delivers was refused.

use std::fmt;

use crate::domain::shared::{
    Error, Failure,
    address::AddressProblem,
    area::{AreaFault, AreaProblem},
    card_number::shows_card_number,
};

/// One refusal: which part of the input, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the input, with points between: `areas.3.provinceCodes.0`.
    at: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing where something must be.
    Blank,
    /// A text that has more than so many characters.
    TooLong(usize),
    /// A text that holds what looks like a card number.
    CardNumber,
    /// A list that has more than so many entries, or one of them too many in all.
    TooMany(usize),
    /// Named before in the same list.
    Twice,
    /// Another zone has it already.
    CoveredBy {
        /// That zone.
        zone: String,
    },
    /// No country of that code.
    CountryUnknown,
    /// Something about an area.
    Area(AreaFault),
    /// A cost is given in no way, or in two.
    CostNotOne,
    /// An amount below zero.
    Negative,
    /// An amount above this, in minor units.
    TooLarge(i64),
    /// Amounts of one rate in two currencies.
    CurrencyMixed,
    /// A band that ends before it begins, or begins before the one before it ends.
    BandOrder,
    /// A name for programs with other characters than letters, digits and hyphens.
    HandleForm,
    /// A rate or pick-up has this handle.
    HandleTaken,
    /// A handle never changes.
    HandleStays {
        /// What it is.
        handle: String,
    },
    /// There is no such location.
    UnknownLocation,
    /// A field of an address is wrong.
    Address(AddressProblem),
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
    /// A value is not of the expected form, or contradicts another.
    Invalid,
    /// Another zone, rate or pick-up has it.
    Taken,
    /// Two of a kind where one may be.
    Duplicate,
    /// There is no such thing.
    NotFound,
}

impl Refusal {
    /// A refusal of the input at `at` (`areas.3.countryCode`).
    pub fn new(at: impl Into<String>, reason: Reason) -> Self {
        Self { at: at.into(), reason }
    }

    /// What is wrong with the areas of a zone.
    pub(super) fn area(problem: AreaProblem) -> Self {
        let at = if problem.at.is_empty() { "areas".to_owned() } else { format!("areas.{}", problem.at) };
        Self::new(at, Reason::Area(problem.fault))
    }

    /// The same below another part of the input, such as `rates.0`.
    #[must_use]
    pub(super) fn below(self, parent: &str) -> Self {
        Self { at: format!("{parent}.{}", self.at), ..self }
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match self.reason {
            Reason::Blank | Reason::Address(AddressProblem::Required) => Code::Blank,
            Reason::TooLong(_) | Reason::Address(AddressProblem::TooLong) => Code::TooLong,
            Reason::TooMany(_) | Reason::Area(AreaFault::TooMany(_)) => Code::TooMany,
            Reason::Twice | Reason::Area(AreaFault::Twice) => Code::Duplicate,
            Reason::CoveredBy { .. } | Reason::HandleTaken => Code::Taken,
            Reason::CountryUnknown | Reason::UnknownLocation => Code::NotFound,
            Reason::Area(
                AreaFault::UnknownCountry
                | AreaFault::NeedsCountry
                | AreaFault::UnknownProvince
                | AreaFault::PostalCode
                | AreaFault::Range,
            )
            | Reason::CardNumber
            | Reason::CostNotOne
            | Reason::Negative
            | Reason::TooLarge(_)
            | Reason::CurrencyMixed
            | Reason::BandOrder
            | Reason::HandleForm
            | Reason::HandleStays { .. }
            | Reason::Address(
                AddressProblem::HtmlTags
                | AddressProblem::Url
                | AddressProblem::Pattern
                | AddressProblem::CardNumber
                | AddressProblem::ZipForCountry { .. }
                | AddressProblem::ZipForProvince { .. }
                | AddressProblem::ProvinceNotFound { .. },
            ) => Code::Invalid,
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
            Reason::TooMany(most) => write!(f, "at most {most} are possible"),
            Reason::Twice => write!(f, "is named twice"),
            Reason::CoveredBy { zone } => write!(f, "belongs to the zone {zone} already; take it out there first"),
            Reason::CountryUnknown => write!(f, "there is no such country"),
            Reason::Area(fault) => fault.fmt(f),
            Reason::CostNotOne => write!(f, "give one of flat, byWeight and byPrice"),
            Reason::Negative => write!(f, "must not be below zero"),
            Reason::TooLarge(most) => write!(f, "must be at most {most} in the smallest unit"),
            Reason::CurrencyMixed => write!(f, "all amounts of a rate are in one currency"),
            Reason::BandOrder => {
                write!(
                    f,
                    "a band ends above where it begins, and the next begins there or higher; only the last is open"
                )
            }
            Reason::HandleForm => write!(f, "must consist of lowercase letters, digits and hyphens"),
            Reason::HandleTaken => write!(f, "another rate or pick-up location has this handle"),
            Reason::HandleStays { handle } => write!(f, "the handle stays {handle}; leave it out"),
            Reason::UnknownLocation => write!(f, "location not found"),
            Reason::Address(problem) => match problem {
                AddressProblem::Required => write!(f, "is required"),
                AddressProblem::TooLong => write!(f, "has more than 255 characters"),
                AddressProblem::HtmlTags => write!(f, "must not hold < or >"),
                AddressProblem::Url => write!(f, "must not hold a web address"),
                AddressProblem::Pattern => write!(f, "does not have the expected form"),
                AddressProblem::CardNumber => write!(f, "holds what looks like a card number"),
                AddressProblem::ZipForCountry { .. }
                | AddressProblem::ZipForProvince { .. }
                | AddressProblem::ProvinceNotFound { .. } => f.write_str(&problem.in_words()),
            },
        }
    }
}

/// Refuses with what was found, if anything was.
///
/// # Errors
/// `Refused` with all of it.
pub(super) fn refuse_any(refusals: Vec<Refusal>) -> Result<(), Failure<Refusal>> {
    if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
}

/// Checks a text that must be there. NUL, which a database cannot hold, is a caller's mistake and no refusal.
///
/// # Errors
/// `BadInput` naming `at`.
pub(super) fn check_text(at: &str, text: &str, most: usize, refusals: &mut Vec<Refusal>) -> Result<(), Error> {
    if text.trim().is_empty() {
        refusals.push(Refusal::new(at, Reason::Blank));
    }
    check_optional_text(at, text, most, refusals)
}

/// Checks a text that may be empty.
///
/// # Errors
/// `BadInput` naming `at`.
pub(super) fn check_optional_text(at: &str, text: &str, most: usize, refusals: &mut Vec<Refusal>) -> Result<(), Error> {
    if text.contains('\0') {
        return Err(Error::bad_input(at, "must not hold the character NUL"));
    }
    if text.chars().nth(most).is_some() {
        refusals.push(Refusal::new(at, Reason::TooLong(most)));
    } else if shows_card_number(text) {
        refusals.push(Refusal::new(at, Reason::CardNumber));
    }
    Ok(())
}
