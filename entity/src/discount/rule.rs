//! What a discount does and for whom, as kept in JSON columns. Money in minor units, percentages in hundredths of a percent.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, CollectionId, ProductId, VariantId},
    money::Money,
};

/// What a discount does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Takes something off lines.
    Items {
        /// How much.
        off: Off,
        /// From which.
        items: Items,
    },
    /// Takes something off some units when others are bought.
    BuyXGetY(BuyXGetY),
    /// Takes something off the order.
    Order {
        /// How much. It is taken once: `Each` does not occur.
        off: Off,
    },
    /// Takes something off delivery.
    Shipping {
        /// How much of its cost, in hundredths of a percent.
        off: u32,
        /// Only delivery that costs no more than this, by currency.
        most: Option<Vec<Money>>,
        /// Only to these countries (ISO 3166-1 alpha-2); none named means everywhere.
        countries: Vec<String>,
    },
}

/// How much is taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// A part, in hundredths of a percent.
    Percentage(u32),
    /// An amount off each unit, by currency.
    Each(Vec<Money>),
    /// An amount once, by currency.
    Across(Vec<Money>),
}

/// Which lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Items {
    /// All.
    All,
    /// Those of which the product, the variant or a collection is named.
    Of(Named),
}

/// What lines may be named by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Named {
    /// Products.
    pub products: Vec<ProductId>,
    /// Variants.
    pub variants: Vec<VariantId>,
    /// Collections.
    pub collections: Vec<CollectionId>,
}

/// Buy some, get others for less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyXGetY {
    /// What has to be bought.
    pub buy: Items,
    /// How many of them.
    pub buy_quantity: i64,
    /// What becomes cheaper.
    pub get: Items,
    /// How many of them.
    pub get_quantity: i64,
    /// How much is taken off each, in hundredths of a percent.
    pub off: u32,
    /// How often in one order.
    pub uses_per_order: Option<i64>,
}

/// What has to be in the cart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub enum Minimum {
    /// Nothing in particular.
    #[default]
    None,
    /// Lines that cost this much, by currency.
    Subtotal(Vec<Money>),
    /// So many units.
    Quantity(i64),
}

/// Who may use a discount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// Everybody.
    #[default]
    Everyone,
    /// These customers.
    Customers(Vec<AccountId>),
}
