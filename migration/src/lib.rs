//! The changes of the tables, oldest first. One reversible change a file; each runs on SQLite and on PostgreSQL.
//! Migrations never import entities: an entity moves on, a migration stays as it was.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::MigrationTrait;

mod columns;
mod m20261121_000001_shop_and_accounts;
mod m20261121_000002_catalog;
mod m20261121_000003_inventory;
mod m20261121_000004_cart;
mod m20261121_000005_order;
mod m20261121_000006_payment;
mod m20261121_000007_outbox;
mod m20261121_000008_idempotency;
mod m20261121_000009_jobs_and_sinks;
mod m20261121_000010_content;
mod m20261121_000011_option_swatch;
mod m20261121_000012_customer_address;
mod m20261121_000013_notifications_and_invoices;
mod m20261121_000014_gateways;
mod m20261128_000015_order_quote;
mod m20261128_000016_discounts;
mod m20261128_000017_delivery;
mod m20261128_000018_taxes;
mod m20261128_000019_gift_cards;
mod m20261128_000020_price_lists;
mod m20261128_000021_ledger;
mod m20261128_000022_refunds;
mod m20261128_000023_off_session;
mod m20261128_000024_balance_payments;
mod m20261129_000025_quote_basis;
mod m20261129_000026_indexes_by_order;

/// Every migration, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_shop_and_accounts::Migration),
            Box::new(m20261121_000002_catalog::Migration),
            Box::new(m20261121_000003_inventory::Migration),
            Box::new(m20261121_000004_cart::Migration),
            Box::new(m20261121_000005_order::Migration),
            Box::new(m20261121_000006_payment::Migration),
            Box::new(m20261121_000007_outbox::Migration),
            Box::new(m20261121_000008_idempotency::Migration),
            Box::new(m20261121_000009_jobs_and_sinks::Migration),
            Box::new(m20261121_000010_content::Migration),
            Box::new(m20261121_000011_option_swatch::Migration),
            Box::new(m20261121_000012_customer_address::Migration),
            Box::new(m20261121_000013_notifications_and_invoices::Migration),
            Box::new(m20261121_000014_gateways::Migration),
            Box::new(m20261128_000015_order_quote::Migration),
            Box::new(m20261128_000016_discounts::Migration),
            Box::new(m20261128_000017_delivery::Migration),
            Box::new(m20261128_000018_taxes::Migration),
            Box::new(m20261128_000019_gift_cards::Migration),
            Box::new(m20261128_000020_price_lists::Migration),
            Box::new(m20261128_000021_ledger::Migration),
            Box::new(m20261128_000022_refunds::Migration),
            Box::new(m20261128_000023_off_session::Migration),
            Box::new(m20261128_000024_balance_payments::Migration),
            Box::new(m20261129_000025_quote_basis::Migration),
            Box::new(m20261129_000026_indexes_by_order::Migration),
        ]
    }
}
