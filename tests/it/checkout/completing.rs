//! Completing a cart: once, for what the shopper saw, with everything that is needed.

use std::sync::Arc;

use cartwright::platform::tx;
use entity::{
    catalog::{product as products, variant as variants, variant_price},
    inventory::stock_level,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::{
    make::{
        catalog::{Made, product, variant},
        checkout::{Bought, address, texts},
    },
    support::{Caller, TestShop},
};

async fn reprice(shop: &TestShop, made: &Made, minor: i64) {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let update = variant_price::Entity::update_many().col_expr(variant_price::Column::AmountMinor, Expr::value(minor));
    update.filter(variant_price::Column::VariantId.eq(made.variants[0])).exec(&*tx).await.expect("repriced");
    tx.commit().await.expect("committed");
}

async fn sell_out(shop: &TestShop, made: &Made) {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let update = stock_level::Entity::update_many()
        .col_expr(stock_level::Column::OnHand, Expr::col(stock_level::Column::Reserved));
    update.filter(stock_level::Column::VariantId.eq(made.variants[0])).exec(&*tx).await.expect("sold out");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn a_second_completion_of_a_cart_answers_with_the_first_order() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let first = shop.complete(&cart).key("one").send().await;
    let again = shop.complete(&cart).key("one").send().await;
    assert_eq!(again.body, first.body, "the same key, the same answer");
    let other = shop.complete(&cart).key("two").token("sandbox_duplicate").send().await;
    assert_eq!(other.body, first.body, "another key, the same order");
    assert_eq!(shop.complete(&cart).send().await.body, first.body);
    assert_eq!((shop.book().await.len(), shop.taken().await), (1, 500));
    assert_eq!(shop.stock_of(made.variants[0]).await, (3, 0));
}

#[tokio::test]
async fn a_key_that_was_used_for_another_body_is_refused() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    shop.complete(&cart).key("one").bought().await;
    let other = shop.complete(&cart).key("one").with("email", json!("john@example.com")).send().await;
    assert_eq!(other.code(), "IDEMPOTENCY_KEY_REUSED");
    for bad in [String::new(), "x".repeat(256), "käse".to_owned()] {
        assert_eq!(shop.complete(&cart).key(&bad).send().await.code(), "BAD_USER_INPUT", "{bad:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_completions_of_a_cart_at_once_make_one_order_and_one_charge() {
    let shop = Arc::new(TestShop::still().await);
    let made = shop.stocked("Pen", 250, 90).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let calls = (0..20).map(|number: usize| {
        let (shop, cart) = (Arc::clone(&shop), cart.clone());
        tokio::spawn(async move {
            let completing = shop.complete(&cart);
            let completing =
                if number.is_multiple_of(2) { completing.key("same") } else { completing.key(&number.to_string()) };
            // Who comes while the first of its key still runs is told so, and asks again.
            loop {
                let answer = completing.send().await;
                match Bought::of(&answer, &Caller::guest()) {
                    Some(bought) => break bought.id,
                    None => assert_eq!(answer.code(), "IDEMPOTENCY_IN_PROGRESS"),
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        })
    });
    let mut ids = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        ids.push(call.await.expect("it ends"));
    }
    ids.dedup();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!((shop.book().await.len(), shop.taken().await), (1, 500));
    assert_eq!(shop.stock_of(made.variants[0]).await, (88, 0));
}

#[tokio::test]
async fn a_total_that_is_not_the_expected_one_changes_nothing_and_shows_the_new_cart() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let expected = |amount: &str| json!({ "amount": amount, "currencyCode": "USD" });
    reprice(&shop, &made, 300).await;
    let refused = shop.complete(&cart).with("expectedTotal", expected("5.00")).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["TOTAL_CHANGED"]);
    assert_eq!(refused.at("/checkoutComplete/cart/cost/totalAmount/amount"), "6.0");
    assert_eq!(refused.at("/checkoutComplete/order"), Value::Null);
    assert_eq!((shop.book().await.len(), shop.stock_of(made.variants[0]).await), (0, (5, 0)));
    let euros = json!({ "amount": "6.00", "currencyCode": "EUR" });
    let refused = shop.complete(&cart).with("expectedTotal", euros).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["TOTAL_CHANGED"]);
    shop.complete(&cart).with("expectedTotal", expected("6.00")).send().await.done("checkoutComplete");
    assert_eq!(shop.taken().await, 600);
}

#[tokio::test]
async fn what_sold_out_since_it_was_put_into_the_cart_is_named_before_anything_is_charged() {
    let shop = TestShop::still().await;
    let (made, rest) = (shop.stocked("Pen", 250, 5).await, shop.stocked("Ink", 100, 5).await);
    let cart = shop.cart_with(&Caller::guest(), &[(&rest, 1), (&made, 2)]).await;
    let lines =
        shop.guest("query($id: ID!) { cart(id: $id) { lines(first: 9) { nodes { id } } } }", json!({ "id": cart }));
    let lines = texts(&lines.await.at("/cart/lines/nodes"), "id");
    sell_out(&shop, &made).await;
    let refused = shop.complete(&cart).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["INSUFFICIENT_STOCK"]);
    let error = refused.at("/checkoutComplete/userErrors/0");
    assert_eq!(error["target"], json!(lines[1]));
    assert!(error["message"].as_str().is_some_and(|text| text.contains("Pen")), "{error}");
    assert_eq!((shop.book().await.len(), shop.stock_of(rest.variants[0]).await), (0, (5, 0)));
}

#[tokio::test]
async fn what_is_not_on_sale_any_more_cannot_be_bought() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let withdraw = products::Entity::update_many()
        .col_expr(products::Column::PublishedAt, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None));
    withdraw.filter(products::Column::Id.eq(made.id)).exec(&*tx).await.expect("withdrawn");
    tx.commit().await.expect("committed");
    let refused = shop.complete(&cart).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["MERCHANDISE_NOT_AVAILABLE"]);
    assert_eq!(shop.book().await.len(), 0);
}

#[tokio::test]
async fn an_empty_cart_a_missing_one_and_a_forged_one_are_refused() {
    let shop = TestShop::still().await;
    let empty = shop.cart_with(&Caller::guest(), &[]).await;
    assert_eq!(shop.complete(&empty).send().await.refusals("checkoutComplete"), ["CART_EMPTY"]);
    let (id, _) = empty.rsplit_once('.').expect("a capability");
    let forged = format!("{id}.AAAAAAAAAAAAAAAAAAAAAA");
    let unknown = format!("gid://cartwright/Cart/{}.AAAAAAAAAAAAAAAAAAAAAA", uuid::Uuid::now_v7());
    for cart in [&forged, &unknown] {
        assert_eq!(shop.complete(cart).send().await.refusals("checkoutComplete"), ["CART_NOT_FOUND"]);
    }
    for cart in ["gid://cartwright/Product/1", "nonsense", ""] {
        assert_eq!(shop.complete(cart).send().await.code(), "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn a_customers_cart_is_not_completed_by_another_customer() {
    let shop = TestShop::still().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&jane, &[(&made, 1)]).await;
    let refused = shop.complete(&cart).caller(&john).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["CART_NOT_FOUND"]);
    shop.complete(&cart).caller(&jane).bought().await;
    let refused = shop.complete(&cart).caller(&john).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["CART_NOT_FOUND"], "nor is her order shown");
    assert_eq!(refused.at("/checkoutComplete/order"), Value::Null);
}

#[tokio::test]
async fn everything_that_is_missing_is_told_at_once() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let bare = shop.complete(&cart).with("email", Value::Null).with("shippingAddress", Value::Null);
    let refused = bare.with("payment", Value::Null).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["EMAIL_REQUIRED", "ADDRESS_REQUIRED", "PAYMENT_INPUT_INVALID"]);
    let refused = shop.complete(&cart).with("email", json!("nobody")).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["EMAIL_INVALID"]);
    assert_eq!(shop.stock_of(made.variants[0]).await, (5, 0));
}

#[tokio::test]
async fn a_card_number_is_refused_wherever_it_is_written() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let mut careless = address();
    careless["address2"] = json!("card 4242-4242-4242-4242");
    for field in ["shippingAddress", "billingAddress"] {
        let refused = shop.complete(&cart).with(field, careless.clone()).send().await;
        assert_eq!(refused.refusals("checkoutComplete"), ["CARD_NUMBER_REFUSED"]);
        assert_eq!(refused.at("/checkoutComplete/userErrors/0/field"), json!(["input", field, "address2"]));
    }
    let refused = shop.complete(&cart).token("4242424242424242").send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"]);
    for url in ["javascript:alert(1)", "ftp://x.example"] {
        let payment = json!({ "gateway": "sandbox", "token": "sandbox_ok", "returnUrl": url });
        let refused = shop.complete(&cart).with("payment", payment).send().await;
        assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_INPUT_INVALID"]);
    }
    assert_eq!(shop.book().await.len(), 0);
}

#[tokio::test]
async fn what_is_not_shipped_needs_no_address() {
    let shop = TestShop::still().await;
    let made = shop.stocked("E-book", 900, 5).await;
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let digital = variants::Entity::update_many().col_expr(variants::Column::RequiresShipping, Expr::value(false));
    digital.filter(variants::Column::Id.eq(made.variants[0])).exec(&*tx).await.expect("digital");
    tx.commit().await.expect("committed");
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let order = shop.complete(&cart).with("shippingAddress", Value::Null).bought().await;
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
}

#[tokio::test]
async fn an_order_that_costs_nothing_needs_no_payment() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Sample", 0, 5).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let order = shop.complete(&cart).with("payment", Value::Null).bought().await;
    assert_eq!(order.payment, Value::Null);
    assert_eq!(order.axes(&shop).await, "PROCESSING PAID UNFULFILLED");
    assert_eq!(shop.stock_of(made.variants[0]).await, (4, 0));
    assert_eq!(shop.complete(&cart).with("payment", Value::Null).bought().await.id, order.id);
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    assert_eq!((shop.stock_of(made.variants[0]).await, shop.refunds().await), ((5, 0), 0));
}

#[tokio::test]
async fn what_is_sold_beyond_its_stock_is_ordered_and_what_is_not_counted_takes_none() {
    let shop = TestShop::still().await;
    let beyond = product("Beyond").variant(variant(100).stock(1).continue_selling()).make(&shop).await;
    let endless = product("Endless").price(100).make(&shop).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&beyond, 3), (&endless, 9)]).await;
    let order = shop.complete(&cart).bought().await;
    assert_eq!(shop.stock_of(beyond.variants[0]).await, (-2, 0));
    order.cancel(&shop, &order.caller).await.done("orderCancel");
    assert_eq!(shop.stock_of(beyond.variants[0]).await, (1, 0));
}

/// A deployment that lost its keys must not give goods away.
#[tokio::test]
async fn in_production_the_sandbox_takes_payments_only_when_that_is_said() {
    let production = ("CARTWRIGHT_MODE", "production");
    for (settings, taken) in [(vec![production], false), (vec![production, ("CARTWRIGHT_SANDBOX", "true")], true)] {
        let shop = TestShop::still_with(&settings).await;
        let made = shop.stocked("Pen", 250, 5).await;
        let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
        let answer = shop.complete(&cart).send().await;
        let gateways = shop.guest("{ shop { paymentGateways { name } } }", json!({})).await.at("/shop/paymentGateways");
        if taken {
            answer.done("checkoutComplete");
            assert_eq!(gateways, json!([{ "name": "sandbox" }]));
        } else {
            assert_eq!(answer.refusals("checkoutComplete"), ["PAYMENT_GATEWAY_UNKNOWN"]);
            assert_eq!((gateways, shop.book().await.len()), (json!([]), 0));
        }
    }
}
