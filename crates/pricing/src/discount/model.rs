//! Discounts as staff describe them.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    Amount, BasisPoints, CollectionKey, Country, Currency, CustomerGroupKey, CustomerKey, DiscountKey, Line, Period,
    ProductKey, VariantKey,
};

/// A discount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// The discount.
    pub key: DiscountKey,
    /// How buyers see it.
    pub title: Arc<str>,
    /// How it comes into a cart.
    pub method: Method,
    /// What it does.
    pub effect: Effect,
    /// The classes of discounts that it may stand beside. Both sides have to allow it.
    pub combines_with: CombinesWith,
    /// What has to be in the cart.
    pub minimum: Minimum,
    /// Who may use it.
    pub eligibility: Eligibility,
    /// When it counts.
    pub period: Period,
    /// How often it may be used, and was.
    pub usage: Usage,
}

/// How a discount comes into a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By itself.
    Automatic,
    /// By one of its codes, whatever their case.
    Codes(Vec<Arc<str>>),
}

/// What a discount does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Takes something off the order. `Each` counts as `Across` here.
    Order(Off),
    /// Takes something off delivery.
    Shipping {
        /// How much of its cost; [`BasisPoints::ALL`] is free shipping.
        off: BasisPoints,
        /// Only options that cost no more than this.
        most: Option<Amounts>,
        /// Only to these countries; none named means everywhere.
        countries: BTreeSet<Country>,
    },
}

impl Effect {
    /// Its class, which says what it may stand beside.
    #[must_use]
    pub fn class(&self) -> DiscountClass {
        match self {
            Self::Items { .. } | Self::BuyXGetY(_) => DiscountClass::Product,
            Self::Order(_) => DiscountClass::Order,
            Self::Shipping { .. } => DiscountClass::Shipping,
        }
    }
}

/// How much is taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// A part, rounded for each line, a half up.
    Percentage(BasisPoints),
    /// An amount off each unit.
    Each(Amounts),
    /// An amount once, shared out over the lines by what they cost.
    Across(Amounts),
}

/// Amounts by currency. In a currency that is not named there is none: nothing is converted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amounts(pub Vec<(Currency, Amount)>);

impl Amounts {
    /// The amount in a currency.
    #[must_use]
    pub fn in_currency(&self, currency: Currency) -> Option<Amount> {
        self.0.iter().find(|(one, _)| *one == currency).map(|(_, amount)| *amount)
    }
}

/// Which lines. A line that sells a gift card is never among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Items {
    /// All.
    All,
    /// Those of which the product, the variant or a collection is named.
    Of {
        /// Products.
        products: BTreeSet<ProductKey>,
        /// Variants.
        variants: BTreeSet<VariantKey>,
        /// Collections.
        collections: BTreeSet<CollectionKey>,
    },
}

impl Items {
    /// Whether a line is among them.
    #[must_use]
    pub fn contain(&self, line: &Line) -> bool {
        match self {
            _ if line.gift_card => false,
            Self::All => true,
            Self::Of { products, variants, collections } => {
                products.contains(&line.product)
                    || variants.contains(&line.variant)
                    || line.collections.iter().any(|collection| collections.contains(collection))
            }
        }
    }
}

/// Buy some, get others for less: "buy two, get the third free".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyXGetY {
    /// What has to be bought.
    pub buy: Items,
    /// How many of them, at least 1.
    pub buy_quantity: i64,
    /// What becomes cheaper. It has to be in the cart; a unit that was counted as bought is not counted again.
    pub get: Items,
    /// How many of them, at least 1.
    pub get_quantity: i64,
    /// How much is taken off each; [`BasisPoints::ALL`] is free.
    pub off: BasisPoints,
    /// How often in one order.
    pub uses_per_order: Option<i64>,
}

/// The classes of discounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountClass {
    /// Takes from lines. A line has one of these at most, the best.
    Product,
    /// Takes from the order after those.
    Order,
    /// Takes from delivery. A delivery group has one of these at most, the best.
    Shipping,
}

/// The classes that a discount may stand beside; all `false` is a discount that stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CombinesWith {
    /// With product discounts.
    pub product: bool,
    /// With order discounts.
    pub order: bool,
    /// With shipping discounts.
    pub shipping: bool,
}

impl CombinesWith {
    /// With all.
    pub const ALL: Self = Self { product: true, order: true, shipping: true };

    /// Whether with a class.
    #[must_use]
    pub fn with(self, class: DiscountClass) -> bool {
        match class {
            DiscountClass::Product => self.product,
            DiscountClass::Order => self.order,
            DiscountClass::Shipping => self.shipping,
        }
    }
}

/// What has to be in the cart. It is measured on the lines that the discount is for (all but gift cards for order and
/// shipping discounts), before any discount, so that no discount decides whether another counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Minimum {
    /// Nothing in particular.
    #[default]
    None,
    /// Lines that cost this much.
    Subtotal(Amounts),
    /// So many units.
    Quantity(i64),
}

/// Who may use a discount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// Everybody.
    #[default]
    Everyone,
    /// These customers.
    Customers(BTreeSet<CustomerKey>),
    /// Customers of these groups.
    Groups(BTreeSet<CustomerGroupKey>),
}

/// How often a discount may be used, and how often it was: facts that the caller counted. The engine refuses at the limit;
/// holding the limit against parallel orders is the caller's, who takes the use in the order's transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Usage {
    /// In all.
    pub limit: Option<i64>,
    /// By orders so far.
    pub used: i64,
    /// By one customer; `Some(1)` is once per customer.
    pub limit_per_customer: Option<i64>,
    /// By this customer's orders so far; a guest's may be counted by e-mail address.
    pub used_by_customer: i64,
}
