//! Every fault, seen from a client of an echoing server.

use std::{net::SocketAddr, time::Duration};

use faultproxy::{FaultProxy, Mode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, timeout},
};

async fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut read, mut write) = connection.split();
                let _ = tokio::io::copy(&mut read, &mut write).await;
            });
        }
    });
    address
}

async fn proxied() -> (FaultProxy, TcpStream) {
    let proxy = FaultProxy::start(echo().await, 1).await.expect("the proxy starts");
    let client = TcpStream::connect(proxy.address()).await.expect("a connection");
    (proxy, client)
}

/// Sends a word and reads as many bytes back.
async fn say(client: &mut TcpStream, word: &[u8]) -> std::io::Result<Vec<u8>> {
    client.write_all(word).await?;
    let mut answer = vec![0; word.len()];
    client.read_exact(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn without_a_fault_every_byte_passes_and_a_half_closed_side_still_hears_the_rest() {
    let (proxy, mut client) = proxied().await;
    let sent: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let (mut read, mut write) = client.split();
    let mut heard = Vec::new();
    let sending = async {
        write.write_all(&sent).await.expect("sent");
        write.shutdown().await.expect("closed");
    };
    let (_, read) = tokio::join!(sending, read.read_to_end(&mut heard));
    read.expect("heard");
    assert_eq!(heard, sent);
    assert_eq!(proxy.counts().bytes, 600_000);
    assert_eq!(proxy.counts().resets, 0);
}

#[tokio::test]
async fn a_black_hole_holds_bytes_back_and_lets_them_go_when_it_ends() {
    let (proxy, mut client) = proxied().await;
    assert_eq!(say(&mut client, b"one").await.expect("an answer"), b"one");
    proxy.set(Mode::BlackHole);
    assert!(timeout(Duration::from_millis(100), say(&mut client, b"two")).await.is_err());
    proxy.set(Mode::Ok);
    let mut answer = [0; 3];
    client.read_exact(&mut answer).await.expect("the answer comes late");
    assert_eq!(&answer, b"two");
}

#[tokio::test]
async fn refusing_meets_new_connections_only() {
    let (proxy, mut client) = proxied().await;
    assert!(say(&mut client, b"one").await.is_ok());
    proxy.set(Mode::Refuse);
    let refused = async { say(&mut TcpStream::connect(proxy.address()).await?, b"no").await };
    assert!(refused.await.is_err());
    assert!(say(&mut client, b"two").await.is_ok());
}

#[tokio::test]
async fn resetting_cuts_what_is_open_and_only_that() {
    let (proxy, mut client) = proxied().await;
    assert!(say(&mut client, b"one").await.is_ok());
    proxy.reset_all();
    assert!(say(&mut client, b"two").await.is_err());
    let mut again = TcpStream::connect(proxy.address()).await.expect("a connection");
    assert!(say(&mut again, b"three").await.is_ok());
    assert_eq!(proxy.counts().resets, 1);
}

#[tokio::test]
async fn silencing_holds_what_is_open_for_good_and_tells_nobody() {
    let (proxy, mut client) = proxied().await;
    assert!(say(&mut client, b"one").await.is_ok());
    proxy.silence_all();
    assert!(timeout(Duration::from_millis(100), say(&mut client, b"two")).await.is_err());
    proxy.set(Mode::Ok);
    assert!(timeout(Duration::from_millis(100), client.read_u8()).await.is_err(), "also when it was held before");
    let mut again = TcpStream::connect(proxy.address()).await.expect("a connection");
    assert!(say(&mut again, b"three").await.is_ok());
    proxy.reset_all();
    assert!(client.read_u8().await.is_err(), "a reset ends it all the same");
}

#[tokio::test]
async fn latency_delays_each_way() {
    let (proxy, mut client) = proxied().await;
    proxy.set(Mode::Latency { base: Duration::from_millis(40), jitter: Duration::ZERO });
    let started = Instant::now();
    assert!(say(&mut client, b"slow").await.is_ok());
    assert!(started.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn a_cut_passes_so_many_bytes_of_the_answer() {
    let (proxy, mut client) = proxied().await;
    proxy.set(Mode::CutAfter(5));
    assert!(say(&mut client, b"abc").await.is_ok());
    client.write_all(b"defghi").await.expect("sent");
    let mut heard = [0; 2];
    client.read_exact(&mut heard).await.expect("two more");
    assert_eq!(&heard, b"de");
    assert!(client.read_exact(&mut heard).await.is_err());
}

#[tokio::test]
async fn replies_are_dropped_as_often_as_told_and_the_seed_repeats_it() {
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let proxy = FaultProxy::start(echo().await, 7).await.expect("the proxy starts");
        proxy.set(Mode::DropReply(0.5));
        let mut lost = Vec::new();
        for _ in 0..40 {
            let mut client = TcpStream::connect(proxy.address()).await.expect("a connection");
            lost.push(say(&mut client, b"word").await.is_err());
        }
        outcomes.push(lost);
    }
    assert_eq!(outcomes[0], outcomes[1]);
    let lost = outcomes[0].iter().filter(|lost| **lost).count();
    assert!((10..=30).contains(&lost), "{lost} of 40 lost");
}
