//! The choices that a tax zone and the settings leave.

use async_graphql::Enum;

use crate::domain::tax;

/// Whether prices contain taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tax::PriceBasis", visible = "crate::graphql::guards::reads_settings")]
pub enum TaxPriceBasis {
    /// Taxes are added to them, as in the United States and Canada.
    Exclusive,
    /// Taxes are in them, as in Europe and Japan.
    Inclusive,
}

/// What becomes of a fraction of the currency's smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tax::RoundingMode", visible = "crate::graphql::guards::reads_settings")]
pub enum TaxRoundingMode {
    /// To the nearest, a half up: what most tax offices ask for.
    HalfUp,
    /// To the nearest, a half to the even one.
    HalfEven,
    /// It is dropped. Japan leaves the choice to the seller, and most choose this.
    Down,
    /// It counts as a whole one.
    Up,
}

/// Of what a tax is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tax::RoundingLevel", visible = "crate::graphql::guards::reads_settings")]
pub enum TaxRoundingLevel {
    /// Of each line and each delivery; the order's tax is their sum.
    Line,
    /// Once for each rate of the order; lines get their parts, so that they add up to it.
    Order,
}

/// Whether the taxes of one thing are rounded each or together. Taxes that are in prices are always rounded together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tax::RoundingParts", visible = "crate::graphql::guards::reads_settings")]
pub enum TaxRoundingParts {
    /// Each, as GST and PST, which go to two offices.
    Separately,
    /// Together and then shared out, as a state's and its cities' sales tax.
    Together,
}

/// How delivery is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tax::ShippingTax", visible = "crate::graphql::guards::reads_settings")]
pub enum TaxShippingKind {
    /// Not at all.
    NotTaxed,
    /// As goods of a class, or as the standard one.
    AsClass,
    /// As the goods delivered: its cost is shared out over their rates by what they cost.
    AsGoods,
}

/// What entered prices that contain taxes mean where the taxes are others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tax::PricesAbroad", visible = "crate::graphql::guards::reads_settings")]
pub enum TaxPricesAbroad {
    /// The price with taxes is the same everywhere; what the seller keeps differs.
    FixedGross,
    /// What the seller keeps is the same everywhere: the home zone's taxes are taken out of each unit's price and those of
    /// the destination put in, each rounded a half up.
    FixedNet,
}
