//! Staff add, change, end and remove discounts of every kind, and everything reads back as it was written.

use serde_json::{Value, json};

use super::{Desk, tenth, text, with};
use crate::make::catalog::{collection, product};

#[tokio::test]
async fn a_discount_by_code_reads_back_as_it_was_written_and_is_changed_field_by_field() {
    let desk = Desk::new().await;
    let ada = desk.shop.customer("ada@example.com").await;
    let ada = desk.shop.ask(&ada, "{ customer { id } }", json!({})).await.text("/customer/id");
    let input = json!({
        "title": " Spring ", "codes": ["SPRING", "Frühling"], "effect": { "order": { "percentage": "12.5" } },
        "combinesWith": { "shippingDiscounts": true },
        "minimumRequirement": { "subtotal": [{ "amount": "50", "currencyCode": "USD" }, { "amount": "7000", "currencyCode": "JPY" }] },
        "customerIds": [ada], "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2096-01-01T00:00:00Z",
        "usageLimit": 100, "usageLimitPerCustomer": 1,
    });
    let made = desk.done("discountCodeCreate", input).await;
    let id = text(&made["id"]);
    let expected = json!({
        "id": id, "title": "Spring", "method": "CODE", "status": "ACTIVE", "version": 1, "usageLimit": 100,
        "usageLimitPerCustomer": 1, "usageCount": 0, "codesCount": 2, "customerIds": [ada],
        "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2096-01-01T00:00:00Z",
        "codes": { "nodes": [{ "code": "SPRING" }, { "code": "Frühling" }] },
        "combinesWith": { "orderDiscounts": false, "productDiscounts": false, "shippingDiscounts": true },
        "minimumRequirement": { "subtotal": [{ "amount": "50.0", "currencyCode": "USD" },
                                             { "amount": "7000.0", "currencyCode": "JPY" }], "quantity": null },
        "effect": { "__typename": "DiscountOrderEffect", "percentage": "12.5", "amount": null },
    });
    assert_eq!(made, expected);
    assert_eq!(desk.read(&id).await, expected);

    let change = json!({
        "id": id, "expectedVersion": 1, "title": "Summer", "minimumRequirement": null, "customerIds": null, "endsAt": null,
        "usageLimit": null, "codesToAdd": ["summer"], "codesToRemove": ["spring"],
    });
    let changed = desk.done("discountCodeUpdate", change).await;
    let after = json!({
        "title": "Summer", "minimumRequirement": null, "customerIds": null, "endsAt": null, "usageLimit": null,
        "version": 2, "codes": { "nodes": [{ "code": "Frühling" }, { "code": "summer" }] },
    });
    assert_eq!(changed, with(expected.clone(), after));
    let again = desk.done("discountCodeUpdate", json!({ "id": id, "title": "Summer" })).await;
    assert_eq!(again["version"], 2, "nothing changed");
    let stale = desk.call("discountCodeUpdate", "__typename", json!({ "id": id, "expectedVersion": 1 })).await;
    assert_eq!(stale.code(), "VERSION_CONFLICT");

    let gone = desk.call("discountCodeDelete", "deletedDiscountId", json!({ "id": id })).await;
    assert_eq!(gone.done("discountCodeDelete")["deletedDiscountId"], id.as_str());
    assert_eq!(desk.read(&id).await, Value::Null);
    assert_eq!(desk.facts().await, ["discount.created", "discount.updated", "discount.deleted"]);
    desk.code("Spring", json!({})).await;
}

#[tokio::test]
async fn every_effect_reads_back_as_it_was_written() {
    let desk = Desk::new().await;
    let pen = product("Pen").make(&desk.shop).await;
    let shelf = collection(&desk.shop, "Shelf", true, &[&pen]).await;
    let (product, variant, shelf) = (pen.gid(), pen.variant_gid(0), format!("gid://cartwright/Collection/{shelf}"));
    let all = json!({ "all": true, "products": [], "variants": [], "collections": [] });
    let usd = |amount: &str| json!([{ "amount": amount, "currencyCode": "USD" }]);
    for (given, shown) in [
        (
            json!({ "items": { "percentage": "33.33", "items": {
                "productIds": [product], "variantIds": [variant], "collectionIds": [shelf] } } }),
            json!({ "__typename": "DiscountItemsEffect", "percentage": "33.33", "amount": null, "appliesOnEachItem": false,
                    "items": { "all": false, "products": [{ "title": "Pen" }], "variants": [{ "id": variant }],
                               "collections": [{ "title": "Shelf" }] } }),
        ),
        (
            json!({ "items": { "amount": usd("2.50"), "appliesOnEachItem": true, "items": { "all": true } } }),
            json!({ "__typename": "DiscountItemsEffect", "percentage": null, "amount": usd("2.5"),
                    "appliesOnEachItem": true, "items": all }),
        ),
        (
            json!({ "items": { "amount": usd("2.50"), "items": { "all": true } } }),
            json!({ "__typename": "DiscountItemsEffect", "percentage": null, "amount": usd("2.5"),
                    "appliesOnEachItem": false, "items": all }),
        ),
        (
            json!({ "buyXGetY": { "customerBuys": { "quantity": 2, "items": { "all": true } }, "usesPerOrderLimit": 3,
                "customerGets": { "quantity": 1, "percentage": "100", "items": { "productIds": [product] } } } }),
            json!({ "__typename": "DiscountBuyXGetYEffect", "customerBuys": { "quantity": 2, "items": all },
                "customerGets": { "quantity": 1, "percentage": "100", "items": {
                    "all": false, "products": [{ "title": "Pen" }], "variants": [], "collections": [] } },
                "usesPerOrderLimit": 3 }),
        ),
        (
            json!({ "order": { "amount": usd("5") } }),
            json!({ "__typename": "DiscountOrderEffect", "percentage": null, "amount": usd("5.0") }),
        ),
        (
            json!({ "shipping": {} }),
            json!({ "__typename": "DiscountShippingEffect", "percentage": "100", "maximumShippingPrice": null,
                    "countries": null }),
        ),
        (
            json!({ "shipping": { "percentage": "50", "maximumShippingPrice": usd("9.99"), "countries": ["DE", "FR"] } }),
            json!({ "__typename": "DiscountShippingEffect", "percentage": "50", "maximumShippingPrice": usd("9.99"),
                    "countries": ["DE", "FR"] }),
        ),
    ] {
        let made = desk.done("discountAutomaticCreate", json!({ "title": "X", "effect": given })).await;
        assert_eq!(made["effect"], shown, "{given}");
        assert_eq!(made["codesCount"], 0);
        let quantity = json!({ "id": made["id"], "minimumRequirement": { "quantity": 3 } });
        let changed = desk.done("discountAutomaticUpdate", quantity).await;
        assert_eq!(changed["minimumRequirement"], json!({ "subtotal": null, "quantity": 3 }));
        assert_eq!(changed["effect"], shown, "{given}");
    }
}

#[tokio::test]
async fn a_discount_is_let_count_and_ended() {
    let desk = Desk::new().await;
    for kind in ["Code", "Automatic"] {
        let (activate, deactivate) = (format!("discount{kind}Activate"), format!("discount{kind}Deactivate"));
        let later = json!({ "startsAt": "2096-01-01T00:00:00Z" });
        let id = if kind == "Code" { desk.code("LATER", later).await } else { desk.automatic("Later", later).await };
        let status = async || text(&desk.read(&id).await["status"]);
        assert_eq!(status().await, "SCHEDULED");
        assert_eq!(desk.done(&activate, json!({ "id": id })).await["status"], "ACTIVE");
        let active = desk.read(&id).await;
        assert_eq!(desk.done(&activate, json!({ "id": id })).await, active, "it stays as it is");
        desk.shop.pass(5);
        let ended = desk.done(&deactivate, json!({ "id": id })).await;
        assert_eq!((&ended["status"], &ended["version"]), (&json!("EXPIRED"), &json!(3)));
        desk.shop.pass(5);
        assert_eq!(desk.done(&deactivate, json!({ "id": id })).await, ended, "it stays as it is");
        let again = desk.done(&activate, json!({ "id": id })).await;
        assert_eq!((&again["status"], &again["endsAt"]), (&json!("ACTIVE"), &Value::Null));
        let soon = json!({ "id": id, "startsAt": "2096-01-01T00:00:00Z" });
        assert_eq!(desk.done(&format!("discount{kind}Update"), soon).await["status"], "SCHEDULED");
        let never = desk.done(&deactivate, json!({ "id": id })).await;
        assert_eq!(never["status"], "EXPIRED", "one to come is ended too");
    }
}

#[tokio::test]
async fn no_more_automatic_discounts_count_at_a_time_than_compete_for_a_cart() {
    let desk = Desk::new().await;
    let january = json!({ "startsAt": "2090-01-01T00:00:00Z", "endsAt": "2090-02-01T00:00:00Z" });
    let mut first = String::new();
    for number in 0..25 {
        first = desk.automatic(&format!("January {number}"), january.clone()).await;
    }
    let more = |period: &Value| with(json!({ "title": "More", "effect": tenth() }), period.clone());
    assert_eq!(desk.refused("discountAutomaticCreate", more(&january)).await, ["startsAt TOO_MANY"]);
    let february = json!({ "startsAt": "2090-02-01T00:00:00Z" });
    let later = text(&desk.done("discountAutomaticCreate", more(&february)).await["id"]);
    let moved = json!({ "id": later, "startsAt": "2090-01-31T00:00:00Z" });
    assert_eq!(desk.refused("discountAutomaticUpdate", moved).await, ["startsAt TOO_MANY"]);
    assert_eq!(desk.refused("discountAutomaticActivate", json!({ "id": later })).await, ["id TOO_MANY"]);
    desk.done("discountAutomaticDeactivate", json!({ "id": first })).await;
    desk.done("discountAutomaticCreate", more(&january)).await;
    let (one, other) = tokio::join!(
        desk.refused("discountAutomaticCreate", more(&january)),
        desk.refused("discountAutomaticCreate", more(&january))
    );
    assert_eq!([one, other].concat(), ["startsAt TOO_MANY", "startsAt TOO_MANY"]);
    desk.code("ANY", january).await;
}
