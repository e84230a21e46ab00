//! The facts of price lists, in the transaction that makes them.

use entity::ids::{PriceListId, ProductId};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use crate::{
    domain::shared::Author,
    platform::outbox::{self, Fact},
};

/// What happened to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    Created,
    Updated,
    Deleted,
    PricesChanged,
}

impl Happened {
    fn kind(self) -> &'static str {
        match self {
            Self::Created => "price_list.created",
            Self::Updated => "price_list.updated",
            Self::Deleted => "price_list.deleted",
            Self::PricesChanged => "price_list.prices_changed",
        }
    }
}

/// Writes a fact about a list, whose row is locked. `products` are those whose prices changed, at most as many as one call
/// may name.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    list: PriceListId,
    happened: Happened,
    products: &[ProductId],
) -> Result<(), DbErr> {
    let mut data = json!({ "price_list_id": list, "account_id": author.account_id });
    if happened == Happened::PricesChanged {
        data["product_ids"] = json!(products);
    }
    let fact = Fact { kind: happened.kind(), subject_type: "price_list", subject_id: list.0, data };
    outbox::record(tx, author.sources, fact).await
}
