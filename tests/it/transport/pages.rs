//! Pages for people and files of the binary: types, policies, caching.

use cartwright::demo;
use reqwest::Method;

use crate::{
    make::{catalog::product, purchase::Purchase},
    support::{Server, Visitor},
};

/// What a page names in `src` and `href`.
fn references(html: &str) -> Vec<String> {
    let parts = html.split(['"', '\'']).collect::<Vec<_>>();
    let named = parts.windows(2).filter(|pair| pair[0].ends_with("src=") || pair[0].ends_with("href="));
    named.map(|pair| pair[1].to_owned()).collect()
}

#[tokio::test]
async fn the_pages_are_served_with_a_strict_policy_and_name_nothing_outside() {
    let server = Server::start().await;
    for path in ["/", "/checkout/018f.mac", "/sandbox/challenge/sbx_1"] {
        let page = server.get(path).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        let references = references(page.text());
        assert!(references.iter().any(|reference| reference.starts_with("/assets/")), "{path}: {references:?}");
        for reference in references.iter().filter(|reference| reference.starts_with("/assets/")) {
            let file = server.get(reference).await;
            assert_eq!(file.status, 200, "{path} names {reference}");
            let expected = match reference.rsplit('.').next() {
                Some("js") => "text/javascript; charset=utf-8",
                Some("css") => "text/css; charset=utf-8",
                Some("svg") => "image/svg+xml",
                other => panic!("{path} names a file of an unknown kind: {other:?}"),
            };
            assert_eq!(file.header("content-type"), expected, "{reference}");
        }
        let outside = references.iter().find(|reference| reference.contains("//"));
        assert_eq!(outside, None, "{path} names something outside");
        let head = server.send(server.request(Method::HEAD, path)).await;
        assert_eq!((head.status, head.body.len()), (200, 0), "HEAD {path}");
    }
}

#[tokio::test]
async fn a_checkout_url_leads_to_a_page_of_ours() {
    let server = Server::start().await;
    let lamp = product("Lamp").make(&server.shop).await;
    let cart = server.cart_of(&Visitor::guest(), &lamp.variant_gid(0)).await;
    let read = "query($id: ID!) { cart(id: $id) { checkoutUrl } }";
    let answer = server.graphql(&Visitor::guest(), read, serde_json::json!({ "id": cart })).await;
    let url = answer.text("/cart/checkoutUrl");
    let page = server.send(server.client.get(url)).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn files_have_an_etag_and_are_not_sent_twice() {
    let server = Server::start().await;
    let picture = demo::PICTURES.files().find(|file| file.path().extension().is_some_and(|kind| kind == "webp"));
    let picture = format!("{}{}", demo::PICTURES_PATH, picture.expect("a picture").path().display());
    for (path, kind, cache) in [
        ("/assets/shared/base.css", "text/css; charset=utf-8", "no-cache"),
        ("/assets/landing/landing.js", "text/javascript; charset=utf-8", "no-cache"),
        (picture.as_str(), "image/webp", "public, max-age=86400"),
    ] {
        let file = server.get(path).await;
        assert_eq!(
            (file.status, file.header("content-type"), file.header("cache-control")),
            (200, kind, cache),
            "{path}"
        );
        let etag = file.header("etag");
        assert!(etag.len() > 10 && etag.starts_with('"'), "{path}: {etag}");
        for known in [etag.to_owned(), format!("W/{etag}"), format!("\"other\", {etag}")] {
            let again = server.request(Method::GET, path).header("if-none-match", &known);
            let again = server.send(again).await;
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, etag), "{path} {known}");
        }
        let other = server.request(Method::GET, path).header("if-none-match", "\"other\"");
        assert_eq!(server.send(other).await.status, 200, "{path}");
        let head = server.send(server.request(Method::HEAD, path)).await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, etag), "HEAD {path}");
    }
    for path in ["/assets/none.css", "/assets/../Cargo.toml", "/assets/%2e%2e/landing.html", "/media/demo/none.webp"] {
        let missing = server.get(path).await;
        assert_eq!(missing.status, 404, "{path}");
    }
}

#[tokio::test]
async fn every_picture_of_the_demo_shop_is_served_as_webp() {
    let server = Server::start().await;
    let mut count = 0;
    for file in demo::PICTURES.files().filter(|file| file.path().extension().is_some_and(|kind| kind == "webp")) {
        let path = format!("{}{}", demo::PICTURES_PATH, file.path().display());
        let picture = server.get(&path).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/webp"), "{path}");
        assert_eq!((&picture.body[..4], &picture.body[8..12]), (b"RIFF".as_slice(), b"WEBP".as_slice()), "{path}");
        count += 1;
    }
    assert!(count >= 60, "{count} pictures");
}

#[tokio::test]
async fn texts_are_compressed_for_those_who_ask() {
    let server = Server::start().await;
    let request = server.request(Method::GET, "/").header("accept-encoding", "gzip");
    let page = server.send(request).await;
    assert_eq!((page.header("content-encoding"), &page.body[..2]), ("gzip", [0x1f, 0x8b].as_slice()));
}

#[tokio::test]
async fn the_challenge_page_tells_of_its_payment_and_takes_an_answer_in_json_only() {
    let server = Server::start().await;
    let lamp = product("Lamp").make(&server.shop).await;
    let Purchase { payload, order_id, buyer, .. } =
        server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_challenge").await;
    let url = payload["payment"]["nextAction"]["url"].as_str().expect("a page").to_owned();
    let path = url.strip_prefix(&server.url("")).expect("a page of this server").to_owned();
    let details = server.get(&format!("{path}/details")).await;
    assert_eq!((details.status, details.json()["status"].clone()), (200, serde_json::json!("open")));
    let form = server.request(Method::POST, &path).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(server.send(form.body("approve=true")).await.status, 415);
    let text = server.request(Method::POST, &path).header("content-type", "text/plain");
    assert_eq!(server.send(text.body("{\"approve\":true}")).await.status, 415);
    let state = "query($id: ID!) { order(id: $id) { status } }";
    let pending = server.graphql(&buyer, state, serde_json::json!({ "id": order_id })).await;
    assert_eq!(pending.text("/order/status"), "PENDING_PAYMENT");
    let unknown = server.get("/sandbox/challenge/unknown/details").await;
    assert_eq!(unknown.status, 404);
}
