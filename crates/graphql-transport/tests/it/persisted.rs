//! Owns the tests of automatic persisted queries.

use graphql_transport::Limits;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::*;

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[tokio::test]
async fn a_registered_document_is_found_by_its_hash() {
    let router = Shop::new().routes(Limits::default());
    let text = "query($i:Int!){item(id:$i){id}}";
    let by_hash = json!({ "extensions": persisted(&hash(text)), "variables": { "i": 3 } });

    let answer = post(&router, by_hash.clone()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(answer.code(), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(answer.json().get("data"), None);

    let registering = json!({ "query": text, "extensions": persisted(&hash(text)), "variables": { "i": 2 } });
    assert_eq!(post(&router, registering).await.json()["data"]["item"]["id"], 2);
    assert_eq!(post(&router, by_hash).await.json()["data"]["item"]["id"], 3);

    let extensions = persisted(&hash(text)).to_string();
    let answer = get(&router, "*/*", &[("extensions", &extensions), ("variables", r#"{"i":5}"#)]).await;
    assert_eq!(answer.json()["data"]["item"]["id"], 5);
}

#[tokio::test]
async fn a_persisted_mutation_still_needs_post() {
    let shop = Shop::new();
    let router = shop.routes(Limits::default());
    let extensions = persisted(&hash("mutation{pay}"));
    let answer = post(&router, json!({ "query": "mutation{pay}", "extensions": extensions })).await;
    assert_eq!(answer.json()["data"]["pay"], 1);
    let answer = get(&router, "*/*", &[("extensions", &extensions.to_string())]).await;
    assert_eq!(answer.status, 405);
    assert_eq!(shop.paid.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_wrong_or_malformed_hash_is_refused() {
    let router = Shop::new().routes(Limits::default());
    for extensions in [
        persisted(&hash("{item{name}}")),
        persisted("abc"),
        persisted(&"é".repeat(32)),
        json!({ "persistedQuery": { "version": 2, "sha256Hash": hash("{item{id}}") } }),
        json!({ "persistedQuery": { "sha256Hash": hash("{item{id}}") } }),
        json!({ "persistedQuery": true }),
    ] {
        let answer = post(&router, json!({ "query": "{item{id}}", "extensions": extensions })).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{extensions}");
    }
}

#[tokio::test]
async fn a_refused_document_is_not_kept() {
    let router = Shop::new().routes(Limits::default());
    let text = format!("{}id{}", "{item".repeat(30), "}".repeat(30));
    let extensions = persisted(&hash(&text));
    let answer = post(&router, json!({ "query": text, "extensions": extensions })).await;
    assert_eq!(answer.status, 400);
    let answer = post(&router, json!({ "extensions": extensions })).await;
    assert_eq!(answer.code(), "PERSISTED_QUERY_NOT_FOUND");
}
