//! The facts of discounts, in the transaction that makes them. Uses are told by the facts of their orders.

use entity::discount::discount;
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use crate::{
    domain::shared::Author,
    platform::outbox::{self, Fact},
};

/// Writes a fact about a discount whose row is locked.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &discount::Model,
    kind: &'static str,
) -> Result<(), DbErr> {
    let data = json!({
        "discount_id": row.id, "title": row.title, "version": row.version, "starts_at": row.starts_at,
        "ends_at": row.ends_at, "account_id": author.account_id,
    });
    let fact = Fact { kind, subject_type: "discount", subject_id: row.id.0, data };
    outbox::record(tx, author.sources, fact).await
}
