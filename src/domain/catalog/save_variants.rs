//! Staff add, change and remove variants of a product, many in one call: all of them or none.

use entity::{
    ids::{ProductId, VariantId},
    inventory::stock_movement::MovementReason,
};
use sea_orm::DatabaseTransaction;

use super::{
    checks::{Checks, VARIANTS_MOST},
    create_product::{VariantDraft, check_new_variants, check_option_values, place},
    errors::{Reason, Refusal, refuse_any},
    patch::VariantPatch,
    tax_classes::unknown_tax_classes,
    update_product::{Target, lock, save},
    whole_product::{WholeProduct, in_order},
};
use crate::domain::{
    inventory::{self, NewLevel},
    shared::{Author, Failure, fold},
    shop,
};

/// Adds variants. Returns their ids in the order given.
///
/// # Errors
/// Everything that is wrong with the variants, together; `NotFound`, `VersionConflict`.
pub async fn create_variants(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    variants: &[VariantDraft],
) -> Result<Vec<VariantId>, Failure<Refusal>> {
    let mut checks = Checks::default();
    if variants.is_empty() {
        checks.refuse("variants", Reason::Blank);
    }
    check_new_variants(&mut checks, variants);
    refuse_any(checks.refusals)?;

    let currency = shop::get(tx).await?.currency;
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    let names = option_names(&after);
    let mut levels = Vec::new();
    let mut refusals = Vec::new();
    for (index, variant) in variants.iter().enumerate() {
        match place(&after, &names, variant, &format!("variants.{index}")) {
            Err(found) => refusals.extend(found),
            Ok(values) => {
                let patch = VariantPatch { values: Some(values), ..variant.patch.clone() };
                let variant_id = after.add_variant(&patch, currency, author.sources);
                levels.push(NewLevel { variant_id, on_hand: variant.patch.quantity.unwrap_or(0) });
            }
        }
    }
    refusals.extend(unknown_tax_classes(tx, variants.iter().map(|variant| &variant.patch)).await?);
    refuse_any(refusals)?;
    save(tx, author, before, after).await?;
    let location = inventory::default_location(tx).await?;
    inventory::open(tx, author, location, MovementReason::Initial, &levels).await?;
    Ok(levels.into_iter().map(|level| level.variant_id).collect())
}

/// Changes variants. Options that a line does not name keep their value.
///
/// # Errors
/// As [`create_variants`]; a variant that the product does not have.
pub async fn update_variants(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    variants: &[(VariantId, VariantDraft)],
) -> Result<ProductId, Failure<Refusal>> {
    let mut checks = Checks::default();
    checks.count("variants", variants.len(), VARIANTS_MOST);
    for (index, (_, variant)) in variants.iter().enumerate().take(VARIANTS_MOST) {
        let at = format!("variants.{index}");
        check_option_values(&mut checks, &variant.option_values, &at);
        variant.patch.check(&mut checks, &at);
    }
    refuse_any(checks.refusals)?;

    let before = lock(tx, target).await?;
    let mut after = before.clone();
    let names = option_names(&after);
    let mut refusals = Vec::new();
    for (index, (id, variant)) in variants.iter().enumerate() {
        let at = format!("variants.{index}");
        let Some(place) = after.variants.iter().position(|whole| whole.variant.id == *id) else {
            refusals.push(Refusal::new(format!("{at}.id"), Reason::Unknown("variant")));
            continue;
        };
        let values = match with_present(&after, place, &names, &variant.option_values, &at) {
            Ok(values) => values,
            Err(found) => {
                refusals.extend(found);
                continue;
            }
        };
        let patch = VariantPatch { values, quantity: None, ..variant.patch.clone() };
        after.change_variant(place, &patch, author.sources);
    }
    // Looked at when all lines are done, so that two variants may exchange their values.
    for (index, (id, _)) in variants.iter().enumerate() {
        let Some(changed) = after.variants.iter().find(|whole| whole.variant.id == *id) else { continue };
        let values: Vec<String> = changed.values().map(str::to_owned).collect();
        if after.variant_with(&values, Some(*id)).is_some() {
            refusals.push(Refusal::new(format!("variants.{index}"), Reason::VariantTwice(values.join(" / "))));
        }
    }
    refusals.extend(unknown_tax_classes(tx, variants.iter().map(|(_, variant)| &variant.patch)).await?);
    refuse_any(refusals)?;
    save(tx, author, before, after).await
}

/// Removes variants; carts that hold one say so. At least one stays.
///
/// # Errors
/// A variant that the product does not have, or whose units are held for orders; all of them at once; `NotFound`,
/// `VersionConflict`.
pub async fn delete_variants(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    ids: &[VariantId],
) -> Result<ProductId, Failure<Refusal>> {
    let mut checks = Checks::default();
    checks.count("variantIds", ids.len(), VARIANTS_MOST);
    refuse_any(checks.refusals)?;

    // Stock before product, the order in which a sale takes them.
    let held = inventory::held(tx, ids).await?;
    let before = lock(tx, target).await?;
    let mut after = before.clone();
    after.variants.retain(|whole| !ids.contains(&whole.variant.id));
    let mut refusals = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let at = format!("variantIds.{index}");
        if !before.variants.iter().any(|whole| whole.variant.id == *id) {
            refusals.push(Refusal::new(at, Reason::Unknown("variant")));
        } else if held.contains(id) {
            refusals.push(Refusal::new(at, Reason::StockHeld));
        }
    }
    if after.variants.is_empty() {
        refusals.push(Refusal::new("variantIds", Reason::NoVariant));
    }
    refuse_any(refusals)?;
    save(tx, author, before, after).await
}

fn option_names(whole: &WholeProduct) -> Vec<String> {
    whole.options.iter().map(|option| option.name.clone()).collect()
}

/// The values given for some options, and the present ones for the others; `None` when none is given.
fn with_present(
    whole: &WholeProduct,
    place: usize,
    names: &[String],
    given: &[(String, String)],
    at: &str,
) -> Result<Option<Vec<String>>, Vec<Refusal>> {
    if given.is_empty() {
        return Ok(None);
    }
    let mut all = given.to_vec();
    let present = whole.variants.get(place).into_iter().flat_map(|variant| variant.values());
    for (name, value) in names.iter().zip(present) {
        if !given.iter().any(|(named, _)| fold(named) == fold(name)) {
            all.push((name.clone(), value.to_owned()));
        }
    }
    in_order(names, &all, at).map(Some)
}
