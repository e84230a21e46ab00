//! The tables as the engine reads them.

use std::collections::HashMap;

use entity::{ids::TaxZoneId, tax::tax_rate};
use pricing::{TaxRate, TaxRules, TaxZone, TaxZoneKey};
use sea_orm::ConnectionTrait;

use super::{
    model::{UNTAXED, abroad, basis, class_key, component, rounding, shipping},
    store,
};
use crate::domain::shared::{Error, area};

/// How the shop charges taxes, in three statements however many zones it has; `None` for a shop without zones, which
/// charges none.
///
/// # Errors
/// The database's; a fault when a kept area cannot be read.
pub async fn rules(db: &impl ConnectionTrait) -> Result<Option<TaxRules>, Error> {
    let zones = store::zones(db).await?;
    if zones.is_empty() {
        return Ok(None);
    }
    let mut rates: HashMap<TaxZoneId, Vec<tax_rate::Model>> = HashMap::new();
    for rate in store::all_rates(db).await? {
        rates.entry(rate.tax_zone_id).or_default().push(rate);
    }
    let settings = store::settings(db).await?;
    let zone_key = |id: TaxZoneId| TaxZoneKey(id.0.as_u128());
    let zones = zones.into_iter().map(|zone| {
        let kept = rates.remove(&zone.id).unwrap_or_default().into_iter().map(|rate| TaxRate {
            class: rate.tax_class_id.map(class_key),
            components: rate.taxes.0.into_iter().map(component).collect(),
        });
        let untaxed = TaxRate { class: Some(UNTAXED), components: Vec::new() };
        Ok(TaxZone {
            key: zone_key(zone.id),
            areas: area::to_pricing(&zone.areas)?,
            shown: basis(zone.shown),
            rates: kept.chain([untaxed]).collect(),
            rounding: rounding(&zone),
            shipping: shipping(&zone),
            reverse_charge: zone.reverse_charge,
        })
    });
    Ok(Some(TaxRules {
        zones: zones.collect::<Result<_, Error>>()?,
        entered: basis(settings.entered),
        home: settings.home_zone_id.map(zone_key),
        abroad: abroad(settings.abroad),
    }))
}
