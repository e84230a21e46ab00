//! What background work gave up: staff see it, try it again or drop it.

use std::sync::Arc;

use cartwright::domain::payment;
use entity::{
    auth::account::Role,
    payment::{
        refund::{self, RefundStatus},
        webhook_event::{self, WebhookState},
    },
};
use sea_orm::{EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;

use super::sink::{Recorder, deliverer, publish, told};
use crate::support::{Caller, TestShop};

const LIST: &str = "{ parkedItems { nodes { id kind target about attempts lastError since waiting } } }";
const REPLAY: &str =
    "mutation($id: ID!) { parkedItemReplay(input: { id: $id }) { replayedId userErrors { field code } } }";
const DISCARD: &str =
    "mutation($id: ID!) { parkedItemDiscard(input: { id: $id }) { discardedId userErrors { field code } } }";

async fn listed(shop: &TestShop, admin: &Caller) -> Vec<Value> {
    let list = shop.ask(admin, LIST, json!({})).await.at("/parkedItems/nodes");
    list.as_array().expect("a list").clone()
}

#[tokio::test]
async fn staff_see_a_parked_event_and_replay_it_and_those_behind_it_follow_in_order() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_EVENT_ATTEMPTS", "1")]).await;
    let (admin, sink, subject) = (shop.admin().await, Arc::new(Recorder::default()), Uuid::now_v7());
    let delivery = deliverer(&shop, &sink);
    sink.refuse(subject, 1);
    for _ in 0..3 {
        told(&shop, subject).await;
    }
    publish(&shop).await;
    delivery.round().await.expect("a round");
    let parked = listed(&shop, &admin).await;
    assert_eq!(parked.len(), 1);
    let item = &parked[0];
    assert_eq!((&item["kind"], &item["target"]), (&json!("EVENT_DELIVERY"), &json!("recorder")));
    assert_eq!((&item["attempts"], &item["waiting"]), (&json!(1), &json!(2)));
    assert_eq!(item["lastError"], "too odd");
    let about = item["about"].as_str().expect("a text");
    assert!(about.contains("thing.changed") && about.contains(&subject.to_string()), "{about}");
    sink.accept_all();
    let id = json!({ "id": item["id"] });
    assert_eq!(shop.ask(&admin, REPLAY, id.clone()).await.done("parkedItemReplay")["replayedId"], item["id"]);
    assert_eq!(shop.ask(&admin, REPLAY, id).await.refusals("parkedItemReplay"), ["NOT_PARKED"]);
    delivery.round().await.expect("a round");
    assert_eq!(sink.seen(), [(subject, 1), (subject, 2), (subject, 3)]);
    assert_eq!(listed(&shop, &admin).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_parked_message_can_be_dropped_and_a_refused_refund_only_sent_again() {
    let shop = TestShop::still().await;
    let admin = shop.admin().await;
    let notice = payment::gateway::Notice { event_id: "evt_1".to_owned(), reference: Some("odd".to_owned()) };
    let (db, sources) = (&shop.app.database, &shop.app.sources);
    payment::receive(db, sources, "sandbox", notice, "{}".to_owned()).await.expect("stored");
    let message = payment::due_messages(db.reader(), sources.now(), 1).await.expect("read").remove(0);
    for attempts in 0..10 {
        let message = webhook_event::Model { attempts, ..message.clone() };
        payment::retry_message_later(db, sources, &message, 10, "the gateway is away").await.expect("noted");
    }
    let made = shop.stocked("Pen", 250, 5).await;
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    refund::Entity::update_many()
        .col_expr(refund::Column::Status, Expr::value(RefundStatus::Failed))
        .filter(Expr::value(true))
        .exec(db.reader())
        .await
        .expect("written");
    let parked = listed(&shop, &admin).await;
    let kinds: Vec<&Value> = parked.iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, ["GATEWAY_MESSAGE", "REFUND"]);
    assert_eq!(parked[0]["lastError"], "the gateway is away");
    assert!(parked[1]["about"].as_str().is_some_and(|about| about.contains("2.5")), "{}", parked[1]);
    let discard = async |place: usize| shop.ask(&admin, DISCARD, json!({ "id": parked[place]["id"] })).await;
    assert_eq!(discard(1).await.refusals("parkedItemDiscard"), ["CANNOT_BE_DISCARDED"]);
    assert_eq!(discard(0).await.done("parkedItemDiscard")["discardedId"], parked[0]["id"]);
    let rows = webhook_event::Entity::find().all(db.reader()).await.expect("read");
    assert!(rows.iter().all(|row| row.state == WebhookState::Ignored));
    shop.ask(&admin, REPLAY, json!({ "id": parked[1]["id"] })).await.done("parkedItemReplay");
    shop.sweep().await;
    assert_eq!(listed(&shop, &admin).await, Vec::<Value>::new());
    assert_eq!(shop.refunds().await, 1, "the same key: the money went back once");
}

#[tokio::test]
async fn only_staff_with_permission_read_and_decide() {
    let shop = TestShop::still().await;
    let (admin, staff) = (shop.admin().await, shop.staff("staff@example.com", Role::Staff).await);
    let id = json!({ "id": format!("gid://cartwright/EventDelivery/{}", Uuid::now_v7()) });
    assert_eq!(shop.guest("{ jobs { name } }", json!({})).await.code(), "UNAUTHENTICATED");
    assert_eq!(shop.guest(LIST, json!({})).await.code(), "UNAUTHENTICATED");
    let ada = shop.customer("ada@example.com").await;
    assert_eq!(shop.ask(&ada, LIST, json!({})).await.code(), "FORBIDDEN");
    assert_eq!(listed(&shop, &staff).await, Vec::<Value>::new());
    assert_eq!(shop.ask(&staff, REPLAY, id.clone()).await.code(), "FORBIDDEN");
    assert_eq!(shop.ask(&admin, DISCARD, id).await.refusals("parkedItemDiscard"), ["NOT_PARKED"]);
    let wrong = json!({ "id": format!("gid://cartwright/Order/{}", Uuid::now_v7()) });
    assert_eq!(shop.ask(&admin, REPLAY, wrong).await.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn the_lists_take_few_statements_however_long_they_are() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_EVENT_ATTEMPTS", "1")]).await;
    let (admin, sink) = (shop.admin().await, Arc::new(Recorder::default()));
    let delivery = deliverer(&shop, &sink);
    let subjects: Vec<Uuid> = (0..30).map(|_| Uuid::now_v7()).collect();
    for subject in &subjects {
        sink.refuse(*subject, 1);
        told(&shop, *subject).await;
    }
    publish(&shop).await;
    delivery.round().await.expect("a round");
    for name in ["one", "two", "three"] {
        shop.app.leases.take(&name.into()).await.expect("asked");
    }
    let (answer, statements) = shop.statements(shop.ask(&admin, LIST, json!({}))).await;
    assert_eq!(answer.at("/parkedItems/nodes").as_array().map(Vec::len), Some(20));
    assert_eq!(statements, 7, "three of events, one of each other kind");
    let (answer, statements) = shop.statements(shop.ask(&admin, "{ jobs { name holder failures } }", json!({}))).await;
    let names: Vec<Value> =
        answer.at("/jobs").as_array().expect("a list").iter().map(|job| job["name"].clone()).collect();
    assert_eq!(names, ["one", "three", "two"]);
    assert_eq!(answer.text("/jobs/0/holder"), shop.app.leases.holder().to_string());
    assert_eq!(statements, 1);
}
