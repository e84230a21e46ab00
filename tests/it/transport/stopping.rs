//! A stop finishes what runs: a rolling restart loses no request.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::net::TcpStream;

use crate::{
    make::{
        catalog::{product, variant},
        purchase::{COMPLETE, completion},
    },
    support::{Server, Visitor},
};

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_server_goes() {
    let mut server = Server::with(&[("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "1.2")]).await;
    let lamp = product("Lamp").variant(variant(1_000).stock(5)).make(&server.shop).await;
    let guest = Visitor::guest();
    let cart = server.cart_of(&guest, &lamp.variant_gid(0)).await;
    // A gateway that stays silent keeps the request for as long as its patience lasts.
    let body = json!({ "query": COMPLETE, "variables": { "input": completion(&cart, "sandbox_timeout") } });
    let request = server.request(reqwest::Method::POST, "/graphql").json(&body);
    let running = tokio::spawn(request.send());
    tokio::time::sleep(Duration::from_millis(300)).await;
    let stop = server.begin_stop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!running.is_finished(), "the request is still running");
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody new is let in");
    let response = running.await.expect("no panic").expect("the request in flight is answered");
    assert_eq!(response.status(), 200);
    let body: serde_json::Value = response.json().await.expect("JSON");
    assert_eq!(body["data"]["checkoutComplete"]["order"]["status"], "PENDING_PAYMENT", "{body:#}");
    stop.await.expect("the server stops");
}

#[tokio::test]
async fn an_idle_connection_does_not_delay_the_stop() {
    let mut server = Server::start().await;
    // Kept alive by the client for the next request.
    assert_eq!(server.get("/healthz").await.status, 200);
    let _silent = TcpStream::connect(server.address).await.expect("connected");
    let began = Instant::now();
    server.stop().await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}
