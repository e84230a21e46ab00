//! Owns the tests of answers as server-sent events.

use axum::body::Body;
use graphql_transport::Limits;
use http_body_util::BodyExt;
use std::time::Duration;
use tower::ServiceExt;

use crate::support::*;

const EVENTS: &str = "text/event-stream";

#[tokio::test]
async fn a_subscription_is_a_stream_of_results_and_an_end() {
    let router = Shop::new().routes(Limits::default());
    let expected = "event: next\ndata: {\"data\":{\"counted\":1}}\n\nevent: next\ndata: {\"data\":{\"counted\":2}}\n\nevent: complete\ndata: \n\n";
    let answer = post_raw(&router, EVENTS, r#"{"query":"subscription{counted(to:2)}"}"#).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/event-stream"));
    assert_eq!(answer.text, expected);
    let answer = get(&router, EVENTS, &[("query", "subscription{counted(to:2)}")]).await;
    assert_eq!(answer.text, expected);
    // Clients that name every type they know get a stream for what can only be one.
    let all = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
    let answer = post_raw(&router, all, r#"{"query":"subscription{counted(to:2)}"}"#).await;
    assert_eq!(answer.text, expected);
    let answer = post_raw(&router, all, r#"{"query":"{item{id}}"}"#).await;
    assert_eq!(answer.text, r#"{"data":{"item":{"id":1}}}"#);
}

#[tokio::test]
async fn queries_and_mutations_are_one_result_and_an_end() {
    let router = Shop::new().routes(Limits::default());
    let answer = post_raw(&router, EVENTS, r#"{"query":"mutation{pay}"}"#).await;
    assert_eq!(answer.text, "event: next\ndata: {\"data\":{\"pay\":1}}\n\nevent: complete\ndata: \n\n");
    let answer = get(&router, EVENTS, &[("query", "mutation{pay}")]).await;
    assert_eq!(answer.status, 405);
}

#[tokio::test]
async fn a_document_that_the_schema_refuses_is_one_result_with_errors() {
    let router = Shop::new().routes(Limits::default());
    let answer = post_raw(&router, EVENTS, r#"{"query":"subscription{nothing}"}"#).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.starts_with("event: next\ndata: {\"errors\":[{"), "{}", answer.text);
    assert!(answer.text.ends_with("event: complete\ndata: \n\n"), "{}", answer.text);
}

#[tokio::test]
async fn what_the_gate_refuses_is_no_stream() {
    let router = Shop::new().routes(Limits::default());
    for (body, status) in
        [(r#"{"query":"subscription{a:counted(to:1) b:counted(to:1)}"}"#, 400), (r#"{"query":"{"}"#, 400), ("{", 400)]
    {
        let answer = post_raw(&router, EVENTS, body).await;
        assert_eq!((answer.status, answer.code().is_empty()), (status, false), "{body}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    }
    for accept in [STRICT, "application/json", "*/*"] {
        let answer = post_raw(&router, accept, r#"{"query":"subscription{counted(to:1)}"}"#).await;
        assert_eq!(answer.status, 406, "{accept}");
    }
}

#[tokio::test]
async fn a_subscription_that_panics_says_no_more_than_that_it_failed() {
    let router = Shop::new().routes(Limits::default());
    let answer = post_raw(&router, EVENTS, r#"{"query":"subscription{collapses}"}"#).await;
    assert!(answer.text.contains("{\"data\":{\"collapses\":1}}"), "{}", answer.text);
    assert!(answer.text.contains("internal error"), "{}", answer.text);
    assert!(!answer.text.contains("secret"), "{}", answer.text);
    assert!(answer.text.ends_with("event: complete\ndata: \n\n"), "{}", answer.text);
}

/// Opens an endless subscription and returns what it sends, piece by piece.
async fn forever(shop: &Shop, limits: Limits) -> Body {
    let request = http::Request::post("/graphql")
        .header("content-type", "application/json")
        .header("accept", EVENTS)
        .body(Body::from(r#"{"query":"subscription{forever}"}"#))
        .expect("the request is well-formed");
    shop.routes(limits).oneshot(request).await.expect("routers are infallible").into_body()
}

async fn piece(body: &mut Body) -> Option<String> {
    let frame = tokio::time::timeout(Duration::from_secs(60), body.frame()).await.expect("a piece in time")?;
    let data = frame.ok().and_then(|frame| frame.into_data().ok()).expect("a piece of data");
    Some(String::from_utf8(data.to_vec()).expect("answers are UTF-8"))
}

#[tokio::test(start_paused = true)]
async fn a_quiet_stream_is_kept_awake_by_comments() {
    let mut body = forever(&Shop::new(), Limits::default()).await;
    assert!(piece(&mut body).await.unwrap().contains("\"forever\":1"));
    let before = tokio::time::Instant::now();
    assert_eq!(piece(&mut body).await.as_deref(), Some(": ping\n\n"));
    assert_eq!(before.elapsed().as_secs(), 12);
}

#[tokio::test(start_paused = true)]
async fn a_stream_ends_when_the_server_goes_down_and_when_the_session_does() {
    let down = Shop::new();
    let mut body = forever(&down, Limits::default()).await;
    piece(&mut body).await;
    down.shutdown.cancel();
    assert_eq!(piece(&mut body).await.as_deref(), Some("event: complete\ndata: \n\n"));
    assert_eq!(piece(&mut body).await, None);

    let revoked = Shop::new();
    let mut body = forever(&revoked, Limits::default()).await;
    piece(&mut body).await;
    revoked.valid.store(false, std::sync::atomic::Ordering::SeqCst);
    let before = tokio::time::Instant::now();
    while piece(&mut body).await.is_some() {}
    assert!(before.elapsed() <= Duration::from_secs(30));
}
