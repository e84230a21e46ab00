//! Deciding a refund: one transaction writes down what goes back, then the gateways are asked.

use std::collections::{BTreeMap, HashMap};

use entity::{
    ids::{AccountId, LocationId, OrderId, OrderLineId, OrderRefundId, ProductId},
    money::Money,
    order::{
        order::{FinancialStatus, FulfillmentStatus, OrderStatus},
        order_refund, order_refund_line,
        order_refund_line::RestockType,
    },
};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::{
    RefundLine, RefundPlan, RefundRefusal, RefundRequest, RefundShipping, Standing, finish, plan, standing,
    standing::key_of,
};
use crate::{
    domain::{
        catalog,
        checkout::{CheckoutContext, attempt::Attempt, reverse},
        gift_card::{self, Because},
        inventory::{self, PutBack},
        ledger::{self, Posting},
        order::{self, Order, OrderChange, OrderEvent, OrderState},
        payment::{self, RefundReason},
        shared::{Author, Error, Failure, card_number::holds_card_number},
    },
    platform::{
        Sources,
        outbox::{self, Fact},
        tx,
    },
};

/// The longest note.
pub(super) const NOTE_MOST: usize = 1_000;

/// A refund as staff decide it.
#[derive(Clone, Debug)]
pub struct RefundDecision {
    /// The order.
    pub order_id: OrderId,
    /// Who decides.
    pub account_id: AccountId,
    /// What goes back.
    pub request: RefundRequest,
    /// Why, for staff.
    pub note: Option<String>,
    /// Whether the shopper gets a mail.
    pub notify: bool,
    /// The version of the order that was seen.
    pub expected_version: Option<i32>,
    /// The client's key of this attempt.
    pub idempotency_key: Option<String>,
}

/// Decides a refund and asks the gateways; returns it and the order as it is then. What a gateway does not do now, the jobs do.
/// Cut off after it decided and asked for again with its key, it decides nothing more.
///
/// # Errors
/// `RefundRefusal`; `NotFound`, `VersionConflict`.
pub async fn create_refund(
    ctx: &CheckoutContext,
    decision: RefundDecision,
) -> Result<(order_refund::Model, Order), Failure<RefundRefusal>> {
    let (task, order_id) = (ctx.clone(), decision.order_id);
    let finished = ctx.finish(async move {
        let id = decide(&task, decision).await?;
        if let Err(error) = reverse::reverse_order(&task, order_id).await {
            tracing::warn!(order = %order_id, error = %error, "money of a refund goes back later");
        }
        Ok::<_, Failure<RefundRefusal>>(id)
    });
    let id = finished.await?;
    let db = ctx.database.reader();
    let made = order::order_refund(db, id).await?.ok_or(Error::NotFound("refund"))?;
    Ok((made, order::order(db, order_id).await?.ok_or(Error::NotFound("order"))?))
}

async fn decide(ctx: &CheckoutContext, decision: RefundDecision) -> Result<OrderRefundId, Failure<RefundRefusal>> {
    let note = tidy(decision.note.as_deref())?;
    let author = Author { sources: &ctx.sources, account_id: Some(decision.account_id) };
    let tx = tx::begin(&ctx.database).await?;
    let order = order::lock_order(&tx, decision.order_id).await?;
    let id = id_of(author.sources, &decision);
    if order::order_refund(&*tx, id).await?.is_some() {
        return Ok(id);
    }
    if decision.expected_version.is_some_and(|version| version != order.version) {
        return Err(Error::VersionConflict { current: order.version }.into());
    }
    if let Some(why) = objection(&order) {
        return Err(Failure::refuse(RefundRefusal::NotAllowed { why }));
    }
    // A payment's row changes only under the lock of its order, except for what its gateway gave back meanwhile; with these
    // locks that waits too, and what is read below stays so.
    let payments = payment::lock_payments_of(&tx, order.id).await?;
    let stands = standing(&*tx, &ctx.gateways, &order).await?;
    let plan = plan(&stands, &decision.request)?;
    let row = row(author, id, &order, &plan, Told { note, notify: decision.notify });
    let lines = &decision.request.lines;
    take_off(&tx, &stands, lines).await?;
    // Gift cards are locked after products and before stock.
    if order.gift_card_minor > 0 {
        gift_card::lock_paying(&tx, order.id).await?;
    }
    end_sold_cards(&tx, author, &order, &stands, lines).await?;
    to_cards(&tx, author, &order, &row).await?;
    let places = restock(&tx, author, &stands, lines).await?;
    order::insert_order_refund(&tx, &row, &rows(author, row.id, &plan, lines, &places)).await?;
    let change = Money::new(-plan.total, order.currency);
    ledger::post(&tx, author.sources, Posting::sale_changed(order.id, change, row.id.0)).await?;
    for (id, minor) in &plan.by_payment {
        let paid = payments.iter().find(|paid| paid.id == *id).ok_or_else(|| Error::fault("an unlocked payment"))?;
        payment::insert_refund(&tx, author.sources, paid, RefundReason::Order(row.id), *minor).await?;
    }
    let order = order::change_order(
        &tx,
        author.sources,
        order.clone(),
        state(&tx, &order, lines).await?,
        OrderChange::default(),
    )
    .await?;
    outbox::record(&tx, author.sources, fact(&row, &order)).await?;
    if plan.by_payment.is_empty() {
        finish::went_to_cards(&tx, ctx, order, &row).await?;
    }
    tx.commit().await?;
    Ok(row.id)
}

/// The id of what is decided.
fn id_of(sources: &Sources, decision: &RefundDecision) -> OrderRefundId {
    let RefundDecision { order_id, account_id, request, note, notify, expected_version, idempotency_key } = decision;
    let line = |line: &RefundLine| {
        let restock = format!("{:?}", line.restock);
        json!([line.order_line_id, line.quantity, restock, line.location_id])
    };
    let shipping = request.shipping.map(|shipping| match shipping {
        RefundShipping::Full => json!("full"),
        RefundShipping::Amount(amount) => json!(amount),
    });
    let lines: Vec<_> = request.lines.iter().map(line).collect();
    let asked = json!([account_id, lines, shipping, request.amount, note, notify, expected_version]);
    let attempt = Attempt { kind: "refund", order_id: *order_id, key: idempotency_key.as_deref() };
    attempt.id(sources, &asked)
}

/// Ends the gift cards that units sold which go back. One that was used cannot go back.
async fn end_sold_cards(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    order: &Order,
    stands: &Standing,
    lines: &[RefundLine],
) -> Result<(), Failure<RefundRefusal>> {
    // Cards come with the money; while it is held there are none to end.
    let sells = |id: OrderLineId| stands.lines.iter().any(|line| line.id == id && line.is_gift_card);
    let mut units: BTreeMap<OrderLineId, i64> = BTreeMap::new();
    for line in lines.iter().filter(|line| sells(line.order_line_id)) {
        *units.entry(line.order_line_id).or_default() += line.quantity;
    }
    for (line, quantity) in units {
        let quantity = usize::try_from(quantity).unwrap_or(0);
        let Ok(cards) = gift_card::unused_of_line(tx, order.id, line, quantity).await? else {
            let why = "A gift card of this line was used, so the line cannot be refunded. Refund an amount instead.";
            return Err(Failure::refuse(RefundRefusal::NotAllowed { why }));
        };
        gift_card::end_sold(tx, author, cards).await?;
    }
    Ok(())
}

fn tidy(note: Option<&str>) -> Result<Option<String>, Failure<RefundRefusal>> {
    let Some(note) = note.map(str::trim).filter(|note| !note.is_empty()) else { return Ok(None) };
    let odd = |letter: char| letter.is_control() && letter != '\n';
    if note.chars().count() > NOTE_MOST || note.chars().any(odd) || holds_card_number(note) {
        return Err(Failure::refuse(RefundRefusal::Note));
    }
    Ok(Some(note.to_owned()))
}

fn objection(order: &Order) -> Option<&'static str> {
    match order.status {
        OrderStatus::Processing | OrderStatus::Completed => match order.financial_status {
            FinancialStatus::PartiallyPaid => {
                Some("Something of this order is still to be paid. Edit it to what is to be sent, or cancel it.")
            }
            FinancialStatus::Authorized => {
                Some("The money of this order is only held. Capture it first, or edit or cancel the order.")
            }
            FinancialStatus::Pending
            | FinancialStatus::Paid
            | FinancialStatus::PartiallyRefunded
            | FinancialStatus::Refunded
            | FinancialStatus::Voided
            | FinancialStatus::Expired => None,
        },
        OrderStatus::PendingPayment => Some("This order is not paid yet, so nothing can go back."),
        OrderStatus::Canceled => Some("This order was canceled: what was paid for it goes back by itself."),
    }
}

/// What is said of it: to staff, and whether to the shopper.
struct Told {
    note: Option<String>,
    notify: bool,
}

fn row(author: Author<'_>, id: OrderRefundId, order: &Order, plan: &RefundPlan, told: Told) -> order_refund::Model {
    order_refund::Model {
        id,
        order_id: order.id,
        account_id: author.account_id,
        total_minor: plan.total,
        subtotal_minor: plan.units.subtotal.0,
        discount_minor: plan.units.discount.0,
        shipping_minor: plan.units.shipping.0,
        tax_minor: plan.units.tax.0,
        adjustment_minor: plan.adjustment,
        gift_card_minor: plan.gift_cards,
        note: told.note,
        notify: told.notify,
        created_at: author.sources.now(),
    }
}

/// The units as they were asked for. What they cost stands with the last of a line that was asked for in several pieces.
fn rows(
    author: Author<'_>,
    id: OrderRefundId,
    plan: &RefundPlan,
    lines: &[RefundLine],
    places: &HashMap<usize, LocationId>,
) -> Vec<order_refund_line::Model> {
    let last = |index: usize, id: OrderLineId| !lines.iter().skip(index + 1).any(|line| line.order_line_id == id);
    let row = |(index, line): (usize, &RefundLine)| {
        let counted = plan.units.lines.iter().find(|unit| unit.key == key_of(line.order_line_id));
        let counted = counted.filter(|_| last(index, line.order_line_id));
        order_refund_line::Model {
            id: author.sources.id(),
            order_refund_id: id,
            order_line_id: line.order_line_id,
            quantity: line.quantity,
            subtotal_minor: counted.map_or(0, |unit| unit.subtotal.0),
            discount_minor: counted.map_or(0, |unit| unit.discount.0),
            tax_minor: counted.map_or(0, |unit| unit.tax.0),
            restock_type: line.restock,
            location_id: places.get(&index).copied(),
        }
    };
    lines.iter().enumerate().map(row).collect()
}

/// Takes units that are not sent any more off what is to be sent, and off what was sold.
async fn take_off(
    tx: &DatabaseTransaction,
    stands: &Standing,
    lines: &[RefundLine],
) -> Result<(), Failure<RefundRefusal>> {
    let mut unsold: BTreeMap<ProductId, i64> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.restock == RestockType::Cancel) {
        if !order::cancel_units(tx, line.order_line_id, line.quantity).await? {
            return Err(Failure::refuse(RefundRefusal::Restock { index, sent: false, left: 0 }));
        }
        if let Some(product) = stands.line(line.order_line_id).and_then(|line| line.product_id) {
            *unsold.entry(product).or_default() -= line.quantity;
        }
    }
    Ok(catalog::add_units_sold(tx, &unsold).await?)
}

/// Gives back to gift cards what goes to them. Cards are locked after products and before stock.
async fn to_cards(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    order: &Order,
    row: &order_refund::Model,
) -> Result<(), Error> {
    if row.gift_card_minor > 0 {
        gift_card::refund(tx, author, order.id, Because::Refund, row.id.0, row.gift_card_minor).await?;
    }
    let back = Money::new(row.gift_card_minor, order.currency);
    Ok(ledger::post(tx, author.sources, Posting::gift_card_refund(order.id, back, row.id.0)).await?)
}

/// Puts units back; returns where they are, by their place in the request.
async fn restock(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    stands: &Standing,
    lines: &[RefundLine],
) -> Result<HashMap<usize, LocationId>, Failure<RefundRefusal>> {
    let named: Vec<LocationId> = lines.iter().filter_map(|line| line.location_id).collect();
    let there = inventory::locations_of(tx, &named).await?;
    let unknown = |line: &RefundLine| line.location_id.is_some_and(|id| !there.contains(&id));
    if let Some(index) = lines.iter().position(unknown) {
        return Err(Failure::refuse(RefundRefusal::UnknownLocation { index }));
    }
    let mut places = HashMap::new();
    let mut order: Vec<_> = lines.iter().enumerate().collect();
    order.sort_by_key(|(_, line)| (stands.line(line.order_line_id).and_then(|line| line.variant_id), line.location_id));
    for (index, line) in order {
        let sent = match line.restock {
            RestockType::NoRestock => continue,
            RestockType::Return => true,
            RestockType::Cancel => false,
        };
        let Some(counted) = stands.line(line.order_line_id).filter(|line| line.tracked) else { continue };
        let Some(variant_id) = counted.variant_id else { continue };
        let units = PutBack {
            order_id: counted.order_id,
            order_line_id: line.order_line_id,
            variant_id,
            quantity: line.quantity,
            location_id: line.location_id,
            sent,
        };
        places.insert(index, inventory::put_back(tx, author, units).await?);
    }
    Ok(places)
}

/// Where the order stands once units are not sent any more: when the rest of it was sent, all of it is.
async fn state(tx: &DatabaseTransaction, order: &Order, lines: &[RefundLine]) -> Result<OrderState, Error> {
    let now = OrderState::of(order);
    let canceled = lines.iter().any(|line| line.restock == RestockType::Cancel);
    if !canceled || order.fulfillment_status != FulfillmentStatus::PartiallyFulfilled {
        return Ok(now);
    }
    let lines = order::lines_of(tx, &[order.id]).await?;
    let all = lines.iter().all(|line| line.unsent() == 0);
    Ok(if all { order::next(now, OrderEvent::Shipped).unwrap_or(now) } else { now })
}

/// What was decided, for the record.
fn fact(row: &order_refund::Model, order: &Order) -> Fact {
    Fact {
        kind: "refund.created",
        subject_type: "refund",
        subject_id: row.id.0,
        data: json!({
            "refund_id": row.id,
            "order_id": order.id,
            "order_number": order.number,
            "account_id": row.account_id,
            "total_minor": row.total_minor,
            "shipping_minor": row.shipping_minor,
            "adjustment_minor": row.adjustment_minor,
            "gift_card_minor": row.gift_card_minor,
            "currency": order.currency,
            "note": row.note,
        }),
    }
}
