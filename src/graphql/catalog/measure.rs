//! How much a variant holds.

use async_graphql::{Enum, SimpleObject};

use crate::domain::catalog::measure::Measure;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::measure::Kind")]
pub enum UnitPriceMeasurementMeasuredType {
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

/// Units of measure. Pints, quarts, gallons and fluid ounces are those of the United States.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::catalog::measure::MeasureUnit")]
pub enum UnitPriceMeasurementMeasuredUnit {
    /// Centilitre.
    Cl,
    /// Centimetre.
    Cm,
    /// Fluid ounce.
    Floz,
    /// Foot.
    Ft,
    /// Square foot.
    Ft2,
    /// Gram.
    G,
    /// Gallon.
    Gal,
    /// Inch.
    In,
    /// Piece.
    Item,
    /// Kilogram.
    Kg,
    /// Litre.
    L,
    /// Pound.
    Lb,
    /// Metre.
    M,
    /// Square metre.
    M2,
    /// Cubic metre.
    M3,
    /// Milligram.
    Mg,
    /// Millilitre.
    Ml,
    /// Millimetre.
    Mm,
    /// Ounce.
    Oz,
    /// Pint.
    Pt,
    /// Quart.
    Qt,
    /// Yard.
    Yd,
}

/// How much a variant holds, and for how much of it `unitPrice` is.
#[derive(Clone, Debug, SimpleObject)]
pub struct UnitPriceMeasurement {
    /// What is measured.
    measured_type: Option<UnitPriceMeasurementMeasuredType>,
    /// The unit of what the variant holds.
    quantity_unit: Option<UnitPriceMeasurementMeasuredUnit>,
    /// How much the variant holds, at most three places.
    quantity_value: f64,
    /// The unit that `unitPrice` is for, of the same type.
    reference_unit: Option<UnitPriceMeasurementMeasuredUnit>,
    /// How many of that unit `unitPrice` is for.
    reference_value: i32,
}

impl From<Measure> for UnitPriceMeasurement {
    fn from(measure: Measure) -> Self {
        Self {
            measured_type: Some(measure.kind().into()),
            quantity_unit: Some(measure.unit.into()),
            // A measure is no money: below 2^53 thousandths nothing is lost.
            quantity_value: measure.quantity_milli as f64 / 1_000.0,
            reference_unit: Some(measure.reference_unit.into()),
            reference_value: measure.reference_value,
        }
    }
}
