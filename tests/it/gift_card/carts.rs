//! Cards on carts: applied by code however it is written, in their order, and what is said of those that cannot pay.

use serde_json::{Value, json};

use super::{Till, money};
use crate::{
    make::cart::CartCall,
    support::{Caller, Server, Visitor},
};

const ADD: CartCall = CartCall {
    name: "cartGiftCardCodesAdd",
    arguments: &[("cartId", "ID!"), ("giftCardCodes", "[String!]!"), ("expectedVersion", "Int")],
};
const UPDATE: CartCall = CartCall { name: "cartGiftCardCodesUpdate", ..ADD };
const REMOVE: CartCall = CartCall {
    name: "cartGiftCardCodesRemove",
    arguments: &[("cartId", "ID!"), ("appliedGiftCardIds", "[ID!]!"), ("expectedVersion", "Int")],
};

const APPLIED: &str = "query($id: ID!) { cart(id: $id) { cost { totalAmount { amount } }
    appliedGiftCards { id lastCharacters amountUsed { amount } balance { amount } presentmentAmountUsed { amount } } } }";

/// What each card of a cart pays, and what is on it.
async fn applied(till: &Till, cart: &str) -> Vec<String> {
    let cards = till.shop.guest(APPLIED, json!({ "id": cart })).await.at("/cart/appliedGiftCards");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let line =
        |card: &Value| format!("{} of {}", text(&card["amountUsed"]["amount"]), text(&card["balance"]["amount"]));
    cards.as_array().expect("a list").iter().map(line).collect()
}

fn ids(cart: &Value) -> Vec<String> {
    let cards = cart["appliedGiftCards"].as_array().expect("cards");
    cards.iter().map(|card| card["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn several_cards_pay_in_their_order_each_as_far_as_it_goes() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&pen, 1)]).await;
    let (first, second, third) = (till.card("20").await, till.card("40").await, till.card("5").await);
    let written = first.code.to_lowercase().replace('-', " ");
    till.shop.change(ADD, json!({ "cartId": cart, "giftCardCodes": [written, second.code] })).await;
    let changed = till.shop.change(ADD, json!({ "cartId": cart, "giftCardCodes": [third.code, first.code] })).await;
    assert_eq!(changed["warnings"], json!([]));
    assert_eq!(applied(&till, &cart).await, ["20.0 of 20.0", "30.0 of 40.0", "0.0 of 5.0"]);
    let ids = ids(&changed["cart"]);
    till.shop.change(REMOVE, json!({ "cartId": cart, "appliedGiftCardIds": [ids[1]] })).await;
    assert_eq!(applied(&till, &cart).await, ["20.0 of 20.0", "5.0 of 5.0"]);
    till.shop.change(UPDATE, json!({ "cartId": cart, "giftCardCodes": [third.code] })).await;
    assert_eq!(applied(&till, &cart).await, ["5.0 of 5.0"]);
    till.shop.change(UPDATE, json!({ "cartId": cart, "giftCardCodes": [] })).await;
    assert_eq!(applied(&till, &cart).await, Vec::<String>::new());
    assert_eq!(till.ledger(&first.id).await, ["ISSUED 20.0"], "a cart takes nothing");
}

#[tokio::test]
async fn a_code_that_cannot_pay_is_refused_with_its_place_and_nothing_changes() {
    let till = Till::new().await;
    let cart = till.shop.cart(&[]).await;
    let (good, gone, empty, expired) =
        (till.card("20").await, till.card("20").await, till.card("20").await, till.card("20").await);
    till.change("giftCardDeactivate", json!({ "id": gone.id })).await;
    till.change("giftCardDebit", json!({ "id": empty.id, "amount": money("20", "USD") })).await;
    till.change("giftCardUpdate", json!({ "id": expired.id, "expiresAt": "2020-01-01T00:00:00Z" })).await;
    let euro = till.call("giftCardCreate", json!({ "amount": money("20", "EUR") })).await.done("giftCardCreate");
    let codes = json!([
        good.code,
        gone.code,
        empty.code,
        expired.code,
        euro["giftCardCode"],
        "ABCD-EFGH-JKLM-NPQR",
        "nonsense",
        "4242 4242 4242 4242"
    ]);
    for call in [ADD, UPDATE] {
        let refused = till.shop.refused(call, json!({ "cartId": cart, "giftCardCodes": codes })).await;
        let places: Vec<String> = (1..=7).map(|index| format!("giftCardCodes.{index}")).collect();
        assert_eq!(refused, places.into_iter().map(|place| (place, "INVALID".to_owned())).collect::<Vec<_>>());
    }
    assert_eq!(applied(&till, &cart).await, Vec::<String>::new());
    let many: Vec<&str> = vec![&good.code; 11];
    let refused = till.shop.refused(ADD, json!({ "cartId": cart, "giftCardCodes": many })).await;
    assert_eq!(refused, [("giftCardCodes".to_owned(), "MAXIMUM_EXCEEDED".to_owned())]);
    let twice = till.shop.change(ADD, json!({ "cartId": cart, "giftCardCodes": [good.code, good.code, " "] })).await;
    assert_eq!(ids(&twice["cart"]).len(), 1);
    let other = "gid://cartwright/AppliedGiftCard/01890000-0000-7000-8000-000000000000";
    let refused = till.shop.refused(REMOVE, json!({ "cartId": cart, "appliedGiftCardIds": [other] })).await;
    assert_eq!(refused, [("appliedGiftCardIds.0".to_owned(), "INVALID".to_owned())]);
    let variables = json!({ "cartId": cart, "appliedGiftCardIds": ["abc"] });
    assert_eq!(till.shop.cart_call(&Caller::guest(), REMOVE, variables).await.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_cart_takes_ten_cards() {
    let till = Till::new().await;
    let cart = till.shop.cart(&[]).await;
    let mut codes = Vec::new();
    for _ in 0..11 {
        codes.push(till.card("1").await.code);
    }
    let eleventh = codes.pop().expect("a code");
    till.shop.change(ADD, json!({ "cartId": cart, "giftCardCodes": codes })).await;
    let refused = till.shop.refused(ADD, json!({ "cartId": cart, "giftCardCodes": [eleventh] })).await;
    assert_eq!(refused, [("giftCardCodes".to_owned(), "MAXIMUM_EXCEEDED".to_owned())]);
}

#[tokio::test]
async fn a_new_cart_takes_cards_and_is_made_although_one_cannot_pay() {
    let till = Till::new().await;
    let card = till.card("20").await;
    let document = "mutation($codes: [String!]) { cartCreate(input: { giftCardCodes: $codes }) {
        cart { id appliedGiftCards { lastCharacters } } userErrors { code } warnings { code } } }";
    let made = till.shop.guest(document, json!({ "codes": [card.code] })).await.done("cartCreate");
    assert_eq!(made["cart"]["appliedGiftCards"], json!([{ "lastCharacters": card.code[15..] }]));
    assert_eq!(made["warnings"], json!([]));
    let made = till.shop.guest(document, json!({ "codes": [card.code, "wrong"] })).await.done("cartCreate");
    assert_eq!(made["cart"]["appliedGiftCards"], json!([]));
    assert_eq!(made["warnings"], json!([{ "code": "PAYMENTS_GIFT_CARDS_UNAVAILABLE" }]));
}

#[tokio::test]
async fn a_card_that_was_ended_stays_on_the_cart_and_pays_nothing() {
    let till = Till::new().await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let cart = till.shop.cart_with(&Caller::guest(), &[(&pen, 1)]).await;
    let (first, second) = (till.card("20").await, till.card("20").await);
    till.shop.change(ADD, json!({ "cartId": cart, "giftCardCodes": [first.code, second.code] })).await;
    till.change("giftCardDeactivate", json!({ "id": first.id })).await;
    assert_eq!(applied(&till, &cart).await, ["0.0 of 20.0", "20.0 of 20.0"]);
    till.change("giftCardUpdate", json!({ "id": second.id, "expiresAt": "2020-01-01T00:00:00Z" })).await;
    assert_eq!(applied(&till, &cart).await, ["0.0 of 20.0", "0.0 of 20.0"]);
}

#[tokio::test]
async fn cards_go_along_when_a_guest_signs_in_and_stay_behind_when_a_cart_is_copied() {
    let till = Till::new().await;
    let card = till.card("20").await;
    let guest = till.shop.cart(&[]).await;
    till.shop.change(ADD, json!({ "cartId": guest, "giftCardCodes": [card.code] })).await;
    let copy = till.shop.change(crate::make::cart::CLONE, json!({ "input": { "cartId": guest } })).await;
    assert_eq!(copy["cart"]["appliedGiftCards"], json!([]));
    let ada = till.shop.customer("ada@example.com").await;
    let own = till.shop.cart_of(&ada, &[]).await;
    let pen = till.shop.stocked("Pen", 5_000, 9).await;
    let document = "mutation($id: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $lines) { userErrors { code } } }";
    till.shop
        .guest(document, json!({ "id": guest, "lines": [{ "merchandiseId": pen.variant_gid(0) }] }))
        .await
        .done("cartLinesAdd");
    let merge = "mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) {
        cart { id appliedGiftCards { lastCharacters } } userErrors { code } } }";
    let input = json!({ "email": "ada@example.com", "password": crate::make::people::PASSWORD, "cartId": guest });
    let merged = till.shop.guest(merge, json!({ "input": input })).await.done("customerAccessTokenCreate");
    assert_eq!(merged["cart"]["id"], own.as_str());
    assert_eq!(merged["cart"]["appliedGiftCards"], json!([{ "lastCharacters": card.code[15..] }]));
}

#[tokio::test]
async fn one_request_holds_one_mutation_of_gift_cards() {
    let server = Server::still().await;
    let cart = server.shop.cart(&[]).await;
    let one = |name: &str| {
        format!("{name}: cartGiftCardCodesAdd(cartId: $id, giftCardCodes: [\"ABCD\"]) {{ userErrors {{ code }} }}")
    };
    let ask = async |fields: &str| {
        let document = format!("mutation($id: ID!) {{ {fields} }}");
        server.graphql(&Visitor::guest(), &document, json!({ "id": cart })).await
    };
    assert_eq!(ask(&one("a")).await.at("/a/userErrors"), json!([{ "code": "INVALID" }]));
    let two = ask(&[one("a"), one("b")].concat()).await;
    assert!(two.body.get("errors").is_some(), "{:#}", two.body);
}
