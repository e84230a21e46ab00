//! Where and in which language the shop sells.

use async_graphql::{Object, SimpleObject};
use entity::money::Currency as CurrencyRow;

use crate::{
    domain::shop,
    graphql::codes::{CountryCode, CurrencyCode, LanguageCode},
};

/// A currency.
#[derive(Clone, Debug, SimpleObject)]
pub struct Currency {
    /// Its code (ISO 4217).
    iso_code: CurrencyCode,
}

/// A country that the shop sells to.
#[derive(Clone, Debug, SimpleObject)]
pub struct Country {
    /// Its code (ISO 3166-1 alpha-2).
    iso_code: CountryCode,
    /// The currency of its prices.
    currency: Currency,
}

/// A language of the shop.
#[derive(Clone, Debug, SimpleObject)]
pub struct Language {
    /// Its code (ISO 639-1).
    iso_code: LanguageCode,
}

/// Where and in which language this answer is meant: the shop's country and English, until there are markets and
/// translations.
#[derive(Clone, Debug)]
pub struct Localization(pub(super) shop::Shop);

/// Where and in which language this answer is meant: the shop's country and English, until there are markets and
/// translations.
#[Object]
impl Localization {
    /// The country.
    async fn country(&self) -> Country {
        country(&self.0.country_code, self.0.currency)
    }

    /// Every country there is a choice of.
    async fn available_countries(&self) -> Vec<Country> {
        vec![country(&self.0.country_code, self.0.currency)]
    }

    /// The language.
    async fn language(&self) -> Language {
        Language { iso_code: LanguageCode::En }
    }

    /// Every language there is a choice of.
    async fn available_languages(&self) -> Vec<Language> {
        vec![Language { iso_code: LanguageCode::En }]
    }
}

fn country(code: &str, currency: CurrencyRow) -> Country {
    Country {
        iso_code: CountryCode::from_code(code).unwrap_or(CountryCode::Zz),
        currency: Currency { iso_code: CurrencyCode::from_currency(currency) },
    }
}
