//! Staff change a product's words, tags, status, publication, handle and options.

use entity::ids::ProductId;
use sea_orm::DatabaseTransaction;

use super::{
    checks::{Checks, IMAGES_MOST, VARIANTS_MOST},
    errors::{Reason, Refusal, refuse_any},
    handle,
    patch::{OptionDraft, ProductPatch, check_options},
    unique_handle::{self, Table},
    whole_product::WholeProduct,
    whole_store::{self, Change},
};
use crate::domain::{
    shared::{Author, Failure},
    shop,
};

/// Which product is changed, and which of its versions the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The product.
    pub id: ProductId,
    /// Its version as read; `None` overwrites what others changed meanwhile.
    pub expected_version: Option<i32>,
}

/// Changes of a product.
#[derive(Clone, Debug, Default)]
pub struct ProductChanges {
    /// Words, tags, status, publication, handle.
    pub patch: ProductPatch,
    /// All options in order; `None` leaves them.
    pub options: Option<Vec<OptionDraft>>,
}

/// Changes a product.
///
/// # Errors
/// Everything that is wrong with the changes, together; `NotFound`, `VersionConflict`.
pub async fn update_product(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    changes: ProductChanges,
) -> Result<ProductId, Failure<Refusal>> {
    let mut checks = Checks::default();
    changes.patch.check(&mut checks);
    check_options(&mut checks, changes.options.as_deref().unwrap_or(&[]));
    refuse_any(checks.refusals)?;

    let before = lock(tx, target).await?;
    let mut after = before.clone();
    after.apply(&changes.patch, author.sources.now());
    if let Some(options) = &changes.options {
        after.set_options(options, author.sources).map_err(Failure::refuse)?;
    }
    if let Some(wanted) = changes.patch.handle.as_deref().map(handle::of_title)
        && wanted != before.product.handle
    {
        if unique_handle::is_taken(tx, Table::Product, &wanted).await? {
            return Err(Failure::refuse(Refusal::new("handle", Reason::HandleTaken)));
        }
        after.product.handle = wanted;
    }
    save(tx, author, before, after).await
}

/// Locks the product and reads all of it.
pub(super) async fn lock(tx: &DatabaseTransaction, target: Target) -> Result<WholeProduct, Failure<Refusal>> {
    let currency = shop::get(tx).await?.currency;
    Ok(whole_store::lock_one(tx, target.id, target.expected_version, currency).await?)
}

/// Saves a changed product.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    before: WholeProduct,
    after: WholeProduct,
) -> Result<ProductId, Failure<Refusal>> {
    let id = after.product.id;
    let mut checks = Checks::default();
    checks.count("variants", after.variants.len(), VARIANTS_MOST);
    checks.count("images", after.images.len(), IMAGES_MOST);
    refuse_any(checks.refusals)?;
    match whole_store::save(tx, author, vec![Change { before: Some(before), after }]).await {
        Ok(_) => Ok(id),
        Err(error) if unique_handle::was_taken_meanwhile(&error) => {
            Err(Failure::refuse(Refusal::new("handle", Reason::HandleTaken)))
        }
        Err(error) => Err(error.into()),
    }
}
