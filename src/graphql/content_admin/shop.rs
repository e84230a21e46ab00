//! Changing what the shop says of itself, and where it sells.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};

use super::user_errors::{ContentUserError, halves};
use crate::{
    domain::{
        content::{self, ShopPatch},
        shared::{Error, Permission},
    },
    graphql::{
        catalog_admin::inputs::{ProductImageInput, change_of, image},
        codes::{CountryCode, CurrencyCode, LanguageCode},
        errors,
        shop::Shop,
        transaction::{author, begin, finish},
    },
};

/// How the shop looks.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct BrandInput {
    /// Its logo, with width and height, at an address with a file extension; null takes it away.
    logo: MaybeUndefined<ProductImageInput>,
}

/// Changes of the shop. A field left out stays. Set its currency and its own country first: they change only while the shop has no
/// product.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ShopUpdateInput {
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// Its name, at most 255 characters.
    name: Option<String>,
    /// What it sells, in a sentence or two, at most 1,000 characters; null takes it away.
    description: MaybeUndefined<String>,
    /// Where shoppers write to; null takes it away.
    email: MaybeUndefined<String>,
    /// How it looks.
    brand: Option<BrandInput>,
    /// The currency of its own prices. Price lists sell in others too.
    currency_code: Option<CurrencyCode>,
    /// The country it sells from. It sells to it, too.
    country_code: Option<CountryCode>,
    /// The countries it sells to, all of them, its own among them.
    countries: Option<Vec<CountryCode>>,
    /// Its languages, all of them, the one that its texts are written in first.
    languages: Option<Vec<LanguageCode>>,
}

/// What changing the shop led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ShopUpdatePayload {
    /// The shop as it is now; null when refused.
    shop: Option<Shop>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

async fn update(ctx: &Context<'_>, input: ShopUpdateInput) -> Result<ShopUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let patch = ShopPatch {
        name: input.name,
        description: change_of(input.description),
        email: change_of(input.email),
        logo: input.brand.and_then(|brand| change_of(brand.logo)).map(|logo| logo.map(image)),
        currency: input.currency_code.map(CurrencyCode::to_currency),
        country_code: input.country_code.map(|country| country.code().to_owned()),
        country_codes: input.countries.map(|codes| codes.iter().map(|code| code.code().to_owned()).collect()),
        language_codes: input.languages.map(|codes| codes.iter().map(|code| code.code().to_owned()).collect()),
    };
    let tx = begin(ctx).await?;
    let done = content::update_shop(&tx, author, input.expected_version, patch).await;
    let (done, user_errors) = halves(finish(tx, done).await?);
    let shop = match done {
        Some(()) => Some(Shop::load(ctx).await?),
        None => None,
    };
    Ok(ShopUpdatePayload { shop, user_errors })
}

/// Changes of the shop.
#[derive(Debug, Default)]
pub struct ShopMutation;

#[Object]
impl ShopMutation {
    /// Changes the shop's name, words, logo, currency, countries and languages. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn shop_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: ShopUpdateInput,
    ) -> Option<ShopUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }
}
