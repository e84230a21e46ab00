//! What a buyer chose: kept through other changes, told when it fits no more.

use serde_json::json;

use super::{Depot, address, country, flat, usd};
use crate::make::{
    cart::{ADD, ADDRESSES_ADD, ADDRESSES_UPDATE, DELIVERY, NOTE, UPDATE, delivery_address, line_id},
    catalog::{product, variant},
};

/// A shop that sends within the United States by three ways and to Germany by one.
async fn shop() -> (Depot, String) {
    let depot = Depot::new().await;
    let light = json!({ "byWeight": [{ "untilGrams": 1000, "cost": usd("2") }] });
    let cheap = json!({ "byPrice": [{ "until": usd("35"), "cost": usd("3") }] });
    let rates = json!([flat("Standard", "5"), flat("Express", "15"), { "title": "Light", "cost": light },
        { "title": "Cheap", "cost": cheap }]);
    depot.zone("US", country("US"), rates).await;
    depot.zone("DE", country("DE"), json!([flat("Paket", "12")])).await;
    let mug = product("Mug").variant(variant(1_000).grams(250)).make(&depot.shop).await.variant_gid(0);
    (depot, mug)
}

#[tokio::test]
async fn a_chosen_option_counts_and_outlives_other_changes() {
    let (depot, mug) = shop().await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    assert_eq!(depot.total(&cart).await, "12.0", "the cheapest");
    let chosen = depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    assert_eq!(chosen["cart"]["cost"]["totalAmount"]["amount"], "25.0");
    let group = &chosen["cart"]["deliveryGroups"]["nodes"][0];
    assert_eq!(group["selectedDeliveryOption"], json!({ "handle": "express" }));
    depot.shop.change(NOTE, json!({ "cartId": cart, "note": "hi" })).await;
    depot.shop.change(ADD, json!({ "cartId": cart, "lines": [{ "merchandiseId": mug, "quantity": 1 }] })).await;
    assert_eq!(depot.total(&cart).await, "35.0");
    // Another address of the same country, in place of the first: the group is another, the choice is the same.
    depot.move_to(&cart, address("US", "CA", "90001")).await;
    assert_eq!((depot.total(&cart).await.as_str(), depot.problems(&cart).await), ("35.0", vec![]));
    depot.choose(&cart, "standard").await.done("cartSelectedDeliveryOptionsUpdate");
    assert_eq!(depot.total(&cart).await, "25.0");
}

#[tokio::test]
async fn each_address_has_its_own_choice() {
    let (depot, mug) = shop().await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    let german = delivery_address(address("DE", "BE", "10115"));
    let added = depot.shop.change(ADDRESSES_ADD, json!({ "cartId": cart, "addresses": [german] })).await;
    let addresses = &added["cart"]["delivery"]["addresses"];
    let select = async |place: usize| {
        let change = json!([{ "id": addresses[place]["id"], "selected": true }]);
        depot.shop.change(ADDRESSES_UPDATE, json!({ "cartId": cart, "addresses": change })).await;
        depot.total(&cart).await
    };
    assert_eq!(select(1).await, "22.0", "the cheapest, because nothing was chosen for it");
    assert_eq!(depot.problems(&cart).await, Vec::<String>::new());
    assert_eq!(select(0).await, "25.0", "as chosen before");
}

#[tokio::test]
async fn an_option_that_fits_no_more_is_a_problem_and_not_a_surprise() {
    let (depot, mug) = shop().await;
    for (handle, problem) in [("light", "DELIVERY_OPTION_NOT_FOR_WEIGHT"), ("cheap", "DELIVERY_OPTION_NOT_FOR_PRICE")] {
        let cart = depot.cart(&mug, 3, address("US", "OR", "97201")).await;
        depot.choose(&cart, handle).await.done("cartSelectedDeliveryOptionsUpdate");
        let line = line_id(&depot.shop.read_cart(&cart).await, 0);
        let lines = json!([{ "id": line, "quantity": 4 }]);
        depot.shop.change(UPDATE, json!({ "cartId": cart, "lines": lines })).await;
        assert_eq!(depot.problems(&cart).await, [problem]);
        let read = depot.delivery(&cart).await;
        assert_eq!(read["deliveryGroups"]["nodes"][0]["selectedDeliveryOption"], json!(null));
        assert_eq!(read["cost"]["totalAmount"]["amount"], "40.0", "without delivery");
        depot.choose(&cart, "standard").await.done("cartSelectedDeliveryOptionsUpdate");
        assert_eq!((depot.total(&cart).await.as_str(), depot.problems(&cart).await), ("45.0", vec![]));
    }
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    depot.move_to(&cart, address("DE", "BE", "10115")).await;
    assert_eq!(depot.problems(&cart).await, ["DELIVERY_OPTION_NOT_FOR_ADDRESS"]);
    let message = depot.delivery(&cart).await["problems"][0]["message"].clone();
    assert_eq!(message, "Express is not for this address; choose another delivery");
    depot.move_to(&cart, address("FR", "", "75001")).await;
    assert_eq!(depot.problems(&cart).await, ["COUNTRY_NOT_SERVED"], "there nothing would help");
    depot.move_to(&cart, address("US", "OR", "97201")).await;
    assert_eq!(depot.total(&cart).await, "25.0", "it fits again");
}

#[tokio::test]
async fn an_option_that_staff_change_or_remove_is_told() {
    let (depot, mug) = shop().await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    depot.choose(&cart, "express").await.done("cartSelectedDeliveryOptionsUpdate");
    let read = "{ deliveryZones(first: 1) { nodes { rates { id handle } } } }";
    let read = depot.shop.ask(&depot.admin, read, json!({})).await;
    let express = read.at("/deliveryZones/nodes/0/rates/1/id");
    let euro = json!({ "flat": { "amount": "9", "currencyCode": "EUR" } });
    depot.done("deliveryRateUpdate", "__typename", json!({ "id": express, "title": "Fast", "cost": euro })).await;
    assert_eq!(depot.problems(&cart).await, ["DELIVERY_OPTION_NOT_IN_CURRENCY"]);
    let dollars = json!({ "id": express, "cost": { "flat": usd("9") } });
    depot.done("deliveryRateUpdate", "__typename", dollars).await;
    assert_eq!(depot.total(&cart).await, "19.0", "the handle stayed");
    depot.done("deliveryRateDelete", "__typename", json!({ "id": express })).await;
    assert_eq!(depot.problems(&cart).await, ["DELIVERY_OPTION_NOT_FOUND"]);
}

#[tokio::test]
async fn only_present_groups_and_their_options_can_be_chosen() {
    let (depot, mug) = shop().await;
    let cart = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    let group = depot.delivery(&cart).await["deliveryGroups"]["nodes"][0]["id"].clone();
    let choose = async |group: &serde_json::Value, handle: &str| {
        let choices = json!([{ "deliveryGroupId": group, "deliveryOptionHandle": handle }]);
        depot.shop.refused(DELIVERY, json!({ "cartId": cart, "selectedDeliveryOptions": choices })).await
    };
    let refused = |field: &str, code: &str| vec![(format!("selectedDeliveryOptions.0.{field}"), code.to_owned())];
    for handle in ["paket", "EXPRESS", "", "a\u{0}b"] {
        let expected = refused("deliveryOptionHandle", "INVALID_DELIVERY_OPTION");
        assert_eq!(choose(&group, handle).await, expected, "{handle:?}");
    }
    let other = depot.cart(&mug, 1, address("US", "OR", "97201")).await;
    let foreign = depot.delivery(&other).await["deliveryGroups"]["nodes"][0]["id"].clone();
    for id in [foreign, json!("x"), json!(cart), json!("gid://cartwright/CartDeliveryGroup/1")] {
        assert_eq!(choose(&id, "express").await, refused("deliveryGroupId", "INVALID_DELIVERY_GROUP"), "{id}");
    }
    assert_eq!(depot.total(&cart).await, "12.0");
}

#[tokio::test]
async fn a_pick_up_chosen_before_there_is_an_address_counts_for_every_address() {
    let (depot, mug) = shop().await;
    depot.pickup("Workshop", "0").await;
    let cart = depot.cart(&mug, 1, json!(null)).await;
    depot.choose(&cart, "workshop").await.done("cartSelectedDeliveryOptionsUpdate");
    assert_eq!(depot.total(&cart).await, "10.0");
    depot.move_to(&cart, address("DE", "BE", "10115")).await;
    assert_eq!((depot.total(&cart).await.as_str(), depot.problems(&cart).await), ("10.0", vec![]));
    depot.choose(&cart, "paket").await.done("cartSelectedDeliveryOptionsUpdate");
    assert_eq!(depot.total(&cart).await, "22.0");
}
