//! Postal addresses in the API.

use async_graphql::{InputObject, SimpleObject};
use entity::address::Address;

use super::codes::CountryCode;

/// A postal address.
#[derive(Clone, Debug, SimpleObject)]
pub struct MailingAddress {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Street and number.
    pub address1: Option<String>,
    /// Flat, floor or building.
    pub address2: Option<String>,
    /// City or town.
    pub city: Option<String>,
    /// Part of the country after the country's code (ISO 3166-2), such as `NY`.
    pub province_code: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// Country (ISO 3166-1 alpha-2).
    pub country_code: Option<CountryCode>,
    /// Phone number.
    pub phone: Option<String>,
}

impl From<Address> for MailingAddress {
    fn from(address: Address) -> Self {
        Self {
            first_name: address.first_name,
            last_name: address.last_name,
            company: address.company,
            address1: address.address1,
            address2: address.address2,
            city: address.city,
            province_code: address.province_code,
            zip: address.zip,
            country_code: address.country_code.as_deref().and_then(CountryCode::from_code),
            phone: address.phone,
        }
    }
}

/// A postal address. Texts are trimmed; none may hold HTML tags, web addresses or payment card numbers.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MailingAddressInput {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name; required.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Street and number; required.
    pub address1: Option<String>,
    /// Flat, floor or building.
    pub address2: Option<String>,
    /// City or town; required.
    pub city: Option<String>,
    /// Part of the country after the country's code (ISO 3166-2), such as `NY`.
    pub province_code: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// Country (ISO 3166-1 alpha-2); required.
    pub country_code: Option<CountryCode>,
    /// Phone number.
    pub phone: Option<String>,
}

impl From<MailingAddressInput> for Address {
    fn from(input: MailingAddressInput) -> Self {
        Self {
            first_name: input.first_name,
            last_name: input.last_name,
            company: input.company,
            address1: input.address1,
            address2: input.address2,
            city: input.city,
            province_code: input.province_code,
            zip: input.zip,
            country_code: input.country_code.map(|country| country.code().to_owned()),
            phone: input.phone,
        }
    }
}
