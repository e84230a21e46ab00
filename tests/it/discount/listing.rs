//! Lists of discounts: found by title, code, status and method, paged, and at the same cost for few and many.

use serde_json::{Value, json};

use super::{Desk, text, with};
use crate::make::catalog::product;

const FIND: &str = "query($query: String, $status: DiscountStatus, $method: DiscountMethod, $reverse: Boolean) {
    discounts(first: 50, query: $query, status: $status, method: $method, reverse: $reverse) { nodes { title } } }";

#[tokio::test]
async fn discounts_are_found_by_title_code_status_and_method() {
    let desk = Desk::new().await;
    desk.code("SUMMER", json!({ "title": "Été 50%" })).await;
    desk.code("WINTER", json!({ "title": "Winter", "startsAt": "2096-01-01T00:00:00Z" })).await;
    desk.automatic("Sommer", json!({})).await;
    let over = desk.automatic("Over", json!({})).await;
    desk.done("discountAutomaticDeactivate", json!({ "id": over })).await;
    for (variables, found) in [
        (json!({}), vec!["Été 50%", "Winter", "Sommer", "Over"]),
        (json!({ "reverse": true }), vec!["Over", "Sommer", "Winter", "Été 50%"]),
        (json!({ "query": "ete" }), vec!["Été 50%"]),
        (json!({ "query": "summ" }), vec!["Été 50%"]),
        (json!({ "query": "ummer" }), vec![]),
        (json!({ "query": "mmer" }), vec!["Sommer"]),
        (json!({ "query": "50%" }), vec!["Été 50%"]),
        (json!({ "query": "5_%" }), vec![]),
        (json!({ "status": "ACTIVE" }), vec!["Été 50%", "Sommer"]),
        (json!({ "status": "SCHEDULED" }), vec!["Winter"]),
        (json!({ "status": "EXPIRED" }), vec!["Over"]),
        (json!({ "method": "AUTOMATIC" }), vec!["Sommer", "Over"]),
        (json!({ "method": "CODE", "query": "win", "status": "SCHEDULED" }), vec!["Winter"]),
    ] {
        let answer = desk.shop.ask(&desk.admin, FIND, variables.clone()).await;
        let titles: Vec<String> =
            answer.at("/discounts/nodes").as_array().expect("nodes").iter().map(|node| text(&node["title"])).collect();
        assert_eq!(titles, found, "{variables}");
    }
    let nul = desk.shop.ask(&desk.admin, FIND, json!({ "query": "\u{0}" })).await;
    assert_eq!(nul.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn discounts_and_their_codes_are_paged() {
    let desk = Desk::new().await;
    for title in ["A", "B", "C"] {
        desk.code(
            &format!("{title}1"),
            json!({ "title": title, "codes": [format!("{title}1"), format!("{title}2"), format!("{title}3")] }),
        )
        .await;
    }
    let document = "query($after: String, $codes: String) { discounts(first: 2, after: $after) {
        pageInfo { hasNextPage endCursor } nodes { title codes(first: 2, after: $codes) {
            pageInfo { hasNextPage endCursor } nodes { code } } } } }";
    let first = desk.shop.ask(&desk.admin, document, json!({})).await;
    assert_eq!(first.at("/discounts/nodes/1/codes/nodes"), json!([{ "code": "B1" }, { "code": "B2" }]));
    assert_eq!(first.at("/discounts/nodes/0/codes/pageInfo/hasNextPage"), true);
    let codes = first.at("/discounts/nodes/0/codes/pageInfo/endCursor");
    let rest = desk.shop.ask(&desk.admin, document, json!({ "codes": codes })).await;
    assert_eq!(rest.at("/discounts/nodes/0/codes/nodes"), json!([{ "code": "A3" }]));
    assert_eq!(rest.at("/discounts/nodes/0/codes/pageInfo/hasNextPage"), false);
    let after = first.at("/discounts/pageInfo/endCursor");
    let second = desk.shop.ask(&desk.admin, document, json!({ "after": after })).await;
    assert_eq!(second.at("/discounts/nodes/0/title"), "C");
    assert_eq!(second.at("/discounts/pageInfo/hasNextPage"), false);
    assert_eq!(desk.shop.ask(&desk.admin, document, json!({ "after": "x" })).await.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_list_of_discounts_with_everything_costs_the_same_for_few_and_many() {
    let desk = Desk::new().await;
    let document = format!("{{ discounts(first: 50) {{ nodes {{ {} }} }} }} {}", super::DISCOUNT, super::ITEMS);
    let mut costs = Vec::new();
    for round in 0..4 {
        let pen = product(&format!("Pen {round}")).make(&desk.shop).await;
        let which = json!({ "productIds": [pen.gid()], "variantIds": [pen.variant_gid(0)] });
        let effect = json!({ "effect": { "items": { "percentage": "5", "items": which } } });
        desk.code(
            &format!("C{round}"),
            with(effect.clone(), json!({ "codes": [format!("C{round}"), format!("D{round}")] })),
        )
        .await;
        desk.automatic(&format!("A{round}"), effect).await;
        let (answer, count) = desk.shop.statements(desk.shop.ask(&desk.admin, &document, json!({}))).await;
        assert_eq!(answer.at("/discounts/nodes").as_array().map(Vec::len), Some(2 * round + 2));
        assert_eq!(answer.at("/discounts/nodes/0/effect/items/products/0/title"), "Pen 0");
        costs.push(count);
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
    // Discounts, codes, their counts, products, variants.
    assert!(costs[0] <= 6, "{costs:?}");
    let ids = desk.shop.ask(&desk.admin, "{ discounts(first: 50) { nodes { id } } }", json!({})).await;
    let ids: Vec<Value> =
        ids.at("/discounts/nodes").as_array().expect("nodes").iter().map(|node| node["id"].clone()).collect();
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Discount { title } } }";
    let (answer, count) = desk.shop.statements(desk.shop.ask(&desk.admin, nodes, json!({ "ids": ids }))).await;
    assert_eq!(answer.at("/nodes/7/title"), "A3");
    assert_eq!(count, 1);
}
