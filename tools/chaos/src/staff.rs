//! The staff: restocks what is scarce, changes prices, begins and ends a sale, and works on orders.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{
    client::{Caller, Client},
    desk, documents,
    journal::Journal,
    load::Shop,
    shopper::Journey,
};

/// The staff account of a run.
pub const EMAIL: &str = "staff@example.com";
/// Its password.
pub const PASSWORD: &str = "three small elephants";

/// One deed of the staff.
pub async fn deed(client: &Client, journal: &Arc<Journal>, shop: &Shop, name: String) -> Option<()> {
    let caller = Caller { bearer: Some(shop.staff.clone()), order_token: None };
    let mut journey = Journey::new(client, journal, shop, name, caller);
    shop.bank.tease(&mut journey.random);
    match journey.random.below(20) {
        0..4 => restock(&mut journey).await?,
        4 => change_price(&mut journey).await?,
        5 => change_sale(&mut journey).await?,
        _ => desk::work_on_an_order(&mut journey).await?,
    }
    tokio::time::sleep(Duration::from_millis(journey.random.between(20, 200))).await;
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

/// A sale begins or ends, and what carts cost moves under their shoppers.
async fn change_sale(journey: &mut Journey<'_>) -> Option<()> {
    let input = json!({ "id": journey.shop.rules.sale, "isActive": journey.random.percent(60) });
    journey.send("priceListUpdate", documents::PRICE_LIST.to_owned(), json!({ "input": input })).await.map(drop)
}
