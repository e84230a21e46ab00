//! Why a cart cannot be quoted. What a shopper can mend (a code, a delivery option) is part of the quote instead.

use thiserror::Error;

/// Why there is no quote.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PricingError {
    /// A sum or product does not fit into 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// An amount that may not be negative is.
    #[error("{0} is negative")]
    Negative(&'static str),
    /// A quantity is less than one.
    #[error("a line's quantity is less than one")]
    Quantity,
    /// Two lines, addresses or discounts carry the same key.
    #[error("two {0} have the same key")]
    Duplicate(&'static str),
    /// No price of a line is in the cart's currency and open to its buyer.
    #[error("a line has no price in the cart's currency")]
    NoPrice,
    /// A line names an address that the cart does not have.
    #[error("a line's address is not the cart's")]
    UnknownAddress,
    /// A rule contradicts itself.
    #[error("a rule is wrong: {0}")]
    Rule(&'static str),
    /// A refund names a line that the quote does not have.
    #[error("the line is not part of the quote")]
    UnknownLine,
    /// A refund asks for more units or more shipping than are left.
    #[error("more is asked back than is left")]
    TooMuch,
    /// Two quotes are of different currencies.
    #[error("the quotes are of different currencies")]
    CurrencyMismatch,
    /// A text is no code of the kind asked for.
    #[error("{0:?} is not a code of this kind")]
    Code(String),
}

/// The result of everything here.
pub type Result<T, E = PricingError> = std::result::Result<T, E>;
