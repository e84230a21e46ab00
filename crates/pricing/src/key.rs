//! Keys: what the engine calls the caller's objects. 128 bits, so that a UUID fits; as text, 32 hexadecimal digits.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::PricingError;

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:x})"), self.0)
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> Self {
                key.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = PricingError;

            fn try_from(text: String) -> Result<Self, PricingError> {
                u128::from_str_radix(&text, 16).map(Self).map_err(|_| PricingError::Code(text))
            }
        }
    )*};
}

keys! {
    /// A line of the cart. Ties are broken by it, so that the order of lines changes nothing.
    LineKey
    /// What is sold.
    VariantKey
    /// The product that a variant belongs to.
    ProductKey
    /// A collection of products.
    CollectionKey
    /// A customer.
    CustomerKey
    /// A group of customers, such as wholesale.
    CustomerGroupKey
    /// A price list.
    PriceListKey
    /// A discount.
    DiscountKey
    /// An address that something is delivered to.
    AddressKey
    /// A delivery zone.
    DeliveryZoneKey
    /// A delivery rate.
    DeliveryRateKey
    /// A place where goods are collected.
    LocationKey
    /// A tax zone.
    TaxZoneKey
    /// A tax class: books, food. No class is the standard one.
    TaxClassKey
    /// One tax, such as a province's; the same in every class that has it.
    TaxKey
    /// A gift card.
    GiftCardKey
}
