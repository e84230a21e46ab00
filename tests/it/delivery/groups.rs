//! What a cart is offered: by its address, weight and price.

use serde_json::{Value, json};

use super::{Depot, address, country, flat, usd};
use crate::make::catalog::{product, variant};

fn offers(list: &[&str], chosen: Option<&str>) -> (Vec<String>, Option<String>) {
    (list.iter().map(|offer| (*offer).to_owned()).collect(), chosen.map(str::to_owned))
}

#[tokio::test]
async fn a_shop_without_rules_delivers_for_nothing_and_asks_nothing() {
    let depot = Depot::new().await;
    let pen = depot.shop.stocked("Pen", 1_000, 9).await.variant_gid(0);
    let cart = depot.cart(&pen, 1, address("US", "OR", "97201")).await;
    let read = depot.delivery(&cart).await;
    assert_eq!((&read["deliveryGroups"]["nodes"], &read["problems"]), (&json!([]), &json!([])));
    assert_eq!(read["cost"]["totalAmount"]["amount"], "10.0");
}

#[tokio::test]
async fn the_narrowest_zone_that_has_the_address_offers_its_rates() {
    let depot = Depot::new().await;
    depot.zone("US", country("US"), json!([flat("Standard", "5"), flat("Express", "15")])).await;
    let islands = json!([{ "countryCode": "US", "provinceCodes": ["HI", "AK"] }]);
    depot.zone("Islands", islands, json!([flat("Air", "25")])).await;
    let near = json!([{ "countryCode": "US", "postalCodes": [{ "from": "97200", "to": "97299" }] }]);
    depot.zone("Portland", near, json!([flat("Bicycle", "3")])).await;
    depot.zone("World", json!([{}]), json!([flat("Sea mail", "40")])).await;
    let pen = depot.shop.stocked("Pen", 1_000, 99).await.variant_gid(0);
    for (to, expected) in [
        (address("US", "CA", "90001"), offers(&["standard 5.0", "express 15.0"], Some("standard"))),
        (address("US", "HI", "96801"), offers(&["air 25.0"], Some("air"))),
        (address("US", "OR", "97201-0042"), offers(&["bicycle 3.0"], Some("bicycle"))),
        (address("DE", "BE", "10115"), offers(&["sea-mail 40.0"], Some("sea-mail"))),
    ] {
        let cart = depot.cart(&pen, 1, to.clone()).await;
        assert_eq!(depot.offers(&cart).await, expected, "{to}");
    }
    let cart = depot.cart(&pen, 2, address("US", "CA", "90001")).await;
    let read = depot.delivery(&cart).await;
    assert_eq!(read["cost"], json!({ "subtotalAmount": { "amount": "20.0" }, "totalAmount": { "amount": "25.0" } }));
    let group = &read["deliveryGroups"]["nodes"][0];
    assert_eq!(group["cartLines"]["nodes"], json!([{ "quantity": 2 }]));
    assert_eq!(group["deliveryAddress"], json!({ "countryCode": "US", "city": "Springfield" }));
    let express = json!({ "handle": "express", "title": "Express", "code": "express", "description": null,
        "deliveryMethodType": "SHIPPING", "estimatedCost": { "amount": "15.0", "currencyCode": "USD" },
        "pickupLocation": null });
    assert_eq!(group["deliveryOptions"][1], express);
}

#[tokio::test]
async fn rates_go_by_weight_and_price_and_are_free_above_an_amount() {
    let depot = Depot::new().await;
    let rates = json!([
        { "title": "Letter", "cost": { "byWeight": [{ "untilGrams": 500, "cost": usd("2") }] } },
        { "title": "Parcel", "cost": { "byWeight": [{ "untilGrams": 1000, "cost": usd("6") },
            { "fromGrams": 1000, "untilGrams": 3000, "cost": usd("9") }] }, "freeAbove": usd("100") },
        { "title": "Small sum", "cost": { "byPrice": [{ "until": usd("30"), "cost": usd("4") }] } },
        { "title": "Euro", "cost": { "flat": { "amount": "1", "currencyCode": "EUR" } } },
    ]);
    depot.zone("US", country("US"), rates).await;
    let made = product("Mug").variant(variant(1_000).grams(250)).make(&depot.shop).await;
    for (quantity, expected) in [
        (1, offers(&["letter 2.0", "small-sum 4.0", "parcel 6.0"], Some("letter"))),
        (2, offers(&["small-sum 4.0", "parcel 6.0"], Some("small-sum"))),
        (3, offers(&["parcel 6.0"], Some("parcel"))),
        (4, offers(&["parcel 9.0"], Some("parcel"))),
        (10, offers(&["parcel 0.0"], Some("parcel"))),
        (12, offers(&[], None)),
    ] {
        let cart = depot.cart(&made.variant_gid(0), quantity, address("US", "OR", "97201")).await;
        assert_eq!(depot.offers(&cart).await, expected, "{quantity}");
        let problems = if quantity == 12 { vec!["DELIVERY_RATE_NOT_AVAILABLE".to_owned()] } else { vec![] };
        assert_eq!(depot.problems(&cart).await, problems, "{quantity}");
    }
}

#[tokio::test]
async fn what_is_not_shipped_is_in_no_group_and_weighs_nothing() {
    let depot = Depot::new().await;
    let by_weight = json!([{ "title": "Letter", "cost": { "byWeight": [{ "untilGrams": 300, "cost": usd("2") }] } }]);
    depot.zone("US", country("US"), by_weight).await;
    let song = product("Song").variant(variant(500).grams(900).digital()).make(&depot.shop).await.variant_gid(0);
    let card = product("Card").variant(variant(300).grams(20)).make(&depot.shop).await.variant_gid(0);
    let cart = depot.cart(&song, 1, address("US", "OR", "97201")).await;
    assert_eq!(depot.delivery(&cart).await["deliveryGroups"]["nodes"], json!([]));
    assert_eq!(depot.total(&cart).await, "5.0");
    let both = depot.shop.cart(&[(song, 1), (card, 2)]).await;
    depot.move_to(&both, address("US", "OR", "97201")).await;
    let read = depot.delivery(&both).await;
    assert_eq!(read["deliveryGroups"]["nodes"][0]["cartLines"]["nodes"], json!([{ "quantity": 2 }]));
    assert_eq!(read["cost"]["totalAmount"]["amount"], "13.0");
}

#[tokio::test]
async fn pick_up_is_offered_everywhere_and_chosen_for_nobody() {
    let depot = Depot::new().await;
    depot.zone("US", country("US"), json!([flat("Standard", "5")])).await;
    depot.pickup("Workshop", "1").await;
    let pen = depot.shop.stocked("Pen", 1_000, 99).await.variant_gid(0);
    let cart = depot.cart(&pen, 1, address("US", "OR", "97201")).await;
    assert_eq!(depot.offers(&cart).await, offers(&["standard 5.0", "workshop 1.0"], Some("standard")));
    let read = depot.delivery(&cart).await;
    let pickup = json!({ "handle": "workshop", "title": "Workshop", "code": "workshop", "description": "Ring twice.",
        "deliveryMethodType": "PICK_UP", "estimatedCost": { "amount": "1.0", "currencyCode": "USD" },
        "pickupLocation": { "title": "Workshop", "address": { "city": "Springfield" } } });
    assert_eq!(read["deliveryGroups"]["nodes"][0]["deliveryOptions"][1], pickup);
    // Nothing is sent to Germany, but it may be collected.
    depot.move_to(&cart, address("DE", "BE", "10115")).await;
    assert_eq!(depot.offers(&cart).await, offers(&["workshop 1.0"], None));
    assert_eq!(depot.problems(&cart).await, ["DELIVERY_NOT_AVAILABLE"]);
    // Without an address, only that is known.
    let nowhere = depot.cart(&pen, 1, Value::Null).await;
    assert_eq!(depot.offers(&nowhere).await, offers(&["workshop 1.0"], None));
    assert_eq!(depot.problems(&nowhere).await, Vec::<String>::new());
    let group = depot.delivery(&nowhere).await["deliveryGroups"]["nodes"][0].clone();
    assert_eq!(group["deliveryAddress"], json!({ "countryCode": null, "city": null }));
    assert_eq!(depot.total(&nowhere).await, "10.0");
}

#[tokio::test]
async fn the_cheapest_counts_only_where_the_shop_says_so() {
    let depot = Depot::new().await;
    depot.zone("US", country("US"), json!([flat("Standard", "5"), flat("Express", "15")])).await;
    let pen = depot.shop.stocked("Pen", 1_000, 99).await.variant_gid(0);
    let cart = depot.cart(&pen, 1, address("US", "OR", "97201")).await;
    depot.done("deliverySettingsUpdate", "__typename", json!({ "unchosen": "NOTHING" })).await;
    assert_eq!(depot.offers(&cart).await, offers(&["standard 5.0", "express 15.0"], None));
    let required = vec!["DELIVERY_OPTION_REQUIRED".to_owned()];
    assert_eq!((depot.total(&cart).await.as_str(), depot.problems(&cart).await), ("10.0", required));
    let chosen = depot.shop.complete(&cart).with("deliveryOptionHandle", json!("express"));
    assert_eq!(chosen.bought().await.now(&depot.shop).await["totals"]["total"]["amount"], "25.0");
}

#[tokio::test]
async fn twenty_zones_and_fifty_lines_cost_a_cart_as_many_statements_as_one() {
    let depot = Depot::new().await;
    let pen = depot.shop.stocked("Pen", 1_000, 999).await.variant_gid(0);
    let document = format!("query($id: ID!) {{ cart(id: $id) {{ ...D }} }} {}", super::DELIVERY);
    let read = async |cart: &str| depot.shop.guest(&document, json!({ "id": cart })).await;
    let cart = depot.cart(&pen, 1, address("US", "OR", "97201")).await;
    let (_, without) = depot.shop.statements(read(&cart)).await;
    depot.zone("US", country("US"), json!([flat("Standard", "5")])).await;
    let (_, one) = depot.shop.statements(read(&cart)).await;
    assert!(one <= without + 2, "the settings, and one for all descriptions: {one} after {without}");
    for code in ["AD", "AE", "AT", "BE", "BG", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IT"] {
        depot.zone(code, country(code), json!([flat("Post", "5"), flat("Express", "9")])).await;
    }
    depot.pickup("Workshop", "0").await;
    let mut lines = Vec::new();
    for n in 0..50 {
        lines.push((product(&format!("Product {n}")).price(100).make(&depot.shop).await.variant_gid(0), 1));
    }
    let large = depot.shop.cart(&lines).await;
    depot.move_to(&large, address("US", "OR", "97201")).await;
    let (answer, many) = depot.shop.statements(read(&large)).await;
    assert_eq!(answer.at("/cart/deliveryGroups/nodes/0/deliveryOptions").as_array().map(Vec::len), Some(2));
    assert!(many <= one + 1, "one more for the pick-up's description: {many} after {one}");
}
