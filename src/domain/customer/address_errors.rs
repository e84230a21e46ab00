//! Why an address of a customer is not changed.

use std::fmt;

use super::addresses::MOST_ADDRESSES;
use crate::domain::shared::address::AddressProblem;

/// A reason not to change a customer's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressRefusal {
    /// A field is wrong; the name is that of a postal address.
    Field {
        /// Which.
        field: &'static str,
        /// What is wrong.
        problem: AddressProblem,
    },
    /// The customer has no such address.
    NotFound,
    /// The customer has the same address already.
    AlreadyThere,
    /// More than a customer may keep.
    TooMany,
    /// The default address stays the default until another one is.
    DefaultStays,
}

/// What a refusal is, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressRefusalCode {
    /// The customer has no such address.
    AddressIdDoesNotExist,
    /// A field holds `<` or `>`.
    ContainsHtmlTags,
    /// The customer has the same address already.
    CustomerAddressAlreadyExists,
    /// The default address stays the default until another one is.
    DemotingCustomerDefaultAddressNotAllowed,
    /// A value is wrong.
    Invalid,
    /// A field is missing.
    Required,
    /// A field has more than 255 characters.
    TooLong,
}

impl AddressRefusal {
    /// For programs.
    #[must_use]
    pub fn code(self) -> AddressRefusalCode {
        match self {
            Self::Field { problem, .. } => match problem {
                AddressProblem::Required => AddressRefusalCode::Required,
                AddressProblem::TooLong => AddressRefusalCode::TooLong,
                AddressProblem::HtmlTags => AddressRefusalCode::ContainsHtmlTags,
                AddressProblem::Url
                | AddressProblem::Pattern
                | AddressProblem::CardNumber
                | AddressProblem::ZipForCountry { .. }
                | AddressProblem::ZipForProvince { .. }
                | AddressProblem::ProvinceNotFound { .. } => AddressRefusalCode::Invalid,
            },
            Self::NotFound => AddressRefusalCode::AddressIdDoesNotExist,
            Self::AlreadyThere => AddressRefusalCode::CustomerAddressAlreadyExists,
            Self::TooMany => AddressRefusalCode::Invalid,
            Self::DefaultStays => AddressRefusalCode::DemotingCustomerDefaultAddressNotAllowed,
        }
    }

    /// The field of a postal address that it is about.
    #[must_use]
    pub fn field(self) -> Option<&'static str> {
        match self {
            Self::Field { field, .. } => Some(field),
            Self::NotFound | Self::AlreadyThere | Self::TooMany | Self::DefaultStays => None,
        }
    }
}

impl fmt::Display for AddressRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { problem, .. } => f.write_str(&problem.in_words()),
            Self::NotFound => write!(f, "the customer has no such address"),
            Self::AlreadyThere => write!(f, "the customer has this address already"),
            Self::TooMany => write!(f, "a customer keeps at most {MOST_ADDRESSES} addresses"),
            Self::DefaultStays => write!(f, "make another address the default instead"),
        }
    }
}
