//! What staff write: what is taken, what is refused, what others hear of it.

use serde_json::json;

use super::Desk;

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

#[tokio::test]
async fn pages_blogs_and_articles_are_changed_field_by_field() {
    let desk = Desk::new().await;
    let page = desk.page(json!({ "title": "A", "body": "<p>a</p>", "seo": { "title": "s" } })).await;
    let input = json!({ "id": page, "expectedVersion": 1, "title": " B ", "seo": { "title": null } });
    let answer = desk.call("pageUpdate", "page { title body handle version seo { title } }", input).await;
    assert_eq!(
        answer.done("pageUpdate")["page"],
        json!({ "title": "B", "body": "<p>a</p>", "handle": "a", "version": 2, "seo": { "title": null } })
    );
    let blog = desk.blog("One").await;
    let other = desk.blog("Two").await;
    let article =
        desk.article(json!({ "blogId": blog, "title": "X", "author": { "name": "Ada" }, "tags": ["a", "b"] })).await;
    let input = json!({ "id": article, "blogId": other, "author": null, "tags": ["c"], "isPublished": false });
    let answer =
        desk.call("articleUpdate", "article { blog { handle } authorV2 { name } tags isPublished }", input).await;
    assert_eq!(
        answer.done("articleUpdate")["article"],
        json!({ "blog": { "handle": "two" }, "authorV2": null, "tags": ["c"], "isPublished": false })
    );
    assert_eq!(desk.refused("blogDelete", json!({ "id": other })).await, ["NOT_EMPTY"]);
    let answer = desk.call("articleDelete", "deletedArticleId", json!({ "id": article })).await;
    assert_eq!(answer.done("articleDelete")["deletedArticleId"], article.as_str());
    let answer = desk.call("blogDelete", "deletedBlogId", json!({ "id": other })).await;
    assert_eq!(answer.done("blogDelete")["deletedBlogId"], other.as_str());
    let answer = desk.call("pageDelete", "deletedPageId", json!({ "id": page })).await;
    assert_eq!(answer.done("pageDelete")["deletedPageId"], page.as_str());
    assert_eq!(
        desk.facts().await,
        [
            "page.created",
            "page.updated",
            "blog.created",
            "blog.created",
            "article.created",
            "article.updated",
            "article.deleted",
            "blog.deleted",
            "page.deleted",
        ]
    );
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_no_change() {
    let desk = Desk::new().await;
    let page = desk.page(json!({ "title": "A" })).await;
    let answer =
        desk.call("pageUpdate", "page { version }", json!({ "id": page, "title": "A", "isPublished": true })).await;
    assert_eq!(answer.done("pageUpdate")["page"]["version"], 1);
    assert_eq!(desk.facts().await, ["page.created"]);
}

#[tokio::test]
async fn what_is_wrong_is_said_all_at_once_and_nothing_is_changed() {
    let desk = Desk::new().await;
    let blog = desk.blog("Journal").await;
    let long = "x".repeat(256);
    assert_eq!(desk.refused("pageCreate", json!({ "title": " ", "handle": "?!" })).await, ["BLANK", "INVALID"]);
    assert_eq!(desk.refused("pageCreate", json!({ "title": long })).await, ["TOO_LONG"]);
    assert_eq!(desk.refused("pageCreate", json!({ "title": "x", "body": "x".repeat(65_536) })).await, ["TOO_LONG"]);
    let wrong = json!({
        "blogId": blog, "title": "x", "tags": ["A", "a", ""], "image": { "url": "javascript:x" },
    });
    let answer = desk.call("articleCreate", "article { id }", wrong).await;
    let mut codes = answer.refusals("articleCreate");
    codes.sort();
    assert_eq!(codes, ["BLANK", "DUPLICATE", "INVALID"]);
    let unknown = json!({ "blogId": format!("gid://cartwright/Blog/{NOBODY}"), "title": "x" });
    assert_eq!(desk.refused("articleCreate", unknown).await, ["NOT_FOUND"]);
    let nul = desk.call("pageCreate", "page { id }", json!({ "title": "a\u{0}" })).await;
    assert_eq!(nul.code(), "BAD_USER_INPUT");
    let both = json!({ "title": "x", "isPublished": false, "publishDate": "2026-01-01T00:00:00Z" });
    assert_eq!(desk.call("pageCreate", "page { id }", both).await.code(), "BAD_USER_INPUT");
    assert_eq!(desk.facts().await, ["blog.created"]);
}

#[tokio::test]
async fn what_is_not_there_and_what_moved_is_told() {
    let desk = Desk::new().await;
    let page = desk.page(json!({ "title": "A" })).await;
    for (mutation, kind) in [
        ("pageUpdate", "Page"),
        ("pageDelete", "Page"),
        ("blogUpdate", "Blog"),
        ("blogDelete", "Blog"),
        ("articleUpdate", "Article"),
        ("articleDelete", "Article"),
        ("menuUpdate", "Menu"),
        ("menuDelete", "Menu"),
        ("urlRedirectUpdate", "UrlRedirect"),
        ("urlRedirectDelete", "UrlRedirect"),
    ] {
        let nobody = json!({ "id": format!("gid://cartwright/{kind}/{NOBODY}") });
        assert_eq!(desk.call(mutation, "__typename", nobody).await.code(), "NOT_FOUND", "{mutation}");
        let other = json!({ "id": format!("gid://cartwright/Cart/{NOBODY}") });
        assert_eq!(desk.call(mutation, "__typename", other).await.code(), "BAD_USER_INPUT", "{mutation}");
    }
    let stale = json!({ "id": page, "expectedVersion": 7, "title": "B" });
    assert_eq!(desk.call("pageUpdate", "__typename", stale).await.code(), "VERSION_CONFLICT");
}
