//! What cannot be edited, and why. Nothing is changed then.

use serde_json::{Value, json};

use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

#[tokio::test]
async fn each_refusal_says_what_to_do_and_changes_nothing() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 5).await);
    let hidden = product("Hidden").draft().variant(variant(100)).make(&shop).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let other = shop.order_of(&pen, 1, "sandbox_ok").await;
    let (line, foreign) = (order.line(&shop, 0).await, other.line(&shop, 0).await);
    let before = order.now(&shop).await;
    let units = |id: &str, quantity: i64| json!({ "lineItems": [{ "lineItemId": id, "quantity": quantity }] });
    let added = |id: String, quantity: i64| json!({ "addedItems": [{ "merchandiseId": id, "quantity": quantity }] });
    let cases: [(Value, &str); 9] = [
        (json!({}), "NOTHING_CHANGED"),
        (units(&line, 2), "NOTHING_CHANGED"),
        (units(&line, 0), "NOTHING_LEFT"),
        (units(&line, 1000), "QUANTITY_INVALID"),
        (units(&foreign, 1), "LINE_NOT_FOUND"),
        (added(pen.variant_gid(0), 0), "QUANTITY_INVALID"),
        (added(hidden.variant_gid(0), 1), "MERCHANDISE_NOT_AVAILABLE"),
        (units(&line, 9), "INSUFFICIENT_STOCK"),
        (json!({ "shippingAddress": { "city": "Berlin", "countryCode": "DE" } }), "ADDRESS_INVALID"),
    ];
    for (changes, code) in cases {
        let refusals = order.edit(&shop, &staff, changes.clone()).await.refusals("orderEdit");
        assert_eq!(refusals.first().map(String::as_str), Some(code), "{changes}: {refusals:?}");
    }
    let many: Vec<Value> = (0..501).map(|_| json!({ "lineItemId": line, "quantity": 1 })).collect();
    assert_eq!(order.edit(&shop, &staff, json!({ "lineItems": many })).await.refusals("orderEdit"), ["NOT_ALLOWED"]);
    let total = json!({ "amount": "1.0", "currencyCode": "USD" });
    let mut wrong = units(&line, 1);
    wrong["expectedTotal"] = total;
    assert_eq!(order.edit(&shop, &staff, wrong).await.refusals("orderEdit"), ["TOTAL_CHANGED"]);
    let mut stale = units(&line, 1);
    stale["expectedVersion"] = json!(1);
    assert_eq!(order.edit(&shop, &staff, stale).await.code(), "VERSION_CONFLICT");
    assert_eq!(order.now(&shop).await, before);
    assert_eq!(shop.stock_of(pen.variants[0]).await, (2, 0));
}

#[tokio::test]
async fn an_order_is_edited_by_staff_only_while_nothing_of_it_was_sent_and_it_is_paid() {
    let shop = TestShop::still().await;
    let (staff, pen) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let line = order.line(&shop, 0).await;
    let less = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });
    let by_shopper = order.edit(&shop, &order.caller, less.clone()).await;
    assert_eq!(by_shopper.code(), "UNAUTHENTICATED");
    order.ship(&shop, &staff, json!([{ "lineItemId": line, "quantity": 1 }])).await.done("fulfillmentCreate");
    assert_eq!(order.edit(&shop, &staff, less).await.refusals("orderEdit"), ["NOT_ALLOWED"]);

    let waiting = shop.order_of(&pen, 2, "sandbox_declined").await;
    let line = waiting.line(&shop, 0).await;
    let less = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });
    assert_eq!(waiting.edit(&shop, &staff, less.clone()).await.refusals("orderEdit"), ["NOT_ALLOWED"]);
    waiting.cancel(&shop, &staff).await.done("orderCancel");
    assert_eq!(waiting.edit_preview(&shop, &staff, less).await.refusals("orderEditPreview"), ["NOT_ALLOWED"]);
}
