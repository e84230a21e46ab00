//! Checking a postal address, by its country, and free texts: trimmed, bounded, free of control characters and card numbers.

use entity::address::Address;

use super::{
    super::card_number::{holds_card_number, phone_holds_card_number},
    rules::{AddressPart, CountryRules, Province, province_of, rules_of},
};

/// What is wrong with one field of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is missing.
    Required,
    /// It has more than 255 characters.
    TooLong,
    /// It holds `<` or `>`.
    HtmlTags,
    /// It holds a web address.
    Url,
    /// It holds control characters or does not have the expected form.
    Pattern,
    /// It holds what looks like a payment card number.
    CardNumber,
    /// The postal code is none of the country.
    ZipForCountry {
        /// One that is.
        example: Option<&'static str>,
    },
    /// The postal code is none of the province.
    ZipForProvince {
        /// The province's name.
        province: &'static str,
    },
    /// The country has no such province.
    ProvinceNotFound {
        /// One that it has: code or name.
        example: &'static str,
    },
}

impl AddressProblem {
    /// What is wrong, as the end of a sentence that begins with the field.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::Required => "is required".to_owned(),
            Self::TooLong => format!("has more than {LONGEST} characters"),
            Self::HtmlTags => "must not hold < or >".to_owned(),
            Self::Url => "must not hold a web address".to_owned(),
            Self::Pattern => "does not have the expected form".to_owned(),
            Self::CardNumber => "holds a payment card number".to_owned(),
            Self::ZipForCountry { example: Some(example) } => {
                format!("is no postal code of this country; one looks like {example}")
            }
            Self::ZipForCountry { example: None } => "is no postal code of this country".to_owned(),
            Self::ZipForProvince { province } => format!("is no postal code of {province}"),
            Self::ProvinceNotFound { example } => format!("is no province of this country; {example} is one"),
        }
    }
}

/// Longest text of one field, in characters.
const LONGEST: usize = 255;

/// Trims every field, turns empty ones into `None`, and finds the code of a province that is named.
#[must_use]
pub fn tidy(address: Address) -> Address {
    let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut address = Address {
        first_name: tidy(address.first_name),
        last_name: tidy(address.last_name),
        company: tidy(address.company),
        address1: tidy(address.address1),
        address2: tidy(address.address2),
        city: tidy(address.city),
        province_code: tidy(address.province_code),
        province: tidy(address.province),
        zip: tidy(address.zip),
        country_code: tidy(address.country_code).map(|code| code.to_ascii_uppercase()),
        phone: tidy(address.phone),
    };
    let named = address.province_code.is_some() || address.province.is_some();
    if let Some(code) = province_of(&address).filter(|_| named).and_then(Province::code) {
        address.province_code = Some(code.to_owned());
    }
    address
}

/// Problems of the fields that are there, and the fields without which nothing can be delivered: last name, street, country, and
/// what the country requires of city, province and postal code. Field names are those of the API.
#[must_use]
pub fn problems(address: &Address) -> Vec<(&'static str, AddressProblem)> {
    let rules = address.country_code.as_deref().and_then(rules_of);
    let requires = |part| rules.map_or(part == AddressPart::City, |rules| rules.requires(part));
    let fields = [
        ("firstName", &address.first_name, false),
        ("lastName", &address.last_name, true),
        ("company", &address.company, false),
        ("address1", &address.address1, true),
        ("address2", &address.address2, false),
        ("city", &address.city, requires(AddressPart::City)),
        // A postal code that only one province has names it well enough.
        ("provinceCode", &address.province_code, requires(AddressPart::Province) && !names_province(address)),
        ("province", &address.province, false),
        ("zip", &address.zip, requires(AddressPart::Zip)),
        ("countryCode", &address.country_code, true),
        ("phone", &address.phone, false),
    ];
    let mut found = Vec::new();
    for (name, value, required) in fields {
        match value {
            None if required => found.push((name, AddressProblem::Required)),
            None => {}
            Some(text) => {
                let card = if name == "phone" { phone_holds_card_number(text) } else { holds_card_number(text) };
                found.extend(problem_of(text, card).map(|problem| (name, problem)));
            }
        }
    }
    let is_code = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if address
        .country_code
        .as_deref()
        .is_some_and(|text| problem_of(text, holds_card_number(text)).is_none() && !is_code(text))
    {
        found.push(("countryCode", AddressProblem::Pattern));
    }
    if let Some(rules) = rules {
        for (field, problem) in misfits(address, rules) {
            // What is wrong for a simpler reason says so only.
            if !found.iter().any(|(other, _)| *other == field) {
                found.push((field, problem));
            }
        }
    }
    found
}

fn names_province(address: &Address) -> bool {
    address.province.is_some() || province_of(address).is_some()
}

/// What does not fit the country.
fn misfits(address: &Address, rules: CountryRules) -> Vec<(&'static str, AddressProblem)> {
    let mut found = Vec::new();
    let province = province_of(address);
    if let Some(some) = rules.provinces().first().filter(|_| province.is_none()) {
        let example = some.code().unwrap_or(some.name());
        let problem = AddressProblem::ProvinceNotFound { example };
        // A code is chosen from a list; a name may be one that the list does not have.
        if address.province_code.is_some() {
            found.push(("provinceCode", problem));
        } else if address.province.is_some() && rules.requires(AddressPart::Province) {
            found.push(("province", problem));
        }
    }
    if let Some(zip) = &address.zip {
        if !rules.zip_fits(zip) {
            let example = rules.zip_examples().first().map(String::as_str);
            found.push(("zip", AddressProblem::ZipForCountry { example }));
        } else if let Some(province) = province.filter(|province| !rules.zip_is_of(zip, *province)) {
            found.push(("zip", AddressProblem::ZipForProvince { province: province.name() }));
        }
    }
    found
}

/// As [`problems`], for an address that may still be incomplete: only the country must be there.
#[must_use]
pub fn problems_so_far(address: &Address) -> Vec<(&'static str, AddressProblem)> {
    let mut found = problems(address);
    found.retain(|(field, problem)| *problem != AddressProblem::Required || *field == "countryCode");
    found
}

fn problem_of(text: &str, holds_card: bool) -> Option<AddressProblem> {
    let folded = text.to_lowercase();
    if text.chars().count() > LONGEST {
        Some(AddressProblem::TooLong)
    } else if text.chars().any(char::is_control) {
        Some(AddressProblem::Pattern)
    } else if text.contains(['<', '>']) {
        Some(AddressProblem::HtmlTags)
    } else if folded.contains("://") || folded.starts_with("www.") {
        Some(AddressProblem::Url)
    } else if holds_card {
        Some(AddressProblem::CardNumber)
    } else {
        None
    }
}

/// Whether a text has the form of an e-mail address: one `@`, something on both sides, a dot in the domain, no blanks.
/// Whether it is somebody's only a mail can tell.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let clean = text.len() <= 254 && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let parts: Vec<&str> = domain.split('.').collect();
    clean
        && !holds_card_number(local)
        && !local.is_empty()
        && !text.contains(['<', '>', '"', ',', ';', '(', ')'])
        && !domain.contains('@')
        && parts.len() >= 2
        && parts.iter().all(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_street_names_the_field() {
        let address = tidy(Address {
            last_name: Some(" Doe ".into()),
            city: Some("Berlin".into()),
            country_code: Some("de".into()),
            zip: Some("www.spam.example".into()),
            ..Address::default()
        });
        assert_eq!(address.last_name.as_deref(), Some("Doe"));
        assert_eq!(address.country_code.as_deref(), Some("DE"));
        assert_eq!(problems(&address), [("address1", AddressProblem::Required), ("zip", AddressProblem::Url)]);
    }

    fn at(city: &str, province: &str, zip: &str, country: &str) -> Address {
        let some = |text: &str| Some(text.to_owned());
        tidy(Address {
            last_name: some("Doe"),
            address1: some("1 Main Street"),
            city: some(city),
            province: some(province),
            zip: some(zip),
            country_code: some(country),
            ..Address::default()
        })
    }

    #[test]
    fn addresses_of_many_countries_are_as_they_should_be() {
        for (city, province, zip, country) in [
            ("Portland", "OR", "97201", "US"),
            ("Portland", "Oregon", "97201-1234", "US"),
            ("Springfield", "", "12345", "US"),
            ("Toronto", "Ontario", "M5V 3L9", "CA"),
            ("Berlin", "", "10115", "DE"),
            ("London", "", "EC1A 1BB", "GB"),
            ("Lyon", "", "69001", "FR"),
            ("Madrid", "", "28013", "ES"),
            ("Milano", "MI", "20121", "IT"),
            ("Sydney", "NSW", "2000", "AU"),
            ("São Paulo", "SP", "01310-100", "BR"),
            ("", "Tokyo", "100-0005", "JP"),
            ("Mumbai", "Maharashtra", "400001", "IN"),
            ("Guadalajara", "Jalisco", "44100", "MX"),
            ("Amsterdam", "", "1012 JS", "NL"),
            ("Dublin", "Co. Dublin", "D02 AF30", "IE"),
            ("Dublin", "", "", "IE"),
            ("", "Dubai", "", "AE"),
            ("", "Kowloon", "", "HK"),
            ("", "", "238801", "SG"),
            ("Warszawa", "", "00-950", "PL"),
            ("Zürich", "", "8001", "CH"),
            ("Pristina", "", "10000", "XK"),
            ("Atlantis", "", "anything", "QQ"),
        ] {
            let address = at(city, province, zip, country);
            assert_eq!(problems(&address), [], "{address:?}");
        }
        assert_eq!(at("Portland", "Oregon", "97201", "US").province_code.as_deref(), Some("OR"));
        assert_eq!(at("Portland", "Oregon", "97201", "US").province.as_deref(), Some("Oregon"));
        assert_eq!(at("Springfield", "", "12345", "US").province_code, None, "nobody named it");
    }

    #[test]
    fn what_is_missing_or_does_not_fit_its_country_is_named_with_an_example() {
        let one = |city, province, zip, country| {
            let found = problems(&at(city, province, zip, country));
            assert_eq!(found.len(), 1, "{found:?}");
            (found[0].0, found[0].1.in_words())
        };
        let is = |field, words: &str| (field, words.to_owned());
        assert_eq!(one("Berlin", "", "", "DE"), is("zip", "is required"));
        let german = "is no postal code of this country; one looks like 26133";
        assert_eq!(one("Berlin", "", "1011", "DE"), is("zip", german));
        assert_eq!(one("Toronto", "ON", "V6B 1A1", "CA"), is("zip", "is no postal code of Ontario"));
        let no_state = "is no province of this country; AL is one";
        assert_eq!(one("Portland", "Cascadia", "97201", "US"), is("province", no_state));
        assert_eq!(one("Portland", "", "96900", "US"), is("provinceCode", "is required"));
        let code = Address { province_code: Some("ZZ".into()), ..at("Portland", "", "97201", "US") };
        assert_eq!(problems(&code), [("provinceCode", AddressProblem::ProvinceNotFound { example: "AL" })]);
        assert_eq!(one("", "", "75001", "FR"), is("city", "is required"));
        assert_eq!(problems_so_far(&at("", "", "", "US")), []);
        assert_eq!(problems_so_far(&at("", "", "K1A 0B1", "US")).len(), 1, "what is there has to fit");
    }

    #[test]
    fn an_incomplete_address_needs_a_country_and_a_country_is_a_code() {
        let address = Address { city: Some("Berlin".into()), ..Address::default() };
        assert_eq!(problems_so_far(&address), [("countryCode", AddressProblem::Required)]);
        let address = Address { country_code: Some("?ATLANTIS".into()), ..address };
        assert_eq!(problems_so_far(&address), [("countryCode", AddressProblem::Pattern)]);
        assert_eq!(problems_so_far(&Address { country_code: Some("DE".into()), ..address }), []);
    }

    #[test]
    fn e_mail_addresses_have_two_sides_and_a_dot() {
        assert!(is_email("jane.doe+shop@example.com"));
        for bad in ["", "jane", "jane@", "@example.com", "a b@example.com", "a@b", "a@@b.c", "a@b.c\n"] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }
}
