//! How much a variant holds, and what a unit of it costs: 12.50 for 250 g is 50.00 for a kilogram. Pure, in integers.

pub use entity::catalog::measure_unit::MeasureUnit;
use entity::{catalog::variant, money::Money};

use super::{checks::Checks, errors::Reason};

/// Most thousandths of a unit: a billion units.
const QUANTITY_MOST: i64 = 1_000_000_000_000;
/// Largest amount that a price is told for.
const REFERENCE_MOST: i32 = 1_000_000;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Areas.
    Area,
    /// Pieces.
    Count,
    /// Lengths.
    Length,
    /// Volumes.
    Volume,
    /// Weights.
    Weight,
}

/// How much a variant holds, and for how much of it the price is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// The unit.
    pub unit: MeasureUnit,
    /// The price is told for so many …
    pub reference_value: i32,
    /// … of this unit, of the same kind.
    pub reference_unit: MeasureUnit,
}

/// What a unit measures, and how large it is: in nanograms, 10⁻¹³ litres, micrometres, 10⁻⁸ square metres, pieces. Ounces,
/// gallons and feet are those of NIST Handbook 44, appendix C, which are whole numbers of these.
fn size(unit: MeasureUnit) -> (Kind, i128) {
    match unit {
        MeasureUnit::Mg => (Kind::Weight, 1_000_000),
        MeasureUnit::G => (Kind::Weight, 1_000_000_000),
        MeasureUnit::Kg => (Kind::Weight, 1_000_000_000_000),
        MeasureUnit::Oz => (Kind::Weight, 28_349_523_125),
        MeasureUnit::Lb => (Kind::Weight, 453_592_370_000),
        MeasureUnit::Ml => (Kind::Volume, 10_000_000_000),
        MeasureUnit::Cl => (Kind::Volume, 100_000_000_000),
        MeasureUnit::L => (Kind::Volume, 10_000_000_000_000),
        MeasureUnit::M3 => (Kind::Volume, 10_000_000_000_000_000),
        MeasureUnit::Floz => (Kind::Volume, 295_735_295_625),
        MeasureUnit::Pt => (Kind::Volume, 4_731_764_730_000),
        MeasureUnit::Qt => (Kind::Volume, 9_463_529_460_000),
        MeasureUnit::Gal => (Kind::Volume, 37_854_117_840_000),
        MeasureUnit::Mm => (Kind::Length, 1_000),
        MeasureUnit::Cm => (Kind::Length, 10_000),
        MeasureUnit::M => (Kind::Length, 1_000_000),
        MeasureUnit::In => (Kind::Length, 25_400),
        MeasureUnit::Ft => (Kind::Length, 304_800),
        MeasureUnit::Yd => (Kind::Length, 914_400),
        MeasureUnit::M2 => (Kind::Area, 100_000_000),
        MeasureUnit::Ft2 => (Kind::Area, 9_290_304),
        MeasureUnit::Item => (Kind::Count, 1),
    }
}

impl Measure {
    /// The measure of a variant, if it has one.
    #[must_use]
    pub fn of(row: &variant::Model) -> Option<Self> {
        Some(Self {
            quantity_milli: row.measure_milli.filter(|milli| *milli > 0)?,
            unit: row.measure_unit?,
            reference_value: row.reference_value?,
            reference_unit: row.reference_unit?,
        })
    }

    /// What is measured.
    #[must_use]
    pub fn kind(self) -> Kind {
        size(self.unit).0
    }

    /// The price of the reference, rounded half up to the currency's smallest unit; nothing when it is beyond all prices.
    #[must_use]
    pub fn unit_price(self, price: Money) -> Option<Money> {
        let ((_, unit), (_, reference)) = (size(self.unit), size(self.reference_unit));
        let common = gcd(unit, reference);
        let asked = i128::from(self.reference_value).checked_mul(reference / common)?.checked_mul(1_000)?;
        let held = i128::from(self.quantity_milli).checked_mul(unit / common)?;
        let doubled = i128::from(price.minor).checked_mul(asked)?.checked_mul(2)?;
        let rounded = doubled.checked_add(held)?.checked_div(held.checked_mul(2)?)?;
        i64::try_from(rounded).ok().map(|minor| Money::new(minor, price.currency))
    }

    /// Checks it; `at` is its place in the input.
    pub fn check(self, checks: &mut Checks, at: &str) {
        checks.number(format!("{at}.quantityValue"), self.quantity_milli, QUANTITY_MOST);
        if self.quantity_milli == 0 {
            checks.refuse(format!("{at}.quantityValue"), Reason::NotAboveZero);
        }
        checks.number(format!("{at}.referenceValue"), self.reference_value.into(), REFERENCE_MOST.into());
        if self.reference_value == 0 {
            checks.refuse(format!("{at}.referenceValue"), Reason::NotAboveZero);
        }
        if size(self.unit).0 != size(self.reference_unit).0 {
            checks.refuse(format!("{at}.referenceUnit"), Reason::UnitsDiffer);
        }
    }
}

/// Thousandths of a decimal such as `0.75`; nothing of what is none, is below zero or has more than three places.
#[must_use]
pub fn milli(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(part)
}

fn gcd(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[cfg(test)]
mod tests {
    use entity::money::Currency;

    use super::*;

    fn price(minor: i64, quantity: &str, unit: MeasureUnit, reference: (i32, MeasureUnit)) -> Option<i64> {
        let quantity_milli = milli(quantity).expect("a quantity");
        let measure = Measure { quantity_milli, unit, reference_value: reference.0, reference_unit: reference.1 };
        measure.unit_price(Money::new(minor, Currency::USD)).map(|price| price.minor)
    }

    #[test]
    fn a_unit_price_is_the_price_of_the_reference() {
        assert_eq!(price(1_250, "250", MeasureUnit::G, (1, MeasureUnit::Kg)), Some(5_000));
        assert_eq!(price(1_250, "250", MeasureUnit::G, (100, MeasureUnit::G)), Some(500));
        assert_eq!(price(999, "0.75", MeasureUnit::L, (1, MeasureUnit::L)), Some(1_332));
        assert_eq!(price(900, "6", MeasureUnit::Item, (1, MeasureUnit::Item)), Some(150));
        assert_eq!(price(800, "1", MeasureUnit::Lb, (1, MeasureUnit::Oz)), Some(50));
        assert_eq!(price(128, "1", MeasureUnit::Gal, (1, MeasureUnit::Floz)), Some(1));
        assert_eq!(price(100, "1", MeasureUnit::In, (254, MeasureUnit::Cm)), Some(10_000));
        assert_eq!(price(100, "1", MeasureUnit::Lb, (1, MeasureUnit::Kg)), Some(220));
    }

    #[test]
    fn half_a_cent_is_rounded_up() {
        assert_eq!(price(1, "2", MeasureUnit::Item, (1, MeasureUnit::Item)), Some(1));
        assert_eq!(price(1, "2.001", MeasureUnit::Item, (1, MeasureUnit::Item)), Some(0));
        assert_eq!(price(5, "2", MeasureUnit::Item, (1, MeasureUnit::Item)), Some(3));
        assert_eq!(price(0, "2", MeasureUnit::Item, (1, MeasureUnit::Item)), Some(0));
    }

    #[test]
    fn the_largest_price_of_the_largest_reference_is_none_and_no_overflow() {
        let most = super::super::checks::PRICE_MOST;
        let reference = (REFERENCE_MOST, MeasureUnit::M3);
        assert_eq!(price(most, "0.001", MeasureUnit::Floz, reference), None);
    }

    #[test]
    fn quantities_have_three_places_at_most() {
        assert_eq!((milli("250"), milli("0.75"), milli("1.005")), (Some(250_000), Some(750), Some(1_005)));
        for text in ["", ".5", "5.", "-1", "+1", "1.0005", "1e3", "１", "9999999999999999999", "1,5"] {
            assert_eq!(milli(text), None, "{text}");
        }
    }
}
