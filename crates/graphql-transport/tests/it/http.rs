//! Owns the tests of GraphQL over HTTP: methods, types, statuses, bodies.

use axum::{body::Body, http::Request};
use futures::{StreamExt, stream};
use graphql_transport::{Limits, Options, endpoint};
use serde_json::json;
use std::{sync::Arc, time::Duration};

use crate::support::*;

fn shop() -> axum::Router {
    Shop::new().routes(Limits::default())
}

#[tokio::test]
async fn a_query_is_answered_at_every_path_of_the_endpoint() {
    for path in ["/graphql", "/api/2025-07/graphql", "/api/unstable/graphql.json"] {
        let request = Request::post(path)
            .header("content-type", "application/json; charset=utf-8")
            .body(Body::from(r#"{"query":"{item{id}}"}"#))
            .unwrap();
        let answer = send(&shop(), request).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, r#"{"data":{"item":{"id":1}}}"#), "{path}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_body_must_be_plain_json() {
    let bodies = [
        ("text/plain", ""),
        ("", ""),
        ("application/x-www-form-urlencoded", ""),
        ("multipart/form-data; boundary=x", ""),
        ("application/json; charset=utf-16", ""),
        ("application/json", "gzip"),
    ];
    let shop = Shop::new();
    for (content_type, encoding) in bodies {
        let mut request = Request::post("/graphql");
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        if !encoding.is_empty() {
            request = request.header("content-encoding", encoding);
        }
        let request = request.body(Body::from(r#"{"query":"mutation{pay}"}"#)).unwrap();
        let answer = send(&shop.routes(Limits::default()), request).await;
        assert_eq!((answer.status, answer.code().as_str()), (415, "BAD_REQUEST"), "{content_type} {encoding}");
    }
    assert_eq!(shop.paid.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[tokio::test]
async fn other_methods_are_refused_and_told_which_are_not() {
    for method in ["PUT", "DELETE", "PATCH", "HEAD"] {
        let request = Request::builder().method(method).uri("/graphql").body(Body::empty()).unwrap();
        let answer = send(&shop(), request).await;
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, POST, OPTIONS"), "{method}");
    }
    let request = Request::options("/graphql").body(Body::empty()).unwrap();
    assert_eq!(send(&shop(), request).await.status, 204);
}

#[tokio::test]
async fn get_runs_queries_and_nothing_else() {
    let shop = Shop::new();
    let router = shop.routes(Limits::default());
    let variables = [("query", "query($i:Int!){item(id:$i){id}}"), ("variables", r#"{"i":4}"#)];
    let answer = get(&router, "*/*", &variables).await;
    assert_eq!(answer.text, r#"{"data":{"item":{"id":4}}}"#);

    let answer = get(&router, "application/json", &[("query", "mutation{pay}")]).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "POST"));
    assert_eq!(shop.executed.load(std::sync::atomic::Ordering::SeqCst), 1);

    let answer = get(&router, "*/*", &[("query", "subscription{counted(to:1)}")]).await;
    assert_eq!(answer.status, 406);
    let answer = get(&router, "*/*", &[]).await;
    assert_eq!(answer.status, 400);
    let answer = get(&router, "*/*", &[("query", "{item{id}}"), ("query", "mutation{pay}")]).await;
    assert_eq!(answer.status, 400);
    let answer = get(&router, "*/*", &[("query", "{item{id}}"), ("variables", "[1]")]).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn a_failed_document_has_no_data_and_the_status_that_its_type_wants() {
    for (document, strict) in
        [("{", 400), ("{nothing}", 400), ("{item{id}", 400), ("query($a:Int!){numbers(of:[$a])}", 400)]
    {
        let body = json!({ "query": document }).to_string();
        for (accept, status) in [(STRICT, strict), ("*/*", 400), ("application/json", 200)] {
            let answer = post_raw(&shop(), accept, body.clone()).await;
            assert_eq!(answer.status, status, "{document} as {accept}");
            assert_eq!(answer.json().get("data"), None, "{document} as {accept}");
            assert_eq!(answer.code(), "BAD_REQUEST", "{document} as {accept}");
        }
    }
}

#[tokio::test]
async fn limits_and_broken_requests_keep_their_status_for_every_type() {
    let deep = format!("{}id{}", "{item".repeat(30), "}".repeat(30));
    for (body, code) in [(json!({ "query": deep }).to_string(), "QUERY_TOO_COMPLEX"), ("{".to_owned(), "BAD_REQUEST")] {
        for accept in [STRICT, "*/*", "application/json"] {
            let answer = post_raw(&shop(), accept, body.clone()).await;
            assert_eq!((answer.status, answer.code().as_str()), (400, code), "{accept}");
        }
    }
}

#[tokio::test]
async fn an_answer_whose_data_became_null_has_data_and_status_200() {
    let answer = query(&shop(), "{must{broken}}").await;
    assert_eq!(answer.status, 200);
    assert!(answer.json().as_object().unwrap()["data"].is_null());
}

#[tokio::test]
async fn a_type_that_is_not_ours_is_not_acceptable() {
    let body = json!({ "query": "{item{id}}" }).to_string();
    for accept in ["image/png", "text/html", "application/json;q=0"] {
        assert_eq!(post_raw(&shop(), accept, body.clone()).await.status, 406, "{accept}");
    }
    assert_eq!(get(&shop(), "text/html", &[]).await.status, 406);
}

#[tokio::test]
async fn a_browser_gets_the_page_where_there_is_one() {
    let ide: graphql_transport::Ide = Arc::new(|_| axum::response::IntoResponse::into_response("the page"));
    let options = Options { ide: Some(ide), ..options(Limits::default()) };
    let router = axum::Router::new().route("/graphql", endpoint(Shop::new(), options));
    let answer = get(&router, "text/html,application/xhtml+xml,*/*;q=0.8", &[]).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "the page"));
    let answer = post_raw(&router, "text/html,*/*;q=0.8", r#"{"query":"{item{id}}"}"#).await;
    assert_eq!(answer.text, r#"{"data":{"item":{"id":1}}}"#);
}

#[tokio::test]
async fn a_body_is_refused_once_it_passes_the_cap() {
    let answer = post_raw(&shop(), "*/*", vec![b' '; 262_145]).await;
    assert_eq!(answer.status, 413);
    // Without an announced length: pieces of an endless body are counted as they come.
    let piece = || Ok::<_, std::io::Error>(vec![b' '; 65_536]);
    let endless = Body::from_stream(stream::repeat_with(piece));
    let answer = post_raw(&shop(), "*/*", endless).await;
    assert_eq!((answer.status, answer.header("connection")), (413, "close"));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_given_up() {
    let first = stream::iter([Ok::<_, std::io::Error>("{\"query\":")]);
    let answer = post_raw(&shop(), "*/*", Body::from_stream(first.chain(stream::pending()))).await;
    assert_eq!((answer.status, answer.header("connection")), (408, "close"));
}

#[tokio::test(start_paused = true)]
async fn a_query_that_takes_too_long_is_given_up_in_time() {
    let before = tokio::time::Instant::now();
    let answer = query(&shop(), "{sleeps}").await;
    assert_eq!((answer.status, answer.code().as_str()), (503, "REQUEST_TIMEOUT"));
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(before.elapsed().as_secs(), Duration::from_secs(10).as_secs());
}

#[tokio::test]
async fn a_panic_becomes_an_internal_error_with_an_id() {
    let answer = query(&shop(), "{panics}").await;
    assert_eq!(answer.status, 500);
    assert_eq!(
        answer.json(),
        json!({ "errors": [{ "message": "internal error", "extensions": { "code": "INTERNAL_SERVER_ERROR", "requestId": "request-7" } }] })
    );
}

#[tokio::test]
async fn a_bad_token_is_refused_before_anything_runs() {
    let shop = Shop::new();
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("authorization", "bad")
        .body(Body::from(r#"{"query":"mutation{pay}"}"#))
        .unwrap();
    let answer = send(&shop.routes(Limits::default()), request).await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "UNAUTHENTICATED"));
    assert_eq!(shop.executed.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[tokio::test]
async fn introspection_can_be_switched_off() {
    let strict = Options { introspection: false, ..options(Limits::default()) };
    let router = axum::Router::new().route("/graphql", endpoint(Shop::new(), strict));
    for document in ["{__schema{types{name}}}", "{item{id} __type(name:\"Item\"){name}}"] {
        assert_eq!(query(&router, document).await.status, 400, "{document}");
    }
    assert_eq!(query(&router, "{__typename}").await.status, 200);
}
