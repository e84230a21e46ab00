//! What is not published, or not yet, reaches staff only.

use entity::auth::account::Role;
use serde_json::json;

use super::{Desk, nodes};
use crate::support::Caller;

const EVERYWHERE: &str = "query($page: ID!, $article: ID!) { \
    page(handle: \"hidden\") { title } byId: page(id: $page) { title } pages { nodes { title } } \
    old: pageByHandle(handle: \"hidden\") { title } article(id: $article) { title } articles { nodes { title } } \
    blog(handle: \"journal\") { articleByHandle(handle: \"hidden\") { title } articles { nodes { title } } } \
    blogs { nodes { articles { nodes { title } } } } \
    node(id: $page) { ... on Page { title } } nodes(ids: [$page, $article]) { ... on Page { title } ... on Article { title } } \
    menu(handle: \"main-menu\") { items { title url } } \
    search(query: \"hidden\") { totalCount nodes { ... on Page { title } ... on Article { title } } } \
    predictiveSearch(query: \"hid\") { pages { title } articles { title } } }";

#[tokio::test]
async fn no_way_leads_a_shopper_to_what_is_not_published_and_staff_see_it() {
    let future = "2096-10-02T07:06:40Z";
    for how in [json!({ "isPublished": false }), json!({ "publishDate": future })] {
        let desk = Desk::new().await;
        let blog = desk.blog("Journal").await;
        let with = |mut input: serde_json::Value| {
            input.as_object_mut().expect("an object").extend(how.as_object().expect("an object").clone());
            input
        };
        let page = desk.page(with(json!({ "title": "Hidden" }))).await;
        let article = desk.article(with(json!({ "title": "Hidden", "blogId": blog }))).await;
        desk.menu(
            "main-menu",
            json!([
                { "title": "Hidden page", "type": "PAGE", "resourceId": page,
                  "items": [{ "title": "Hidden below", "type": "SEARCH" }] },
                { "title": "Hidden article", "type": "ARTICLE", "resourceId": article },
                { "title": "Search", "type": "SEARCH" },
            ]),
        )
        .await;
        let variables = json!({ "page": page, "article": article });
        let customer = desk.shop.customer("ada@example.com").await;
        for caller in [Caller::guest(), customer] {
            let answer = desk.shop.ask(&caller, EVERYWHERE, variables.clone()).await;
            assert_eq!(answer.at("/menu/items").as_array().map(Vec::len), Some(1), "{how}");
            let text = answer.body["data"].to_string().to_lowercase();
            assert!(!text.contains("hidden"), "{how}: {text}");
        }
        let clerk = desk.shop.staff("clerk@example.com", Role::Staff).await;
        for caller in [&desk.admin, &clerk] {
            let answer = desk.shop.ask(caller, EVERYWHERE, variables.clone()).await;
            for place in ["/page/title", "/byId/title", "/old/title", "/article/title", "/node/title", "/nodes/1/title"]
            {
                assert_eq!(answer.text(place), "Hidden", "{place}");
            }
            for list in ["/pages", "/articles", "/blog/articles", "/blogs/nodes/0/articles"] {
                assert_eq!(nodes(&answer, list, "title"), ["Hidden"], "{list}");
            }
            assert_eq!(answer.at("/search/totalCount"), 2);
            assert_eq!(answer.at("/menu/items").as_array().map(Vec::len), Some(3));
        }
    }
}

#[tokio::test]
async fn who_may_not_change_content_is_refused_and_does_not_see_how() {
    let desk = Desk::new().await;
    let clerk = desk.shop.staff("clerk@example.com", Role::Staff).await;
    let customer = desk.shop.customer("ada@example.com").await;
    let page = desk.page(json!({ "title": "A" })).await;
    let mutations = [
        "pageCreate(input: { title: \"x\" })",
        &format!("pageUpdate(input: {{ id: \"{page}\", title: \"x\" }})"),
        &format!("pageDelete(input: {{ id: \"{page}\" }})"),
        "blogCreate(input: { title: \"x\" })",
        "blogUpdate(input: { id: \"x\" })",
        "blogDelete(input: { id: \"x\" })",
        "articleCreate(input: { title: \"x\", blogId: \"x\" })",
        "articleUpdate(input: { id: \"x\" })",
        "articleDelete(input: { id: \"x\" })",
        "menuCreate(input: { title: \"x\" })",
        "menuUpdate(input: { id: \"x\" })",
        "menuDelete(input: { id: \"x\" })",
        "urlRedirectCreate(input: { path: \"/a\", target: \"/b\" })",
        "urlRedirectUpdate(input: { id: \"x\" })",
        "urlRedirectDelete(input: { id: \"x\" })",
        "shopPolicyUpdate(input: { type: PRIVACY_POLICY, body: \"x\" })",
        "shopUpdate(input: { name: \"x\" })",
    ];
    for mutation in mutations {
        let document = format!("mutation {{ {mutation} {{ userErrors {{ message }} }} }}");
        for (caller, code) in [(&Caller::guest(), "UNAUTHENTICATED"), (&customer, "FORBIDDEN"), (&clerk, "FORBIDDEN")] {
            let answer = desk.shop.ask(caller, &document, json!({})).await;
            assert_eq!(answer.code(), code, "{mutation}");
        }
    }
    let names = "{ __schema { types { name } mutationType { fields { name } } } }";
    let seen = desk.shop.ask(&clerk, names, json!({})).await.body.to_string();
    for hidden in ["pageCreate", "shopUpdate", "MenuCreateInput", "ContentUserError"] {
        assert!(!seen.contains(hidden), "{hidden}");
    }
    assert!(desk.staff(names).await.body.to_string().contains("MenuCreateInput"));
}
