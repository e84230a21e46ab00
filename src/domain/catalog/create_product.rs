//! Staff add a product with its options, variants, pictures and first stock.

use entity::{ids::ProductId, inventory::stock_movement::MovementReason};
use sea_orm::DatabaseTransaction;

use super::{
    checks::{Checks, IMAGES_MOST, VARIANTS_MOST},
    errors::{Reason, Refusal, refuse_any},
    handle,
    patch::{ImageDraft, OptionDraft, ProductPatch, VariantPatch, check_options},
    tax_classes::unknown_tax_classes,
    unique_handle::{self, Table},
    whole_product::{DEFAULT_OPTION, DEFAULT_VALUE, WholeProduct, in_order},
    whole_store::{self, Change},
};
use crate::domain::{
    inventory::{self, NewLevel},
    shared::{Author, Error, Failure},
    shop,
};

/// How often a generated handle is tried when others take it at the same moment: each try waits for one of them.
const HANDLE_TRIES: usize = 50;

/// A variant to be added, or the changes of one that is there.
#[derive(Clone, Debug, Default)]
pub struct VariantDraft {
    /// Options' names with the variant's values.
    pub option_values: Vec<(String, String)>,
    /// The rest.
    pub patch: VariantPatch,
}

/// A product to be added.
#[derive(Clone, Debug, Default)]
pub struct ProductDraft {
    /// Words, tags, status, publication. The title is required.
    pub patch: ProductPatch,
    /// Options; left out, they are those that the first variant names.
    pub options: Vec<OptionDraft>,
    /// Variants, at least one.
    pub variants: Vec<VariantDraft>,
    /// Pictures.
    pub images: Vec<ImageDraft>,
}

/// Adds a product.
///
/// # Errors
/// Everything that is wrong with the draft, together; a handle that is taken.
pub async fn create_product(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    draft: ProductDraft,
) -> Result<ProductId, Failure<Refusal>> {
    check(&draft)?;
    let currency = shop::get(tx).await?.currency;
    let (sources, now) = (author.sources, author.sources.now());
    let mut whole = WholeProduct::empty(sources.id(), now);
    whole.apply(&draft.patch, now);
    let names = option_names(&draft);
    whole.name_options(names.iter().map(String::as_str), sources);
    for image in &draft.images {
        whole.add_image(image, sources);
    }
    let mut levels = Vec::new();
    let mut refusals = Vec::new();
    for (index, variant) in draft.variants.iter().enumerate() {
        match place(&whole, &names, variant, &format!("variants.{index}")) {
            Err(found) => refusals.extend(found),
            Ok(values) => {
                let patch = VariantPatch { values: Some(values), ..variant.patch.clone() };
                let variant_id = whole.add_variant(&patch, currency, sources);
                levels.push(NewLevel { variant_id, on_hand: variant.patch.quantity.unwrap_or(0) });
            }
        }
    }
    refusals.extend(unknown_tax_classes(tx, draft.variants.iter().map(|variant| &variant.patch)).await?);
    refuse_any(refusals)?;
    let id = insert(tx, author, whole, &draft.patch).await?;
    let location = inventory::default_location(tx).await?;
    inventory::open(tx, author, location, MovementReason::Initial, &levels).await?;
    Ok(id)
}

fn check(draft: &ProductDraft) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    draft.patch.check(&mut checks);
    if draft.patch.title.is_none() {
        checks.refuse("title", Reason::Blank);
    }
    check_options(&mut checks, &draft.options);
    if draft.variants.is_empty() {
        checks.refuse("variants", Reason::NoVariant);
    }
    check_new_variants(&mut checks, &draft.variants);
    checks.count("images", draft.images.len(), IMAGES_MOST);
    for (index, image) in draft.images.iter().enumerate() {
        image.check(&mut checks, &format!("images.{index}"));
    }
    refuse_any(checks.refusals)
}

/// Checks variants that are to be added.
pub(super) fn check_new_variants(checks: &mut Checks, variants: &[VariantDraft]) {
    checks.count("variants", variants.len(), VARIANTS_MOST);
    for (index, variant) in variants.iter().enumerate().take(VARIANTS_MOST) {
        let at = format!("variants.{index}");
        check_option_values(checks, &variant.option_values, &at);
        variant.patch.check(checks, &at);
        if variant.patch.price_minor.is_none() {
            checks.refuse(format!("{at}.price"), Reason::NoPrice);
        }
    }
}

/// Checks named option values.
pub(super) fn check_option_values(checks: &mut Checks, values: &[(String, String)], at: &str) {
    for (index, (name, value)) in values.iter().enumerate() {
        checks.required(format!("{at}.optionValues.{index}.optionName"), name, super::checks::TITLE_MOST);
        checks.required(format!("{at}.optionValues.{index}.name"), value, super::checks::TITLE_MOST);
    }
}

fn option_names(draft: &ProductDraft) -> Vec<String> {
    let named: Vec<String> = match draft.variants.first() {
        Some(first) if draft.options.is_empty() => first.option_values.iter().map(|(name, _)| name.clone()).collect(),
        Some(_) | None => draft.options.iter().map(|option| option.name.clone()).collect(),
    };
    if named.is_empty() { vec![DEFAULT_OPTION.to_owned()] } else { named }
}

/// The option values of a new variant in order, checked against the variants that the product has already.
pub(super) fn place(
    whole: &WholeProduct,
    names: &[String],
    variant: &VariantDraft,
    at: &str,
) -> Result<Vec<String>, Vec<Refusal>> {
    let plain = names == [DEFAULT_OPTION] && variant.option_values.is_empty();
    let values = if plain { vec![DEFAULT_VALUE.to_owned()] } else { in_order(names, &variant.option_values, at)? };
    match whole.variant_with(&values, None) {
        Some(_) => Err(vec![Refusal::new(at, Reason::VariantTwice(values.join(" / ")))]),
        None => Ok(values),
    }
}

/// Saves a new product under the handle that was asked for, or under a free one made of its title.
async fn insert(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    mut whole: WholeProduct,
    patch: &ProductPatch,
) -> Result<ProductId, Failure<Refusal>> {
    let id = whole.product.id;
    let taken = || Failure::refuse(Refusal::new("handle", Reason::HandleTaken));
    let chosen = patch.handle.as_deref().map(handle::of_title);
    if let Some(chosen) = &chosen
        && unique_handle::is_taken(tx, Table::Product, chosen).await?
    {
        return Err(taken());
    }
    let base = match handle::of_title(&whole.product.title) {
        base if base.is_empty() => "product".to_owned(),
        base => base,
    };
    for _ in 0..HANDLE_TRIES {
        whole.product.handle = match &chosen {
            Some(chosen) => chosen.clone(),
            None => unique_handle::first_free(tx, Table::Product, &base).await?,
        };
        match whole_store::save(tx, author, vec![Change { before: None, after: whole.clone() }]).await {
            Ok(_) => return Ok(id),
            Err(error) if !unique_handle::was_taken_meanwhile(&error) => return Err(error.into()),
            Err(_) if chosen.is_some() => return Err(taken()),
            Err(_) => {}
        }
    }
    Err(Error::fault("no free handle was found for a new product").into())
}
