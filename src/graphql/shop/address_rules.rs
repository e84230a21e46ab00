//! What postal addresses look like, for forms of front ends.

use async_graphql::{Object, SimpleObject};

use crate::{
    domain::shared::address::{AddressPart, CountryRules, Province, rules_of},
    graphql::codes::CountryCode,
};

/// A part of a country in its addresses.
#[derive(Clone, Debug, SimpleObject)]
pub struct AddressProvince {
    /// What `provinceCode` takes: after the country's code (ISO 3166-2), such as `NY`. Null: it has none, and is sent by its name.
    code: Option<&'static str>,
    /// Its name in Latin letters, which `province` takes.
    name: &'static str,
    /// Its name in the country's own letters; null when those are Latin.
    local_name: Option<&'static str>,
}

impl From<Province> for AddressProvince {
    fn from(province: Province) -> Self {
        Self { code: province.code(), name: province.name(), local_name: province.local_name() }
    }
}

/// What a postal address looks like in a country. Fields are those of `MailingAddressInput`.
#[derive(Clone, Debug)]
pub struct AddressValidationRules {
    country: CountryCode,
    rules: Option<CountryRules>,
}

impl AddressValidationRules {
    /// Those of a country.
    #[must_use]
    pub fn of(country: CountryCode) -> Self {
        Self { country, rules: rules_of(country.code()) }
    }
}

/// The fields of the API that a part is written in.
fn fields(part: AddressPart) -> &'static [&'static str] {
    match part {
        AddressPart::Name => &["firstName", "lastName"],
        AddressPart::Company => &["company"],
        AddressPart::Street => &["address1", "address2"],
        AddressPart::City => &["city"],
        AddressPart::Province => &["provinceCode"],
        AddressPart::Zip => &["zip"],
    }
}

/// What a postal address looks like in a country. Fields are those of `MailingAddressInput`.
#[Object]
impl AddressValidationRules {
    /// The country.
    async fn country_code(&self) -> CountryCode {
        self.country
    }

    /// The fields that an address there has, by name, in the order in which people there write them. `countryCode` and
    /// `phone` come last.
    async fn allowed_fields(&self) -> Vec<&'static str> {
        let format = self.rules.map_or("%N%O%A%Z%C%S", |rules| rules.format(false));
        let parts = format.split('%').skip(1).filter_map(|piece| AddressPart::of(piece.chars().next()?));
        parts.flat_map(fields).copied().chain(["countryCode", "phone"]).collect()
    }

    /// The fields without which nothing can be delivered, by name. In place of `provinceCode` a name in `province`, or a postal code
    /// that only one province has, will do.
    async fn required_fields(&self) -> Vec<&'static str> {
        let requires = |part| self.rules.map_or(part == AddressPart::City, |rules| rules.requires(part));
        let parts =
            [AddressPart::City, AddressPart::Province, AddressPart::Zip].into_iter().filter(|part| requires(*part));
        ["lastName", "address1"].into_iter().chain(parts.flat_map(fields).copied()).chain(["countryCode"]).collect()
    }

    /// What a province is called there, such as `state` or `prefecture`; null where addresses have none.
    async fn province_type(&self) -> Option<&'static str> {
        self.rules.and_then(CountryRules::province_word)
    }

    /// The provinces that addresses have there; empty: none, or no list of them is known, and any name will do.
    async fn provinces(&self) -> Vec<AddressProvince> {
        self.rules.map(CountryRules::provinces).unwrap_or_default().into_iter().map(AddressProvince::from).collect()
    }

    /// A regular expression that a whole postal code in capitals matches; null: none is known, and nothing is refused.
    async fn postal_code_pattern(&self) -> Option<&'static str> {
        self.rules.and_then(CountryRules::zip_pattern)
    }

    /// Postal codes as they look there.
    async fn postal_code_examples(&self) -> &'static [String] {
        self.rules.map(CountryRules::zip_examples).unwrap_or_default()
    }

    /// What is written before the postal code on letters from abroad, such as `L-`; it may be sent and may be left out.
    async fn postal_code_prefix(&self) -> Option<&'static str> {
        self.rules.and_then(CountryRules::zip_prefix)
    }
}
