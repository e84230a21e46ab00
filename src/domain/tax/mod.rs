//! Taxes: classes of goods, zones with their rates, the shop's settings, and what the tax office says of customers.
//!
//! Staff keep the rules here; the crate `pricing` counts by them. [`rules`] turns the tables into what it reads, and a shop
//! without zones has no rules. What the engine would refuse is refused when it is written.

mod checks;
mod customer_tax;
mod errors;
mod events;
mod model;
mod patch;
mod percent;
mod rules;
mod save_class;
mod save_zone;
mod store;
mod update_settings;

pub use customer_tax::{CustomerTax, CustomerTaxPatch, customer, update_customer};
pub use entity::tax::{
    tax_class::Model as TaxClass,
    tax_rate::{Model as TaxRate, Tax},
    tax_settings::{Model as TaxSettings, PricesAbroad},
    tax_zone::{Model as TaxZone, PriceBasis, RoundingLevel, RoundingMode, RoundingParts, ShippingTax},
};
pub use errors::{Code, Refusal};
pub use model::{UNTAXED, class_of};
pub use patch::{RateDraft, ShippingDraft, TaxDraft, ZonePatch};
pub use percent::{format_percent, parse_percent};
pub use rules::rules;
pub use save_class::{create_class, delete_class, update_class};
pub use save_zone::{create_zone, delete_zone, update_zone};
pub use store::{class, classes, classes_by_ids, existing_classes, rates_of, settings, zone, zones};
pub use update_settings::{SettingsPatch, update_settings};
