//! The discounts of an order.

use async_graphql::SimpleObject;
use entity::money::{Currency, Money};

use crate::graphql::{cart::DiscountApplicationTargetType, scalars::MoneyV2};

/// A discount of an order, as it was when the order was placed or last edited.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrderDiscountApplication {
    /// The discount's name.
    title: String,
    /// The code that brought it, as the shopper entered it; null for a discount that applied by itself.
    code: Option<String>,
    /// What it takes something off.
    target_type: DiscountApplicationTargetType,
    /// What it takes off in all.
    amount: MoneyV2,
}

/// The discounts of a quote that take something off.
pub(super) fn applications(quote: &pricing::Quote, currency: Currency) -> Vec<OrderDiscountApplication> {
    let counting = quote.discounts.iter().filter(|applied| applied.amount.is_positive());
    let shown = counting.map(|applied| OrderDiscountApplication {
        title: applied.title.to_string(),
        code: applied.code.as_ref().map(ToString::to_string),
        target_type: applied.class.into(),
        amount: Money::new(applied.amount.0, currency).into(),
    });
    shown.collect()
}
