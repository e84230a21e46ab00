//! Carts, orders, customers and what belongs to them by id alone: who sees them, and at what cost.

use serde_json::{Value, json};

use crate::{
    make::cart::{ADDRESSES_ADD, IDENTITY, delivery_address},
    support::{Caller, TestShop},
};

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

/// Which of these ids a caller sees.
async fn seen(shop: &TestShop, caller: &Caller, ids: &[&str]) -> Vec<bool> {
    let answer = shop.ask(caller, NODES, json!({ "ids": ids })).await;
    let nodes = answer.at("/nodes");
    let nodes = nodes.as_array().expect("a list");
    for (node, id) in nodes.iter().zip(ids) {
        assert!(node.is_null() || node["id"] == *id, "{node} is not {id}");
    }
    nodes.iter().map(|node| !node.is_null()).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A cart with a line and an address: the ids of the three.
async fn parts(shop: &TestShop, caller: &Caller, variant: &str) -> [String; 3] {
    let cart = shop.cart_of(caller, &[(variant.to_owned(), 1)]).await;
    let address = delivery_address(json!({ "city": "Berlin", "countryCode": "DE" }));
    shop.cart_call(caller, ADDRESSES_ADD, json!({ "cartId": cart, "addresses": [address] })).await;
    let document = "query($id: ID!) { cart(id: $id) { lines(first: 1) { nodes { id } }
        buyerIdentity { deliveryAddressPreferences { ... on MailingAddress { id } } } } }";
    let read = shop.ask(caller, document, json!({ "id": cart })).await.at("/cart");
    let address = text(&read["buyerIdentity"]["deliveryAddressPreferences"][0]["id"]);
    [cart, text(&read["lines"]["nodes"][0]["id"]), address]
}

#[tokio::test]
async fn a_cart_and_its_parts_are_found_by_whoever_has_their_ids() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 99).await.variant_gid(0);
    let [cart, line, address] = parts(&shop, &Caller::guest(), &pen).await;
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename
        ... on Cart { totalQuantity } ... on BaseCartLine { quantity } ... on MailingAddress { formatted } } }";
    let answer = shop.guest(document, json!({ "ids": [cart, line, address] })).await;
    let expected = json!([
        { "__typename": "Cart", "totalQuantity": 1 },
        { "__typename": "CartLine", "quantity": 1 },
        { "__typename": "MailingAddress", "formatted": ["Berlin", "Germany"] },
    ]);
    assert_eq!(answer.at("/nodes"), expected);
    let rebuilt = cart.replace("cartwright", "shopify") + "?key=0f0f";
    let answer = shop.guest(NODES, json!({ "ids": [rebuilt] })).await;
    assert_eq!(answer.at("/nodes/0/id"), cart.as_str(), "an id that a client rebuilt");

    let without = |id: &str| id.split(['?', '.']).next().expect("a part").to_owned();
    let (bare_cart, bare_line, bare_address) = (without(&cart), without(&line), without(&address));
    let ids = [bare_cart.as_str(), &bare_line, &bare_address];
    for caller in [Caller::guest(), shop.customer("jane@example.com").await, shop.admin().await] {
        assert_eq!(seen(&shop, &caller, &ids).await, [false; 3], "without the secret");
        assert_eq!(seen(&shop, &caller, &[&cart, &line, &address]).await, [true; 3]);
    }
}

#[tokio::test]
async fn a_customers_cart_is_not_there_for_another_customer_and_costs_as_much_as_a_missing_one() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 99).await.variant_gid(0);
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let [cart, line, address] = parts(&shop, &jane, &pen).await;
    let ids = [cart.as_str(), &line, &address];
    assert_eq!(seen(&shop, &jane, &ids).await, [true; 3]);
    assert_eq!(seen(&shop, &john, &ids).await, [false; 3]);
    let [gone, ..] = parts(&shop, &john, &pen).await;
    let delete = "mutation($id: ID!) { cartDelete(input: { cartId: $id }) { deletedCartId userErrors { code } } }";
    shop.ask(&john, delete, json!({ "id": gone })).await.done("cartDelete");
    let (foreign, statements_of_foreign) = shop.statements(seen(&shop, &john, &[&cart])).await;
    let (missing, statements_of_missing) = shop.statements(seen(&shop, &john, &[&gone])).await;
    assert_eq!((foreign, missing), (vec![false], vec![false]));
    assert_eq!(statements_of_foreign, statements_of_missing);
}

#[tokio::test]
async fn an_order_and_its_addresses_are_found_by_those_who_may_open_it() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 9).await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let cart = shop.cart_with(&jane, &[(&made, 1)]).await;
    let janes = shop.complete(&cart).caller(&jane).with("email", Value::Null).bought().await;
    let guests = shop.order_of(&made, 1, "sandbox_ok").await;
    let document = "query($id: ID!) { order(id: $id) { shippingAddress { id name } } }";
    let address = async |order: &crate::make::checkout::Bought| {
        shop.ask(&order.caller, document, json!({ "id": order.id })).await.text("/order/shippingAddress/id")
    };
    let (at_janes, at_guests) = (address(&janes).await, address(&guests).await);
    let ids = [janes.id.as_str(), &at_janes, &guests.id, &at_guests];
    let staff = shop.admin().await;
    for (caller, expected) in [
        (&jane, [true, true, false, false]),
        (&guests.caller, [false, false, true, true]),
        (&staff, [true; 4]),
        (&john, [false; 4]),
        (&Caller::guest(), [false; 4]),
    ] {
        assert_eq!(seen(&shop, caller, &ids).await, expected);
    }
    let missing = "gid://cartwright/Order/01900000-0000-7000-8000-000000000000";
    let (_, of_foreign) = shop.statements(seen(&shop, &john, &[&janes.id])).await;
    let (_, of_missing) = shop.statements(seen(&shop, &john, &[missing])).await;
    assert_eq!(of_foreign, of_missing);
}

#[tokio::test]
async fn a_customer_is_found_by_that_customer_and_by_staff() {
    let shop = TestShop::still().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let id = shop.ask(&jane, "{ customer { id } }", json!({})).await.text("/customer/id");
    let staff = shop.admin().await;
    for (caller, expected) in [(&jane, true), (&staff, true), (&john, false), (&Caller::guest(), false)] {
        assert_eq!(seen(&shop, caller, &[&id]).await, [expected]);
    }
    let missing = "gid://cartwright/Customer/01900000-0000-7000-8000-000000000000";
    let (_, of_foreign) = shop.statements(seen(&shop, &john, &[&id])).await;
    let (_, of_missing) = shop.statements(seen(&shop, &john, &[missing])).await;
    assert_eq!(of_foreign, of_missing);
}

#[tokio::test]
async fn twenty_carts_cost_as_many_statements_as_one() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 99).await.variant_gid(0);
    let mut ids = Vec::new();
    for _ in 0..20 {
        let [cart, line, _] = parts(&shop, &Caller::guest(), &pen).await;
        ids.extend([cart, line]);
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Cart { cost { totalAmount { amount } }
        lines(first: 5) { nodes { merchandise { ... on ProductVariant { title } } } } } } }";
    let read = async |ids: &[&str]| shop.guest(document, json!({ "ids": ids })).await.at("/nodes");
    let (_, one) = shop.statements(read(&ids[..2])).await;
    let (nodes, twenty) = shop.statements(read(&ids)).await;
    assert!(nodes.as_array().expect("a list").iter().all(|node| !node.is_null()));
    assert_eq!(twenty, one);
    assert!(one <= 15, "seven for the carts, six for the rules that price them, two for what hangs on them: {one}");
}

#[tokio::test]
async fn a_line_of_a_payload_and_its_warning_have_the_id_that_finds_it() {
    let shop = TestShop::still().await;
    let pen = shop.stocked("Pen", 250, 3).await.variant_gid(0);
    let document = "mutation($lines: [CartLineInput!]!) { cartCreate(input: { lines: $lines }) {
        cart { id lines(first: 1) { nodes { id } } problems { target } } warnings { code target } } }";
    let answer = shop.guest(document, json!({ "lines": [{ "merchandiseId": pen, "quantity": 9 }] })).await;
    let made = answer.at("/cartCreate");
    assert_eq!(made["warnings"][0]["target"], made["cart"]["lines"]["nodes"][0]["id"]);
    let line = text(&made["warnings"][0]["target"]);
    assert_eq!(seen(&shop, &Caller::guest(), &[&line]).await, [true]);
    let update = "mutation($id: ID!, $line: ID!) { cartLinesUpdate(cartId: $id, lines: [{ id: $line, quantity: 1 }]) {
        cart { totalQuantity } userErrors { code } } }";
    let variables = json!({ "id": made["cart"]["id"], "line": line });
    assert_eq!(shop.guest(update, variables).await.done("cartLinesUpdate")["cart"]["totalQuantity"], 1);
    let identity = json!({ "cartId": made["cart"]["id"], "buyerIdentity": { "email": "jane@example.com" } });
    shop.change(IDENTITY, identity).await;
}
