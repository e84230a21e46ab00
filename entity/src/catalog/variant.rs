//! Variants: the things that are put into carts.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::measure_unit::MeasureUnit;
use crate::ids::{ImageId, ProductId, TaxClassId, VariantId};

/// One variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantId,
    /// The product.
    pub product_id: ProductId,
    /// Order within the product, from 1.
    pub position: i32,
    /// Option values joined by ` / `, or `Default Title`.
    pub title: String,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// Barcode (GTIN, EAN, ISBN).
    pub barcode: Option<String>,
    /// Value of the product's first option.
    pub option1: Option<String>,
    /// Value of the second.
    pub option2: Option<String>,
    /// Value of the third.
    pub option3: Option<String>,
    /// The picture of this variant.
    pub image_id: Option<ImageId>,
    /// Weight in grams.
    pub weight_grams: i32,
    /// How much it holds, in thousandths of `measure_unit`; `None` where that is not told.
    pub measure_milli: Option<i64>,
    /// The unit of `measure_milli`.
    pub measure_unit: Option<MeasureUnit>,
    /// The unit price is for so many of `reference_unit`.
    pub reference_value: Option<i32>,
    /// The unit that the unit price is for.
    pub reference_unit: Option<MeasureUnit>,
    /// Whether it is shipped.
    pub requires_shipping: bool,
    /// Whether it is taxed.
    pub taxable: bool,
    /// How it is taxed; none is the standard class.
    pub tax_class_id: Option<TaxClassId>,
    /// Whether stock is counted.
    pub tracked: bool,
    /// Whether it may be sold beyond the stock.
    pub continue_selling: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
