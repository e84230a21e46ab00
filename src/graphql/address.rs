//! Postal addresses in the API.

use async_graphql::{ID, InputObject, Object};
use entity::{
    address::Address,
    ids::{OrderId, PickupLocationId},
};

use super::{codes::CountryCode, oddities::MailingAddressOddities};
use crate::domain::shared::{
    country_name, fold,
    postal::{self, Parts},
};

/// The type's name in ids.
pub const MAILING_ADDRESS: &str = "MailingAddress";

/// What an address belongs to: its id is made of it.
#[derive(Clone, Debug)]
pub enum AddressOwner {
    /// A delivery address of a cart: its own id, and the cart's tail, which opens it.
    Cart(entity::ids::CartAddressId, String),
    /// Where an order is sent to.
    Shipping(OrderId),
    /// Who pays an order.
    Billing(OrderId),
    /// Where something may be collected.
    Pickup(PickupLocationId),
}

impl AddressOwner {
    /// The id as the API shows it.
    #[must_use]
    pub fn id(&self) -> ID {
        let tail = match self {
            Self::Cart(id, cart) => format!("{id}?cart={cart}"),
            Self::Shipping(order) => format!("{order}?of=shipping"),
            Self::Billing(order) => format!("{order}?of=billing"),
            Self::Pickup(location) => format!("{location}?of=pickup"),
        };
        ID(format!("gid://cartwright/{MAILING_ADDRESS}/{tail}"))
    }
}

/// A postal address.
#[derive(Clone, Debug)]
pub struct MailingAddress {
    owner: AddressOwner,
    address: Address,
}

impl MailingAddress {
    /// The address of this owner.
    #[must_use]
    pub fn new(owner: AddressOwner, address: Address) -> Self {
        Self { owner, address }
    }
}

/// The country of an address.
#[must_use]
pub fn country_of(address: &Address) -> Option<CountryCode> {
    address.country_code.as_deref().and_then(CountryCode::from_code)
}

/// The English name of a country.
#[must_use]
pub fn english(country: CountryCode) -> &'static str {
    country_name(country.code())
}

/// The lines of an address in the order of its country.
#[must_use]
pub fn formatted(address: &Address, with_name: Option<bool>, with_company: Option<bool>) -> Vec<String> {
    let parts = Parts { name: with_name.unwrap_or(false), company: with_company.unwrap_or(true) };
    postal::lines(address, country_of(address).map(english), parts)
}

/// A postal address.
#[Object]
impl MailingAddress {
    /// The address's id. It changes with the address's owner: an order has an address of its own.
    pub async fn id(&self) -> ID {
        self.owner.id()
    }

    /// Given name.
    async fn first_name(&self) -> Option<&str> {
        self.address.first_name.as_deref()
    }

    /// Family name.
    async fn last_name(&self) -> Option<&str> {
        self.address.last_name.as_deref()
    }

    /// Given and family name; null when neither is known.
    async fn name(&self) -> Option<String> {
        postal::name(&self.address)
    }

    /// Company.
    async fn company(&self) -> Option<&str> {
        self.address.company.as_deref()
    }

    /// Street and number.
    async fn address1(&self) -> Option<&str> {
        self.address.address1.as_deref()
    }

    /// Flat, floor or building.
    async fn address2(&self) -> Option<&str> {
        self.address.address2.as_deref()
    }

    /// City or town.
    async fn city(&self) -> Option<&str> {
        self.address.city.as_deref()
    }

    /// Part of the country, as the shopper named it; its code when only that was given.
    async fn province(&self) -> Option<&str> {
        self.address.province.as_deref().or(self.address.province_code.as_deref())
    }

    /// Part of the country after the country's code (ISO 3166-2), such as `NY`; null when only a name was given that is none of
    /// the country's.
    async fn province_code(&self) -> Option<&str> {
        self.address.province_code.as_deref()
    }

    /// Postal code.
    async fn zip(&self) -> Option<&str> {
        self.address.zip.as_deref()
    }

    /// The country's name in English.
    async fn country(&self) -> Option<&str> {
        country_of(&self.address).map(english)
    }

    /// Country (ISO 3166-1 alpha-2).
    async fn country_code(&self) -> Option<CountryCode> {
        country_of(&self.address)
    }

    /// Phone number.
    async fn phone(&self) -> Option<&str> {
        self.address.phone.as_deref()
    }

    /// The lines of the address in the order of its country, those that are empty left out.
    async fn formatted(
        &self,
        #[graphql(desc = "Whether the name is the first line; false when left out.")] with_name: Option<bool>,
        #[graphql(desc = "Whether there is a line of the company; true when left out.")] with_company: Option<bool>,
    ) -> Vec<String> {
        formatted(&self.address, with_name, with_company)
    }

    /// City, part of the country and country with commas; null when none is known.
    async fn formatted_area(&self) -> Option<String> {
        postal::area(&self.address, country_of(&self.address).map(english))
    }

    /// Always null: addresses are not looked up on a map.
    async fn latitude(&self) -> Option<f64> {
        None
    }

    /// Always null: addresses are not looked up on a map.
    async fn longitude(&self) -> Option<f64> {
        None
    }

    #[graphql(flatten)]
    async fn oddities(&self) -> MailingAddressOddities {
        MailingAddressOddities::new(country_of(&self.address))
    }
}

/// A postal address. Texts are trimmed; none may hold HTML tags, web addresses or payment card numbers.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MailingAddressInput {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name; required where something is delivered.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Street and number; required where something is delivered.
    pub address1: Option<String>,
    /// Flat, floor or building.
    pub address2: Option<String>,
    /// City or town; required where something is delivered, in countries whose addresses have one.
    pub city: Option<String>,
    /// Part of the country: its code after the country's (ISO 3166-2), such as `NY`, or its name. `provinceCode` wins. Whether
    /// one is required where something is delivered, and which there are, say `addressValidationRules`; a postal code that only
    /// one of them has is enough.
    pub province: Option<String>,
    /// Part of the country after the country's code (ISO 3166-2), such as `NY`.
    pub province_code: Option<String>,
    /// Postal code, in the form of the country, which `addressValidationRules` tells; required where something is delivered, in
    /// countries that cannot do without.
    pub zip: Option<String>,
    /// The country's code (ISO 3166-1 alpha-2) or its English name; `countryCode` wins. One of the two is required.
    pub country: Option<String>,
    /// Country (ISO 3166-1 alpha-2).
    pub country_code: Option<CountryCode>,
    /// Phone number.
    pub phone: Option<String>,
}

impl From<MailingAddressInput> for Address {
    fn from(input: MailingAddressInput) -> Self {
        let (code, name) = input.province.map(province_from).unwrap_or_default();
        Self {
            first_name: input.first_name,
            last_name: input.last_name,
            company: input.company,
            address1: input.address1,
            address2: input.address2,
            city: input.city,
            province: name,
            province_code: input.province_code.or(code),
            zip: input.zip,
            country_code: input
                .country_code
                .map(|country| country.code().to_owned())
                .or_else(|| input.country.and_then(|text| country_from(&text))),
            phone: input.phone,
        }
    }
}

/// The code that a text names. What names none is marked, so that the check of the address refuses it; an empty text
/// is none.
#[must_use]
pub fn country_from(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let code = CountryCode::from_code(&text.to_ascii_uppercase()).or_else(|| {
        let wanted = fold(text);
        CountryCode::ALL.iter().map(|(_, country)| *country).find(|country| fold(english(*country)) == wanted)
    });
    Some(code.map_or_else(|| format!("?{text}"), |country| country.code().to_owned()))
}

/// The code and the name that a text is: one to three letters and digits are a code.
#[must_use]
pub fn province_from(text: String) -> (Option<String>, Option<String>) {
    let trimmed = text.trim();
    let is_code = (1..=3).contains(&trimmed.len()) && trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_code { (Some(trimmed.to_ascii_uppercase()), None) } else { (None, Some(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_told_by_code_or_name_and_an_unknown_one_cannot_pass() {
        assert_eq!(country_from("us").as_deref(), Some("US"));
        assert_eq!(country_from(" germany ").as_deref(), Some("DE"));
        assert_eq!(country_from("Åland Islands").as_deref(), Some("AX"));
        assert_eq!(country_from("Atlantis").as_deref(), Some("?Atlantis"));
        assert_eq!(country_from("QQ").as_deref(), Some("?QQ"));
        assert_eq!(country_from(" "), None);
    }

    #[test]
    fn a_province_is_told_by_code_or_name() {
        assert_eq!(province_from("or".into()), (Some("OR".into()), None));
        assert_eq!(province_from("Oregon".into()), (None, Some("Oregon".into())));
    }
}
