//! Rates: what they cost, in one currency, under a handle that stays.

use serde_json::{Value, json};

use super::{Depot, country, flat, refusals, usd};

const RATE: &str = "deliveryRate { id handle title description currencyCode freeAbove { amount }
    cost { flat { amount } byWeight { fromGrams untilGrams cost { amount } }
           byPrice { from { amount } until { amount } cost { amount } } } zone { name } }";

#[tokio::test]
async fn a_rate_is_made_changed_and_removed() {
    let depot = Depot::new().await;
    let zone = depot.zone("US", country("US"), json!([flat("Standard", "5")])).await;
    let input = json!({ "zoneId": zone, "title": "Standard", "description": " 2 to 4 days ", "freeAbove": usd("50"),
        "cost": { "byWeight": [{ "untilGrams": 1000, "cost": usd("5") }, { "fromGrams": 1000, "cost": usd("9.5") }] } });
    let made = depot.done("deliveryRateCreate", RATE, input).await["deliveryRate"].clone();
    let bands = json!([
        { "fromGrams": 0, "untilGrams": 1000, "cost": { "amount": "5.0" } },
        { "fromGrams": 1000, "untilGrams": null, "cost": { "amount": "9.5" } },
    ]);
    let id = made["id"].clone();
    let expected = json!({ "id": id, "handle": "standard-1", "title": "Standard", "description": "2 to 4 days",
        "currencyCode": "USD", "freeAbove": { "amount": "50.0" }, "zone": { "name": "US" },
        "cost": { "flat": null, "byWeight": bands, "byPrice": null } });
    assert_eq!(made, expected);

    let change = json!({ "id": id, "title": "Slow", "description": null });
    let changed = depot.done("deliveryRateUpdate", RATE, change).await["deliveryRate"].clone();
    assert_eq!((&changed["title"], &changed["description"]), (&json!("Slow"), &Value::Null));
    assert_eq!((&changed["handle"], &changed["cost"]), (&json!("standard-1"), &made["cost"]));
    let by_price = json!([{ "until": usd("20"), "cost": usd("7") }, { "from": usd("20"), "cost": usd("4") }]);
    let change = json!({ "id": id, "cost": { "byPrice": by_price }, "freeAbove": null });
    let changed = depot.done("deliveryRateUpdate", RATE, change).await["deliveryRate"].clone();
    assert_eq!(changed["freeAbove"], Value::Null);
    assert_eq!(changed["cost"]["byPrice"][0]["until"], json!({ "amount": "20.0" }));
    depot.done("deliveryRateDelete", "deletedDeliveryRateId", json!({ "id": id })).await;
    let gone = depot.call("deliveryRateUpdate", "__typename", json!({ "id": id, "title": "x" })).await;
    assert_eq!(gone.code(), "NOT_FOUND");

    let facts = depot.facts().await;
    let kinds: Vec<&str> = facts.iter().map(|(kind, _)| kind.as_str()).skip(2).collect();
    assert_eq!(
        kinds,
        ["delivery_rate.created", "delivery_rate.updated", "delivery_rate.updated", "delivery_rate.deleted"]
    );
    assert_eq!((&facts[2].1["handle"], &facts[2].1["free_above_minor"]), (&json!("standard-1"), &json!(5_000)));
    let zone = json!({ "zoneId": "gid://cartwright/DeliveryZone/01900000-0000-7000-8000-000000000000" });
    let missing = depot.call("deliveryRateCreate", "__typename", merged(zone, flat("x", "1"))).await;
    assert_eq!(missing.code(), "NOT_FOUND");
}

fn merged(mut into: Value, from: Value) -> Value {
    into.as_object_mut().expect("an object").extend(from.as_object().expect("an object").clone());
    into
}

#[tokio::test]
async fn a_cost_that_contradicts_itself_is_refused() {
    let depot = Depot::new().await;
    let zone = depot.zone("US", country("US"), json!([])).await;
    let create = async |cost: Value| {
        depot.refused("deliveryRateCreate", json!({ "zoneId": zone, "title": "Post", "cost": cost })).await
    };
    let euro = json!({ "amount": "1", "currencyCode": "EUR" });
    for (cost, field, code) in [
        (json!({}), "cost", "INVALID"),
        (json!({ "flat": usd("1"), "byWeight": [] }), "cost", "INVALID"),
        (json!({ "flat": usd("-0.01") }), "cost.flat", "INVALID"),
        (json!({ "flat": usd("10000000000.01") }), "cost.flat", "INVALID"),
        (json!({ "byWeight": [] }), "cost.byWeight", "BLANK"),
        (json!({ "byWeight": [{ "fromGrams": 5, "untilGrams": 5, "cost": usd("1") }] }), "cost.byWeight.0", "INVALID"),
        (
            json!({ "byWeight": [{ "cost": usd("1") }, { "fromGrams": 5, "cost": usd("1") }] }),
            "cost.byWeight.1",
            "INVALID",
        ),
        (json!({ "byPrice": [{ "from": euro, "cost": usd("1") }] }), "cost.byPrice.0.from", "INVALID"),
    ] {
        assert_eq!(create(cost.clone()).await, refusals(&[(field, code)]), "{cost}");
    }
    let fine = json!({ "zoneId": zone, "title": "Post", "cost": { "flat": usd("0.001") } });
    assert_eq!(depot.call("deliveryRateCreate", "__typename", fine).await.code(), "BAD_USER_INPUT");
    let above = json!({ "zoneId": zone, "title": "Post", "cost": { "flat": usd("1") }, "freeAbove": euro });
    assert_eq!(depot.refused("deliveryRateCreate", above).await, refusals(&[("freeAbove", "INVALID")]));
    assert_eq!(depot.facts().await.len(), 1);
}

#[tokio::test]
async fn a_rate_changes_its_currency_as_a_whole() {
    let depot = Depot::new().await;
    let rate = merged(flat("Post", "5"), json!({ "freeAbove": usd("50"), "handle": "post" }));
    depot.zone("US", country("US"), json!([rate])).await;
    let read = "{ deliveryZones(first: 1) { nodes { rates { id } } } }";
    let id = depot.shop.ask(&depot.admin, read, json!({})).await.text("/deliveryZones/nodes/0/rates/0/id");
    let euros = |amount: &str| json!({ "amount": amount, "currencyCode": "EUR" });
    let change = json!({ "id": id, "cost": { "flat": euros("4") } });
    assert_eq!(depot.refused("deliveryRateUpdate", change).await, refusals(&[("freeAbove", "INVALID")]));
    let change = json!({ "id": id, "freeAbove": euros("40") });
    assert_eq!(depot.refused("deliveryRateUpdate", change).await, refusals(&[("freeAbove", "INVALID")]));
    let change = json!({ "id": id, "cost": { "flat": euros("4") }, "freeAbove": euros("40") });
    let changed = depot.done("deliveryRateUpdate", RATE, change).await["deliveryRate"].clone();
    assert_eq!((&changed["currencyCode"], &changed["handle"]), (&json!("EUR"), &json!("post")));
}

#[tokio::test]
async fn a_handle_is_one_rates_or_one_pick_ups() {
    let depot = Depot::new().await;
    let zone = depot.zone("US", country("US"), json!([flat("Standard", "5")])).await;
    let pickup = depot.pickup("Standard", "0").await;
    assert_eq!(pickup["handle"], "standard-1");
    let create = async |handle: &str| {
        let rate = merged(flat("Post", "5"), json!({ "zoneId": zone, "handle": handle }));
        depot.call("deliveryRateCreate", "__typename", rate).await.refusals("deliveryRateCreate")
    };
    for (handle, refused) in [
        ("standard", vec!["TAKEN"]),
        ("standard-1", vec!["TAKEN"]),
        ("Express!", vec!["INVALID"]),
        ("", vec!["INVALID"]),
        ("express-24h", vec![]),
    ] {
        assert_eq!(create(handle).await, refused, "{handle}");
    }
    let unnamed = merged(flat("速達", "5"), json!({ "zoneId": zone }));
    depot.done("deliveryRateCreate", RATE, unnamed).await;
}
