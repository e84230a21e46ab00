//! What development shows and production does not: the page for browsers, introspection, answers for foreign pages.

use reqwest::Method;
use serde_json::json;

use super::ask;
use crate::support::Server;

async fn production() -> Server {
    let listed = ("CARTWRIGHT_ALLOWED_ORIGINS", "https://shop.example.com, https://www.example.com");
    Server::with(&[("CARTWRIGHT_MODE", "production"), listed]).await
}

#[tokio::test]
async fn a_browser_gets_a_page_in_development_and_none_in_production() {
    let development = Server::start().await;
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = development.request(Method::GET, "/graphql").header("accept", accept);
    let page = development.send(page).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let production = production().await;
    let refused = production.send(production.request(Method::GET, "/graphql").header("accept", "text/html")).await;
    assert_eq!((refused.status, refused.code().as_str()), (406, "BAD_REQUEST"));
    let refused = production.send(production.request(Method::GET, "/graphql").header("accept", accept)).await;
    assert_eq!(refused.status, 400, "a browser that takes anything gets JSON without a query");
    assert!(!refused.text().contains('<'));
}

#[tokio::test]
async fn introspection_is_for_development() {
    for (server, allowed) in [(Server::start().await, true), (production().await, false)] {
        for document in [
            "{ __schema { queryType { name } } }",
            "{ __type(name: \"Cart\") { name } }",
            "{ shop { name } __schema { types { name } } }",
        ] {
            let reply = ask(&server, document, json!({})).await;
            assert_eq!(reply.status, if allowed { 200 } else { 400 }, "{document}");
            if !allowed {
                assert_eq!(reply.code(), "BAD_REQUEST");
                assert_eq!(reply.json().get("data"), None);
            }
        }
        let name = ask(&server, "{ __typename shop { __typename } }", json!({})).await;
        assert_eq!(name.answer().text("/shop/__typename"), "Shop", "type names are for everybody");
        let circular = "{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { type \
                        { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } } } } } } } } } } } }";
        assert_eq!(ask(&server, circular, json!({})).await.status, 400);
        let misspelt = ask(&server, "{ shop { nam } order { id } customerz { id } }", json!({})).await;
        assert_eq!(misspelt.status, 400);
        assert!(!misspelt.text().contains("Did you mean"), "{}", misspelt.text());
    }
}

#[tokio::test]
async fn foreign_pages_are_answered_in_development_and_in_production_when_they_are_listed() {
    let origins = [
        ("https://shop.example.com", true),
        ("https://www.example.com", true),
        ("https://evil.example.net", false),
        ("https://shop.example.com.attacker.net", false),
        ("https://evil-shop.example.com", false),
        ("http://shop.example.com", false),
        ("null", false),
    ];
    let (development, production) = (Server::start().await, production().await);
    for (origin, listed) in origins {
        for server in [&development, &production] {
            let everybody = std::ptr::eq(server, &development);
            let preflight = server.request(Method::OPTIONS, "/graphql").header("origin", origin);
            let preflight = preflight
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "content-type,authorization,idempotency-key");
            let preflight = server.send(preflight).await;
            let call = server.request(Method::POST, "/graphql").header("origin", origin);
            let call = server.send(call.json(&json!({ "query": "{ shop { name } }" }))).await;
            for reply in [preflight, call] {
                let expected = match (everybody, listed) {
                    (true, _) => "*",
                    (false, true) => origin,
                    (false, false) => "",
                };
                assert_eq!(reply.header("access-control-allow-origin"), expected, "{origin}");
                assert_eq!(reply.header("access-control-allow-credentials"), "", "no cookie carries authority");
            }
        }
    }
    let named = production.request(Method::POST, "/graphql").header("origin", "https://shop.example.com");
    let named = production.send(named.json(&json!({ "query": "{ shop { name } }" }))).await;
    assert!(named.header("access-control-expose-headers").contains("x-request-id"));
    let mut vary = named.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok());
    assert!(vary.any(|value| value.contains("origin")), "a cache must not mix origins");
}

/// What published clients send beside the usual headers.
const CLIENT_HEADERS: [&str; 8] = [
    "content-type",
    "accept-language",
    "x-shopify-storefront-access-token",
    "x-sdk-variant",
    "x-sdk-version",
    "x-sdk-variant-source",
    "x-order-access-token",
    "idempotency-key",
];

#[tokio::test]
async fn a_listed_page_may_send_the_headers_of_published_clients() {
    let server = production().await;
    for path in ["/graphql", "/api/2026-04/graphql.json"] {
        let preflight = server.request(Method::OPTIONS, path).header("origin", "https://shop.example.com");
        let preflight = preflight
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", &CLIENT_HEADERS.join(","));
        let reply = server.send(preflight).await;
        let granted = reply.header("access-control-allow-headers");
        for name in CLIENT_HEADERS {
            assert!(granted.split(',').any(|header| header.trim() == name), "{name} in {granted:?}");
        }
    }
}
