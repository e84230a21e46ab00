//! Amounts in integer minor units, currencies, and the one division that rounds.

use std::{fmt, iter};

use serde::{Deserialize, Serialize};

use crate::{PricingError, error::Result};

/// An amount in minor units of the quote's currency (cents for USD, yen for JPY, fils for KWD).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn plus(self, other: Self) -> Result<Self> {
        self.0.checked_add(other.0).map(Self).ok_or(PricingError::Overflow)
    }

    /// The difference; it may be negative.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn minus(self, other: Self) -> Result<Self> {
        self.0.checked_sub(other.0).map(Self).ok_or(PricingError::Overflow)
    }

    /// The amount times a quantity.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn times(self, quantity: i64) -> Result<Self> {
        self.0.checked_mul(quantity).map(Self).ok_or(PricingError::Overflow)
    }

    /// `part` of `whole` of the amount, rounded. None of the three may be negative, and `whole` is more than nothing.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn share(self, part: i128, whole: i128, rounding: Rounding) -> Result<Self> {
        let exact = i128::from(self.0).checked_mul(part).ok_or(PricingError::Overflow)?;
        i64::try_from(divide(exact, whole, rounding)).map(Self).map_err(|_| PricingError::Overflow)
    }

    /// The sum of all.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Whether it is more than nothing.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Refuses a negative amount; `name` says in the error what it is.
    pub(crate) fn not_negative(self, name: &'static str) -> Result<Self> {
        if self.0 < 0 { Err(PricingError::Negative(name)) } else { Ok(self) }
    }
}

/// What becomes of a fraction of the minor unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest, a half up. What most tax offices ask for.
    #[default]
    HalfUp,
    /// To the nearest, a half to the even one ("banker's rounding").
    HalfEven,
    /// Down: the fraction is dropped. Japan leaves the choice to the seller, and most choose this.
    Down,
    /// Up.
    Up,
}

/// Divides a numerator that is not negative by a denominator that is positive.
pub(crate) fn divide(numerator: i128, denominator: i128, rounding: Rounding) -> i128 {
    let denominator = denominator.max(1);
    let (floor, rest) = (numerator / denominator, numerator % denominator);
    // Compared like this, because twice the rest may not fit.
    let half = rest.cmp(&(denominator - rest));
    let up = match rounding {
        Rounding::HalfUp => half.is_ge(),
        Rounding::HalfEven => half.is_gt() || (half.is_eq() && floor % 2 == 1),
        Rounding::Down => false,
        Rounding::Up => rest > 0,
    };
    floor + i128::from(up)
}

/// A percentage of a discount, in hundredths of a percent: 1,000 is 10 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    /// Everything, 100 %.
    pub const ALL: Self = Self(10_000);

    /// This part of an amount, a half of the minor unit rounded up.
    pub(crate) fn of(self, amount: Amount) -> Result<Amount> {
        amount.share(i128::from(self.0), i128::from(Self::ALL.0), Rounding::HalfUp)
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&percent(u64::from(self.0), 2))
    }
}

/// Writes `number / 10^digits` without trailing zeros and with a percent sign.
pub(crate) fn percent(number: u64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let fraction = format!("{:0>width$}", number % unit, width = digits as usize);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction} %", number / unit)
}

/// A currency: its ISO 4217 code and how many digits follow the point. The caller owns the table of currencies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

impl Currency {
    /// The most digits that a currency of ISO 4217 has.
    pub const MOST_DIGITS: u8 = 4;

    /// A currency by its code of three capital letters.
    ///
    /// # Errors
    /// `Code` when the text is no such code or the digits are more than four.
    pub fn new(code: &str, digits: u8) -> Result<Self> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) && digits <= Self::MOST_DIGITS => {
                Ok(Self { code: letters, digits })
            }
            _ => Err(PricingError::Code(code.to_owned())),
        }
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }

    /// How many digits follow the point.
    #[must_use]
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// The amount for people: `749.95 USD`, `500 JPY`, `-0.005 KWD`.
    #[must_use]
    pub fn format(self, amount: Amount) -> String {
        let unit = 10_u64.pow(u32::from(self.digits));
        let (whole, fraction) = (amount.0.unsigned_abs() / unit, amount.0.unsigned_abs() % unit);
        let sign = if amount.0 < 0 { "-" } else { "" };
        let point = if self.digits == 0 {
            String::new()
        } else {
            format!(".{fraction:0>width$}", width = usize::from(self.digits))
        };
        format!("{sign}{whole}{point} {}", self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.code(), self.digits)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        format!("{currency:?}")
    }
}

impl TryFrom<String> for Currency {
    type Error = PricingError;

    /// Reads what `Debug` writes: `USD.2`.
    fn try_from(text: String) -> Result<Self> {
        let parts = text.split_once('.').and_then(|(code, digits)| Some((code, digits.parse().ok()?)));
        match parts {
            Some((code, digits)) => Self::new(code, digits),
            None => Err(PricingError::Code(text)),
        }
    }
}

/// Shares `amount` out in proportion to `weights` by the largest remainder: the pieces add up to it exactly, none is more
/// than a minor unit away from its exact share, and with `amount` at most the sum of the weights no piece exceeds its
/// weight. Of equal remainders the earlier wins. Weights are not negative; if all are nothing, they count alike.
///
/// # Errors
/// `Overflow`.
pub fn allocate(amount: Amount, weights: &[Amount]) -> Result<Vec<Amount>> {
    let total: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
    if total == 0 && amount.is_positive() {
        return allocate(amount, &vec![Amount(1); weights.len()]);
    }
    let total = total.max(1);
    let mut pieces = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = i128::from(amount.0);
    for (index, weight) in weights.iter().enumerate() {
        let exact = i128::from(amount.0) * i128::from(weight.0);
        let piece = exact / total;
        left -= piece;
        pieces.push(Amount(i64::try_from(piece).map_err(|_| PricingError::Overflow)?));
        remainders.push((exact % total, index));
    }
    if left > 0 {
        remainders.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    for ((_, index), _) in remainders.into_iter().zip(iter::repeat_n((), usize::try_from(left).unwrap_or(0))) {
        pieces[index] = pieces[index].plus(Amount(1))?;
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_rounding_treats_the_half_as_it_says() {
        for (numerator, half_up, half_even, down, up) in
            [(4, 2, 2, 2, 2), (5, 3, 2, 2, 3), (7, 4, 4, 3, 4), (1, 1, 0, 0, 1), (0, 0, 0, 0, 0)]
        {
            assert_eq!(divide(numerator, 2, Rounding::HalfUp), half_up);
            assert_eq!(divide(numerator, 2, Rounding::HalfEven), half_even);
            assert_eq!(divide(numerator, 2, Rounding::Down), down);
            assert_eq!(divide(numerator, 2, Rounding::Up), up);
        }
        assert_eq!(divide(i128::MAX, i128::MAX - 1, Rounding::HalfUp), 1);
    }

    #[test]
    fn pieces_follow_the_largest_remainder() {
        let pieces = |amount, weights: &[i64]| {
            let weights: Vec<Amount> = weights.iter().copied().map(Amount).collect();
            allocate(Amount(amount), &weights).expect("it fits").into_iter().map(|piece| piece.0).collect::<Vec<_>>()
        };
        assert_eq!(pieces(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(pieces(100, &[1, 2, 3]), [17, 33, 50]);
        assert_eq!(pieces(5, &[0, 10]), [0, 5]);
        assert_eq!(pieces(2, &[0, 0, 0]), [1, 1, 0]);
        assert_eq!(pieces(0, &[]), Vec::<i64>::new());
        assert_eq!(pieces(i64::MAX, &[i64::MAX, i64::MAX]), [i64::MAX / 2 + 1, i64::MAX / 2]);
    }

    #[test]
    fn amounts_are_written_with_all_their_digits() {
        let text = |code, digits, minor| Currency::new(code, digits).expect("a code").format(Amount(minor));
        assert_eq!(text("USD", 2, 6_200), "62.00 USD");
        assert_eq!(text("JPY", 0, 500), "500 JPY");
        assert_eq!(text("KWD", 3, -5), "-0.005 KWD");
        assert_eq!(text("CLF", 4, 12_345), "1.2345 CLF");
        assert!(Currency::new("usd", 2).is_err() && Currency::new("USD", 5).is_err());
        assert_eq!(BasisPoints(1_250).to_string(), "12.5 %");
        assert_eq!(BasisPoints(1_000).to_string(), "10 %");
    }
}
