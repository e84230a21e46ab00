//! Why nothing goes back.

use std::fmt;

use entity::money::Money;

/// A refusal the client can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundRefusal {
    /// The order's state does not allow it.
    NotAllowed {
        /// Why, for people.
        why: &'static str,
    },
    /// Nothing was asked for.
    Nothing,
    /// A line is none of this order's.
    UnknownLine {
        /// Its place in the input.
        index: usize,
    },
    /// A quantity is not from 1 to what did not go back yet.
    Quantity {
        /// Its place in the input.
        index: usize,
        /// Units that are left.
        left: i64,
    },
    /// More units are to be put back than were sent, or than are still to be sent.
    Restock {
        /// Its place in the input.
        index: usize,
        /// Whether they are said to have been sent.
        sent: bool,
        /// Units that are left.
        left: i64,
    },
    /// There is no such location.
    UnknownLocation {
        /// Its place in the input.
        index: usize,
    },
    /// More of delivery than is left.
    Shipping {
        /// What is left.
        left: Money,
    },
    /// An amount that is not from one minor unit to what is left.
    Amount {
        /// What is left beside the units and the delivery asked for.
        left: Money,
    },
    /// The gateway that gives back takes amounts in steps of this currency only.
    Step {
        /// Its amounts are divisible by this.
        step: Money,
        /// What is missing to the next such amount.
        more: Money,
    },
    /// Everything that came went back, or is on its way back.
    NothingLeft,
    /// The note is too long, or holds control characters or the number of a payment card.
    Note,
}

impl RefundRefusal {
    /// The code in the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "NOT_ALLOWED",
            Self::Nothing => "NOTHING_ASKED_FOR",
            Self::UnknownLine { .. } => "LINE_NOT_FOUND",
            Self::Quantity { .. } => "QUANTITY_INVALID",
            Self::Restock { .. } => "RESTOCK_INVALID",
            Self::UnknownLocation { .. } => "LOCATION_NOT_FOUND",
            Self::Shipping { .. } => "SHIPPING_INVALID",
            Self::Amount { .. } | Self::Step { .. } => "AMOUNT_INVALID",
            Self::NothingLeft => "NOTHING_LEFT",
            Self::Note => "INVALID",
        }
    }

    /// The path of the input field.
    #[must_use]
    pub fn field(&self) -> Vec<String> {
        let path = |parts: &[&str]| ["input"].iter().chain(parts).map(|part| (*part).to_owned()).collect();
        match self {
            Self::NotAllowed { .. } => path(&["orderId"]),
            Self::Nothing | Self::NothingLeft => path(&[]),
            Self::UnknownLine { index } => path(&["lineItems", &index.to_string(), "lineItemId"]),
            Self::Quantity { index, .. } => path(&["lineItems", &index.to_string(), "quantity"]),
            Self::Restock { index, .. } => path(&["lineItems", &index.to_string(), "restockType"]),
            Self::UnknownLocation { index } => path(&["lineItems", &index.to_string(), "locationId"]),
            Self::Shipping { .. } => path(&["shipping", "amount"]),
            Self::Amount { .. } | Self::Step { .. } => path(&["amount"]),
            Self::Note => path(&["note"]),
        }
    }
}

impl fmt::Display for RefundRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed { why } => f.write_str(why),
            Self::Nothing => write!(f, "say what goes back: units of lines, delivery, or an amount"),
            Self::UnknownLine { .. } => write!(f, "this line is not part of the order"),
            Self::Quantity { left: 0, .. } => write!(f, "the money of every unit of this line went back already"),
            Self::Quantity { left, .. } => {
                write!(f, "the quantity must be from 1 to {left}, whose money did not go back yet")
            }
            Self::Restock { sent: true, left, .. } => {
                write!(f, "only units that were sent can come back, and of this line that is at most {left}")
            }
            Self::Restock { sent: false, left, .. } => {
                write!(f, "only units that were not sent can be canceled, and of this line that is at most {left}")
            }
            Self::UnknownLocation { .. } => write!(f, "there is no such location"),
            Self::Shipping { left } => {
                write!(f, "the amount must be more than zero and at most {}, what is left of delivery", left.in_words())
            }
            Self::Amount { left } => {
                write!(f, "the amount must be more than zero and at most {}, what is left", left.in_words())
            }
            Self::Step { step, more } => write!(
                f,
                "the gateway gives back in steps of {} only: raise amount by {}, or ask for less, so that the sum is a multiple \
                 of that",
                step.in_words(),
                more.in_words()
            ),
            Self::NothingLeft => write!(f, "nothing is left to give back: nothing came, or it is back or on its way"),
            Self::Note => {
                write!(f, "note must have at most 1000 characters, no control characters and no payment card's number")
            }
        }
    }
}
