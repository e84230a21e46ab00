//! A full disk: writes are refused plainly, reads go on, and when there is room again, all is well by itself.

use std::{path::Path, process::Command};

use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::json;
use tempfile::TempDir;

use super::{
    BROWSE, ask, assert_unavailable,
    postgres::{PostgresServer, is_root, run},
};
use crate::{
    make::catalog::{Made, product, variant},
    support::{Reply, Server, Visitor, on_postgres},
};

async fn lamp(server: &Server) -> Made {
    product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await
}

/// Makes a cart, which writes.
async fn write(server: &Server, lamp: &Made) -> Reply {
    let note = "n".repeat(1_000);
    let body = json!({
        "query": "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { code } } }",
        "variables": { "input": { "note": note, "lines": [{ "merchandiseId": lamp.variant_gid(0) }] } },
    });
    server.post(&Visitor::guest(), body).await
}

/// Writes until there is no room.
async fn until_full(server: &Server, lamp: &Made) {
    for _ in 0..3_000 {
        let reply = write(server, lamp).await;
        if reply.status != 200 {
            assert_unavailable(&reply);
            return;
        }
    }
    panic!("the disk does not get full");
}

/// Writes until there is no room, then looks at what a shopper sees.
async fn assert_refused_plainly(server: &Server, lamp: &Made) {
    until_full(server, lamp).await;
    assert_unavailable(&write(server, lamp).await);
    for _ in 0..10 {
        assert_eq!(ask(server, BROWSE).await.status, 200, "reads go on");
    }
    assert_eq!(server.get("/readyz").await.status, 200, "and so the process is of use");
}

async fn assert_healed(server: &Server, lamp: &Made) {
    for _ in 0..5 {
        let reply = write(server, lamp).await;
        assert_eq!((reply.status, reply.json().get("errors")), (200, None), "{}", reply.text());
    }
    let order = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
    assert_eq!(order.payload["order"]["status"], "PROCESSING");
}

/// How many pages SQLite may use, on each of the two connections of the pool.
async fn allow_pages(server: &Server, pages: u32) {
    let db = server.shop.app.database.pool();
    #[expect(clippy::disallowed_methods, reason = "two connections have to be held at once")]
    let (one, two) = (db.begin().await.expect("one"), db.begin().await.expect("two"));
    for connection in [&one, &two] {
        connection.execute_unprepared(&format!("PRAGMA max_page_count = {pages}")).await.expect("set");
    }
    one.rollback().await.expect("free");
    two.rollback().await.expect("free");
}

#[tokio::test]
async fn a_database_that_may_not_grow_refuses_writes_and_heals() {
    let server = Server::still_with(&[("CARTWRIGHT_DATABASE_CONNECTIONS", "2")]).await;
    let lamp = lamp(&server).await;
    if on_postgres() {
        // As PostgreSQL says it, wherever the test runs; the real thing needs root and is below.
        let db = server.shop.app.database.reader();
        let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'could not extend file \"base/1/2\": No space left on device' USING ERRCODE = '53100'; END $$";
        db.execute_unprepared(full).await.expect("made");
        let trigger = "CREATE TRIGGER full_disk BEFORE INSERT ON cart FOR EACH ROW EXECUTE FUNCTION full_disk()";
        db.execute_unprepared(trigger).await.expect("made");
        assert_refused_plainly(&server, &lamp).await;
        db.execute_unprepared("DROP TRIGGER full_disk ON cart").await.expect("dropped");
    } else {
        allow_pages(&server, 1).await;
        // The limit is the connection's, and one that met it is replaced: so this is met once for each.
        until_full(&server, &lamp).await;
        until_full(&server, &lamp).await;
    }
    assert_healed(&server, &lamp).await;
}

/// A small disk. Unmounted when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None` where nothing may be mounted; the test above then has to do.
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "cartwright-test"]).arg(folder.path());
        if is_root() && mount.status().is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("NOT TESTED HERE: a really full disk needs root and the right to mount");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn filler(&self) -> std::path::PathBuf {
        self.path().join("filler")
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let mut fill = Command::new("dd");
        fill.args(["if=/dev/zero", "bs=4096"]).arg(format!("of={}", self.filler().display()));
        // It ends with "no space left on device", which is what it is for.
        let status = fill.stderr(std::process::Stdio::null()).status().expect("dd runs");
        assert!(!status.success(), "the disk is full");
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("removed");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because a database may still have its files open.
        drop(Command::new("umount").arg("--lazy").arg(self.path()).status());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_really_full_disk_refuses_writes_and_heals() {
    let Some(disk) = SmallDisk::mount(if on_postgres() { 64 } else { 16 }) else { return };
    if on_postgres() {
        let postgres = PostgresServer::start();
        run(Command::new("chown").arg("postgres").arg(disk.path()));
        let operator = sea_orm::Database::connect(postgres.url()).await.expect("connected");
        // The journal stays where it is: PostgreSQL stops altogether when that disk is full.
        for statement in [
            format!("CREATE TABLESPACE small LOCATION '{}'", disk.path().display()),
            "CREATE DATABASE shop TABLESPACE small".to_owned(),
        ] {
            operator.execute_raw(Statement::from_string(sea_orm::DbBackend::Postgres, statement)).await.expect("done");
        }
        let url = postgres.url().replace("/postgres", "/shop");
        let server = Server::over(&url, &[]).await;
        assert_full_disk(&server, &disk).await;
        return;
    }
    let url = format!("sqlite://{}", disk.path().join("shop.db").display());
    let server = Server::over(&url, &[]).await;
    assert_full_disk(&server, &disk).await;
}

async fn assert_full_disk(server: &Server, disk: &SmallDisk) {
    let lamp = lamp(server).await;
    disk.fill();
    assert_refused_plainly(server, &lamp).await;
    disk.make_room();
    assert_healed(server, &lamp).await;
}
