//! The home page of a storefront over HTTP: however much it shows, the same few statements.

use cartwright::demo;
use serde_json::json;

use crate::support::{Server, Visitor};

const HOME: &str = "query Home($shown: Int!) {
    shop { name description }
    collections(first: $shown, sortKey: TITLE) { nodes { id title handle image { url width height altText } } }
    featured: collection(handle: \"frontpage\") { title products(first: $shown) { nodes { ...Card } } }
    newest: products(first: $shown, sortKey: CREATED_AT, reverse: true) { nodes { ...Card } } }
  fragment Card on Product { id handle title vendor availableForSale tags
    featuredImage { url altText width height }
    priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
    compareAtPriceRange { minVariantPrice { amount } }
    options { name optionValues { name firstSelectableVariant { id image { url } } } }
    selectedOrFirstAvailableVariant { id title price { amount } compareAtPrice { amount } quantityAvailable
      selectedOptions { name value } product { handle } }
    variants(first: 3) { nodes { id availableForSale price { amount } } }
    collections(first: 2) { nodes { title } } }";

#[tokio::test]
async fn the_home_page_takes_the_same_statements_however_much_it_shows() {
    let server = Server::still().await;
    demo::load(&server.shop.app).await.expect("the demo shop is loaded");
    let guest = Visitor::guest();
    let show = async |shown: u32| {
        let asking = server.graphql(&guest, HOME, json!({ "shown": shown }));
        let (answer, statements) = server.shop.statements(asking).await;
        let cards = answer.at("/newest/nodes").as_array().map_or(0, Vec::len);
        assert_eq!(cards, shown as usize);
        assert!(answer.text("/featured/products/nodes/0/featuredImage/url").starts_with(&server.url("/media/demo/")));
        statements
    };
    // The least of a few: the first requests open connections and prepare statements, which splits levels.
    let (mut few, mut many) = (u64::MAX, u64::MAX);
    for _ in 0..5 {
        few = few.min(show(2).await);
        many = many.min(show(12).await);
    }
    assert!(few <= MOST, "{few} statements for 2 of each");
    assert!(many <= MOST, "{many} statements for 12 of each");
}

/// Twelve: the shop, the lists, and one for each kind of thing below them. A loader that splits a level on a busy machine
/// asks twice; one question for each of the 24 cards would be 35 at least.
const MOST: u64 = 24;
