//! Who may decide a refund, what is refused, and what is on record.

use cartwright::domain::auth::Role;
use serde_json::{Value, json};

use super::{REFUND, units, usd};
use crate::support::{Caller, TestShop};

#[tokio::test]
async fn only_staff_who_may_give_money_back_do_and_shoppers_do_not_know_of_it() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let clerk = shop.staff("kim@example.com", Role::Staff).await;
    let input = json!({ "amount": usd("1.0") });
    assert_eq!(order.refund(&shop, &clerk, input.clone()).await.code(), "FORBIDDEN");
    assert_eq!(order.refund(&shop, &order.caller, input).await.code(), "UNAUTHENTICATED");
    let schema = "{ __schema { mutationType { fields { name } } types { name } } }";
    let hidden = shop.ask(&order.caller, schema, json!({})).await.body.to_string();
    assert!(!hidden.contains("refundCreate") && !hidden.contains("SuggestedRefund"), "hidden");
    assert!(shop.ask(&clerk, schema, json!({})).await.body.to_string().contains("SuggestedRefund"));
    assert_eq!(shop.taken().await, 500);
}

#[tokio::test]
async fn what_cannot_go_back_is_refused_with_its_field() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let line = order.line_ids(&shop).await.remove(0);
    let other = shop.order_of(&pen, 1, "sandbox_ok").await.line_ids(&shop).await.remove(0);
    let cases = [
        (json!({}), "NOTHING_ASKED_FOR", "input"),
        (json!({ "lineItems": [units(&other, 1, "CANCEL")] }), "LINE_NOT_FOUND", "input.lineItems.0.lineItemId"),
        (json!({ "lineItems": [units(&line, 3, "CANCEL")] }), "QUANTITY_INVALID", "input.lineItems.0.quantity"),
        (json!({ "lineItems": [units(&line, 0, "CANCEL")] }), "QUANTITY_INVALID", "input.lineItems.0.quantity"),
        (json!({ "lineItems": [units(&line, 1, "RETURN")] }), "RESTOCK_INVALID", "input.lineItems.0.restockType"),
        (json!({ "amount": usd("5.01") }), "AMOUNT_INVALID", "input.amount"),
        (json!({ "amount": usd("0") }), "AMOUNT_INVALID", "input.amount"),
        (json!({ "shipping": { "amount": usd("0.01") } }), "SHIPPING_INVALID", "input.shipping.amount"),
        (json!({ "shipping": { "full": true } }), "NOTHING_LEFT", "input"),
        (json!({ "amount": usd("1"), "note": "x".repeat(1_001) }), "INVALID", "input.note"),
        (json!({ "amount": usd("1"), "note": "paid with 4242 4242 4242 4242" }), "INVALID", "input.note"),
    ];
    for (input, code, field) in cases {
        let refused = order.refund(&shop, &staff, input.clone()).await.at("/refundCreate");
        assert_eq!(refused["userErrors"][0]["code"], code, "{input}: {refused}");
        let path: Vec<&str> =
            refused["userErrors"][0]["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
        assert_eq!(path.join("."), field, "{input}");
        assert!(refused["refund"].is_null() && refused["order"].is_null());
    }
    let euro = json!({ "amount": { "amount": "1.0", "currencyCode": "EUR" } });
    assert_eq!(order.refund(&shop, &staff, euro).await.code(), "BAD_USER_INPUT");
    let both = json!({ "shipping": { "full": true, "amount": usd("1.0") } });
    assert_eq!(order.refund(&shop, &staff, both).await.code(), "BAD_USER_INPUT");
    let nobody =
        json!({ "orderId": "gid://cartwright/Order/01890000-0000-7000-8000-000000000000", "amount": usd("1") });
    assert_eq!(shop.ask(&staff, REFUND, json!({ "input": nobody })).await.code(), "NOT_FOUND");
    assert_eq!((shop.refunds().await, order.refunds(&shop).await.len()), (0, 0));
}

#[tokio::test]
async fn nothing_goes_back_of_an_order_that_is_not_paid_or_whose_money_is_only_held() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let declined = shop.order_of(&pen, 1, "sandbox_declined").await;
    let refused = declined.refund(&shop, &staff, json!({ "amount": usd("1") })).await;
    assert_eq!(refused.refusals("refundCreate"), ["NOT_ALLOWED"]);
    let held = shop.complete(&shop.cart_with(&Caller::guest(), &[(&pen, 1)]).await).hold().bought().await;
    let line = held.line_ids(&shop).await.remove(0);
    let refused = held.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "CANCEL")] })).await;
    assert_eq!(refused.refusals("refundCreate"), ["NOT_ALLOWED"]);
    assert_eq!(shop.stock_of(pen.variants[0]).await, (8, 1), "one is sold, the declined order holds one");
}

#[tokio::test]
async fn who_decided_what_and_why_is_on_record_and_the_version_seen_counts() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let version = order.now(&shop).await["version"].as_i64().expect("a version");
    let input = json!({ "amount": usd("1.0"), "note": "  Came late ", "expectedVersion": version });
    let made = order.refund(&shop, &staff, input.clone()).await.done("refundCreate");
    assert_eq!(made["refund"]["note"], "Came late");
    assert_eq!(order.refund(&shop, &staff, input).await.code(), "VERSION_CONFLICT");
    let hidden = "query($id: ID!) { order(id: $id) { refunds { note } } }";
    assert_eq!(shop.ask(&order.caller, hidden, json!({ "id": order.id })).await.code(), "UNAUTHENTICATED");
    use entity::platform::outbox_event::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let facts = Entity::find().filter(Column::Kind.eq("refund.created"));
    let facts = facts.all(shop.app.database.reader()).await.expect("facts");
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].data["total_minor"], 100);
    assert!(facts[0].data["account_id"].is_string(), "{}", facts[0].data);
    assert_eq!(order.timeline(&shop).await.iter().filter(|kind| *kind == "ORDER_REFUNDED").count(), 1);
}
