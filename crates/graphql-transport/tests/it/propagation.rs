//! Owns the tests of what the library does with errors, key order and repeated fields: graphql-js's answers, which an upgrade
//! must not change.

use graphql_transport::Limits;
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn keys_come_in_the_order_of_the_document() {
    let answer = query(&Shop::new().routes(Limits::default()), "{item{slow name id}}").await;
    assert_eq!(answer.text, r#"{"data":{"item":{"slow":1,"name":"lamp","id":1}}}"#);
}

#[tokio::test]
async fn errors_propagate_to_the_nearest_nullable_parent() {
    let router = Shop::new().routes(Limits::default());
    for (document, data) in [
        ("{item{id broken} echo(text:\"x\")}", json!({ "item": null, "echo": "x" })),
        ("{item{id next{broken}}}", json!({ "item": { "id": 1, "next": null } })),
        ("{item{id related{broken}}}", json!({ "item": null })),
        ("{must{broken}}", json!(null)),
        ("{item{absent id}}", json!({ "item": { "absent": null, "id": 1 } })),
    ] {
        let answer = query(&router, document).await;
        assert_eq!(answer.json()["data"], data, "{document}");
        assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(1), "{document}");
        assert_eq!(answer.status, 200, "{document}");
    }
}

#[tokio::test]
async fn a_field_written_twice_runs_once() {
    let shop = Shop::new();
    let router = shop.routes(Limits::default());
    let answer = query(&router, "mutation{pay pay pay(amount:0)}").await;
    assert_eq!(answer.status, 400, "{}", answer.text);
    let answer = query(&router, "mutation{pay pay pay}").await;
    assert_eq!(answer.text, r#"{"data":{"pay":1}}"#);
    let answer = query(&router, "mutation{...A ...A} fragment A on Mutation{pay}").await;
    assert_eq!(answer.text, r#"{"data":{"pay":2}}"#);
    for document in [
        "mutation{pay ...A} fragment A on Mutation{pay}",
        "mutation{pay ...on Mutation{pay(amount:2)}}",
        "mutation{pay @include(if:true) pay}",
    ] {
        let answer = query(&router, document).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{document}");
    }
    assert_eq!(shop.paid.load(std::sync::atomic::Ordering::SeqCst), 2);
}

#[tokio::test]
async fn selections_of_a_field_written_twice_are_joined() {
    let router = Shop::new().routes(Limits::default());
    let answer = query(&router, "{item{id} item{name next{id}} item{next{name}}}").await;
    assert_eq!(answer.text, r#"{"data":{"item":{"id":1,"name":"lamp","next":{"id":2,"name":"lamp"}}}}"#);
    let answer = query(&router, "{item{id} ...A} fragment A on Query{item{name}}").await;
    assert_eq!(answer.json()["data"], json!({ "item": { "id": 1, "name": "lamp" } }));
}
