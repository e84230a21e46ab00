//! What a discount is to do, as staff say it.

use async_graphql::{ID, InputObject};
use entity::money::Money;

use crate::{
    domain::{
        discount::{BuyXGetY, Effect, Items, Named, Off},
        shared::Error,
    },
    graphql::{
        codes::CountryCode,
        global_id::{NodeId, decode},
        scalars::{Decimal, MoneyInput},
    },
};

/// Which lines of a cart: either `all`, or some products, variants and collections.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountItemsInput {
    /// All lines.
    all: Option<bool>,
    /// Lines of these products, at most 250.
    product_ids: Option<Vec<ID>>,
    /// Lines of these variants, at most 250.
    variant_ids: Option<Vec<ID>>,
    /// Lines whose product is in one of these collections, at most 250.
    collection_ids: Option<Vec<ID>>,
}

/// Takes something off lines: either a percentage or an amount.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountItemsEffectInput {
    /// So many percent, above 0 and at most 100, with at most two places, such as `12.5`.
    percentage: Option<Decimal>,
    /// An amount by currency, one for each currency in which the discount is to apply.
    amount: Option<Vec<MoneyInput>>,
    /// Takes the amount off each unit; false, or left out: once, shared out over the lines.
    applies_on_each_item: Option<bool>,
    /// From which lines.
    items: DiscountItemsInput,
}

/// What has to be bought.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCustomerBuysInput {
    /// How many units, at least 1.
    quantity: i32,
    /// Of which lines.
    items: DiscountItemsInput,
}

/// What becomes cheaper.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCustomerGetsInput {
    /// How many units, at least 1. They have to be in the cart, beside those that are bought.
    quantity: i32,
    /// Of which lines.
    items: DiscountItemsInput,
    /// How many percent are taken off each; `100` is free.
    percentage: Decimal,
}

/// Takes something off some units when others are bought.
#[derive(InputObject)]
#[graphql(name = "DiscountBuyXGetYEffectInput", visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountBuyXGetYEffectInput {
    /// What has to be bought.
    customer_buys: DiscountCustomerBuysInput,
    /// What becomes cheaper.
    customer_gets: DiscountCustomerGetsInput,
    /// How often in one order; left out: as often as it fits.
    uses_per_order_limit: Option<i32>,
}

/// Takes something off the whole order: either a percentage or an amount.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountOrderEffectInput {
    /// So many percent, above 0 and at most 100, with at most two places, such as `12.5`.
    percentage: Option<Decimal>,
    /// An amount by currency, one for each currency in which the discount is to apply.
    amount: Option<Vec<MoneyInput>>,
}

/// Takes something off delivery.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountShippingEffectInput {
    /// So many percent of its cost; `100`, which is free shipping, when left out.
    percentage: Option<Decimal>,
    /// Only delivery that costs no more than this, by currency; in another currency the discount does not apply. Left out:
    /// whatever it costs.
    maximum_shipping_price: Option<Vec<MoneyInput>>,
    /// Only to these countries; left out: everywhere.
    countries: Option<Vec<CountryCode>>,
}

/// What a discount does: exactly one of these.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountEffectInput {
    /// Takes something off lines (a product discount).
    items: Option<DiscountItemsEffectInput>,
    /// Takes something off some units when others are bought (a product discount).
    buy_x_get_y: Option<DiscountBuyXGetYEffectInput>,
    /// Takes something off the whole order (an order discount).
    order: Option<DiscountOrderEffectInput>,
    /// Takes something off delivery (a shipping discount).
    shipping: Option<DiscountShippingEffectInput>,
}

impl DiscountEffectInput {
    /// The effect.
    ///
    /// # Errors
    /// `BadInput` naming the argument: not exactly one, no number, no id.
    pub fn read(self, at: &str) -> Result<Effect, Error> {
        match (self.items, self.buy_x_get_y, self.order, self.shipping) {
            (Some(input), None, None, None) => {
                let at = format!("{at}.items");
                let each = input.applies_on_each_item.unwrap_or(false);
                let off = off(&at, input.percentage.as_ref(), input.amount, each)?;
                Ok(Effect::Items { off, items: input.items.read(&format!("{at}.items"))? })
            }
            (None, Some(input), None, None) => {
                let at = format!("{at}.buyXGetY");
                let (buys, gets) = (input.customer_buys, input.customer_gets);
                Ok(Effect::BuyXGetY(BuyXGetY {
                    buy: buys.items.read(&format!("{at}.customerBuys.items"))?,
                    buy_quantity: buys.quantity.into(),
                    get: gets.items.read(&format!("{at}.customerGets.items"))?,
                    get_quantity: gets.quantity.into(),
                    off: part(&format!("{at}.customerGets.percentage"), &gets.percentage)?,
                    uses_per_order: input.uses_per_order_limit.map(Into::into),
                }))
            }
            (None, None, Some(input), None) => {
                let off = off(&format!("{at}.order"), input.percentage.as_ref(), input.amount, false)?;
                Ok(Effect::Order { off })
            }
            (None, None, None, Some(input)) => {
                let at = format!("{at}.shipping");
                let percentage = input.percentage.unwrap_or_else(|| Decimal("100".to_owned()));
                let countries = input.countries.unwrap_or_default();
                let most = input.maximum_shipping_price;
                Ok(Effect::Shipping {
                    off: part(&format!("{at}.percentage"), &percentage)?,
                    most: most.map(|most| amounts(&format!("{at}.maximumShippingPrice"), &most)).transpose()?,
                    countries: countries.into_iter().map(|country| country.code().to_owned()).collect(),
                })
            }
            _ => Err(Error::bad_input(at, "give exactly one of items, buyXGetY, order and shipping")),
        }
    }
}

impl DiscountItemsInput {
    fn read(self, at: &str) -> Result<Items, Error> {
        let named = Named {
            products: ids(&format!("{at}.productIds"), self.product_ids)?,
            variants: ids(&format!("{at}.variantIds"), self.variant_ids)?,
            collections: ids(&format!("{at}.collectionIds"), self.collection_ids)?,
        };
        match self.all {
            Some(true) if named == Named::default() => Ok(Items::All),
            Some(true) => Err(Error::bad_input(at, "give either all or some ids, not both")),
            Some(false) | None => Ok(Items::Of(named)),
        }
    }
}

/// Reads a list of ids.
///
/// # Errors
/// `BadInput` naming the entry.
pub fn ids<T: NodeId>(at: &str, ids: Option<Vec<ID>>) -> Result<Vec<T>, Error> {
    let ids = ids.unwrap_or_default();
    ids.iter().enumerate().map(|(index, id)| decode(&format!("{at}.{index}"), id)).collect()
}

fn off(at: &str, percentage: Option<&Decimal>, amount: Option<Vec<MoneyInput>>, each: bool) -> Result<Off, Error> {
    match (percentage, amount) {
        (Some(_), None) if each => Err(Error::bad_input(at, "appliesOnEachItem is for amounts")),
        (Some(percentage), None) => Ok(Off::Percentage(part(&format!("{at}.percentage"), percentage)?)),
        (None, Some(amount)) => {
            let amounts = amounts(&format!("{at}.amount"), &amount)?;
            Ok(if each { Off::Each(amounts) } else { Off::Across(amounts) })
        }
        (Some(_), Some(_)) | (None, None) => Err(Error::bad_input(at, "give either a percentage or an amount")),
    }
}

/// Reads amounts.
///
/// # Errors
/// `BadInput` naming the entry.
pub fn amounts(at: &str, amounts: &[MoneyInput]) -> Result<Vec<Money>, Error> {
    amounts.iter().enumerate().map(|(index, money)| money.check(&format!("{at}.{index}"))).collect()
}

/// Reads a percentage as hundredths of a percent. Whether it is in range is the domain's to say.
fn part(at: &str, percentage: &Decimal) -> Result<u32, Error> {
    let wrong = || Error::bad_input(at, "must be a number of percent with at most two places, such as 12.5");
    let text = percentage.0.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 2 {
        return Err(wrong());
    }
    format!("{whole}{fraction:0<2}").parse().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_to_the_hundredth() {
        let read = |text: &str| part("at", &Decimal(text.to_owned())).ok();
        for (text, parts) in [("10", 1_000), ("12.5", 1_250), ("0.01", 1), ("33.330", 3_333), ("100.00", 10_000)] {
            assert_eq!(read(text), Some(parts), "{text}");
        }
        for text in ["", ".5", "-1", "1e2", "12.345", "ten", "99999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
