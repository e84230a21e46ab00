//! The type `GatewayDifference`.

use async_graphql::{ID, SimpleObject};

use crate::{
    domain::payment::Difference,
    graphql::{global_id, scalars::DateTime},
};

/// Where a gateway's book differs from ours, found by the comparison of both. It goes away by itself once they agree.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct GatewayDifference {
    /// The gateway's name.
    gateway: String,
    /// The gateway's own id of the payment: what its dashboard finds it by.
    reference: String,
    /// The payment in our books; null when they do not know it.
    payment_id: Option<ID>,
    /// What differs, in English.
    detail: String,
    /// When it was found.
    found_at: DateTime,
    /// When it was last seen.
    seen_at: DateTime,
}

impl From<Difference> for GatewayDifference {
    fn from(row: Difference) -> Self {
        Self {
            gateway: row.gateway,
            reference: row.provider_reference,
            payment_id: row.payment_id.map(global_id::encode),
            detail: row.detail,
            found_at: row.found_at.into(),
            seen_at: row.seen_at.into(),
        }
    }
}
