//! Adding and removing prices of a price list.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::money::Currency;

use super::{
    types::{PriceList, PriceListPrice},
    user_errors::{PriceListUserError, halves},
};
use crate::{
    domain::{
        price_list::{self, MOST_PRICES, PriceDraft, PriceKey},
        shared::{Error, Permission},
    },
    graphql::{
        errors,
        global_id::decode,
        scalars::MoneyInput,
        transaction::{author, begin, finish},
    },
};

/// A price of a variant.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListPriceInput {
    /// The variant.
    variant_id: ID,
    /// What one unit costs, in the currency of the list.
    price: MoneyInput,
    /// What it cost before, in the currency of the list; shown only if it is higher than the price.
    compare_at_price: Option<MoneyInput>,
    /// From how many units on the price counts, all lines of the variant in a cart together; 1 to 1,000,000, 1 when left out.
    minimum_quantity: Option<i32>,
}

/// Prices to be added to a list.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListPricesAddInput {
    /// The list.
    price_list_id: ID,
    /// The prices, at most 250. One that the list has for the same variant and quantity is replaced. A variant has at most 50
    /// in a list.
    prices: Vec<PriceListPriceInput>,
}

/// Which prices of a variant.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListPriceKeyInput {
    /// The variant.
    variant_id: ID,
    /// The price that counts from this quantity on; left out: all prices that the list has for the variant.
    minimum_quantity: Option<i32>,
}

/// Prices to be removed from a list.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListPricesDeleteInput {
    /// The list.
    price_list_id: ID,
    /// Which prices, at most 250.
    prices: Vec<PriceListPriceKeyInput>,
}

/// What adding prices led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListPricesAddPayload {
    /// The list as it is now; null when refused.
    price_list: Option<PriceList>,
    /// The prices in the order given; null when refused.
    prices: Option<Vec<PriceListPrice>>,
    /// Why it was refused; all of them or none are taken.
    user_errors: Vec<PriceListUserError>,
}

/// What removing prices led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListPricesDeletePayload {
    /// The list as it is now; null when refused.
    price_list: Option<PriceList>,
    /// Why it was refused; all of them or none are removed.
    user_errors: Vec<PriceListUserError>,
}

/// Reads the first prices, one more than may be: the use case says what it thinks of too many.
fn drafts(input: Vec<PriceListPriceInput>) -> Result<Vec<PriceDraft>, Error> {
    let draft = |(index, price): (usize, PriceListPriceInput)| {
        let at = |field: &str| format!("input.prices.{index}.{field}");
        let compare_at = price.compare_at_price.map(|money| money.check(&at("compareAtPrice"))).transpose()?;
        Ok(PriceDraft {
            variant_id: decode(&at("variantId"), &price.variant_id)?,
            minimum_quantity: price.minimum_quantity.unwrap_or(1),
            price: price.price.check(&at("price"))?,
            compare_at,
        })
    };
    input.into_iter().enumerate().take(MOST_PRICES + 1).map(draft).collect()
}

fn keys(input: Vec<PriceListPriceKeyInput>) -> Result<Vec<PriceKey>, Error> {
    let key = |(index, key): (usize, PriceListPriceKeyInput)| {
        let variant_id = decode(&format!("input.prices.{index}.variantId"), &key.variant_id)?;
        Ok(PriceKey { variant_id, minimum_quantity: key.minimum_quantity })
    };
    input.into_iter().enumerate().take(MOST_PRICES + 1).map(key).collect()
}

async fn add(ctx: &Context<'_>, input: PriceListPricesAddInput) -> Result<PriceListPricesAddPayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let id = decode("input.priceListId", &input.price_list_id)?;
    let drafts = drafts(input.prices)?;
    let tx = begin(ctx).await?;
    let done = price_list::add_prices(&tx, author, id, &drafts).await;
    let (written, user_errors) = halves(finish(tx, done).await?);
    let (price_list, rows) = written.unzip();
    let currency = price_list.as_ref().map_or(Currency::USD, |list: &price_list::PriceList| list.currency);
    let prices = rows.map(|rows| rows.into_iter().map(|row| PriceListPrice { row, currency }).collect());
    Ok(PriceListPricesAddPayload { price_list: price_list.map(PriceList), prices, user_errors })
}

async fn delete(ctx: &Context<'_>, input: PriceListPricesDeleteInput) -> Result<PriceListPricesDeletePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let id = decode("input.priceListId", &input.price_list_id)?;
    let keys = keys(input.prices)?;
    let tx = begin(ctx).await?;
    let done = price_list::delete_prices(&tx, author, id, &keys).await;
    let (price_list, user_errors) = halves(finish(tx, done).await?);
    Ok(PriceListPricesDeletePayload { price_list: price_list.map(PriceList), user_errors })
}

/// Changes of the prices of price lists.
#[derive(Debug, Default)]
pub struct PriceMutation;

#[Object]
impl PriceMutation {
    /// Adds prices to a list, or replaces those it has. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn price_list_prices_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The prices.")] input: PriceListPricesAddInput,
    ) -> Option<PriceListPricesAddPayload> {
        errors::nullable(ctx, add(ctx, input).await)
    }

    /// Removes prices from a list. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn price_list_prices_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which prices.")] input: PriceListPricesDeleteInput,
    ) -> Option<PriceListPricesDeletePayload> {
        errors::nullable(ctx, delete(ctx, input).await)
    }
}
