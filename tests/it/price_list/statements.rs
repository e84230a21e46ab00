//! How many statements prices cost: none more without lists, and the same for one product and for many with them.

use serde_json::json;

use super::Desk;
use crate::make::catalog::{product, variant};

const CARDS: &str = "query($country: CountryCode) @inContext(country: $country) { products(first: 50) { nodes { title
    priceRange { minVariantPrice { amount } } variants(first: 9) { nodes { price { amount } compareAtPrice { amount }
    availableForSale quantityPriceBreaks(first: 5) { nodes { minimumQuantity } } } } } } }";
const PRIOR: &str = "query($country: CountryCode) @inContext(country: $country) { products(first: 50) { nodes {
    variants(first: 9) { nodes { priorPrice { amount } } } } } }";

async fn fill(desk: &Desk, numbers: std::ops::Range<usize>) -> Vec<String> {
    let mut variants = Vec::new();
    for number in numbers {
        let new = product(&format!("Thing {number}")).options(&["Size"]);
        let new = new.variant(variant(1_000).options(&["S"])).variant(variant(1_100).options(&["M"]));
        let made = new.make(&desk.shop).await;
        variants.extend([made.variant_gid(0), made.variant_gid(1)]);
    }
    variants
}

async fn count(desk: &Desk, document: &str) -> u64 {
    let (answer, count) = desk.shop.statements(desk.shop.guest(document, json!({ "country": "DE" }))).await;
    assert!(answer.body.get("errors").is_none(), "{:#}", answer.body);
    count
}

#[tokio::test]
async fn prices_of_many_products_cost_as_many_statements_as_those_of_one() {
    let desk = Desk::new().await;
    let mut variants = fill(&desk, 0..1).await;
    assert_eq!(count(&desk, CARDS).await, 2, "without a list: products and variants");
    let list = desk.list("EUR", &["DE"], json!({})).await;
    for round in 0..2 {
        for variant in &variants {
            desk.prices(&list, "EUR", json!([{ "variantId": variant, "price": "9" }])).await;
        }
        for variant in &variants {
            desk.prices(&list, "EUR", json!([{ "variantId": variant, "price": "8" }])).await;
        }
        // The lists, the shop's countries, the lists' prices.
        assert_eq!(count(&desk, CARDS).await, 5, "round {round}");
        // And once more the lists and the countries; what was asked; what the lists said.
        assert!(count(&desk, PRIOR).await <= 9, "round {round}");
        if round == 0 {
            variants = fill(&desk, 1..8).await;
        }
    }
}

#[tokio::test]
async fn price_lists_with_their_prices_cost_the_same_however_many_they_are() {
    let desk = Desk::new().await;
    let variants = fill(&desk, 0..3).await;
    let document =
        "{ priceLists { nodes { name prices(first: 2) { nodes { price { amount } variant { id title } } } } } }";
    let mut counts = Vec::new();
    for _ in 0..2 {
        for _ in 0..3 {
            let list = desk.list("EUR", &["DE"], json!({})).await;
            for variant in &variants {
                desk.price(&list, variant, "EUR", "9").await;
            }
        }
        let (answer, count) = desk.shop.statements(desk.shop.ask(&desk.admin, document, json!({}))).await;
        assert_eq!(answer.at("/priceLists/nodes/0/prices/nodes").as_array().map(Vec::len), Some(2));
        counts.push(count);
    }
    assert_eq!(counts[0], counts[1]);
    assert!(counts[0] <= 7, "{} statements", counts[0]);
}

#[tokio::test]
async fn two_hundred_and_fifty_prices_are_written_in_a_few_statements() {
    let desk = Desk::new().await;
    let variants = fill(&desk, 0..125).await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    let euro = json!({ "amount": "9", "currencyCode": "EUR" });
    let prices: Vec<_> = variants.iter().map(|id| json!({ "variantId": id, "price": euro })).collect();
    assert_eq!(prices.len(), 250);
    let input = json!({ "priceListId": list, "prices": prices });
    let work = desk.call("priceListPricesAdd", "prices { minimumQuantity }", input);
    let (answer, count) = desk.shop.statements(work).await;
    assert_eq!(answer.done("priceListPricesAdd")["prices"].as_array().map(Vec::len), Some(250));
    assert!(count <= 12, "{count} statements");
    let document = "query($id: ID!) { priceList(id: $id) { prices(last: 250) { nodes { price { amount } } } } }";
    let answer = desk.shop.ask(&desk.admin, document, json!({ "id": list })).await;
    assert_eq!(answer.at("/priceList/prices/nodes").as_array().map(Vec::len), Some(250));
}
