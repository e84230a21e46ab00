//! Which amounts of a currency are charged (docs.stripe.com/currencies).

use crate::answer::ApiError;

/// Refuses an amount that is not charged.
pub fn check(amount: i64, currency: &str) -> Result<(), ApiError> {
    check_units(amount, currency)?;
    check_least(amount, currency)
}

/// Currencies whose last digits must be zero ("special cases" and "three-decimal").
fn check_units(amount: i64, currency: &str) -> Result<(), ApiError> {
    let step = match currency {
        "isk" | "ugx" => 100,
        "bhd" | "jod" | "kwd" | "omr" | "tnd" => 10,
        _ => 1,
    };
    if amount % step == 0 {
        return Ok(());
    }
    let why = format!("Invalid amount. {} amounts must be evenly divisible by {step}.", currency.to_uppercase());
    Err(ApiError::invalid("amount", why).code("invalid_charge_amount"))
}

/// The least amounts that are charged ("minimum and maximum charge amounts").
fn check_least(amount: i64, currency: &str) -> Result<(), ApiError> {
    let least = match currency {
        "gbp" => 30,
        "usd" | "eur" | "jpy" | "cad" | "aud" | "chf" | "sgd" | "nzd" | "inr" | "brl" => 50,
        "bgn" => 100,
        "pln" | "ron" | "aed" | "myr" => 200,
        "dkk" => 250,
        "sek" | "nok" => 300,
        "hkd" => 400,
        "mxn" | "thb" => 1_000,
        "czk" => 1_500,
        "huf" => 17_500,
        _ => 1,
    };
    if amount >= least {
        return Ok(());
    }
    let why = format!("Amount must be at least {least} of the smallest units of {currency}");
    Err(ApiError::invalid("amount", why).code("amount_too_small"))
}
