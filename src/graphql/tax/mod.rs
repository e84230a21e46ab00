//! Taxes in the API, for staff: classes, zones with their rates, settings, and how customers are taxed.

mod classes;
mod customers;
mod enums;
mod inputs;
pub mod loaders;
mod queries;
mod settings;
mod types;
mod user_errors;
mod zones;

use async_graphql::MergedObject;

pub use queries::TaxQuery;
pub use types::{TaxClass, TaxZone};

/// Changes of taxes.
#[derive(Debug, Default, MergedObject)]
pub struct TaxMutation(
    classes::TaxClassMutation,
    zones::TaxZoneMutation,
    settings::TaxSettingsMutation,
    customers::CustomerTaxMutation,
);
