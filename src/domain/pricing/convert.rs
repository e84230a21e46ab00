//! The server's words in the engine's, and back.

use entity::{
    address::Address,
    money::{Currency, Money},
};
use pricing::{Amount, PricingError};

use crate::domain::shared::address::{Province, province_of};

/// A currency with its digits.
///
/// # Errors
/// `Code`, which cannot happen: the server's table of currencies has codes of three capitals and at most four digits.
pub fn currency(currency: Currency) -> Result<pricing::Currency, PricingError> {
    pricing::Currency::new(currency.as_str(), u8::try_from(currency.digits()).unwrap_or(u8::MAX))
}

/// An amount of the quote as money.
#[must_use]
pub fn money(amount: Amount, currency: Currency) -> Money {
    Money::new(amount.0, currency)
}

/// A country, if the code is one of two capitals.
#[must_use]
pub fn country(code: &str) -> Option<pricing::Country> {
    code.parse().ok()
}

/// The code of an address's province: as the data names it, by what the shopper wrote or by the postal code, else as it was
/// written.
fn province(address: &Address) -> Option<&str> {
    province_of(address).and_then(Province::code).or(address.province_code.as_deref())
}

/// What prices depend on of an address; nothing while its country is not known.
#[must_use]
pub fn address(address: &Address) -> Option<pricing::Address> {
    Some(pricing::Address {
        country: country(address.country_code.as_deref()?)?,
        province: province(address).map(Into::into),
        postal_code: address.zip.as_deref().map(Into::into),
    })
}

#[cfg(test)]
mod tests {
    use entity::money::CODES;

    use super::*;

    #[test]
    fn the_engine_writes_amounts_of_every_currency_as_the_server_does() {
        for code in CODES {
            let known: Currency = code.parse().expect("a code of the table");
            let engine = currency(known).expect("the engine knows it");
            for minor in [0, 1, -5, 123_456, i64::MAX] {
                assert_eq!(engine.format(Amount(minor)), money(Amount(minor), known).in_words());
            }
        }
    }
}
