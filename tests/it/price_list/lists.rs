//! Staff write price lists and their prices.

use cartwright::domain::auth::Role;
use entity::platform::outbox_event;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::Desk;
use crate::{
    make::catalog::{product, variant},
    support::Caller,
};

const LIST: &str = "id name currency countries priority startsAt endsAt isActive
    prices(first: 2) { pageInfo { hasNextPage endCursor } nodes { minimumQuantity price { amount currencyCode }
        compareAtPrice { amount } variant { id } } }";

#[tokio::test]
async fn a_list_is_written_read_changed_and_removed() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").variant(variant(1_000)).variant(variant(2_000)).make(&desk.shop).await;
    let soon = desk.moment(3_600);
    let more = json!({ "name": " Europe ", "priority": 3, "endsAt": soon });
    let list = desk.list("EUR", &["DE", "CA", "DE"], more).await;
    desk.prices(
        &list,
        "EUR",
        json!([
            { "variantId": lamp.variant_gid(0), "price": "9", "compareAtPrice": "12.5" },
            { "variantId": lamp.variant_gid(0), "price": "8", "minimumQuantity": 10 },
            { "variantId": lamp.variant_gid(1), "price": "19" },
        ]),
    )
    .await;
    let read = async |document: &str, id: &str| desk.shop.ask(&desk.admin, document, json!({ "id": id })).await;
    let answer = read(&format!("query($id: ID!) {{ priceList(id: $id) {{ {LIST} }} }}"), &list).await;
    let seen = answer.at("/priceList");
    assert_eq!(
        [&seen["name"], &seen["currency"], &seen["countries"], &seen["priority"], &seen["endsAt"], &seen["isActive"]],
        [&json!("Europe"), &json!("EUR"), &json!(["CA", "DE"]), &json!(3), &json!(soon), &json!(true)]
    );
    let prices = &seen["prices"]["nodes"];
    assert_eq!(prices.as_array().map(Vec::len), Some(2));
    assert_eq!(prices[0]["compareAtPrice"]["amount"], "12.5");
    assert_eq!([&prices[1]["minimumQuantity"], &prices[1]["price"]["amount"]], [&json!(10), &json!("8.0")]);
    let next = "query($id: ID!, $after: String) { node(id: $id) { ... on PriceList {
        prices(after: $after) { nodes { variant { id } } pageInfo { hasNextPage hasPreviousPage } } } } }";
    let after = &seen["prices"]["pageInfo"]["endCursor"];
    let answer = desk.shop.ask(&desk.admin, next, json!({ "id": list, "after": after })).await;
    assert_eq!(answer.at("/node/prices/nodes"), json!([{ "variant": { "id": lamp.variant_gid(1) } }]));

    let change = json!({ "id": list, "name": "EU", "countries": [], "endsAt": null, "isActive": false });
    let answer = desk.call("priceListUpdate", &format!("priceList {{ {LIST} }}"), change).await;
    let changed = &answer.done("priceListUpdate")["priceList"];
    assert_eq!(
        [&changed["name"], &changed["countries"], &changed["endsAt"], &changed["isActive"], &changed["priority"]],
        [&json!("EU"), &json!([]), &json!(null), &json!(false), &json!(3)]
    );
    let first = json!({ "priceListId": list, "prices": [{ "variantId": lamp.variant_gid(0) }] });
    let answer = desk.call("priceListPricesDelete", &format!("priceList {{ {LIST} }}"), first.clone()).await;
    let left = &answer.done("priceListPricesDelete")["priceList"]["prices"]["nodes"];
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    assert_eq!(desk.refused("priceListPricesDelete", first).await, ["NOT_FOUND"]);
    desk.call("priceListDelete", "deletedPriceListId", json!({ "id": list })).await.done("priceListDelete");
    let all = "{ priceLists { nodes { id } } }";
    assert_eq!(desk.shop.ask(&desk.admin, all, json!({})).await.at("/priceLists/nodes"), json!([]));
    let answer = desk.call("priceListDelete", "deletedPriceListId", json!({ "id": list })).await;
    assert_eq!(answer.code(), "NOT_FOUND");

    let facts = outbox_event::Entity::find().filter(outbox_event::Column::SubjectType.eq("price_list"));
    let facts = facts.order_by_asc(outbox_event::Column::Position).all(desk.shop.app.database.reader()).await;
    let facts = facts.expect("facts");
    let kinds: Vec<&str> = facts.iter().map(|fact| fact.kind.as_str()).collect();
    let changed = "price_list.prices_changed";
    assert_eq!(kinds, ["price_list.created", changed, "price_list.updated", changed, "price_list.deleted"]);
    assert!(facts.iter().all(|fact| fact.data["account_id"].is_string()), "who did it is told");
    assert_eq!(facts[1].data["product_ids"], json!([lamp.id]));
}

#[tokio::test]
async fn what_is_wrong_with_a_list_or_its_prices_is_refused_as_a_whole() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let create = async |input| desk.refused("priceListCreate", input).await;
    assert_eq!(create(json!({ "name": " ", "currency": "EUR" })).await, ["BLANK"]);
    assert_eq!(create(json!({ "name": "x".repeat(256), "currency": "EUR" })).await, ["TOO_LONG"]);
    let (early, late) = (desk.moment(10), desk.moment(20));
    let upside_down = json!({ "name": "x", "currency": "EUR", "startsAt": late, "endsAt": early });
    assert_eq!(create(upside_down).await, ["INVALID"]);
    let empty = json!({ "name": "x", "currency": "EUR", "startsAt": late, "endsAt": late });
    assert_eq!(create(empty).await, ["INVALID"]);

    let list = desk.list("EUR", &[], json!({ "endsAt": early })).await;
    assert_eq!(desk.refused("priceListUpdate", json!({ "id": list, "startsAt": late })).await, ["INVALID"]);
    let euro = |amount: &str| json!({ "amount": amount, "currencyCode": "EUR" });
    let variant = lamp.variant_gid(0);
    let ghost = "gid://cartwright/ProductVariant/00000000-0000-7000-8000-000000000000";
    let add = async |prices: serde_json::Value| {
        desk.refused("priceListPricesAdd", json!({ "priceListId": list, "prices": prices })).await
    };
    assert_eq!(add(json!([])).await, ["BLANK"]);
    let one = json!({ "variantId": variant, "price": euro("1") });
    assert_eq!(add(json!(vec![one.clone(); 251])).await, ["TOO_MANY"]);
    assert_eq!(add(json!([one, one])).await, ["DUPLICATE"]);
    assert_eq!(add(json!([{ "variantId": ghost, "price": euro("1") }])).await, ["NOT_FOUND"]);
    assert_eq!(add(json!([{ "variantId": variant, "price": euro("-1") }])).await, ["INVALID"]);
    let dollars = json!({ "amount": "1", "currencyCode": "USD" });
    assert_eq!(add(json!([{ "variantId": variant, "price": dollars }])).await, ["INVALID"]);
    for quantity in [0, -1, 1_000_001] {
        let price = json!({ "variantId": variant, "price": euro("1"), "minimumQuantity": quantity });
        assert_eq!(add(json!([price])).await, ["INVALID"], "{quantity}");
    }
    let tiers = |from: i32, to: i32| -> Vec<serde_json::Value> {
        let tier = |at| json!({ "variantId": variant, "price": euro("1"), "minimumQuantity": at });
        (from..=to).map(tier).collect()
    };
    assert_eq!(add(json!(tiers(1, 50))).await, Vec::<String>::new());
    assert_eq!(add(json!(tiers(50, 51))).await, ["TOO_MANY"]);
    let answer = desk.call("priceListPricesAdd", "__typename", json!({ "priceListId": ghost, "prices": [] })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    let cents = json!({ "priceListId": list, "prices": [{ "variantId": variant, "price": euro("1.005") }] });
    assert_eq!(desk.call("priceListPricesAdd", "__typename", cents).await.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn price_lists_are_staffs_and_invisible_to_others() {
    let desk = Desk::new().await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    let document = "{ priceLists { nodes { id } } }";
    assert_eq!(desk.shop.guest(document, json!({})).await.code(), "UNAUTHENTICATED");
    let customer = desk.shop.customer("someone@example.com").await;
    assert_eq!(desk.shop.ask(&customer, document, json!({})).await.code(), "FORBIDDEN");
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert!(desk.shop.guest(node, json!({ "id": list })).await.at("/node").is_null());
    assert_eq!(desk.shop.ask(&desk.admin, node, json!({ "id": list })).await.text("/node/id"), list);
    let types = "{ __type(name: \"PriceList\") { name } __schema { queryType { fields { name } } } }";
    let seen = async |caller: &Caller| {
        let answer = desk.shop.ask(caller, types, json!({})).await;
        let fields = answer.at("/__schema/queryType/fields");
        let listed = fields.as_array().expect("fields").iter().any(|field| field["name"] == "priceLists");
        (!answer.at("/__type").is_null(), listed)
    };
    assert_eq!(seen(&Caller::guest()).await, (false, false));
    assert_eq!(seen(&desk.admin).await, (true, true));
    let staff = desk.shop.staff("clerk@example.com", Role::Staff).await;
    let delete =
        "mutation($id: ID!) { priceListDelete(input: { id: $id }) { deletedPriceListId userErrors { code } } }";
    let answer = desk.shop.ask(&Caller::guest(), delete, json!({ "id": list })).await;
    assert_eq!(answer.code(), "UNAUTHENTICATED");
    let answer = desk.shop.ask(&staff, delete, json!({ "id": list })).await;
    assert!(answer.body["errors"].is_null() || answer.code() == "FORBIDDEN");
}
