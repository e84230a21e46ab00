//! Checkout: what is asked of the delivery, what it costs, and what the order keeps.

use serde_json::{Value, json};

use super::{Depot, address, country, flat, usd};
use crate::{
    make::{
        catalog::{product, variant},
        checkout::{Bought, Completing},
    },
    tax::country_zone,
};

const ORDER: &str = "query($id: ID!) { order(id: $id) { totals { shipping { amount } total { amount } }
    shippingAddress { city } billingAddress { lastName } costSteps { text counts } shippingLines { title handle code
    description deliveryMethodType pickupAddress { address1 city } originalPrice { amount } discountedPrice { amount }
    tax { amount } } } }";

async fn shop() -> (Depot, String) {
    let depot = Depot::new().await;
    let mut standard = flat("Standard", "5");
    standard["description"] = json!("3 to 5 working days");
    standard["freeAbove"] = usd("100");
    depot.zone("US", country("US"), json!([standard, flat("Express", "15")])).await;
    let mug = product("Mug").variant(variant(1_000).grams(250).stock(50)).make(&depot.shop).await.variant_gid(0);
    (depot, mug)
}

/// Places and codes of a refusal.
async fn refused(completing: Completing<'_>) -> Vec<(String, String)> {
    let answer = completing.send().await;
    assert_eq!(answer.at("/checkoutComplete/order"), Value::Null, "{:#}", answer.body);
    let errors = answer.at("/checkoutComplete/userErrors");
    let error = |error: &Value| {
        let field: Vec<&str> = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
        (field.join("."), error["code"].as_str().expect("a code").to_owned())
    };
    errors.as_array().expect("a list").iter().map(error).collect()
}

fn one(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(format!("input.{field}"), code.to_owned())]
}

async fn order(depot: &Depot, bought: &Bought) -> Value {
    depot.shop.ask(&bought.caller, ORDER, json!({ "id": bought.id })).await.at("/order")
}

#[tokio::test]
async fn the_cheapest_is_paid_for_and_kept_when_nothing_was_chosen() {
    let (depot, mug) = shop().await;
    let cart = depot.cart(&mug, 2, Value::Null).await;
    let bought = depot.shop.complete(&cart).with("expectedTotal", usd("25")).bought().await;
    let kept = order(&depot, &bought).await;
    assert_eq!(kept["totals"], json!({ "shipping": { "amount": "5.0" }, "total": { "amount": "25.0" } }));
    let line = json!({ "title": "Standard", "handle": "standard", "code": "standard",
        "description": "3 to 5 working days", "deliveryMethodType": "SHIPPING", "pickupAddress": null,
        "originalPrice": { "amount": "5.0" }, "discountedPrice": { "amount": "5.0" }, "tax": { "amount": "0.0" } });
    assert_eq!(kept["shippingLines"], json!([line]));
    // Staff may do what they like afterwards.
    let read = "{ deliveryZones(first: 1) { nodes { id } } }";
    let zone = depot.shop.ask(&depot.admin, read, json!({})).await.at("/deliveryZones/nodes/0/id");
    depot.done("deliveryZoneDelete", "__typename", json!({ "id": zone })).await;
    assert_eq!(order(&depot, &bought).await, kept);
}

#[tokio::test]
async fn checkout_chooses_in_place_of_the_cart() {
    let (depot, mug) = shop().await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "standard").await.done("cartSelectedDeliveryOptionsUpdate");
    let express = depot.shop.complete(&cart).with("deliveryOptionHandle", json!("express"));
    let changed = express.clone().with("expectedTotal", usd("15")).send().await;
    assert_eq!(changed.refusals("checkoutComplete"), ["TOTAL_CHANGED"]);
    // The cart that comes along is quoted as the checkout would be: what it says can be expected.
    let total = changed.at("/checkoutComplete/cart/cost/totalAmount/amount");
    assert_eq!(total, "25.0");
    let bought = express.with("expectedTotal", json!({ "amount": total, "currencyCode": "USD" })).bought().await;
    assert_eq!(order(&depot, &bought).await["shippingLines"][0]["handle"], "express");

    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    let bought = depot.shop.complete(&cart).bought().await;
    assert_eq!(order(&depot, &bought).await["totals"]["total"], json!({ "amount": "25.0" }), "as the cart chose");
}

#[tokio::test]
async fn the_address_of_the_checkout_decides() {
    let (depot, mug) = shop().await;
    depot.zone("Islands", json!([{ "countryCode": "US", "provinceCodes": ["HI"] }]), json!([flat("Air", "30")])).await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    let hawaii = depot.shop.complete(&cart).with("shippingAddress", address("US", "HI", "96801"));
    let answer = hawaii.clone().with("expectedTotal", usd("15")).send().await;
    assert_eq!(answer.refusals("checkoutComplete"), ["TOTAL_CHANGED"]);
    assert_eq!(answer.at("/checkoutComplete/cart/cost/totalAmount/amount"), "40.0");
    // What was chosen for the cart's address is for what takes its place, and has to fit there.
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    assert_eq!(refused(hawaii.clone()).await, one("deliveryOptionHandle", "DELIVERY_OPTION_INVALID"));
    let message = hawaii.send().await.text("/checkoutComplete/userErrors/0/message");
    assert_eq!(message, "express is not for this address. Choose one of: air.");
    let bought = hawaii.with("deliveryOptionHandle", json!("air")).bought().await;
    assert_eq!(order(&depot, &bought).await["totals"]["shipping"], json!({ "amount": "30.0" }));
}

#[tokio::test]
async fn an_edited_order_that_stays_in_its_place_keeps_its_rates_and_taxes() {
    let (depot, mug) = shop().await;
    let zone = depot.done("taxZoneCreate", "taxZone { id }", country_zone("US", "EXCLUSIVE", "Tax", "10")).await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    let bought = depot.shop.complete(&cart).with("shippingAddress", address("US", "OR", "97201")).bought().await;
    assert_eq!(order(&depot, &bought).await["totals"]["total"]["amount"], "26.0");

    let read = "{ deliveryZones(first: 1) { nodes { rates { id handle } } } }";
    let rates = depot.shop.ask(&depot.admin, read, json!({})).await.at("/deliveryZones/nodes/0/rates");
    let mut rates = rates.as_array().expect("a list").iter();
    let express = rates.find(|rate| rate["handle"] == "express").expect("the rate")["id"].clone();
    let dearer = json!({ "id": express, "cost": { "flat": usd("99") } });
    depot.done("deliveryRateUpdate", "__typename", dearer).await;
    let taxes = country_zone("US", "EXCLUSIVE", "Tax", "20")["rates"].clone();
    depot.done("taxZoneUpdate", "__typename", json!({ "id": zone["taxZone"]["id"], "rates": taxes })).await;

    let edit =
        async |changes: Value| bought.edit(&depot.shop, &depot.admin, changes).await.done("orderEdit")["order"].clone();
    let mut street = address("US", "OR", "97201");
    street["address1"] = json!("12 Other Street");
    let corrected = edit(json!({ "shippingAddress": street })).await;
    assert_eq!(
        (&corrected["totals"]["total"]["amount"], &corrected["financialStatus"]),
        (&json!("26.0"), &json!("PAID"))
    );
    // Twice, because an edited order is edited by what its last edit kept.
    for (units, total) in [(2, "37.0"), (1, "26.0")] {
        let line = bought.line(&depot.shop, 0).await;
        let edited = edit(json!({ "lineItems": [{ "lineItemId": line, "quantity": units }] })).await;
        assert_eq!(edited["totals"]["total"]["amount"], total);
    }
    // Elsewhere it is delivered and taxed by the rules of now.
    let elsewhere = json!({ "shippingAddress": address("US", "OR", "97299") });
    assert_eq!(edit(elsewhere).await["totals"]["total"]["amount"], "111.0");
}

#[tokio::test]
async fn an_edit_that_moves_an_order_says_how_it_could_be_delivered_there() {
    let (depot, mug) = shop().await;
    depot.zone("Islands", json!([{ "countryCode": "US", "provinceCodes": ["HI"] }]), json!([flat("Air", "30")])).await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    let bought = depot.shop.complete(&cart).bought().await;
    let preview = async |changes: Value| bought.edit_preview(&depot.shop, &depot.admin, changes).await;
    let near = preview(json!({ "shippingAddress": address("US", "OR", "97299") })).await;
    assert_eq!(near.at("/orderEditPreview/preview/deliveryOption"), json!({ "handle": "express" }));
    let there = near.at("/orderEditPreview/deliveryOptions");
    assert_eq!((&there[0]["handle"], &there[1]["handle"]), (&json!("standard"), &json!("express")));

    let islands = json!({ "shippingAddress": address("US", "HI", "96801") });
    let refused = preview(islands.clone()).await;
    assert_eq!(refused.refusals("orderEditPreview"), ["DELIVERY_OPTION_INVALID"]);
    assert_eq!(refused.at("/orderEditPreview/userErrors/0/field"), json!(["input", "deliveryOptionHandle"]));
    let message = refused.text("/orderEditPreview/userErrors/0/message");
    assert_eq!(message, "express is not for this address. Choose one of: air.");
    let air = json!({ "handle": "air", "title": "Air", "estimatedCost": { "amount": "30.0" } });
    assert_eq!(refused.at("/orderEditPreview/deliveryOptions"), json!([air]));

    let mut by_air = islands;
    by_air["deliveryOptionHandle"] = json!("air");
    let previewed = preview(by_air.clone()).await;
    assert_eq!(previewed.at("/orderEditPreview/preview/deliveryOption"), json!({ "handle": "air" }));
    assert_eq!(previewed.at("/orderEditPreview/preview/totalChange/amount"), "15.0");
    let edited = bought.edit(&depot.shop, &depot.admin, by_air).await.done("orderEdit")["order"].clone();
    assert_eq!(edited["balanceDue"]["amount"], "15.0");
}

#[tokio::test]
async fn a_delivery_that_is_not_possible_stops_the_checkout_and_says_what_to_do() {
    let (depot, mug) = shop().await;
    depot
        .zone(
            "DE",
            country("DE"),
            json!([{ "title": "Brief",
        "cost": { "byWeight": [{ "untilGrams": 300, "cost": usd("3") }] } }]),
        )
        .await;
    let countries = "mutation { shopUpdate(input: { countries: [US, DE, FR] }) { userErrors { code } } }";
    depot.shop.ask(&depot.admin, countries, json!({})).await.done("shopUpdate");
    let cart = depot.cart(&mug, 2, Value::Null).await;
    let to = |country: &str| depot.shop.complete(&cart).with("shippingAddress", address(country, "", "10115"));
    assert_eq!(refused(to("FR")).await, one("shippingAddress", "DELIVERY_NOT_AVAILABLE"));
    assert_eq!(refused(to("DE")).await, one("shippingAddress", "DELIVERY_RATE_NOT_AVAILABLE"));
    let unknown = to("US").with("deliveryOptionHandle", json!("drone"));
    assert_eq!(refused(unknown).await, one("deliveryOptionHandle", "DELIVERY_OPTION_INVALID"));
    let message = to("FR").send().await.text("/checkoutComplete/userErrors/0/message");
    assert_eq!(message, "Nothing is delivered to this address. Choose another address.");
    // A total without delivery is not told beside.
    let expecting = to("FR").with("expectedTotal", usd("1"));
    assert_eq!(refused(expecting).await, one("shippingAddress", "DELIVERY_NOT_AVAILABLE"));
    let nowhere = depot.shop.complete(&cart).with("shippingAddress", Value::Null);
    assert_eq!(refused(nowhere).await, one("shippingAddress", "ADDRESS_REQUIRED"));
    to("US").bought().await;
}

#[tokio::test]
async fn a_shop_may_ask_every_buyer_to_choose() {
    let (depot, mug) = shop().await;
    depot.done("deliverySettingsUpdate", "__typename", json!({ "unchosen": "NOTHING" })).await;
    let cart = depot.cart(&mug, 1, Value::Null).await;
    let completing = depot.shop.complete(&cart);
    assert_eq!(refused(completing.clone()).await, one("deliveryOptionHandle", "DELIVERY_OPTION_REQUIRED"));
    let message = completing.send().await.text("/checkoutComplete/userErrors/0/message");
    assert_eq!(message, "A delivery option is needed. Choose one of: standard, express.");
    completing.with("deliveryOptionHandle", json!("standard")).bought().await;
}

#[tokio::test]
async fn what_is_collected_needs_no_address_and_the_order_says_where() {
    let (depot, mug) = shop().await;
    depot.pickup("Workshop", "1").await;
    let cart = depot.cart(&mug, 1, Value::Null).await;
    let collected = depot.shop.complete(&cart).with("shippingAddress", Value::Null);
    let collected = collected.with("deliveryOptionHandle", json!("workshop"));
    let bought = collected.with("billingAddress", address("DE", "", "10115")).bought().await;
    let kept = order(&depot, &bought).await;
    assert_eq!((&kept["shippingAddress"], &kept["billingAddress"]), (&Value::Null, &json!({ "lastName": "Doe" })));
    let line = &kept["shippingLines"][0];
    assert_eq!((&line["deliveryMethodType"], &line["description"]), (&json!("PICK_UP"), &json!("Ring twice.")));
    assert_eq!(line["pickupAddress"], json!({ "address1": "1 Main Street", "city": "Springfield" }));
    assert_eq!(kept["totals"]["total"], json!({ "amount": "11.0" }));
    let remove = json!({ "locationId": depot.location().await });
    depot.done("pickupLocationRemove", "__typename", remove).await;
    assert_eq!(order(&depot, &bought).await, kept);
}

#[tokio::test]
async fn an_option_is_refused_where_there_is_nothing_to_choose() {
    let depot = Depot::new().await;
    let mug = depot.shop.stocked("Mug", 1_000, 9).await.variant_gid(0);
    let cart = depot.cart(&mug, 1, Value::Null).await;
    let completing = depot.shop.complete(&cart).with("deliveryOptionHandle", json!("standard"));
    assert_eq!(refused(completing).await, one("deliveryOptionHandle", "DELIVERY_OPTION_INVALID"));
    let bought = depot.shop.complete(&cart).bought().await;
    assert_eq!(order(&depot, &bought).await["shippingLines"], json!([]));
}

#[tokio::test]
async fn a_country_that_the_shop_does_not_sell_to_is_refused() {
    let (depot, mug) = shop().await;
    depot.zone("World", json!([{}]), json!([flat("Sea mail", "40")])).await;
    let cart = depot.cart(&mug, 1, Value::Null).await;
    let abroad = depot.shop.complete(&cart).with("shippingAddress", address("FR", "", "75001"));
    assert_eq!(refused(abroad.clone()).await, one("shippingAddress.countryCode", "COUNTRY_NOT_SERVED"));
    let message = abroad.send().await.text("/checkoutComplete/userErrors/0/message");
    assert_eq!(message, "This shop does not sell to France. It sells to United States, Germany.");
    let seen = depot.cart(&mug, 1, address("FR", "", "75001")).await;
    assert_eq!(depot.problems(&seen).await, ["COUNTRY_NOT_SERVED"], "the cart says so before");
    // Who pays may live anywhere, and what is not sent goes anywhere.
    let billed = depot.shop.complete(&cart).with("billingAddress", address("FR", "", "75001"));
    billed.bought().await;
    let song = product("Song").variant(variant(500).digital()).make(&depot.shop).await.variant_gid(0);
    let cart = depot.cart(&song, 1, Value::Null).await;
    depot.shop.complete(&cart).with("shippingAddress", address("FR", "", "75001")).bought().await;
}

#[tokio::test]
async fn delivery_costs_a_checkout_a_few_statements_however_many_rates_there_are() {
    let (depot, mug) = shop().await;
    let complete = async || {
        let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
        let (_, statements) = depot.shop.statements(depot.shop.complete(&cart).bought()).await;
        statements
    };
    let few = complete().await;
    for code in ["AD", "AE", "AT", "BE", "BG", "CA", "CH", "DE", "DK", "ES"] {
        depot.zone(code, country(code), json!([flat("Post", "5"), flat("Express", "9")])).await;
    }
    assert_eq!(complete().await, few);
}
