//! A guest's cart and a customer's become one at sign-in, and nothing is lost.

use cartwright::domain::cart::{CartStatus, set_status};
use cartwright::{domain::auth::Role, platform::tx};
use entity::ids::CartId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    make::{
        cart::{ADD, ADDRESSES_ADD, ATTRIBUTES, CREATE, NOTE, codes, delivery_address, line_inputs, quantities},
        catalog::{Made, product, variant},
        people::PASSWORD,
    },
    support::{Caller, TestShop},
};

const SIGN_IN: &str = "mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) {
    customerAccessToken { accessToken }
    cart { id note totalQuantity attributes { key } delivery { addresses { id } } problems { code }
           lines(first: 250) { nodes { quantity } } }
    warnings { code target } userErrors { code } } }";

async fn sign_in(shop: &TestShop, email: &str, cart: &str) -> Value {
    let input = json!({ "email": email, "password": PASSWORD, "cartId": cart });
    let payload = shop.guest(SIGN_IN, json!({ "input": input })).await.done("customerAccessTokenCreate");
    assert!(payload["customerAccessToken"]["accessToken"].is_string());
    payload
}

async fn carts_of(shop: &TestShop, caller: &Caller) -> Vec<Value> {
    let document = "{ customer { carts(first: 250) { nodes { id totalQuantity } } } }";
    shop.ask(caller, document, json!({})).await.at("/customer/carts/nodes").as_array().expect("a list").clone()
}

fn distinct(made: &Made, from: usize, count: usize) -> Value {
    (from..from + count)
        .map(
            |n| json!({ "merchandiseId": made.variant_gid(0), "attributes": [{ "key": "n", "value": n.to_string() }] }),
        )
        .collect()
}

#[tokio::test]
async fn a_guests_cart_becomes_the_customers_who_has_none() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let guest = shop.cart(&[(mug.variant_gid(0), 65)]).await;
    let signed_in = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!((&signed_in["cart"]["id"], quantities(&signed_in["cart"])), (&json!(guest), vec![65]));
    assert_eq!(carts_of(&shop, &jane).await.len(), 1);
    let again = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!((&again["cart"]["id"], quantities(&again["cart"])), (&json!(guest), vec![65]));
}

#[tokio::test]
async fn quantities_add_up_and_the_guests_cart_is_gone() {
    let shop = TestShop::new().await;
    let (mug, cup, pot) =
        (product("Mug").make(&shop).await, product("Cup").make(&shop).await, product("Pot").make(&shop).await);
    let jane = shop.customer("jane@example.com").await;
    shop.cart_call(&jane, CREATE, json!({ "input": { "kind": "WISHLIST" } })).await.done("cartCreate");
    let mine = shop.cart_of(&jane, &[(mug.variant_gid(0), 2), (cup.variant_gid(0), 1)]).await;
    shop.cart_call(&jane, CREATE, json!({ "input": { "kind": "WISHLIST" } })).await.done("cartCreate");
    let guest = shop.cart(&[(pot.variant_gid(0), 4), (mug.variant_gid(0), 3)]).await;
    let merged = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!((&merged["cart"]["id"], quantities(&merged["cart"])), (&json!(mine), vec![5, 1, 4]));
    assert_eq!(merged["warnings"], json!([]));
    assert_eq!(shop.read_cart(&guest).await, Value::Null);
    let again = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!(quantities(&again["cart"]), [5, 1, 4], "run twice, nothing is added twice");
}

#[tokio::test]
async fn a_guests_65_lines_are_all_there_after_the_merge() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    shop.cart_call(&jane, CREATE, json!({ "input": { "lines": distinct(&mug, 60, 30) } })).await.done("cartCreate");
    let guest = shop.change(CREATE, json!({ "input": { "lines": distinct(&mug, 0, 65) } })).await;
    let merged = sign_in(&shop, "jane@example.com", guest["cart"]["id"].as_str().expect("an id")).await;
    assert_eq!(quantities(&merged["cart"]).len(), 90, "30 and 65, five of them equal");
    assert_eq!(merged["cart"]["totalQuantity"], 95);
}

#[tokio::test]
async fn units_add_up_to_what_is_in_stock_and_to_999_and_no_line_vanishes() {
    let shop = TestShop::new().await;
    let scarce = product("Scarce").variant(variant(100).stock(4)).make(&shop).await;
    let (plenty, last) =
        (product("Plenty").make(&shop).await, product("Last").variant(variant(100).stock(3)).make(&shop).await);
    let jane = shop.customer("jane@example.com").await;
    shop.cart_of(&jane, &[(scarce.variant_gid(0), 3), (plenty.variant_gid(0), 900)]).await;
    let guest = shop.cart(&[(scarce.variant_gid(0), 3), (plenty.variant_gid(0), 900), (last.variant_gid(0), 3)]).await;
    shop.stock(last.variants[0], 0).await;
    let merged = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!(quantities(&merged["cart"]), [4, 999, 1]);
    let warnings = ["MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_OUT_OF_STOCK"];
    assert_eq!(codes(&merged["warnings"]), warnings);
    assert_eq!(codes(&merged["cart"]["problems"]), ["MERCHANDISE_OUT_OF_STOCK"]);
}

#[tokio::test]
async fn lines_that_do_not_fit_stay_in_a_second_cart() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let mine = shop.cart_call(&jane, CREATE, json!({ "input": { "lines": distinct(&mug, 0, 250) } })).await;
    let mine = mine.done("cartCreate")["cart"]["id"].clone();
    shop.cart_call(&jane, ADD, json!({ "cartId": mine, "lines": distinct(&mug, 250, 240) })).await.done("cartLinesAdd");
    let guest = shop.change(CREATE, json!({ "input": { "lines": distinct(&mug, 485, 20) } })).await;
    let guest = guest["cart"]["id"].as_str().expect("an id").to_owned();
    let merged = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!(merged["cart"]["totalQuantity"], 505, "500 lines, five of them twice");
    let carts = carts_of(&shop, &jane).await;
    assert_eq!(carts.len(), 2);
    assert_eq!(carts[0], json!({ "id": guest, "totalQuantity": 5 }));
    let again = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!(again["cart"]["totalQuantity"], 5, "the second cart is the customer's now and stays");
}

#[tokio::test]
async fn note_attributes_and_addresses_come_along_where_there_are_none() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let mine = shop.cart_of(&jane, &[]).await;
    shop.cart_call(&jane, NOTE, json!({ "cartId": mine, "note": "mine" })).await.done("cartNoteUpdate");
    let guest = shop.cart(&[(mug.variant_gid(0), 1)]).await;
    shop.change(NOTE, json!({ "cartId": guest, "note": "guest's" })).await;
    shop.change(ATTRIBUTES, json!({ "cartId": guest, "attributes": [{ "key": "gift", "value": "yes" }] })).await;
    let address = json!({ "lastName": "Doe", "address1": "1 Main St", "city": "Berlin", "countryCode": "DE" });
    shop.change(ADDRESSES_ADD, json!({ "cartId": guest, "addresses": [delivery_address(address)] })).await;
    let merged = sign_in(&shop, "jane@example.com", &guest).await["cart"].clone();
    assert_eq!((&merged["note"], &merged["attributes"]), (&json!("mine"), &json!([{ "key": "gift" }])));
    assert_eq!(merged["delivery"]["addresses"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn another_customers_cart_is_left_alone_and_a_gone_one_keeps_nobody_out() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let john = shop.customer("john@example.com").await;
    shop.account("jane@example.com", Role::Customer).await;
    let johns = shop.cart_of(&john, &[(mug.variant_gid(0), 1)]).await;
    assert_eq!(sign_in(&shop, "jane@example.com", &johns).await["cart"], Value::Null);
    assert_eq!(quantities(&shop.read_cart_as(&john, &johns).await), [1]);
    assert_eq!(sign_in(&shop, "jane@example.com", &format!("{johns}x")).await["cart"], Value::Null);
    let input = json!({ "email": "jane@example.com", "password": PASSWORD, "cartId": "nonsense" });
    assert_eq!(shop.guest(SIGN_IN, json!({ "input": input })).await.code(), "BAD_USER_INPUT");
    let input = json!({ "email": "jane@example.com", "password": "wrong password", "cartId": johns });
    let refused = shop.guest(SIGN_IN, json!({ "input": input })).await;
    assert_eq!(refused.at("/customerAccessTokenCreate/cart"), Value::Null);
}

#[tokio::test]
async fn a_guests_cart_whose_payment_pends_becomes_the_customers_as_it_is() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let mine = shop.cart_of(&jane, &[(mug.variant_gid(0), 1)]).await;
    let guest = shop.cart(&[(mug.variant_gid(0), 2)]).await;
    let uuid = guest.rsplit('/').next().and_then(|tail| tail.split('.').next()).expect("an id");
    let id = CartId(Uuid::try_parse(uuid).expect("a UUID"));
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    assert!(set_status(&tx, id, CartStatus::Active, CartStatus::Locked, None).await.expect("asked"));
    tx.commit().await.expect("committed");
    let signed_in = sign_in(&shop, "jane@example.com", &guest).await;
    assert_eq!((&signed_in["cart"]["id"], quantities(&signed_in["cart"])), (&json!(guest), vec![2]));
    assert_eq!(quantities(&shop.read_cart(&mine).await), [1]);
    assert_eq!(carts_of(&shop, &jane).await.len(), 2);
}

#[tokio::test]
async fn a_guests_wish_list_stays_a_wish_list() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let mine = shop.cart_of(&jane, &[(mug.variant_gid(0), 1)]).await;
    let lines = line_inputs(&[(mug.variant_gid(0), 2)]);
    let wishes = shop.change(CREATE, json!({ "input": { "kind": "WISHLIST", "lines": lines } })).await;
    let wishes = wishes["cart"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(sign_in(&shop, "jane@example.com", &wishes).await["cart"]["id"], wishes.as_str());
    assert_eq!(quantities(&shop.read_cart(&mine).await), [1]);
    assert_eq!(carts_of(&shop, &jane).await.len(), 2);
}

#[tokio::test]
async fn a_merge_adds_to_a_line_that_is_there_by_its_attributes() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let jane = shop.customer("jane@example.com").await;
    let line =
        |text: &str| json!([{ "merchandiseId": mug.variant_gid(0), "attributes": [{ "key": "text", "value": text }] }]);
    shop.cart_call(&jane, CREATE, json!({ "input": { "lines": line("a") } })).await.done("cartCreate");
    let guest = shop.change(CREATE, json!({ "input": { "lines": line("a") } })).await["cart"]["id"].clone();
    shop.change(ADD, json!({ "cartId": guest, "lines": line("b") })).await;
    shop.change(ADD, json!({ "cartId": guest, "lines": line_inputs(&[(mug.variant_gid(0), 1)]) })).await;
    let merged = sign_in(&shop, "jane@example.com", guest.as_str().expect("an id")).await;
    assert_eq!(quantities(&merged["cart"]), [2, 1, 1]);
}
