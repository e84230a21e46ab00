//! What an order would be and cost after an edit. Nothing is changed here.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    ids::{OrderLineId, ProductId, VariantId},
    money::Money,
    order::order::{FinancialStatus, FulfillmentStatus, OrderStatus},
};
use pricing::DeliveryGroup;
use sea_orm::ConnectionTrait;

use super::{
    EditRefusal, OrderEdit,
    facts::{self, Agreement, country},
};
use crate::{
    domain::{
        catalog::{self, Sellable},
        checkout::{CheckoutContext, delivery, errors::AddressKind, validate},
        invoice,
        order::{self, KeptQuote, Order, OrderLine},
        price_list,
        pricing::{Basis, Book, Quote},
        shared::{Error, Failure},
        shop,
    },
    platform::Sources,
};

/// Most units of one line, as in a cart.
const MOST_OF_A_LINE: i64 = 999;
/// Most lines of an order, as in a cart.
const MOST_LINES: usize = 500;
/// Most lines that an edit names.
const MOST_CHANGES: usize = 500;

/// A line as it would be.
#[derive(Clone, Debug)]
pub struct PlannedLine {
    /// The line; a new one has an id already.
    pub id: OrderLineId,
    /// Units.
    pub quantity: i64,
    /// What it sells.
    pub goods: Goods,
}

/// What a planned line sells.
#[derive(Clone, Debug)]
pub enum Goods {
    /// What the order has already, at the price that was agreed.
    Ordered(Box<OrderLine>),
    /// What is added, at the price of now.
    Added(Box<Sellable>),
}

impl PlannedLine {
    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.goods {
            Goods::Ordered(line) => &line.title,
            Goods::Added(sellable) => &sellable.product_title,
        }
    }

    fn requires_shipping(&self) -> bool {
        match &self.goods {
            Goods::Ordered(line) => line.requires_shipping,
            Goods::Added(sellable) => sellable.requires_shipping,
        }
    }

    /// Whether the order has it already.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        matches!(self.goods, Goods::Ordered(_))
    }

    /// The units that it has more than before; negative is less.
    pub(super) fn more(&self) -> i64 {
        match &self.goods {
            Goods::Ordered(line) => self.quantity - line.quantity,
            Goods::Added(_) => self.quantity,
        }
    }
}

/// An order as it would be.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The order as it is.
    pub order: Order,
    /// The quote that counts now, with its revision.
    pub before: KeptQuote,
    /// The lines that stay and those that are added, in the order's order.
    pub lines: Vec<PlannedLine>,
    /// The lines that go.
    pub removed: Vec<OrderLine>,
    /// What it would cost.
    pub quote: Quote,
    /// What changes, after minus before.
    pub difference: pricing::Difference,
    /// Goods that are added at once to what products sold; negative is less.
    pub(super) sold: BTreeMap<ProductId, i64>,
    /// The variants of its lines that are sold beyond stock now.
    pub(super) sold_beyond: HashSet<VariantId>,
}

impl Planned {
    /// What it would cost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.quote.total()
    }

    /// What it would cost more; negative is less.
    #[must_use]
    pub fn change(&self) -> Money {
        self.quote.money(self.difference.total)
    }
}

/// What an order would be and cost after an edit.
///
/// # Errors
/// `EditRefusal`s; `NotFound`; `VersionConflict`.
pub async fn preview_edit(ctx: &CheckoutContext, edit: &OrderEdit) -> Result<Planned, Failure<EditRefusal>> {
    let db = ctx.database.reader();
    let order = order::order(db, edit.order_id).await?.ok_or(Error::NotFound("order"))?;
    plan(db, &ctx.sources, order, edit).await
}

/// Plans an edit of an order that was just read, or is locked.
pub(super) async fn plan(
    db: &impl ConnectionTrait,
    sources: &Sources,
    order: Order,
    edit: &OrderEdit,
) -> Result<Planned, Failure<EditRefusal>> {
    if edit.expected_version.is_some_and(|expected| expected != order.version) {
        return Err(Error::VersionConflict { current: order.version }.into());
    }
    allowed(&order)?;
    if !order::order_refunds_of(db, &[order.id]).await?.is_empty() {
        // Also one that is only on its way: the order reads as paid until it is back.
        let why = "A refund of this order was decided already. Refund further instead of editing it.";
        return Err(Failure::refuse(EditRefusal::NotAllowed { why }));
    }
    if order.financial_status == FinancialStatus::PartiallyPaid && !invoice::has_invoice(db, order.id).await? {
        let why =
            "Only a part of the money held for this order was taken. It can be edited once its shopper paid the rest.";
        return Err(Failure::refuse(EditRefusal::NotAllowed { why }));
    }
    let Some(before) = order::quote_of(db, order.id).await? else {
        let why = "This order is from before quotes were kept, so it cannot be edited. Refund it in part instead.";
        return Err(Failure::refuse(EditRefusal::NotAllowed { why }));
    };
    let basis = order::basis_of(db, &before).await?.unwrap_or_default();
    let (lines, removed) = lines(db, sources, &order, &basis, edit).await?;
    // What is not sent is taxed where its invoice goes; what is collected, where it is collected.
    let sent = lines.iter().any(PlannedLine::requires_shipping);
    let billed = order.billing_address.clone().filter(|_| !sent);
    let address = edit.shipping_address.clone().or_else(|| order.shipping_address.clone()).or(billed);
    let unchanged = removed.is_empty() && lines.iter().all(|line| line.more() == 0);
    let other_address = edit.shipping_address.is_some() && edit.shipping_address != order.shipping_address;
    if unchanged && !other_address && edit.delivery_option.is_none() {
        return Err(Failure::refuse(EditRefusal::NothingChanged));
    }
    let ordered = lines.iter().filter_map(|line| match &line.goods {
        Goods::Ordered(ordered) => ordered.variant_id,
        Goods::Added(_) => None,
    });
    // Whether stock limits them, and for orders from before that was kept: how they are taxed, and what they weigh. One that was
    // deleted weighs nothing.
    let now = sources.now();
    let there = catalog::sellable(db, order.currency, now, &ordered.collect::<Vec<_>>()).await?;
    let facts = facts::of(edit, &order, &lines, Agreement { before: &before, basis, address, there: &there }, now);
    // What counted when the order was made counts still, such as a discount that has ended since.
    let book = Book::load(db, order.created_at, std::slice::from_ref(&facts)).await?;
    let quote = book
        .quote(&facts)
        .map_err(|error| Error::bad_input("input", format!("what the order would cost cannot be computed: {error}")))?;
    let refusal = |group: &DeliveryGroup| {
        let refusal = delivery::refusal_of(group)?;
        Some(EditRefusal::Delivery { refusal, options: group.options.clone(), currency: order.currency })
    };
    let refusals: Vec<EditRefusal> = quote.engine().delivery_groups.iter().filter_map(refusal).collect();
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let difference = pricing::difference(&before.quote, quote.engine()).map_err(Error::fault)?;
    let total = quote.total();
    if edit.expected_total.is_some_and(|expected| expected != total) {
        return Err(Failure::refuse(EditRefusal::TotalChanged { total }));
    }
    let sold = sold(&lines, &removed);
    let sold_beyond = there.values().filter(|there| there.continue_selling).map(|there| there.variant_id).collect();
    Ok(Planned { order, before, lines, removed, quote, difference, sold, sold_beyond })
}

fn allowed(order: &Order) -> Result<(), Failure<EditRefusal>> {
    let why = match (order.status, order.fulfillment_status, order.financial_status) {
        (OrderStatus::PendingPayment, _, _) => {
            "This order is not paid yet: its shopper can change the cart, which makes a new order of it."
        }
        (OrderStatus::Canceled, _, _) => "This order was canceled.",
        (OrderStatus::Completed, _, _) => "This order is completed. Refund what came back instead.",
        (OrderStatus::Processing, _, FinancialStatus::PartiallyRefunded | FinancialStatus::Refunded) => {
            "Money of this order was refunded already. Refund further instead of editing it."
        }
        (OrderStatus::Processing, FulfillmentStatus::Unfulfilled | FulfillmentStatus::OnHold, _) => return Ok(()),
        (
            OrderStatus::Processing,
            FulfillmentStatus::InProgress
            | FulfillmentStatus::PartiallyFulfilled
            | FulfillmentStatus::Fulfilled
            | FulfillmentStatus::Delivered,
            _,
        ) => "Something of this order was sent already. Refund what is not to be sent instead.",
    };
    Err(Failure::refuse(EditRefusal::NotAllowed { why }))
}

type Lines = (Vec<PlannedLine>, Vec<OrderLine>);

async fn lines(
    db: &impl ConnectionTrait,
    sources: &Sources,
    order: &Order,
    basis: &Basis,
    edit: &OrderEdit,
) -> Result<Lines, Failure<EditRefusal>> {
    if edit.quantities.len() + edit.added.len() > MOST_CHANGES {
        let why = "An edit changes at most 500 lines. Make several of it.";
        return Err(Failure::refuse(EditRefusal::NotAllowed { why }));
    }
    let ordered = order::lines_of(db, &[order.id]).await?;
    let mut refusals = Vec::new();
    let mut wanted: HashMap<OrderLineId, i64> = HashMap::new();
    for (index, (id, quantity)) in edit.quantities.iter().enumerate() {
        if ordered.iter().all(|line| line.id != *id) || wanted.insert(*id, *quantity).is_some() {
            refusals.push(EditRefusal::UnknownLine { index });
        } else if !(0..=MOST_OF_A_LINE).contains(quantity) {
            refusals.push(EditRefusal::Quantity { list: "lineItems", index });
        }
    }
    let variants: Vec<VariantId> = edit.added.iter().map(|(id, _)| *id).collect();
    let now = sources.now();
    let country = country(order, basis);
    let sellables = price_list::sellable_for(db, now, order.currency, country.as_deref(), &variants).await?;
    let mut added = Vec::new();
    for (index, (id, quantity)) in edit.added.iter().enumerate() {
        if !(1..=MOST_OF_A_LINE).contains(quantity) {
            refusals.push(EditRefusal::Quantity { list: "addedItems", index });
        }
        match sellables.get(id).filter(|sellable| sellable.purchasable) {
            Some(sellable) => {
                let goods = Goods::Added(Box::new(sellable.clone()));
                added.push(PlannedLine { id: sources.id(), quantity: *quantity, goods });
            }
            None => refusals.push(EditRefusal::NotAvailable { index }),
        }
    }
    if let Some(address) = &edit.shipping_address {
        refusals.extend(validate::address(AddressKind::Shipping, Some(address)).into_iter().map(EditRefusal::Address));
        refusals.extend(delivery::not_served(address, &shop::get(db).await?).map(EditRefusal::Address));
    }
    let mut removed = Vec::new();
    let mut kept = Vec::new();
    for line in ordered {
        match wanted.get(&line.id).copied().unwrap_or(line.quantity) {
            0 => removed.push(line),
            quantity => kept.push(PlannedLine { id: line.id, quantity, goods: Goods::Ordered(Box::new(line)) }),
        }
    }
    kept.extend(added);
    if kept.is_empty() {
        refusals.push(EditRefusal::NothingLeft);
    }
    if kept.len() > MOST_LINES {
        refusals.push(EditRefusal::NotAllowed { why: "An order has at most 500 lines." });
    }
    let sells_cards = |line: &&PlannedLine| match &line.goods {
        Goods::Ordered(ordered) => ordered.is_gift_card && line.more() != 0,
        Goods::Added(sellable) => sellable.is_gift_card,
    };
    if removed.iter().any(|line| line.is_gift_card) || kept.iter().find(sells_cards).is_some() {
        let why = "Gift cards cannot be added or changed by an edit: their codes are sent. Refund their line, or make a new order.";
        refusals.push(EditRefusal::NotAllowed { why });
    }
    if refusals.is_empty() { Ok((kept, removed)) } else { Err(Failure::Refused(refusals)) }
}

fn sold(lines: &[PlannedLine], removed: &[OrderLine]) -> BTreeMap<ProductId, i64> {
    let product = |line: &PlannedLine| match &line.goods {
        Goods::Ordered(ordered) => ordered.product_id,
        Goods::Added(sellable) => Some(sellable.product_id),
    };
    let changed = lines.iter().filter(|line| line.more() != 0).map(|line| (product(line), line.more()));
    let gone = removed.iter().map(|line| (line.product_id, -line.quantity));
    let mut sold: BTreeMap<ProductId, i64> = BTreeMap::new();
    for (product, units) in changed.chain(gone) {
        if let Some(product) = product {
            *sold.entry(product).or_default() += units;
        }
    }
    sold
}
