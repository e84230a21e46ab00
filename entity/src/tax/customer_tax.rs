//! What the tax office says of customers.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// One customer's standing; a customer without a row is taxed as everybody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_tax")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// Pays no tax anywhere.
    pub tax_exempt: bool,
    /// The number at the tax office, in capitals.
    pub tax_number: Option<String>,
    /// When staff confirmed the number; none while it is only told.
    pub tax_number_confirmed_at: Option<DateTimeUtc>,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
