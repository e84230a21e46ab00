//! Whether the tax classes that variants shall be of exist.

use entity::ids::TaxClassId;
use sea_orm::DatabaseTransaction;

use super::{
    errors::{Reason, Refusal},
    patch::VariantPatch,
};
use crate::domain::{shared::Error, tax};

/// A refusal for each variant whose tax class there is not; the classes that there are stay until the transaction ends.
pub(super) async fn unknown_tax_classes(
    tx: &DatabaseTransaction,
    patches: impl Iterator<Item = &VariantPatch>,
) -> Result<Vec<Refusal>, Error> {
    let named = patches.enumerate().filter_map(|(index, patch)| Some((index, patch.tax_class_id.flatten()?)));
    let named: Vec<(usize, TaxClassId)> = named.collect();
    let ids: Vec<TaxClassId> = named.iter().map(|(_, id)| *id).collect();
    let existing = tax::existing_classes(tx, &ids).await?;
    let missing = named.into_iter().filter(|(_, id)| !existing.contains(id));
    let refusal = |index| Refusal::new(format!("variants.{index}.taxClassId"), Reason::Unknown("tax class"));
    Ok(missing.map(|(index, _)| refusal(index)).collect())
}
