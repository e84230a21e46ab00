//! What only old clients ask of addresses.

use async_graphql::Object;

use crate::graphql::codes::CountryCode;

/// Members of `MailingAddress` for old clients.
#[derive(Clone, Copy, Debug)]
pub struct MailingAddressOddities {
    country: Option<CountryCode>,
}

impl MailingAddressOddities {
    /// Of an address in this country.
    #[must_use]
    pub fn new(country: Option<CountryCode>) -> Self {
        Self { country }
    }
}

/// Members of `MailingAddress` for old clients.
#[Object]
impl MailingAddressOddities {
    /// Country (ISO 3166-1 alpha-2).
    #[graphql(name = "countryCodeV2", deprecation = "Use `countryCode`.")]
    async fn country_code_v2(&self) -> Option<CountryCode> {
        self.country
    }
}
