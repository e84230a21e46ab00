//! Zones: every place belongs to one, and to none that does not exist.

use serde_json::{Value, json};

use super::{Depot, country, flat, refusals, usd};

const ZONE: &str = "deliveryZone { id name areas { countryCode provinceCodes postalCodes { from to } }
    rates { handle title } }";

#[tokio::test]
async fn a_zone_is_made_with_its_rates_changed_and_removed() {
    let depot = Depot::new().await;
    let areas = json!([
        { "countryCode": "CA", "provinceCodes": ["bc", " AB "] },
        { "countryCode": "GB", "postalCodes": [{ "from": "sw1" }, { "from": "N1 0", "to": "N1 9" }] },
        {},
    ]);
    let input = json!({ "name": " Abroad ", "areas": areas, "rates": [flat("Post", "12.50"), flat("Post", "30")] });
    let made = depot.done("deliveryZoneCreate", ZONE, input).await["deliveryZone"].clone();
    let shown = json!([
        { "countryCode": "CA", "provinceCodes": ["BC", "AB"], "postalCodes": [] },
        { "countryCode": "GB", "provinceCodes": [], "postalCodes": [
            { "from": "SW1", "to": null }, { "from": "N1 0", "to": "N1 9" }] },
        { "countryCode": null, "provinceCodes": [], "postalCodes": [] },
    ]);
    assert_eq!((&made["name"], &made["areas"]), (&json!("Abroad"), &shown));
    assert_eq!(made["rates"], json!([{ "handle": "post", "title": "Post" }, { "handle": "post-1", "title": "Post" }]));

    let change = json!({ "id": made["id"], "areas": country("CA") });
    let changed = depot.done("deliveryZoneUpdate", ZONE, change.clone()).await["deliveryZone"].clone();
    assert_eq!(changed["name"], "Abroad");
    assert_eq!(changed["areas"].as_array().map(Vec::len), Some(1));
    assert_eq!(changed["rates"].as_array().map(Vec::len), Some(2));
    // What changes nothing is no fact.
    depot.done("deliveryZoneUpdate", ZONE, change).await;
    let gone = depot.done("deliveryZoneDelete", "deletedDeliveryZoneId", json!({ "id": made["id"] })).await;
    assert_eq!(gone["deletedDeliveryZoneId"], made["id"]);
    let again = depot.call("deliveryZoneDelete", "deletedDeliveryZoneId", json!({ "id": made["id"] })).await;
    assert_eq!(again.code(), "NOT_FOUND");

    let facts = depot.facts().await;
    let kinds: Vec<&str> = facts.iter().map(|(kind, _)| kind.as_str()).collect();
    let expected = [
        "delivery_zone.created",
        "delivery_rate.created",
        "delivery_rate.created",
        "delivery_zone.updated",
        "delivery_zone.deleted",
    ];
    assert_eq!(kinds, expected);
    assert!(facts.iter().all(|(_, data)| data["account_id"].is_string()), "who did it: {facts:?}");
    assert_eq!(facts[1].1["cost"], json!({ "flat": 1_250 }));
}

#[tokio::test]
async fn a_place_belongs_to_one_zone() {
    let depot = Depot::new().await;
    let home = depot.zone("Home", json!([{ "countryCode": "US" }, {}]), json!([])).await;
    let create =
        async |areas: Value| depot.refused("deliveryZoneCreate", json!({ "name": "Other", "areas": areas })).await;
    assert_eq!(create(country("US")).await, refusals(&[("areas.0.countryCode", "TAKEN")]));
    assert_eq!(create(json!([{}])).await, refusals(&[("areas.0.countryCode", "TAKEN")]));
    let twice = json!([{ "countryCode": "DE" }, { "countryCode": "DE" }]);
    assert_eq!(create(twice).await, refusals(&[("areas.1.countryCode", "DUPLICATE")]));
    // A part of a country is more narrow than the country, and may stand elsewhere.
    let islands = json!([{ "countryCode": "US", "provinceCodes": ["HI", "AK"] },
        { "countryCode": "US", "postalCodes": [{ "from": "006" }] }]);
    let islands = depot.zone("Islands", islands, json!([])).await;
    let part = json!([{ "countryCode": "US", "provinceCodes": ["HI"] }]);
    assert_eq!(create(part).await, refusals(&[("areas.0.provinceCodes", "TAKEN")]));
    let update = json!({ "id": islands, "areas": country("US") });
    assert_eq!(depot.refused("deliveryZoneUpdate", update).await, refusals(&[("areas.0.countryCode", "TAKEN")]));
    // Its own places are not in its way.
    let same = json!({ "id": home, "name": "Here", "areas": country("US") });
    depot.done("deliveryZoneUpdate", "deliveryZone { id }", same).await;
    depot.zone("World", json!([{}]), json!([])).await;
}

#[tokio::test]
async fn what_is_no_place_is_refused() {
    let depot = Depot::new().await;
    let create =
        async |area: Value| depot.refused("deliveryZoneCreate", json!({ "name": "Zone", "areas": [area] })).await;
    let us = |field: &str, value: Value| json!({ "countryCode": "US", field: value });
    assert_eq!(
        create(us("provinceCodes", json!(["NY", "", "California", "BC"]))).await,
        refusals(&[
            ("areas.0.provinceCodes.1", "INVALID"),
            ("areas.0.provinceCodes.2", "INVALID"),
            ("areas.0.provinceCodes.3", "INVALID")
        ])
    );
    assert_eq!(create(json!({ "provinceCodes": ["NY"] })).await, refusals(&[("areas.0.provinceCodes", "INVALID")]));
    for codes in [
        json!({ "from": "" }),
        json!({ "from": " - " }),
        json!({ "from": "9%" }),
        json!({ "from": "1".repeat(21) }),
        json!({ "from": "20000", "to": "10000" }),
        json!({ "from": "1000", "to": "20000" }),
    ] {
        let refused = create(us("postalCodes", json!([codes]))).await;
        assert_eq!(refused, refusals(&[("areas.0.postalCodes.0", "INVALID")]), "{codes}");
    }
    let many: Vec<Value> = (0..1_001).map(|n| json!({ "from": n.to_string() })).collect();
    assert_eq!(create(us("postalCodes", json!(many))).await, refusals(&[("areas", "TOO_MANY")]));
    let refused = depot.refused("deliveryZoneCreate", json!({ "name": " ", "areas": [] })).await;
    assert_eq!(refused, refusals(&[("name", "BLANK"), ("areas", "BLANK")]));
    let nul = json!({ "name": "a\u{0}b", "areas": country("US") });
    assert_eq!(depot.call("deliveryZoneCreate", "__typename", nul).await.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_zone_whose_rate_is_refused_is_not_made() {
    let depot = Depot::new().await;
    let rates = json!([flat("Good", "5"), { "title": "", "cost": { "flat": usd("-1") } },
        { "title": "Third", "handle": "good", "cost": { "flat": usd("1") } }]);
    let refused =
        depot.refused("deliveryZoneCreate", json!({ "name": "US", "areas": country("US"), "rates": rates })).await;
    let expected = [("rates.1.title", "BLANK"), ("rates.1.cost.flat", "INVALID"), ("rates.2.handle", "TAKEN")];
    assert_eq!(refused, refusals(&expected));
    let zones = depot.shop.ask(&depot.admin, "{ deliveryZones(first: 9) { nodes { id } } }", json!({})).await;
    assert_eq!(zones.at("/deliveryZones/nodes"), json!([]));
    assert_eq!(depot.facts().await, []);
}

#[tokio::test]
async fn two_zones_made_at_once_do_not_share_a_country() {
    let depot = Depot::new().await;
    for code in ["US", "DE", "JP", "KW", "FR"] {
        let input = json!({ "name": code, "areas": country(code), "rates": [flat("Post", "5")] });
        let one = depot.call("deliveryZoneCreate", "deliveryZone { id }", input.clone());
        let other = depot.call("deliveryZoneCreate", "deliveryZone { id }", input);
        let (one, other) = tokio::join!(one, other);
        let refused = [one.refusals("deliveryZoneCreate"), other.refusals("deliveryZoneCreate")].concat();
        assert_eq!(refused, ["TAKEN"], "{code}");
    }
}
