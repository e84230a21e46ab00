//! The staff's work on an order: takes its money, ships, delivers, cancels, edits, gives back.

use serde_json::{Value, json};

use crate::{
    client::{Answer, bare, minor},
    documents,
    rules::usd,
    shopper::Journey,
    terms::address,
};

/// What staff may do next.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Cancel,
    Capture,
    CapturePart,
    Ship,
    ShipPart,
    Deliver,
    Edit,
    Refund,
    Nothing,
}

/// Does what comes next for one of the newest orders, or something else that it allows.
pub async fn work_on_an_order(journey: &mut Journey<'_>) -> Option<()> {
    let read = journey.send("orders", documents::orders_read(), json!({ "first": 30 })).await?;
    let orders = read.payload()["nodes"].as_array().cloned().unwrap_or_default();
    let stands = |order: &&Value| matches!(order["status"].as_str(), Some("PROCESSING" | "COMPLETED"));
    let standing: Vec<Value> = orders.iter().filter(stands).cloned().collect();
    // There is little to do with others, and it is tried all the same.
    let among = if journey.random.percent(80) { &standing } else { &orders };
    let Some(order) = journey.random.pick(among).cloned() else { return Some(()) };
    let id = json!({ "orderId": order["id"] });
    match choose(journey, &order) {
        Deed::Cancel => change(journey, "orderCancel", id).await,
        Deed::Capture => change(journey, "orderCapture", id).await,
        Deed::CapturePart => capture_part(journey, &order).await,
        Deed::Deliver => change(journey, "orderMarkAsDelivered", id).await,
        Deed::Ship => ship(journey, id).await,
        Deed::ShipPart => ship_part(journey, &order).await,
        Deed::Edit => edit(journey, &order).await,
        Deed::Refund => refund(journey, &order).await,
        Deed::Nothing => Some(()),
    }
}

/// By weight, what goes with where an order stands. Now and then something that is to be refused.
fn choose(journey: &mut Journey<'_>, order: &Value) -> Deed {
    let text = |name: &str| order[name].as_str().unwrap_or_default().to_owned();
    let (status, money, parcels) = (text("status"), text("financialStatus"), text("fulfillmentStatus"));
    let deeds: &[(u64, Deed)] = match (status.as_str(), money.as_str(), parcels.as_str()) {
        ("PROCESSING", "AUTHORIZED", _) => {
            &[(8, Deed::Cancel), (40, Deed::Capture), (25, Deed::CapturePart), (25, Deed::Edit), (2, Deed::Refund)]
        }
        ("PROCESSING", "PARTIALLY_PAID", _) => &[(8, Deed::Cancel), (15, Deed::Edit), (77, Deed::Nothing)],
        ("PROCESSING", _, "UNFULFILLED") => {
            &[(6, Deed::Cancel), (36, Deed::Edit), (28, Deed::Refund), (15, Deed::Ship), (15, Deed::ShipPart)]
        }
        ("PROCESSING", _, "FULFILLED") => &[(60, Deed::Deliver), (38, Deed::Refund), (2, Deed::Cancel)],
        ("PROCESSING", ..) => &[(50, Deed::Ship), (48, Deed::Refund), (2, Deed::Edit)],
        ("COMPLETED", ..) => &[(70, Deed::Refund), (30, Deed::Nothing)],
        ("PENDING_PAYMENT", ..) => &[(8, Deed::Cancel), (92, Deed::Nothing)],
        _ => &[(2, Deed::Cancel), (2, Deed::Refund), (2, Deed::Edit), (94, Deed::Nothing)],
    };
    journey.random.weighted(deeds, Deed::Nothing)
}

async fn change(journey: &mut Journey<'_>, name: &'static str, input: Value) -> Option<()> {
    journey.send(name, documents::order_change(name), json!({ "input": input })).await.map(drop)
}

async fn ship(journey: &mut Journey<'_>, input: Value) -> Option<()> {
    journey.send("fulfillmentCreate", documents::SHIP.to_owned(), json!({ "input": input })).await.map(drop)
}

async fn ship_part(journey: &mut Journey<'_>, order: &Value) -> Option<()> {
    let Some((line, most)) = some_line(journey, order, |line| line.unsent()) else { return Some(()) };
    let units = json!([{ "lineItemId": line, "quantity": journey.random.between(1, most) }]);
    ship(journey, json!({ "orderId": order["id"], "lineItems": units })).await
}

/// Takes a part of what is held; its shopper pays the rest.
async fn capture_part(journey: &mut Journey<'_>, order: &Value) -> Option<()> {
    let due = order["totals"]["due"]["amount"].as_str().and_then(minor).unwrap_or(0);
    let part = due * i64::try_from(journey.random.between(10, 110)).unwrap_or(50) / 100;
    let input = json!({ "orderId": order["id"], "amount": cents(part.max(1)) });
    change(journey, "orderCapture", input).await
}

/// Other quantities, more goods, another address or delivery.
async fn edit(journey: &mut Journey<'_>, order: &Value) -> Option<()> {
    let mut input = json!({ "orderId": order["id"], "notifyCustomer": journey.random.percent(50) });
    let kind = journey.random.below(10);
    if kind < 6
        && let Some((line, _)) = some_line(journey, order, |line| line.quantity)
    {
        input["lineItems"] = json!([{ "lineItemId": line, "quantity": journey.random.between(0, 4) }]);
    }
    if (4..8).contains(&kind) {
        let shelf = if journey.random.percent(25) { &journey.shop.scarce } else { &journey.shop.plentiful };
        let variant = journey.random.pick(shelf)?.clone();
        input["addedItems"] = json!([{ "merchandiseId": variant, "quantity": journey.random.between(1, 2) }]);
    }
    match kind {
        8 => input["shippingAddress"] = address(journey.random.percent(50)),
        9 => input["deliveryOptionHandle"] = json!("express"),
        _ => {}
    }
    if journey.random.percent(50) {
        input["expectedVersion"] = order["version"].clone();
    }
    if let Some(id) = order["id"].as_str() {
        journey.journal.edits(&bare(id));
    }
    let seen = input["expectedVersion"].is_i64();
    let (one, two) = perhaps_twice(journey, "orderEdit", documents::order_change("orderEdit"), input).await?;
    let done = |answer: &Answer| answer.codes().is_empty() && answer.order_id().is_some();
    if seen && done(&one) && two.is_some_and(|two| done(&two)) {
        let how = format!("{}: {} was edited twice", journey.name, order["id"]);
        journey.journal.broke("of edits that saw one version one is made", how);
    }
    Some(())
}

/// Gives back units, delivery or goodwill.
async fn refund(journey: &mut Journey<'_>, order: &Value) -> Option<()> {
    let mut input = json!({ "orderId": order["id"], "notifyCustomer": journey.random.percent(70) });
    let kind = journey.random.below(10);
    let restock = *journey.random.pick(&["RETURN", "CANCEL", "NO_RESTOCK"])?;
    let units = move |line: &Line| match restock {
        "RETURN" => line.sent,
        "CANCEL" => line.unsent(),
        _ => line.quantity,
    };
    if kind < 7
        && let Some((line, most)) = some_line(journey, order, units)
    {
        let quantity = journey.random.between(1, most);
        input["lineItems"] = json!([{ "lineItemId": line, "quantity": quantity, "restockType": restock }]);
    }
    if kind == 6 || kind == 7 {
        input["shipping"] = json!({ "full": true });
    }
    if kind >= 8 {
        let total = order["totals"]["total"]["amount"].as_str().and_then(minor).unwrap_or(0);
        let part = i64::try_from(journey.random.between(1, 70)).unwrap_or(1);
        input["amount"] = cents((total * part / 100).max(1));
    }
    // The note tells refunds apart: each attempt that is answered makes one.
    input["note"] = json!(format!("{} of the run", journey.name));
    perhaps_twice(journey, "refundCreate", documents::refund_create(), input).await.map(drop)
}

/// Sends it, one time in six twice at once, each with a key and a note of its own.
async fn perhaps_twice(
    journey: &mut Journey<'_>,
    kind: &'static str,
    document: String,
    input: Value,
) -> Option<(Answer, Option<Answer>)> {
    let one = journey.call(kind, document.clone(), json!({ "input": input }));
    if !journey.random.percent(17) {
        let door = journey.random.below(2);
        return Some((journey.client.send(&one, door).await?, None));
    }
    let mut two = journey.call(kind, document, json!({ "input": input }));
    if let Some(note) = input["note"].as_str() {
        two.variables["input"]["note"] = json!(format!("{note}, again"));
    }
    journey.journal.count("done twice at once");
    let (one, two) = tokio::join!(journey.client.send(&one, 0), journey.client.send(&two, 1));
    Some((one?, Some(two?)))
}

/// Units of a line.
struct Line {
    quantity: u64,
    sent: u64,
    canceled: u64,
}

impl Line {
    fn unsent(&self) -> u64 {
        self.quantity.saturating_sub(self.sent + self.canceled)
    }
}

/// One of the lines that have such units, and how many.
fn some_line(journey: &mut Journey<'_>, order: &Value, units: impl Fn(&Line) -> u64) -> Option<(Value, u64)> {
    let lines = order["lineItems"]["nodes"].as_array()?;
    let number = |line: &Value, name: &str| line[name].as_u64().unwrap_or(0);
    let those = lines.iter().filter_map(|line| {
        let of_it = Line {
            quantity: number(line, "quantity"),
            sent: number(line, "fulfilledQuantity"),
            canceled: number(line, "canceledQuantity"),
        };
        let units = units(&of_it);
        (units > 0).then(|| (line["id"].clone(), units))
    });
    journey.random.pick(&those.collect::<Vec<_>>()).cloned()
}

fn cents(minor: i64) -> Value {
    usd(&format!("{}.{:02}", minor / 100, minor % 100))
}
