//! Pictures in the sizes that storefronts ask for.

use axum::http::Method;
use cartwright::demo;
use serde_json::json;

use crate::{
    make::catalog::product,
    support::{Server, TestShop},
};

/// A picture of the demo shop, 1,000 pixels wide and high.
fn picture() -> String {
    format!("{}embergrove-first-light-coffee.webp", demo::PICTURES_PATH)
}

/// Width and height of a JPEG, from its frame header.
fn jpeg_size(bytes: &[u8]) -> (u16, u16) {
    let place = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a baseline JPEG");
    let number = |at: usize| u16::from_be_bytes([bytes[place + at], bytes[place + at + 1]]);
    (number(7), number(5))
}

#[tokio::test]
async fn a_picture_comes_in_the_size_that_its_address_asks_for() {
    let server = Server::still().await;
    let original = server.get(&picture()).await;
    // The last is what the component `Image` of a known library sends.
    for (query, size) in [
        ("width=200", (200, 200)),
        ("height=120", (120, 120)),
        ("width=200&height=120", (120, 120)),
        ("width=200&height=120&crop=top", (200, 120)),
        ("v=17&width=200&height=250&crop=center", (200, 250)),
    ] {
        let small = server.get(&format!("{}?{query}", picture())).await;
        assert_eq!((small.status, small.header("content-type")), (200, "image/jpeg"), "{query}");
        assert_eq!(small.header("cache-control"), "public, max-age=86400", "{query}");
        assert_eq!(jpeg_size(&small.body), size, "{query}");
        assert!(small.body.len() < original.body.len(), "{query}: {} bytes", small.body.len());
        let again = server.get(&format!("{}?{query}", picture())).await;
        assert_eq!((again.body, again.headers.get("etag")), (small.body, small.headers.get("etag")), "{query}");
    }
}

#[tokio::test]
async fn the_kind_of_file_can_be_asked_for() {
    let server = Server::still().await;
    for (format, kind, magic) in [
        ("jpg", "image/jpeg", b"\xFF\xD8\xFF".as_slice()),
        ("png", "image/png", b"\x89PNG".as_slice()),
        ("webp", "image/webp", b"RIFF".as_slice()),
    ] {
        let made = server.get(&format!("{}?width=50&format={format}", picture())).await;
        assert_eq!((made.status, made.header("content-type")), (200, kind));
        assert!(made.body.starts_with(magic), "{format}");
    }
}

#[tokio::test]
async fn nothing_grows_and_nothing_gets_heavier() {
    let server = Server::still().await;
    let original = server.get(&picture()).await;
    for query in ["width=1000", "width=5760", "width=1000000000&height=99999999999999999999", "width=990", "v=3", ""] {
        let same = server.get(&format!("{}?{query}", picture())).await;
        assert_eq!((same.status, same.header("content-type")), (200, "image/webp"), "{query}");
        assert_eq!(same.body, original.body, "{query}");
    }
}

#[tokio::test]
async fn what_is_no_size_is_refused_with_the_reason() {
    let server = Server::still().await;
    for query in ["width=0", "width=-1", "height=1e9", "width=", "width=12.5", "width=%31", "crop=middle", "format=gif"]
    {
        let refused = server.get(&format!("{}?{query}", picture())).await;
        assert_eq!(refused.status, 400, "{query}");
        assert!(refused.body.len() > 10, "{query}");
    }
    assert_eq!(server.get("/media/demo/none.webp?width=10").await.status, 404);
    // A file of the folder that is no picture stays what it is.
    let list = server.get("/media/demo/sizes.json?width=10").await;
    assert_eq!((list.status, list.header("content-type")), (200, "application/json"));
}

#[tokio::test]
async fn a_picture_that_the_caller_has_is_not_made_again() {
    let server = Server::still().await;
    let path = format!("{}?width=64", picture());
    let first = server.get(&path).await;
    let etag = first.header("etag").to_owned();
    let again = server.send(server.request(Method::GET, &path).header("if-none-match", &etag)).await;
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, etag.as_str()));
    let other = server.send(server.request(Method::GET, &picture()).header("if-none-match", &etag)).await;
    assert_eq!(other.status, 200);
    let head = server.send(server.request(Method::HEAD, &path)).await;
    assert_eq!((head.status, head.body.len(), head.header("content-type")), (200, 0, "image/jpeg"));
}

#[tokio::test]
async fn many_who_ask_at_once_all_get_a_picture() {
    let server = Server::still_with(&[("CARTWRIGHT_PICTURES_AT_ONCE", "1")]).await;
    let asked = (1..=120).map(|width| {
        let path = format!("{}?width={width}", picture());
        let server = &server;
        async move { server.get(&path).await }
    });
    for picture in futures::future::join_all(asked).await {
        assert_eq!(picture.status, 200);
        assert!(picture.header("content-type").starts_with("image/"));
    }
}

#[tokio::test]
async fn the_api_writes_the_address_of_a_picture_in_another_size() {
    let shop = TestShop::new().await;
    product("Lamp").images(&["/media/demo/a.webp", "https://cdn.example/b.jpg?v=1"]).make(&shop).await;
    let document = "query($t: ImageTransformInput) { product(handle: \"lamp\") { images(first: 2) { nodes { \
                    url(transform: $t) width height } } } }";
    let urls = async |transform: serde_json::Value| {
        let answer = shop.guest(document, json!({ "t": transform })).await;
        assert_eq!(answer.at("/product/images/nodes/1/url"), json!("https://cdn.example/b.jpg?v=1"));
        let url = answer.text("/product/images/nodes/0/url");
        url.strip_prefix(&shop.app.public_url).expect("our own").to_owned()
    };
    let transform = json!({ "maxWidth": 200, "maxHeight": 100, "scale": 2, "crop": "CENTER" });
    assert_eq!(urls(transform).await, "/media/demo/a.webp?width=400&height=200&crop=center");
    assert_eq!(urls(json!({ "preferredContentType": "JPG" })).await, "/media/demo/a.webp?format=jpg");
    for unchanged in [json!({}), json!(null)] {
        assert_eq!(urls(unchanged).await, "/media/demo/a.webp");
    }
    for wrong in [json!({ "maxWidth": 0 }), json!({ "maxHeight": 5_761 }), json!({ "maxWidth": 1, "scale": 4 })] {
        let answer = shop.guest(document, json!({ "t": wrong })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{wrong}");
    }
}
