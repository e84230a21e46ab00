//! Tax zones, rates and roundings as staff describe them.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Area, Rounding, TaxClassKey, TaxKey, TaxZoneKey, amount::percent};

/// How a shop charges taxes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxRules {
    /// Where what is charged. Of several zones that contain an address the narrowest counts, of equals the one with the
    /// smallest key. Outside of all zones nothing is charged.
    pub zones: Vec<TaxZone>,
    /// Whether the prices that staff enter contain the taxes of the home zone.
    pub entered: PriceBasis,
    /// The zone whose taxes are in entered prices.
    pub home: Option<TaxZoneKey>,
    /// What entered prices that contain taxes mean where the taxes are others.
    pub abroad: PricesAbroad,
}

/// Whether prices contain taxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceBasis {
    /// Taxes are added to them, as in the United States and Canada.
    #[default]
    Exclusive,
    /// Taxes are in them, as in Europe and Japan.
    Inclusive,
}

/// What entered prices that contain taxes mean in another zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PricesAbroad {
    /// The gross price is the same everywhere; what the seller keeps differs.
    #[default]
    FixedGross,
    /// What the seller keeps is the same everywhere: the home taxes are taken out of each unit's price and those of the
    /// destination put in, each rounded a half up.
    FixedNet,
}

/// A tax zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxZone {
    /// The zone.
    pub key: TaxZoneKey,
    /// What belongs to it.
    pub areas: Vec<Area>,
    /// Whether prices shown to buyers here contain its taxes.
    pub shown: PriceBasis,
    /// Its rates, one for each class; the one without a class is for all others.
    pub rates: Vec<TaxRate>,
    /// How its taxes are rounded.
    pub rounding: TaxRounding,
    /// How delivery is taxed.
    pub shipping: ShippingTax,
    /// A buyer with a valid tax number owes the tax itself, unless the zone is the home zone (Articles 138 and 196 of
    /// Directive 2006/112/EC).
    pub reverse_charge: bool,
}

/// What one class of goods is taxed with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRate {
    /// The class; none is the standard one.
    pub class: Option<TaxClassKey>,
    /// Its taxes; none is a rate of zero. At most [`TaxRate::MOST_COMPONENTS`].
    pub components: Vec<Component>,
}

impl TaxRate {
    /// The most taxes on one thing: country, state, county, city and a few districts.
    pub const MOST_COMPONENTS: usize = 8;
}

/// One tax: GST, PST, a county's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// The tax. The same key means the same tax, at the same rate, in every class of the zone.
    pub key: TaxKey,
    /// How buyers see it.
    pub title: Arc<str>,
    /// Its rate.
    pub rate: PartsPerMillion,
    /// Charged on the price and the taxes before it.
    pub compound: bool,
}

/// A tax rate in millionths: 190,000 is 19 %, 99,750 is 9.975 %. At most 1,000 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartsPerMillion(pub u32);

impl PartsPerMillion {
    /// The whole.
    pub const ONE: i128 = 1_000_000;
    /// The highest rate.
    pub const MOST: Self = Self(10_000_000);
}

impl fmt::Display for PartsPerMillion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&percent(u64::from(self.0), 4))
    }
}

/// How taxes are rounded to the minor unit. `docs/pricing.md` says which countries ask for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxRounding {
    /// What becomes of a fraction.
    pub mode: Rounding,
    /// Of what a tax is rounded.
    pub level: RoundingLevel,
    /// Whether taxes of one thing are rounded each or together. Taxes inside prices are always rounded together, so that
    /// they and the net price make the gross price.
    pub components: Components,
}

/// Of what a tax is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingLevel {
    /// Each line and each delivery group; the order's tax is their sum.
    #[default]
    Line,
    /// Once for each rate of the order; lines get their parts by the largest remainder.
    Order,
}

/// Whether the taxes of one thing are rounded each or together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Components {
    /// Each, as GST and PST, which go to two offices.
    #[default]
    Separately,
    /// Together and then shared out by the largest remainder, as a state's and its cities' sales tax.
    Together,
}

/// How delivery is taxed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShippingTax {
    /// Not at all.
    #[default]
    NotTaxed,
    /// As goods of a class; none is the standard one.
    AsClass(Option<TaxClassKey>),
    /// As the goods delivered: its cost is shared out over their rates by what they cost.
    AsGoods,
}

/// Why no tax is charged where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxExemption {
    /// The customer is exempt.
    Customer,
    /// The buyer owes the tax itself.
    ReverseCharge,
    /// The line sells a gift card.
    GiftCard,
}
