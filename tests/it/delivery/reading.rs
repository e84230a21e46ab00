//! Who may read and change how the shop delivers, and at what cost.

use entity::auth::account::Role;
use serde_json::{Value, json};

use super::{Depot, country, flat, usd};
use crate::support::Caller;

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

#[tokio::test]
async fn staff_read_what_the_shop_delivers_and_guests_only_where_they_may_collect() {
    let depot = Depot::new().await;
    let zone = depot.zone("US", country("US"), json!([flat("Standard", "5")])).await;
    let pickup = depot.pickup("Workshop", "0").await["id"].clone();
    let document = "query($id: ID!) { deliveryZone(id: $id) { name rates { id } } pickupLocations(first: 5) { nodes {
        id location { name } address { id } } } }";
    let read = depot.shop.ask(&depot.admin, document, json!({ "id": zone })).await;
    assert_eq!(read.text("/deliveryZone/name"), "US");
    assert_eq!(read.at("/pickupLocations/nodes/0/id"), pickup);
    let rate = read.at("/deliveryZone/rates/0/id");
    let place = read.at("/pickupLocations/nodes/0/address/id");
    let ids = json!({ "ids": [zone, rate, pickup, place] });
    let kinds = |answer: crate::support::Answer| {
        let nodes = answer.at("/nodes");
        let kind = |node: &Value| node["__typename"].as_str().unwrap_or("-").to_owned();
        nodes.as_array().expect("a list").iter().map(kind).collect::<Vec<_>>()
    };
    let staff = depot.shop.ask(&depot.admin, NODES, ids.clone()).await;
    assert_eq!(kinds(staff), ["DeliveryZone", "DeliveryRate", "PickupLocation", "MailingAddress"]);
    assert_eq!(kinds(depot.shop.guest(NODES, ids).await), ["-", "-", "PickupLocation", "MailingAddress"]);
    for field in [
        "deliveryZones(first: 1) { nodes { id } }",
        "deliveryZone(id: \"gid://cartwright/DeliveryZone/01900000-0000-7000-8000-000000000000\") { id }",
        "pickupLocations(first: 1) { nodes { id } }",
        "deliverySettings { unchosen }",
    ] {
        let answer = depot.shop.guest(&format!("{{ {field} }}"), json!({})).await;
        assert_eq!(answer.code(), "UNAUTHENTICATED", "{field}");
    }
}

#[tokio::test]
async fn only_those_who_may_change_settings_change_them() {
    let depot = Depot::new().await;
    let clerk = depot.shop.staff("clerk@example.com", Role::Staff).await;
    let location = depot.location().await;
    let zone = depot.zone("US", country("US"), json!([flat("Standard", "5")])).await;
    let read = "query($id: ID!) { deliveryZone(id: $id) { rates { id } } }";
    let read = depot.shop.ask(&clerk, read, json!({ "id": zone })).await;
    let rate = read.at("/deliveryZone/rates/0/id");
    let place = super::address("US", "OR", "97201");
    let calls = [
        ("deliveryZoneCreate", json!({ "name": "DE", "areas": country("DE") })),
        ("deliveryZoneUpdate", json!({ "id": zone, "name": "x" })),
        ("deliveryZoneDelete", json!({ "id": zone })),
        ("deliveryRateCreate", json!({ "zoneId": zone, "title": "x", "cost": { "flat": usd("1") } })),
        ("deliveryRateUpdate", json!({ "id": rate, "title": "x" })),
        ("deliveryRateDelete", json!({ "id": rate })),
        ("pickupLocationSet", json!({ "locationId": location, "title": "x", "address": place, "cost": usd("0") })),
        ("pickupLocationRemove", json!({ "locationId": location })),
        ("deliverySettingsUpdate", json!({ "unchosen": "NOTHING" })),
    ];
    for (mutation, input) in calls {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
        let variables = json!({ "input": input });
        for (caller, code) in [(&clerk, "FORBIDDEN"), (&Caller::guest(), "UNAUTHENTICATED")] {
            let answer = depot.shop.ask(caller, &document, variables.clone()).await;
            assert_eq!(answer.code(), code, "{mutation}");
        }
    }
    assert_eq!(depot.facts().await.len(), 2);
}

#[tokio::test]
async fn twenty_zones_cost_as_many_statements_as_one() {
    let depot = Depot::new().await;
    let document =
        "{ deliveryZones(first: 50) { nodes { name areas { countryCode } rates { title zone { name } } } } }";
    let codes = ["AD", "AE", "AT", "BE", "BG", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IT", "JP"];
    let mut costs = Vec::new();
    for code in codes {
        depot.zone(code, country(code), json!([flat("Post", "5"), flat("Express", "9")])).await;
        let (answer, cost) = depot.shop.statements(depot.shop.ask(&depot.admin, document, json!({}))).await;
        answer.at("/deliveryZones/nodes/0/rates/0/zone/name");
        costs.push(cost);
    }
    assert!(costs.iter().all(|cost| *cost == costs[0] && *cost <= 3), "{costs:?}");
}
