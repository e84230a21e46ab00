//! The demo shop's texts.

use cartwright::demo;
use serde_json::{Value, json};

use super::nodes;
use crate::support::{Server, TestShop};

/// The addresses of links and of all below them.
fn links(items: &Value, into: &mut Vec<String>) {
    for item in items.as_array().map_or(&[] as &[_], Vec::as_slice) {
        into.push(item["url"].as_str().expect("a URL").to_owned());
        links(&item["items"], into);
    }
}

#[tokio::test]
async fn the_demo_has_what_a_front_end_asks_for_first_and_every_link_leads_somewhere() {
    let server = Server::still().await;
    let shop = &server.shop;
    demo::load(&shop.app).await.expect("the demo is loaded");
    let answer = shop
        .guest(
            "{ shop { name brand { logo { image { url width height } } } privacyPolicy { url } shippingPolicy { url } \
             refundPolicy { url } termsOfService { url } } \
             header: menu(handle: \"main-menu\") { items { title url items { title url items { title url } } } } \
             footer: menu(handle: \"footer\") { items { title url type } } \
             blog(handle: \"journal\") { articles(first: 9) { nodes { title image { url width height } } } } \
             pages(first: 9) { nodes { handle body } } urlRedirects(first: 9) { nodes { path } } \
             localization { availableCountries { isoCode } } }",
            json!({}),
        )
        .await;
    assert_eq!(nodes(&answer, "/pages", "handle"), ["about", "contact", "faq"]);
    let articles = answer.at("/blog/articles/nodes");
    let articles = articles.as_array().expect("articles");
    assert_eq!(articles.len(), 3);
    let pictures = articles.iter().map(|article| &article["image"]);
    let logo = answer.at("/shop/brand/logo/image");
    for picture in pictures.chain([&logo]) {
        assert!(picture["width"].is_i64() && picture["height"].is_i64(), "{picture}");
        let path = picture["url"].as_str().and_then(|url| url.strip_prefix(&shop.app.public_url)).expect("ours");
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    let mut urls = Vec::new();
    links(&answer.at("/header/items"), &mut urls);
    links(&answer.at("/footer/items"), &mut urls);
    assert!(urls.len() > 15, "{urls:?}");
    for policy in ["privacyPolicy", "shippingPolicy", "refundPolicy", "termsOfService"] {
        urls.push(answer.text(&format!("/shop/{policy}/url")));
    }
    for url in urls {
        let path = url.strip_prefix(&shop.app.public_url).expect("ours");
        if ["/pages/", "/blogs/", "/policies/"].iter().any(|ours| path.starts_with(ours)) {
            assert_eq!(server.get(path).await.status, 200, "{path}");
        }
    }
}

#[tokio::test]
async fn loading_the_demo_again_changes_none_of_its_texts() {
    let shop = TestShop::still().await;
    demo::load(&shop.app).await.expect("the demo is loaded");
    let everything = "{ shop { version } pages(first: 50) { nodes { id version } } blogs { nodes { id version \
                      articles { nodes { id version } } } } menu(handle: \"main-menu\") { id version } \
                      urlRedirects(first: 50) { nodes { id } } }";
    let before = shop.guest(everything, json!({})).await.at("");
    demo::load(&shop.app).await.expect("the demo is loaded again");
    assert_eq!(shop.guest(everything, json!({})).await.at(""), before);
}
