//! Rates as people write them, in percent with at most four places, and as they are kept: in millionths.

/// Places after the point that a millionth has in percent.
const PLACES: usize = 4;

/// A rate in millionths: `19` is 190,000, `9.975` is 99,750. `None` for what is no number of at most four places, is below
/// zero, or does not fit.
#[must_use]
pub fn parse_percent(text: &str) -> Option<u32> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || !digits(whole) || !digits(fraction) {
        return None;
    }
    if text.contains('.') && fraction.is_empty() {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > PLACES {
        return None;
    }
    format!("{whole}{fraction:0<PLACES$}").parse().ok()
}

/// A rate in percent: `19.0`, `9.975`, as decimals of the API are written.
#[must_use]
pub fn format_percent(millionths: u32) -> String {
    let fraction = format!("{:04}", millionths % 10_000);
    let fraction = fraction.trim_end_matches('0');
    format!("{}.{}", millionths / 10_000, if fraction.is_empty() { "0" } else { fraction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_survives_the_way_in_and_out() {
        for (text, millionths, shown) in [
            ("19", 190_000, "19.0"),
            ("9.975", 99_750, "9.975"),
            (" 0 ", 0, "0.0"),
            ("0.0001", 1, "0.0001"),
            ("8.25000", 82_500, "8.25"),
            ("1000.0", 10_000_000, "1000.0"),
        ] {
            assert_eq!(parse_percent(text), Some(millionths), "{text}");
            assert_eq!(format_percent(millionths), shown);
        }
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for text in ["", ".", "5.", ".5", "-1", "+1", "1e2", "1,5", "0.00001", "19 %", "9999999", "١"] {
            assert_eq!(parse_percent(text), None, "{text}");
        }
    }
}
