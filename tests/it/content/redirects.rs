//! Addresses that moved: found as front ends ask for them, and never in a circle.

use serde_json::json;

use super::{Desk, nodes};

const FIND: &str =
    "query($q: String) { urlRedirects(first: 9, query: $q) { nodes { path } edges { node { target } } } }";

#[tokio::test]
async fn a_redirect_is_found_by_its_path_however_it_is_spelled() {
    let desk = Desk::new().await;
    desk.redirect("/old", "/new").await;
    desk.redirect("/Pages/Café/", "https://else.example/x").await;
    desk.redirect("/a-b(c)", "/new").await;
    let find = async |query: &str| nodes(&desk.shop.guest(FIND, json!({ "q": query })).await, "/urlRedirects", "path");
    for (query, found) in [
        ("path:/old", vec!["/old"]),
        ("path:/OLD/", vec!["/old"]),
        ("path:\"/old\"", vec!["/old"]),
        ("path:/ol", vec![]),
        ("path:/ol*", vec!["/old"]),
        ("path:/pages/caf%C3%A9", vec!["/Pages/Café/"]),
        ("path:/a-b(c)", vec!["/a-b(c)"]),
        ("path:/old OR path:/a-b(c)", vec!["/old", "/a-b(c)"]),
        ("target:/new", vec!["/old", "/a-b(c)"]),
        ("caf", vec!["/Pages/Café/"]),
        ("path:/%", vec![]),
        ("path:/_ld", vec![]),
        ("%", vec![]),
        ("path:", vec![]),
        ("", vec!["/old", "/Pages/Café/", "/a-b(c)"]),
    ] {
        assert_eq!(find(query).await, found, "{query}");
    }
    assert_eq!(desk.shop.guest(FIND, json!({ "q": "path:\u{0}" })).await.code(), "BAD_USER_INPUT");
    let answer = desk.guest("{ urlRedirects(first: 1, query: \"path:/old\") { edges { node { target } } } }").await;
    assert_eq!(answer.text("/urlRedirects/edges/0/node/target"), "/new");
}

#[tokio::test]
async fn a_redirect_leads_neither_to_itself_nor_in_a_circle() {
    let desk = Desk::new().await;
    let create = async |path: &str, target: &str| {
        desk.refused("urlRedirectCreate", json!({ "path": path, "target": target })).await
    };
    assert_eq!(create("/a", "/A/").await, ["LOOP"]);
    desk.redirect("/a", "/b").await;
    desk.redirect("/b", "/c").await;
    let end = desk.redirect("/c", "/d").await;
    assert_eq!(create("/d", "/a").await, ["LOOP"]);
    assert_eq!(create("/d", "/b/").await, ["LOOP"]);
    assert_eq!(desk.refused("urlRedirectUpdate", json!({ "id": end, "target": "/a" })).await, ["LOOP"]);
    assert_eq!(desk.refused("urlRedirectUpdate", json!({ "id": end, "path": "/a" })).await, ["TAKEN"]);
    assert_eq!(create("/A", "/z").await, ["TAKEN"]);
    assert_eq!(create("/d", "https://else.example/a").await, Vec::<String>::new());
    for (path, target) in
        [("old", "/b"), ("//x", "/b"), ("https://x/y", "/b"), ("/x", "b"), ("/x", "//b"), ("/x", "javascript:x")]
    {
        assert_eq!(create(path, target).await, ["INVALID"], "{path} {target}");
    }
    assert_eq!(create("", "").await, ["BLANK", "BLANK"]);
    desk.call("urlRedirectUpdate", "urlRedirect { id }", json!({ "id": end, "target": "/e" }))
        .await
        .done("urlRedirectUpdate");
    desk.call("urlRedirectDelete", "deletedUrlRedirectId", json!({ "id": end })).await.done("urlRedirectDelete");
    let facts = desk.facts().await;
    assert_eq!(facts[facts.len() - 2..], ["url_redirect.updated", "url_redirect.deleted"]);
}

#[tokio::test]
async fn two_redirects_written_at_once_make_no_circle() {
    let desk = Desk::new().await;
    for round in 0..5 {
        let (a, b) = (format!("/a{round}"), format!("/b{round}"));
        let there = desk.refused("urlRedirectCreate", json!({ "path": a, "target": b }));
        let back = desk.refused("urlRedirectCreate", json!({ "path": b, "target": a }));
        let (there, back) = tokio::join!(there, back);
        let mut refused = [there, back].concat();
        refused.sort();
        assert_eq!(refused, ["LOOP"], "round {round}");
    }
}
