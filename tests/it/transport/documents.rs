//! What a document may ask for: size, depth, repetition, operations, objects returned.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{MODES, ask, in_mode};
use crate::{
    make::catalog::{collection, product},
    support::{Server, Visitor},
};

#[tokio::test]
async fn documents_that_grow_are_refused_at_once() {
    for mode in MODES {
        let server = in_mode(mode).await;
        let mut doubling = String::from("{...A0}");
        for level in 0..24 {
            doubling += &format!("fragment A{level} on Query{{...A{} ...A{0}}}", level + 1);
        }
        doubling += "fragment A24 on Query{shop{id}}";
        let brackets = "[".repeat(100_000);
        let deep_list = format!("{{ products(first: {}) {{ nodes {{ id }} }} }}", "[".repeat(10_000));
        let braces = "{a".repeat(5_000);
        let operations: String = (0..1_000).map(|number| format!("query Q{number}{{shop{{id}}}}")).collect();
        let fragments: String = (0..1_000).map(|number| format!("fragment F{number} on Shop{{id}}")).collect();
        let unused = format!("{{shop{{id}}}}{fragments}");
        for (name, document) in [
            ("24 fragments, each twice", doubling.as_str()),
            ("100,000 brackets", brackets.as_str()),
            ("10,000 brackets in a value", deep_list.as_str()),
            ("5,000 braces", braces.as_str()),
            ("1,000 operations", operations.as_str()),
            ("1,000 unused fragments", unused.as_str()),
        ] {
            let began = Instant::now();
            let reply = ask(&server, document, json!({})).await;
            let took = began.elapsed();
            assert_eq!(reply.status, 400, "{name}: {}", reply.text());
            assert!(reply.body.len() < 2_000, "{name}: {} bytes", reply.body.len());
            assert!(took < Duration::from_millis(500), "{name} took {took:?}");
            assert!(matches!(reply.code().as_str(), "QUERY_TOO_COMPLEX" | "BAD_REQUEST"), "{name}");
            assert_eq!(reply.json().get("data"), None, "{name}");
        }
    }
}

#[tokio::test]
async fn the_operation_must_be_the_one_that_was_named() {
    let server = Server::start().await;
    let two = "query A { shop { name } } query B { shop { id } }";
    for (document, name) in [
        (two, json!("C")),
        (two, Value::Null),
        ("{ shop { name } } { shop { id } }", Value::Null),
        ("fragment F on Shop { name }", Value::Null),
        ("", Value::Null),
    ] {
        let reply = server.post(&Visitor::guest(), json!({ "query": document, "operationName": name })).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"), "{document}");
    }
    let reply = server.post(&Visitor::guest(), json!({ "query": two, "operationName": "A" })).await;
    assert_eq!(reply.answer().text("/shop/name"), "My shop");
}

#[tokio::test]
async fn pages_inside_pages_stop_at_twenty_thousand_objects() {
    let server = Server::start().await;
    let mut made = Vec::new();
    for number in 0..30 {
        made.push(product(&format!("Thing {number}")).make(&server.shop).await);
    }
    collection(&server.shop, "All", true, &made.iter().collect::<Vec<_>>()).await;
    let small = ask(&server, "{ products(first: 5) { nodes { id } } }", json!({})).await;
    assert_eq!(small.json()["extensions"]["cost"], json!({ "objects": 5, "limit": 20_000 }));
    // 30 + 30 + 900 + 900 + 27,000 objects.
    let product = "{ products(first: 250) { nodes { collections(first: 250) { nodes { products(first: 250) { nodes { \
                   collections(first: 250) { nodes { products(first: 250) { nodes { id } } } } } } } } } } }";
    let reply = ask(&server, product, json!({})).await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "QUERY_TOO_COMPLEX"));
    assert!(reply.body.len() < 100_000, "{} bytes", reply.body.len());
    let objects = reply.json()["extensions"]["cost"]["objects"].as_u64().expect("a number");
    assert!(objects > 20_000, "{objects}");
}

#[tokio::test]
async fn pages_are_twenty_long_and_their_arguments_are_checked() {
    let server = Server::start().await;
    for number in 0..25 {
        product(&format!("Thing {number}")).make(&server.shop).await;
    }
    let left_out = ask(&server, "{ products { nodes { id } pageInfo { hasNextPage } } }", json!({})).await.answer();
    assert_eq!(left_out.at("/products/nodes").as_array().map(Vec::len), Some(20));
    assert_eq!(left_out.at("/products/pageInfo/hasNextPage"), true);
    for (arguments, named) in [
        ("first: 1000000", "first"),
        ("first: 251", "first"),
        ("first: 0", "first"),
        ("first: -1", "first"),
        ("last: 0", "last"),
        ("last: 251", "last"),
        ("first: 2, last: 2", "last"),
        ("first: 2, after: \"garbage\"", "after"),
        ("first: 2, after: \"\"", "after"),
        ("last: 2, before: \"AAAA\"", "before"),
    ] {
        for list in ["products", "collections", "productTags", "productTypes"] {
            let fields = if list.starts_with("product") && list != "products" { "nodes" } else { "nodes { id }" };
            let reply = ask(&server, &format!("{{ {list}({arguments}) {{ {fields} }} }}"), json!({})).await;
            assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_USER_INPUT"), "{list}({arguments})");
            let argument = reply.json()["errors"][0]["extensions"]["argument"].clone();
            assert!(argument == named || (named == "last" && argument == "first"), "{list}({arguments}): {argument}");
        }
    }
}

#[tokio::test]
async fn a_mutation_has_ten_fields_at_most_and_one_guess_at_a_secret() {
    for mode in MODES {
        let server = in_mode(mode).await;
        let carts = |count: usize| {
            let fields: String =
                (0..count).map(|number| format!("c{number}: cartCreate {{ cart {{ id }} }} ")).collect();
            format!("mutation {{ {fields} }}")
        };
        for count in [11, 30, 100] {
            let reply = ask(&server, &carts(count), json!({})).await;
            assert_eq!((reply.status, reply.code().as_str()), (400, "QUERY_TOO_COMPLEX"), "{count}");
        }
        assert_eq!(ask(&server, &carts(10), json!({})).await.status, 200);
        let sign_in =
            "customerAccessTokenCreate(input: { email: \"a@example.com\", password: \"x\" }) { userErrors { code } }";
        let staff =
            "staffAccessTokenCreate(input: { email: \"a@example.com\", password: \"x\" }) { userErrors { code } }";
        for fields in [format!("a: {sign_in} b: {sign_in}"), format!("a: {sign_in} b: {staff}")] {
            let reply = ask(&server, &format!("mutation {{ {fields} }}"), json!({})).await;
            assert_eq!((reply.status, reply.code().as_str()), (400, "QUERY_TOO_COMPLEX"), "{fields}");
        }
        assert_eq!(ask(&server, &format!("mutation {{ {sign_in} }}"), json!({})).await.status, 200);
    }
}

#[tokio::test]
async fn directives_need_their_arguments_and_those_of_front_ends_are_accepted() {
    let server = Server::start().await;
    for document in [
        "{ shop { name @skip(if: null) } }",
        "{ shop { name @include } }",
        "{ shop { name @skip(if: 1) } }",
        "{ shop { name @unknown } }",
        "{ shop { name @inContext(country: DE) } }",
        "query @inContext(country: NOWHERE) { shop { name } }",
        "{ shop @defer { name } }",
    ] {
        let reply = ask(&server, document, json!({})).await;
        assert_eq!(reply.status, 400, "{document}: {}", reply.text());
        assert_eq!(reply.json().get("data"), None, "{document}");
    }
    let document =
        "query($country: CountryCode, $language: LanguageCode) @inContext(country: $country, language: $language) {
        shop { ...Slow @defer(label: \"slow\") ... @defer(if: true) { id } } } fragment Slow on Shop { name }";
    let reply = ask(&server, document, json!({ "country": "DE", "language": "DE" })).await;
    assert_eq!(reply.answer().text("/shop/name"), "My shop");
    assert!(reply.answer().text("/shop/id").starts_with("gid://cartwright/Shop/"));
    let left_out = ask(&server, document, json!({})).await;
    assert_eq!(left_out.answer().text("/shop/name"), "My shop");
    let document = "mutation @inContext(country: JP) { cartCreate { cart { id } userErrors { code } } }";
    ask(&server, document, json!({})).await.answer().done("cartCreate");
}
