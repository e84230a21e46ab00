//! What was adjusted while a change was made.

use std::fmt;

use entity::ids::{CartAddressId, CartId, CartLineId, VariantId};
use pricing::CodeProblem;

/// What a warning or a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The cart as a whole.
    Cart(CartId),
    /// One of its lines.
    Line(CartLineId),
    /// A variant that is in no line.
    Variant(VariantId),
    /// One of its delivery addresses.
    Address(CartAddressId),
}

/// The kinds of adjustments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// Fewer units than asked for.
    NotEnoughStock {
        /// The variant, for people.
        title: String,
        /// Units of the line now.
        quantity: i32,
    },
    /// Nothing is left.
    OutOfStock {
        /// The variant, for people.
        title: String,
    },
    /// The merchandise of a line is gone, and the line with it.
    NotAvailable,
    /// A discount code takes nothing off. It stays with the cart.
    CodeNotApplied {
        /// The code as entered.
        code: String,
        /// Why.
        problem: CodeProblem,
    },
    /// Gift cards that were entered with the new cart were not applied.
    GiftCardsUnavailable,
    /// The cart has this delivery address already.
    DuplicateAddress,
}

/// Something was adjusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What.
    pub kind: WarningKind,
    /// On what.
    pub target: Target,
}

impl Warning {
    pub(super) fn new(kind: WarningKind, target: Target) -> Self {
        Self { kind, target }
    }
}

impl fmt::Display for WarningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEnoughStock { title, quantity } => {
                write!(f, "not enough of {title} in stock: the line now has {quantity}")
            }
            Self::OutOfStock { title } => write!(f, "{title} is out of stock"),
            Self::NotAvailable => write!(f, "a product is no longer sold; its line was removed"),
            Self::CodeNotApplied { code, problem } => write!(f, "the discount code {code} does not apply: {problem}"),
            Self::GiftCardsUnavailable => write!(f, "a gift card cannot be used; it was not applied"),
            Self::DuplicateAddress => write!(f, "the cart has this delivery address already"),
        }
    }
}
