//! Migrations: up, down to nothing and up again, with a shop full of rows in between.

use cartwright::{app, config::Settings, demo, platform::Database};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    make::catalog::product,
    support::{Server, Visitor, on_postgres},
};

/// Tables, without the migrator's own.
async fn tables(db: &Database) -> Vec<String> {
    let sql = match db.backend() {
        DbBackend::Postgres => "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
        _ => "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'",
    };
    let rows = db.reader().query_all_raw(Statement::from_string(db.backend(), sql)).await.expect("a list");
    let mut names: Vec<String> = rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect();
    names.retain(|name| name != "seaql_migrations");
    names.sort();
    names
}

/// Every column and index as the database describes it.
async fn description(db: &Database) -> Vec<String> {
    let sql = match db.backend() {
        DbBackend::Postgres => {
            "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable AS line \
             FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace"
        }
        _ => "SELECT COALESCE(sql, name) AS line FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    };
    let rows = db.reader().query_all_raw(Statement::from_string(db.backend(), sql)).await.expect("a list");
    let mut lines: Vec<String> = rows.iter().map(|row| row.try_get("", "line").expect("a line")).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn a_full_shop_goes_down_to_nothing_and_up_again() {
    let server = Server::start().await;
    let shop = &server.shop;
    demo::load(&shop.app).await.expect("the demo shop is loaded");
    let lamp = product("Lamp").make(shop).await;
    let ada = server.customer("ada@example.com").await;
    let order = server.buy(&ada, &lamp.variant_gid(0), "sandbox_ok").await;
    server.ship(&server.admin().await, &order.order_id, "1Z999").await;
    let declined = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_declined").await;
    assert_eq!(declined.payload["order"]["status"], "PENDING_PAYMENT");
    let settings: Settings = shop.app.settings.clone();
    // Nobody works on the tables while they go.
    shop.app.jobs.finish().await;

    let db = app::connect(&settings).await.expect("the database opens");
    let (all, before) = (tables(&db).await, description(&db).await);
    assert!(all.len() >= 25, "{all:?}");
    let count = Migrator::migrations().len();
    for left in (0..count).rev() {
        Migrator::down(db.pool(), Some(1)).await.unwrap_or_else(|error| panic!("down to {left}: {error}"));
    }
    assert_eq!(tables(&db).await, Vec::<String>::new(), "nothing is left behind");
    app::migrate(&db).await.expect("up again");
    assert_eq!(tables(&db).await, all);
    assert_eq!(description(&db).await, before, "the second time makes the same tables");
    app::migrate(&db).await.expect("up once more changes nothing");
    let pending = Migrator::get_pending_migrations(db.pool()).await.expect("a list");
    assert_eq!(pending.len(), 0);
    assert_eq!(db.backend() == DbBackend::Postgres, on_postgres());
}

#[tokio::test]
async fn the_last_step_down_and_up_again_keeps_the_other_tables() {
    let server = Server::start().await;
    let lamp = product("Lamp").make(&server.shop).await;
    let order = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
    let settings = server.shop.app.settings.clone();
    server.shop.app.jobs.finish().await;
    let db = app::connect(&settings).await.expect("the database opens");
    Migrator::down(db.pool(), Some(1)).await.expect("down");
    Migrator::up(db.pool(), None).await.expect("up");
    let read = "query($id: ID!) { order(id: $id) { number lineItems(first: 1) { nodes { title } } } }";
    let answer = server.graphql(&order.buyer, read, serde_json::json!({ "id": order.order_id })).await;
    assert_eq!(answer.at("/order/number"), order.number);
    assert_eq!(answer.text("/order/lineItems/nodes/0/title"), "Lamp");
}
