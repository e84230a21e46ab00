//! Why a cart is not changed: one enum of reasons, each with the place in the input that it is about.

use std::fmt;

use crate::domain::{gift_card::CannotPay, shared::address::AddressProblem};

/// A reason not to change a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such cart, or it belongs to somebody else, or it was ordered.
    CartNotFound,
    /// A payment of the cart pends.
    PaymentPends,
    /// More than may be sent in one call.
    TooManyAtOnce {
        /// The most.
        most: usize,
    },
    /// A quantity that is too small.
    QuantityTooSmall {
        /// The least.
        least: i32,
    },
    /// A quantity that is too large, with what the cart has already.
    QuantityTooLarge,
    /// More lines than a cart may have.
    CartTooLarge,
    /// No such variant, or it is not on sale.
    MerchandiseNotFound,
    /// No such line in the cart.
    LineNotFound,
    /// Lines cannot be put below other lines.
    NestedLine,
    /// The note is too long.
    NoteTooLong,
    /// A text that is too long, or empty where it must not be.
    TextLength {
        /// Longest, in characters.
        most: usize,
    },
    /// A text holds a payment card number.
    CardNumber,
    /// Not an e-mail address.
    EmailInvalid,
    /// Not a phone number.
    PhoneInvalid,
    /// A field of an address is wrong.
    Address(AddressProblem),
    /// No such delivery address in the cart.
    AddressNotFound,
    /// No address was sent, or two.
    AddressNotOne,
    /// More delivery addresses than a cart may have.
    TooManyAddresses,
    /// More than one delivery address would be selected.
    SeveralAddressesSelected,
    /// No such delivery group in the cart.
    DeliveryGroupNotFound,
    /// The delivery group has no such option.
    DeliveryOptionNotFound,
    /// No valid access token of a customer, or of another one than the customer who is signed in.
    CustomerTokenInvalid,
    /// A gift card pays nothing for this cart.
    GiftCard(CannotPay),
    /// The gift card is not applied to the cart.
    GiftCardNotApplied,
    /// More gift cards than a cart may have.
    TooManyGiftCards,
    /// There are no companies.
    NoCompanies,
    /// A latitude beyond 90 or a longitude beyond 180 degrees.
    Coordinates,
}

/// A reason and the path of the input field that it is about, below the mutation's arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    field: Vec<String>,
}

impl Refusal {
    /// A reason at a place such as `["lines", "0", "quantity"]`.
    pub fn new(reason: Reason, field: &[&str]) -> Self {
        Self { reason, field: field.iter().map(|part| (*part).to_owned()).collect() }
    }

    /// A reason about one item of a list: `[list, index, field]`.
    pub fn at(reason: Reason, list: &str, index: usize, field: &str) -> Self {
        Self::new(reason, &[list, &index.to_string(), field])
    }

    /// There is no such cart.
    #[must_use]
    pub fn cart_not_found() -> Self {
        Self::new(Reason::CartNotFound, &["cartId"])
    }

    /// The path of the input field.
    #[must_use]
    pub fn field(&self) -> &[String] {
        &self.field
    }

    /// The same below another field, such as `input`.
    #[must_use]
    pub fn below(mut self, parent: &str) -> Self {
        self.field.insert(0, parent.to_owned());
        self
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CartNotFound => write!(f, "the cart does not exist"),
            Self::PaymentPends => write!(f, "a payment of this cart pends; wait for its outcome"),
            Self::TooManyAtOnce { most } => write!(f, "at most {most} in one call"),
            Self::QuantityTooSmall { least } => write!(f, "the quantity must be at least {least}"),
            Self::QuantityTooLarge => write!(f, "a line holds at most {} units", super::MOST_OF_A_LINE),
            Self::CartTooLarge => write!(f, "a cart holds at most {} lines", super::MOST_LINES),
            Self::MerchandiseNotFound => write!(f, "the merchandise does not exist or is not on sale"),
            Self::LineNotFound => write!(f, "the line is not in this cart"),
            Self::NestedLine => write!(f, "lines cannot be put below other lines"),
            Self::NoteTooLong => write!(f, "the note has more than {} characters", super::checks::LONGEST_NOTE),
            Self::TextLength { most } => write!(f, "must have 1 to {most} characters"),
            Self::CardNumber => write!(f, "holds a payment card number; card numbers must not be sent here"),
            Self::EmailInvalid => write!(f, "is not an e-mail address"),
            Self::PhoneInvalid => write!(f, "is not a phone number"),
            Self::Address(problem) => f.write_str(&problem.in_words()),
            Self::AddressNotOne => write!(f, "give one address: its fields, or the id of one of the customer's"),
            Self::AddressNotFound => write!(f, "the delivery address is not in this cart"),
            Self::TooManyAddresses => {
                write!(f, "a cart holds at most {} delivery addresses", super::delivery_addresses::MOST_ADDRESSES)
            }
            Self::SeveralAddressesSelected => write!(f, "only one delivery address can be selected"),
            Self::DeliveryGroupNotFound => write!(f, "the cart has no such delivery group"),
            Self::DeliveryOptionNotFound => {
                write!(f, "is not among the delivery options of this group; send the handle of one of them")
            }
            Self::CustomerTokenInvalid => write!(f, "is no valid access token of the customer"),
            Self::GiftCard(why) => match why {
                CannotPay::Unknown => write!(f, "there is no gift card with this code"),
                CannotPay::Deactivated => write!(f, "the gift card was deactivated"),
                CannotPay::Expired => write!(f, "the gift card has expired"),
                CannotPay::OtherCurrency(currency) => write!(f, "the gift card pays only what is in {currency}"),
                CannotPay::Empty => write!(f, "nothing is left on the gift card"),
            },
            Self::GiftCardNotApplied => write!(f, "the gift card is not applied to this cart"),
            Self::TooManyGiftCards => write!(f, "a cart takes at most {} gift cards", super::MOST_GIFT_CARDS),
            Self::NoCompanies => write!(f, "this shop sells to no companies; leave it out"),
            Self::Coordinates => write!(f, "is no place on the map, in degrees"),
        }
    }
}
