//! The mail that brings a code to its recipient, and that the code is nowhere once it is sent.

use cartwright::domain::notification;
use entity::notification::notification::{self as table, NotificationState as State};
use sea_orm::EntityTrait;
use serde_json::json;

use super::Till;

async fn mails(till: &Till) -> Vec<table::Model> {
    table::Entity::find().all(till.shop.app.database.reader()).await.expect("the queue")
}

/// The texts of the mails in the shop's folder.
fn delivered(till: &Till) -> Vec<String> {
    let files = std::fs::read_dir(till.shop.mails_folder()).expect("the folder");
    files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a mail")).collect()
}

#[tokio::test]
async fn a_recipient_gets_the_code_by_mail_and_it_is_gone_from_the_queue() {
    let till = Till::new().await;
    let card = till
        .card_with("50.00", json!({ "recipientEmail": "ada@example.com", "expiresAt": "2031-05-01T00:00:00Z" }))
        .await;
    let queued = mails(&till).await;
    assert_eq!((queued.len(), queued[0].order_id, queued[0].recipient.as_str()), (1, None, "ada@example.com"));
    assert!(queued[0].sealed.is_some());
    assert_eq!(notification::send_due(&till.shop.app.post()).await.expect("a round"), 1);
    let sent = delivered(&till);
    assert_eq!(sent.len(), 1);
    assert!(
        sent[0].contains(&card.code) && sent[0].contains("50.00 USD") && sent[0].contains("1 May 2031"),
        "{}",
        sent[0]
    );
    let queued = mails(&till).await;
    assert_eq!((queued[0].state, &queued[0].sealed), (State::Sent, &None));
    assert_eq!(notification::send_due(&till.shop.app.post()).await.expect("a round"), 0);
}

#[tokio::test]
async fn a_card_that_was_deactivated_meanwhile_is_not_mailed() {
    let till = Till::new().await;
    let card = till.card_with("50.00", json!({ "recipientEmail": "ada@example.com" })).await;
    till.change("giftCardDeactivate", json!({ "id": card.id })).await;
    notification::send_due(&till.shop.app.post()).await.expect("a round");
    let queued = mails(&till).await;
    assert_eq!((queued[0].state, &queued[0].sealed), (State::Dropped, &None));
    assert!(delivered(&till).is_empty());
}

#[tokio::test]
async fn a_card_for_nobody_in_particular_gives_no_mail() {
    let till = Till::new().await;
    till.card("50.00").await;
    assert!(mails(&till).await.is_empty());
}
