//! Parts of the world that are taxed alike.

use sea_orm::entity::prelude::*;

use crate::{
    area::Areas,
    ids::{TaxClassId, TaxZoneId},
};

/// Whether prices contain taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PriceBasis {
    /// Taxes are added to them.
    Exclusive,
    /// Taxes are in them.
    Inclusive,
}

/// What becomes of a fraction of the smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoundingMode {
    /// To the nearest, a half up.
    HalfUp,
    /// To the nearest, a half to the even one.
    HalfEven,
    /// Cut off.
    Down,
    /// To the next.
    Up,
}

/// Of what a tax is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoundingLevel {
    /// Each line and delivery group.
    Line,
    /// Once for each rate of the order.
    Order,
}

/// Whether the taxes of one thing are rounded each or together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoundingParts {
    /// Each.
    Separately,
    /// Together, and shared out.
    Together,
}

/// How delivery is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShippingTax {
    /// Not at all.
    NotTaxed,
    /// As goods of a class.
    AsClass,
    /// As the goods delivered.
    AsGoods,
}

/// One zone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_zone")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxZoneId,
    /// Name, for staff.
    pub name: String,
    /// Name folded: unique.
    pub name_key: String,
    /// What belongs to it.
    pub areas: Areas,
    /// Whether prices shown to buyers here contain its taxes.
    pub shown: PriceBasis,
    /// What becomes of a fraction.
    pub rounding_mode: RoundingMode,
    /// Of what a tax is rounded.
    pub rounding_level: RoundingLevel,
    /// Whether taxes are rounded each or together.
    pub rounding_parts: RoundingParts,
    /// How delivery is taxed.
    pub shipping: ShippingTax,
    /// The class as which delivery is taxed; none is the standard one, or delivery is not taxed as a class.
    pub shipping_class_id: Option<TaxClassId>,
    /// A buyer with a confirmed tax number owes the tax itself, unless it is the home zone.
    pub reverse_charge: bool,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
