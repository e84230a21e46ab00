//! Where and in which language the shop sells.

use async_graphql::{Context, Object, SimpleObject};
use entity::money::Currency as CurrencyRow;

use crate::{
    domain::shop,
    graphql::{
        codes::{CountryCode, CurrencyCode, LanguageCode},
        in_context::InContext,
    },
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

/// Where and in which language this answer is meant. The country of `@inContext` if the shop sells there, otherwise the
/// shop's own; the language of `@inContext` if the shop has it, otherwise its first. Prices are in the shop's one currency
/// and texts are as staff wrote them, whatever is asked for: there are no markets and no translations yet.
#[derive(Clone, Debug)]
pub struct Localization {
    shop: shop::Shop,
    asked: InContext,
}

impl Localization {
    /// What the operation asks for, as far as the shop has it.
    #[must_use]
    pub fn of(ctx: &Context<'_>, shop: shop::Shop) -> Self {
        Self { shop, asked: InContext::of(ctx) }
    }
}

/// Where and in which language this answer is meant. The country of `@inContext` if the shop sells there, otherwise the
/// shop's own; the language of `@inContext` if the shop has it, otherwise its first. Prices are in the shop's one currency
/// and texts are as staff wrote them, whatever is asked for: there are no markets and no translations yet.
#[Object]
impl Localization {
    /// The country.
    async fn country(&self) -> Country {
        let shop = &self.shop;
        let asked = self.asked.country.as_ref().filter(|code| shop.country_codes.0.contains(code));
        country(asked.unwrap_or(&shop.country_code), shop.currency)
    }

    /// Every country that the shop sells to.
    async fn available_countries(&self) -> Vec<Country> {
        self.shop.country_codes.0.iter().map(|code| country(code, self.shop.currency)).collect()
    }

    /// The language.
    async fn language(&self) -> Language {
        let known = &self.shop.language_codes.0;
        let asked = self.asked.language.as_ref().filter(|code| known.contains(code));
        language(asked.or_else(|| known.first()).map_or("", String::as_str))
    }

    /// Every language that the shop has, its first language first.
    async fn available_languages(&self) -> Vec<Language> {
        self.shop.language_codes.0.iter().map(|code| language(code)).collect()
    }
}

fn language(code: &str) -> Language {
    Language { iso_code: LanguageCode::from_code(code).unwrap_or(LanguageCode::En) }
}

fn country(code: &str, currency: CurrencyRow) -> Country {
    Country {
        iso_code: CountryCode::from_code(code).unwrap_or(CountryCode::Zz),
        currency: Currency { iso_code: CurrencyCode::from_currency(currency) },
    }
}
