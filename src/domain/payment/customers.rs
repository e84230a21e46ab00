//! Every query of customers as gateways know them.

use entity::{ids::AccountId, payment::gateway_customer};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};

use crate::platform::Sources;

/// The gateway's id of an account's customer, if there is one.
///
/// # Errors
/// The database's.
pub async fn customer_at(
    db: &impl ConnectionTrait,
    gateway: &str,
    account_id: AccountId,
) -> Result<Option<String>, DbErr> {
    let found = gateway_customer::Entity::find()
        .filter(gateway_customer::Column::Gateway.eq(gateway))
        .filter(gateway_customer::Column::AccountId.eq(account_id));
    Ok(found.one(db).await?.map(|row| row.reference))
}

/// Keeps the gateway's id of an account's customer; the first one stays.
///
/// # Errors
/// The database's.
pub async fn keep_customer(
    tx: &DatabaseTransaction,
    sources: &Sources,
    gateway: &str,
    account_id: AccountId,
    reference: &str,
) -> Result<(), DbErr> {
    let row = gateway_customer::ActiveModel {
        id: Set(sources.id()),
        gateway: Set(gateway.to_owned()),
        account_id: Set(account_id),
        reference: Set(reference.to_owned()),
        created_at: Set(sources.now()),
    };
    let columns = [gateway_customer::Column::Gateway, gateway_customer::Column::AccountId];
    let once = OnConflict::columns(columns).do_nothing().to_owned();
    gateway_customer::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await.map(drop)
}

/// Forgets an account's customer whom the gateway does not know any more; another one that was kept meanwhile stays.
///
/// # Errors
/// The database's.
pub async fn forget_customer(
    tx: &DatabaseTransaction,
    gateway: &str,
    account_id: AccountId,
    reference: &str,
) -> Result<(), DbErr> {
    gateway_customer::Entity::delete_many()
        .filter(gateway_customer::Column::Gateway.eq(gateway))
        .filter(gateway_customer::Column::AccountId.eq(account_id))
        .filter(gateway_customer::Column::Reference.eq(reference))
        .exec(tx)
        .await
        .map(drop)
}
