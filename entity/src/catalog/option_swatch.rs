//! Colors and pictures that show the values of options, the same for every product.

use sea_orm::entity::prelude::*;

use crate::ids::OptionSwatchId;

/// What shows one value of one option, such as Color = Amber.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "option_swatch")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OptionSwatchId,
    /// The option's name as staff wrote it.
    pub option_name: String,
    /// The value as staff wrote it.
    pub value: String,
    /// The option's name, folded.
    pub folded_option: String,
    /// The value, folded; unique together with the option's name.
    pub folded_value: String,
    /// `#` and six hexadecimal digits.
    pub color: Option<String>,
    /// Where the picture is.
    pub image_url: Option<String>,
    /// What it shows.
    pub image_alt: Option<String>,
    /// Pixels.
    pub image_width: Option<i32>,
    /// Pixels.
    pub image_height: Option<i32>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
