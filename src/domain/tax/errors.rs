//! Why a change of taxes was refused.

use std::fmt;

use crate::domain::shared::{
    Error, Failure,
    area::{AreaFault, AreaProblem},
};

/// One refusal: which part of the input, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the input, with points between: `rates.0.taxes.1.percent`.
    at: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A text or list that must be there is empty.
    Blank,
    /// The character NUL, which no database keeps.
    HoldsNul,
    /// A text is longer than this many characters.
    TooLong(usize),
    /// A list is longer than this.
    TooMany(usize),
    /// Another class or zone has this name.
    NameTaken,
    /// Another zone has the place already.
    CoveredBy {
        /// That zone.
        zone: String,
    },
    /// Something about an area.
    Area(AreaFault),
    /// No number of percent with at most four places.
    NotAPercentage,
    /// A tax of more than 1,000 %.
    TaxTooHigh,
    /// Taxes of more than 100,000 % together.
    TaxesTooHigh,
    /// Two rates for one class.
    ClassTwice,
    /// One rate has a tax twice.
    TaxTwice,
    /// Delivery that is not taxed as a class names one.
    ClassUnexpected,
    /// There is no such thing.
    Unknown(&'static str),
    /// Variants are of the class.
    VariantsInClass(u64),
    /// Delivery is taxed as the class in this zone.
    DeliveryOfClass(String),
    /// The zone is the shop's own.
    HomeZone,
    /// Entered prices that are to keep their net price abroad contain the taxes of no zone.
    HomeZoneMissing,
    /// No number of a tax office.
    NotATaxNumber,
    /// The digits are those of a payment card.
    CardNumber,
    /// A confirmed number needs a number.
    NothingToConfirm,
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
    /// A value is not of the expected form, or out of range.
    Invalid,
    /// A name is in use.
    Taken,
    /// Two of a kind where one may be.
    Duplicate,
    /// There is no such thing.
    NotFound,
    /// Something else still needs it.
    InUse,
}

impl Refusal {
    /// A refusal of the input at `at`.
    pub fn new(at: impl Into<String>, reason: Reason) -> Self {
        Self { at: at.into(), reason }
    }

    /// What is wrong with the areas at `at`.
    pub fn area(at: &str, problem: AreaProblem) -> Self {
        let place = if problem.at.is_empty() { at.to_owned() } else { format!("{at}.{}", problem.at) };
        Self::new(place, Reason::Area(problem.fault))
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match &self.reason {
            Reason::Blank | Reason::HomeZoneMissing | Reason::NothingToConfirm => Code::Blank,
            Reason::TooLong(_) => Code::TooLong,
            Reason::TooMany(_) => Code::TooMany,
            Reason::HoldsNul
            | Reason::NotAPercentage
            | Reason::TaxTooHigh
            | Reason::TaxesTooHigh
            | Reason::ClassUnexpected
            | Reason::NotATaxNumber
            | Reason::CardNumber => Code::Invalid,
            Reason::Area(fault) => match fault {
                AreaFault::TooMany(_) => Code::TooMany,
                AreaFault::Twice => Code::Duplicate,
                AreaFault::UnknownCountry
                | AreaFault::NeedsCountry
                | AreaFault::UnknownProvince
                | AreaFault::PostalCode
                | AreaFault::Range => Code::Invalid,
            },
            Reason::NameTaken | Reason::CoveredBy { .. } => Code::Taken,
            Reason::ClassTwice | Reason::TaxTwice => Code::Duplicate,
            Reason::Unknown(_) => Code::NotFound,
            Reason::VariantsInClass(_) | Reason::DeliveryOfClass(_) | Reason::HomeZone => Code::InUse,
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
            Reason::HoldsNul => write!(f, "must not hold the character NUL"),
            Reason::TooLong(most) => write!(f, "must have at most {most} characters"),
            Reason::TooMany(most) => write!(f, "must have at most {most} entries"),
            Reason::CoveredBy { zone } => write!(f, "belongs to the zone {zone} already; take it out there first"),
            Reason::NameTaken => write!(f, "is the name of another one"),
            Reason::Area(fault) => fault.fmt(f),
            Reason::NotAPercentage => write!(f, "must be a percentage with at most four places, such as 19 or 9.975"),
            Reason::TaxTooHigh => write!(f, "must be at most 1000 percent"),
            Reason::TaxesTooHigh => write!(f, "must be at most 100000 percent together"),
            Reason::ClassTwice => write!(f, "another rate is for the same class"),
            Reason::TaxTwice => write!(f, "is in this rate already; add the percentages up or give it another title"),
            Reason::ClassUnexpected => write!(f, "goes only with AS_CLASS"),
            Reason::Unknown(what) => write!(f, "{what} not found"),
            Reason::VariantsInClass(count) => {
                write!(f, "{count} variants are of this class; give them another one first")
            }
            Reason::DeliveryOfClass(zone) => write!(f, "delivery in the zone {zone:?} is taxed as this class"),
            Reason::HomeZone => write!(f, "is the home zone; choose another one in the settings first"),
            Reason::HomeZoneMissing => {
                write!(
                    f,
                    "entered prices that contain taxes need the zone whose taxes they are before they can be FIXED_NET"
                )
            }
            Reason::NotATaxNumber => {
                write!(f, "must be 2 to 32 letters and digits, with points, slashes or hyphens between")
            }
            Reason::CardNumber => write!(f, "holds what looks like a card number; leave it out"),
            Reason::NothingToConfirm => write!(f, "there is no tax number to confirm"),
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
