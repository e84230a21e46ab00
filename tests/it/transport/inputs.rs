//! What values are refused, how they are named, and that foreign objects read like missing ones.

use serde_json::{Value, json};

use super::ask;
use crate::{
    make::catalog::{product, variant},
    support::{Server, Visitor},
};

#[tokio::test]
async fn a_variable_of_the_wrong_kind_is_named_and_not_repeated() {
    let server = Server::start().await;
    let by_handle = "query($handle: String!) { product(handle: $handle) { id } }";
    let page = "query($first: Int) { products(first: $first) { nodes { id } } }";
    for (document, variables, name) in [
        (by_handle, json!({}), "handle"),
        (by_handle, json!({ "handle": null }), "handle"),
        (by_handle, json!({ "handle": 4_711_815 }), "handle"),
        (by_handle, json!({ "handle": { "secret": "hunter2" } }), "handle"),
        (page, json!({ "first": "5" }), "first"),
        (page, json!({ "first": 1.5 }), "first"),
        (page, json!({ "first": 99_999_999_999_u64 }), "first"),
        (page, json!({ "first": true }), "first"),
    ] {
        let reply = ask(&server, document, variables.clone()).await;
        assert_eq!(reply.status, 400, "{variables}: {}", reply.text());
        assert_eq!(reply.json().get("data"), None, "{variables}");
        assert!(reply.text().contains(name), "{variables}: {}", reply.text());
        for value in ["4711815", "hunter2", "99999999999"] {
            assert!(!reply.text().contains(value), "{}", reply.text());
        }
    }
    let registered = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }";
    let bought = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } } }";
    for (document, input) in [
        (registered, json!("hunter2")),
        (bought, json!({ "cartId": "gid://cartwright/Cart/x", "expectedTotal": "47.11" })),
    ] {
        let reply = ask(&server, document, json!({ "input": input })).await;
        assert!(["BAD_REQUEST", "BAD_USER_INPUT"].contains(&reply.code().as_str()), "{}", reply.text());
        assert!(!reply.text().contains("hunter2") && !reply.text().contains("47.11"), "{}", reply.text());
    }
    let extra = ask(&server, by_handle, json!({ "handle": "x", "unknown": [1, 2, 3] })).await;
    assert_eq!(extra.answer().at("/product"), Value::Null, "a variable nobody asked for is ignored");
}

#[tokio::test]
async fn variables_have_a_depth_and_a_size() {
    let server = Server::start().await;
    let mut nested = String::from("1");
    for _ in 0..10_000 {
        nested = format!("[{nested}]");
    }
    let document = "query($a: Int) { products(first: $a) { nodes { id } } }";
    let body = format!("{{\"query\":\"{document}\",\"variables\":{{\"a\":{nested}}}}}");
    let request = server.request(reqwest::Method::POST, "/graphql").header("content-type", "application/json");
    let reply = server.send(request.body(body)).await;
    assert_eq!(reply.status, 400, "{}", reply.text());
    let request = server.request(reqwest::Method::POST, "/graphql");
    let large = json!({ "query": document, "variables": { "a": "x".repeat(300_000) } });
    assert_eq!(server.send(request.json(&large)).await.status, 413);
}

#[tokio::test]
async fn integers_are_whole_and_of_32_bits() {
    let server = Server::start().await;
    for literal in
        ["99999999999", "-99999999999", "1.5", "1e400", "1e2", "\"5\"", "-0", "01", "0x10", "true", "FIVE", "[5]"]
    {
        let reply = ask(&server, &format!("{{ products(first: {literal}) {{ nodes {{ id }} }} }}"), json!({})).await;
        // A list of one value is that value's list, never the other way round.
        assert_eq!(reply.status, 400, "{literal}: {}", reply.text());
        assert!(matches!(reply.code().as_str(), "BAD_REQUEST" | "BAD_USER_INPUT"), "{literal}: {}", reply.text());
    }
}

#[tokio::test]
async fn what_is_no_id_is_refused_and_what_is_unknown_is_null() {
    let server = Server::start().await;
    let made = product("Lamp").make(&server.shop).await;
    let order = server.buy(&Visitor::guest(), &made.variant_gid(0), "sandbox_ok").await;
    let long = "x".repeat(10_000);
    for id in ["", &long, "../../etc/passwd", "1 OR 1=1", "gid://cartwright/Product/1", &order.order_id] {
        let shown = &id[..id.len().min(40)];
        let reply = ask(&server, "query($id: ID!) { product(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!((reply.status, reply.code().as_str()), (200, "BAD_USER_INPUT"), "{shown}: {}", reply.text());
        assert_eq!(reply.json()["data"], json!({ "product": null }), "{shown}");
        assert!(!reply.text().contains(&long), "the id is not repeated");
    }
    let missing = "gid://cartwright/Product/018f0000-0000-7000-8000-000000000000";
    let reply =
        ask(&server, "query($id: ID!) { product(id: $id) { id } node(id: $id) { id } }", json!({ "id": missing }));
    assert_eq!(reply.await.answer().at(""), json!({ "product": null, "node": null }));
}

#[tokio::test]
async fn a_foreign_order_reads_like_a_missing_one() {
    let server = Server::start().await;
    let lamp = product("Lamp").variant(variant(1_000).stock(10)).make(&server.shop).await;
    let ada = server.customer("ada@example.com").await;
    let bob = server.customer("bob@example.com").await;
    let of_ada = server.buy(&ada, &lamp.variant_gid(0), "sandbox_ok").await.order_id;
    let missing = "gid://cartwright/Order/018f0000-0000-7000-8000-000000000000";
    let read = "query($id: ID!) { order(id: $id) { id number } node(id: $id) { id } nodes(ids: [$id]) { id } }";
    let nothing = json!({ "order": null, "node": null, "nodes": [null] });
    let change = "mutation($id: ID!) { orderCancel(input: { orderId: $id }) { order { id } userErrors { code } } }";
    for visitor in [Visitor::guest(), bob] {
        let mut messages = Vec::new();
        for id in [of_ada.as_str(), missing] {
            assert_eq!(server.graphql(&visitor, read, json!({ "id": id })).await.at(""), nothing);
            let refused = server.post(&visitor, json!({ "query": change, "variables": { "id": id } })).await;
            assert_eq!((refused.status, refused.code().as_str()), (200, "NOT_FOUND"));
            messages.push(refused.json()["errors"][0]["message"].clone());
        }
        assert_eq!(messages[0], messages[1]);
    }
    assert_eq!(server.graphql(&ada, read, json!({ "id": of_ada })).await.text("/order/id"), of_ada);
}

#[tokio::test]
async fn a_nul_in_a_text_is_never_a_fault() {
    let server = Server::start().await;
    let lamp = product("Lamp").make(&server.shop).await;
    let cart = server.cart_of(&Visitor::guest(), &lamp.variant_gid(0)).await;
    let nul = "a\u{0}b";
    let account = "mutation($email: String!, $name: String) { customerCreate(input: { email: $email,
        password: \"three small elephants\", firstName: $name }) { userErrors { code } } }";
    let address = json!({ "lastName": nul, "address1": nul, "city": nul, "zip": nul, "countryCode": "DE" });
    let completion = json!({ "cartId": cart, "email": nul, "shippingAddress": address,
        "payment": { "gateway": nul, "token": nul }, "idempotencyKey": nul });
    for (document, variables) in [
        ("query($t: String) { products(query: $t) { nodes { id } } }", json!({ "t": nul })),
        ("query($t: String!) { search(query: $t) { nodes { __typename } } }", json!({ "t": nul })),
        ("query($t: String!) { product(handle: $t) { id } }", json!({ "t": nul })),
        ("query($t: String!) { collection(handle: $t) { id } }", json!({ "t": nul })),
        ("query($t: String) { products(after: $t) { nodes { id } } }", json!({ "t": nul })),
        ("query($t: ID!) { node(id: $t) { id } }", json!({ "t": format!("gid://cartwright/Product/{nul}") })),
        ("query($t: ID!) { cart(id: $t) { id } }", json!({ "t": format!("{cart}{nul}") })),
        (
            "mutation($id: ID!, $t: String!) { cartNoteUpdate(cartId: $id, note: $t) { userErrors { code } } }",
            json!({ "id": cart, "t": nul }),
        ),
        (
            "mutation($id: ID!, $t: String!) { cartAttributesUpdate(cartId: $id, attributes: [{ key: $t, value: $t }]) {
                userErrors { code } } }",
            json!({ "id": cart, "t": nul }),
        ),
        (
            "mutation($id: ID!, $t: [String!]!) { cartDiscountCodesUpdate(cartId: $id, discountCodes: $t) {
                userErrors { code } } }",
            json!({ "id": cart, "t": [nul] }),
        ),
        (
            "mutation($id: ID!, $t: String) { cartUpdate(input: { cartId: $id, name: $t }) { userErrors { code } } }",
            json!({ "id": cart, "t": nul }),
        ),
        (account, json!({ "email": "a\u{0}@example.com" })),
        (account, json!({ "email": "a@example.com", "name": nul })),
        (
            "mutation($t: String!) { customerAccessTokenCreate(input: { email: $t, password: $t }) { userErrors { code } } }",
            json!({ "t": nul }),
        ),
        (
            "mutation($t: String!) { staffAccessTokenRenew(input: { refreshToken: $t }) { userErrors { code } } }",
            json!({ "t": nul }),
        ),
        (
            "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { userErrors { code } } }",
            json!({ "input": completion }),
        ),
    ] {
        let reply = ask(&server, document, variables).await;
        assert!(matches!(reply.status, 200 | 400), "{document}: {} {}", reply.status, reply.text());
        assert!(!reply.text().contains("INTERNAL_SERVER_ERROR"), "{document}: {}", reply.text());
        if document.starts_with("mutation") {
            let refused = reply.text().contains("BAD_USER_INPUT") || reply.text().contains("\"code\":\"");
            assert!(refused, "{document}: {}", reply.text());
        }
    }
}
