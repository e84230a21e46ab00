//! The rules as the pricing engine reads them.

use std::sync::Arc;

use pricing::{
    Address, Amount, Band as EngineBand, DeliveryRateKey, DeliveryRules, DeliveryZoneKey, LocationKey, PricingError,
    RateCost,
};
use sea_orm::ConnectionTrait;

use super::{Band, Cost, DeliveryRate, DeliveryZone, PickupLocation, Unchosen, store};
use crate::domain::shared::{Error, area};

/// How the shop delivers; `None` when it has neither zone nor pick-up, so that delivery costs nothing and there is nothing
/// to choose. Two statements, three where the shop has zones.
///
/// # Errors
/// The database's; a fault when a row holds what no mutation lets in.
pub async fn rules(db: &impl ConnectionTrait) -> Result<Option<DeliveryRules>, Error> {
    let zones = store::zones_with_rates(db).await?;
    let pickups = store::pickups(db).await?;
    if zones.is_empty() && pickups.is_empty() {
        return Ok(None);
    }
    // What counts while nothing is chosen is a rate: without zones the setting has no say.
    let unchosen = if zones.is_empty() { Unchosen::default() } else { store::settings(db).await? };
    of_rows(zones, pickups, unchosen).map(Some)
}

fn unreadable(error: PricingError) -> Error {
    Error::fault(format!("the shop's delivery rules cannot be read: {error}"))
}

fn of_rows(
    zones: Vec<(DeliveryZone, Vec<DeliveryRate>)>,
    pickups: Vec<PickupLocation>,
    unchosen: Unchosen,
) -> Result<DeliveryRules, Error> {
    Ok(DeliveryRules {
        zones: zones.into_iter().map(|(zone, rates)| of_zone(zone, rates)).collect::<Result<_, _>>()?,
        pickups: pickups.into_iter().map(of_pickup).collect::<Result<_, _>>().map_err(unreadable)?,
        unchosen: match unchosen {
            Unchosen::Cheapest => pricing::Unchosen::Cheapest,
            Unchosen::Nothing => pricing::Unchosen::Nothing,
        },
    })
}

fn of_zone(zone: DeliveryZone, rates: Vec<DeliveryRate>) -> Result<pricing::DeliveryZone, Error> {
    Ok(pricing::DeliveryZone {
        key: DeliveryZoneKey(zone.id.0.as_u128()),
        title: zone.name.into(),
        areas: area::to_pricing(&zone.areas)?,
        rates: rates.into_iter().map(of_rate).collect::<Result<_, _>>().map_err(unreadable)?,
    })
}

fn of_rate(rate: DeliveryRate) -> Result<pricing::DeliveryRate, PricingError> {
    let bands = |bands: Vec<Band>| {
        let band = |band: Band| EngineBand { from: band.from, until: band.until, cost: Amount(band.cost) };
        bands.into_iter().map(band).collect()
    };
    Ok(pricing::DeliveryRate {
        key: DeliveryRateKey(rate.id.0.as_u128()),
        handle: rate.handle.into(),
        title: rate.title.into(),
        currency: engine_currency(rate.currency)?,
        cost: match rate.cost {
            Cost::Flat(cost) => RateCost::Flat(Amount(cost)),
            Cost::ByWeight(list) => RateCost::ByWeight(bands(list)),
            Cost::ByPrice(list) => RateCost::ByPrice(bands(list)),
        },
        free_above: rate.free_above_minor.map(Amount),
    })
}

fn of_pickup(pickup: PickupLocation) -> Result<pricing::PickupLocation, PricingError> {
    let address = pickup.address;
    Ok(pricing::PickupLocation {
        key: LocationKey(pickup.id.0.as_u128()),
        handle: pickup.handle.into(),
        title: pickup.title.into(),
        address: Address {
            country: address.country_code.as_deref().unwrap_or_default().parse()?,
            province: address.province_code.map(Arc::from),
            postal_code: address.zip.map(Arc::from),
        },
        currency: engine_currency(pickup.currency)?,
        cost: Amount(pickup.cost_minor),
    })
}

fn engine_currency(currency: entity::money::Currency) -> Result<pricing::Currency, PricingError> {
    // No currency has more than four digits.
    pricing::Currency::new(currency.as_str(), u8::try_from(currency.digits()).unwrap_or(u8::MAX))
}
