//! The ledger of orders that were there before it: made of their rows, it is the one that would have been written.

use cartwright::{app, platform::Database};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};

use crate::audit::busy_shop::BusyShop;

/// Every entry with its fact, without ids and times.
async fn entries(db: &Database) -> Vec<String> {
    let sql = "SELECT t.source || ' ' || t.kind || ' ' || e.account || ' ' || e.currency || ' ' || e.amount_minor AS line \
               FROM ledger_transaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id";
    let rows = db.reader().query_all_raw(Statement::from_string(db.backend(), sql)).await.expect("a list");
    let mut lines: Vec<String> = rows.iter().map(|row| row.try_get("", "line").expect("a line")).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn orders_that_were_there_get_the_ledger_that_would_have_been_written() {
    let busy = BusyShop::new().await;
    let settings = busy.shop.app.settings.clone();
    let written = entries(&busy.shop.app.database).await;
    assert!(written.len() > 40, "{written:#?}");
    let db = app::connect(&settings).await.expect("the database opens");
    let names: Vec<String> = Migrator::migrations().iter().map(|one| one.name().to_owned()).collect();
    let place = names.iter().position(|name| name.ends_with("_ledger")).expect("the ledger's migration");
    let steps = u32::try_from(names.len() - place).expect("few");
    Migrator::down(db.pool(), Some(steps)).await.expect("down");
    Migrator::up(db.pool(), None).await.expect("up");
    assert_eq!(entries(&db).await, written);
    let report = busy.audit().await;
    assert_eq!(report.broken(), Vec::<&str>::new(), "{report}");
}
