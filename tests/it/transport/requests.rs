//! What a request must be before anybody looks at its document: method, type, size, JSON.

use reqwest::{Body, Method};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{MODES, ask, in_mode};
use crate::support::{Server, Visitor};

const MUTATION: &str = "mutation { cartCreate { cart { id } userErrors { code } } }";

/// How many carts there are.
async fn carts(server: &Server) -> u64 {
    use sea_orm::{EntityTrait, PaginatorTrait};
    entity::cart::cart::Entity::find().count(server.shop.app.database.reader()).await.expect("a query")
}

#[tokio::test]
async fn a_mutation_runs_by_post_of_json_and_in_no_other_way() {
    for mode in MODES {
        let server = in_mode(mode).await;
        let by_get = format!("/graphql?query={}", MUTATION.replace(' ', "%20"));
        let reply = server.get(&by_get).await;
        assert_eq!((reply.status, reply.header("allow"), reply.code().as_str()), (405, "POST", "BAD_REQUEST"));
        let json = json!({ "query": MUTATION }).to_string();
        let form = format!("query={}", MUTATION.replace(' ', "+"));
        let operations = format!(
            "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{json}\r\n--b\r\n\
             Content-Disposition: form-data; name=\"map\"\r\n\r\n{{}}\r\n--b--\r\n"
        );
        for (kind, body) in [
            (Some("text/plain"), json.as_str()),
            (None, json.as_str()),
            (Some("application/x-www-form-urlencoded"), json.as_str()),
            (Some("application/x-www-form-urlencoded"), form.as_str()),
            (Some("multipart/form-data; boundary=b"), operations.as_str()),
            (Some("application/graphql"), MUTATION),
        ] {
            let mut request = server.request(Method::POST, "/graphql").body(body.to_owned());
            if let Some(kind) = kind {
                request = request.header("content-type", kind);
            }
            let reply = server.send(request).await;
            assert_eq!((reply.status, reply.code().as_str()), (415, "BAD_REQUEST"), "{kind:?}");
        }
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD] {
            let request = server.request(method.clone(), "/graphql").header("content-type", "application/json");
            let reply = server.send(request.body(json.clone())).await;
            assert_eq!(reply.status, 405, "{method}");
            assert!(reply.header("allow").contains("POST"), "{method}");
        }
        assert_eq!(carts(&server).await, 0, "nothing of all that ran");
        assert_eq!(ask(&server, MUTATION, json!({})).await.status, 200);
        assert_eq!(carts(&server).await, 1);
    }
}

#[tokio::test]
async fn a_large_body_is_refused_before_it_is_read() {
    let server = Server::start().await;
    let large = vec![b' '; 20 << 20];
    let announced = server.request(Method::POST, "/graphql").header("content-type", "application/json");
    // The server answers and hangs up while the client still sends; a client may see either.
    if let Ok(response) = announced.body(large.clone()).send().await {
        assert_eq!(response.status(), 413);
    }
    let mut piecewise = TcpStream::connect(server.address).await.expect("connected");
    let head =
        "POST /graphql HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    piecewise.write_all(head.as_bytes()).await.expect("written");
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    // 18 chunks of 16 KiB are more than 256 KiB: the answer comes although the body never ends.
    for _ in 0..18 {
        if piecewise.write_all(chunk.as_bytes()).await.is_err() {
            break;
        }
    }
    let mut answer = vec![0; 12];
    piecewise.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 413");
    let full = format!("{{\"query\":\"{{shop{{name}}}}\"{}}}", " ".repeat(262_144 - 30));
    let fits = server.request(Method::POST, "/graphql").header("content-type", "application/json").body(full);
    assert_eq!(server.send(fits).await.status, 200, "what fits is answered");
}

#[tokio::test]
async fn what_is_no_request_is_told_in_our_words() {
    for mode in MODES {
        let server = in_mode(mode).await;
        let bodies: [&[u8]; 11] = [
            b"",
            b"{",
            b"null",
            b"[1,2]",
            b"\"x\"",
            b"{\"query\":1}",
            b"{\"query\":\"{shop{name}}\",\"variables\":[]}",
            b"{\"query\":\"{shop{name}}\",\"variables\":\"x\"}",
            b"{\"query\":\"{shop{name}}\",\"query\":\"{cart}\"}",
            b"{\"query\":\"{shop{na\xffme}}\"}",
            b"{\"operationName\":\"x\"}",
        ];
        for body in bodies {
            let shown = String::from_utf8_lossy(body).into_owned();
            let request = server.request(Method::POST, "/graphql").header("content-type", "application/json");
            let reply = server.send(request.body(Body::from(body.to_vec()))).await;
            assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"), "{shown}: {}", reply.text());
            assert_eq!(reply.json().get("data"), None, "{shown}");
            for foreign in ["line 1", "column", "expected", "serde", "EOF", "invalid type"] {
                assert!(!reply.text().contains(foreign), "{shown}: {}", reply.text());
            }
        }
        let batch = vec![json!({ "query": "{ shop { name } }" }); 10_000 / 50];
        let request = server.request(Method::POST, "/graphql").json(&batch);
        let reply = server.send(request).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"), "batches are not run");
    }
}

/// The status line of what the server answers to these bytes.
async fn status_of(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut piece = [0; 512];
    while !answer.contains(&b'\n') {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(count) => answer.extend_from_slice(&piece[..count]),
        }
    }
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn too_many_or_too_large_headers_are_refused() {
    let server = Server::start().await;
    let many: String = (0..1_000).map(|number| format!("x-header-{number}: x\r\n")).collect();
    let many = format!("GET /healthz HTTP/1.1\r\nhost: shop\r\n{many}\r\n");
    assert_eq!(status_of(&server, many.as_bytes()).await, "HTTP/1.1 431 Request Header Fields Too Large");
    let large = format!("GET /healthz HTTP/1.1\r\nhost: shop\r\nx-large: {}\r\n\r\n", "x".repeat(1 << 20));
    let refused = status_of(&server, large.as_bytes()).await;
    // Bytes that nobody reads any more can make the system take the answer back.
    assert!(refused.is_empty() || refused.starts_with("HTTP/1.1 431"), "{refused}");
    assert_eq!(server.get("/healthz").await.status, 200, "others are served");
}

#[tokio::test]
async fn a_client_that_stays_silent_is_hung_up_on() {
    let server = Server::start().await;
    let mut silent = TcpStream::connect(server.address).await.expect("connected");
    let mut half_a_greeting = TcpStream::connect(server.address).await.expect("connected");
    half_a_greeting.write_all(b"PRI * HT").await.expect("written");
    let mut half_a_head = TcpStream::connect(server.address).await.expect("connected");
    half_a_head.write_all(b"GET / HTTP/1.1\r\nhost: ").await.expect("written");
    let patience = std::time::Duration::from_secs(13);
    let mut rest = [Vec::new(), Vec::new(), Vec::new()];
    let [one, two, three] = &mut rest;
    let ended = tokio::time::timeout(patience, async {
        // Reset or closed: both are an end.
        let _ = tokio::join!(silent.read_to_end(one), half_a_greeting.read_to_end(two), half_a_head.read_to_end(three));
    });
    assert!(ended.await.is_ok(), "a connection outlived the patience");
}

#[tokio::test]
async fn every_path_of_the_api_is_the_same_endpoint_and_others_are_not_there() {
    let server = Server::start().await;
    let query = json!({ "query": "{ shop { name } }" });
    for path in ["/graphql", "/api/2026-10/graphql", "/api/unstable/graphql.json"] {
        let reply = server.send(server.request(Method::POST, path).json(&query)).await;
        assert_eq!((reply.status, reply.answer().text("/shop/name").as_str()), (200, "My shop"), "{path}");
    }
    for path in ["/nothing", "/graphql/more", "/api/graphql", "/webhooks/none", "/assets/none.js", "/checkout"] {
        let reply = server.get(path).await;
        assert!(matches!(reply.status, 404 | 405), "{path}: {}", reply.status);
    }
    let by_get = server.get("/graphql?query=%7Bshop%7Bname%7D%7D").await;
    assert_eq!((by_get.status, by_get.answer().text("/shop/name").as_str()), (200, "My shop"));
    assert_eq!(server.post(&Visitor::guest(), query).await.header("x-content-type-options"), "nosniff");
}
