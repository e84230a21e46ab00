//! Letting go of carts that nobody touched for a long time.

use chrono::{DateTime, Utc};
use entity::{cart::cart, order::order};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::CartKind;
use crate::platform::{Database, batch::delete_some};

/// Deletes at most `most` carts that were last touched before `before`, with their lines and addresses; returns how many.
/// A cart that an order came from stays, because settling late money asks for it; so do customers' wish lists.
///
/// # Errors
/// The database's.
pub async fn delete_abandoned(db: &Database, before: DateTime<Utc>, most: u64) -> Result<u64, DbErr> {
    let ordered = order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(Expr::col((order::Entity, order::Column::CartId)).equals((cart::Entity, cart::Column::Id)))
        .into_query();
    let nobodys = Condition::any().add(cart::Column::Kind.eq(CartKind::Cart)).add(cart::Column::AccountId.is_null());
    let abandoned = Condition::all()
        // In the words of the index: from parameters SQLite cannot tell that it has every such row.
        .add(Expr::cust("cart.status IN ('ACTIVE', 'MERGED')"))
        .add(cart::Column::UpdatedAt.lt(before))
        .add(nobodys)
        .add(Expr::exists(ordered).not());
    delete_some::<cart::Entity>(db, cart::Column::Id, cart::Column::UpdatedAt, abandoned, most).await
}
