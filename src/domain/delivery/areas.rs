//! Which parts of the world a zone may have: known places, each in one zone.

use std::collections::HashSet;

use super::{
    Area, DeliveryZone, PostalCodes,
    errors::{Reason, Refusal},
};
use crate::domain::shared::{address::provinces_of, is_country};

/// Most areas of a zone: every country and territory, and the rest of the world.
const AREAS_MOST: usize = 250;
/// Most provinces of an area.
const PROVINCES_MOST: usize = 100;
/// Most kinds of postal codes of all areas of a zone.
const POSTAL_CODES_MOST: usize = 1_000;
/// Longest postal code, without blanks and hyphens.
const POSTAL_CODE_LONGEST: usize = 20;

/// What an area without postal codes takes for itself: the rest of the world, a country, or a province of one.
type Place<'a> = (Option<&'a str>, Option<&'a str>);

/// Writes codes as they are compared: in capitals, without blanks around them.
pub(super) fn tidy(areas: Vec<Area>) -> Vec<Area> {
    let tidy = |code: String| code.trim().to_uppercase();
    let tidied = areas.into_iter().map(|area| Area {
        country_code: area.country_code.map(tidy),
        province_codes: area.province_codes.into_iter().map(tidy).collect(),
        postal_codes: area
            .postal_codes
            .into_iter()
            .map(|codes| match codes {
                PostalCodes::Prefix(prefix) => PostalCodes::Prefix(tidy(prefix)),
                PostalCodes::Range(first, last) => PostalCodes::Range(tidy(first), tidy(last)),
            })
            .collect(),
    });
    tidied.collect()
}

/// What is wrong with tidied areas of a zone, beside those that the other zones have.
pub(super) fn check(areas: &[Area], others: &[DeliveryZone]) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if areas.is_empty() {
        return vec![Refusal::new("areas", Reason::Blank)];
    }
    if areas.len() > AREAS_MOST {
        return vec![Refusal::new("areas", Reason::TooMany(AREAS_MOST))];
    }
    if areas.iter().map(|area| area.postal_codes.len()).sum::<usize>() > POSTAL_CODES_MOST {
        return vec![Refusal::new("areas", Reason::TooMany(POSTAL_CODES_MOST))];
    }
    let taken: Vec<(HashSet<Place<'_>>, &str)> =
        others.iter().map(|zone| (zone.areas.0.iter().flat_map(places).collect(), zone.name.as_str())).collect();
    let mut named = HashSet::new();
    for (index, area) in areas.iter().enumerate() {
        let at = format!("areas.{index}");
        let before = refusals.len();
        check_area(&at, area, &mut refusals);
        if refusals.len() > before {
            continue;
        }
        // Of two zones that contain an address equally narrowly the older one counts: that would be a surprise.
        for place in places(area) {
            let at = if place.1.is_some() { format!("{at}.provinceCodes") } else { format!("{at}.countryCode") };
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

fn check_area(at: &str, area: &Area, refusals: &mut Vec<Refusal>) {
    match area.country_code.as_deref() {
        None if !area.province_codes.is_empty() || !area.postal_codes.is_empty() => {
            refusals.push(Refusal::new(at, Reason::PartsOfTheWorld));
        }
        Some(code) if !is_country(code) => {
            refusals.push(Refusal::new(format!("{at}.countryCode"), Reason::CountryUnknown));
        }
        None | Some(_) => {}
    }
    if area.province_codes.len() > PROVINCES_MOST {
        refusals.push(Refusal::new(format!("{at}.provinceCodes"), Reason::TooMany(PROVINCES_MOST)));
    }
    let provinces = area.country_code.as_deref().map(provinces_of).unwrap_or_default();
    for (index, code) in area.province_codes.iter().enumerate() {
        let has_form = (1..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        // Of some countries no province is known: then any code may be one.
        let known = provinces.is_empty() || provinces.iter().any(|province| province.code() == Some(code.as_str()));
        if !has_form || !known {
            refusals.push(Refusal::new(format!("{at}.provinceCodes.{index}"), Reason::ProvinceForm));
        }
    }
    for (index, codes) in area.postal_codes.iter().enumerate() {
        let reason = match codes {
            PostalCodes::Prefix(prefix) => measure(prefix).is_none().then_some(Reason::PostalForm),
            PostalCodes::Range(first, last) => match (measure(first), measure(last)) {
                (Some(first), Some(last)) if first.len() != last.len() || first > last => Some(Reason::PostalOrder),
                (Some(_), Some(_)) => None,
                (None, _) | (_, None) => Some(Reason::PostalForm),
            },
        };
        refusals.extend(reason.map(|reason| Refusal::new(format!("{at}.postalCodes.{index}"), reason)));
    }
}

/// A postal code as it is compared, if it is one: it has letters or digits, and nothing else but blanks and hyphens.
fn measure(code: &str) -> Option<String> {
    let compared: String = code.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    let clean = code.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-'));
    (clean && (1..=POSTAL_CODE_LONGEST).contains(&compared.len())).then_some(compared)
}
