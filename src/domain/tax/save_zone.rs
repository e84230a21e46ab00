//! Staff add, change and remove tax zones with their rates, which are written together: a zone with half its rates would
//! charge wrong taxes for as long as the other half is on its way.

use std::collections::HashSet;

use entity::{
    area::Areas,
    ids::{TaxClassId, TaxZoneId},
    tax::{
        tax_rate::{self, Tax},
        tax_zone::{self, PriceBasis, RoundingLevel, RoundingMode, RoundingParts, ShippingTax},
    },
};
use sea_orm::{ActiveEnum, DatabaseTransaction};
use serde_json::{Value, json};

use super::{
    checks::{self, CheckedRate},
    errors::{Reason, Refusal, refuse_any},
    events::{Change, Subject, record},
    patch::ZonePatch,
    store,
};
use crate::domain::{
    shared::{
        Author, Error, Failure,
        area::{self, AreaFault, Clash},
        fold,
    },
    shop,
};

/// Most zones of a shop.
const ZONES_MOST: usize = 500;

/// A zone with its rates.
#[derive(Clone, Debug, PartialEq)]
struct WholeZone {
    zone: tax_zone::Model,
    rates: Vec<tax_rate::Model>,
}

/// Adds a zone. What the patch leaves out: prices without taxes, a half rounded up for each line and each tax, delivery
/// not taxed, no reverse charge.
///
/// # Errors
/// Everything that is wrong with it, together; a name that is taken; too many zones.
pub async fn create_zone(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    patch: &ZonePatch,
) -> Result<tax_zone::Model, Failure<Refusal>> {
    shop::lock(tx).await?;
    if store::count_zones(tx).await? >= ZONES_MOST as u64 {
        return Err(Failure::refuse(Refusal::new("name", Reason::TooMany(ZONES_MOST))));
    }
    let now = author.sources.now();
    let zone = tax_zone::Model {
        id: author.sources.id(),
        name: String::new(),
        name_key: String::new(),
        areas: Areas::default(),
        shown: PriceBasis::Exclusive,
        rounding_mode: RoundingMode::HalfUp,
        rounding_level: RoundingLevel::Line,
        rounding_parts: RoundingParts::Separately,
        shipping: ShippingTax::NotTaxed,
        shipping_class_id: None,
        reverse_charge: false,
        created_at: now,
        updated_at: now,
    };
    let required = ZonePatch {
        name: Some(patch.name.clone().unwrap_or_default()),
        areas: Some(patch.areas.clone().unwrap_or_default()),
        ..patch.clone()
    };
    let empty = WholeZone { zone, rates: Vec::new() };
    let after = changed(tx, author, &empty, &required).await?;
    save(tx, author, None, after).await
}

/// Changes a zone; rates that are given replace all of them.
///
/// # Errors
/// As [`create_zone`]; `NotFound`.
pub async fn update_zone(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: TaxZoneId,
    patch: &ZonePatch,
) -> Result<tax_zone::Model, Failure<Refusal>> {
    shop::lock(tx).await?;
    let before = find(tx, id).await?;
    let after = changed(tx, author, &before, patch).await?;
    if after == before {
        return Ok(before.zone);
    }
    save(tx, author, Some(before), after).await
}

/// Removes a zone with its rates; nothing is charged there any more, unless a wider zone contains it.
///
/// # Errors
/// The home zone; `NotFound`.
pub async fn delete_zone(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: TaxZoneId,
) -> Result<TaxZoneId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let whole = find(tx, id).await?;
    if store::settings(tx).await?.home_zone_id == Some(id) {
        return Err(Failure::refuse(Refusal::new("id", Reason::HomeZone)));
    }
    store::delete_zone(tx, id).await?;
    let change = Change { before: told(&whole), after: Value::Null };
    record(tx, author, subject(id), "tax_zone.deleted", change).await?;
    Ok(id)
}

async fn find(tx: &DatabaseTransaction, id: TaxZoneId) -> Result<WholeZone, Failure<Refusal>> {
    let zone = store::zone(tx, id).await?.ok_or(Error::NotFound("tax zone"))?;
    Ok(WholeZone { zone, rates: store::rates_of(tx, &[id]).await? })
}

/// The zone with the changes, checked.
async fn changed(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    before: &WholeZone,
    patch: &ZonePatch,
) -> Result<WholeZone, Failure<Refusal>> {
    let mut refusals = Vec::new();
    let mut zone = before.zone.clone();
    if let Some(name) = &patch.name {
        checks::name(&mut refusals, "name", name);
        (zone.name, zone.name_key) = (name.trim().to_owned(), fold(name));
    }
    if let Some(areas) = &patch.areas {
        zone.areas = Areas(area::tidy(areas.clone()));
        refusals.extend(check_areas(tx, &zone).await?);
    }
    zone.shown = patch.shown.unwrap_or(zone.shown);
    zone.rounding_mode = patch.rounding_mode.unwrap_or(zone.rounding_mode);
    zone.rounding_level = patch.rounding_level.unwrap_or(zone.rounding_level);
    zone.rounding_parts = patch.rounding_parts.unwrap_or(zone.rounding_parts);
    zone.reverse_charge = patch.reverse_charge.unwrap_or(zone.reverse_charge);
    if let Some(shipping) = patch.shipping {
        if shipping.class.is_some() && shipping.kind != ShippingTax::AsClass {
            refusals.push(Refusal::new("shipping.taxClassId", Reason::ClassUnexpected));
        }
        (zone.shipping, zone.shipping_class_id) = (shipping.kind, shipping.class);
    }
    let known: Vec<Tax> = before.rates.iter().flat_map(|rate| rate.taxes.0.clone()).collect();
    let rates = patch.rates.as_deref().map(|drafts| checks::rates(&mut refusals, drafts, &known, author.sources));
    ensure_classes(tx, &mut refusals, patch).await?;
    refuse_any(refusals)?;
    let rates = match rates {
        None => before.rates.clone(),
        Some(rates) if same(&before.rates, &rates) => before.rates.clone(),
        Some(rates) => {
            rates.into_iter().zip(0..).map(|(rate, position)| row(author, zone.id, rate, position)).collect()
        }
    };
    Ok(WholeZone { zone, rates })
}

/// What is wrong with the areas of a zone, beside those that the other zones have.
async fn check_areas(tx: &DatabaseTransaction, zone: &tax_zone::Model) -> Result<Vec<Refusal>, Error> {
    if zone.areas.0.is_empty() {
        return Ok(vec![Refusal::new("areas", Reason::Blank)]);
    }
    let problems = area::problems(&zone.areas.0);
    if !problems.is_empty() {
        return Ok(problems.into_iter().map(|problem| Refusal::area("areas", problem)).collect());
    }
    let others = store::zones(tx).await?;
    let others = others.iter().filter(|other| other.id != zone.id).map(|other| (other.name.as_str(), &other.areas));
    let refuse = |Clash { at, zone }: Clash| {
        let reason = zone.map_or(Reason::Area(AreaFault::Twice), |zone| Reason::CoveredBy { zone });
        Refusal::new(format!("areas.{at}"), reason)
    };
    Ok(area::clashes(&zone.areas.0, others).into_iter().map(refuse).collect())
}

fn same(kept: &[tax_rate::Model], rates: &[CheckedRate]) -> bool {
    let kept = kept.iter().map(|row| (row.tax_class_id, &row.taxes));
    kept.eq(rates.iter().map(|rate| (rate.class, &rate.taxes)))
}

fn row(author: Author<'_>, zone: TaxZoneId, rate: CheckedRate, position: i32) -> tax_rate::Model {
    let id = author.sources.id();
    tax_rate::Model { id, tax_zone_id: zone, tax_class_id: rate.class, position, taxes: rate.taxes }
}

/// Refuses classes that there are not.
async fn ensure_classes(
    tx: &DatabaseTransaction,
    refusals: &mut Vec<Refusal>,
    patch: &ZonePatch,
) -> Result<(), Failure<Refusal>> {
    let rates = patch.rates.iter().flatten().enumerate();
    let of_rates = rates.filter_map(|(index, rate)| Some((format!("rates.{index}.taxClassId"), rate.class?)));
    let of_shipping = patch.shipping.and_then(|shipping| shipping.class);
    let of_shipping = of_shipping.map(|class| ("shipping.taxClassId".to_owned(), class));
    let named: Vec<(String, TaxClassId)> = of_rates.chain(of_shipping).collect();
    let ids: Vec<TaxClassId> = named.iter().map(|(_, id)| *id).collect();
    let existing: HashSet<TaxClassId> = store::existing_classes(tx, &ids).await?;
    let missing = named.into_iter().filter(|(_, id)| !existing.contains(id));
    refusals.extend(missing.map(|(at, _)| Refusal::new(at, Reason::Unknown("tax class"))));
    Ok(())
}

async fn save(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    before: Option<WholeZone>,
    mut after: WholeZone,
) -> Result<tax_zone::Model, Failure<Refusal>> {
    after.zone.updated_at = author.sources.now();
    if store::zone_named(tx, &after.zone.name_key, after.zone.id).await? {
        return Err(Failure::refuse(Refusal::new("name", Reason::NameTaken)));
    }
    store::save_zone(tx, &after.zone, before.is_none()).await?;
    if before.as_ref().is_none_or(|before| before.rates != after.rates) {
        store::save_rates(tx, after.zone.id, after.rates.clone()).await?;
    }
    let kind = if before.is_none() { "tax_zone.created" } else { "tax_zone.updated" };
    let change = Change { before: before.as_ref().map_or(Value::Null, told), after: told(&after) };
    record(tx, author, subject(after.zone.id), kind, change).await?;
    Ok(after.zone)
}

fn subject(id: TaxZoneId) -> Subject {
    Subject { kind: "tax_zone", id: id.0 }
}

fn told(whole: &WholeZone) -> Value {
    let WholeZone { zone, rates } = whole;
    let rates = rates.iter().map(|rate| json!({ "tax_class_id": rate.tax_class_id, "taxes": rate.taxes }));
    json!({
        "name": zone.name, "areas": zone.areas, "shown": zone.shown.to_value(),
        "rounding": [zone.rounding_mode.to_value(), zone.rounding_level.to_value(), zone.rounding_parts.to_value()],
        "shipping": zone.shipping.to_value(), "shipping_class_id": zone.shipping_class_id,
        "reverse_charge": zone.reverse_charge, "rates": rates.collect::<Vec<_>>(),
    })
}
