//! Writing an address as it stands on a letter: its lines in the order of its country.

use entity::address::Address;

use super::{
    address::{AddressPart, CountryRules, is_latin, province_of, rules_of},
    country_name, fold,
};

/// Which parts of an address are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The recipient's name.
    pub name: bool,
    /// The company.
    pub company: bool,
}

/// Given and family name; `None` when neither is known.
#[must_use]
pub fn name(address: &Address) -> Option<String> {
    joined([&address.first_name, &address.last_name].into_iter().flatten(), " ")
}

/// The part of the country: its code, else its name.
#[must_use]
pub fn province(address: &Address) -> Option<&str> {
    address.province_code.as_deref().or(address.province.as_deref())
}

/// City, part of the country and country, with commas: `Portland, OR, United States`. `None` when none is known.
#[must_use]
pub fn area(address: &Address, country: Option<&str>) -> Option<String> {
    joined([address.city.as_deref(), province(address), country].into_iter().flatten(), ", ")
}

/// Every line of an address with the country's English name, as on a letter.
#[must_use]
pub fn letter(address: &Address) -> Vec<String> {
    lines(address, address.country_code.as_deref().map(country_name), Parts { name: true, company: true })
}

/// The lines of an address, those that are empty left out; `country` is the country's name.
#[must_use]
pub fn lines(address: &Address, country: Option<&str>, parts: Parts) -> Vec<String> {
    let rules = address.country_code.as_deref().and_then(rules_of);
    let mut letter = Letter::of(address, rules, parts);
    let format = match rules {
        Some(rules) => rules.format(letter.is_latin()),
        None => "%N%n%O%n%A%n%Z %C %S",
    };
    letter.keep_what_has_no_place(format);
    let mut lines = letter.written(format);
    lines.extend(country.map(str::to_owned));
    lines
}

/// The texts of an address by the part that they are.
#[derive(Debug, Default)]
struct Letter {
    name: Option<String>,
    company: Option<String>,
    street: Option<String>,
    city: Option<String>,
    province: Option<String>,
    zip: Option<String>,
    /// The province as the shopper named it, when it is none of the country's.
    own_province: Option<String>,
}

impl Letter {
    fn of(address: &Address, rules: Option<CountryRules>, parts: Parts) -> Self {
        let street = joined([&address.address1, &address.address2].into_iter().flatten(), "\n");
        let mut letter = Self {
            name: name(address).filter(|_| parts.name),
            company: address.company.clone().filter(|_| parts.company),
            street,
            city: address.city.clone(),
            province: province(address).map(str::to_owned),
            zip: address.zip.clone(),
            own_province: address.province.clone(),
        };
        let named = address.province.is_some() || address.province_code.is_some();
        if let (Some(known), Some(rules)) = (province_of(address).filter(|_| named), rules) {
            letter.province = Some(rules.written(known, letter.is_latin()).to_owned());
            letter.own_province = None;
        }
        letter
    }

    fn is_latin(&self) -> bool {
        [&self.street, &self.city].into_iter().flatten().all(|text| is_latin(text))
    }

    fn part(&self, part: AddressPart) -> Option<&str> {
        let text = match part {
            AddressPart::Name => &self.name,
            AddressPart::Company => &self.company,
            AddressPart::Street => &self.street,
            AddressPart::City => &self.city,
            AddressPart::Province => &self.province,
            AddressPart::Zip => &self.zip,
        };
        text.as_deref()
    }

    /// What was given and has no place in the country's format must not get lost on the way: a city stands with the street,
    /// a postal code and a province that has a name stand with the city.
    fn keep_what_has_no_place(&mut self, format: &str) {
        let is_missing = |part: AddressPart| !format.contains(&format!("%{}", part.letter()));
        if is_missing(AddressPart::Province)
            && let Some(own) = self.own_province.take()
        {
            self.city = joined(self.city.take().into_iter().chain([own]), " ");
        }
        if is_missing(AddressPart::Zip)
            && let Some(zip) = self.zip.take()
        {
            self.city = joined(self.city.take().into_iter().chain([zip]), " ");
        }
        if is_missing(AddressPart::City)
            && let Some(city) = self.city.take()
            // A city that is a country stands in the format.
            && !fold(format).contains(&fold(&city))
        {
            self.street = joined(self.street.take().into_iter().chain([city]), "\n");
        }
    }

    /// Writes the format out. A mark between two parts is written when both are there, as libaddressinput does it.
    fn written(&self, format: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for line in format.split("%n") {
            let (mut text, mut after_part, mut last_is_part) = (String::new(), false, false);
            let mut pieces = pieces(line).into_iter().peekable();
            while let Some(piece) = pieces.next() {
                match piece {
                    Piece::Part(part) => {
                        let value = part.and_then(|part| self.part(part));
                        text.push_str(value.unwrap_or_default());
                        after_part = true;
                        last_is_part |= value.is_some();
                    }
                    Piece::Mark(mark) => {
                        let follows = match pieces.peek() {
                            Some(Piece::Part(part)) => part.and_then(|part| self.part(part)).is_some(),
                            Some(Piece::Mark(_)) | None => true,
                        };
                        if follows && (!after_part || last_is_part) {
                            text.push_str(mark);
                            last_is_part = false;
                        }
                        after_part = false;
                    }
                }
            }
            lines.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        }
        lines
    }
}

/// A piece of a line: a part that we have or not, or what stands between parts.
enum Piece<'a> {
    Part(Option<AddressPart>),
    Mark(&'a str),
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('%') {
            let letter = after.chars().next();
            pieces.push(Piece::Part(letter.and_then(AddressPart::of)));
            rest = after.get(letter.map_or(0, char::len_utf8)..).unwrap_or_default();
        } else {
            let end = rest.find('%').unwrap_or(rest.len());
            let (mark, after) = rest.split_at(end);
            pieces.push(Piece::Mark(mark));
            rest = after;
        }
    }
    pieces
}

fn joined<T: AsRef<str>>(parts: impl Iterator<Item = T>, between: &str) -> Option<String> {
    let parts: Vec<T> = parts.collect();
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    (!parts.is_empty()).then(|| parts.join(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(city: &str, province: Option<&str>, zip: &str, country: &str) -> Address {
        Address {
            first_name: Some("Ada".into()),
            last_name: Some("Demo".into()),
            company: Some("Lanterns".into()),
            address1: Some("12 Lantern Street".into()),
            city: Some(city.into()),
            province_code: province.map(str::to_owned),
            zip: Some(zip.into()),
            country_code: Some(country.into()),
            ..Address::default()
        }
    }

    #[test]
    fn a_letter_is_written_as_its_country_does() {
        let german = address("Berlin", None, "10115", "DE");
        let parts = Parts { name: false, company: false };
        assert_eq!(lines(&german, Some("Germany"), parts), ["12 Lantern Street", "10115 Berlin", "Germany"]);
        let whole = |address: &Address| lines(address, None, Parts { name: true, company: true }).join("; ");
        let start = "Ada Demo; Lanterns; 12 Lantern Street; ";
        for (city, province, zip, country, end) in [
            ("Portland", Some("OR"), "97201", "US", "Portland, OR 97201"),
            ("Portland", None, "97201", "US", "Portland 97201"),
            ("Toronto", Some("ON"), "M5V 3L9", "CA", "Toronto ON M5V 3L9"),
            ("London", None, "EC1A 1BB", "GB", "London; EC1A 1BB"),
            ("London", Some("ENG"), "EC1A 1BB", "GB", "London; EC1A 1BB"),
            ("Milano", Some("MI"), "20121", "IT", "20121 Milano MI"),
            ("Madrid", Some("M"), "28013", "ES", "28013 Madrid Madrid"),
            ("Mumbai", Some("MH"), "400001", "IN", "Mumbai 400001; Maharashtra"),
            ("Singapore", None, "238801", "SG", "SINGAPORE 238801"),
            ("Atlantis", Some("X"), "1", "QQ", "1 Atlantis X"),
        ] {
            assert_eq!(whole(&address(city, province, zip, country)), format!("{start}{end}"), "{country}");
        }
        let tokyo = address("Chiyoda-ku", Some("13"), "100-0005", "JP");
        assert_eq!(whole(&tokyo), "Ada Demo; Lanterns; 12 Lantern Street; Chiyoda-ku, Tokyo; 100-0005");
        let tokyo = Address { address1: Some("丸の内1-1".into()), city: Some("千代田区".into()), ..tokyo };
        assert_eq!(whole(&tokyo), "〒100-0005; 東京都; 丸の内1-1; 千代田区; Lanterns; Ada Demo");
        let kent = Address { province: Some("Kent".into()), ..address("Dover", None, "CT16 1JA", "GB") };
        assert_eq!(whole(&kent), format!("{start}Dover Kent; CT16 1JA"));
    }

    #[test]
    fn a_letter_names_the_country_and_leaves_out_what_is_absent() {
        let french = Address { company: None, ..address("Lyon", None, "69001", "FR") };
        assert_eq!(letter(&french), ["Ada Demo", "12 Lantern Street", "69001 Lyon", "France"]);
        assert!(letter(&Address::default()).is_empty());
    }

    #[test]
    fn an_area_holds_what_is_known() {
        let american = address("Portland", Some("OR"), "97201", "US");
        assert_eq!(area(&american, Some("United States")).as_deref(), Some("Portland, OR, United States"));
        assert_eq!(area(&Address::default(), None), None);
        assert_eq!(name(&Address::default()), None);
    }
}
