//! Delivery addresses of carts.

use serde_json::{Value, json};

use crate::{
    make::cart::{
        ADDRESSES_ADD, ADDRESSES_REMOVE, ADDRESSES_REPLACE, ADDRESSES_UPDATE, CREATE, codes, delivery_address,
    },
    support::TestShop,
};

fn address(street: &str) -> Value {
    delivery_address(
        json!({ "lastName": "Doe", "address1": street, "city": "Berlin", "zip": "10115", "countryCode": "DE" }),
    )
}

fn selecting(mut input: Value) -> Value {
    input["selected"] = json!(true);
    input
}

fn selected(cart: &Value) -> Vec<bool> {
    let addresses = cart["delivery"]["addresses"].as_array().expect("a list").iter();
    addresses.map(|address| address["selected"].as_bool().expect("yes or no")).collect()
}

fn streets(cart: &Value) -> Vec<&str> {
    let addresses = cart["delivery"]["addresses"].as_array().expect("a list").iter();
    addresses.map(|row| row["address"]["address1"].as_str().expect("a street")).collect()
}

#[tokio::test]
async fn the_first_address_is_selected_and_another_may_be() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let two = json!([address(" 1 Main St "), address("2 Main St")]);
    let added = shop.change(ADDRESSES_ADD, json!({ "cartId": id, "addresses": two })).await;
    let cart = &added["cart"];
    assert_eq!((selected(cart), &cart["version"]), (vec![true, false], &json!(2)));
    assert_eq!(streets(cart)[0], "1 Main St");
    let second = cart["delivery"]["addresses"][1]["id"].clone();
    let mut change = selecting(address("3 Main St"));
    change["id"] = second.clone();
    change["oneTimeUse"] = json!(true);
    let changed = shop.change(ADDRESSES_UPDATE, json!({ "cartId": id, "addresses": [change] })).await;
    assert_eq!(selected(&changed["cart"]), [false, true]);
    assert_eq!(streets(&changed["cart"])[1], "3 Main St");
    assert_eq!(changed["cart"]["delivery"]["addresses"][1]["id"], second);
    assert_eq!(changed["cart"]["delivery"]["addresses"][1]["oneTimeUse"], true);
    let again = json!([address("3 Main St"), selecting(address("4 Main St"))]);
    let again = shop.change(ADDRESSES_ADD, json!({ "cartId": id, "addresses": again })).await;
    assert_eq!(codes(&again["warnings"]), ["DUPLICATE_DELIVERY_ADDRESS"]);
    assert_eq!(again["warnings"][0]["target"], second);
    assert_eq!(selected(&again["cart"]), [false, false, true]);
    let only = "query($id: ID!) { cart(id: $id) { delivery { addresses(selected: true) { address {
        ... on CartDeliveryAddress { address1 countryCode formatted formattedArea name } } } } } }";
    let only = shop.guest(only, json!({ "id": id })).await.at("/cart/delivery/addresses");
    let shown = json!({ "address1": "4 Main St", "countryCode": "DE", "name": "Doe",
        "formatted": ["4 Main St", "10115 Berlin", "Germany"], "formattedArea": "Berlin, Germany" });
    assert_eq!(only, json!([{ "address": shown }]));
    let removal = json!({ "cartId": id, "addressIds": [second] });
    let removed = shop.change(ADDRESSES_REMOVE, removal.clone()).await;
    assert_eq!(selected(&removed["cart"]), [false, true]);
    let refused = shop.refused(ADDRESSES_REMOVE, removal).await;
    assert_eq!(refused, [("addressIds.0".to_owned(), "INVALID_DELIVERY_ADDRESS_ID".to_owned())]);
}

#[tokio::test]
async fn all_addresses_are_replaced_at_once_or_given_with_the_cart() {
    let shop = TestShop::new().await;
    let input = json!({ "delivery": { "addresses": [address("1"), selecting(address("2"))] } });
    let made = shop.change(CREATE, json!({ "input": input })).await["cart"].clone();
    assert_eq!((streets(&made), selected(&made)), (vec!["1", "2"], vec![false, true]));
    let variables = json!({ "cartId": made["id"], "addresses": [address("3")], "expectedVersion": 1 });
    let replaced = shop.change(ADDRESSES_REPLACE, variables).await["cart"].clone();
    assert_eq!((streets(&replaced), selected(&replaced)), (vec!["3"], vec![true]));
    let emptied = shop.change(ADDRESSES_REPLACE, json!({ "cartId": made["id"], "addresses": [] })).await;
    assert_eq!(streets(&emptied["cart"]), Vec::<&str>::new());

    let country = json!({ "delivery": { "addresses": [delivery_address(json!({ "city": "Berlin" }))] } });
    let refused = shop.refused(CREATE, json!({ "input": country })).await;
    let field = "input.delivery.addresses.0.address.deliveryAddress.countryCode";
    assert_eq!(refused, [(field.to_owned(), "ADDRESS_FIELD_IS_REQUIRED".to_owned())]);
}

#[tokio::test]
async fn every_wrong_field_of_an_address_is_named() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let mut wrong = delivery_address(json!({ "firstName": "<b>Jane</b>", "company": "https://spam.example",
        "city": "B\u{7}erlin", "address1": "x".repeat(256), "address2": "4242 4242 4242 4242" }));
    let refused = async |wrong: &Value| {
        let addresses = json!([address("1 Main St"), wrong]);
        shop.refused(ADDRESSES_ADD, json!({ "cartId": id, "addresses": addresses })).await
    };
    let all = [
        ("firstName", "ADDRESS_FIELD_CONTAINS_HTML_TAGS"),
        ("lastName", "ADDRESS_FIELD_IS_REQUIRED"),
        ("company", "ADDRESS_FIELD_CONTAINS_URL"),
        ("address1", "ADDRESS_FIELD_IS_TOO_LONG"),
        ("address2", "INVALID"),
        ("city", "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN"),
        ("countryCode", "ADDRESS_FIELD_IS_REQUIRED"),
    ];
    let named = |(field, code): (&str, &str)| (format!("addresses.1.address.deliveryAddress.{field}"), code.to_owned());
    let so_far: Vec<_> = all.iter().copied().filter(|(field, _)| *field != "lastName").map(named).collect();
    assert_eq!(refused(&wrong).await, so_far);
    wrong["validationStrategy"] = json!("STRICT");
    assert_eq!(refused(&wrong).await, all.map(named));
    assert_eq!(shop.read_cart(&id).await["delivery"]["addresses"], json!([]));
}

#[tokio::test]
async fn an_address_is_one_address_and_the_customers_own() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let foreign = "gid://cartwright/MailingAddress/00000000-0000-7000-8000-000000000000";
    let copied = json!({ "address": { "copyFromCustomerAddressId": foreign } });
    let none = json!({ "address": {} });
    let mut both = address("1 Main St");
    both["address"]["copyFromCustomerAddressId"] = json!(foreign);
    let refused = shop.refused(ADDRESSES_ADD, json!({ "cartId": id, "addresses": [copied, none, both] })).await;
    let expected = [
        ("addresses.0.address.copyFromCustomerAddressId", "INVALID_DELIVERY_ADDRESS_ID"),
        ("addresses.1.address", "INVALID"),
        ("addresses.2.address", "INVALID"),
    ];
    assert_eq!(refused, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn at_most_20_addresses_and_one_selected() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let both = json!([selecting(address("1")), selecting(address("2"))]);
    let refused = shop.refused(ADDRESSES_ADD, json!({ "cartId": id, "addresses": both })).await;
    assert_eq!(refused, [("addresses".to_owned(), "ONLY_ONE_DELIVERY_ADDRESS_CAN_BE_SELECTED".to_owned())]);
    let many = |from: usize, count: usize| -> Value { (from..from + count).map(|n| address(&n.to_string())).collect() };
    shop.change(ADDRESSES_ADD, json!({ "cartId": id, "addresses": many(1, 20) })).await;
    let refused = shop.refused(ADDRESSES_ADD, json!({ "cartId": id, "addresses": many(21, 1) })).await;
    assert_eq!(refused, [("addresses".to_owned(), "TOO_MANY_DELIVERY_ADDRESSES".to_owned())]);
    shop.change(ADDRESSES_REPLACE, json!({ "cartId": id, "addresses": many(1, 20) })).await;
}
