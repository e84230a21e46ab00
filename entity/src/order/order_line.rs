//! Lines of orders: what was bought, as it was then.

use sea_orm::entity::prelude::*;

use crate::address::{Attributes, SelectedOptions};
use crate::ids::{OrderId, OrderLineId, ProductId, VariantId};

/// Where the stock of an order line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LineStatus {
    /// Stock is reserved.
    Pending,
    /// Stock was taken.
    Executed,
    /// Stock was given back.
    Canceled,
}

/// One line. Later changes of the product do not touch it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_line")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderLineId,
    /// The order.
    pub order_id: OrderId,
    /// Order within the order, from 1.
    pub position: i32,
    /// The product, while it exists.
    pub product_id: Option<ProductId>,
    /// The variant, while it exists.
    pub variant_id: Option<VariantId>,
    /// Product title then.
    pub title: String,
    /// Variant title then.
    pub variant_title: String,
    /// SKU then.
    pub sku: Option<String>,
    /// Maker then.
    pub vendor: String,
    /// Picture then.
    pub image_url: Option<String>,
    /// Chosen options then.
    pub selected_options: SelectedOptions,
    /// Attributes of the front end.
    pub attributes: Attributes,
    /// Units bought.
    pub quantity: i64,
    /// Units sent.
    pub fulfilled_quantity: i64,
    /// Units that are not sent any more: their money went back.
    pub canceled_quantity: i64,
    /// Price of one, minor units.
    pub unit_price_minor: i64,
    /// Discount on the line, minor units.
    pub discount_minor: i64,
    /// What the line cost after discounts and without the taxes that are added, minor units.
    pub total_minor: i64,
    /// Taxes that are added to the line, minor units.
    pub tax_minor: i64,
    /// Taxes that are inside its price, minor units.
    pub tax_included_minor: i64,
    /// Whether each unit of it became a gift card when it was paid.
    pub is_gift_card: bool,
    /// Whether it is shipped.
    pub requires_shipping: bool,
    /// Whether stock was counted.
    pub tracked: bool,
    /// Where its stock stands.
    pub status: LineStatus,
}

/// Rows are joined by the stores' own queries and loaders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Model {
    /// Units that are still to be sent.
    #[must_use]
    pub fn unsent(&self) -> i64 {
        self.quantity - self.fulfilled_quantity - self.canceled_quantity
    }
}

impl ActiveModelBehavior for ActiveModel {}
