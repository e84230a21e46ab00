//! A use is counted with its order, and is free again when the order is given up; however many order at once.

use cartwright::domain::checkout;
use serde_json::{Value, json};

use super::{Desk, text};
use crate::{
    checkout::races::{Buyers, patient},
    make::{cart::CODES, catalog::Made, checkout::Bought, purchase},
    support::{Caller, Process},
};

const APPLIED: &str = "query($id: ID!) { order(id: $id) { totals { subtotal { amount } discount { amount } total { amount } }
    discountApplications { title code targetType amount { amount } } costSteps { text } lineItems(first: 9) { nodes { title } } } }";

impl Desk {
    /// A guest's cart with one unit and these codes.
    async fn coded(&self, made: &Made, codes: &[&str]) -> String {
        let cart = self.shop.cart_with(&Caller::guest(), &[(made, 1)]).await;
        self.shop.change(CODES, json!({ "cartId": cart, "discountCodes": codes })).await;
        cart
    }

    /// Whether the first code of a cart applies.
    async fn applies(&self, cart: &str) -> bool {
        self.shop.read_cart(cart).await["discountCodes"][0]["applicable"] == true
    }
}

#[tokio::test]
async fn an_order_keeps_the_discounts_that_it_was_placed_with() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 9).await;
    let id = desk.code("TEN", json!({ "title": "Ten off" })).await;
    let other = desk.code("NOTHING", json!({ "minimumRequirement": { "quantity": 5 } })).await;
    let cart = desk.coded(&pen, &["ten", "nothing"]).await;
    let order = desk.shop.complete(&cart).with("expectedTotal", json!({ "amount": "9", "currencyCode": "USD" }));
    let order = order.bought().await;
    assert_eq!(order.axes(&desk.shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(desk.shop.taken().await, 900);
    assert_eq!((desk.uses(&id).await, desk.uses(&other).await), ((1, 1), (0, 0)), "only what takes something off");
    desk.call("discountCodeDelete", "deletedDiscountId", json!({ "id": id })).await.done("discountCodeDelete");
    let read = desk.shop.ask(&order.caller, APPLIED, json!({ "id": order.id })).await.at("/order");
    assert_eq!(
        read["discountApplications"],
        json!([{ "title": "Ten off", "code": "ten", "targetType": "LINE_ITEM", "amount": { "amount": "1.0" } }])
    );
    assert_eq!(
        (&read["totals"]["discount"]["amount"], &read["totals"]["total"]["amount"]),
        (&json!("1.0"), &json!("9.0"))
    );
    let staff = "{ orders(first: 9) { nodes { discountApplications { code } } } }";
    let answer = desk.shop.ask(&desk.admin, staff, json!({})).await;
    assert_eq!(answer.at("/orders/nodes/0/discountApplications/0/code"), "ten");
    order.cancel(&desk.shop, &order.caller).await.done("orderCancel");
}

/// Staff correct a street, and take units back, after the discount became another one or went away.
#[tokio::test]
async fn an_edited_order_keeps_its_discounts_as_they_were() {
    for change in ["deleted", "smaller", "another code", "with a minimum", "of other goods"] {
        let desk = Desk::new().await;
        let pen = desk.shop.stocked("Pen", 1_000, 9).await;
        let other = desk.shop.stocked("Mug", 1_000, 9).await;
        let id = desk.code("TEN", json!({})).await;
        let cart = desk.shop.cart_with(&Caller::guest(), &[(&pen, 3)]).await;
        desk.shop.change(CODES, json!({ "cartId": cart, "discountCodes": ["TEN"] })).await;
        let order = desk.shop.complete(&cart).bought().await;
        assert_eq!(desk.shop.taken().await, 2_700);
        let update = async |more: Value| {
            desk.done("discountCodeUpdate", super::with(json!({ "id": id }), more)).await;
        };
        match change {
            "deleted" => {
                desk.call("discountCodeDelete", "deletedDiscountId", json!({ "id": id }))
                    .await
                    .done("discountCodeDelete");
            }
            "smaller" => update(json!({ "effect": { "order": { "percentage": "1" } } })).await,
            "another code" => update(json!({ "codesToAdd": ["NEW"], "codesToRemove": ["TEN"] })).await,
            "with a minimum" => update(json!({ "minimumRequirement": { "quantity": 5 } })).await,
            _ => {
                update(
                    json!({ "effect": { "items": { "percentage": "10", "items": { "productIds": [other.gid()] } } } }),
                )
                .await
            }
        }
        let street = order.edit(&desk.shop, &desk.admin, json!({ "shippingAddress": purchase::address() })).await;
        let edited = street.done("orderEdit")["order"].clone();
        assert_eq!(
            (&edited["financialStatus"], &edited["totals"]["total"]["amount"]),
            (&json!("PAID"), &json!("27.0")),
            "{change}"
        );
        let fewer = json!({ "lineItems": [{ "lineItemId": order.line(&desk.shop, 0).await, "quantity": 2 }] });
        let edited = order.edit(&desk.shop, &desk.admin, fewer).await.done("orderEdit")["order"].clone();
        assert_eq!(edited["totals"]["total"]["amount"], "18.0", "{change}");
        desk.shop.sweep().await;
        assert_eq!(desk.shop.taken().await, 1_800, "{change}");
    }
}

#[tokio::test]
async fn an_order_that_is_all_discount_is_placed_without_a_payment() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 9).await;
    let id = desk.code("FREE", json!({ "effect": { "order": { "percentage": "100" } }, "usageLimit": 1 })).await;
    let cart = desk.coded(&pen, &["FREE"]).await;
    let order = desk.shop.complete(&cart).with("payment", Value::Null).bought().await;
    assert_eq!(order.axes(&desk.shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((desk.shop.taken().await, desk.uses(&id).await), (0, (1, 1)));
    order.cancel(&desk.shop, &order.caller).await.done("orderCancel");
    assert_eq!(desk.uses(&id).await, (0, 0));
}

#[tokio::test]
async fn a_code_that_is_used_up_is_named_and_taken_out() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 9).await;
    let (one, _) = (
        desk.code("ONE", json!({ "usageLimit": 1 })).await,
        desk.code("ONCE", json!({ "usageLimitPerCustomer": 1 })).await,
    );
    let (first, second) = (desk.coded(&pen, &["one"]).await, desk.coded(&pen, &["one"]).await);
    assert!(desk.applies(&second).await);
    desk.shop.complete(&first).bought().await;
    assert!(!desk.applies(&second).await);
    let problems = desk.shop.read_cart(&second).await["problems"].clone();
    assert_eq!((&problems[0]["code"], &problems[0]["target"]), (&json!("DISCOUNT_USED_UP"), &json!(second)));
    let refused = desk.shop.complete(&second).send().await.at("/checkoutComplete");
    assert_eq!(refused["userErrors"][0]["code"], "DISCOUNT_USED_UP");
    assert_eq!(refused["userErrors"][0]["field"], json!(["input", "cartId", "discountCodes"]));
    assert!(text(&refused["userErrors"][0]["message"]).contains("code one"), "{refused}");
    assert_eq!((&refused["order"], desk.uses(&one).await), (&Value::Null, (1, 1)));
    desk.shop.change(CODES, json!({ "cartId": second, "discountCodes": [] })).await;
    desk.shop.complete(&second).bought().await;

    let (first, second) = (desk.coded(&pen, &["once"]).await, desk.coded(&pen, &["once"]).await);
    desk.shop.complete(&first).bought().await;
    assert!(desk.applies(&second).await, "nobody knows yet who buys");
    let refused = desk.shop.complete(&second).with("email", json!("JANE@Example.com")).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["DISCOUNT_USED_UP"]);
    desk.shop.complete(&second).with("email", json!("john@example.com")).bought().await;
}

#[tokio::test]
async fn an_order_that_is_given_up_frees_its_use_whoever_gives_it_up() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 99).await;
    let id = desk.code("ONE", json!({ "usageLimit": 1, "usageLimitPerCustomer": 1 })).await;
    for how in 0..5 {
        let cart = desk.coded(&pen, &["ONE"]).await;
        let token = if how == 4 { "sandbox_ok" } else { "sandbox_challenge" };
        let order = desk.shop.complete(&cart).token(token).bought().await;
        assert_eq!(desk.uses(&id).await, (1, 1), "counted before it is paid");
        if how < 4 {
            assert!(desk.applies(&cart).await, "its own use does not stand in its way");
        }
        match how {
            0 => drop(order.cancel(&desk.shop, &order.caller).await),
            1 => drop(order.cancel(&desk.shop, &desk.admin).await),
            2 => {
                desk.shop.change(CODES, json!({ "cartId": cart, "discountCodes": ["ONE", "TWO"] })).await;
            }
            3 => {
                desk.shop.pass(1_000);
                desk.shop.sweep().await;
            }
            _ => drop(order.cancel(&desk.shop, &desk.admin).await),
        }
        assert_eq!(desk.uses(&id).await, (0, 0), "way {how}");
        assert!(how == 4 || desk.applies(&cart).await, "way {how}");
        order.cancel(&desk.shop, &desk.admin).await;
        assert_eq!(desk.uses(&id).await, (0, 0), "once, way {how}");
    }
    let order = desk.shop.complete(&desk.coded(&pen, &["ONE"]).await).bought().await;
    order.ship(&desk.shop, &desk.admin, Value::Null).await.done("fulfillmentCreate");
    order.cancel(&desk.shop, &desk.admin).await;
    assert_eq!(desk.uses(&id).await, (1, 1), "what was sent stays used");
}

/// The time to pay passes, and the shopper approves before the bank hears of it.
async fn expire_unheard(desk: &Desk, order: &Bought) {
    desk.shop.pass(1_000);
    assert_eq!(checkout::expire_overdue(&desk.shop.app.checkout()).await.expect("expired"), 1);
    let reference = desk.shop.book().await.last().expect("a payment").reference.clone();
    desk.shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    assert!(order.axes(&desk.shop).await.starts_with("CANCELED"));
}

#[tokio::test]
async fn money_that_comes_late_places_the_order_only_if_its_use_is_still_free() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 9).await;
    let id = desk.code("ONE", json!({ "usageLimit": 1 })).await;
    let process = Process::of(&desk.shop).await;
    let late = desk.shop.complete(&desk.coded(&pen, &["ONE"]).await).token("sandbox_challenge").bought().await;
    expire_unheard(&desk, &late).await;
    assert_eq!(desk.uses(&id).await, (0, 0));
    process.deliver().await;
    assert_eq!(late.axes(&desk.shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(desk.uses(&id).await, (1, 1));
    late.cancel(&desk.shop, &late.caller).await.done("orderCancel");

    let late = desk.shop.complete(&desk.coded(&pen, &["ONE"]).await).token("sandbox_challenge").bought().await;
    expire_unheard(&desk, &late).await;
    let other = desk.shop.complete(&desk.coded(&pen, &["ONE"]).await).bought().await;
    for _ in 0..3 {
        process.deliver().await;
        desk.shop.sweep().await;
    }
    assert_eq!(late.axes(&desk.shop).await, "CANCELED EXPIRED UNFULFILLED");
    assert_eq!(late.payments(&desk.shop).await, ["REFUNDED"]);
    assert_eq!(other.axes(&desk.shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!((desk.uses(&id).await, desk.shop.taken().await), ((1, 1), 900));
    assert_eq!(desk.shop.stock_of(pen.variants[0]).await, (8, 0));
}

/// Fifty carts with a code, all completed at once in two processes by buyers of one address.
async fn rush(more: Value) -> (usize, Vec<String>) {
    let desk = Desk::of(patient().await).await;
    let pen = desk.shop.stocked("Pen", 1_000, 99).await;
    let id = desk.code("RUSH", more).await;
    let mut carts = Vec::new();
    for _ in 0..50 {
        carts.push(desk.coded(&pen, &["RUSH"]).await);
    }
    let admin = desk.admin;
    let buyers = Buyers::of(desk.shop).await;
    let (sold, refusals) = buyers.rush(carts).await;
    assert_eq!(buyers.shop.taken().await, i64::try_from(sold).expect("few") * 900, "nobody paid another price");
    let document = "query($id: ID!) { discount(id: $id) { usageCount } }";
    let answer = buyers.shop.ask(&admin, document, json!({ "id": id })).await;
    assert_eq!(answer.at("/discount/usageCount"), sold);
    let what = cartwright::audit::Audit::default();
    let report = cartwright::audit::audit(&buyers.shop.app.database, &what, buyers.shop.app.sources.now()).await;
    let report = report.expect("an audit");
    assert!(!report.broken().iter().any(|id| ["I25", "I26"].contains(id)), "{report}");
    (sold, refusals)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_complete_at_once_in_two_processes_one_has_the_code_for_one_use() {
    let (sold, refusals) = rush(json!({ "usageLimit": 1 })).await;
    assert_eq!((sold, refusals), (1, vec!["DISCOUNT_USED_UP".to_owned(); 49]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_orders_of_one_customer_at_once_two_have_a_code_for_two_uses_each() {
    let (sold, refusals) = rush(json!({ "usageLimitPerCustomer": 2 })).await;
    assert_eq!((sold, refusals), (2, vec!["DISCOUNT_USED_UP".to_owned(); 48]));
}
