//! Owns the tests of a socket's bounds: time, number, size, slow readers, ends from the server's side.

use std::time::{Duration, Instant};

use futures::StreamExt;
use graphql_transport::Limits;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    socket::{Client, serve},
    support::Shop,
};

#[tokio::test]
async fn a_socket_without_init_is_closed_with_4408() {
    let limits = Limits { socket_init: Duration::from_millis(200), ..Limits::default() };
    let url = serve(&Shop::new(), limits).await;
    let mut client = Client::open(&url).await;
    client.say(json!({ "type": "ping" })).await;
    client.hear_json().await;
    let before = Instant::now();
    assert_eq!(client.close_code().await, 4408);
    assert!(before.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_twenty_first_subscription_is_refused_and_the_socket_stays() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::ready(&url).await;
    for number in 0..20 {
        client.subscribe(&number.to_string(), "subscription{forever}").await;
        assert_eq!(client.hear_json().await["type"], "next");
    }
    client.subscribe("21", "subscription{forever}").await;
    let heard = client.hear_json().await;
    assert_eq!((&heard["type"], &heard["id"]), (&json!("error"), &json!("21")));
    client.say(json!({ "type": "complete", "id": "3" })).await;
    client.subscribe("21", "subscription{forever}").await;
    assert_eq!(client.hear_json().await["type"], "next");
}

#[tokio::test]
async fn a_message_over_64_kb_closes_with_1009() {
    let url = serve(&Shop::new(), Limits::default()).await;
    for bytes in [65_537, 10_000_000] {
        let client = Client::ready(&url).await;
        let (mut sink, mut stream) = client.0.split();
        let sending =
            tokio::spawn(async move { futures::SinkExt::send(&mut sink, Message::text("x".repeat(bytes))).await });
        let heard = tokio::time::timeout(Duration::from_secs(5), stream.next()).await.expect("an answer in time");
        match heard {
            Some(Ok(Message::Close(Some(frame)))) => assert_eq!(u16::from(frame.code), 1009, "{bytes}"),
            other => panic!("{bytes}: {other:?}"),
        }
        sending.abort();
    }
}

#[tokio::test]
async fn a_message_of_many_fragments_is_counted_as_one() {
    use tokio_tungstenite::tungstenite::protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    };
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::ready(&url).await;
    for number in 0..10 {
        let kind = if number == 0 { Data::Text } else { Data::Continue };
        let frame = Frame::message(vec![b'x'; 10_000], OpCode::Data(kind), false);
        client.send(Message::Frame(frame)).await;
    }
    assert_eq!(client.close_code().await, 1009);
}

#[tokio::test]
async fn a_client_that_floods_is_closed() {
    let url = serve(&Shop::new(), Limits::default()).await;
    let mut client = Client::ready(&url).await;
    for _ in 0..150 {
        client.send(Message::Ping(Vec::new().into())).await;
    }
    assert_eq!(client.close_code().await, 1008);
}

#[tokio::test]
async fn a_reader_that_never_reads_is_given_up() {
    let limits = Limits { socket_lag: Duration::from_millis(300), ..Limits::default() };
    let shop = Shop::new();
    let url = serve(&shop, limits).await;
    let mut client = Client::ready(&url).await;
    client.subscribe("a", "subscription{flood}").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    // What the kernel holds may still be read; behind it the connection has ended.
    let mut bytes = 0;
    let ended = tokio::time::timeout(Duration::from_secs(10), async {
        while let Some(Ok(message)) = client.0.next().await {
            bytes += message.len();
        }
    });
    ended.await.expect("the server gave up");
    assert!(bytes < 50_000_000, "{bytes} bytes");
}

#[tokio::test]
async fn sockets_close_with_1001_when_the_server_goes_down() {
    let shop = Shop::new();
    let url = serve(&shop, Limits::default()).await;
    let mut ready = Client::ready(&url).await;
    let mut opened = Client::open(&url).await;
    shop.shutdown.cancel();
    assert_eq!(ready.close_code().await, 1001);
    assert_eq!(opened.close_code().await, 1001);
}

#[tokio::test]
async fn a_socket_closes_with_4403_when_its_session_ends() {
    let limits = Limits { session_poll: Duration::from_millis(100), ..Limits::default() };
    let shop = Shop::new();
    let url = serve(&shop, limits).await;
    let mut client = Client::ready(&url).await;
    client.subscribe("a", "subscription{forever}").await;
    client.hear_json().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear_json().await, json!({ "type": "pong" }));
    shop.valid.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(client.close_code().await, 4403);
}
