//! Invoices and credit notes: issued when money is taken or given back, numbered without gaps, never changed.

mod edits;
mod issuing;
mod numbers;
mod printing;

use cartwright::domain::invoice::Snapshot;
use entity::invoice::invoice;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

use crate::{
    make::checkout::Bought,
    support::{Caller, TestShop},
};

/// The documents of an order as this caller sees them.
async fn documents(shop: &TestShop, caller: &Caller, order: &Bought) -> Vec<Value> {
    let document = "query($id: ID!) { order(id: $id) { invoices { number kind issuedAt url htmlUrl } } }";
    let found = shop.ask(caller, document, json!({ "id": order.id })).await.at("/order/invoices");
    found.as_array().expect("a list").clone()
}

/// The numbers of the documents of an order.
async fn numbers(shop: &TestShop, order: &Bought) -> Vec<String> {
    let found = documents(shop, &order.caller, order).await;
    found.iter().map(|document| document["number"].as_str().expect("a number").to_owned()).collect()
}

/// Every document of the shop, in the order of their numbers.
async fn rows(shop: &TestShop) -> Vec<invoice::Model> {
    let rows = invoice::Entity::find().order_by_asc(invoice::Column::Kind).order_by_asc(invoice::Column::Sequence);
    rows.all(shop.app.database.reader()).await.expect("the documents")
}

fn printed(row: &invoice::Model) -> Snapshot {
    serde_json::from_value(row.snapshot.clone()).expect("a snapshot")
}
