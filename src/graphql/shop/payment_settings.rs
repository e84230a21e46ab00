//! In what money the shop is paid, and where it is found.

use async_graphql::{Object, SimpleObject};
use entity::money::Currency;

use crate::{
    domain::shop::Shop,
    graphql::{
        codes::{CountryCode, CurrencyCode},
        scalars::Url,
    },
};

/// In what money the shop is paid.
#[derive(Clone, Debug, SimpleObject)]
pub struct PaymentSettings {
    /// The country that the shop sells from.
    country_code: CountryCode,
    /// The currency of its own prices.
    currency_code: CurrencyCode,
    /// The currencies that buyers pay in: the shop's own, then those of the countries that it sells to, as their price lists
    /// have them now.
    enabled_presentment_currencies: Vec<CurrencyCode>,
}

impl PaymentSettings {
    /// Of a shop, and the other currencies that its buyers pay in.
    #[must_use]
    pub fn new(shop: &Shop, others: Vec<Currency>) -> Self {
        let currency_code = CurrencyCode::from_currency(shop.currency);
        let others = others.into_iter().map(CurrencyCode::from_currency);
        Self {
            country_code: CountryCode::from_code(&shop.country_code).unwrap_or(CountryCode::Zz),
            currency_code,
            enabled_presentment_currencies: std::iter::once(currency_code).chain(others).collect(),
        }
    }
}

/// A web address of the shop.
#[derive(Clone, Debug)]
pub struct Domain(pub(super) String);

/// A web address of the shop.
#[Object]
impl Domain {
    /// The host's name, without a port.
    async fn host(&self) -> &str {
        host(&self.0)
    }

    /// Whether it is reached by TLS.
    async fn ssl_enabled(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Its URL.
    async fn url(&self) -> Url {
        Url(self.0.clone())
    }
}

/// The host of an absolute URL (RFC 3986, section 3.2), an IPv6 address in its brackets.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let named = authority.rsplit('@').next().unwrap_or(authority);
    match named.find(']') {
        Some(end) => &named[..=end],
        None => named.split(':').next().unwrap_or(named),
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_host_has_no_scheme_and_no_port() {
        assert_eq!(host("https://shop.example/"), "shop.example");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1");
        assert_eq!(host("http://[::1]:8080/x?y#z"), "[::1]");
        assert_eq!(host("https://user:secret@shop.example:8443"), "shop.example");
    }
}
