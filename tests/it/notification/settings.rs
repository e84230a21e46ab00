//! A merchant's templates and mail server: taken when they are right, refused with a reason when they are not.

use std::net::SocketAddr;

use cartwright::{
    app::{self, App},
    config::{Reader, Settings},
    platform::Sources,
};

use super::{delivered, send};
use crate::support::{TestDatabase, TestShop};

#[tokio::test]
async fn a_merchants_template_stands_in_for_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let template =
        "Subject: Danke für {{ order.name }}\n\n{{ order.first_name }}, dein {{ order.lines[0].title }} kommt.\n";
    std::fs::write(folder.path().join("order_confirmation.txt"), template).expect("written");
    std::fs::write(folder.path().join("README.md"), "no template").expect("written");
    let shop = TestShop::still_with(&[("CARTWRIGHT_TEMPLATES", &folder.path().display().to_string())]).await;
    let made = shop.stocked("Stift", 250, 5).await;
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    send(&shop).await;
    let letter = delivered(&shop).remove(0);
    assert_eq!(letter.text, "Jane, dein Stift kommt.\n");
    assert!(letter.subject().contains("=?utf-8?"), "an encoded word (RFC 2047): {}", letter.subject());
    assert!(letter.html.contains("Thank you, Jane!"), "the other half is ours");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
}

async fn start(extra: &[(&str, &str)]) -> Result<(), String> {
    let database = TestDatabase::empty_sqlite();
    let environment = extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let settings = Settings::read(Reader::new(environment, None), database.url.clone(), listen);
    let settings = settings.map_err(|error| error.to_string())?;
    let opened = app::open_database(&settings).await.map_err(|error| format!("{error:#}"))?;
    App::new(settings, opened, Sources::system()).await.map(drop).map_err(|error| format!("{error:#}"))
}

#[tokio::test]
async fn a_broken_template_stops_the_start_with_its_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("shipment.html"), "<p>\n{{ shipment.nubmer }}\n</p>").expect("written");
    let error = start(&[("CARTWRIGHT_TEMPLATES", &folder.path().display().to_string())]).await.expect_err("refused");
    assert!(error.contains("CARTWRIGHT_TEMPLATES") && error.contains("shipment.html, line 2"), "{error}");
}

#[tokio::test]
async fn a_mail_server_is_refused_that_lacks_a_sender_or_would_send_its_password_in_the_clear() {
    let error = start(&[("CARTWRIGHT_SMTP_URL", "smtps://mail.example.com")]).await.expect_err("refused");
    assert!(error.contains("CARTWRIGHT_MAIL_FROM"), "{error}");
    let open = "smtp://shop:hunter2@mail.example.com";
    let error = start(&[("CARTWRIGHT_SMTP_URL", open), ("CARTWRIGHT_MAIL_FROM", "nobody")]).await.expect_err("refused");
    assert!(error.contains("in the clear") && error.contains("must be an address"), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
    let good =
        [("CARTWRIGHT_SMTP_URL", "smtps://shop:hunter2@mail.example.com"), ("CARTWRIGHT_MAIL_FROM", "a@b.example")];
    start(&good).await.expect("it starts");
}
