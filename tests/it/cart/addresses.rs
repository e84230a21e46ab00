//! Delivery addresses of carts.

use serde_json::{Value, json};

use crate::{
    make::cart::{ADDRESSES_ADD, ADDRESSES_REMOVE, ADDRESSES_UPDATE, codes},
    support::TestShop,
};

fn address(street: &str) -> Value {
    json!({ "lastName": "Doe", "address1": street, "city": "Berlin", "zip": "10115", "countryCode": "DE" })
}

fn selected(cart: &Value) -> Vec<bool> {
    let addresses = cart["deliveryAddresses"].as_array().expect("a list").iter();
    addresses.map(|address| address["selected"].as_bool().expect("yes or no")).collect()
}

#[tokio::test]
async fn the_first_address_is_selected_and_another_may_be() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let two = json!([{ "address": address(" 1 Main St ") }, { "address": address("2 Main St") }]);
    let added = shop.change(ADDRESSES_ADD, json!({ "input": { "cartId": id, "addresses": two } })).await;
    let cart = &added["cart"];
    assert_eq!((selected(cart), &cart["version"]), (vec![true, false], &json!(2)));
    assert_eq!(cart["deliveryAddresses"][0]["address"]["address1"], "1 Main St");
    let second = cart["deliveryAddresses"][1]["id"].clone();
    let change = json!([{ "id": second, "selected": true, "address": address("3 Main St") }]);
    let changed = shop.change(ADDRESSES_UPDATE, json!({ "input": { "cartId": id, "addresses": change } })).await;
    assert_eq!(selected(&changed["cart"]), [false, true]);
    assert_eq!(changed["cart"]["deliveryAddresses"][1]["address"]["address1"], "3 Main St");
    assert_eq!(changed["cart"]["deliveryAddresses"][1]["id"], second);
    let again = json!([{ "address": address("3 Main St") }, { "address": address("4 Main St"), "selected": true }]);
    let again = shop.change(ADDRESSES_ADD, json!({ "input": { "cartId": id, "addresses": again } })).await;
    assert_eq!(codes(&again["warnings"]), ["DUPLICATE_DELIVERY_ADDRESS"]);
    assert_eq!(again["warnings"][0]["target"], second);
    assert_eq!(selected(&again["cart"]), [false, false, true]);
    let removal = json!({ "input": { "cartId": id, "addressIds": [second] } });
    let removed = shop.change(ADDRESSES_REMOVE, removal.clone()).await;
    assert_eq!(selected(&removed["cart"]), [false, true]);
    let refused = shop.refused(ADDRESSES_REMOVE, removal).await;
    assert_eq!(refused, [("input.addressIds.0".to_owned(), "INVALID_DELIVERY_ADDRESS_ID".to_owned())]);
}

#[tokio::test]
async fn every_wrong_field_of_an_address_is_named() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let wrong = json!({ "firstName": "<b>Jane</b>", "company": "https://spam.example", "city": "B\u{7}erlin",
        "address1": "x".repeat(256), "address2": "4242 4242 4242 4242" });
    let addresses = json!([{ "address": address("1 Main St") }, { "address": wrong }]);
    let refused = shop.refused(ADDRESSES_ADD, json!({ "input": { "cartId": id, "addresses": addresses } })).await;
    let expected = [
        ("firstName", "ADDRESS_FIELD_CONTAINS_HTML_TAGS"),
        ("lastName", "ADDRESS_FIELD_IS_REQUIRED"),
        ("company", "ADDRESS_FIELD_CONTAINS_URL"),
        ("address1", "ADDRESS_FIELD_IS_TOO_LONG"),
        ("address2", "INVALID"),
        ("city", "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN"),
        ("countryCode", "ADDRESS_FIELD_IS_REQUIRED"),
    ];
    let expected = expected.map(|(field, code)| (format!("input.addresses.1.address.{field}"), code.to_owned()));
    assert_eq!(refused, expected);
    assert_eq!(shop.read_cart(&id).await["deliveryAddresses"], json!([]));
}

#[tokio::test]
async fn at_most_20_addresses_and_one_selected() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let both = json!([{ "address": address("1"), "selected": true }, { "address": address("2"), "selected": true }]);
    let refused = shop.refused(ADDRESSES_ADD, json!({ "input": { "cartId": id, "addresses": both } })).await;
    assert_eq!(refused, [("input.addresses".to_owned(), "ONLY_ONE_DELIVERY_ADDRESS_CAN_BE_SELECTED".to_owned())]);
    let many = |from: usize, count: usize| -> Value {
        (from..from + count).map(|n| json!({ "address": address(&n.to_string()) })).collect()
    };
    shop.change(ADDRESSES_ADD, json!({ "input": { "cartId": id, "addresses": many(1, 20) } })).await;
    let refused = shop.refused(ADDRESSES_ADD, json!({ "input": { "cartId": id, "addresses": many(21, 1) } })).await;
    assert_eq!(refused, [("input.addresses".to_owned(), "TOO_MANY_DELIVERY_ADDRESSES".to_owned())]);
}
