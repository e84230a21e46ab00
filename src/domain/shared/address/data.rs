//! The data that `scripts/refresh-address-data` writes, read once when it is first asked for.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

const FILE: &str = include_str!("countries.json");

/// Everything that the file holds.
#[derive(Debug, Default, Deserialize)]
pub struct Data {
    /// What holds where a country says nothing.
    pub otherwise: CountryData,
    /// Each country by its code.
    pub countries: HashMap<String, CountryData>,
}

/// A country as the source has it. What it does not say is left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CountryData {
    /// The lines of a letter: `%N` name, `%O` company, `%A` street, `%C` city, `%S` province, `%Z` postal code, `%n` a new line.
    pub format: Option<String>,
    /// The same for an address that is written in Latin letters, where that differs.
    pub latin: Option<String>,
    /// The parts without which nothing is delivered, one letter each.
    pub require: Option<String>,
    /// The form of a postal code.
    pub zip: Option<Pattern>,
    /// Postal codes of this form.
    pub examples: Vec<String>,
    /// What is written before the postal code on letters from abroad.
    pub prefix: Option<String>,
    /// What a province is called.
    pub province: Option<String>,
    /// Whether letters have the codes of provinces in place of their names.
    pub abbreviates: bool,
    /// The provinces.
    pub provinces: Vec<ProvinceData>,
}

/// A province.
#[derive(Debug, Deserialize)]
pub struct ProvinceData {
    /// After the country's code (ISO 3166-2).
    pub code: Option<String>,
    /// In Latin letters.
    pub name: String,
    /// Other names that it has.
    #[serde(default)]
    pub also: Vec<String>,
    /// How its postal codes begin.
    #[serde(default)]
    pub zip: Option<Pattern>,
}

/// A regular expression, compiled when it is first asked for.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub struct Pattern {
    text: String,
    whole: OnceLock<Option<Regex>>,
    start: OnceLock<Option<Regex>>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        Self { text, whole: OnceLock::new(), start: OnceLock::new() }
    }
}

impl Pattern {
    /// As the source writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a text has this form. A pattern that is none refuses nothing.
    pub fn fits(&self, text: &str) -> bool {
        let compiled = self.whole.get_or_init(|| compile(&format!("^(?:{})$", self.text)));
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    /// Whether a text begins in this form.
    pub fn begins(&self, text: &str) -> bool {
        let compiled = self.start.get_or_init(|| compile(&format!("^(?:{})", self.text)));
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// Postal codes are of ASCII, so that digits and letters need no tables.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

/// All of it. A file that cannot be read knows no country, which refuses nothing; a test reads it.
pub fn data() -> &'static Data {
    static DATA: LazyLock<Data> = LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());
    &DATA
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_every_pattern_is_one() {
        let read: Data = serde_json::from_str(FILE).expect("the file is of this form");
        assert!(read.countries.len() > 240);
        let zips = read.countries.values().filter_map(|country| country.zip.as_ref());
        let provinces = read.countries.values().flat_map(|country| &country.provinces);
        let patterns = zips.chain(provinces.filter_map(|province| province.zip.as_ref()));
        let patterns: Vec<&Pattern> = patterns.collect();
        assert!(patterns.len() > 700, "{}", patterns.len());
        for pattern in patterns {
            assert!(compile(pattern.as_str()).is_some(), "{}", pattern.as_str());
        }
    }

    #[test]
    fn every_example_has_the_form_that_it_is_an_example_of() {
        let mut examples = 0;
        for (code, country) in &data().countries {
            let Some(zip) = &country.zip else { continue };
            for example in &country.examples {
                assert!(zip.fits(example), "{code}: {example} is not {}", zip.as_str());
                examples += 1;
            }
        }
        assert!(examples > 400, "{examples}");
    }
}
