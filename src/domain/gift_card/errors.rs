//! Why staff's change of a gift card was refused.

use std::fmt;

use entity::money::{Currency, Money};

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The amount is zero or less.
    NotPositive,
    /// More than a card may hold.
    TooLarge(Money),
    /// The amount is not in the card's currency.
    OtherCurrency(Currency),
    /// There is less on the card.
    BalanceTooLow(Money),
    /// The moment is not to come.
    NotToCome,
    /// The text is too long.
    TooLong(usize),
    /// Not an e-mail address.
    NotAnEmail,
    /// The text holds the number of a payment card.
    PaymentCard,
    /// There is no such customer.
    CustomerUnknown,
    /// The card was deactivated, and stays so.
    Deactivated,
}

/// The kinds of refusal that a client may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// A value is not of the expected form.
    Invalid,
    /// A text is too long.
    TooLong,
    /// More than a card may hold.
    TooLarge,
    /// There is no such thing.
    NotFound,
    /// The amount is in another currency.
    CurrencyMismatch,
    /// There is less on the card.
    BalanceTooLow,
    /// The card was deactivated.
    Deactivated,
}

/// A reason and the field of the input that it is about, with points between: `amount.amount`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    at: &'static str,
    reason: Reason,
}

impl Refusal {
    pub(super) fn new(at: &'static str, reason: Reason) -> Self {
        Self { at, reason }
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self.reason {
            Reason::NotPositive | Reason::NotToCome | Reason::NotAnEmail | Reason::PaymentCard => ErrorCode::Invalid,
            Reason::TooLarge(_) => ErrorCode::TooLarge,
            Reason::OtherCurrency(_) => ErrorCode::CurrencyMismatch,
            Reason::BalanceTooLow(_) => ErrorCode::BalanceTooLow,
            Reason::TooLong(_) => ErrorCode::TooLong,
            Reason::CustomerUnknown => ErrorCode::NotFound,
            Reason::Deactivated => ErrorCode::Deactivated,
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
            Reason::NotPositive => write!(f, "must be more than zero"),
            Reason::TooLarge(most) => write!(f, "a gift card holds at most {}", most.in_words()),
            Reason::OtherCurrency(currency) => write!(f, "must be in the card's currency, {currency}"),
            Reason::BalanceTooLow(left) => write!(f, "there are only {} on the card", left.in_words()),
            Reason::NotToCome => write!(f, "must be a moment to come"),
            Reason::TooLong(most) => write!(f, "must have at most {most} characters"),
            Reason::NotAnEmail => write!(f, "is no e-mail address"),
            Reason::PaymentCard => write!(f, "holds what looks like a card number; leave it out"),
            Reason::CustomerUnknown => write!(f, "there is no such customer"),
            Reason::Deactivated => write!(f, "the gift card was deactivated; issue another one"),
        }
    }
}
