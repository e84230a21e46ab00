//! Handles: made of titles, unique per kind, and what a new one leaves behind.

use serde_json::json;

use super::{Desk, nodes};

#[tokio::test]
async fn a_handle_is_made_of_the_title_and_is_unique_in_its_kind() {
    let desk = Desk::new().await;
    for _ in 0..3 {
        desk.page(json!({ "title": "Café!" })).await;
    }
    let one = desk.blog("Café").await;
    let two = desk.blog("Café").await;
    desk.article(json!({ "blogId": one, "title": "Café" })).await;
    desk.article(json!({ "blogId": one, "title": "Café" })).await;
    desk.article(json!({ "blogId": two, "title": "Café" })).await;
    desk.page(json!({ "title": "!!!" })).await;
    let answer = desk
        .guest("{ pages { nodes { handle } } blogs { nodes { handle articles(reverse: true) { nodes { handle } } } } }")
        .await;
    assert_eq!(nodes(&answer, "/pages", "handle"), ["cafe", "cafe-1", "cafe-2", "page"]);
    assert_eq!(nodes(&answer, "/blogs", "handle"), ["cafe", "cafe-1"]);
    assert_eq!(nodes(&answer, "/blogs/nodes/0/articles", "handle"), ["cafe", "cafe-1"]);
    assert_eq!(nodes(&answer, "/blogs/nodes/1/articles", "handle"), ["cafe"]);
}

#[tokio::test]
async fn a_handle_that_is_taken_is_refused_when_it_was_chosen() {
    let desk = Desk::new().await;
    let about = desk.page(json!({ "title": "About" })).await;
    desk.page(json!({ "title": "Contact" })).await;
    assert_eq!(desk.refused("pageCreate", json!({ "title": "x", "handle": "About" })).await, ["TAKEN"]);
    assert_eq!(desk.refused("pageUpdate", json!({ "id": about, "handle": "contact" })).await, ["TAKEN"]);
    let (one, two) = (desk.blog("One").await, desk.blog("Two").await);
    desk.article(json!({ "blogId": one, "title": "Same" })).await;
    let moving = desk.article(json!({ "blogId": two, "title": "Same" })).await;
    assert_eq!(desk.refused("articleUpdate", json!({ "id": moving, "blogId": one })).await, ["TAKEN"]);
    assert_eq!(desk.refused("blogUpdate", json!({ "id": one, "handle": "two" })).await, ["TAKEN"]);
    desk.menu("footer", json!([])).await;
    assert_eq!(desk.refused("menuCreate", json!({ "title": "x", "handle": "footer" })).await, ["TAKEN"]);
}

#[tokio::test]
async fn a_new_handle_leaves_a_redirect_only_when_asked() {
    let desk = Desk::new().await;
    let page = desk.page(json!({ "title": "Old" })).await;
    let blog = desk.blog("News").await;
    desk.article(json!({ "blogId": blog, "title": "First" })).await;
    desk.call("pageUpdate", "page { id }", json!({ "id": page, "handle": "mid" })).await.done("pageUpdate");
    let redirects = "{ urlRedirects(first: 9) { nodes { path target } } }";
    assert_eq!(desk.guest(redirects).await.at("/urlRedirects/nodes"), json!([]));
    let change = json!({ "id": page, "handle": "new", "redirectNewHandle": true });
    desk.call("pageUpdate", "page { id }", change).await.done("pageUpdate");
    // There and back: the address that has a page again leads nowhere else.
    let back = json!({ "id": page, "handle": "mid", "redirectNewHandle": true });
    desk.call("pageUpdate", "page { id }", back).await.done("pageUpdate");
    let change = json!({ "id": blog, "handle": "journal", "redirectNewHandle": true });
    desk.call("blogUpdate", "blog { id }", change).await.done("blogUpdate");
    assert_eq!(
        desk.guest(redirects).await.at("/urlRedirects/nodes"),
        json!([
            { "path": "/pages/new", "target": "/pages/mid" },
            { "path": "/blogs/news", "target": "/blogs/journal" },
            { "path": "/blogs/news/first", "target": "/blogs/journal/first" },
        ])
    );
}

#[tokio::test]
async fn of_pages_that_are_added_at_once_under_one_title_each_gets_a_handle() {
    let desk = Desk::new().await;
    let adding = (0..6).map(|_| desk.call("pageCreate", "page { handle }", json!({ "title": "Same" })));
    let answers = futures::future::join_all(adding).await;
    let mut handles = std::collections::BTreeSet::new();
    for answer in &answers {
        match answer.refusals("pageCreate").as_slice() {
            [] => assert!(handles.insert(answer.text("/pageCreate/page/handle")), "{:#}", answer.body),
            codes => assert_eq!(codes, ["TAKEN"]),
        }
    }
    assert!(!handles.is_empty());
}
