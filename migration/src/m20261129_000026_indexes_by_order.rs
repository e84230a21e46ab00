//! Indexes for what is asked of one order, and for a gateway's payments of some days.

use sea_orm_migration::prelude::*;

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "CREATE INDEX refund_order ON refund (order_id, created_at)",
                "CREATE INDEX gift_card_entry_of_order ON gift_card_entry (order_id) WHERE order_id IS NOT NULL",
                "CREATE INDEX payment_gateway ON payment (gateway, created_at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ["DROP INDEX refund_order", "DROP INDEX gift_card_entry_of_order", "DROP INDEX payment_gateway"];
        run(manager, &indexes).await
    }
}
