//! `cartwright audit`, run as the program that operators run.

use std::process::{Command, Output};

use cartwright::platform::tx;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::busy_shop::BusyShop;

async fn audit(url: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
    command.arg("audit").args(arguments).env("DATABASE_URL", url);
    let run = tokio::task::spawn_blocking(move || command.output().expect("the program runs"));
    run.await.expect("the program was run")
}

fn told(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

#[tokio::test]
async fn it_prints_a_line_for_each_invariant_and_what_is_broken_with_ids() {
    let busy = BusyShop::new().await;
    let url = &busy.shop.app.settings.database_url;
    let as_of = busy.shop.app.sources.now().to_rfc3339();
    let clean = audit(url, &["--as-of", &as_of]).await;
    assert_eq!(clean.status.code(), Some(0), "{}{}", told(&clean.stdout), told(&clean.stderr));
    let text = told(&clean.stdout);
    assert_eq!(text.lines().count(), 48, "{text}");
    assert!(text.contains(" ok, 0 broken, ") && text.contains("not checked: nothing loaded for chk_ack"), "{text}");

    // The clock matters: after a day the pending order's hold is long over.
    let late = (busy.shop.app.sources.now() + chrono::TimeDelta::days(1)).to_rfc3339();
    let late = told(&audit(url, &["--as-of", &late]).await.stdout);
    assert!(late.contains("I22") && late.contains("1 broken"), "{late}");

    let tx = tx::begin(&busy.shop.app.database).await.expect("a transaction");
    tx.execute_unprepared("UPDATE orders SET total_minor = total_minor + 1").await.expect("changed");
    tx.commit().await.expect("committed");
    let broken = audit(url, &["--as-of", &as_of]).await;
    assert_eq!(broken.status.code(), Some(1));
    let text = told(&broken.stdout);
    assert!(text.contains(&busy.paid.id) && text.contains("I01") && text.contains("more"), "{text}");

    let json = audit(url, &["--json", "--as-of", &as_of]).await;
    let report: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(47));
    assert_eq!(report["findings"][0]["outcome"], "broken");
    assert_eq!(report["findings"][0]["rows"], json!(12));
}

#[tokio::test]
async fn a_file_is_loaded_and_a_mistake_in_it_is_told_with_its_line() {
    let busy = BusyShop::new().await;
    let url = &busy.shop.app.settings.database_url;
    let as_of = busy.shop.app.sources.now().to_rfc3339();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.ndjson");
    let path = path.to_str().expect("a path");
    let lines: String = busy.written_down().await.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(path, &lines).expect("written");
    let all = audit(url, &["--load", path, "--as-of", &as_of]).await;
    assert!(told(&all.stdout).contains("47 ok, 0 broken, 0 not checked"), "{}", told(&all.stdout));

    std::fs::write(path, format!("{lines}{{\"relation\": \"chk_ack\", \"row\": {{\"order_id\": \"x\"}}}}\n"))
        .expect("written");
    let mistake = audit(url, &["--load", path]).await;
    assert_eq!(mistake.status.code(), Some(2));
    let text = told(&mistake.stderr);
    let line = format!("line {}", lines.lines().count() + 1);
    assert!(text.contains(&line) && text.contains("\"x\" is no id"), "{text}");
}

#[tokio::test]
async fn without_a_database_it_says_what_to_do_and_makes_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("none.db");
    let none = audit(&format!("sqlite://{}", path.display()), &[]).await;
    assert_eq!(none.status.code(), Some(2));
    assert!(told(&none.stderr).contains("there is no database at"), "{}", told(&none.stderr));
    assert!(!path.exists());
    let nobody = audit("postgres://cartwright@127.0.0.1:1/shop", &[]).await;
    assert_eq!(nobody.status.code(), Some(2));
    assert!(told(&nobody.stderr).contains("check DATABASE_URL"), "{}", told(&nobody.stderr));
}
