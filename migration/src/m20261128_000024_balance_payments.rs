//! An order that an edit made dearer may be paid a second time: a payment says of which edit it pays the balance.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Under another name: a connection that has not seen the old one go would refuse to make it again.
        run(
            manager,
            &[
                "ALTER TABLE payment ADD COLUMN balance_revision INTEGER",
                "DROP INDEX payment_one_active",
                "CREATE UNIQUE INDEX payment_one_active_each ON payment (order_id, COALESCE(balance_revision, 0)) WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED')",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An order may have been paid twice since, rightly: what was captured can no longer be in the index.
        run(
            manager,
            &[
                "DROP INDEX payment_one_active_each",
                "ALTER TABLE payment DROP COLUMN balance_revision",
                "CREATE UNIQUE INDEX payment_one_active ON payment (order_id) WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'AUTHORIZED')",
            ],
        )
        .await
    }
}
