//! The limits of a cart, and what is refused at its edge.

use serde_json::{Value, json};

use crate::{
    make::{
        cart::{
            ADD, ADDRESSES_ADD, ATTRIBUTES, CREATE, NOTE, UPDATE, delivery_address, line_id, line_inputs, quantities,
        },
        catalog::product,
    },
    support::{Caller, TestShop},
};

fn one(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

#[tokio::test]
async fn a_quantity_out_of_range_is_refused_on_its_field() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let id = shop.cart(&[(mug.variant_gid(0), 999)]).await;
    let line = line_id(&shop.read_cart(&id).await, 0);
    for (quantity, code) in
        [(0, "LESS_THAN"), (-1, "LESS_THAN"), (1_000, "MAXIMUM_EXCEEDED"), (1_000_000_000, "MAXIMUM_EXCEEDED")]
    {
        let lines = line_inputs(&[(mug.variant_gid(0), quantity)]);
        let refused = shop.refused(ADD, json!({ "cartId": id, "lines": lines })).await;
        assert_eq!(refused, one("lines.0.quantity", code), "{quantity}");
    }
    for (quantity, code) in [(-1, "LESS_THAN"), (1_000, "MAXIMUM_EXCEEDED")] {
        let lines = json!([{ "id": line, "quantity": quantity }]);
        assert_eq!(shop.refused(UPDATE, json!({ "cartId": id, "lines": lines })).await, one("lines.0.quantity", code));
    }
    let lines = line_inputs(&[(mug.variant_gid(0), 1)]);
    let refused = shop.refused(ADD, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(refused, one("lines.0.quantity", "MAXIMUM_EXCEEDED"), "with what is there already");
    for quantity in [json!(1.5), json!(2_147_483_648_i64), json!("1")] {
        let lines = json!([{ "merchandiseId": mug.variant_gid(0), "quantity": quantity }]);
        let answer = shop.cart_call(&Caller::guest(), ADD, json!({ "cartId": id, "lines": lines })).await;
        assert!(answer.body["errors"][0]["message"].is_string(), "{quantity} is no Int: {:#}", answer.body);
    }
    assert_eq!(quantities(&shop.read_cart(&id).await), [999]);
}

#[tokio::test]
async fn a_cart_holds_500_lines_and_a_call_250() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let distinct = |from: usize, count: usize| -> Value {
        (from..from + count)
            .map(|n| json!({ "merchandiseId": mug.variant_gid(0), "attributes": [{ "key": "n", "value": n.to_string() }] }))
            .collect()
    };
    let refused = shop.refused(CREATE, json!({ "input": { "lines": distinct(0, 251) } })).await;
    assert_eq!(refused, one("input.lines", "MAXIMUM_EXCEEDED"));
    let made = shop.change(CREATE, json!({ "input": { "lines": distinct(0, 250) } })).await;
    let id = made["cart"]["id"].clone();
    let full = shop.change(ADD, json!({ "cartId": id, "lines": distinct(250, 250) })).await;
    assert_eq!(full["cart"]["totalQuantity"], 500);
    assert_eq!(
        shop.refused(ADD, json!({ "cartId": id, "lines": distinct(500, 1) })).await,
        one("lines", "CART_TOO_LARGE")
    );
    let more = shop.change(ADD, json!({ "cartId": id, "lines": distinct(499, 1) })).await;
    assert_eq!(more["cart"]["totalQuantity"], 501, "a line that is there already grows");
}

#[tokio::test]
async fn no_client_sets_a_price() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    for extra in ["price", "amount", "cost", "total", "unitPrice"] {
        let lines = json!([{ "merchandiseId": mug.variant_gid(0), extra: "0.01" }]);
        let answer = shop.cart_call(&Caller::guest(), CREATE, json!({ "input": { "lines": lines } })).await;
        assert!(answer.body["errors"][0]["message"].as_str().is_some_and(|text| text.contains(extra)), "{extra}");
        assert_eq!(answer.body["data"], Value::Null);
    }
}

#[tokio::test]
async fn a_total_beyond_64_bits_is_refused_and_the_cart_stays_readable() {
    let shop = TestShop::new().await;
    let dear = product("Dear").price(i64::MAX / 2).make(&shop).await;
    let id = shop.cart(&[(dear.variant_gid(0), 2)]).await;
    let lines = line_inputs(&[(dear.variant_gid(0), 1)]);
    let answer = shop.cart_call(&Caller::guest(), ADD, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    assert_eq!(quantities(&shop.read_cart(&id).await), [2]);
}

#[tokio::test]
async fn texts_are_bounded_and_hold_no_card_number() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let id = shop.cart(&[]).await;
    let card = "pay with 4242 4242 4242 4242 please";
    shop.change(NOTE, json!({ "cartId": id, "note": "ü".repeat(5_000) })).await;
    let note = |text: String| shop.refused(NOTE, json!({ "cartId": id, "note": text }));
    assert_eq!(note("x".repeat(5_001)).await, one("note", "NOTE_TOO_LONG"));
    assert_eq!(note(card.to_owned()).await, one("note", "INVALID"));
    let attribute = |key: String, value: String| json!([{ "key": key, "value": value }]);
    shop.change(ATTRIBUTES, json!({ "cartId": id, "attributes": attribute("k".repeat(255), "v".repeat(1_000)) })).await;
    for (attributes, field) in [
        (attribute(String::new(), "v".to_owned()), "attributes.0.key"),
        (attribute("k".repeat(256), "v".to_owned()), "attributes.0.key"),
        (attribute("k".to_owned(), "v".repeat(1_001)), "attributes.0.value"),
        (attribute("k".to_owned(), card.to_owned()), "attributes.0.value"),
    ] {
        let refused = shop.refused(ATTRIBUTES, json!({ "cartId": id, "attributes": attributes })).await;
        assert_eq!(refused, one(field, "INVALID"));
    }
    let many: Value = (0..51).map(|n| json!({ "key": n.to_string(), "value": "" })).collect();
    let refused = shop.refused(ATTRIBUTES, json!({ "cartId": id, "attributes": many })).await;
    assert_eq!(refused, one("attributes", "MAXIMUM_EXCEEDED"));
    let lines =
        json!([{ "merchandiseId": mug.variant_gid(0), "attributes": attribute("k".to_owned(), card.to_owned()) }]);
    let refused = shop.refused(ADD, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(refused, one("lines.0.attributes.0.value", "INVALID"));
    let lines = json!([{ "merchandiseId": mug.variant_gid(0), "parent": { "merchandiseId": mug.variant_gid(0) } }]);
    let refused = shop.refused(ADD, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(refused, one("lines.0.parent", "PARENT_LINE_OPERATION_BLOCKED"));
}

#[tokio::test]
async fn nul_is_refused_and_every_other_character_is_kept() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let id = shop.cart(&[]).await;
    let nul = "a\u{0}b";
    let address = json!({ "lastName": nul, "address1": "1 Main St", "city": "Berlin", "countryCode": "DE" });
    for (document, variables) in [
        ("cartNoteUpdate(cartId: $id, note: $text)", json!(nul)),
        ("cartDiscountCodesUpdate(cartId: $id, discountCodes: [$text])", json!(nul)),
        ("cartAttributesUpdate(cartId: $id, attributes: [{ key: \"k\", value: $text }])", json!(nul)),
        ("cartAttributesUpdate(cartId: $id, attributes: [{ key: $text, value: \"v\" }])", json!(nul)),
        ("cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: { email: $text })", json!(nul)),
        ("cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: { phone: $text })", json!(nul)),
        ("cartUpdate(input: { cartId: $id, name: $text })", json!(nul)),
    ] {
        let document = format!("mutation($id: ID!, $text: String!) {{ {document} {{ userErrors {{ code }} }} }}");
        let answer = shop.guest(&document, json!({ "id": id, "text": variables })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{document}");
    }
    let variables = json!({ "cartId": id, "addresses": [delivery_address(address)] });
    let answer = shop.cart_call(&Caller::guest(), ADDRESSES_ADD, variables).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    let lines = json!([{ "merchandiseId": mug.variant_gid(0), "attributes": [{ "key": "k", "value": nul }] }]);
    let answer = shop.cart_call(&Caller::guest(), ADD, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");

    let odd = format!("\u{202e}rtl \u{200b} 👩‍🚀 {}\r\n\t\u{1}", "e\u{301}".repeat(1_000));
    let noted = shop.change(NOTE, json!({ "cartId": id, "note": odd })).await;
    assert_eq!(noted["cart"]["note"], odd.as_str());
    assert_eq!(shop.read_cart(&id).await["note"], odd.as_str());
}
