//! What a discount does, as the API shows it.

use async_graphql::{Context, Object, SimpleObject, Union};
use entity::money::Money;
use futures::future::try_join_all;

use crate::{
    domain::{
        discount::{Effect, Items, Named, Off},
        shared::Error,
    },
    graphql::{
        catalog::{Collection, Product, ProductVariant},
        codes::CountryCode,
        context::ContextExt,
        errors,
        scalars::{Decimal, MoneyV2},
    },
};

/// Which lines of a cart.
#[derive(Clone, Debug)]
pub struct DiscountItems(Items);

impl DiscountItems {
    fn named(&self) -> Named {
        match &self.0 {
            Items::All => Named::default(),
            Items::Of(named) => named.clone(),
        }
    }
}

async fn products(ctx: &Context<'_>, named: Named) -> Result<Vec<Product>, Error> {
    ctx.request().budget.charge(named.products.len())?;
    let found = try_join_all(named.products.into_iter().map(|id| Product::load(ctx, id))).await?;
    Ok(found.into_iter().flatten().collect())
}

async fn variants(ctx: &Context<'_>, named: Named) -> Result<Vec<ProductVariant>, Error> {
    ctx.request().budget.charge(named.variants.len())?;
    let found = try_join_all(named.variants.into_iter().map(|id| ProductVariant::load_visible(ctx, id))).await?;
    Ok(found.into_iter().flatten().collect())
}

async fn collections(ctx: &Context<'_>, named: Named) -> Result<Vec<Collection>, Error> {
    ctx.request().budget.charge(named.collections.len())?;
    let found = try_join_all(named.collections.into_iter().map(|id| Collection::load(ctx, id))).await?;
    Ok(found.into_iter().flatten().collect())
}

/// Which lines of a cart: all, or those of which the product, the variant or a collection is named. Lines that sell gift
/// cards are never among them.
#[Object(visible = "crate::graphql::guards::reads_discounts")]
impl DiscountItems {
    /// Whether all lines are meant.
    async fn all(&self) -> bool {
        matches!(self.0, Items::All)
    }

    /// The products named; those that were removed since are left out.
    async fn products(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Product>> {
        errors::required(ctx, products(ctx, self.named()).await)
    }

    /// The variants named; those that were removed since are left out.
    async fn variants(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ProductVariant>> {
        errors::required(ctx, variants(ctx, self.named()).await)
    }

    /// The collections named; those that were removed since are left out.
    async fn collections(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Collection>> {
        errors::required(ctx, collections(ctx, self.named()).await)
    }
}

/// Takes something off lines.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountItemsEffect {
    /// How many percent, such as `12.5`; null for an amount.
    percentage: Option<Decimal>,
    /// The amount by currency, null for a percentage. In a currency that is not listed the discount does not apply.
    amount: Option<Vec<MoneyV2>>,
    /// Whether the amount is taken off each unit; otherwise it is taken once, shared out over the lines.
    applies_on_each_item: bool,
    /// From which lines.
    items: DiscountItems,
}

/// What has to be bought.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountCustomerBuys {
    /// How many units.
    quantity: i64,
    /// Of which lines.
    items: DiscountItems,
}

/// What becomes cheaper.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountCustomerGets {
    /// How many units.
    quantity: i64,
    /// Of which lines.
    items: DiscountItems,
    /// How many percent are taken off each unit; `100` is free.
    percentage: Decimal,
}

/// Takes something off some units when others are bought: the cheapest that may be got. A unit counts as bought or as got.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "DiscountBuyXGetYEffect", visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountBuyXGetYEffect {
    /// What has to be bought.
    customer_buys: DiscountCustomerBuys,
    /// What becomes cheaper.
    customer_gets: DiscountCustomerGets,
    /// How often in one order; null: as often as it fits.
    uses_per_order_limit: Option<i64>,
}

/// Takes something off the whole order, after what is taken off its lines.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountOrderEffect {
    /// How many percent, such as `12.5`; null for an amount.
    percentage: Option<Decimal>,
    /// The amount by currency, null for a percentage. In a currency that is not listed the discount does not apply.
    amount: Option<Vec<MoneyV2>>,
}

/// Takes something off delivery.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountShippingEffect {
    /// How many percent of its cost; `100` is free shipping.
    percentage: Decimal,
    /// Only delivery that costs no more than this, by currency; null: whatever it costs.
    maximum_shipping_price: Option<Vec<MoneyV2>>,
    /// Only to these countries; null: everywhere.
    countries: Option<Vec<CountryCode>>,
}

/// What a discount does.
#[derive(Clone, Debug, Union)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub enum DiscountEffect {
    /// Takes something off lines.
    Items(DiscountItemsEffect),
    /// Takes something off some units when others are bought.
    BuyXGetY(DiscountBuyXGetYEffect),
    /// Takes something off the order.
    Order(DiscountOrderEffect),
    /// Takes something off delivery.
    Shipping(DiscountShippingEffect),
}

/// Hundredths of a percent as percent: `12.5`.
fn percent(part: u32) -> Decimal {
    let fraction = format!("{:02}", part % 100);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Decimal(format!("{}{point}{fraction}", part / 100))
}

/// Amounts as the API shows them.
pub(super) fn shown(amounts: &[Money]) -> Vec<MoneyV2> {
    amounts.iter().copied().map(Into::into).collect()
}

fn halves(off: &Off) -> (Option<Decimal>, Option<Vec<MoneyV2>>) {
    match off {
        Off::Percentage(part) => (Some(percent(*part)), None),
        Off::Each(amounts) | Off::Across(amounts) => (None, Some(shown(amounts))),
    }
}

impl From<&Effect> for DiscountEffect {
    fn from(effect: &Effect) -> Self {
        match effect {
            Effect::Items { off, items } => {
                let (percentage, amount) = halves(off);
                let applies_on_each_item = matches!(off, Off::Each(_));
                let items = DiscountItems(items.clone());
                Self::Items(DiscountItemsEffect { percentage, amount, applies_on_each_item, items })
            }
            Effect::BuyXGetY(rule) => {
                let buys = DiscountItems(rule.buy.clone());
                let gets = DiscountItems(rule.get.clone());
                Self::BuyXGetY(DiscountBuyXGetYEffect {
                    customer_buys: DiscountCustomerBuys { quantity: rule.buy_quantity, items: buys },
                    customer_gets: DiscountCustomerGets {
                        quantity: rule.get_quantity,
                        items: gets,
                        percentage: percent(rule.off),
                    },
                    uses_per_order_limit: rule.uses_per_order,
                })
            }
            Effect::Order { off } => {
                let (percentage, amount) = halves(off);
                Self::Order(DiscountOrderEffect { percentage, amount })
            }
            Effect::Shipping { off, most, countries } => {
                let codes = countries.iter().filter_map(|code| CountryCode::from_code(code)).collect();
                Self::Shipping(DiscountShippingEffect {
                    percentage: percent(*off),
                    maximum_shipping_price: most.as_deref().map(shown),
                    countries: (!countries.is_empty()).then_some(codes),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_written_without_zeros_that_say_nothing() {
        let texts: Vec<String> = [1, 50, 1_000, 1_250, 3_333, 10_000].into_iter().map(|part| percent(part).0).collect();
        assert_eq!(texts, ["0.01", "0.5", "10", "12.5", "33.33", "100"]);
    }
}
