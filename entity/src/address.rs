//! A postal address and free attributes, as kept inside carts and orders (JSON columns).

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A postal address as the shopper gave it. All texts are trimmed; absent is `None`, never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Address {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Street and number.
    pub address1: Option<String>,
    /// Flat, floor, building.
    pub address2: Option<String>,
    /// City or town.
    pub city: Option<String>,
    /// ISO 3166-2 part after the country, such as `NY`.
    pub province_code: Option<String>,
    /// Name of that part, where the shopper gave a name and no code.
    pub province: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// ISO 3166-1 alpha-2 country code.
    pub country_code: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

/// A name and a value that the front end attached; its meaning is the front end's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// Name.
    pub key: String,
    /// Value.
    pub value: String,
}

/// The attributes of a cart, a line or an order, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Attributes(pub Vec<Attribute>);

/// One chosen option of a variant, such as Size = M.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectedOption {
    /// The option's name.
    pub name: String,
    /// The chosen value.
    pub value: String,
}

/// The chosen options of a variant, in the product's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct SelectedOptions(pub Vec<SelectedOption>);
