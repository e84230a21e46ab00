//! What is refused, where, and with which code. Nothing of it is written.

use serde_json::{Value, json};

use super::{Desk, tenth, with};

/// An effect that takes something off named lines.
fn items(which: Value) -> Value {
    json!({ "effect": { "items": { "percentage": "10", "items": which } } })
}

fn usd(amounts: &[&str]) -> Value {
    amounts.iter().map(|amount| json!({ "amount": amount, "currencyCode": "USD" })).collect()
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_place() {
    let desk = Desk::new().await;
    let nobody = "gid://cartwright/Customer/01900000-0000-7000-8000-000000000000";
    let nothing = |kind: &str| format!("gid://cartwright/{kind}/01900000-0000-7000-8000-000000000000");
    let admin = desk.shop.account("boss@example.com", entity::auth::account::Role::Admin).await.id;
    let many: Vec<String> = (0..251).map(|number| format!("C{number}")).collect();
    for (input, refused) in [
        (json!({ "title": " " }), vec!["title BLANK"]),
        (json!({ "title": "x".repeat(256) }), vec!["title TOO_LONG"]),
        (json!({ "codes": [] }), vec!["codes BLANK"]),
        (json!({ "codes": many }), vec!["codes TOO_MANY"]),
        (json!({ "codes": ["A", " ", "a"] }), vec!["codes.1 BLANK", "codes.2 DUPLICATE"]),
        (json!({ "codes": ["x".repeat(251), "4242 4242 4242 4242"] }), vec!["codes.0 TOO_LONG", "codes.1 INVALID"]),
        (json!({ "effect": { "order": { "percentage": "0" } } }), vec!["effect.order.percentage INVALID"]),
        (json!({ "effect": { "order": { "percentage": "100.01" } } }), vec!["effect.order.percentage INVALID"]),
        (json!({ "effect": { "order": { "amount": [] } } }), vec!["effect.order.amount BLANK"]),
        (
            json!({ "effect": { "order": { "amount": usd(&["0", "5"]) } } }),
            vec!["effect.order.amount.0.amount INVALID", "effect.order.amount.1.currencyCode DUPLICATE"],
        ),
        (json!({ "effect": { "order": { "amount": usd(&["-1"]) } } }), vec!["effect.order.amount.0.amount INVALID"]),
        (
            json!({ "effect": { "order": { "amount": usd(&["99999999999"]) } } }),
            vec!["effect.order.amount.0.amount INVALID"],
        ),
        (items(json!({})), vec!["effect.items.items BLANK"]),
        (items(json!({ "productIds": [nothing("Product")] })), vec!["effect.items.items.productIds.0 NOT_FOUND"]),
        (
            items(json!({ "variantIds": [nothing("ProductVariant")], "collectionIds": [nothing("Collection")] })),
            vec!["effect.items.items.variantIds.0 NOT_FOUND", "effect.items.items.collectionIds.0 NOT_FOUND"],
        ),
        (
            items(json!({ "productIds": [nothing("Product"), nothing("Product")] })),
            vec!["effect.items.items.productIds.1 DUPLICATE"],
        ),
        (
            json!({ "effect": { "buyXGetY": {
                "customerBuys": { "quantity": 0, "items": { "all": true } }, "usesPerOrderLimit": 0,
                "customerGets": { "quantity": -1, "percentage": "101", "items": { "all": true } } } } }),
            vec![
                "effect.buyXGetY.customerBuys.quantity INVALID",
                "effect.buyXGetY.customerGets.quantity INVALID",
                "effect.buyXGetY.customerGets.percentage INVALID",
                "effect.buyXGetY.usesPerOrderLimit INVALID",
            ],
        ),
        (
            json!({ "effect": { "shipping": { "countries": ["DE", "DE"], "maximumShippingPrice": [] } } }),
            vec!["effect.shipping.maximumShippingPrice BLANK", "effect.shipping.countries.1 DUPLICATE"],
        ),
        (json!({ "minimumRequirement": { "quantity": 0 } }), vec!["minimumRequirement.quantity INVALID"]),
        (json!({ "minimumRequirement": { "subtotal": [] } }), vec!["minimumRequirement.subtotal BLANK"]),
        (json!({ "customerIds": [] }), vec!["customerIds BLANK"]),
        (
            json!({ "customerIds": [nobody, format!("gid://cartwright/Customer/{admin}")] }),
            vec!["customerIds.0 NOT_FOUND", "customerIds.1 NOT_FOUND"],
        ),
        (
            json!({ "usageLimit": 0, "usageLimitPerCustomer": -1 }),
            vec!["usageLimit INVALID", "usageLimitPerCustomer INVALID"],
        ),
        (json!({ "startsAt": "2096-01-01T00:00:00Z", "endsAt": "2096-01-01T00:00:00Z" }), vec!["endsAt INVALID"]),
        (json!({ "endsAt": "2020-01-01T00:00:00Z" }), vec!["endsAt INVALID"]),
    ] {
        let whole = with(json!({ "title": "T", "codes": ["T"], "effect": tenth() }), input.clone());
        assert_eq!(desk.refused("discountCodeCreate", whole).await, refused, "{input}");
    }
    assert_eq!(desk.facts().await, Vec::<String>::new(), "nothing was written");
}

#[tokio::test]
async fn what_no_client_should_send_is_bad_input() {
    let desk = Desk::new().await;
    for effect in [
        json!({}),
        json!({ "order": { "percentage": "10" }, "shipping": {} }),
        json!({ "order": {} }),
        json!({ "order": { "percentage": "10", "amount": usd(&["1"]) } }),
        json!({ "order": { "percentage": "ten" } }),
        json!({ "order": { "percentage": "10.123" } }),
        json!({ "order": { "amount": usd(&["1.005"]) } }),
        json!({ "items": { "percentage": "10", "appliesOnEachItem": true, "items": { "all": true } } }),
        json!({ "items": { "percentage": "10", "items": { "all": true, "productIds": ["gid://cartwright/Product/01900000-0000-7000-8000-000000000000"] } } }),
        json!({ "items": { "percentage": "10", "items": { "productIds": ["gid://cartwright/Order/01900000-0000-7000-8000-000000000000"] } } }),
    ] {
        let input = json!({ "title": "T", "codes": ["T"], "effect": effect });
        let answer = desk.call("discountCodeCreate", "__typename", input).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{effect}");
    }
    for more in [json!({ "minimumRequirement": {} }), json!({ "codes": ["a\u{0}"] }), json!({ "title": "a\u{0}" })] {
        let input = with(json!({ "title": "T", "codes": ["T"], "effect": tenth() }), more.clone());
        assert_eq!(desk.call("discountCodeCreate", "__typename", input).await.code(), "BAD_USER_INPUT", "{more}");
    }
}

#[tokio::test]
async fn a_code_is_in_the_shop_once_whatever_its_case_and_accents() {
    let desk = Desk::new().await;
    let id = desk.code("Café 10", json!({})).await;
    let other = desk.code("OTHER", json!({})).await;
    for code in ["café 10", "CAFE  10", " Cafe\u{301} 10 "] {
        let input = json!({ "title": "T", "codes": ["FREE", code], "effect": tenth() });
        assert_eq!(desk.refused("discountCodeCreate", input).await, ["codes.1 TAKEN"], "{code}");
        let add = json!({ "id": other, "codesToAdd": [code] });
        assert_eq!(desk.refused("discountCodeUpdate", add).await, ["codesToAdd.0 TAKEN"], "{code}");
    }
    let remove = json!({ "id": id, "codesToRemove": ["OTHER"] });
    assert_eq!(desk.refused("discountCodeUpdate", remove).await, ["codesToRemove.0 NOT_FOUND"]);
    let last = json!({ "id": id, "codesToRemove": ["cafe 10"] });
    assert_eq!(desk.refused("discountCodeUpdate", last).await, ["codesToRemove BLANK"]);
    desk.done("discountCodeUpdate", json!({ "id": id, "codesToRemove": ["cafe 10"], "codesToAdd": ["TEA"] })).await;
    desk.code("CAFÉ 10", json!({})).await;

    let at_once = async |codes: [&str; 2]| {
        let input = json!({ "title": "T", "codes": codes, "effect": tenth() });
        desk.refused("discountCodeCreate", input).await
    };
    for round in 0..5 {
        let (a, b) = (format!("A{round}"), format!("B{round}"));
        let (one, two) = tokio::join!(at_once([&a, &b]), at_once([&b, &a]));
        assert!(one.is_empty() != two.is_empty(), "{one:?} {two:?}");
    }
}

#[tokio::test]
async fn a_discount_of_the_other_method_or_of_nobody_is_not_there() {
    let desk = Desk::new().await;
    let (code, automatic) = (desk.code("A", json!({})).await, desk.automatic("B", json!({})).await);
    let nobody = "gid://cartwright/Discount/01900000-0000-7000-8000-000000000000".to_owned();
    for (kind, id) in [("Code", automatic.clone()), ("Automatic", code), ("Code", nobody)] {
        for verb in ["Update", "Activate", "Deactivate", "Delete"] {
            let answer = desk.call(&format!("discount{kind}{verb}"), "__typename", json!({ "id": id })).await;
            assert_eq!(answer.code(), "NOT_FOUND", "{kind} {verb}");
        }
    }
    assert_eq!(desk.read(&automatic).await["status"], "ACTIVE");
}
