//! Menus: nested links whose addresses follow what they lead to.

use serde_json::{Value, json};

use super::Desk;
use crate::make::catalog::{collection, product};

const MENU: &str = "{ menu(handle: \"main-menu\") { id title itemsCount items { ...I items { ...I items { ...I items { id } } } } } } \
                    fragment I on MenuItem { id title type url resourceId tags }";

async fn filled() -> (Desk, Vec<(String, &'static str, String)>) {
    let desk = Desk::new().await;
    let lamp = product("Lamp").make(&desk.shop).await;
    let outdoor = collection(&desk.shop, "Outdoor", true, &[&lamp]).await;
    let page = desk.page(json!({ "title": "About" })).await;
    let blog = desk.blog("Journal").await;
    let article = desk.article(json!({ "blogId": blog, "title": "First" })).await;
    let policy = json!({ "type": "PRIVACY_POLICY", "body": "<p>None</p>" });
    let policy = desk.make("shopPolicyUpdate", "shopPolicy", policy).await;
    let resources = vec![
        (lamp.gid(), "PRODUCT", "/products/lamp".to_owned()),
        (format!("gid://cartwright/Collection/{outdoor}"), "COLLECTION", "/collections/outdoor".to_owned()),
        (page, "PAGE", "/pages/about".to_owned()),
        (blog, "BLOG", "/blogs/journal".to_owned()),
        (article, "ARTICLE", "/blogs/journal/first".to_owned()),
        (policy, "SHOP_POLICY", "/policies/privacy-policy".to_owned()),
    ];
    (desk, resources)
}

fn links(resources: &[(String, &'static str, String)]) -> Value {
    resources.iter().map(|(id, kind, _)| json!({ "title": kind, "type": kind, "resourceId": id })).collect()
}

#[tokio::test]
async fn every_kind_of_link_has_its_address_and_its_id() {
    let (desk, resources) = filled().await;
    let mut items = links(&resources).as_array().expect("a list").clone();
    items.extend([
        json!({ "title": "Front", "type": "FRONTPAGE" }),
        json!({ "title": "All", "type": "CATALOG" }),
        json!({ "title": "Collections", "type": "COLLECTIONS" }),
        json!({ "title": "Account", "type": "CUSTOMER_ACCOUNT_PAGE" }),
        json!({ "title": "Search", "type": "SEARCH" }),
        json!({ "title": "Out", "type": "HTTP", "url": "https://else.example/x" }),
        json!({ "title": "In", "type": "HTTP", "url": "/somewhere" }),
    ]);
    let items: Value = items.into();
    desk.menu("main-menu", items).await;
    let shown = desk.guest(MENU).await.at("/menu/items");
    let shown = shown.as_array().expect("a list");
    let base = &desk.shop.app.public_url;
    for (item, (id, kind, path)) in shown.iter().zip(&resources) {
        assert_eq!(item["type"], *kind);
        assert_eq!(item["resourceId"], id.as_str());
        assert_eq!(item["url"], format!("{base}{path}"));
    }
    let urls: Vec<&str> = shown[6..].iter().map(|item| item["url"].as_str().expect("a URL")).collect();
    let path = |path: &str| format!("{base}{path}");
    assert_eq!(
        urls,
        [
            path("/"),
            path("/collections/all"),
            path("/collections"),
            path("/account"),
            path("/search"),
            "https://else.example/x".to_owned(),
            path("/somewhere"),
        ]
    );
    assert!(shown[6..].iter().all(|item| item["resourceId"].is_null()));
}

#[tokio::test]
async fn links_nest_three_levels_and_no_deeper() {
    let desk = Desk::new().await;
    let below = |items: Value| json!([{ "title": "L", "type": "SEARCH", "items": items }]);
    let three = below(below(below(json!([]))));
    desk.menu("main-menu", three.clone()).await;
    let menu = desk.guest(MENU).await.at("/menu");
    assert_eq!(menu["itemsCount"], 3);
    assert_eq!(menu["items"][0]["items"][0]["items"][0]["title"], "L");
    assert_eq!(desk.refused("menuCreate", json!({ "title": "deep", "items": below(three) })).await, ["TOO_DEEP"]);
}

#[tokio::test]
async fn a_link_whose_goal_is_gone_or_hidden_vanishes_and_one_that_moved_follows() {
    let (desk, resources) = filled().await;
    desk.menu("main-menu", links(&resources)).await;
    let titles = async || -> Vec<String> {
        let items = desk.guest(MENU).await.at("/menu/items");
        items.as_array().expect("a list").iter().map(|item| item["title"].as_str().expect("words").to_owned()).collect()
    };
    assert_eq!(titles().await.len(), 6);
    desk.call("pageUpdate", "page { id }", json!({ "id": resources[2].0, "handle": "who" })).await.done("pageUpdate");
    desk.call("blogUpdate", "blog { id }", json!({ "id": resources[3].0, "handle": "news" })).await.done("blogUpdate");
    let moved = desk.guest(MENU).await;
    let base = &desk.shop.app.public_url;
    assert_eq!(moved.at("/menu/items/2/url"), format!("{base}/pages/who"));
    assert_eq!(moved.at("/menu/items/4/url"), format!("{base}/blogs/news/first"));

    desk.call("articleUpdate", "article { id }", json!({ "id": resources[4].0, "isPublished": false })).await;
    desk.call("pageDelete", "deletedPageId", json!({ "id": resources[2].0 })).await.done("pageDelete");
    desk.call("shopPolicyUpdate", "__typename", json!({ "type": "PRIVACY_POLICY", "body": " " })).await;
    desk.call("productUpdate", "__typename", json!({ "id": resources[0].0, "status": "DRAFT" })).await;
    desk.call("collectionUpdate", "__typename", json!({ "id": resources[1].0, "publish": false })).await;
    assert_eq!(titles().await, ["BLOG"]);
}

#[tokio::test]
async fn links_that_are_kept_keep_their_ids() {
    let desk = Desk::new().await;
    let item = |title: &str| json!({ "title": title, "type": "SEARCH" });
    let menu = desk.menu("main-menu", json!([item("A"), item("B")])).await;
    let before = desk.guest(MENU).await;
    let kept = before.text("/menu/items/1/id");
    let items = json!([{ "id": kept, "title": "B2", "type": "SEARCH", "items": [item("C")] }]);
    desk.call("menuUpdate", "menu { id }", json!({ "id": menu, "items": items })).await.done("menuUpdate");
    let after = desk.guest(MENU).await;
    assert_eq!(after.text("/menu/items/0/id"), kept);
    assert_eq!(after.text("/menu/items/0/title"), "B2");
    assert_eq!(after.at("/menu/itemsCount"), 2);
    let gone = before.text("/menu/items/0/id");
    for items in [
        json!([{ "id": gone, "title": "A", "type": "SEARCH" }]),
        json!([{ "id": kept, "title": "A", "type": "SEARCH" }, { "id": kept, "title": "A", "type": "SEARCH" }]),
    ] {
        let codes = desk.refused("menuUpdate", json!({ "id": menu, "items": items })).await;
        assert!(codes == ["NOT_FOUND"] || codes == ["DUPLICATE"], "{codes:?}");
    }
    desk.call("menuDelete", "deletedMenuId", json!({ "id": menu })).await.done("menuDelete");
    assert_eq!(desk.guest(MENU).await.at("/menu"), json!(null));
    assert_eq!(desk.facts().await, ["menu.created", "menu.updated", "menu.deleted"]);
}

#[tokio::test]
async fn a_link_says_where_it_leads_or_is_refused() {
    let desk = Desk::new().await;
    let page = desk.page(json!({ "title": "A" })).await;
    for (item, code) in [
        (json!({ "title": "x", "type": "PAGE" }), "BLANK"),
        (json!({ "title": "x", "type": "SEARCH", "resourceId": page }), "INVALID"),
        (json!({ "title": "x", "type": "HTTP" }), "BLANK"),
        (json!({ "title": "x", "type": "HTTP", "url": "javascript:alert(1)" }), "INVALID"),
        (json!({ "title": "x", "type": "HTTP", "url": "//evil.example" }), "INVALID"),
        (json!({ "title": "", "type": "SEARCH" }), "BLANK"),
    ] {
        assert_eq!(desk.refused("menuCreate", json!({ "title": "m", "items": [item] })).await, [code], "{item}");
    }
    let many: Value = (0..501).map(|_| json!({ "title": "x", "type": "SEARCH" })).collect();
    assert_eq!(desk.refused("menuCreate", json!({ "title": "m", "items": many })).await, ["TOO_MANY"]);
    let wrong = json!({ "title": "m", "items": [{ "title": "x", "type": "BLOG", "resourceId": page }] });
    assert_eq!(desk.call("menuCreate", "__typename", wrong).await.code(), "BAD_USER_INPUT");
}
