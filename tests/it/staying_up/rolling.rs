//! A rolling restart of two real processes under load: clients that go to the other process when one is not there lose
//! nothing.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    time::{Duration, Instant},
};

use reqwest::Client;
use serde_json::{Value, json};

use super::BROWSE;
use crate::{
    make::catalog::{product, variant},
    support::{Heard, Server, Socket, Visitor},
};

/// A real process. Killed when dropped.
struct Running {
    child: Child,
    address: SocketAddr,
}

impl Running {
    async fn start(url: &str, address: SocketAddr) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
        command.args(["serve", "--listen", &address.to_string()]).env("DATABASE_URL", url);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let running = Self { child: command.spawn().expect("the program starts"), address };
        let began = Instant::now();
        while reqwest::get(format!("http://{address}/readyz")).await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "the process does not get ready");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        running
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits for its end; returns how it ended and how long that took.
    async fn ended(&mut self) -> (Option<i32>, Duration) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return (status.code(), began.elapsed());
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port")
}

/// Posts to the first place that takes connections. Anything but an answer after that is a lost request.
async fn post(client: &Client, places: [SocketAddr; 2], first: usize, body: &Value) -> Value {
    for attempt in 0..400 {
        let place = places[(first + attempt) % 2];
        match client.post(format!("http://{place}/graphql")).json(body).send().await {
            Ok(response) => {
                assert_eq!(response.status(), 200);
                return response.json().await.expect("a whole answer");
            }
            Err(error) if error.is_connect() => tokio::time::sleep(Duration::from_millis(10)).await,
            Err(error) => panic!("a request was lost: {error:?}"),
        }
    }
    panic!("nobody took the request")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rolling_restart_loses_no_request() {
    let server = Server::still().await;
    let lamp = product("Lamp").variant(variant(1_000).stock(1_000)).make(&server.shop).await;
    let url = server.shop.app.settings.database_url.clone();
    let places = [free_address(), free_address()];
    let (mut one, mut two) = (Running::start(&url, places[0]).await, Running::start(&url, places[1]).await);
    let create = json!({
        "query": "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { code } } }",
        "variables": { "input": { "lines": [{ "merchandiseId": lamp.variant_gid(0) }] } },
    });
    let (over, answered) = (AtomicBool::new(false), AtomicU32::new(0));
    let client = async |number: usize| {
        let client = Client::builder().no_proxy().build().expect("a client");
        while !over.load(Ordering::Relaxed) {
            let answer = post(&client, places, number, &json!({ "query": BROWSE })).await;
            assert_eq!(answer.get("errors"), None, "{answer:#}");
            let answer = post(&client, places, number, &create).await;
            assert!(answer["data"]["cartCreate"]["cart"]["id"].is_string(), "{answer:#}");
            answered.fetch_add(2, Ordering::Relaxed);
        }
    };
    let operator = async {
        let mut socket = Socket::dial_at(places[0]).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        for (place, process) in [(places[0], &mut one), (places[1], &mut two)] {
            let before = answered.load(Ordering::Relaxed);
            process.signal("TERM");
            if place == places[0] {
                assert_eq!(socket.hear().await, Heard::Closed(1001), "a watcher is told to come back");
            }
            let (code, took) = process.ended().await;
            assert_eq!(code, Some(0), "it ends well");
            assert!(took < Duration::from_secs(5), "{took:?}");
            assert!(answered.load(Ordering::Relaxed) > before, "the other one goes on");
            *process = Running::start(&url, place).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(futures::future::join_all((0..6).map(client)), operator);
    assert!(answered.load(Ordering::Relaxed) > 20);
}

#[tokio::test]
async fn the_second_signal_ends_a_process_at_once() {
    let server = Server::still().await;
    let mut process = Running::start(&server.shop.app.settings.database_url, free_address()).await;
    // A request whose body never comes keeps the process for its time.
    let mut slow = tokio::net::TcpStream::connect(process.address).await.expect("connected");
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut slow, head.as_bytes()).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(200)).await;
    process.signal("TERM");
    tokio::time::sleep(Duration::from_millis(2_000)).await;
    assert!(process.child.try_wait().expect("asked").is_none(), "it waits for the request");
    process.signal("TERM");
    let (code, took) = process.ended().await;
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[tokio::test]
async fn a_stopping_server_answers_on_open_connections_and_asks_them_to_close() {
    let mut server = Server::with(&[("CARTWRIGHT_SHUTDOWN_GRACE_SECONDS", "2")]).await;
    assert_eq!(server.get("/healthz").await.header("connection"), "");
    let stop = server.begin_stop();
    tokio::time::sleep(Duration::from_millis(100)).await;
    // The client sends over the connection that it kept.
    let reply = server.post(&Visitor::guest(), json!({ "query": "{ shop { name } }" })).await;
    assert_eq!((reply.status, reply.header("connection")), (200, "close"));
    let began = Instant::now();
    stop.await.expect("the server stops");
    assert!(began.elapsed() < Duration::from_millis(1_500), "nobody is left, so nobody is waited for");
}
