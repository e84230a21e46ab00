//! A postal address as the lines of a label.

use entity::address::Address;

use super::country_name;

/// Countries that write the postal code after the town and the province (UPU S42).
const CODE_LAST: [&str; 8] = ["AU", "CA", "GB", "IE", "IN", "NZ", "US", "ZA"];

/// The lines of an address, top to bottom, without empty ones: name, company, street, town, country.
#[must_use]
pub fn address_lines(address: &Address) -> Vec<String> {
    let joined = |parts: &[&Option<String>]| {
        let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
        parts.join(" ")
    };
    let country = address.country_code.as_deref().unwrap_or_default();
    let town = if CODE_LAST.contains(&country) {
        let place: Vec<&str> =
            [&address.city, &address.province_code].into_iter().flatten().map(String::as_str).collect();
        joined(&[&Some(place.join(", ")), &address.zip]).trim().to_owned()
    } else {
        joined(&[&address.zip, &address.city, &address.province_code])
    };
    let lines = [
        joined(&[&address.first_name, &address.last_name]),
        address.company.clone().unwrap_or_default(),
        address.address1.clone().unwrap_or_default(),
        address.address2.clone().unwrap_or_default(),
        town,
        country_name(country).to_owned(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(country: &str, province: Option<&str>, zip: &str) -> Address {
        Address {
            first_name: Some("Ada".into()),
            last_name: Some("Lovelace".into()),
            address1: Some("1 Main Street".into()),
            city: Some("Springfield".into()),
            province_code: province.map(str::to_owned),
            zip: Some(zip.into()),
            country_code: Some(country.into()),
            ..Address::default()
        }
    }

    #[test]
    fn the_town_is_written_as_its_country_writes_it() {
        let town = |address: Address| address_lines(&address)[2].clone();
        assert_eq!(town(address("US", Some("IL"), "62701")), "Springfield, IL 62701");
        assert_eq!(town(address("DE", None, "10115")), "10115 Springfield");
    }

    #[test]
    fn what_is_absent_leaves_no_line() {
        let lines = address_lines(&address("FR", None, "75001"));
        assert_eq!(lines, ["Ada Lovelace", "1 Main Street", "75001 Springfield", "France"]);
        assert!(address_lines(&Address::default()).is_empty());
    }
}
