//! The queries of customers' addresses.

use entity::{
    customer::customer_address,
    ids::{AccountId, CustomerAddressId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::Expr,
};

use crate::{domain::shared::Error, platform::batch::padded};

/// The addresses of some customers, the default one first, then the oldest first, in one statement.
///
/// # Errors
/// The database's.
pub async fn addresses_of(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<customer_address::Model>, Error> {
    let owners = customer_address::Column::AccountId.is_in(padded(accounts.iter().copied()));
    let found = customer_address::Entity::find()
        .filter(owners)
        .order_by_desc(customer_address::Column::IsDefault)
        .order_by_asc(customer_address::Column::Id)
        .all(db)
        .await?;
    Ok(found)
}

/// Some addresses, whoever's, in one statement.
///
/// # Errors
/// The database's.
pub async fn addresses(
    db: &impl ConnectionTrait,
    ids: &[CustomerAddressId],
) -> Result<Vec<customer_address::Model>, Error> {
    let wanted = customer_address::Column::Id.is_in(padded(ids.iter().copied()));
    Ok(customer_address::Entity::find().filter(wanted).all(db).await?)
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: customer_address::Model) -> Result<(), Error> {
    customer_address::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn write(tx: &DatabaseTransaction, row: customer_address::Model) -> Result<(), Error> {
    customer_address::Entity::update(row.into_active_model().reset_all()).exec(tx).await?;
    Ok(())
}

pub(super) async fn delete(tx: &DatabaseTransaction, id: CustomerAddressId) -> Result<(), Error> {
    customer_address::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Makes no address of a customer the default.
pub(super) async fn clear_default(tx: &DatabaseTransaction, account_id: AccountId) -> Result<(), Error> {
    customer_address::Entity::update_many()
        .col_expr(customer_address::Column::IsDefault, Expr::val(false))
        .filter(customer_address::Column::AccountId.eq(account_id))
        .filter(customer_address::Column::IsDefault.eq(true))
        .exec(tx)
        .await?;
    Ok(())
}

/// Makes an address the default, where no other one is.
pub(super) async fn set_default(tx: &DatabaseTransaction, id: CustomerAddressId) -> Result<(), Error> {
    customer_address::Entity::update_many()
        .col_expr(customer_address::Column::IsDefault, Expr::val(true))
        .filter(customer_address::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
