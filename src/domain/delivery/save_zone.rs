//! Staff add, change and remove delivery zones.

use entity::{
    area::{Area, Areas},
    delivery::delivery_zone,
    ids::DeliveryZoneId,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::{
    DeliveryZone, RateDraft, areas,
    errors::{Reason, Refusal, check_text, refuse_any},
    events::{Subject, record},
    handles::Handles,
    save_rate, store,
};
use crate::domain::{
    catalog::checks::TITLE_MOST,
    shared::{Author, Error, Failure, area},
    shop,
};

/// Most zones of a shop.
const ZONES_MOST: usize = 100;

/// What a new zone is made of, or how one changes: what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ZonePatch {
    /// How staff call it.
    pub name: Option<String>,
    /// What belongs to it, in place of what did.
    pub areas: Option<Vec<Area>>,
}

impl ZonePatch {
    /// What is wrong with it beside the other zones, and its areas as they are kept.
    fn check(&mut self, others: &[DeliveryZone]) -> Result<Vec<Refusal>, Error> {
        let mut refusals = Vec::new();
        if let Some(name) = &self.name {
            check_text("name", name, TITLE_MOST, &mut refusals)?;
        }
        if let Some(given) = self.areas.take() {
            let given = area::tidy(given);
            refusals.extend(areas::check(&given, others));
            self.areas = Some(given);
        }
        Ok(refusals)
    }
}

/// Adds a zone with its rates. From the first one on, the shop delivers to its zones only.
///
/// # Errors
/// Everything that is wrong with it, together.
pub async fn create_zone(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    mut patch: ZonePatch,
    rates: Vec<RateDraft>,
) -> Result<DeliveryZoneId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let others = store::zones(tx).await?;
    let mut refusals = patch.check(&others)?;
    if others.len() >= ZONES_MOST {
        refusals.push(Refusal::new("name", Reason::TooMany(ZONES_MOST)));
    }
    let now = author.sources.now();
    let zone = DeliveryZone {
        id: author.sources.id(),
        name: patch.name.unwrap_or_default().trim().to_owned(),
        areas: Areas(patch.areas.unwrap_or_default()),
        created_at: now,
        updated_at: now,
    };
    let mut handles = Handles::read(tx).await?;
    let rates = save_rate::build_all(author, zone.id, rates, &mut handles, &mut refusals)?;
    refuse_any(refusals)?;
    let row = zone.clone().into_active_model().reset_all();
    delivery_zone::Entity::insert(row).exec_without_returning(tx).await?;
    tell(tx, author, &zone, "delivery_zone.created").await?;
    save_rate::insert(tx, author, rates).await?;
    Ok(zone.id)
}

/// Changes a zone.
///
/// # Errors
/// As [`create_zone`]; `NotFound`.
pub async fn update_zone(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: DeliveryZoneId,
    mut patch: ZonePatch,
) -> Result<DeliveryZoneId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let (mut this, others): (Vec<_>, Vec<_>) = store::zones(tx).await?.into_iter().partition(|zone| zone.id == id);
    let before = this.pop().ok_or(Error::NotFound("delivery zone"))?;
    refuse_any(patch.check(&others)?)?;
    let mut after = before.clone();
    if let Some(name) = patch.name {
        name.trim().clone_into(&mut after.name);
    }
    if let Some(areas) = patch.areas {
        after.areas = Areas(areas);
    }
    if after == before {
        return Ok(id);
    }
    after.updated_at = author.sources.now();
    let update = delivery_zone::Entity::update_many().set(after.clone().into_active_model().reset_all());
    update.filter(delivery_zone::Column::Id.eq(id)).exec(tx).await?;
    tell(tx, author, &after, "delivery_zone.updated").await?;
    Ok(id)
}

/// Removes a zone with its rates. Carts that chose one of them have a problem then, and orders keep what they chose.
///
/// # Errors
/// `NotFound`.
pub async fn delete_zone(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: DeliveryZoneId,
) -> Result<DeliveryZoneId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let zone = store::zone(tx, id).await?.ok_or(Error::NotFound("delivery zone"))?;
    delivery_zone::Entity::delete_by_id(id).exec(tx).await?;
    tell(tx, author, &zone, "delivery_zone.deleted").await?;
    Ok(id)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    zone: &DeliveryZone,
    kind: &'static str,
) -> Result<(), Error> {
    let subject = Subject { kind: "delivery_zone", id: zone.id.0 };
    Ok(record(tx, author, subject, kind, json!({ "name": zone.name, "areas": zone.areas })).await?)
}
