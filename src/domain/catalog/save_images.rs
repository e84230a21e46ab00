//! Staff add pictures to a product and take them away.

use entity::ids::{ImageId, ProductId, VariantId};
use sea_orm::DatabaseTransaction;

use super::{
    checks::{Checks, IMAGES_MOST},
    errors::{Reason, Refusal, refuse_any},
    patch::ImageDraft,
    update_product::{Target, lock, save},
};
use crate::domain::shared::{Author, Failure};

/// A picture to be added, and the variants that shall show it.
#[derive(Clone, Debug, Default)]
pub struct NewImage {
    /// The picture. One with the URL of a picture that is there tells more about that one.
    pub image: ImageDraft,
    /// Variants.
    pub variant_ids: Vec<VariantId>,
}

/// Adds pictures at the end.
///
/// # Errors
/// A URL that pictures cannot have, a variant that the product does not have, too many; `NotFound`, `VersionConflict`.
pub async fn add_images(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    images: &[NewImage],
) -> Result<ProductId, Failure<Refusal>> {
    let mut checks = Checks::default();
    if images.is_empty() {
        checks.refuse("media", Reason::Blank);
    }
    checks.count("media", images.len(), IMAGES_MOST);
    for (index, new) in images.iter().enumerate().take(IMAGES_MOST) {
        new.image.check(&mut checks, &format!("media.{index}.image"));
    }
    refuse_any(checks.refusals)?;

    let before = lock(tx, target).await?;
    let mut after = before.clone();
    let mut refusals = Vec::new();
    for (index, new) in images.iter().enumerate() {
        let image_id = after.add_image(&new.image, author.sources);
        for (place, id) in new.variant_ids.iter().enumerate() {
            match after.variants.iter_mut().find(|whole| whole.variant.id == *id) {
                Some(whole) => whole.variant.image_id = Some(image_id),
                None => {
                    let at = format!("media.{index}.variantIds.{place}");
                    refusals.push(Refusal::new(at, Reason::Unknown("variant")));
                }
            }
        }
    }
    refuse_any(refusals)?;
    save(tx, author, before, after).await
}

/// Takes pictures away, also from the variants that show them.
///
/// # Errors
/// A picture that the product does not have; `NotFound`, `VersionConflict`.
pub async fn remove_images(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target,
    ids: &[ImageId],
) -> Result<ProductId, Failure<Refusal>> {
    let mut checks = Checks::default();
    checks.count("imageIds", ids.len(), IMAGES_MOST);
    refuse_any(checks.refusals)?;

    let before = lock(tx, target).await?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !before.images.iter().any(|image| image.id == **id));
    let unknown = unknown.map(|(index, _)| Refusal::new(format!("imageIds.{index}"), Reason::Unknown("image")));
    refuse_any(unknown.collect())?;
    let mut after = before.clone();
    after.remove_images(ids);
    save(tx, author, before, after).await
}
