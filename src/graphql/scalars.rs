//! Scalars and money as the API shows them.

use async_graphql::{InputObject, InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use chrono::{DateTime as Moment, SecondsFormat, Utc};
use entity::money::Money;

use super::codes::CurrencyCode;
use crate::domain::shared::Error;

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub String);

        $(#[$doc])*
        #[Scalar(name = $expected)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar!(
    /// A decimal number as a string in canonical form: `749.95`, `10.5`, `10.0`, `0.0`.
    Decimal,
    "Decimal"
);
text_scalar!(
    /// An absolute URL (RFC 3986).
    Url,
    "URL"
);
text_scalar!(
    /// HTML, sanitised: no scripts, styles, frames or event attributes.
    Html,
    "HTML"
);
text_scalar!(
    /// A color in hexadecimal notation, such as `#0f766e`.
    Color,
    "Color"
);

/// A moment in ISO 8601 (RFC 3339), UTC, such as `2026-11-21T09:30:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Moment<Utc>);

/// A moment in ISO 8601 (RFC 3339), UTC, such as `2026-11-21T09:30:00Z`.
#[Scalar(name = "DateTime")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Moment::parse_from_rfc3339(text)
                .map(|moment| Self(moment.with_timezone(&Utc)))
                .map_err(|_| InputValueError::custom("must be a date and time such as 2026-11-21T09:30:00Z")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl From<Moment<Utc>> for DateTime {
    fn from(moment: Moment<Utc>) -> Self {
        Self(moment)
    }
}

/// An amount of money with its currency.
#[derive(Clone, Debug, SimpleObject)]
pub struct MoneyV2 {
    /// The amount in major units (dollars, not cents), canonical: `749.95`, `10.5`, `10.0`.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency_code: CurrencyCode,
}

impl From<Money> for MoneyV2 {
    fn from(money: Money) -> Self {
        Self { amount: Decimal(money.to_decimal()), currency_code: CurrencyCode::from_currency(money.currency) }
    }
}

/// An amount of money that the client sends.
#[derive(Clone, Debug, InputObject)]
pub struct MoneyInput {
    /// The amount in major units, such as `749.95`; no more decimal places than the currency has.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency_code: CurrencyCode,
}

impl MoneyInput {
    /// Checks the amount.
    ///
    /// # Errors
    /// `BadInput` naming `argument`.
    pub fn check(&self, argument: &str) -> Result<Money, Error> {
        Money::parse(&self.amount.0, self.currency_code.to_currency())
            .map_err(|error| Error::bad_input(format!("{argument}.amount"), error.to_string()))
    }
}
