//! The rules of areas, the parts of the world of which zones of delivery and taxes consist, and how the engine reads them.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt,
};

use entity::area::{Area, Areas, PostalCodes};
use pricing::PostalPattern;

use super::{Error, address::rules_of, countries::is_country};

/// Most areas of a zone: every country and territory, and the rest of the world.
const AREAS_MOST: usize = 250;
/// Most provinces of an area.
const PROVINCES_MOST: usize = 100;
/// Most kinds of postal codes of all areas of a zone.
const POSTAL_MOST: usize = 1_000;
/// Longest postal code or bound, without blanks and hyphens.
const CODE_MOST: usize = 20;

/// What is wrong with an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaProblem {
    /// Where in the list of areas, as the API names it, with points between: `2.postalCodes.3`; empty is the list itself.
    pub at: String,
    /// What is wrong there.
    pub fault: AreaFault,
}

/// The rules of areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaFault {
    /// No country has this code.
    UnknownCountry,
    /// Provinces and postal codes belong to a country.
    NeedsCountry,
    /// No code of a province.
    UnknownProvince,
    /// The list is longer than this.
    TooMany(usize),
    /// Something is named twice.
    Twice,
    /// Neither letters nor digits, or too many of them.
    PostalCode,
    /// The last code of a range comes before the first, or has another length.
    Range,
}

impl AreaProblem {
    fn new(at: impl Into<String>, fault: AreaFault) -> Self {
        Self { at: at.into(), fault }
    }
}

impl fmt::Display for AreaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AreaFault::UnknownCountry => write!(f, "is no country's code (ISO 3166-1, two letters)"),
            AreaFault::NeedsCountry => write!(f, "needs a country; the rest of the world has no parts"),
            AreaFault::UnknownProvince => {
                write!(f, "is no code of a province there (ISO 3166-2 without the country, such as TX or QC)")
            }
            AreaFault::TooMany(most) => write!(f, "holds more than {most} entries"),
            AreaFault::Twice => write!(f, "is named twice"),
            AreaFault::PostalCode => write!(f, "must be 1 to {CODE_MOST} letters and digits of a postal code"),
            AreaFault::Range => write!(f, "must lead from a code to a later one of the same length"),
        }
    }
}

/// Areas as they are kept: their codes in capitals, without blanks around them.
#[must_use]
pub fn tidy(areas: Vec<Area>) -> Vec<Area> {
    let capitals = |code: String| code.trim().to_uppercase();
    let tidied = areas.into_iter().map(|area| Area {
        country_code: area.country_code.map(capitals),
        province_codes: area.province_codes.into_iter().map(capitals).collect(),
        postal_codes: area
            .postal_codes
            .into_iter()
            .map(|codes| match codes {
                PostalCodes::Prefix(prefix) => PostalCodes::Prefix(capitals(prefix)),
                PostalCodes::Range(first, last) => PostalCodes::Range(capitals(first), capitals(last)),
            })
            .collect(),
    });
    tidied.collect()
}

/// Everything that is wrong with the tidied areas of a zone.
#[must_use]
pub fn problems(areas: &[Area]) -> Vec<AreaProblem> {
    let too_many = |most| vec![AreaProblem::new("", AreaFault::TooMany(most))];
    if areas.len() > AREAS_MOST {
        return too_many(AREAS_MOST);
    }
    if areas.iter().map(|area| area.postal_codes.len()).sum::<usize>() > POSTAL_MOST {
        return too_many(POSTAL_MOST);
    }
    areas.iter().enumerate().flat_map(|(index, area)| problems_of(index, area)).collect()
}

fn problems_of(index: usize, area: &Area) -> Vec<AreaProblem> {
    let problem = |at: &str, fault| AreaProblem::new(format!("{index}.{at}"), fault);
    let Some(country) = &area.country_code else {
        let parts = [("provinceCodes", area.province_codes.is_empty()), ("postalCodes", area.postal_codes.is_empty())];
        let parts = parts.into_iter().filter(|(_, empty)| !empty);
        return parts.map(|(at, _)| problem(at, AreaFault::NeedsCountry)).collect();
    };
    if !is_country(country) {
        return vec![problem("countryCode", AreaFault::UnknownCountry)];
    }
    if area.province_codes.len() > PROVINCES_MOST {
        return vec![problem("provinceCodes", AreaFault::TooMany(PROVINCES_MOST))];
    }
    let mut named = BTreeSet::new();
    let provinces = area.province_codes.iter().enumerate().filter_map(|(place, code)| {
        let fault = if !is_province(country, code) {
            AreaFault::UnknownProvince
        } else if !named.insert(code) {
            AreaFault::Twice
        } else {
            return None;
        };
        Some(problem(&format!("provinceCodes.{place}"), fault))
    });
    let mut found: Vec<AreaProblem> = provinces.collect();
    found.extend(area.postal_codes.iter().enumerate().filter_map(|(place, codes)| {
        let fault = postal_pattern(codes).err()?;
        Some(problem(&format!("postalCodes.{place}"), fault))
    }));
    found
}

/// A place that belongs to a zone already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Where in the list of areas, as the API names it, with points between.
    pub at: String,
    /// The other zone; none is an earlier area of the same list.
    pub zone: Option<String>,
}

/// What an area without postal codes takes for itself: the rest of the world, a country, or a province of one.
type Place<'a> = (Option<&'a str>, Option<&'a str>);

/// Places of tidied areas that an earlier one or another zone has: of two zones that contain an address equally narrowly the older
/// one would count, and that would be a surprise. Postal codes may overlap.
#[must_use]
pub fn clashes<'a>(areas: &[Area], others: impl IntoIterator<Item = (&'a str, &'a Areas)>) -> Vec<Clash> {
    let mut taken: HashMap<Place<'_>, &str> = HashMap::new();
    for (zone, areas) in others {
        taken.extend(areas.0.iter().flat_map(places).map(|place| (place, zone)));
    }
    let mut named = HashSet::new();
    let mut clashes = Vec::new();
    for (index, area) in areas.iter().enumerate() {
        for place in places(area) {
            let part = if place.1.is_some() { "provinceCodes" } else { "countryCode" };
            let at = || format!("{index}.{part}");
            if !named.insert(place) {
                clashes.push(Clash { at: at(), zone: None });
            } else if let Some(zone) = taken.get(&place) {
                clashes.push(Clash { at: at(), zone: Some((*zone).to_owned()) });
            }
        }
    }
    clashes
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

/// Kept areas as the engine reads them.
///
/// # Errors
/// A fault: what was kept had been checked.
pub fn to_pricing(areas: &Areas) -> Result<Vec<pricing::Area>, Error> {
    let area = |area: &Area| {
        let wrong = |what: &dyn fmt::Display| Error::fault(format!("a kept area is wrong: {what}"));
        let country = area.country_code.as_deref().map(str::parse).transpose();
        let codes = area.postal_codes.iter().map(postal_pattern).collect::<Result<_, _>>();
        Ok(pricing::Area {
            country: country.map_err(|error| wrong(&error))?,
            provinces: area.province_codes.iter().map(|code| code.as_str().into()).collect(),
            postal_codes: codes.map_err(|fault| wrong(&fault))?,
        })
    };
    areas.0.iter().map(area).collect()
}

/// Whether a country has a province of this code. Where addresses name no provinces, the form has to do.
fn is_province(country: &str, code: &str) -> bool {
    let known = rules_of(country).map(|rules| rules.provinces()).unwrap_or_default();
    if known.iter().any(|province| province.code().is_some()) {
        return known.iter().any(|province| province.code() == Some(code));
    }
    (1..=3).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

fn postal_pattern(codes: &PostalCodes) -> Result<PostalPattern, AreaFault> {
    match codes {
        PostalCodes::Prefix(prefix) => Ok(PostalPattern::Prefix(plain(prefix)?.into())),
        PostalCodes::Range(first, last) => {
            let (first, last) = (plain(first)?, plain(last)?);
            if first.len() != last.len() || first > last {
                return Err(AreaFault::Range);
            }
            Ok(PostalPattern::Range(first.into(), last.into()))
        }
    }
}

/// A postal code's letters and digits; a space or hyphen between them says nothing.
fn plain(code: &str) -> Result<String, AreaFault> {
    let plain: String = code.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let fits = (1..=CODE_MOST).contains(&plain.len()) && plain.bytes().all(|letter| letter.is_ascii_alphanumeric());
    if fits { Ok(plain) } else { Err(AreaFault::PostalCode) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(country: Option<&str>, provinces: &[&str], postal_codes: Vec<PostalCodes>) -> Area {
        Area {
            country_code: country.map(str::to_owned),
            province_codes: provinces.iter().map(|code| (*code).to_owned()).collect(),
            postal_codes,
        }
    }

    fn prefix(code: &str) -> PostalCodes {
        PostalCodes::Prefix(code.to_owned())
    }

    fn range(first: &str, last: &str) -> PostalCodes {
        PostalCodes::Range(first.to_owned(), last.to_owned())
    }

    #[test]
    fn codes_are_read_however_they_are_written() {
        let written = area(Some(" ca"), &["bc", " QC "], vec![prefix("v8a 1"), range("V0", "v9")]);
        let kept = tidy(vec![written, Area::default()]);
        assert_eq!(problems(&kept), []);
        let read = to_pricing(&Areas(kept)).expect("they are right");
        assert_eq!(read[0].country.map(|country| country.to_string()).as_deref(), Some("CA"));
        assert_eq!(
            read[0].postal_codes,
            [PostalPattern::Prefix("V8A1".into()), PostalPattern::Range("V0".into(), "V9".into())]
        );
        assert_eq!(read[1], pricing::Area::default());
        assert!(to_pricing(&Areas(vec![area(Some("Canada"), &[], vec![])])).is_err());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let wrong = [
            (area(Some("XX"), &[], vec![]), "1.countryCode", AreaFault::UnknownCountry),
            (area(None, &["TX"], vec![]), "1.provinceCodes", AreaFault::NeedsCountry),
            (area(None, &[], vec![prefix("1")]), "1.postalCodes", AreaFault::NeedsCountry),
            (area(Some("US"), &["TX", "TEXAS"], vec![]), "1.provinceCodes.1", AreaFault::UnknownProvince),
            (area(Some("US"), &["TX", "QC"], vec![]), "1.provinceCodes.1", AreaFault::UnknownProvince),
            (area(Some("DE"), &["BY", "BAVARIA"], vec![]), "1.provinceCodes.1", AreaFault::UnknownProvince),
            (area(Some("US"), &["TX", "TX"], vec![]), "1.provinceCodes.1", AreaFault::Twice),
            (area(Some("US"), &[], vec![prefix(" - ")]), "1.postalCodes.0", AreaFault::PostalCode),
            (area(Some("US"), &[], vec![prefix("9%")]), "1.postalCodes.0", AreaFault::PostalCode),
            (area(Some("DE"), &[], vec![range("14199", "10115")]), "1.postalCodes.0", AreaFault::Range),
            (area(Some("DE"), &[], vec![range("10", "14199")]), "1.postalCodes.0", AreaFault::Range),
        ];
        for (wrong, at, fault) in wrong {
            assert_eq!(problems(&[Area::default(), wrong]), [AreaProblem { at: at.to_owned(), fault }]);
        }
        let both = area(Some("US"), &["QC", "XX"], vec![prefix("%")]);
        assert_eq!(problems(&[both]).len(), 3, "everything at once");
        let many = area(Some("US"), &[], vec![prefix("1"); POSTAL_MOST + 1]);
        assert_eq!(problems(&[many]), [AreaProblem { at: String::new(), fault: AreaFault::TooMany(POSTAL_MOST) }]);
    }
}
