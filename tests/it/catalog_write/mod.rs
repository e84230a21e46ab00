//! Staff change the catalog; what its tests share.

mod collections;
mod products;
mod swatches;
mod variants;

use entity::platform::outbox_event;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

pub const PRODUCT: &str = "product { id handle title version status descriptionHtml description vendor productType tags
    seo { title description } options { name optionValues { name } }
    images(first: 10) { nodes { id url altText } }
    variants(first: 250) { nodes { id title sku price { amount } quantityAvailable
        selectedOptions { name value } image { url } } } }
    userErrors { field message code }";

/// Runs a mutation that has one `input`.
pub async fn run(shop: &TestShop, caller: &Caller, mutation: &str, selection: &str, input: Value) -> Answer {
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let kind = match mutation {
        "productDelete" | "productPublish" | "productUnpublish" => "ProductTargetInput".to_owned(),
        "collectionAddProducts" | "collectionRemoveProducts" => "CollectionProductsInput".to_owned(),
        _ => format!("{name}Input"),
    };
    let document = format!("mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} }} }}");
    shop.ask(caller, &document, json!({ "input": input })).await
}

pub async fn create(shop: &TestShop, staff: &Caller, input: Value) -> Value {
    run(shop, staff, "productCreate", PRODUCT, input).await.done("productCreate")["product"].clone()
}

pub async fn update(shop: &TestShop, staff: &Caller, input: Value) -> Answer {
    run(shop, staff, "productUpdate", PRODUCT, input).await
}

pub fn lamp() -> Value {
    json!({ "title": "Desk Lamp", "publish": true, "variants": [{ "price": "25.00", "sku": "LAMP-1", "quantity": 4 }] })
}

pub fn shirt() -> Value {
    json!({
        "title": "Shirt", "options": [{ "name": "Size" }, { "name": "Color" }],
        "variants": [
            { "optionValues": [{ "optionName": "Color", "name": "Red" }, { "optionName": "Size", "name": "S" }], "price": "20.5" },
            { "optionValues": [{ "optionName": "size", "name": "M" }, { "optionName": "color", "name": "Red" }], "price": "10" },
        ],
    })
}

pub async fn facts(shop: &TestShop) -> Vec<String> {
    let query = outbox_event::Entity::find().order_by_asc(outbox_event::Column::Position);
    let rows = query.all(shop.app.database.reader()).await.expect("facts");
    rows.into_iter().map(|row| row.kind).filter(|kind| !kind.starts_with("customer.")).collect()
}
