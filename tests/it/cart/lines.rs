//! Adding, changing and removing lines.

use serde_json::{Value, json};

use crate::{
    make::{
        cart::{ADD, CREATE, REMOVE, UPDATE, codes, line_id, line_inputs, quantities},
        catalog::{product, variant},
    },
    support::{Caller, TestShop},
};

#[tokio::test]
async fn a_cart_is_made_with_everything_at_once() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(1_250).compare_at(1_500)).make(&shop).await;
    let input = json!({
        "lines": [{ "merchandiseId": mug.variant_gid(0), "quantity": 2, "attributes": [{ "key": "engraving", "value": "J" }] },
                  { "merchandiseId": mug.variant_gid(0) }],
        "note": "ring twice", "attributes": [{ "key": "gift", "value": "yes" }], "name": "Birthday",
        "buyerIdentity": { "countryCode": "DE", "email": " jane@example.com ", "phone": "+49 30 1234567" },
        "discountCodes": ["WELCOME"], "giftCardCodes": ["1234"],
    });
    let made = shop.change(CREATE, json!({ "input": input })).await;
    assert_eq!(codes(&made["warnings"]), ["DISCOUNT_NOT_FOUND", "PAYMENTS_GIFT_CARDS_UNAVAILABLE"]);
    let cart = &made["cart"];
    assert_eq!((&cart["version"], &cart["kind"], &cart["name"]), (&json!(1), &json!("CART"), &json!("Birthday")));
    assert_eq!(quantities(cart), [2, 1]);
    assert_eq!(cart["totalQuantity"], 3);
    assert_eq!(cart["cost"]["subtotalAmount"], json!({ "amount": "37.5", "currencyCode": "USD" }));
    assert_eq!(cart["cost"]["totalAmount"]["amount"], "37.5");
    let line = &cart["lines"]["nodes"][0];
    assert_eq!(line["__typename"], "CartLine");
    assert_eq!(line["merchandise"]["id"], mug.variant_gid(0).as_str());
    assert_eq!(line["attributes"], json!([{ "key": "engraving", "value": "J" }]));
    assert_eq!(line["cost"]["amountPerQuantity"]["amount"], "12.5");
    assert_eq!(line["cost"]["compareAtAmountPerQuantity"]["amount"], "15.0");
    assert_eq!(line["cost"]["totalAmount"]["amount"], "25.0");
    assert_eq!(cart["note"], "ring twice");
    assert_eq!(cart["attributes"], json!([{ "key": "gift", "value": "yes" }]));
    assert_eq!(cart["buyerIdentity"]["email"], "jane@example.com");
    assert_eq!(cart["buyerIdentity"]["countryCode"], "DE");
    assert_eq!(cart["discountCodes"], json!([{ "code": "WELCOME", "applicable": false }]));
    assert_eq!(cart["problems"], json!([]));
    let read = shop.read_cart(cart["id"].as_str().expect("an id")).await;
    assert_eq!(&read, cart, "what the mutation answers is what is read");
}

#[tokio::test]
async fn an_empty_cart_says_that_it_is_empty() {
    let shop = TestShop::new().await;
    let made = shop
        .guest("mutation { cartCreate { cart { problems { code } totalQuantity } userErrors { code } } }", json!({}));
    let cart = made.await.done("cartCreate")["cart"].clone();
    assert_eq!((codes(&cart["problems"]), &cart["totalQuantity"]), (vec!["CART_EMPTY"], &json!(0)));
}

#[tokio::test]
async fn equal_lines_are_one_line_whatever_the_order_of_their_attributes() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let line = |attributes: Value| json!({ "merchandiseId": mug.variant_gid(0), "attributes": attributes });
    let (a, b) = (json!({ "key": "a", "value": "1" }), json!({ "key": "b", "value": "2" }));
    let id = shop.cart(&[(mug.variant_gid(0), 1)]).await;
    let lines = json!([line(json!([a, b])), line(json!([b, a])), line(json!([])), line(json!([a]))]);
    let cart = shop.change(ADD, json!({ "cartId": id, "lines": lines })).await["cart"].clone();
    assert_eq!(quantities(&cart), [2, 2, 1]);
    assert_eq!(cart["version"], 2, "one call is one version");
}

#[tokio::test]
async fn a_line_keeps_its_id_while_it_changes_and_goes_with_quantity_0() {
    let shop = TestShop::new().await;
    let (mug, cup) = (product("Mug").make(&shop).await, product("Cup").price(300).make(&shop).await);
    let id = shop.cart(&[(mug.variant_gid(0), 1), (cup.variant_gid(0), 4)]).await;
    let cart = shop.read_cart(&id).await;
    let (first, second) = (line_id(&cart, 0), line_id(&cart, 1));
    let lines = json!([{ "id": first, "quantity": 5, "attributes": [{ "key": "k", "value": "v" }] }]);
    let cart = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await["cart"].clone();
    assert_eq!((line_id(&cart, 0), quantities(&cart)), (first.clone(), vec![5, 4]));
    assert_eq!(cart["lines"]["nodes"][0]["attributes"], json!([{ "key": "k", "value": "v" }]));
    let lines = json!([{ "id": first, "quantity": 0 }, { "id": second, "merchandiseId": mug.variant_gid(0) }]);
    let cart = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await["cart"].clone();
    assert_eq!((line_id(&cart, 0), quantities(&cart)), (second.clone(), vec![4]));
    assert_eq!(cart["lines"]["nodes"][0]["merchandise"]["id"], mug.variant_gid(0).as_str());
    let cart = shop.change(REMOVE, json!({ "cartId": id, "lineIds": [second, second] })).await["cart"].clone();
    assert_eq!(quantities(&cart), [0_i64; 0]);
}

#[tokio::test]
async fn lines_that_become_equal_become_one_and_lines_may_swap_what_they_are() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let with = |text: &str| json!([{ "key": "text", "value": text }]);
    let line = |text: &str, quantity| json!({ "merchandiseId": mug.variant_gid(0), "quantity": quantity, "attributes": with(text) });
    let made = shop.change(CREATE, json!({ "input": { "lines": [line("a", 1), line("b", 2), line("c", 4)] } })).await;
    let (id, cart) = (made["cart"]["id"].clone(), &made["cart"]);
    let ids: Vec<String> = (0..3).map(|place| line_id(cart, place)).collect();
    let lines = json!([{ "id": ids[0], "attributes": with("x") }, { "id": ids[1], "attributes": with("a") },
                       { "id": ids[0], "attributes": with("b") }]);
    let cart = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await["cart"].clone();
    assert_eq!(quantities(&cart), [1, 2, 4]);
    assert_eq!(cart["lines"]["nodes"][0]["attributes"], with("b"));
    let lines = json!([{ "id": ids[2], "attributes": with("a"), "quantity": 10 }]);
    let cart = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await["cart"].clone();
    assert_eq!((quantities(&cart), line_id(&cart, 1)), (vec![1, 12], ids[1].clone()));
    let refused = shop.refused(
        UPDATE,
        json!({ "cartId": id, "lines": [{ "id": ids[0], "attributes": with("a"), "quantity": 990 }] }),
    );
    assert_eq!(refused.await, [("lines.0.quantity".to_owned(), "MAXIMUM_EXCEEDED".to_owned())]);
}

#[tokio::test]
async fn merchandise_that_is_not_on_sale_is_refused_by_its_place() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let (draft, hidden) =
        (product("Draft").draft().make(&shop).await, product("Hidden").unpublished().make(&shop).await);
    let unknown = "gid://cartwright/ProductVariant/0193f5c4-0000-7000-8000-000000000000".to_owned();
    let id = shop.cart(&[(mug.variant_gid(0), 1)]).await;
    let lines = [(mug.variant_gid(0), 1), (unknown, 1), (draft.variant_gid(0), 1), (hidden.variant_gid(0), 1)];
    let refused = shop.refused(ADD, json!({ "cartId": id, "lines": line_inputs(&lines) })).await;
    let expected = [1, 2, 3].map(|place| (format!("lines.{place}.merchandiseId"), "INVALID".to_owned()));
    assert_eq!(refused, expected);
    let refused = shop.refused(CREATE, json!({ "input": { "lines": line_inputs(&lines[1..2]) } })).await;
    assert_eq!(refused, [("input.lines.0.merchandiseId".to_owned(), "INVALID".to_owned())]);
    let cart = shop.read_cart(&id).await;
    assert_eq!((quantities(&cart), &cart["version"]), (vec![1], &json!(1)), "nothing of a refused call is done");
    let product_id = json!([{ "merchandiseId": mug.gid() }]);
    let answer = shop.cart_call(&Caller::guest(), ADD, json!({ "cartId": id, "lines": product_id })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_line_of_another_cart_is_not_found() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let (mine, yours) = (shop.cart(&[(mug.variant_gid(0), 1)]).await, shop.cart(&[(mug.variant_gid(0), 1)]).await);
    let line = line_id(&shop.read_cart(&yours).await, 0);
    let refused = shop.refused(UPDATE, json!({ "cartId": mine, "lines": [{ "id": line, "quantity": 2 }] })).await;
    assert_eq!(refused, [("lines.0.id".to_owned(), "INVALID_MERCHANDISE_LINE".to_owned())]);
    let refused = shop.refused(REMOVE, json!({ "cartId": mine, "lineIds": [line] })).await;
    assert_eq!(refused, [("lineIds.0".to_owned(), "INVALID_MERCHANDISE_LINE".to_owned())]);
}

#[tokio::test]
async fn a_deleted_variant_is_flagged_and_leaves_with_the_next_change() {
    let shop = TestShop::new().await;
    let (mug, cup) = (product("Mug").make(&shop).await, product("Cup").price(300).make(&shop).await);
    let id = shop.cart(&[(mug.variant_gid(0), 1), (cup.variant_gid(0), 1)]).await;
    let gone = line_id(&shop.read_cart(&id).await, 0);
    shop.delete_variant(mug.variants[0]).await;
    let cart = shop.read_cart(&id).await;
    assert_eq!(codes(&cart["problems"]), ["MERCHANDISE_NOT_AVAILABLE"]);
    assert_eq!(cart["problems"][0]["target"], gone.as_str());
    assert_eq!((quantities(&cart), &cart["cost"]["totalAmount"]["amount"]), (vec![1], &json!("3.0")));
    let lines = line_inputs(&[(cup.variant_gid(0), 1)]);
    let added = shop.change(ADD, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(codes(&added["warnings"]), ["MERCHANDISE_NOT_AVAILABLE"]);
    assert_eq!((quantities(&added["cart"]), &added["cart"]["problems"]), (vec![2], &json!([])));
}

#[tokio::test]
async fn a_product_taken_off_the_shop_stays_in_the_cart_flagged_and_without_its_name() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let id = shop.cart(&[(mug.variant_gid(0), 1)]).await;
    shop.unpublish(mug.id).await;
    let cart = shop.read_cart(&id).await;
    assert_eq!((codes(&cart["problems"]), quantities(&cart)), (vec!["MERCHANDISE_NOT_AVAILABLE"], vec![1]));
    assert!(!cart["problems"][0]["message"].as_str().expect("text").contains("Mug"));
    let refused = shop.refused(ADD, json!({ "cartId": id, "lines": line_inputs(&[(mug.variant_gid(0), 1)]) })).await;
    assert_eq!(refused, [("lines.0.merchandiseId".to_owned(), "INVALID".to_owned())]);
}
