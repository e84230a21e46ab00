//! What a country says of its addresses. Where it says nothing, nothing is refused.

use super::data::{self, CountryData, ProvinceData};
use crate::domain::shared::fold;

/// A part of an address that countries use, require and put in their own order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressPart {
    /// The recipient.
    Name,
    /// The company.
    Company,
    /// Street and number.
    Street,
    /// The city.
    City,
    /// The province.
    Province,
    /// The postal code.
    Zip,
}

impl AddressPart {
    /// Every part.
    pub const ALL: [Self; 6] = [Self::Name, Self::Company, Self::Street, Self::City, Self::Province, Self::Zip];

    /// Its letter in the data.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Name => 'N',
            Self::Company => 'O',
            Self::Street => 'A',
            Self::City => 'C',
            Self::Province => 'S',
            Self::Zip => 'Z',
        }
    }

    /// The part of a letter.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.letter() == letter)
    }
}

/// A province of a country.
#[derive(Clone, Copy, Debug)]
pub struct Province(&'static ProvinceData);

impl Province {
    /// Its code after the country's (ISO 3166-2), such as `NY`; a few have none.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        self.0.code.as_deref()
    }

    /// Its name in Latin letters.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// Its name in the country's own letters, where they are others.
    #[must_use]
    pub fn local_name(self) -> Option<&'static str> {
        self.0.also.iter().map(String::as_str).find(|name| !is_latin(name))
    }

    /// Whether its postal codes begin like this one; `None`: the source does not say.
    fn has_zip(self, zip: &str) -> Option<bool> {
        self.0.zip.as_ref().map(|pattern| pattern.begins(zip))
    }

    fn is_called(self, folded: &str) -> bool {
        std::iter::once(&self.0.name).chain(&self.0.also).any(|name| fold(name) == folded)
    }
}

/// Whether a text has no letters beyond the Latin ones.
#[must_use]
pub fn is_latin(text: &str) -> bool {
    text.chars()
        .all(|letter| !letter.is_alphabetic() || letter < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&letter))
}

/// The rules of one country.
#[derive(Clone, Copy, Debug)]
pub struct CountryRules {
    code: &'static str,
    of: &'static CountryData,
}

/// The rules of a country by its code (ISO 3166-1 alpha-2, capitals); `None`: it is not in the data.
#[must_use]
pub fn rules_of(country: &str) -> Option<CountryRules> {
    let (code, of) = data::data().countries.get_key_value(country)?;
    Some(CountryRules { code, of })
}

/// The provinces of a country; empty where the data lists none.
#[must_use]
pub fn provinces_of(country: &str) -> Vec<Province> {
    rules_of(country).map(CountryRules::provinces).unwrap_or_default()
}

/// The province of an address: the one that is named, else the only one that has its postal code.
#[must_use]
pub fn province_of(address: &entity::address::Address) -> Option<Province> {
    let rules = rules_of(address.country_code.as_deref()?)?;
    let named = address.province_code.as_deref().or(address.province.as_deref());
    match named {
        Some(text) => rules.province(text),
        None => rules.province_of_zip(address.zip.as_deref()?),
    }
}

impl CountryRules {
    /// The lines of a letter as the data writes them; `latin`: for an address in Latin letters.
    #[must_use]
    pub fn format(self, latin: bool) -> &'static str {
        let otherwise = data::data().otherwise.format.as_deref().unwrap_or_default();
        let local = self.of.format.as_deref().unwrap_or(otherwise);
        self.of.latin.as_deref().filter(|_| latin).unwrap_or(local)
    }

    /// Whether a part is written on letters there.
    #[must_use]
    pub fn uses(self, part: AddressPart) -> bool {
        self.format(false).contains(&format!("%{}", part.letter()))
    }

    /// Whether nothing is delivered without a part.
    #[must_use]
    pub fn requires(self, part: AddressPart) -> bool {
        let otherwise = data::data().otherwise.require.as_deref().unwrap_or_default();
        self.uses(part) && self.of.require.as_deref().unwrap_or(otherwise).contains(part.letter())
    }

    /// What a province is called there, such as `state`.
    #[must_use]
    pub fn province_word(self) -> Option<&'static str> {
        let otherwise = data::data().otherwise.province.as_deref();
        self.of.province.as_deref().or(otherwise).filter(|_| self.uses(AddressPart::Province))
    }

    /// A province as it is written on a letter there; `latin`: in Latin letters.
    #[must_use]
    pub fn written(self, province: Province, latin: bool) -> &'static str {
        let name = province.local_name().filter(|_| !latin).unwrap_or(province.name());
        province.code().filter(|_| self.of.abbreviates).unwrap_or(name)
    }

    /// Its provinces, in the order of the data.
    #[must_use]
    pub fn provinces(self) -> Vec<Province> {
        self.of.provinces.iter().map(Province).collect()
    }

    /// The province that a text names by its code, with or without the country's before it, or by any of its names.
    #[must_use]
    pub fn province(self, text: &str) -> Option<Province> {
        let text = text.trim();
        let code = text.to_uppercase();
        let code = code.strip_prefix(self.code).and_then(|rest| rest.strip_prefix('-')).unwrap_or(&code);
        let by_code = self.of.provinces.iter().find(|province| province.code.as_deref() == Some(code));
        let folded = fold(text);
        by_code.map(Province).or_else(|| self.provinces().into_iter().find(|province| province.is_called(&folded)))
    }

    /// The form of its postal codes: a regular expression; `None`: none, or the data does not say.
    #[must_use]
    pub fn zip_pattern(self) -> Option<&'static str> {
        self.of.zip.as_ref().map(data::Pattern::as_str)
    }

    /// Postal codes as they look there.
    #[must_use]
    pub fn zip_examples(self) -> &'static [String] {
        &self.of.examples
    }

    /// What is written before the postal code on letters from abroad, such as `L-`.
    #[must_use]
    pub fn zip_prefix(self) -> Option<&'static str> {
        self.of.prefix.as_deref()
    }

    /// Whether a postal code has the country's form. Case, blanks around it, full-width digits and a prefix for letters from
    /// abroad are no mistakes.
    #[must_use]
    pub fn zip_fits(self, zip: &str) -> bool {
        let Some(pattern) = &self.of.zip else { return true };
        self.readings(zip).iter().any(|zip| pattern.fits(zip))
    }

    /// Whether a postal code can be one of a province. What the data does not say is no mistake.
    #[must_use]
    pub fn zip_is_of(self, zip: &str, province: Province) -> bool {
        self.readings(zip).iter().any(|zip| province.has_zip(zip).unwrap_or(true))
    }

    /// The only province whose postal codes begin like this one.
    #[must_use]
    pub fn province_of_zip(self, zip: &str) -> Option<Province> {
        let has = |province: &Province| self.readings(zip).iter().any(|zip| province.has_zip(zip) == Some(true));
        let mut fitting = self.provinces().into_iter().filter(has);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// A postal code as it may be meant: as written, and without the prefix for letters from abroad.
    fn readings(self, zip: &str) -> Vec<String> {
        let written: String = zip.trim().trim_start_matches('〒').chars().map(to_ascii).collect();
        let written = written.trim().to_ascii_uppercase();
        let mut readings = vec![written.clone()];
        for prefix in [self.of.prefix.as_deref().unwrap_or_default(), &format!("{}-", self.code)] {
            let rest = written.strip_prefix(prefix).filter(|_| !prefix.is_empty());
            readings.extend(rest.map(|rest| rest.trim().to_owned()));
        }
        readings
    }
}

/// A full-width letter, digit or hyphen as the one that is meant.
fn to_ascii(letter: char) -> char {
    let code = u32::from(letter);
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(code - 0xfee0).unwrap_or(letter),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{a0}' | '\u{3000}' => ' ',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(country: &str) -> CountryRules {
        rules_of(country).expect("a country of the data")
    }

    #[test]
    fn a_province_is_known_by_its_code_and_by_any_of_its_names() {
        for (country, text, code) in [
            ("US", "NY", "NY"),
            ("US", "us-ny", "NY"),
            ("US", " new york ", "NY"),
            ("CA", "Colombie-Britannique", "BC"),
            ("CA", "British Columbia", "BC"),
            ("ES", "Araba", "VI"),
            ("JP", "東京都", "13"),
            ("JP", "tokyo", "13"),
            ("IT", "Milano", "MI"),
            ("BR", "sao paulo", "SP"),
        ] {
            let found = rules(country).province(text).and_then(Province::code);
            assert_eq!(found, Some(code), "{text} in {country}");
        }
        assert!(rules("US").province("Ontario").is_none());
        assert!(provinces_of("DE").is_empty());
        assert_eq!(provinces_of("CA").len(), 13);
        assert!(provinces_of("QQ").is_empty());
    }

    #[test]
    fn a_postal_code_may_be_written_as_people_do() {
        for (country, zip) in [
            ("US", "97201"),
            ("US", "97201-1234"),
            ("GB", "ec1y 8sy"),
            ("GB", "EC1Y8SY"),
            ("CA", "k1a 0b1"),
            ("CA", "K1A0B1"),
            ("LU", "L-4750"),
            ("DE", "DE-10115"),
            ("JP", "〒１５４−００２３"),
            ("NL", "1234AB"),
            ("HK", "anything"),
            ("AE", "0000"),
        ] {
            assert!(rules(country).zip_fits(zip), "{zip} in {country}");
        }
        for (country, zip) in [("US", "K1A 0B1"), ("DE", "1011"), ("GB", "12345"), ("CA", "12345"), ("JP", "97201")] {
            assert!(!rules(country).zip_fits(zip), "{zip} in {country}");
        }
    }

    #[test]
    fn a_postal_code_tells_its_province_where_only_one_has_it() {
        let of = |country: &str, zip| rules(country).province_of_zip(zip).and_then(Province::code);
        assert_eq!(of("US", "12345"), Some("NY"));
        assert_eq!(of("CA", "K1A 0B1"), Some("ON"));
        assert_eq!(of("ES", "28013"), Some("M"));
        assert_eq!(of("CA", "X0A 0A0"), None, "two provinces share it");
        assert_eq!(of("DE", "10115"), None);
    }

    #[test]
    fn every_country_has_a_format_and_every_required_part_is_in_it() {
        for code in data::data().countries.keys() {
            let rules = rules(code);
            assert!(rules.uses(AddressPart::Street), "{code}");
            let required = AddressPart::ALL.into_iter().filter(|part| rules.requires(*part));
            assert!(required.count() > 0, "{code}");
            for province in rules.provinces() {
                let name = province.name();
                assert!(rules.province(name).is_some(), "{code} {name}");
                let by_code = province.code().map(|code| rules.province(code).map(Province::name));
                assert!(by_code.is_none_or(|found| found == Some(name)), "{code} {name}");
            }
        }
    }
}
