//! Money: integer minor units with their currency, checked arithmetic, and the canonical decimal form of the API.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code, such as `USD`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize)]
#[sea_orm(value_type = "String")]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// The text is no known currency code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCurrency(pub String);

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not an ISO 4217 currency code", self.0)
    }
}

impl std::error::Error for UnknownCurrency {}

/// Every code that the API's `CurrencyCode` enum has.
pub const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BYR", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP",
    "CRC", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS",
    "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK",
    "JEP", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KID", "KMF", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LTL", "LVL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN",
    "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLL", "SOS", "SRD",
    "SSP", "STD", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX",
    "USD", "UYU", "UZS", "VED", "VEF", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "XXX", "YER", "ZAR",
    "ZMW",
];

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self(*b"USD");

    /// The code, three capital letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits follow the decimal point (ISO 4217 "minor unit").
    #[must_use]
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"BYR" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match CODES.binary_search(&code) {
            Ok(_) => {
                let mut letters = [0; 3];
                letters.copy_from_slice(code.as_bytes());
                Ok(Self(letters))
            }
            Err(_) => Err(UnknownCurrency(code.to_owned())),
        }
    }
}

impl TryFromU64 for Currency {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Currency"))
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

/// An amount in integer minor units of its currency (cents for USD, yen for JPY).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// The currency whose minor units these are.
    pub currency: Currency,
}

/// Why two amounts could not be computed with, or a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// The result does not fit into 64 bits.
    Overflow,
    /// The two amounts are of different currencies.
    CurrencyMismatch,
    /// The text is no decimal number.
    NotANumber,
    /// The text has more digits after the point than the currency has.
    TooManyDigits,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overflow => "the amount is too large",
            Self::CurrencyMismatch => "the amounts are of different currencies",
            Self::NotANumber => "the amount is not a decimal number such as 12.50",
            Self::TooManyDigits => "the amount has more decimal places than its currency",
        })
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// An amount of `minor` units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `Overflow`.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The amount times a quantity.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn times(self, quantity: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(quantity).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// Reads a decimal in major units (`12.5`, `12`, `0.07`); trailing zeros beyond the currency's digits are accepted.
    ///
    /// # Errors
    /// `NotANumber`, `TooManyDigits`, `Overflow`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(MoneyError::NotANumber);
        }
        let digits = currency.digits() as usize;
        let significant = fraction.trim_end_matches('0');
        if significant.len() > digits {
            return Err(MoneyError::TooManyDigits);
        }
        let text = format!("{whole}{significant:0<digits$}");
        let text = if text.is_empty() { "0" } else { &text };
        let minor: i64 = text.parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// The amount for people, with all its currency's digits: `749.95 USD`, `10.00 USD`, `500 JPY`.
    #[must_use]
    pub fn in_words(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = self.currency.digits() as usize;
        let unit = 10_u64.pow(self.currency.digits());
        let (whole, fraction) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        if digits == 0 {
            format!("{sign}{whole} {}", self.currency)
        } else {
            format!("{sign}{whole}.{fraction:0>digits$} {}", self.currency)
        }
    }

    /// The canonical decimal of the API: `749.95`, `10.5`, `10.0`, `0.0`, also for currencies without decimals.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = self.currency.digits();
        let unit = 10_u64.pow(digits);
        let absolute = self.minor.unsigned_abs();
        let fraction = absolute % unit;
        let fraction = if fraction == 0 {
            "0".to_owned()
        } else {
            format!("{fraction:0>width$}", width = digits as usize).trim_end_matches('0').to_owned()
        };
        format!("{sign}{}.{fraction}", absolute / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a code of the table")
    }

    #[test]
    fn the_codes_are_sorted_so_that_binary_search_finds_each() {
        assert!(CODES.is_sorted());
        assert!(CODES.iter().all(|code| code.parse::<Currency>().is_ok()));
        assert!("usd".parse::<Currency>().is_err());
    }

    #[test]
    fn decimals_are_canonical() {
        for (minor, code, text) in [
            (74_995, "USD", "749.95"),
            (1_050, "USD", "10.5"),
            (1_000, "USD", "10.0"),
            (0, "USD", "0.0"),
            (7, "USD", "0.07"),
            (-7, "USD", "-0.07"),
            (500, "JPY", "500.0"),
            (1_234, "KWD", "1.234"),
        ] {
            let money = Money::new(minor, currency(code));
            assert_eq!(money.to_decimal(), text);
            assert_eq!(Money::parse(text, money.currency), Ok(money));
        }
    }

    #[test]
    fn people_see_every_digit() {
        assert_eq!(Money::new(6_200, currency("USD")).in_words(), "62.00 USD");
        assert_eq!(Money::new(-5, currency("KWD")).in_words(), "-0.005 KWD");
        assert_eq!(Money::new(500, currency("JPY")).in_words(), "500 JPY");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let usd = Currency::USD;
        assert_eq!(Money::parse("", usd), Err(MoneyError::NotANumber));
        assert_eq!(Money::parse("1e3", usd), Err(MoneyError::NotANumber));
        assert_eq!(Money::parse("+1", usd), Err(MoneyError::NotANumber));
        assert_eq!(Money::parse("1.005", usd), Err(MoneyError::TooManyDigits));
        assert_eq!(Money::parse("1.500", usd), Ok(Money::new(150, usd)));
        assert_eq!(Money::parse("99999999999999999999", usd), Err(MoneyError::Overflow));
        assert_eq!(Money::new(i64::MAX, usd).times(2), Err(MoneyError::Overflow));
        assert_eq!(Money::zero(usd).plus(Money::zero(currency("EUR"))), Err(MoneyError::CurrencyMismatch));
    }
}
