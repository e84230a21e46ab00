//! What accounts and sign-ins refuse.

use std::fmt;

use super::passwords::{LEAST_CHARACTERS, MOST_CHARACTERS};
use crate::domain::shared::address::AddressProblem;

/// A refusal that the caller can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No e-mail address was given.
    EmailBlank,
    /// The e-mail address has not the form of one.
    EmailInvalid,
    /// An account with this e-mail address is there already.
    EmailTaken,
    /// The password is too short.
    PasswordTooShort,
    /// The password is too long.
    PasswordTooLong,
    /// The password is among those that are guessed first.
    PasswordTooCommon,
    /// A text about the person cannot be kept.
    Profile {
        /// Which one, as the API names it.
        field: &'static str,
        /// What is wrong with it.
        problem: AddressProblem,
    },
    /// Address and password do not belong together. An unknown address, a disabled account and a staff sign-in of
    /// somebody who is not staff read the same.
    WrongCredentials,
    /// Too many failed sign-ins with this address.
    Throttled {
        /// Minutes until it can be tried again.
        minutes: i64,
    },
    /// The refresh token is unknown, used, expired or revoked.
    TokenInvalid,
    /// There is no account with this address. Only the operator's command line says so.
    AccountUnknown,
}

/// The kinds of refusals that the API names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalCode {
    /// Missing.
    Blank,
    /// Not of the expected form.
    Invalid,
    /// In use.
    Taken,
    /// Too short.
    TooShort,
    /// Too long.
    TooLong,
    /// Guessed first.
    PasswordTooCommon,
    /// Holds HTML.
    ContainsHtmlTags,
    /// Holds a web address.
    ContainsUrl,
    /// Wrong credentials.
    UnidentifiedCustomer,
    /// Too many attempts.
    Throttled,
    /// A token that is no good.
    TokenInvalid,
}

impl Refusal {
    /// Its kind.
    #[must_use]
    pub fn code(&self) -> RefusalCode {
        match self {
            Self::EmailBlank => RefusalCode::Blank,
            Self::EmailInvalid => RefusalCode::Invalid,
            Self::EmailTaken => RefusalCode::Taken,
            Self::PasswordTooShort => RefusalCode::TooShort,
            Self::PasswordTooLong => RefusalCode::TooLong,
            Self::PasswordTooCommon => RefusalCode::PasswordTooCommon,
            Self::Profile { problem, .. } => match problem {
                AddressProblem::Required => RefusalCode::Blank,
                AddressProblem::TooLong => RefusalCode::TooLong,
                AddressProblem::HtmlTags => RefusalCode::ContainsHtmlTags,
                AddressProblem::Url => RefusalCode::ContainsUrl,
                AddressProblem::Pattern
                | AddressProblem::CardNumber
                | AddressProblem::ZipForCountry { .. }
                | AddressProblem::ZipForProvince { .. }
                | AddressProblem::ProvinceNotFound { .. } => RefusalCode::Invalid,
            },
            Self::WrongCredentials | Self::AccountUnknown => RefusalCode::UnidentifiedCustomer,
            Self::Throttled { .. } => RefusalCode::Throttled,
            Self::TokenInvalid => RefusalCode::TokenInvalid,
        }
    }

    /// The input field it is about, as the API names it.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::EmailBlank | Self::EmailInvalid | Self::EmailTaken | Self::AccountUnknown => Some("email"),
            Self::PasswordTooShort | Self::PasswordTooLong | Self::PasswordTooCommon => Some("password"),
            Self::Profile { field, .. } => Some(field),
            Self::TokenInvalid => Some("refreshToken"),
            Self::WrongCredentials | Self::Throttled { .. } => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmailBlank => write!(f, "give an e-mail address"),
            Self::EmailInvalid => write!(f, "give an e-mail address such as jane@example.com"),
            Self::EmailTaken => {
                write!(f, "this e-mail address cannot be registered; sign in if it is yours, or use another one")
            }
            Self::PasswordTooShort => write!(f, "choose a password of at least {LEAST_CHARACTERS} characters"),
            Self::PasswordTooLong => write!(f, "choose a password of at most {MOST_CHARACTERS} characters"),
            Self::PasswordTooCommon => {
                write!(f, "this password is among those that are guessed first; choose another one")
            }
            Self::Profile { problem, .. } => match problem {
                AddressProblem::Required => write!(f, "must not be blank"),
                AddressProblem::TooLong => write!(f, "use at most 255 characters"),
                AddressProblem::HtmlTags => write!(f, "leave out < and >"),
                AddressProblem::Url => write!(f, "leave out web addresses"),
                AddressProblem::Pattern => write!(f, "leave out control characters"),
                AddressProblem::CardNumber => write!(f, "leave out numbers that look like a payment card's"),
                AddressProblem::ZipForCountry { .. }
                | AddressProblem::ZipForProvince { .. }
                | AddressProblem::ProvinceNotFound { .. } => f.write_str(&problem.in_words()),
            },
            Self::WrongCredentials => write!(f, "e-mail address or password is wrong"),
            Self::Throttled { minutes } => {
                write!(f, "too many failed sign-ins with this e-mail address; try again in {minutes} minute(s)")
            }
            Self::TokenInvalid => write!(f, "this refresh token is not valid (any more); sign in again"),
            Self::AccountUnknown => write!(f, "there is no account with this e-mail address"),
        }
    }
}
