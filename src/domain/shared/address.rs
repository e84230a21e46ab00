//! Checking a postal address and free texts: trimmed, bounded, free of control characters and card numbers.

use entity::address::Address;

use super::card_number::{holds_card_number, phone_holds_card_number};

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
}

/// Longest text of one field, in characters.
const LONGEST: usize = 255;

/// Trims every field and turns empty ones into `None`.
#[must_use]
pub fn tidy(address: Address) -> Address {
    let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Address {
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
    }
}

/// Problems of the fields that are there, and the fields without which nothing can be delivered (last name, street, city and country).
/// Field names are those of the API.
#[must_use]
pub fn problems(address: &Address) -> Vec<(&'static str, AddressProblem)> {
    let fields = [
        ("firstName", &address.first_name, false),
        ("lastName", &address.last_name, true),
        ("company", &address.company, false),
        ("address1", &address.address1, true),
        ("address2", &address.address2, false),
        ("city", &address.city, true),
        ("provinceCode", &address.province_code, false),
        ("province", &address.province, false),
        ("zip", &address.zip, false),
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
