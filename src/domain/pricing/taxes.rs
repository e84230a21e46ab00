//! The shop's taxes and how the buyers of some carts are taxed.

use std::collections::HashMap;

use entity::ids::AccountId;
use pricing::{Cart, Customer, TaxRules};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::CartFacts;
use crate::domain::{
    shared::Error,
    tax::{self, CustomerTax},
};

/// What was read of taxes for some carts.
#[derive(Clone, Debug, Default)]
pub(super) struct Taxes {
    rules: Option<TaxRules>,
    customers: HashMap<AccountId, CustomerTax>,
}

impl Taxes {
    /// One statement for a shop that charges no taxes; four at most.
    pub async fn load(db: &impl ConnectionTrait, carts: &[CartFacts]) -> Result<Self, Error> {
        let rules = tax::rules(db).await?;
        if rules.is_none() {
            return Ok(Self::default());
        }
        let buyers: Vec<AccountId> = carts.iter().filter_map(|cart| cart.account_id).collect();
        Ok(Self { rules, customers: tax::customer(db, &buyers).await? })
    }

    /// The rules.
    pub fn rules(&self) -> Option<TaxRules> {
        self.rules.clone()
    }

    /// Tells the engine how the cart's buyer is taxed.
    pub fn tell(&self, cart: &mut Cart) {
        let Some(Customer { key, tax_exempt, tax_number_valid, .. }) = &mut cart.customer else { return };
        if let Some(tax) = self.customers.get(&AccountId(Uuid::from_u128(key.0))) {
            *tax_exempt = tax.tax_exempt;
            *tax_number_valid = tax.tax_number_valid();
        }
    }
}
