//! Where a gateway's book differs from ours, until it does not any more.

use sea_orm::entity::prelude::*;

use crate::ids::{DifferenceId, PaymentId};

/// A payment of which the gateway says something else than our books, or that our books do not know.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gateway_difference")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DifferenceId,
    /// Which gateway.
    pub gateway: String,
    /// The gateway's own id of the payment.
    pub provider_reference: String,
    /// Our payment, if there is one.
    pub payment_id: Option<PaymentId>,
    /// What differs, for staff.
    pub detail: String,
    /// When it was found.
    pub found_at: DateTimeUtc,
    /// When it was last seen.
    pub seen_at: DateTimeUtc,
    /// When it was gone.
    pub resolved_at: Option<DateTimeUtc>,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
