//! How many SQL statements a list costs: the same for one object and for many.

use serde_json::json;

use crate::{
    make::catalog::{Made, collection, product, variant},
    support::TestShop,
};

async fn fill(shop: &TestShop, products: std::ops::Range<usize>) -> Vec<Made> {
    let mut made = Vec::new();
    for number in products {
        let new = product(&format!("Thing {number}"))
            .tags(&["one", "two"])
            .options(&["Size"])
            .images(&["/a.webp", "/b.webp"])
            .variant(variant(1_000).options(&["S"]).stock(1))
            .variant(variant(1_100).options(&["M"]).stock(0).image(1));
        made.push(new.make(shop).await);
    }
    made
}

/// The number of statements of a document with two products in the shop, and with twelve.
async fn costs(document: &str) -> (u64, u64) {
    let shop = TestShop::still().await;
    let mut made = fill(&shop, 0..2).await;
    for title in ["First", "Second"] {
        collection(&shop, title, true, &made.iter().collect::<Vec<_>>()).await;
    }
    let count = async || {
        let (answer, count) = shop.statements(shop.guest(document, json!({}))).await;
        assert!(answer.body.get("errors").is_none(), "{:#}", answer.body);
        count
    };
    let few = count().await;
    made.extend(fill(&shop, 2..12).await);
    for title in ["Third", "Fourth", "Fifth"] {
        collection(&shop, title, true, &made.iter().collect::<Vec<_>>()).await;
    }
    (few, count().await)
}

const CARD: &str = "id handle title tags availableForSale totalInventory featuredImage { url } \
                    priceRange { minVariantPrice { amount } maxVariantPrice { amount } } \
                    compareAtPriceRange { maxVariantPrice { amount } } images(first: 2) { edges { node { url } } } \
                    options { name optionValues { name firstSelectableVariant { id price { amount } } } } \
                    selectedOrFirstAvailableVariant { id } adjacentVariants { id } encodedVariantExistence encodedVariantAvailability \
                    collections(first: 3) { nodes { title } } \
                    variants(first: 10) { nodes { id title price { amount } availableForSale quantityAvailable \
                    selectedOptions { name value } image { url } product { title handle } } }";

async fn costs_at_most(document: &str, most: u64) {
    let (few, many) = costs(document).await;
    assert_eq!(few, many, "the number of statements grows with the list: {document}");
    assert!(many <= most, "{many} statements, more than {most}: {document}");
}

#[tokio::test]
async fn a_list_of_products_with_everything_costs_nine_statements() {
    costs_at_most(&format!("{{ products(first: 50) {{ nodes {{ {CARD} }} }} }}"), 9).await;
}

#[tokio::test]
async fn a_plain_list_of_products_costs_one_statement_and_counting_it_one_more() {
    costs_at_most("{ products(first: 50) { nodes { id title } } }", 1).await;
    costs_at_most("{ products(first: 50) { totalCount nodes { id title } } }", 2).await;
}

#[tokio::test]
async fn a_search_costs_what_a_list_costs() {
    let document = format!("{{ search(query: \"thing\") {{ totalCount nodes {{ ... on Product {{ {CARD} }} }} }} }}");
    costs_at_most(&document, 10).await;
}

#[tokio::test]
async fn collections_with_their_products_cost_one_statement_more_than_their_products() {
    let document = format!(
        "{{ collections {{ nodes {{ title image {{ url }} products(first: 5) {{ nodes {{ {CARD} }} }} }} }} }}"
    );
    costs_at_most(&document, 10).await;
    costs_at_most("{ collections { nodes { products(first: 5, sortKey: PRICE) { nodes { id } } } } }", 2).await;
}

#[tokio::test]
async fn tags_and_types_cost_one_statement_each() {
    costs_at_most("{ productTags { nodes } productTypes { nodes } }", 2).await;
}

#[tokio::test]
async fn many_nodes_cost_a_statement_for_each_type() {
    let shop = TestShop::still().await;
    let made = fill(&shop, 0..6).await;
    let id = collection(&shop, "Home", true, &made.iter().collect::<Vec<_>>()).await;
    let mut ids: Vec<String> = made.iter().flat_map(|made| [made.gid(), made.variant_gid(0)]).collect();
    ids.push(format!("gid://cartwright/Collection/{id}"));
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on ProductVariant { product { title } } } }";
    let (answer, count) = shop.statements(shop.guest(document, json!({ "ids": ids }))).await;
    assert_eq!(answer.at("/nodes").as_array().map(Vec::len), Some(13));
    // Products, variants, the variants' products, collections.
    assert!(count <= 4, "{count} statements");
}
