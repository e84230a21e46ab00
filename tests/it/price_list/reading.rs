//! What buyers of a country see of prices.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Desk, words};
use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

#[tokio::test]
async fn a_country_is_shown_the_prices_of_its_list_in_its_currency() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").variant(variant(1_000)).variant(variant(2_000).compare_at(3_000));
    let lamp = lamp.make(&desk.shop).await;
    let (small, large) = (lamp.variant_gid(0), lamp.variant_gid(1));
    let list = desk.list("EUR", &["DE"], json!({})).await;
    let price = json!([{ "variantId": small, "price": "9.5", "compareAtPrice": "11" }]);
    desk.prices(&list, "EUR", price).await;

    assert_eq!(desk.cost("DE", &small).await, "9.5 EUR");
    assert_eq!(desk.cost("US", &small).await, "10.0 USD");
    assert_eq!(desk.cost("FR", &small).await, "10.0 USD", "the shop does not sell there");
    let card = "price { amount currencyCode } compareAtPrice { amount currencyCode } availableForSale";
    let seen = desk.seen("DE", &small, card).await;
    assert_eq!([words(&seen["compareAtPrice"]), seen["availableForSale"].to_string()], ["11.0 EUR", "true"]);
    let seen = desk.seen("DE", &large, card).await;
    assert_eq!(words(&seen["price"]), "20.0 USD", "nothing is converted: it is the shop's own price");
    assert_eq!(words(&seen["compareAtPrice"]), "30.0 USD");
    assert_eq!(seen["availableForSale"], false, "and it cannot be bought there");
    assert_eq!(desk.seen("US", &large, card).await["availableForSale"], true);

    let document = "query($id: ID!, $country: CountryCode!) @inContext(country: $country) { product(id: $id) {
        availableForSale encodedVariantAvailability
        priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
        compareAtPriceRange { maxVariantPrice { amount currencyCode } }
        selectedOrFirstAvailableVariant { id } } }";
    let range = async |country: &str| {
        let answer = desk.shop.guest(document, json!({ "id": lamp.gid(), "country": country })).await;
        let range = answer.at("/product/priceRange");
        let before = answer.at("/product/compareAtPriceRange/maxVariantPrice");
        [words(&range["minVariantPrice"]), words(&range["maxVariantPrice"]), words(&before)]
    };
    assert_eq!(range("DE").await, ["9.5 EUR", "9.5 EUR", "11.0 EUR"]);
    assert_eq!(range("US").await, ["10.0 USD", "20.0 USD", "30.0 USD"]);
    let delete = json!({ "priceListId": list, "prices": [{ "variantId": small }] });
    desk.call("priceListPricesDelete", "__typename", delete).await.done("priceListPricesDelete");
    assert_eq!(range("DE").await, ["10.0 USD", "20.0 USD", "30.0 USD"], "none has a price there");
    let answer = desk.shop.guest(document, json!({ "id": lamp.gid(), "country": "DE" })).await;
    assert_eq!(answer.at("/product/availableForSale"), false);
}

#[tokio::test]
async fn lists_of_the_shops_currency_are_sales_and_tiers_are_told() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    let sale = desk.list("USD", &[], json!({ "priority": 1 })).await;
    let tiers = json!([
        { "variantId": variant, "price": "9", "compareAtPrice": "10" },
        { "variantId": variant, "price": "8", "minimumQuantity": 10 },
        { "variantId": variant, "price": "8.5", "minimumQuantity": 5 },
        { "variantId": variant, "price": "8.75", "minimumQuantity": 12 },
    ]);
    desk.prices(&sale, "USD", tiers).await;
    let breaks =
        "price { amount currencyCode } quantityPriceBreaks(first: 9) { nodes { minimumQuantity price { amount } } }";
    let document = format!("query($id: ID!) {{ node(id: $id) {{ ... on ProductVariant {{ {breaks} }} }} }}");
    let answer = desk.shop.guest(&document, json!({ "id": variant })).await;
    assert_eq!(words(&answer.at("/node/price")), "9.0 USD", "without a country too");
    let nodes = answer.at("/node/quantityPriceBreaks/nodes");
    let told: Vec<String> = nodes.as_array().expect("a list").iter().map(Value::to_string).collect();
    assert_eq!(
        told,
        [r#"{"minimumQuantity":5,"price":{"amount":"8.5"}}"#, r#"{"minimumQuantity":10,"price":{"amount":"8.0"}}"#],
        "twelve cost no more than ten do"
    );
    // A list of higher priority goes before, also where it is dearer; of equal ones the lowest price counts.
    let dearer = desk.list("USD", &["CA"], json!({ "priority": 2 })).await;
    desk.price(&dearer, &variant, "USD", "12").await;
    assert_eq!(desk.cost("CA", &variant).await, "12.0 USD");
    assert_eq!(desk.cost("US", &variant).await, "9.0 USD");
    let equal = desk.list("USD", &["CA"], json!({ "priority": 2 })).await;
    desk.price(&equal, &variant, "USD", "11").await;
    assert_eq!(desk.cost("CA", &variant).await, "11.0 USD");
    desk.call("priceListUpdate", "__typename", json!({ "id": equal, "isActive": false })).await.done("priceListUpdate");
    assert_eq!(desk.cost("CA", &variant).await, "12.0 USD");
}

#[tokio::test]
async fn localization_tells_the_currency_of_each_country() {
    let desk = Desk::new().await;
    desk.list("EUR", &["DE"], json!({ "priority": 1 })).await;
    desk.list("CHF", &["DE"], json!({})).await;
    desk.list("CAD", &["CA"], json!({ "endsAt": desk.moment(60) })).await;
    desk.list("JPY", &["JP"], json!({ "isActive": false })).await;
    desk.list("GBP", &[], json!({ "priority": 9 })).await;
    let document = "query($country: CountryCode!) @inContext(country: $country) {
        localization { country { isoCode currency { isoCode } }
            availableCountries { isoCode currency { isoCode } } }
        shop { paymentSettings { currencyCode enabledPresentmentCurrencies } } }";
    let read = async |country: &str| desk.shop.guest(document, json!({ "country": country })).await;
    let answer = read("DE").await;
    assert_eq!(answer.at("/localization/country"), json!({ "isoCode": "DE", "currency": { "isoCode": "EUR" } }));
    let all = answer.at("/localization/availableCountries");
    let all: Vec<String> = all
        .as_array()
        .expect("countries")
        .iter()
        .map(|one| {
            format!("{} {}", one["isoCode"].as_str().unwrap_or(""), one["currency"]["isoCode"].as_str().unwrap_or(""))
        })
        .collect();
    assert_eq!(all, ["US USD", "CA CAD", "DE EUR", "JP USD"]);
    let settings = answer.at("/shop/paymentSettings/enabledPresentmentCurrencies");
    assert_eq!(settings, json!(["USD", "CAD", "EUR"]));
    desk.shop.pass(61);
    let answer = read("CA").await;
    assert_eq!(answer.at("/localization/country/currency/isoCode"), "USD", "the list is over");
    assert_eq!(read("FR").await.at("/localization/country/isoCode"), "US");
}

#[tokio::test]
async fn a_unit_price_follows_the_countrys_price() {
    let desk = Desk::new().await;
    let input = json!({ "title": "Tea", "publish": true, "variants": [{ "price": "4", "unitPriceMeasurement": {
        "quantityValue": "250", "quantityUnit": "G", "referenceValue": 1, "referenceUnit": "KG" } }] });
    let selection = "product { variants(first: 1) { nodes { id } } }";
    let made = desk.call("productCreate", selection, input).await.done("productCreate");
    let variant = made["product"]["variants"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
    let list = desk.list("JPY", &["JP"], json!({})).await;
    desk.price(&list, &variant, "JPY", "600").await;
    let seen = desk.seen("JP", &variant, "unitPrice { amount currencyCode }").await;
    assert_eq!(words(&seen["unitPrice"]), "2400.0 JPY");
    let seen = desk.seen("US", &variant, "unitPrice { amount currencyCode }").await;
    assert_eq!(words(&seen["unitPrice"]), "16.0 USD");
}

#[tokio::test]
async fn a_list_counts_from_its_beginning_until_its_end_however_hot_the_cache_is() {
    let desk = Desk::over(TestShop::new().await).await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    let more = json!({ "startsAt": desk.moment(100), "endsAt": desk.moment(200) });
    let sale = desk.list("USD", &["DE"], more).await;
    desk.price(&sale, &variant, "USD", "7").await;
    let hot = async |country: &str| {
        let mut costs = Vec::new();
        for _ in 0..3 {
            costs.push(desk.cost(country, &variant).await);
        }
        costs.dedup();
        costs.join(", ")
    };
    // Until the process has heard of what was written, the answers may be those of before.
    seen_at_last(async || desk.cost("DE", &variant).await == "10.0 USD").await;
    assert_eq!(hot("DE").await, "10.0 USD");
    desk.shop.pass(120);
    assert_eq!(hot("DE").await, "7.0 USD", "nobody wrote anything");
    assert_eq!(hot("US").await, "10.0 USD", "who looks from elsewhere is not answered from the same place");
    assert_eq!(hot("DE").await, "7.0 USD");
    desk.shop.pass(100);
    assert_eq!(hot("DE").await, "10.0 USD", "the end of the period is a boundary too");
}

#[tokio::test]
async fn the_cache_forgets_when_a_list_its_prices_or_the_shops_countries_change() {
    let desk = Desk::over(TestShop::new().await).await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    let warm = async || {
        for _ in 0..3 {
            desk.cost("DE", &variant).await;
        }
    };
    let becomes = async |cost: &str| {
        seen_at_last(async || desk.cost("DE", &variant).await == cost).await;
        warm().await;
    };
    warm().await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    desk.price(&list, &variant, "EUR", "9").await;
    becomes("9.0 EUR").await;
    desk.price(&list, &variant, "EUR", "8").await;
    becomes("8.0 EUR").await;
    desk.call("shopUpdate", "__typename", json!({ "countries": ["US"] })).await.done("shopUpdate");
    becomes("10.0 USD").await;
    desk.call("shopUpdate", "__typename", json!({ "countries": ["US", "DE"] })).await.done("shopUpdate");
    becomes("8.0 EUR").await;
    desk.call("priceListUpdate", "__typename", json!({ "id": list, "isActive": false })).await.done("priceListUpdate");
    becomes("10.0 USD").await;
    desk.call("priceListUpdate", "__typename", json!({ "id": list, "isActive": true })).await.done("priceListUpdate");
    becomes("8.0 EUR").await;
    desk.own_price(&lamp, "11").await;
    desk.call("priceListDelete", "__typename", json!({ "id": list })).await.done("priceListDelete");
    becomes("11.0 USD").await;
}

/// Waits until something is seen; a second is what a change may take.
async fn seen_at_last(seen: impl AsyncFn() -> bool) {
    let begin = Instant::now();
    while !seen().await {
        assert!(begin.elapsed() < Duration::from_secs(2), "it is not seen after two seconds");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
