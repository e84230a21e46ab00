//! The statements that change the lines of a placed order.

use entity::{ids::OrderLineId, order::order_line};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use crate::platform::batch::padded;

/// Takes lines out of an order. What they were stays in its earlier quotes and in the movements of their stock.
///
/// # Errors
/// The database's.
pub async fn remove_lines(tx: &DatabaseTransaction, ids: &[OrderLineId]) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let lines = order_line::Entity::delete_many().filter(order_line::Column::Id.is_in(padded(ids.iter().copied())));
    lines.exec(tx).await.map(drop)
}

/// Gives a line another quantity and what that costs, if anything of it is new.
///
/// # Errors
/// The database's.
pub async fn requote_line(
    tx: &DatabaseTransaction,
    line: &order_line::Model,
    quantity: i64,
    quoted: &::pricing::QuoteLine,
) -> Result<(), DbErr> {
    let after = order_line::Model {
        quantity,
        unit_price_minor: quoted.unit_price.0,
        discount_minor: quoted.discount.0,
        total_minor: quoted.taxable.0,
        tax_minor: quoted.tax.0,
        tax_included_minor: quoted.tax_included.0,
        ..line.clone()
    };
    if after == *line {
        return Ok(());
    }
    let update = order_line::ActiveModel {
        quantity: Set(after.quantity),
        unit_price_minor: Set(after.unit_price_minor),
        discount_minor: Set(after.discount_minor),
        total_minor: Set(after.total_minor),
        tax_minor: Set(after.tax_minor),
        tax_included_minor: Set(after.tax_included_minor),
        ..Default::default()
    };
    let lines = order_line::Entity::update_many().set(update).filter(order_line::Column::Id.eq(line.id));
    lines.exec(tx).await.map(drop)
}
