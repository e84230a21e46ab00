//! Parts of the world as staff describe them for delivery and taxes, as they are kept (JSON), and as the engine reads them.

use std::{collections::BTreeSet, fmt};

use pricing::{Area, PostalPattern};
use serde::{Deserialize, Serialize};

use super::{Error, address::rules_of, countries::is_country};

/// Most areas of one zone.
pub const AREAS_MOST: usize = 250;
/// Most provinces of one area.
pub const PROVINCES_MOST: usize = 100;
/// Most postal patterns of one area.
pub const POSTAL_MOST: usize = 250;
/// Longest postal code or bound, in characters.
const CODE_MOST: usize = 16;

/// A part of the world. Codes are in capitals once they are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AreaSpec {
    /// The country (ISO 3166-1 alpha-2); none is the rest of the world.
    pub country: Option<String>,
    /// Its provinces (the part of ISO 3166-2 after the hyphen); none named means all of them.
    pub provinces: Vec<String>,
    /// Its postal codes; none named means all of them.
    pub postal_codes: Vec<PostalSpec>,
}

/// Postal codes of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostalSpec {
    /// All that begin with it.
    Prefix(String),
    /// All from the first to the last, both included.
    Range(String, String),
}

/// What is wrong with an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaProblem {
    /// Where in the area, as the API names it, with points between: `postalCodes.3`.
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

impl fmt::Display for AreaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
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

impl AreaSpec {
    /// The area with its codes trimmed and in capitals, as it is kept.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let capitals = |code: &String| code.trim().to_uppercase();
        let pattern = |pattern: &PostalSpec| match pattern {
            PostalSpec::Prefix(prefix) => PostalSpec::Prefix(capitals(prefix)),
            PostalSpec::Range(first, last) => PostalSpec::Range(capitals(first), capitals(last)),
        };
        Self {
            country: self.country.as_ref().map(capitals),
            provinces: self.provinces.iter().map(capitals).collect(),
            postal_codes: self.postal_codes.iter().map(pattern).collect(),
        }
    }

    /// The area as the engine reads it.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn to_pricing(&self) -> Result<Area, AreaProblem> {
        let area = self.tidy();
        let Some(code) = &area.country else {
            return match (area.provinces.is_empty(), area.postal_codes.is_empty()) {
                (true, true) => Ok(Area::default()),
                (false, _) => Err(AreaProblem::new("provinces", AreaFault::NeedsCountry)),
                (true, false) => Err(AreaProblem::new("postalCodes", AreaFault::NeedsCountry)),
            };
        };
        let unknown = || AreaProblem::new("country", AreaFault::UnknownCountry);
        let country = code.parse().ok().filter(|_| is_country(code)).ok_or_else(unknown)?;
        for (at, count, most) in
            [("provinces", area.provinces.len(), PROVINCES_MOST), ("postalCodes", area.postal_codes.len(), POSTAL_MOST)]
        {
            if count > most {
                return Err(AreaProblem::new(at, AreaFault::TooMany(most)));
            }
        }
        let mut provinces = BTreeSet::new();
        for (index, province) in area.provinces.iter().enumerate() {
            let at = format!("provinces.{index}");
            if !is_province(code, province) {
                return Err(AreaProblem::new(at, AreaFault::UnknownProvince));
            }
            if !provinces.insert(province.as_str().into()) {
                return Err(AreaProblem::new(at, AreaFault::Twice));
            }
        }
        let postal_codes = area.postal_codes.iter().enumerate().map(|(index, pattern)| {
            postal_pattern(pattern).map_err(|fault| AreaProblem::new(format!("postalCodes.{index}"), fault))
        });
        let postal_codes = postal_codes.collect::<Result<Vec<_>, _>>()?;
        Ok(Area { country: Some(country), provinces, postal_codes })
    }
}

/// Checks the areas of a zone and returns them as they are kept; a problem's `at` begins with the area's place: `2.country`.
///
/// # Errors
/// The first problem.
pub fn checked(areas: &[AreaSpec]) -> Result<Vec<AreaSpec>, AreaProblem> {
    if areas.len() > AREAS_MOST {
        return Err(AreaProblem::new("", AreaFault::TooMany(AREAS_MOST)));
    }
    for (index, area) in areas.iter().enumerate() {
        let at = |problem: AreaProblem| AreaProblem { at: format!("{index}.{}", problem.at), ..problem };
        area.to_pricing().map_err(at)?;
    }
    Ok(areas.iter().map(AreaSpec::tidy).collect())
}

/// Areas as a JSON column keeps them.
#[must_use]
pub fn to_json(areas: &[AreaSpec]) -> serde_json::Value {
    // A list of texts and lists cannot fail to become JSON; null would be found by whoever reads it.
    serde_json::to_value(areas).unwrap_or_default()
}

/// Areas out of a JSON column.
///
/// # Errors
/// A fault, when the column holds something else.
pub fn from_json(column: &serde_json::Value) -> Result<Vec<AreaSpec>, Error> {
    Vec::deserialize(column).map_err(|error| Error::Fault(anyhow::Error::new(error).context("the areas of a zone")))
}

/// Kept areas as the engine reads them.
///
/// # Errors
/// A fault: what was kept had been checked.
pub fn engine_areas(column: &serde_json::Value) -> Result<Vec<Area>, Error> {
    let fault = |problem: AreaProblem| Error::fault(format!("a kept area is wrong: {} {problem}", problem.at));
    from_json(column)?.iter().map(|area| area.to_pricing().map_err(fault)).collect()
}

/// Whether a country has a province of this code. Where addresses name no provinces, the form has to do.
fn is_province(country: &str, code: &str) -> bool {
    let known = rules_of(country).map(|rules| rules.provinces()).unwrap_or_default();
    if known.iter().any(|province| province.code().is_some()) {
        return known.iter().any(|province| province.code() == Some(code));
    }
    (1..=3).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

fn postal_pattern(pattern: &PostalSpec) -> Result<PostalPattern, AreaFault> {
    match pattern {
        PostalSpec::Prefix(prefix) => Ok(PostalPattern::Prefix(plain(prefix)?.into())),
        PostalSpec::Range(first, last) => {
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

    fn area(country: Option<&str>, provinces: &[&str], postal_codes: Vec<PostalSpec>) -> AreaSpec {
        AreaSpec {
            country: country.map(str::to_owned),
            provinces: provinces.iter().map(|code| (*code).to_owned()).collect(),
            postal_codes,
        }
    }

    fn prefix(code: &str) -> PostalSpec {
        PostalSpec::Prefix(code.to_owned())
    }

    fn range(first: &str, last: &str) -> PostalSpec {
        PostalSpec::Range(first.to_owned(), last.to_owned())
    }

    #[test]
    fn codes_are_read_however_they_are_written_and_survive_the_column() {
        let spec = area(Some(" ca"), &["bc", "QC"], vec![prefix("v8a 1"), range("V0", "v9")]);
        let read = spec.to_pricing().expect("it is right");
        assert_eq!(read.country.map(|country| country.to_string()).as_deref(), Some("CA"));
        assert_eq!(read.postal_codes[0], PostalPattern::Prefix("V8A1".into()));
        let kept = to_json(&checked(&[spec, AreaSpec::default()]).expect("they are right"));
        assert_eq!(engine_areas(&kept).expect("it was checked"), [read, Area::default()]);
        assert!(engine_areas(&serde_json::json!({ "no": "list" })).is_err());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let wrong = [
            (area(Some("XX"), &[], vec![]), "0.country", AreaFault::UnknownCountry),
            (area(None, &["TX"], vec![]), "0.provinces", AreaFault::NeedsCountry),
            (area(None, &[], vec![prefix("1")]), "0.postalCodes", AreaFault::NeedsCountry),
            (area(Some("US"), &["TX", "Texas"], vec![]), "0.provinces.1", AreaFault::UnknownProvince),
            (area(Some("US"), &["TX", "QC"], vec![]), "0.provinces.1", AreaFault::UnknownProvince),
            (area(Some("DE"), &["BY", "Bavaria"], vec![]), "0.provinces.1", AreaFault::UnknownProvince),
            (area(Some("US"), &["TX", "tx"], vec![]), "0.provinces.1", AreaFault::Twice),
            (area(Some("US"), &[], vec![prefix(" - ")]), "0.postalCodes.0", AreaFault::PostalCode),
            (area(Some("US"), &[], vec![prefix("9%")]), "0.postalCodes.0", AreaFault::PostalCode),
            (area(Some("DE"), &[], vec![range("14199", "10115")]), "0.postalCodes.0", AreaFault::Range),
            (area(Some("DE"), &[], vec![range("10", "14199")]), "0.postalCodes.0", AreaFault::Range),
        ];
        for (spec, at, fault) in wrong {
            assert_eq!(checked(&[spec]), Err(AreaProblem { at: at.to_owned(), fault }));
        }
        let many = area(Some("US"), &[], vec![prefix("1"); POSTAL_MOST + 1]);
        assert_eq!(many.to_pricing().map_err(|problem| problem.fault), Err(AreaFault::TooMany(POSTAL_MOST)));
    }
}
