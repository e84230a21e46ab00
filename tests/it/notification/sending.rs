//! Sending: while the mail server is away nothing is lost or parked, what it refuses is parked, and staff decide.

use std::{sync::Arc, time::Duration};

use cartwright::domain::{notification, shared::Error};
use entity::notification::notification::{
    self as table,
    NotificationState::{Dropped, Failed, Queued, Sending, Sent},
};
use faultproxy::{FaultProxy, Mode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use super::{delivered, postbox::Postbox, queue, rows, send};
use crate::support::{Caller, TestShop};

const LIST: &str = "{ parkedItems { nodes { id kind target about attempts lastError } } }";

async fn listed(shop: &TestShop, admin: &Caller) -> Vec<Value> {
    let list = shop.ask(admin, LIST, json!({})).await.at("/parkedItems/nodes");
    list.as_array().expect("a list").clone()
}

async fn decide(shop: &TestShop, admin: &Caller, field: &str, id: &Value) -> Vec<String> {
    let input = format!("P{}Input", &field[1..]);
    let document = format!("mutation($input: {input}!) {{ {field}(input: $input) {{ userErrors {{ code }} }} }}");
    shop.ask(admin, &document, json!({ "input": { "id": id } })).await.refusals(field)
}

/// A still shop that sends by this mail server.
async fn shop_by(url: &str) -> TestShop {
    let settings = [
        ("CARTWRIGHT_SMTP_URL", url),
        ("CARTWRIGHT_MAIL_FROM", "Pens <hello@pens.example>"),
        ("CARTWRIGHT_MAIL_SECONDS", "0.3"),
        ("CARTWRIGHT_MAIL_ATTEMPTS", "3"),
    ];
    TestShop::still_with(&settings).await
}

/// So many orders, each with a confirmation that waits.
async fn orders(shop: &TestShop, count: usize) {
    let made = shop.stocked("Pen", 250, 50).await;
    for _ in 0..count {
        shop.order_of(&made, 1, "sandbox_ok").await;
    }
}

#[tokio::test]
async fn a_mail_reaches_its_server_with_an_id_of_its_own() {
    let postbox = Postbox::open().await;
    let shop = shop_by(&postbox.url()).await;
    orders(&shop, 2).await;
    assert_eq!(send(&shop).await, 2);
    let received = postbox.received();
    assert_eq!(received.len(), 2);
    let id = |place: usize| received[place].letter().header("Message-ID");
    let row = rows(&shop).await[0].id;
    assert!([id(0), id(1)].contains(&format!("<{row}@pens.example>")) && id(0) != id(1));
    assert_eq!(received[0].to, ["RCPT TO:<jane@example.com>"]);
    assert_eq!(received[0].letter().header("From"), "Pens <hello@pens.example>");
    assert!(std::fs::read_dir(shop.mails_folder()).expect("the folder").next().is_none(), "none goes to the folder");
}

#[tokio::test]
async fn a_server_that_is_hung_refuses_or_cuts_parks_nothing_and_gets_everything_when_it_is_back() {
    let postbox = Postbox::open().await;
    let proxy = FaultProxy::start(postbox.address, 7).await.expect("a proxy");
    let shop = shop_by(&format!("smtp://{}", proxy.address())).await;
    orders(&shop, 3).await;
    for mode in [Mode::BlackHole, Mode::Refuse, Mode::CutAfter(0), Mode::CutAfter(60), Mode::BlackHole] {
        proxy.set(mode);
        for _ in 0..3 {
            let begun = std::time::Instant::now();
            let round = notification::send_due(&shop.app.post()).await;
            assert!(matches!(round, Err(Error::Unavailable(_))), "{mode:?}: {round:?}");
            assert!(begun.elapsed() < Duration::from_secs(3), "{mode:?} ends in time");
            shop.pass(60);
        }
    }
    assert!(rows(&shop).await.iter().all(|row| row.state == Queued && row.attempts == 0), "no attempt was counted");
    proxy.set(Mode::Ok);
    assert_eq!(send(&shop).await, 3);
    let mut ids: Vec<String> = postbox.received().iter().map(|mail| mail.letter().header("Message-ID")).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    assert!(queue(&shop).await.iter().all(|(_, state)| *state == Sent));
}

#[tokio::test]
async fn a_mail_whose_acceptance_is_lost_comes_again_under_the_same_id() {
    let postbox = Postbox::open().await;
    let shop = shop_by(&postbox.url()).await;
    orders(&shop, 1).await;
    postbox.keep_silently(1);
    notification::send_due(&shop.app.post()).await.expect_err("no answer");
    shop.pass(60);
    assert_eq!(send(&shop).await, 1);
    let ids: Vec<String> = postbox.received().iter().map(|mail| mail.letter().header("Message-ID")).collect();
    assert_eq!(ids.len(), 2, "at least once");
    assert_eq!(ids[0], ids[1], "a receiver knows it again");
}

#[tokio::test]
async fn a_mail_that_is_put_off_is_tried_after_growing_gaps_then_parked_and_staff_send_it_again() {
    let postbox = Postbox::open().await;
    let shop = shop_by(&postbox.url()).await;
    let admin = shop.admin().await;
    orders(&shop, 1).await;
    postbox.refuse("450 jane@example.com: come back later", 3);
    let mut gaps = Vec::new();
    for _ in 0..2 {
        assert_eq!(send(&shop).await, 1);
        let row = rows(&shop).await.remove(0);
        assert_eq!(row.state, Queued);
        gaps.push((row.next_at - shop.app.sources.now()).num_seconds());
        assert_eq!(send(&shop).await, 0, "not before its time");
        shop.pass(200);
    }
    assert!((22..=38).contains(&gaps[0]) && (44..=76).contains(&gaps[1]), "{gaps:?}");
    assert_eq!(send(&shop).await, 1);
    assert_eq!(queue(&shop).await[0].1, Failed);
    let parked = listed(&shop, &admin).await;
    assert_eq!(parked.len(), 1);
    assert_eq!(
        (&parked[0]["kind"], &parked[0]["target"], &parked[0]["attempts"]),
        (&json!("MAIL"), &json!("mail"), &json!(3))
    );
    assert!(parked[0]["lastError"].as_str().is_some_and(|error| error.contains("come back later")), "{}", parked[0]);
    shop.pass(100_000);
    assert_eq!(send(&shop).await, 0, "parked");
    assert_eq!(decide(&shop, &admin, "parkedItemReplay", &parked[0]["id"]).await, Vec::<String>::new());
    assert_eq!(decide(&shop, &admin, "parkedItemReplay", &parked[0]["id"]).await, ["NOT_PARKED"]);
    assert_eq!(send(&shop).await, 1);
    assert_eq!((postbox.received().len(), queue(&shop).await[0].1), (1, Sent));
    assert_eq!(listed(&shop, &admin).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_parked_at_once_and_the_others_go() {
    let postbox = Postbox::open().await;
    let shop = shop_by(&postbox.url()).await;
    let admin = shop.admin().await;
    orders(&shop, 3).await;
    postbox.refuse("550 no such person", 1);
    assert_eq!(send(&shop).await, 3);
    assert_eq!(postbox.received().len(), 2);
    let parked = listed(&shop, &admin).await;
    assert_eq!(parked.len(), 1);
    assert_eq!(decide(&shop, &admin, "parkedItemDiscard", &parked[0]["id"]).await, Vec::<String>::new());
    let states: Vec<_> = queue(&shop).await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states.iter().filter(|state| **state == Dropped).count(), 1);
}

#[tokio::test]
async fn access_that_the_server_denies_parks_nothing() {
    let postbox = Postbox::open().await;
    let shop = shop_by(&postbox.url()).await;
    orders(&shop, 1).await;
    postbox.refuse("530 sign in first", 1);
    let error = notification::send_due(&shop.app.post()).await.expect_err("nothing is taken").to_string();
    assert!(!error.contains("sign in first"), "{error}");
    assert_eq!(queue(&shop).await[0].1, Queued);
}

#[tokio::test]
async fn a_mail_whose_process_died_while_it_sent_is_sent_by_another_after_its_time() {
    let shop = TestShop::still().await;
    orders(&shop, 1).await;
    let until = shop.app.sources.now() + chrono::TimeDelta::seconds(40);
    table::Entity::update_many()
        .col_expr(table::Column::State, Expr::value(Sending))
        .col_expr(table::Column::NextAt, Expr::value(until))
        .filter(table::Column::State.eq(Queued))
        .exec(shop.app.database.reader())
        .await
        .expect("written");
    assert_eq!(send(&shop).await, 0, "it may still be at it");
    shop.pass(45);
    assert_eq!(send(&shop).await, 1);
    assert_eq!((delivered(&shop).len(), queue(&shop).await[0].1), (1, Sent));
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_send_at_once_send_each_mail_once() {
    let postbox = Postbox::open().await;
    let shop = Arc::new(shop_by(&postbox.url()).await);
    orders(&shop, 10).await;
    let rounds = (0..4).map(|_| {
        let shop = Arc::clone(&shop);
        tokio::spawn(async move { notification::send_due(&shop.app.post()).await.expect("a round") })
    });
    let done: usize = futures::future::join_all(rounds).await.into_iter().map(|round| round.expect("it ends")).sum();
    assert_eq!((done, postbox.received().len()), (10, 10));
}

#[tokio::test]
async fn the_job_sends_by_itself_and_old_mails_are_let_go() {
    let shop = TestShop::with(&[]).await;
    orders(&shop, 1).await;
    for _ in 0..300 {
        if queue(&shop).await[0].1 == Sent {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!((delivered(&shop).len(), queue(&shop).await[0].1), (1, Sent));
    shop.app.jobs.finish().await;
    shop.pass(89 * 86_400);
    cartwright::jobs::let_go(&shop.app).await.expect("a round");
    assert_eq!(queue(&shop).await.len(), 1);
    shop.pass(2 * 86_400);
    cartwright::jobs::let_go(&shop.app).await.expect("a round");
    assert_eq!(queue(&shop).await.len(), 0);
}
