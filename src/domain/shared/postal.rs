//! Writing an address as it stands on a letter: its lines in the order of its country.

use entity::address::Address;

use super::country_name;

/// Countries whose letters have the postal code after the city (libaddressinput's formats); elsewhere it stands before.
const CODE_AFTER_CITY: &[&str] = &[
    "AU", "BD", "BM", "BN", "CA", "GB", "GG", "HK", "ID", "IE", "IM", "IN", "JE", "JO", "KH", "LB", "LV", "MT", "NG",
    "NP", "NZ", "PK", "PR", "SA", "SG", "TH", "TW", "US", "VN", "ZA",
];

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
    let place = [address.city.as_deref(), province(address)].into_iter().flatten();
    let code = address.zip.as_deref();
    let place = match address.country_code.as_deref() {
        Some(country) if CODE_AFTER_CITY.contains(&country) => joined(place.chain(code), " "),
        _ => joined(code.into_iter().chain(place), " "),
    };
    let lines = [
        name(address).filter(|_| parts.name),
        address.company.clone().filter(|_| parts.company),
        address.address1.clone(),
        address.address2.clone(),
        place,
        country.map(str::to_owned),
    ];
    lines.into_iter().flatten().collect()
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
    fn the_postal_code_stands_where_the_country_writes_it() {
        let american = address("Portland", Some("OR"), "97201", "US");
        let parts = Parts { name: true, company: true };
        let lines_of = |address: &Address, country, parts| lines(address, Some(country), parts).join("\n");
        assert_eq!(
            lines_of(&american, "United States", parts),
            "Ada Demo\nLanterns\n12 Lantern Street\nPortland OR 97201\nUnited States"
        );
        let german = address("Berlin", None, "10115", "DE");
        let parts = Parts { name: false, company: false };
        assert_eq!(lines_of(&german, "Germany", parts), "12 Lantern Street\n10115 Berlin\nGermany");
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
