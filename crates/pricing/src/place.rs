//! Places: countries, addresses as far as prices depend on them, and areas that contain them.

use std::{collections::BTreeSet, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{PricingError, error::Result};

/// A country by its ISO 3166-1 code of two capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Country([u8; 2]);

impl FromStr for Country {
    type Err = PricingError;

    fn from_str(code: &str) -> Result<Self> {
        match <[u8; 2]>::try_from(code.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(PricingError::Code(code.to_owned())),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or("ZZ"))
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.to_string()
    }
}

impl TryFrom<String> for Country {
    type Error = PricingError;

    fn try_from(code: String) -> Result<Self> {
        code.parse()
    }
}

/// What of an address prices depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The country.
    pub country: Country,
    /// The province, state or region by its code, such as `BC`.
    pub province: Option<Arc<str>>,
    /// The postal code as it was written.
    pub postal_code: Option<Arc<str>>,
}

impl Address {
    /// An address of which only the country is known.
    #[must_use]
    pub fn of_country(country: Country) -> Self {
        Self { country, province: None, postal_code: None }
    }
}

/// Postal codes of a kind. They are compared in capitals and without spaces and hyphens: `sw1a 1aa` is `SW1A1AA`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostalPattern {
    /// All that begin with it: `SW1`, `10`.
    Prefix(Arc<str>),
    /// All from the first to the last, both included, by as many characters as each bound has: `10000` to `14999`, `V0`
    /// to `V9`.
    Range(Arc<str>, Arc<str>),
}

impl PostalPattern {
    fn matches(&self, code: &str) -> bool {
        let start = |bound: &str| code.get(..bound.len()).map(str::to_owned);
        match self {
            Self::Prefix(prefix) => code.starts_with(&normalized(prefix)),
            Self::Range(first, last) => {
                let (first, last) = (normalized(first), normalized(last));
                start(&first).is_some_and(|code| code >= first) && start(&last).is_some_and(|code| code <= last)
            }
        }
    }
}

fn normalized(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A part of the world. Of several areas that contain an address the narrowest counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Area {
    /// The country; none is the rest of the world.
    pub country: Option<Country>,
    /// Its provinces by code; none named means all of them.
    pub provinces: BTreeSet<Arc<str>>,
    /// Its postal codes; none named means all of them.
    pub postal_codes: Vec<PostalPattern>,
}

impl Area {
    /// A whole country.
    #[must_use]
    pub fn of_country(country: Country) -> Self {
        Self { country: Some(country), ..Self::default() }
    }

    /// How narrowly the area contains the address: 0 as the rest of the world, 1 by country, 2 by province, 3 by postal
    /// code; none if it does not.
    #[must_use]
    pub fn specificity(&self, address: &Address) -> Option<u8> {
        let Some(country) = self.country else { return Some(0) };
        if country != address.country {
            return None;
        }
        let mut specificity = 1;
        if !self.provinces.is_empty() {
            let province = address.province.as_deref()?;
            if !self.provinces.iter().any(|one| one.eq_ignore_ascii_case(province)) {
                return None;
            }
            specificity = 2;
        }
        if !self.postal_codes.is_empty() {
            let code = normalized(address.postal_code.as_deref()?);
            if !self.postal_codes.iter().any(|pattern| pattern.matches(&code)) {
                return None;
            }
            specificity = 3;
        }
        Some(specificity)
    }
}

/// The areas that contain one of the addresses, without the provinces and postal codes that do not.
pub(crate) fn containing(areas: &[Area], addresses: &[Address]) -> Vec<Area> {
    let narrowed = |area: &Area| {
        let inside: Vec<&Address> = addresses.iter().filter(|address| area.specificity(address).is_some()).collect();
        let province = |code: &Arc<str>| {
            let mut provinces = inside.iter().filter_map(|address| address.province.as_deref());
            provinces.any(|province| province.eq_ignore_ascii_case(code))
        };
        let postal = |pattern: &PostalPattern| {
            let mut codes = inside.iter().filter_map(|address| address.postal_code.as_deref());
            codes.any(|code| pattern.matches(&normalized(code)))
        };
        (!inside.is_empty()).then(|| Area {
            country: area.country,
            provinces: area.provinces.iter().filter(|code| province(code)).cloned().collect(),
            postal_codes: area.postal_codes.iter().filter(|pattern| postal(pattern)).cloned().collect(),
        })
    };
    areas.iter().filter_map(narrowed).collect()
}

/// The index of the zone that contains an address most narrowly; of equals the one with the smallest key.
pub(crate) fn narrowest<'a, K: Ord>(
    zones: impl IntoIterator<Item = (K, &'a [Area])>,
    address: &Address,
) -> Option<usize> {
    let mut best: Option<(u8, K, usize)> = None;
    for (index, (key, areas)) in zones.into_iter().enumerate() {
        let Some(specificity) = areas.iter().filter_map(|area| area.specificity(address)).max() else { continue };
        if best.as_ref().is_none_or(|(most, least, _)| specificity > *most || (specificity == *most && key < *least)) {
            best = Some((specificity, key, index));
        }
    }
    best.map(|(_, _, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(country: &str, province: Option<&str>, postal_code: Option<&str>) -> Address {
        Address {
            country: country.parse().expect("a code"),
            province: province.map(Into::into),
            postal_code: postal_code.map(Into::into),
        }
    }

    #[test]
    fn postal_codes_are_compared_without_spaces_and_case() {
        let london = PostalPattern::Prefix("sw1a".into());
        assert!(london.matches(&normalized("SW1A 1AA")) && !london.matches(&normalized("SW2A 1AA")));
        let berlin = PostalPattern::Range("10115".into(), "14199".into());
        assert!(berlin.matches("10115") && berlin.matches("14199") && !berlin.matches("14200"));
        assert!(!berlin.matches("101"), "a code shorter than the bound is not in the range");
        let islands = PostalPattern::Range("V8".into(), "V9".into());
        assert!(islands.matches(&normalized("V9Z-1A1")) && !islands.matches("V7A1A1"));
    }

    #[test]
    fn the_narrowest_area_counts_and_of_equals_the_smallest_key() {
        let country = Area::of_country("CA".parse().expect("a code"));
        let province = Area { provinces: BTreeSet::from(["BC".into()]), ..country.clone() };
        let postal = Area { postal_codes: vec![PostalPattern::Prefix("V8".into())], ..country.clone() };
        let zones = [[Area::default()], [country.clone()], [province], [postal], [country]];
        let keyed = || [9, 3, 2, 1, 2].into_iter().zip(zones.iter().map(<[Area; 1]>::as_slice));
        let find = |address: &Address| narrowest(keyed(), address);
        assert_eq!(find(&address("CA", Some("bc"), Some("v8a 1a1"))), Some(3));
        assert_eq!(find(&address("CA", Some("BC"), Some("V7A 1A1"))), Some(2));
        assert_eq!(find(&address("CA", None, None)), Some(4));
        assert_eq!(find(&address("FR", None, None)), Some(0));
    }
}
