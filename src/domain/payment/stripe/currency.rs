//! Stripe's units of money (docs.stripe.com/currencies): mostly those of ISO 4217, with exceptions of its own.

use entity::money::{Currency, Money};

/// How many digits Stripe writes after the point, and by how many of its units an amount must be divisible.
fn units(currency: Currency) -> (u32, i64) {
    match currency.as_str() {
        "BIF" | "CLP" | "DJF" | "GNF" | "JPY" | "KMF" | "KRW" | "MGA" | "PYG" | "RWF" | "VND" | "VUV" | "XAF"
        | "XOF" | "XPF" => (0, 1),
        // Zero-decimal in fact, written with two digits that are zero.
        "ISK" | "UGX" => (2, 100),
        // The partners behind it take two digits, so the third is zero.
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => (3, 10),
        _ => (2, 1),
    }
}

/// By how many of our units an amount must be divisible to be one there.
pub fn step(currency: Currency) -> i64 {
    let ((digits, step), ours) = (units(currency), currency.digits());
    match ours.checked_sub(digits) {
        Some(more) => 10_i64.saturating_pow(more).saturating_mul(step),
        None => (step / 10_i64.saturating_pow(digits - ours)).max(1),
    }
}

/// The least charge of a currency in our units (docs.stripe.com/currencies, "minimum and maximum charge amounts"); where Stripe
/// states none, the least unit. It also asks for as much of the currency that the account is paid out in, which is not known here.
pub fn least(currency: Currency) -> i64 {
    match currency.as_str() {
        "GBP" => 30,
        "AUD" | "BRL" | "CAD" | "CHF" | "EUR" | "INR" | "JPY" | "NZD" | "SGD" | "USD" => 50,
        "BGN" => 100,
        "AED" | "MYR" | "PLN" | "RON" => 200,
        "DKK" => 250,
        "NOK" | "SEK" => 300,
        "HKD" => 400,
        "MXN" | "THB" => 1_000,
        "CZK" => 1_500,
        "HUF" => 17_500,
        _ => 1,
    }
}

/// An amount in Stripe's units; `None`: it cannot be paid exactly there.
pub fn to_stripe(money: Money) -> Option<i64> {
    let (digits, step) = units(money.currency);
    let ours = money.currency.digits();
    let amount = if digits >= ours {
        money.minor.checked_mul(10_i64.pow(digits - ours))?
    } else {
        let parts = 10_i64.pow(ours - digits);
        (money.minor % parts == 0).then_some(money.minor / parts)?
    };
    (amount % step == 0).then_some(amount)
}

/// An amount of Stripe's in ours; `None`: no such currency here, or less than the least unit of ours.
pub fn from_stripe(amount: i64, code: &str) -> Option<Money> {
    let currency: Currency = code.to_ascii_uppercase().parse().ok()?;
    let (digits, _) = units(currency);
    let ours = currency.digits();
    let minor = if ours >= digits {
        amount.checked_mul(10_i64.pow(ours - digits))?
    } else {
        let parts = 10_i64.pow(digits - ours);
        (amount % parts == 0).then_some(amount / parts)?
    };
    Some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(minor: i64, code: &str) -> Option<i64> {
        let money = Money::new(minor, code.parse().expect("a currency"));
        let stripes = to_stripe(money)?;
        assert_eq!(from_stripe(stripes, &code.to_lowercase()), Some(money), "{code} {minor}");
        Some(stripes)
    }

    #[test]
    fn amounts_are_written_as_stripe_wants_them() {
        assert_eq!(both(1_099, "USD"), Some(1_099));
        assert_eq!(both(500, "JPY"), Some(500));
        assert_eq!(both(5, "ISK"), Some(500), "ISO has no digits, Stripe writes two");
        assert_eq!(both(5, "UGX"), Some(500));
        assert_eq!(both(5_120, "KWD"), Some(5_120));
        assert_eq!(both(5_124, "KWD"), None, "the last of three digits must be zero");
        assert_eq!(both(300, "MGA"), Some(3), "ISO has two digits, Stripe none");
        assert_eq!(both(350, "MGA"), None);
        assert_eq!(from_stripe(100, "zzz"), None);
    }

    #[test]
    fn the_least_charge_is_stated_in_units_that_are_the_same_here_and_there() {
        for (code, expected) in
            [("USD", 50), ("GBP", 30), ("JPY", 50), ("HUF", 17_500), ("DKK", 250), ("KWD", 1), ("ISK", 1)]
        {
            let currency: Currency = code.parse().expect("a currency");
            assert_eq!(least(currency), expected, "{code}");
        }
        for code in
            ["AED", "BGN", "BRL", "CZK", "DKK", "HKD", "HUF", "INR", "JPY", "MXN", "MYR", "PLN", "RON", "SEK", "THB"]
        {
            let currency: Currency = code.parse().expect("a currency");
            assert_eq!(units(currency), (currency.digits(), 1), "{code}");
        }
    }

    #[test]
    fn what_is_divisible_by_the_step_can_be_written_and_nothing_else() {
        for (code, expected) in [("USD", 1), ("JPY", 1), ("ISK", 1), ("UGX", 1), ("KWD", 10), ("TND", 10), ("MGA", 100)]
        {
            let currency: Currency = code.parse().expect("a currency");
            assert_eq!(step(currency), expected, "{code}");
            for minor in 1..=300 {
                let written = to_stripe(Money::new(minor, currency)).is_some();
                assert_eq!(written, minor % expected == 0, "{code} {minor}");
            }
        }
    }
}
