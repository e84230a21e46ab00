//! Which parts of the world a zone may have: known places, each in one zone.

use std::collections::HashSet;

use entity::area::Area;

use super::{
    DeliveryZone,
    errors::{Reason, Refusal},
};
use crate::domain::shared::area;

/// What an area without postal codes takes for itself: the rest of the world, a country, or a province of one.
type Place<'a> = (Option<&'a str>, Option<&'a str>);

/// What is wrong with tidied areas of a zone, beside those that the other zones have.
pub(super) fn check(areas: &[Area], others: &[DeliveryZone]) -> Vec<Refusal> {
    if areas.is_empty() {
        return vec![Refusal::new("areas", Reason::Blank)];
    }
    let mut refusals: Vec<Refusal> = area::problems(areas).into_iter().map(Refusal::area).collect();
    if !refusals.is_empty() {
        return refusals;
    }
    let taken: Vec<(HashSet<Place<'_>>, &str)> =
        others.iter().map(|zone| (zone.areas.0.iter().flat_map(places).collect(), zone.name.as_str())).collect();
    let mut named = HashSet::new();
    // Of two zones that contain an address equally narrowly the older one counts: that would be a surprise.
    for (index, area) in areas.iter().enumerate() {
        for place in places(area) {
            let part = if place.1.is_some() { "provinceCodes" } else { "countryCode" };
            let at = format!("areas.{index}.{part}");
            if !named.insert(place) {
                refusals.push(Refusal::new(at, Reason::Twice));
            } else if let Some((_, zone)) = taken.iter().find(|(taken, _)| taken.contains(&place)) {
                refusals.push(Refusal::new(at, Reason::CoveredBy { zone: (*zone).to_owned() }));
            }
        }
    }
    refusals
}

/// The places that an area takes for itself; none if only some of their postal codes belong to it.
fn places(area: &Area) -> Vec<Place<'_>> {
    let country = area.country_code.as_deref();
    match (area.postal_codes.is_empty(), area.province_codes.is_empty()) {
        (false, _) => Vec::new(),
        (true, true) => vec![(country, None)],
        (true, false) => area.province_codes.iter().map(|province| (country, Some(province.as_str()))).collect(),
    }
}
