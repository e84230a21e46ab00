//! Staff remove a product with its variants, pictures and stock. Orders keep their snapshot of it.

use entity::{
    catalog::product,
    ids::{ProductId, VariantId},
};
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde_json::json;

use super::{
    errors::{Reason, Refusal},
    lookup,
    update_product::{Target, lock},
};
use crate::{
    domain::{
        inventory,
        shared::{Author, Failure},
    },
    platform::outbox::{self, Fact},
};

/// Removes a product.
///
/// # Errors
/// Units of a variant are held for orders; `NotFound`, `VersionConflict`.
pub async fn delete_product(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
) -> Result<ProductId, Failure<Refusal>> {
    // Stock before product, the order in which a sale takes them.
    let known = lookup::variant_ids(tx, target.id).await?;
    let mut held = inventory::held(tx, &known).await?;
    let whole = lock(tx, target).await?;
    let added = whole.variants.iter().map(|whole| whole.variant.id).filter(|id| !known.contains(id));
    let added: Vec<VariantId> = added.collect();
    held.extend(inventory::held(tx, &added).await?);
    if !held.is_empty() {
        return Err(Failure::refuse(Refusal::new("id", Reason::StockHeld)));
    }
    product::Entity::delete_by_id(target.id).exec(tx).await?;
    let fact = Fact {
        kind: "product.deleted",
        subject_type: "product",
        subject_id: target.id.0,
        data: json!({
            "product_id": target.id, "handle": whole.product.handle, "version": whole.product.version + 1,
            "account_id": author.account_id,
        }),
    };
    outbox::record(tx, author.sources, fact).await?;
    Ok(target.id)
}
