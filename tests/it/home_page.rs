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
    // A loader may split a level when the machine is busy; what counts is that the number does not grow with the page.
    let (few, many) = (show(2).await, show(12).await);
    assert!(few <= MOST, "{few} statements for 2 of each");
    assert!(many <= MOST, "{many} statements for 12 of each");
}

/// Shop, three lists, and below them one statement for each kind of thing, some of them at two depths.
const MOST: u64 = 20;
