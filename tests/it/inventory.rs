//! Staff change stock and locations.

use cartwright::domain::auth::Role;
use entity::{
    inventory::{stock_level, stock_movement},
    platform::outbox_event,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::{
    make::catalog::{Made, product, variant},
    support::{Answer, Caller, TestShop},
};

const LEVELS: &str =
    "inventoryLevels { onHand reserved available location { priority } } userErrors { field message code }";

async fn adjust(shop: &TestShop, staff: &Caller, changes: Value) -> Answer {
    let document = format!(
        "mutation ($c: [InventoryChangeInput!]!) {{ inventoryAdjustQuantities(input: {{ reason: RECEIVE, changes: $c }}) {{ {LEVELS} }} }}"
    );
    shop.ask(staff, &document, json!({ "c": changes })).await
}

async fn set(shop: &TestShop, staff: &Caller, quantities: Value) -> Answer {
    let document = format!(
        "mutation ($q: [InventoryQuantityInput!]!) {{ inventorySetQuantities(input: {{ reason: ADJUST, quantities: $q }}) {{ {LEVELS} }} }}"
    );
    shop.ask(staff, &document, json!({ "q": quantities })).await
}

/// A variant of which `on_hand` are there; the builder's one held unit at the other location is taken away.
async fn stocked(shop: &TestShop, on_hand: i64) -> Made {
    let made = product("Lamp").variant(variant(1_000).stock(on_hand)).make(shop).await;
    let level = stock_level::Entity::delete_many().filter(stock_level::Column::Reserved.gt(0));
    level.exec(shop.app.database.reader()).await.expect("deleted");
    made
}

async fn hold(shop: &TestShop, units: i64) {
    let sql = format!("UPDATE stock_level SET reserved = {units}");
    shop.app.database.reader().execute_unprepared(&sql).await.expect("held");
}

async fn facts(shop: &TestShop) -> Vec<String> {
    let query = outbox_event::Entity::find().filter(outbox_event::Column::SubjectType.eq("variant"));
    let rows = query.order_by_asc(outbox_event::Column::Position).all(shop.app.database.reader()).await;
    rows.expect("facts").into_iter().map(|row| row.kind).collect()
}

#[tokio::test]
async fn stock_changes_by_a_difference_with_a_movement_and_its_facts() {
    let shop = TestShop::still().await;
    let staff = shop.staff("clerk@example.com", Role::Staff).await;
    let made = stocked(&shop, 2).await;
    let line = |delta: i32| json!([{ "variantId": made.variant_gid(0), "delta": delta }]);
    let after = adjust(&shop, &staff, line(3)).await.done("inventoryAdjustQuantities");
    assert_eq!(
        after["inventoryLevels"][0],
        json!({ "onHand": 5, "reserved": 0, "available": 5, "location": { "priority": 1 } })
    );
    adjust(&shop, &staff, line(-5)).await.done("inventoryAdjustQuantities");
    adjust(&shop, &staff, line(1)).await.done("inventoryAdjustQuantities");
    adjust(&shop, &staff, line(0)).await.done("inventoryAdjustQuantities");
    assert_eq!(
        facts(&shop).await,
        [
            "inventory.adjusted",
            "inventory.adjusted",
            "inventory.out_of_stock",
            "inventory.adjusted",
            "inventory.back_in_stock",
        ]
    );
    let query = stock_movement::Entity::find().order_by_asc(stock_movement::Column::CreatedAt);
    let movements = query.all(shop.app.database.reader()).await.expect("movements");
    assert_eq!(movements.iter().map(|movement| movement.on_hand_delta).collect::<Vec<_>>(), [3, -5, 1]);
    assert!(movements.iter().all(|movement| movement.account_id.is_some()));
}

#[tokio::test]
async fn no_fewer_are_left_than_are_held_unless_it_is_sold_beyond_its_stock() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = stocked(&shop, 5).await;
    hold(&shop, 3).await;
    let line = |delta: i32| json!([{ "variantId": made.variant_gid(0), "delta": delta }]);
    let refused = adjust(&shop, &staff, line(-3)).await;
    assert_eq!(refused.refusals("inventoryAdjustQuantities"), ["BELOW_RESERVED"]);
    assert_eq!(refused.at("/inventoryAdjustQuantities/userErrors/0/field"), json!(["input", "changes", "0", "delta"]));
    adjust(&shop, &staff, line(-2)).await.done("inventoryAdjustQuantities");
    let count = json!([{ "variantId": made.variant_gid(0), "quantity": 2 }]);
    assert_eq!(set(&shop, &staff, count.clone()).await.refusals("inventorySetQuantities"), ["BELOW_RESERVED"]);
    shop.app.database.reader().execute_unprepared("UPDATE variant SET continue_selling = TRUE").await.expect("changed");
    set(&shop, &staff, count).await.done("inventorySetQuantities");
}

#[tokio::test]
async fn a_count_is_refused_when_something_was_sold_since_and_the_refusal_names_the_line() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (one, other) = (stocked(&shop, 5).await, product("Vase").variant(variant(1_000).stock(7)).make(&shop).await);
    let counts = json!([
        { "variantId": one.variant_gid(0), "quantity": 9, "compareQuantity": 5 },
        { "variantId": other.variant_gid(0), "quantity": 9, "compareQuantity": 6 },
    ]);
    let refused = set(&shop, &staff, counts).await;
    assert_eq!(refused.refusals("inventorySetQuantities"), ["COMPARE_QUANTITY_STALE"]);
    assert_eq!(
        refused.at("/inventorySetQuantities/userErrors/0/field"),
        json!(["input", "quantities", "1", "compareQuantity"])
    );
    assert_eq!(refused.at("/inventorySetQuantities/inventoryLevels"), Value::Null);
    let levels = "query ($ids: [ID!]!) { inventoryLevels(variantIds: $ids) { onHand } }";
    let left = shop.ask(&staff, levels, json!({ "ids": [one.variant_gid(0)] })).await;
    assert_eq!(left.at("/inventoryLevels/0/onHand"), 5, "the other line of the call was undone");
}

#[tokio::test]
async fn lines_that_mean_nothing_are_refused() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = stocked(&shop, 5).await;
    let stranger = "018f0000-0000-7000-8000-000000000000";
    let variant = format!("gid://cartwright/ProductVariant/{stranger}");
    let location = format!("gid://cartwright/Location/{stranger}");
    let id = made.variant_gid(0);
    for (changes, codes) in [
        (json!([]), vec!["BLANK"]),
        (
            json!([{ "variantId": variant, "delta": 1 }, { "variantId": id, "locationId": location, "delta": 1 }]),
            vec!["NOT_FOUND", "NOT_FOUND"],
        ),
        (json!([{ "variantId": id, "delta": 1 }, { "variantId": id, "delta": 1 }]), vec!["DUPLICATE"]),
        (json!([{ "variantId": id, "delta": 2_000_000_000 }]), vec!["INVALID"]),
    ] {
        assert_eq!(adjust(&shop, &staff, changes).await.refusals("inventoryAdjustQuantities"), codes);
    }
    assert_eq!(adjust(&shop, &staff, json!([{ "variantId": "7", "delta": 1 }])).await.code(), "BAD_USER_INPUT");
    let negative = json!([{ "variantId": id, "quantity": -1 }]);
    assert_eq!(set(&shop, &staff, negative).await.refusals("inventorySetQuantities"), ["INVALID"]);
    assert!(facts(&shop).await.is_empty());
}

#[tokio::test]
async fn changes_at_the_same_moment_all_count() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = stocked(&shop, 0).await;
    let change = || adjust(&shop, &staff, json!([{ "variantId": made.variant_gid(0), "delta": 2 }]));
    for answer in futures::future::join_all((0..10).map(|_| change())).await {
        answer.done("inventoryAdjustQuantities");
    }
    let level = stock_level::Entity::find().one(shop.app.database.reader()).await.expect("read").expect("a level");
    assert_eq!(level.on_hand, 20);
}

#[tokio::test]
async fn locations_are_added_renamed_reordered_and_hold_stock_of_their_own() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = stocked(&shop, 5).await;
    let add = "mutation ($n: String!) { locationAdd(input: { name: $n }) { location { id name priority } userErrors { code } } }";
    let added = shop.ask(&staff, add, json!({ "n": " Depot " })).await.done("locationAdd")["location"].clone();
    assert_eq!(added["name"], "Depot");
    assert_eq!(shop.ask(&staff, add, json!({ "n": " " })).await.refusals("locationAdd"), ["BLANK"]);
    let line = json!([{ "variantId": made.variant_gid(0), "locationId": added["id"], "delta": 4 }]);
    adjust(&shop, &staff, line).await.done("inventoryAdjustQuantities");
    let edit = "mutation ($i: LocationEditInput!) { locationEdit(input: $i) { location { name priority } userErrors { code } } }";
    let edited = shop.ask(&staff, edit, json!({ "i": { "id": added["id"], "name": "Store", "priority": 7 } })).await;
    assert_eq!(edited.done("locationEdit")["location"], json!({ "name": "Store", "priority": 7 }));
    let bad = shop.ask(&staff, edit, json!({ "i": { "id": added["id"], "priority": 0 } })).await;
    assert_eq!(bad.refusals("locationEdit"), ["INVALID"]);
    let listed = "query ($v: [ID!]!) { locations(first: 9) { nodes { name } } inventoryLevels(variantIds: $v) { onHand location { name } variant { sku } } }";
    let ((listed, expected), statements) = shop
        .statements(async {
            let listed = shop.ask(&staff, listed, json!({ "v": [made.variant_gid(0)] })).await;
            (listed, json!([{ "name": "Main warehouse" }, { "name": "Store 2" }, { "name": "Store" }]))
        })
        .await;
    assert_eq!(listed.at("/locations/nodes"), expected);
    assert_eq!(listed.at("/inventoryLevels").as_array().map(Vec::len), Some(2));
    assert!(statements <= 7, "{statements} statements");
}

#[tokio::test]
async fn only_who_manages_stock_changes_it() {
    let shop = TestShop::still().await;
    let customer = shop.customer("c@example.com").await;
    let made = stocked(&shop, 5).await;
    for (caller, code) in [(&Caller::guest(), "UNAUTHENTICATED"), (&customer, "FORBIDDEN")] {
        let changes = json!([{ "variantId": made.variant_gid(0), "delta": 1 }]);
        assert_eq!(adjust(&shop, caller, changes).await.code(), code);
        assert_eq!(shop.ask(caller, "{ locations { nodes { id } } }", json!({})).await.code(), code);
    }
}

#[tokio::test]
async fn a_variant_whose_units_are_held_is_not_deleted() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = stocked(&shop, 5).await;
    hold(&shop, 1).await;
    let delete = "mutation ($id: ID!) { productDelete(input: { id: $id }) { deletedProductId userErrors { code } } }";
    let refused = shop.ask(&staff, delete, json!({ "id": made.gid() })).await;
    assert_eq!(refused.refusals("productDelete"), ["STOCK_HELD"]);
    hold(&shop, 0).await;
    shop.ask(&staff, delete, json!({ "id": made.gid() })).await.done("productDelete");
}
