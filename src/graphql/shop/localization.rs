//! Where and in which language the shop sells.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::{
        price_list::{Market, Shopper},
        shared::Error,
        shop,
    },
    graphql::{
        catalog,
        codes::{CountryCode, CurrencyCode, LanguageCode},
        context::ContextExt,
        errors,
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
    /// The currency in which its buyers pay: of the price lists that count now and name the country, the currency of the one
    /// with the highest priority; without one, the shop's.
    currency: Currency,
}

/// A language of the shop.
#[derive(Clone, Debug, SimpleObject)]
pub struct Language {
    /// Its code (ISO 639-1).
    iso_code: LanguageCode,
}

/// Where and in which language this answer is meant. The country of `@inContext` if the shop sells there, otherwise the
/// shop's own; the language of `@inContext` if the shop has it, otherwise its first. Prices are those of the country; texts
/// are as staff wrote them, whatever is asked for: there are no translations yet.
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

    async fn market(&self, ctx: &Context<'_>) -> Result<Arc<Market>, Error> {
        let found = catalog::market(ctx).await?;
        Ok(found.unwrap_or_else(|| Arc::new(Market::new(&self.shop, Vec::new()))))
    }
}

/// Where and in which language this answer is meant. The country of `@inContext` if the shop sells there, otherwise the
/// shop's own; the language of `@inContext` if the shop has it, otherwise its first. Prices are those of the country; texts
/// are as staff wrote them, whatever is asked for: there are no translations yet.
#[Object]
impl Localization {
    /// The country.
    async fn country(&self, ctx: &Context<'_>) -> async_graphql::Result<Country> {
        let market = errors::required(ctx, self.market(ctx).await)?;
        Ok(Country::from(market.shopper(self.asked.country.as_deref(), ctx.app().sources.now())))
    }

    /// Every country that the shop sells to.
    async fn available_countries(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Country>> {
        let (market, now) = (errors::required(ctx, self.market(ctx).await)?, ctx.app().sources.now());
        let codes = self.shop.country_codes.0.iter();
        Ok(codes.map(|code| Country::from(market.shopper(Some(code), now))).collect())
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

impl From<Shopper> for Country {
    fn from(shopper: Shopper) -> Self {
        Self {
            iso_code: CountryCode::from_code(&shopper.country).unwrap_or(CountryCode::Zz),
            currency: Currency { iso_code: CurrencyCode::from_currency(shopper.currency) },
        }
    }
}
