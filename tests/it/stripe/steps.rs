//! Currencies of which Stripe takes only amounts that end with a zero: what it could not take is refused before it is asked.

use cartwright::{
    domain::shop::{self, NewShop},
    platform::tx,
};
use entity::ids::{ProductId, VariantId};
use serde_json::{Value, json};

use super::{PAID, Paying, by};
use crate::{
    make::{catalog::Made, checkout::Bought},
    support::{Answer, Caller},
};

/// A shop that sells in Kuwaiti dinars, and somebody who may do everything there.
async fn in_dinars() -> (Paying, Caller) {
    let paying = Paying::new().await;
    let app = &paying.shop.app;
    let tx = tx::begin(&app.database).await.expect("a transaction");
    let new = NewShop { currency: "KWD".parse().expect("a code"), country_code: "KW".to_owned(), ..NewShop::default() };
    shop::replace(&tx, &app.sources, new).await.expect("the shop is replaced");
    tx.commit().await.expect("committed");
    paying.shop.sells_to(&["US"]).await;
    let staff = paying.shop.admin().await;
    (paying, staff)
}

/// A product of one variant that is not counted.
async fn priced(paying: &Paying, staff: &Caller, price: &str) -> Made {
    let document = "mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { id \
                    variants(first: 1) { nodes { id } } } userErrors { message } } }";
    let input = json!({ "title": "Lamp", "publish": true, "variants": [{ "price": price, "tracked": false }] });
    let made = paying.shop.ask(staff, document, json!({ "input": input })).await.done("productCreate");
    let uuid = |gid: &Value| {
        let id = gid.as_str().and_then(|gid| gid.rsplit('/').next()).expect("an id");
        uuid::Uuid::parse_str(id).expect("a UUID")
    };
    let variant = uuid(&made["product"]["variants"]["nodes"][0]["id"]);
    Made { id: ProductId(uuid(&made["product"]["id"])), variants: vec![VariantId(variant)] }
}

async fn held(paying: &Paying, made: &Made, units: i64) -> Bought {
    let mut payment = by("pm_card_visa");
    payment["captureMethod"] = json!("MANUAL");
    let answer = paying.pay(&Caller::guest(), made, units, payment).await;
    Bought::of(&answer, &Caller::guest()).expect("an order")
}

fn message(answer: &Answer, field: &str) -> String {
    answer.text(&format!("/{field}/userErrors/0/message"))
}

fn dinars(amount: &str) -> Value {
    json!({ "amount": amount, "currencyCode": "KWD" })
}

#[tokio::test]
async fn a_total_that_stripe_cannot_take_is_refused_before_anything_is_ordered() {
    let (paying, staff) = in_dinars().await;
    let lamp = priced(&paying, &staff, "1.707").await;
    let refused = paying.pay(&Caller::guest(), &lamp, 1, by("pm_card_visa")).await;
    assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_AMOUNT_NOT_SUPPORTED"]);
    let told = message(&refused, "checkoutComplete");
    assert!(told.contains("in steps of 0.010 KWD") && told.contains("1.707 KWD"), "{told}");
    assert_eq!(refused.at("/checkoutComplete/order"), Value::Null);
    assert!(paying.stripe.book().intents.is_empty());
    let sandbox = json!({ "gateway": "sandbox", "token": "sandbox_ok" });
    let taken = paying.pay(&Caller::guest(), &lamp, 1, sandbox).await;
    let order = Bought::of(&taken, &Caller::guest()).expect("another gateway takes it");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    let ten = paying.pay(&Caller::guest(), &lamp, 10, by("pm_card_visa")).await;
    assert_eq!(ten.refusals("checkoutComplete"), Vec::<String>::new());
    assert_eq!(paying.stripe.book().kept(), 17_070);
}

#[tokio::test]
async fn a_balance_that_stripe_cannot_take_is_refused_and_an_edit_that_it_could_not_give_back_too() {
    let (paying, staff) = in_dinars().await;
    let (lamp, odd) = (priced(&paying, &staff, "1.700").await, priced(&paying, &staff, "0.005").await);
    let order = paying.order_of(&lamp, 2, "pm_card_visa").await;
    let added = |units: i64| json!({ "addedItems": [{ "merchandiseId": odd.variant_gid(0), "quantity": units }] });
    order.edit(&paying.shop, &staff, added(1)).await.done("orderEdit");
    let again = json!({ "payment": by("pm_card_visa") });
    let refused = order.retry(&paying.shop, "", again.clone()).await;
    assert_eq!(refused.refusals("paymentRetry"), ["PAYMENT_AMOUNT_NOT_SUPPORTED"]);
    order.edit(&paying.shop, &staff, added(1)).await.done("orderEdit");
    order.retry(&paying.shop, "", again).await.done("paymentRetry");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 3_410);
    let line = order.line(&paying.shop, 1).await;
    let one_less = json!({ "lineItems": [{ "lineItemId": line, "quantity": 0 }] });
    assert_eq!(order.edit(&paying.shop, &staff, one_less).await.refusals("orderEdit"), ["NOT_ALLOWED"]);
    assert_eq!(paying.stripe.book().kept(), 3_410);
}

#[tokio::test]
async fn a_refund_that_stripe_cannot_give_is_refused_with_what_is_missing_and_one_that_it_can_goes_back() {
    let (paying, staff) = in_dinars().await;
    let lamp = priced(&paying, &staff, "1.707").await;
    let order = paying.order_of(&lamp, 10, "pm_card_visa").await;
    let line = order.line(&paying.shop, 0).await;
    let one = json!([{ "lineItemId": line, "quantity": 1, "restockType": "NO_RESTOCK" }]);
    let refused = order.refund(&paying.shop, &staff, json!({ "lineItems": one })).await;
    assert_eq!(refused.refusals("refundCreate"), ["AMOUNT_INVALID"]);
    let told = message(&refused, "refundCreate");
    assert!(told.contains("raise amount by 0.003 KWD"), "{told}");
    let raised = json!({ "lineItems": one, "amount": dinars("0.003") });
    let made = order.refund(&paying.shop, &staff, raised).await.done("refundCreate");
    assert_eq!(made["refund"]["status"], "SUCCEEDED");
    let nine = json!([{ "lineItemId": line, "quantity": 9, "restockType": "NO_RESTOCK" }]);
    order.refund(&paying.shop, &staff, json!({ "lineItems": nine })).await.done("refundCreate");
    assert_eq!(order.axes(&paying.shop).await, "PROCESSING REFUNDED UNFULFILLED");
    assert_eq!(paying.stripe.book().kept(), 0, "all parts together are what was paid");
}

#[tokio::test]
async fn a_part_of_held_money_that_stripe_cannot_take_is_refused() {
    let (paying, staff) = in_dinars().await;
    let lamp = priced(&paying, &staff, "1.700").await;
    let order = held(&paying, &lamp, 1).await;
    let document =
        "mutation($input: OrderCaptureInput!) { orderCapture(input: $input) { userErrors { code message } } }";
    let part = |amount: &str| json!({ "input": { "orderId": order.id, "amount": dinars(amount) } });
    let refused = paying.shop.ask(&staff, document, part("1.005")).await;
    assert_eq!(refused.refusals("orderCapture"), ["AMOUNT_INVALID"]);
    assert!(message(&refused, "orderCapture").contains("in steps of 0.010 KWD"));
    paying.shop.ask(&staff, document, part("1.010")).await.done("orderCapture");
    assert_eq!(paying.stripe.book().kept(), 1_010);
}
