//! The staff: restocks what is scarce, changes prices, ships, delivers, captures and cancels orders.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{
    client::{Caller, Client},
    documents,
    journal::Journal,
    load::Shop,
    shopper::Journey,
};

/// The staff account of a run.
pub const EMAIL: &str = "staff@example.com";
/// Its password.
pub const PASSWORD: &str = "three small elephants";

/// One deed of the staff.
pub async fn deed(client: &Client, journal: &Arc<Journal>, shop: &Shop, number: usize) -> Option<()> {
    let caller = Caller { bearer: Some(shop.staff.clone()), order_token: None };
    let mut journey = Journey::new(client, journal, shop, format!("staff-{number}"), caller);
    shop.bank.tease(&mut journey.random);
    match journey.random.below(10) {
        0..3 => restock(&mut journey).await?,
        3 => change_price(&mut journey).await?,
        _ => work_on_an_order(&mut journey).await?,
    }
    tokio::time::sleep(Duration::from_millis(journey.random.between(50, 400))).await;
    Some(())
}

async fn restock(journey: &mut Journey<'_>) -> Option<()> {
    let variant = journey.random.pick(&journey.shop.scarce)?.clone();
    let (reason, delta) = if journey.random.percent(80) {
        ("RECEIVE", i64::try_from(journey.random.between(1, 4)).unwrap_or(1))
    } else {
        ("ADJUST", -1)
    };
    let input = json!({ "reason": reason, "changes": [{ "variantId": variant, "delta": delta }] });
    let document = documents::STOCK.to_owned();
    journey.send("inventoryAdjustQuantities", document, json!({ "input": input })).await.map(drop)
}

async fn change_price(journey: &mut Journey<'_>) -> Option<()> {
    let product = journey.random.pick(&journey.shop.products)?.clone();
    let price = format!("{}.{:02}", journey.random.between(4, 60), journey.random.between(0, 99));
    let variants: Vec<Value> =
        product.variants.iter().map(|variant| json!({ "id": variant, "price": price })).collect();
    let input = json!({ "input": { "productId": product.id, "variants": variants } });
    journey.send("productVariantsBulkUpdate", documents::PRICES.to_owned(), input).await.map(drop)
}

/// Does what comes next for one of the newest orders, or cancels it.
async fn work_on_an_order(journey: &mut Journey<'_>) -> Option<()> {
    let read = journey.send("orders", documents::orders_read(), json!({ "first": 30 })).await?;
    let orders = read.payload()["nodes"].as_array().cloned().unwrap_or_default();
    let Some(order) = journey.random.pick(&orders).cloned() else { return Some(()) };
    let input = json!({ "input": { "orderId": order["id"] } });
    let text = |name: &str| order[name].as_str().unwrap_or_default().to_owned();
    let (status, money, parcels) = (text("status"), text("financialStatus"), text("fulfillmentStatus"));
    let (name, of) = match (status.as_str(), money.as_str(), parcels.as_str()) {
        _ if journey.random.percent(12) => ("orderCancel", "OrderCancelInput"),
        ("PROCESSING", "AUTHORIZED", _) => ("orderCapture", "OrderCaptureInput"),
        ("PROCESSING", _, "FULFILLED") => ("orderMarkAsDelivered", "OrderMarkAsDeliveredInput"),
        ("PROCESSING", _, _) => {
            return journey.send("fulfillmentCreate", documents::SHIP.to_owned(), input).await.map(drop);
        }
        _ => return Some(()),
    };
    journey.send(name, documents::order_change(name, of), input).await.map(drop)
}
