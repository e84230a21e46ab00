//! Every member of content with data behind it.

use serde_json::json;

use super::{Desk, nodes};

const PICTURE: &str = "https://pictures.example/a.png";

#[tokio::test]
async fn a_page_answers_with_everything_it_has() {
    let desk = Desk::new().await;
    let body = "<p>We are <b>here</b></p><script>steal()</script><img src=x onerror=x()>";
    let seo = json!({ "title": "About", "description": "Who we are" });
    let id = desk.page(json!({ "title": "About us", "body": body, "seo": seo })).await;
    let answer = desk
        .shop
        .guest(
            "query($id: ID!) { page(handle: \"about-us\") { ...P } byId: page(id: $id) { ...P } pageByHandle(handle: \
             \"about-us\") { ...P } node(id: $id) { ... on Page { ...P } } pages(first: 1) { edges { node { ...P } } } } \
             fragment P on Page { id handle title body bodySummary createdAt updatedAt isPublished onlineStoreUrl \
             trackingParameters version seo { title description } }",
            json!({ "id": id }),
        )
        .await;
    let page = answer.at("/page");
    assert_eq!(page["id"], id.as_str());
    assert_eq!(page["title"], "About us");
    assert_eq!(page["body"], "<p>We are <b>here</b></p><img src=\"x\">");
    assert_eq!(page["bodySummary"], "We are here");
    assert_eq!(page["seo"], seo);
    assert_eq!(page["isPublished"], true);
    assert_eq!(page["onlineStoreUrl"], format!("{}/pages/about-us", desk.shop.app.public_url));
    for other in ["/byId", "/pageByHandle", "/node", "/pages/edges/0/node"] {
        assert_eq!(answer.at(other), page, "{other}");
    }
}

#[tokio::test]
async fn an_article_answers_with_everything_it_has_and_its_blog_with_it() {
    let desk = Desk::new().await;
    let blog = desk.blog("Journal").await;
    let id = desk
        .article(json!({
            "blogId": blog, "title": "A mug", "body": "<p onclick=x()>Clay</p>", "summary": "<p>About clay</p>",
            "author": { "name": "Ada" }, "tags": ["Kitchen"], "publishDate": "2026-01-02T03:04:05Z",
            "image": { "url": PICTURE, "altText": "A mug", "width": 8, "height": 6 },
            "seo": { "title": "Mugs" },
        }))
        .await;
    let answer = desk
        .shop
        .guest(
            "query($id: ID!, $blog: ID!) { article(id: $id) { ...A } node(id: $id) { ... on Article { ...A } } \
             blog(handle: \"journal\") { id handle title articleByHandle(handle: \"a-mug\") { ...A } \
             none: articleByHandle(handle: \"none\") { id } articles(first: 5) { nodes { ...A } } } \
             byId: blog(id: $blog) { handle } blogs(first: 5) { nodes { handle articles { nodes { title } } } } \
             articles { nodes { title } } } \
             fragment A on Article { id handle title contentHtml content(truncateAt: 3) excerpt excerptHtml tags \
             publishedAt trackingParameters authorV2 { name } blog { handle } seo { title description } \
             image { url altText width height } }",
            json!({ "id": id, "blog": blog }),
        )
        .await;
    let article = answer.at("/article");
    assert_eq!(
        article,
        json!({
            "id": id, "handle": "a-mug", "title": "A mug", "contentHtml": "<p>Clay</p>", "content": "Cl…",
            "excerpt": "About clay", "excerptHtml": "<p>About clay</p>", "tags": ["Kitchen"],
            "publishedAt": "2026-01-02T03:04:05Z", "trackingParameters": null, "authorV2": { "name": "Ada" },
            "blog": { "handle": "journal" }, "seo": { "title": "Mugs", "description": null },
            "image": { "url": PICTURE, "altText": "A mug", "width": 8, "height": 6 },
        })
    );
    for other in ["/node", "/blog/articleByHandle", "/blog/articles/nodes/0"] {
        assert_eq!(answer.at(other), article, "{other}");
    }
    assert_eq!(answer.at("/blog/none"), json!(null));
    assert_eq!(answer.at("/byId/handle"), "journal");
    assert_eq!(answer.at("/blogs/nodes/0/articles/nodes/0/title"), "A mug");
    assert_eq!(answer.at("/articles/nodes/0/title"), "A mug");
}

#[tokio::test]
async fn lists_are_paged_by_cursors_both_ways() {
    let desk = Desk::new().await;
    let blog = desk.blog("Journal").await;
    for number in 1..=5 {
        desk.page(json!({ "title": format!("P{number}") })).await;
        let date = format!("2026-01-0{number}T00:00:00Z");
        desk.article(json!({ "blogId": blog, "title": format!("A{number}"), "publishDate": date })).await;
    }
    for (list, newest_first) in [("pages", false), ("articles", true), ("blog(handle: \"journal\") { articles", true)] {
        let (field, close) = list.split_once("{ ").map_or((list, ""), |(_, field)| (field, "}"));
        let open = list.strip_suffix(field).unwrap_or_default();
        let pointer = if close.is_empty() { format!("/{field}") } else { format!("/blog/{field}") };
        let mut walked = Vec::new();
        let mut after = String::new();
        loop {
            let document = format!(
                "{{ {open} {field}(first: 2{after}) {{ nodes {{ title }} pageInfo {{ hasNextPage endCursor }} }} {close} }}"
            );
            let answer = desk.guest(&document).await;
            walked.extend(nodes(&answer, &pointer, "title"));
            if answer.at(&format!("{pointer}/pageInfo/hasNextPage")) == json!(false) {
                break;
            }
            after = format!(", after: \"{}\"", answer.text(&format!("{pointer}/pageInfo/endCursor")));
        }
        let mut expected: Vec<String> =
            (1..=5).map(|number| format!("{}{number}", if field == "pages" { "P" } else { "A" })).collect();
        if newest_first {
            expected.reverse();
        }
        assert_eq!(walked, expected, "{list}");
        let answer =
            desk.guest(&format!("{{ {open} {field}(last: 2, reverse: true) {{ nodes {{ title }} }} {close} }}")).await;
        let reversed: Vec<String> = expected.iter().rev().skip(3).cloned().collect();
        assert_eq!(nodes(&answer, &pointer, "title"), reversed, "{list}");
        let answer =
            desk.guest(&format!("{{ {open} {field}(first: 1, after: \"x\") {{ nodes {{ title }} }} {close} }}")).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{list}");
    }
}
