//! The classic story, step by step: what the shopper reads, what the stock is, what others hear.

use entity::{inventory::stock_movement, platform::outbox_event};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::{
    make::checkout::texts,
    support::{Caller, TestShop},
};

#[tokio::test]
async fn an_order_goes_from_the_cart_to_the_door_and_the_stock_is_right_at_each_step() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Laptop", 99_900, 10).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 3)]).await;
    assert_eq!(shop.stock_of(made.variants[0]).await, (10, 0), "a cart holds nothing");

    let order = shop.complete(&cart).token("sandbox_challenge").bought().await;
    assert_eq!(order.axes(&shop).await, "PENDING_PAYMENT PENDING UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (10, 3), "held while the payment pends");
    assert_eq!(texts(&order.now(&shop).await["lineItems"]["nodes"], "status"), ["PENDING"]);
    assert_eq!(shop.cart_status(&cart).await["totalQuantity"], 3, "the cart is still there");

    approve(&shop, &order.payment).await;
    shop.pass(20);
    shop.sweep().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (7, 0), "taken when paid");
    assert_eq!(texts(&order.now(&shop).await["lineItems"]["nodes"], "status"), ["EXECUTED"]);
    assert_eq!(shop.cart_status(&cart).await, Value::Null, "the cart is gone");

    let shipped = order.ship(&shop, &staff, Value::Null).await;
    shipped.done("fulfillmentCreate");
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID FULFILLED");
    assert_eq!(order.now(&shop).await["fulfillments"][0]["trackingInfo"]["number"], "TR-1");
    order.deliver(&shop, &order.caller).await.done("orderMarkAsDelivered");
    assert_eq!(order.axes(&shop).await, "COMPLETED PAID DELIVERED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (7, 0));

    let told = ["ORDER_CREATED", "PAYMENT_ACTION_REQUIRED", "ORDER_PAID", "ORDER_FULFILLMENT_CREATED", "ORDER_SHIPPED"];
    assert_eq!(order.timeline(&shop).await, [&told[..], &["ORDER_DELIVERED"]].concat());
    assert_eq!(shop.taken().await, 3 * 99_900);
    facts_are_without_gaps(&shop).await;
    movements_add_up(&shop, &made).await;
}

/// The shopper goes to the bank's page and says yes.
async fn approve(shop: &TestShop, payment: &Value) {
    let url = payment["nextAction"]["url"].as_str().expect("where to go");
    let reference = url.rsplit('/').next().expect("a reference");
    shop.app.sandbox.answer_challenge(reference, true).await.expect("answered").expect("it is there");
}

async fn facts_are_without_gaps(shop: &TestShop) {
    let facts = outbox_event::Entity::find()
        .filter(outbox_event::Column::SubjectType.eq("order"))
        .order_by_asc(outbox_event::Column::Position)
        .all(shop.app.database.reader())
        .await
        .expect("facts");
    let told: Vec<(i64, String)> = facts.iter().map(|fact| (fact.subject_sequence, fact.kind.clone())).collect();
    let kinds = [
        "order.created",
        "payment.action_required",
        "order.paid",
        "order.fulfillment_created",
        "order.shipped",
        "order.delivered",
    ];
    assert_eq!(told, (1..).zip(kinds.map(str::to_owned)).collect::<Vec<_>>());
    for fact in facts {
        assert_eq!(fact.data["order_id"], json!(fact.subject_id), "{:#}", fact.data);
    }
}

async fn movements_add_up(shop: &TestShop, made: &crate::make::catalog::Made) {
    let moved = stock_movement::Entity::find().filter(stock_movement::Column::VariantId.eq(made.variants[0]));
    let moved = moved.all(shop.app.database.reader()).await.expect("movements");
    let sum = |of: fn(&stock_movement::Model) -> i64| moved.iter().map(of).sum::<i64>();
    assert_eq!((sum(|row| row.on_hand_delta), sum(|row| row.reserved_delta)), (-3, 0));
}

#[tokio::test]
async fn order_numbers_are_unique_and_grow() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 100, 10).await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let order = shop.order_of(&made, 1, "sandbox_ok").await;
        numbers.push(order.now(&shop).await["number"].as_i64().expect("a number"));
    }
    assert!(numbers[0] > 1_000 && numbers.is_sorted_by(|earlier, later| earlier < later), "{numbers:?}");
}

#[tokio::test]
async fn an_order_keeps_what_was_bought_although_the_product_changes() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Old name", 100, 10).await);
    let order = shop.order_of(&made, 1, "sandbox_ok").await;
    let document = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    let renamed = shop.ask(&staff, document, json!({ "input": { "id": made.gid(), "title": "New name" } })).await;
    if renamed.body.get("errors").is_none() {
        renamed.done("productUpdate");
    }
    assert_eq!(texts(&order.now(&shop).await["lineItems"]["nodes"], "title"), ["Old name"]);
}
