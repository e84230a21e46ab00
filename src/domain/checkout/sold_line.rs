//! A line of an order: a snapshot of what is bought, as it is and costs at that moment.

use entity::{
    address::Attributes,
    ids::{OrderId, OrderLineId},
    order::order_line::{self, LineStatus},
};
use pricing::QuoteLine;
use sea_orm::ActiveValue::Set;

use crate::domain::catalog::Sellable;

/// Which line of which order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub id: OrderLineId,
    pub order_id: OrderId,
    /// From 1.
    pub position: i32,
}

/// The row of a line.
pub(super) fn sold_line(
    place: Place,
    sold: &Sellable,
    attributes: Attributes,
    quoted: &QuoteLine,
    status: LineStatus,
) -> order_line::ActiveModel {
    order_line::ActiveModel {
        id: Set(place.id),
        order_id: Set(place.order_id),
        position: Set(place.position),
        product_id: Set(Some(sold.product_id)),
        variant_id: Set(Some(sold.variant_id)),
        title: Set(sold.product_title.clone()),
        variant_title: Set(sold.variant_title.clone()),
        sku: Set(sold.sku.clone()),
        vendor: Set(sold.vendor.clone()),
        image_url: Set(sold.image_url.clone()),
        selected_options: Set(sold.selected_options.clone()),
        attributes: Set(attributes),
        quantity: Set(quoted.quantity),
        fulfilled_quantity: Set(0),
        canceled_quantity: Set(0),
        unit_price_minor: Set(quoted.unit_price.0),
        discount_minor: Set(quoted.discount.0),
        total_minor: Set(quoted.taxable.0),
        tax_minor: Set(quoted.tax.0),
        tax_included_minor: Set(quoted.tax_included.0),
        is_gift_card: Set(sold.is_gift_card),
        requires_shipping: Set(sold.requires_shipping),
        tracked: Set(sold.tracked),
        status: Set(status),
    }
}
