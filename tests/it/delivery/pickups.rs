//! Pick-up locations and the settings of delivery as a whole.

use serde_json::{Value, json};

use super::{Depot, address, refusals, usd};

const PICKUP: &str = "pickupLocation { id handle title instructions cost { amount currencyCode } location { id }
    address { address1 city countryCode } }";

#[tokio::test]
async fn a_location_is_offered_for_pick_up_changed_and_taken_back() {
    let depot = Depot::new().await;
    let location = depot.location().await;
    let mut place = address("US", "OR", "97201");
    place["lastName"] = Value::Null;
    let input = json!({ "locationId": location, "title": "Workshop, Portland", "instructions": "Mon–Fri",
        "address": place, "cost": usd("0") });
    let made = depot.done("pickupLocationSet", PICKUP, input.clone()).await["pickupLocation"].clone();
    assert_eq!(made["handle"], "workshop-portland");
    assert_eq!((&made["location"]["id"], &made["instructions"]), (&json!(location), &json!("Mon–Fri")));
    assert_eq!(made["address"], json!({ "address1": "1 Main Street", "city": "Springfield", "countryCode": "US" }));

    let mut change = input.clone();
    change["title"] = json!("Workshop");
    change["cost"] = usd("2.5");
    let changed = depot.done("pickupLocationSet", PICKUP, change.clone()).await["pickupLocation"].clone();
    assert_eq!((&changed["handle"], &changed["title"]), (&json!("workshop-portland"), &json!("Workshop")));
    assert_eq!(changed["cost"], json!({ "amount": "2.5", "currencyCode": "USD" }));
    depot.done("pickupLocationSet", PICKUP, change.clone()).await;
    change["handle"] = json!("workshop");
    assert_eq!(depot.refused("pickupLocationSet", change).await, refusals(&[("handle", "INVALID")]));
    let remove = json!({ "locationId": location });
    let gone = depot.done("pickupLocationRemove", "removedPickupLocationId", remove.clone()).await;
    assert_eq!(gone["removedPickupLocationId"], made["id"]);
    assert_eq!(depot.call("pickupLocationRemove", "__typename", remove).await.code(), "NOT_FOUND");
    let kinds: Vec<String> = depot.facts().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["pickup_location.set", "pickup_location.set", "pickup_location.removed"]);
}

#[tokio::test]
async fn a_pick_up_needs_a_location_a_place_and_a_cost() {
    let depot = Depot::new().await;
    let location = depot.location().await;
    let input = |field: &str, value: Value| {
        let mut input = json!({ "locationId": location, "title": "Here", "address": address("US", "OR", "97201"),
            "cost": usd("0") });
        input[field] = value;
        input
    };
    let without = |field: &str| {
        let mut place = address("US", "OR", "97201");
        place[field] = Value::Null;
        place
    };
    let unknown = json!("gid://cartwright/Location/01900000-0000-7000-8000-000000000000");
    for (field, value, at, code) in [
        ("locationId", unknown, "locationId", "NOT_FOUND"),
        ("title", json!(" "), "title", "BLANK"),
        ("title", json!("x".repeat(256)), "title", "TOO_LONG"),
        ("instructions", json!("x".repeat(1_001)), "instructions", "TOO_LONG"),
        ("address", without("address1"), "address.address1", "BLANK"),
        ("address", without("countryCode"), "address.countryCode", "BLANK"),
        ("cost", usd("-1"), "cost", "INVALID"),
    ] {
        let refused = depot.refused("pickupLocationSet", input(field, value)).await;
        // An address in the United States lacks its state and ZIP code as well.
        assert_eq!(refused[..1], refusals(&[(at, code)]), "{at}");
    }
}

#[tokio::test]
async fn what_counts_while_nothing_is_chosen_is_a_setting() {
    let depot = Depot::new().await;
    let read = async || {
        let answer = depot.shop.ask(&depot.admin, "{ deliverySettings { unchosen } }", json!({})).await;
        answer.text("/deliverySettings/unchosen")
    };
    assert_eq!(read().await, "CHEAPEST");
    for unchosen in ["NOTHING", "NOTHING", "CHEAPEST", "NOTHING"] {
        let input = json!({ "unchosen": unchosen });
        let payload = depot.done("deliverySettingsUpdate", "deliverySettings { unchosen }", input).await;
        assert_eq!(payload["deliverySettings"]["unchosen"], unchosen);
    }
    assert_eq!(read().await, "NOTHING");
    assert_eq!(depot.facts().await.len(), 3, "what changes nothing is no fact");
}
