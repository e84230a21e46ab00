//! Units in which variants are measured, as the storefront API names them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MeasureUnit {
    /// Milligram.
    Mg,
    /// Gram.
    G,
    /// Kilogram.
    Kg,
    /// Ounce.
    Oz,
    /// Pound.
    Lb,
    /// Millilitre.
    Ml,
    /// Centilitre.
    Cl,
    /// Litre.
    L,
    /// Cubic metre.
    M3,
    /// Fluid ounce of the United States.
    Floz,
    /// Pint of the United States.
    Pt,
    /// Quart of the United States.
    Qt,
    /// Gallon of the United States.
    Gal,
    /// Millimetre.
    Mm,
    /// Centimetre.
    Cm,
    /// Metre.
    M,
    /// Inch.
    In,
    /// Foot.
    Ft,
    /// Yard.
    Yd,
    /// Square metre.
    M2,
    /// Square foot.
    Ft2,
    /// Piece.
    Item,
}
