//! `cartwright backup` and `cartwright restore`, run as the programs that operators run: a restored backup is a shop.

use std::{
    cell::Cell,
    collections::BTreeSet,
    io::{Read, Write},
    path::Path,
    process::{Command, Output},
    sync::Arc,
};

use cartwright::{backup, platform::tx};
use entity::order::order;
use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Statement};
use serde_json::{Value, json};

use crate::{
    audit::busy_shop::{BusyShop, product},
    support::{Caller, TestDatabase, TestShop, on_postgres},
};

const BROWSE: &str = "{ products(first: 10, sortKey: TITLE) { nodes { id title handle
    variants(first: 5) { nodes { id price { amount } } } } } }";

async fn cartwright(url: &str, command: &str, file: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cartwright"));
    program.arg(command).arg(file).env("DATABASE_URL", url);
    let run = tokio::task::spawn_blocking(move || program.output().expect("the program runs"));
    run.await.expect("the program was run")
}

#[track_caller]
fn succeeded(output: &Output) {
    let told = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert_eq!(output.status.code(), Some(0), "{}", told.concat());
}

#[track_caller]
fn refused(output: &Output, code: i32, words: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(code) && told.contains(words), "{:?} {told}", output.status);
}

fn text(file: &Path) -> String {
    let mut text = String::new();
    let file = std::fs::File::open(file).expect("the file");
    MultiGzDecoder::new(file).read_to_string(&mut text).expect("gzip");
    text
}

/// Every row with its table, sorted: databases give them in their own orders.
fn rows(file: &Path) -> Vec<String> {
    let (text, mut table) = (text(file), String::new());
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        match serde_json::from_str(line).expect("JSON") {
            Value::Object(object) => table = object.get("table").map_or_else(String::new, Value::to_string),
            _ => rows.push(format!("{table} {line}")),
        }
    }
    rows.sort();
    rows
}

/// Databases without tables, of every kind of this run.
async fn empty_databases(shop: &TestShop) -> Vec<Arc<TestDatabase>> {
    let mut databases = vec![Arc::new(TestDatabase::empty_sqlite())];
    if on_postgres() {
        let settings = |url: String| {
            let mut settings = shop.app.settings.clone();
            settings.database_url = url;
            settings
        };
        databases.push(Arc::new(TestDatabase::empty_postgres(settings).await));
    }
    databases
}

async fn numbers(shop: &TestShop) -> BTreeSet<i64> {
    let numbers = order::Entity::find().select_only().column(order::Column::Number).into_tuple::<i64>();
    numbers.all(shop.app.database.reader()).await.expect("numbers").into_iter().collect()
}

#[tokio::test]
async fn a_backup_taken_while_orders_come_in_is_a_shop_that_goes_on() {
    let busy = BusyShop::new().await;
    let (shop, folder) = (&busy.shop, tempfile::tempdir().expect("a folder"));
    let staff = shop.staff("boss@example.com", cartwright::domain::auth::Role::Admin).await;
    let ink = product(shop, &staff, "Ink", "4.00").await;
    let (file, url) = (folder.path().join("shop.backup"), &shop.app.settings.database_url);
    let finished = Cell::new(false);
    let ordering = async {
        let mut orders = 0;
        while !finished.get() && orders < 40 {
            shop.order_of(&ink, 1, "sandbox_ok").await;
            orders += 1;
        }
        orders
    };
    let backing_up = async {
        let done = cartwright(url, "backup", &file).await;
        finished.set(true);
        done
    };
    let (orders, done) = tokio::join!(ordering, backing_up);
    succeeded(&done);
    assert!(orders > 0, "orders came in beside it");

    let browsed = shop.guest(BROWSE, json!({})).await.body;
    for database in empty_databases(shop).await {
        succeeded(&cartwright(&database.url, "restore", &file).await);
        let restored = TestShop::still_over(Arc::clone(&database)).await;
        restored.pass(1_200);
        assert_eq!(restored.guest(BROWSE, json!({})).await.body, browsed);
        // Keys came along: a token that was given out opens its order still.
        assert_eq!(busy.shipped.now(&restored).await, busy.shipped.now(shop).await);
        let before = numbers(&restored).await;
        let gained = restored.order_of(&ink, 1, "sandbox_ok").await.now(&restored).await;
        assert_eq!(gained["status"], "PROCESSING");
        assert!(gained["number"].as_i64() > before.last().copied(), "{} after {before:?}", gained["number"]);
        restored.sweep().await;
    }
}

#[tokio::test]
async fn every_table_is_in_it_and_every_value_comes_back_on_either_database() {
    let busy = BusyShop::new().await;
    let (shop, folder) = (&busy.shop, tempfile::tempdir().expect("a folder"));
    let note = "tab\t, \"quotes\", Ünïcödé 🛒, \\ and a line\nbreak";
    let cart = shop.cart_with(&Caller::guest(), &[]).await;
    let document = "mutation($id: ID!, $note: String!) { cartNoteUpdate(cartId: $id, note: $note) { cart { note } userErrors { code } } }";
    shop.guest(document, json!({ "id": cart, "note": note })).await.done("cartNoteUpdate");
    let first = folder.path().join("first");
    succeeded(&cartwright(&shop.app.settings.database_url, "backup", &first).await);

    let db = shop.app.database.reader();
    let sql = if on_postgres() {
        "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    };
    let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("tables");
    let mut tables: BTreeSet<String> = found.iter().map(|row| row.try_get("", "name").expect("a name")).collect();
    assert!(tables.remove("seaql_migrations"));
    let header = backup::verify(&first).expect("a whole file");
    assert_eq!(header.tables.iter().map(|table| table.name.clone()).collect::<BTreeSet<_>>(), tables);
    for full in
        ["orders", "order_line", "payment", "refund", "outbox_event", "stock_movement", "account", "signing_key"]
    {
        assert!(header.tables.iter().any(|table| table.name == full && table.rows > 0), "{full} is empty");
    }

    // Each database gives back what the one before it was given.
    let mut last = first.clone();
    for (place, database) in empty_databases(shop).await.into_iter().enumerate() {
        succeeded(&cartwright(&database.url, "restore", &last).await);
        last = folder.path().join(format!("again-{place}"));
        succeeded(&cartwright(&database.url, "backup", &last).await);
        assert!(rows(&last) == rows(&first), "a value changed on the way through {}", database.url);
        assert_eq!(backup::verify(&last).expect("a whole file").counters, header.counters);
    }
}

#[tokio::test]
async fn a_file_that_was_cut_or_altered_is_refused_and_nothing_is_made() {
    let busy = BusyShop::new().await;
    let (shop, folder) = (&busy.shop, tempfile::tempdir().expect("a folder"));
    let good = folder.path().join("good");
    succeeded(&cartwright(&shop.app.settings.database_url, "backup", &good).await);
    let (bytes, lines) = (std::fs::read(&good).expect("read"), text(&good));
    let packed = |text: &str| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).expect("packed");
        packer.finish().expect("packed")
    };
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    let last_line = lines.trim_end().rfind('\n').expect("lines") + 1;
    let cases = [
        ("cut", bytes[..bytes.len() - 20].to_vec()),
        ("half", bytes[..bytes.len() / 2].to_vec()),
        ("flipped", flipped),
        ("without its end", packed(&lines[..last_line])),
        ("another total", packed(&lines.replacen("\"PROCESSING\"", "\"COMPLETED\"", 1))),
        ("nothing", Vec::new()),
        ("not a backup", b"SQLite format 3".to_vec()),
    ];
    let database = TestDatabase::empty_sqlite();
    for (what, bytes) in cases {
        let file = folder.path().join(what);
        std::fs::write(&file, bytes).expect("written");
        refused(&cartwright(&database.url, "restore", &file).await, 2, "nothing was restored");
    }
    succeeded(&cartwright(&database.url, "restore", &good).await);
}

#[tokio::test]
async fn neither_a_file_nor_a_shop_that_is_there_is_written_over() {
    let shop = TestShop::still().await;
    let (url, folder) = (&shop.app.settings.database_url, tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("shop.backup");
    succeeded(&cartwright(url, "backup", &file).await);
    refused(&cartwright(url, "backup", &file).await, 1, "is there already");
    refused(&cartwright(url, "restore", &file).await, 2, "not empty");
    let other = folder.path().join("other.backup");
    std::fs::write(folder.path().join("other.backup.partial"), "").expect("written");
    refused(&cartwright(url, "backup", &other).await, 1, "another backup is being written");
    assert!(!other.exists());
    refused(&cartwright(url, "restore", &other).await, 2, "cannot open");

    // A number that was given out and never used is not given out again.
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let automatic = "INSERT INTO order_number (created_at) VALUES ('2026-01-01T00:00:00+00:00')";
    for _ in 0..3 {
        tx.execute_unprepared(automatic).await.expect("a number");
    }
    tx.execute_unprepared("DELETE FROM order_number").await.expect("deleted");
    tx.commit().await.expect("committed");
    succeeded(&cartwright(url, "backup", &folder.path().join("later")).await);
    let database = Arc::new(TestDatabase::empty_sqlite());
    succeeded(&cartwright(&database.url, "restore", &folder.path().join("later")).await);
    let restored = TestShop::still_over(database).await;
    let tx = tx::begin(&restored.app.database).await.expect("a transaction");
    tx.execute_unprepared(automatic).await.expect("a number");
    let next = Statement::from_string(tx.get_database_backend(), "SELECT MAX(id) AS id FROM order_number");
    let next: i64 = tx.query_one_raw(next).await.expect("read").expect("a row").try_get("", "id").expect("a number");
    assert_eq!(next, 4);
}
