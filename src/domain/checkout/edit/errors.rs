//! Why an order is not edited as asked.

use std::fmt;

use entity::money::{Currency, Money};
use pricing::DeliveryOption;

use crate::domain::checkout::CheckoutRefusal;

/// A refusal that staff can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditRefusal {
    /// The order's state does not allow it.
    NotAllowed {
        /// Why, and what to do.
        why: &'static str,
    },
    /// A line is none of the order's, or named twice.
    UnknownLine {
        /// Its place in the input.
        index: usize,
    },
    /// A quantity is not from 0 to the most that an order's line may have; for what is added, from 1.
    Quantity {
        /// The list of the input that it is in.
        list: &'static str,
        /// Its place there.
        index: usize,
    },
    /// What is to be added is not sold, or has no price in the order's currency.
    NotAvailable {
        /// Its place in the input.
        index: usize,
    },
    /// There is not enough in stock of what the order would have more of.
    InsufficientStock {
        /// What it is.
        title: String,
        /// Units that are left.
        available: i64,
    },
    /// Nothing would be left of the order.
    NothingLeft,
    /// The edit changes nothing.
    NothingChanged,
    /// Something of the address is wrong, in the words of a checkout.
    Address(CheckoutRefusal),
    /// A discount that the order would newly have was used up meanwhile.
    Discount(CheckoutRefusal),
    /// The goods cannot be delivered like that.
    Delivery {
        /// Why, in the words of a checkout.
        refusal: CheckoutRefusal,
        /// How they can be delivered.
        options: Vec<DeliveryOption>,
        /// The currency of what that costs.
        currency: Currency,
    },
    /// The edit would cost something else than staff saw.
    TotalChanged {
        /// What it would cost now.
        total: Money,
    },
    /// Something would be left to pay, and less than the gateway charges at all.
    BalanceTooSmall {
        /// What would be left to pay.
        balance: Money,
        /// The least that the gateway charges.
        least: Money,
    },
    /// More would be owed than a gateway holds, and nothing was taken yet.
    MoneyHeld,
}

impl EditRefusal {
    /// The code in the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } | Self::BalanceTooSmall { .. } => "NOT_ALLOWED",
            Self::UnknownLine { .. } => "LINE_NOT_FOUND",
            Self::Quantity { .. } => "QUANTITY_INVALID",
            Self::NotAvailable { .. } => "MERCHANDISE_NOT_AVAILABLE",
            Self::InsufficientStock { .. } => "INSUFFICIENT_STOCK",
            Self::NothingLeft => "NOTHING_LEFT",
            Self::NothingChanged => "NOTHING_CHANGED",
            Self::Address(_) => "ADDRESS_INVALID",
            Self::Discount(_) => "DISCOUNT_USED_UP",
            Self::Delivery { .. } => "DELIVERY_OPTION_INVALID",
            Self::TotalChanged { .. } => "TOTAL_CHANGED",
            Self::MoneyHeld => "CAPTURE_FIRST",
        }
    }

    /// The path of the input field.
    #[must_use]
    pub fn field(&self) -> Vec<String> {
        let path = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        match self {
            Self::NotAllowed { .. }
            | Self::BalanceTooSmall { .. }
            | Self::NothingLeft
            | Self::NothingChanged
            | Self::MoneyHeld
            | Self::Discount(_) => path(&["input", "orderId"]),
            Self::UnknownLine { index } => path(&["input", "lineItems", &index.to_string(), "lineItemId"]),
            Self::Quantity { list, index } => path(&["input", list, &index.to_string(), "quantity"]),
            Self::NotAvailable { index } => path(&["input", "addedItems", &index.to_string(), "merchandiseId"]),
            Self::InsufficientStock { .. } => path(&["input"]),
            Self::Address(refusal) | Self::Delivery { refusal, .. } => refusal.field(),
            Self::TotalChanged { .. } => path(&["input", "expectedTotal"]),
        }
    }
}

impl fmt::Display for EditRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed { why } => f.write_str(why),
            Self::UnknownLine { .. } => write!(f, "This line is not part of the order, or is named twice."),
            Self::Quantity { list: "addedItems", .. } => write!(f, "The quantity must be from 1 to 999."),
            Self::Quantity { .. } => write!(f, "The quantity must be from 0 to 999; 0 removes the line."),
            Self::NotAvailable { .. } => {
                write!(f, "This is not sold, or has no price in the order's currency. Publish or price it first.")
            }
            Self::InsufficientStock { title, available } => {
                write!(f, "Only {available} of {title} are left. Lower the quantity, or count the stock again.")
            }
            Self::NothingLeft => write!(f, "Nothing would be left of the order. Cancel it instead."),
            Self::NothingChanged => write!(f, "The edit changes nothing."),
            Self::Address(refusal) | Self::Discount(refusal) | Self::Delivery { refusal, .. } => refusal.fmt(f),
            Self::TotalChanged { total } => {
                write!(f, "The order would cost {} now. Look at the preview again.", total.in_words())
            }
            Self::BalanceTooSmall { balance, least } => write!(
                f,
                "{} would be left to pay, and the gateway of this order takes at least {}, so that it could not be paid and the \
                 order not be sent. Edit the order so that it costs that much more, or no more than was paid.",
                balance.in_words(),
                least.in_words()
            ),
            Self::MoneyHeld => {
                write!(f, "The order would cost more than is held for it. Capture the payment first, then edit.")
            }
        }
    }
}
