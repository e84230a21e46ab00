//! Orders in another currency than the shop's: paid, told, documented, given back, audited and kept in it.

use cartwright::domain::invoice::Snapshot;
use entity::{invoice::invoice, notification::notification, order::order, payment::payment};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{Desk, words};
use crate::{
    make::{
        catalog::{Made, product, variant},
        checkout::Bought,
    },
    support::Process,
};

impl Desk {
    async fn order_in(&self, country: &str, made: &Made, units: i32, token: &str) -> Bought {
        let document = "mutation($input: CartInput, $country: CountryCode) @inContext(country: $country) {
            cartCreate(input: $input) { cart { id } userErrors { code } } }";
        let line = json!({ "merchandiseId": made.variant_gid(0), "quantity": units });
        let variables = json!({ "input": { "lines": [line] }, "country": country });
        let made = self.shop.guest(document, variables).await.done("cartCreate");
        self.shop.complete(made["cart"]["id"].as_str().expect("an id")).token(token).bought().await
    }
}

#[tokio::test]
async fn an_order_in_yen_is_paid_told_documented_and_given_back_in_yen() {
    let desk = Desk::new().await;
    let process = Process::of(&desk.shop).await;
    let lamp = product("Lamp").variant(variant(1_000).stock(9)).make(&desk.shop).await;
    let list = desk.list("JPY", &["JP"], json!({})).await;
    desk.price(&list, &lamp.variant_gid(0), "JPY", "1500").await;

    let order = desk.order_in("JP", &lamp, 2, "sandbox_duplicate").await;
    let at_home = desk.order_in("US", &lamp, 1, "sandbox_ok").await;
    let held = desk.order_in("JP", &lamp, 1, "sandbox_declined").await;
    held.retry(&desk.shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    process.deliver().await;
    desk.shop.sweep().await;
    assert_eq!(order.axes(&desk.shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(held.axes(&desk.shop).await, "PROCESSING PAID UNFULFILLED");
    let now = order.now(&desk.shop).await;
    assert_eq!(words(&now["totals"]["total"]), "3000.0 JPY");
    assert_eq!(now["payments"][0]["capturedAmount"]["amount"], "3000.0");
    assert_eq!(words(&at_home.now(&desk.shop).await["totals"]["total"]), "10.0 USD");
    let book = desk.shop.book().await;
    assert_eq!((book[0].amount_minor, book[0].currency.as_str()), (3_000, "JPY"), "the bank was asked in yen");

    let db = desk.shop.app.database.reader();
    let documents = invoice::Entity::find().all(db).await.expect("documents");
    let printed = documents.iter().map(|row| {
        let printed: Snapshot = serde_json::from_value(row.snapshot.clone()).expect("a snapshot");
        format!("{} {}", printed.lines[0].unit_price, printed.lines[0].total)
    });
    let mut printed: Vec<String> = printed.collect();
    printed.sort();
    assert_eq!(printed, ["10.00 USD 10.00 USD", "1500 JPY 1500 JPY", "1500 JPY 3000 JPY"]);
    let mails = notification::Entity::find().all(db).await.expect("mails");
    assert!(!mails.is_empty(), "the shopper hears of it");

    order.cancel(&desk.shop, &order.caller).await.done("orderCancel");
    process.deliver().await;
    desk.shop.sweep().await;
    assert_eq!(order.axes(&desk.shop).await, "CANCELED REFUNDED UNFULFILLED");
    assert_eq!(order.now(&desk.shop).await["refunds"][0]["amount"]["amount"], "3000.0");
    let orders = order::Entity::find().all(db).await.expect("orders");
    let payments = payment::Entity::find().all(db).await.expect("payments");
    let paid_in = |order: &order::Model| {
        payments.iter().filter(|payment| payment.order_id == order.id).all(|payment| payment.currency == order.currency)
    };
    assert!(orders.iter().all(paid_in));

    desk.shop.pass(1_000);
    desk.shop.books_are_right().await;
}

#[tokio::test]
async fn what_an_order_was_placed_for_stays_when_its_list_is_gone() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").variant(variant(1_000).stock(9)).make(&desk.shop).await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    desk.price(&list, &lamp.variant_gid(0), "EUR", "9").await;
    let order = desk.order_in("DE", &lamp, 1, "sandbox_ok").await;
    desk.call("priceListDelete", "__typename", json!({ "id": list })).await.done("priceListDelete");
    assert_eq!(words(&order.now(&desk.shop).await["totals"]["total"]), "9.0 EUR");
    assert_eq!(order.now(&desk.shop).await["refunds"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn what_is_added_to_an_order_costs_what_lists_ask_then_and_never_nothing() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").variant(variant(1_000).stock(9)).make(&desk.shop).await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    desk.price(&list, &lamp.variant_gid(0), "EUR", "12").await;
    let order = desk.order_in("DE", &lamp, 1, "sandbox_ok").await;
    desk.shop.pass(3_600);
    let bulb = product("Bulb").variant(variant(300).stock(9)).make(&desk.shop).await;
    // It goes to the United States; as in the cart, the buyer's country chooses.
    let sale = desk.list("EUR", &["DE"], json!({ "startsAt": desk.moment(-60), "priority": 1 })).await;
    let tiers = json!([{ "variantId": bulb.variant_gid(0), "price": "4" },
        { "variantId": bulb.variant_gid(0), "price": "3", "minimumQuantity": 3 }]);
    desk.prices(&sale, "EUR", tiers).await;
    for (units, total) in [(1, "16.0"), (3, "21.0")] {
        let added = json!({ "addedItems": [{ "merchandiseId": bulb.variant_gid(0), "quantity": units }] });
        let preview = order.edit_preview(&desk.shop, &desk.admin, added).await;
        assert_eq!(preview.at("/orderEditPreview/preview/totals/total/amount"), total, "{:#}", preview.body);
    }
    // An edited order has the same buyer.
    for total in ["16.0", "20.0"] {
        let added = json!({ "addedItems": [{ "merchandiseId": bulb.variant_gid(0), "quantity": 1 }] });
        let edited = order.edit(&desk.shop, &desk.admin, added).await.done("orderEdit")["order"].clone();
        assert_eq!(edited["totals"]["total"]["amount"], total);
    }
}
