//! Taxes: which rates concern an address and a class, how they are rounded, and prices that already contain them.
//!
//! `model` says what rules are, `place` finds the rates for a line or a delivery group and turns entered prices into those
//! that this buyer is asked, `compute` calculates and rounds.

mod compute;
mod model;
mod place;

pub(crate) use compute::{Taxable, taxes};
pub use model::{
    Component, Components, PartsPerMillion, PriceBasis, PricesAbroad, RoundingLevel, ShippingTax, TaxExemption,
    TaxRate, TaxRounding, TaxRules, TaxZone,
};
pub(crate) use place::{Place, Places};
