//! Sending what was bought: staff hand lines to a carrier.

use std::collections::BTreeMap;

use entity::{
    ids::{OrderId, OrderLineId},
    order::{
        fulfillment,
        order::{self, FinancialStatus, OrderStatus},
    },
};

use super::{
    EventKind, OrderChange, OrderEvent, OrderRefusal, OrderState, ShipLine, Tracking, lifecycle, note, note_about,
    shipment_store, store,
};
use crate::{
    domain::shared::{Error, Failure, card_number::shows_card_number},
    platform::{Database, Sources, tx},
};

/// A shipment to be made.
#[derive(Clone, Debug)]
pub struct Shipment {
    /// The order.
    pub order_id: OrderId,
    /// What is sent; `None`: everything that is left.
    pub lines: Option<Vec<ShipLine>>,
    /// Who carries it.
    pub tracking: Tracking,
    /// Whether the shopper gets a mail.
    pub notify: bool,
}

/// Makes a shipment; returns it and the order as it is then.
///
/// # Errors
/// `OrderRefusal`: the order cannot be sent, a line is not of it, more than is left. `NotFound`.
pub async fn ship(
    db: &Database,
    sources: &Sources,
    shipment: Shipment,
) -> Result<(fulfillment::Model, order::Model), Failure<OrderRefusal>> {
    check_texts(&shipment.tracking)?;
    let tx = tx::begin(db).await?;
    let order = store::lock_order(&tx, shipment.order_id).await?;
    let refused =
        OrderRefusal::NotAllowed { action: "sent", status: order.status, fulfillment: order.fulfillment_status };
    if order.status != OrderStatus::Processing {
        return Err(Failure::refuse(refused));
    }
    // Goods that are gone could not be taken off the bill any more.
    if order.financial_status == FinancialStatus::PartiallyPaid {
        return Err(Failure::refuse(OrderRefusal::BalanceDue));
    }
    let left: BTreeMap<OrderLineId, i64> =
        store::lines_of(&*tx, &[order.id]).await?.into_iter().map(|line| (line.id, line.unsent())).collect();
    let lines = choose(&left, shipment.lines)?;
    for (index, line) in lines.iter().enumerate() {
        if !store::add_fulfilled(&tx, line.order_line_id, line.quantity).await? {
            let left = left.get(&line.order_line_id).copied().unwrap_or(0);
            return Err(Failure::refuse(OrderRefusal::Quantity { index, left }));
        }
    }
    let sent: i64 = lines.iter().map(|line| line.quantity).sum();
    let all = sent == left.values().sum::<i64>();
    let event = if all { OrderEvent::Shipped } else { OrderEvent::PartlyShipped };
    let state = lifecycle::next(OrderState::of(&order), event).ok_or_else(|| Failure::refuse(refused))?;
    let tracking = shipment.tracking;
    let words = describe(&tracking, all);
    let made = shipment_store::insert_fulfillment(&tx, sources, order.id, tracking, &lines).await?;
    let order = store::change_order(&tx, sources, order, state, OrderChange::default()).await?;
    let told = shipment.notify.then_some(made.id.0);
    note_about(&tx, sources, &order, EventKind::FulfillmentCreated, words.clone(), told).await?;
    if all {
        note(&tx, sources, &order, EventKind::Shipped, "Everything of your order is on its way.").await?;
    }
    tx.commit().await?;
    Ok((made, order))
}

/// The lines to send: those asked for, checked, or everything that is left.
fn choose(
    left: &BTreeMap<OrderLineId, i64>,
    asked: Option<Vec<ShipLine>>,
) -> Result<Vec<ShipLine>, Failure<OrderRefusal>> {
    let Some(asked) = asked else {
        let all = left.iter().filter(|(_, left)| **left > 0);
        let all: Vec<ShipLine> = all.map(|(id, left)| ShipLine { order_line_id: *id, quantity: *left }).collect();
        return if all.is_empty() { Err(Failure::refuse(OrderRefusal::NothingToShip)) } else { Ok(all) };
    };
    if asked.is_empty() {
        return Err(Failure::refuse(OrderRefusal::NothingToShip));
    }
    let mut refusals = Vec::new();
    let mut taken: BTreeMap<OrderLineId, i64> = BTreeMap::new();
    for (index, line) in asked.iter().enumerate() {
        let Some(left) = left.get(&line.order_line_id) else {
            refusals.push(OrderRefusal::UnknownLine { index });
            continue;
        };
        let before = taken.entry(line.order_line_id).or_default();
        let left = left - *before;
        if line.quantity < 1 || line.quantity > left {
            refusals.push(OrderRefusal::Quantity { index, left });
        } else {
            *before += line.quantity;
        }
    }
    if refusals.is_empty() { Ok(asked) } else { Err(Failure::Refused(refusals)) }
}

fn check_texts(tracking: &Tracking) -> Result<(), Failure<OrderRefusal>> {
    let fields = [("company", &tracking.company), ("number", &tracking.number), ("url", &tracking.url)];
    let bad = |text: &String| text.chars().count() > 255 || text.chars().any(char::is_control);
    // A tracking number may look like a card's.
    let card = |field: &str, text: &String| field == "company" && shows_card_number(text);
    let refusals: Vec<OrderRefusal> = fields
        .into_iter()
        .filter(|(field, text)| text.as_ref().is_some_and(|text| bad(text) || card(field, text)))
        .map(|(field, _)| OrderRefusal::Text { field })
        .collect();
    let link = tracking.url.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://"));
    if !refusals.is_empty() {
        Err(Failure::Refused(refusals))
    } else if link {
        Err(Failure::Error(Error::bad_input("input.trackingInfo.url", "must begin with https:// or http://")))
    } else {
        Ok(())
    }
}

fn describe(tracking: &Tracking, all: bool) -> String {
    let what = if all { "Your order was handed over" } else { "Part of your order was handed over" };
    let carrier = tracking.company.as_deref().map(|company| format!(" to {company}")).unwrap_or_default();
    let number = tracking.number.as_deref().map(|number| format!(", tracking number {number}")).unwrap_or_default();
    format!("{what}{carrier}{number}.")
}
