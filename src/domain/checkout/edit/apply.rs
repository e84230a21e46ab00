//! Doing an edit: one transaction for lines, stock, sums and what is owed or goes back; then the gateways, with none open.

use entity::{
    ids::{AccountId, OrderId, OrderQuoteId},
    money::Currency,
    order::{
        order::FinancialStatus,
        order_line::{self, LineStatus},
    },
    payment::payment::PaymentStatus,
};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::{
    EditRefusal, OrderEdit, Planned,
    plan::{self, Goods},
};
use crate::{
    domain::{
        cart, catalog,
        checkout::{CheckoutContext, attempt::Attempt, delivery, discounts, reverse, sold_line},
        gift_card::{self, Because},
        inventory::{self, Hold, PutBack},
        invoice,
        ledger::{self, Posting},
        order::{self, EventKind, Order, OrderChange, OrderEvent, OrderLine, OrderState, QuotePlace, Totals},
        payment::{self, Payment, RefundReason, Source},
        shared::{Author, Error, Failure},
    },
    platform::{Sources, tx},
};

/// Edits an order that was placed and of which nothing was sent. What is owed less goes back; what is owed more is to be paid
/// by `paymentRetry`. Cut off after it was made and asked for again with its key, it is not made again.
///
/// # Errors
/// `EditRefusal`s: nothing was changed. `NotFound`, `VersionConflict`.
pub async fn edit_order(ctx: &CheckoutContext, edit: OrderEdit) -> Result<Order, Failure<EditRefusal>> {
    let (task, id) = (ctx.clone(), edit.order_id);
    let finished = ctx.finish(async move {
        begin(&task, &edit).await?;
        // The edit stands; what the gateways do not do now, the jobs do.
        if let Err(error) = reverse::reverse_order(&task, id).await {
            tracing::warn!(order = %id, error = %error, "money of an edited order goes back later");
        }
        Ok::<(), Failure<EditRefusal>>(())
    });
    finished.await?;
    Ok(order::order(ctx.database.reader(), id).await?.ok_or(Error::NotFound("order"))?)
}

async fn begin(ctx: &CheckoutContext, edit: &OrderEdit) -> Result<(), Failure<EditRefusal>> {
    let tx = tx::begin(&ctx.database).await?;
    let seen = order::order(&*tx, edit.order_id).await?.ok_or(Error::NotFound("order"))?;
    cart::lock(&tx, seen.cart_id).await?;
    let order = order::lock_order(&tx, edit.order_id).await?;
    let id = id_of(&ctx.sources, edit);
    if order::is_kept(&*tx, id).await? {
        return Ok(());
    }
    let planned = plan::plan(&*tx, &ctx.sources, order, edit).await?;
    let order_id = planned.order.id;
    // An attempt to pay what an earlier edit cost more is of an amount that is not owed any more.
    payment::void_open_payments(&tx, &ctx.sources, order_id).await?;
    let money = Money::of(&tx, ctx, &planned).await?;
    catalog::lock_products(&tx, planned.sold.keys().copied()).await?;
    if planned.order.gift_card_minor > 0 && money.balance() < 0 {
        gift_card::lock_paying(&tx, order_id).await?;
    }
    take_discounts(&tx, ctx, &planned).await?;
    move_stock(&tx, ctx, &planned, edit.account_id).await?;
    write_lines(&tx, &planned).await?;
    catalog::add_units_sold(&tx, &planned.sold).await?;
    let revision = planned.before.revision + 1;
    let author = Author { sources: &ctx.sources, account_id: edit.account_id };
    let place = QuotePlace { id, order_id, revision };
    order::keep_quote(&tx, author, place, (planned.quote.engine(), &planned.quote.basis())).await?;
    ledger::post(&tx, &ctx.sources, Posting::sale_changed(order_id, planned.change(), id.0)).await?;
    let order = money.settle(&tx, ctx, &planned, edit, Made { revision, id: id.0 }).await?;
    let words = words(&order, &money);
    let told = edit.notify.then_some(id.0);
    order::note_about(&tx, &ctx.sources, &order, EventKind::Edited, words, told).await?;
    // What is still to be paid gets its invoice when it is.
    if money.balance() <= 0 {
        invoice::issue_correction(&tx, &ctx.sources, &ctx.issuer, &order, id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The id of what is made.
fn id_of(sources: &Sources, edit: &OrderEdit) -> OrderQuoteId {
    let asked = json!([
        edit.account_id,
        edit.expected_version,
        edit.quantities,
        edit.added,
        edit.shipping_address,
        edit.delivery_option,
        edit.expected_total,
        edit.notify
    ]);
    let attempt = Attempt { kind: "edit", order_id: edit.order_id, key: edit.idempotency_key.as_deref() };
    attempt.id(sources, &asked)
}

/// Takes a use of each discount that takes something off only now. One that counts no more stays used.
async fn take_discounts(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    planned: &Planned,
) -> Result<(), Failure<EditRefusal>> {
    // What counted before has its use, though the discount itself may be gone.
    let before = &planned.before.quote.discounts;
    let counted = |key| before.iter().any(|applied| applied.key == key && applied.amount.is_positive());
    let applied: Vec<_> = planned.quote.engine().discounts.iter().filter(|one| !counted(one.key)).collect();
    discounts::take(tx, &ctx.sources, &planned.order, &applied).await.map_err(|failure| match failure {
        Failure::Refused(refusals) => Failure::Refused(refusals.into_iter().map(EditRefusal::Discount).collect()),
        Failure::Error(error) => Failure::Error(error),
    })
}

/// An edit that was written: its place among the order's, and its id.
#[derive(Clone, Copy, Debug)]
struct Made {
    revision: i32,
    id: uuid::Uuid,
}

/// What was paid of an order, and what has to happen with it.
#[derive(Clone, Copy, Debug)]
struct Money {
    /// What the order will be owed through gateways, in minor units.
    owed: i64,
    /// What came and is not on its way back.
    net: i64,
    /// Whether a gateway holds the money and nothing was taken.
    held: bool,
}

impl Money {
    async fn of(
        tx: &DatabaseTransaction,
        ctx: &CheckoutContext,
        planned: &Planned,
    ) -> Result<Self, Failure<EditRefusal>> {
        let owed = planned.total().minor - planned.order.gift_card_minor;
        let payments = payment::payments_of(tx, &[planned.order.id]).await?;
        let hold = payments.iter().find(|paid| paid.status == PaymentStatus::Authorized);
        if hold.is_some_and(|hold| owed > hold.authorized_minor) {
            return Err(Failure::refuse(EditRefusal::MoneyHeld));
        }
        if hold.is_some() && owed <= 0 {
            let why = "Nothing would be left to pay of what is held. Cancel the order instead.";
            return Err(Failure::refuse(EditRefusal::NotAllowed { why }));
        }
        let step = |paid: &Payment| ctx.gateways.step(&paid.gateway, paid.currency);
        let net = payment::net(tx, planned.order.id).await?;
        let money = Self { owed, net, held: hold.is_some() };
        let odd_hold = hold.is_some_and(|hold| owed % step(hold) != 0);
        let (_, rest) = payment::divide(-money.balance(), sources(tx, ctx, planned.order.id).await?);
        if odd_hold || rest > planned.order.gift_card_minor {
            let why = "The gateway of this order cannot take or give back what would be left of this currency: its amounts \
                       end with a zero. Edit the order so that it costs such an amount.";
            return Err(Failure::refuse(EditRefusal::NotAllowed { why }));
        }
        let (currency, balance) = (planned.order.currency, money.balance());
        let least = least(ctx, &payments, currency);
        if (1..least).contains(&balance) {
            let minor = |minor| entity::money::Money::new(minor, currency);
            return Err(Failure::refuse(EditRefusal::BalanceTooSmall { balance: minor(balance), least: minor(least) }));
        }
        Ok(money)
    }

    /// What is still to be paid; below zero is what goes back.
    fn balance(&self) -> i64 {
        if self.held { 0 } else { self.owed - self.net }
    }

    /// Writes the order's new sums, and gives back what was paid too much.
    async fn settle(
        &self,
        tx: &DatabaseTransaction,
        ctx: &CheckoutContext,
        planned: &Planned,
        edit: &OrderEdit,
        made: Made,
    ) -> Result<Order, Error> {
        let row = planned.order.clone();
        let now = OrderState::of(&row);
        let balance = self.balance();
        let event = match balance {
            1.. => Some(OrderEvent::BalanceDue),
            ..=0 if row.financial_status == FinancialStatus::PartiallyPaid => Some(OrderEvent::Captured),
            ..=0 => None,
        };
        let state = match event {
            Some(event) => order::next(now, event)
                .ok_or_else(|| Error::fault(format!("order {} cannot be edited as it stands", row.id)))?,
            None => now,
        };
        let to_cards = give_back(tx, ctx, row.id, (-balance).max(0), made.revision).await?;
        if to_cards > 0 {
            let author = Author { sources: &ctx.sources, account_id: edit.account_id };
            gift_card::refund(tx, author, row.id, Because::Edit, made.id, to_cards).await?;
            let back = entity::money::Money::new(to_cards, row.currency);
            ledger::post(tx, &ctx.sources, Posting::gift_card_refund(row.id, back, made.id)).await?;
        }
        let gift_card = row.gift_card_minor - to_cards;
        let change = OrderChange {
            totals: Some(Totals { gift_card, ..Totals::of(&planned.quote) }),
            shipping_address: edit.shipping_address.clone(),
            deliveries: delivery::kept(tx, &planned.quote.engine().delivery_groups).await?,
            ..OrderChange::default()
        };
        order::change_order(tx, &ctx.sources, row, state, change).await
    }
}

/// The least that can be charged for what an order costs more: at the gateway that took its money last, or at any.
fn least(ctx: &CheckoutContext, payments: &[Payment], currency: Currency) -> i64 {
    let last = payments.iter().rfind(|paid| paid.status == PaymentStatus::Captured);
    let gateway = last.map(|paid| paid.gateway.as_str()).filter(|name| ctx.gateways.open(name).is_some());
    gateway.map_or_else(|| ctx.gateways.least_of_open(currency), |name| ctx.gateways.least(name, currency))
}

/// Gives back what was paid too much: of the newest payment first, and what no gateway took to the gift cards. Returns what goes
/// to these.
async fn give_back(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order_id: OrderId,
    minor: i64,
    revision: i32,
) -> Result<i64, Error> {
    let (parts, rest) = payment::divide(minor, sources(tx, ctx, order_id).await?);
    for (paid, part) in parts {
        payment::insert_refund(tx, &ctx.sources, &paid, RefundReason::Edit { revision }, part).await?;
    }
    Ok(rest)
}

/// What the payments of an order can give back, the newest first.
async fn sources(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    order_id: OrderId,
) -> Result<Vec<Source<Payment>>, Error> {
    let left = payment::refundable(tx, order_id).await?.into_iter().map(|(paid, left)| {
        let step = ctx.gateways.step(&paid.gateway, paid.currency);
        Source { payment: paid, left, step }
    });
    Ok(left.collect())
}

/// The units that go back into stock, in the order in which stock is locked.
fn put_back(planned: &Planned) -> Vec<PutBack> {
    let fewer = planned.lines.iter().filter(|line| line.more() < 0).filter_map(|line| match &line.goods {
        Goods::Ordered(ordered) => Some((&**ordered, -line.more())),
        Goods::Added(_) => None,
    });
    let gone = planned.removed.iter().map(|line| (line, line.quantity));
    let units = |(line, quantity): (&OrderLine, i64)| {
        let variant_id = line.variant_id.filter(|_| line.tracked)?;
        Some(PutBack {
            order_id: line.order_id,
            order_line_id: line.id,
            variant_id,
            quantity,
            location_id: None,
            sent: false,
        })
    };
    let mut units: Vec<PutBack> = fewer.chain(gone).filter_map(units).collect();
    units.sort_by_key(|units| (units.variant_id, units.order_line_id));
    units
}

async fn move_stock(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    planned: &Planned,
    account_id: Option<AccountId>,
) -> Result<(), Failure<EditRefusal>> {
    let order_id = planned.order.id;
    let author = Author { sources: &ctx.sources, account_id };
    let ordered = planned.removed.iter().chain(planned.lines.iter().filter_map(|line| match &line.goods {
        Goods::Ordered(ordered) if line.more() != 0 => Some(&**ordered),
        Goods::Ordered(_) | Goods::Added(_) => None,
    }));
    let ordered = ordered.filter(|line| line.tracked).filter_map(|line| line.variant_id);
    let added = planned.lines.iter().filter_map(|line| match &line.goods {
        Goods::Ordered(_) => None,
        Goods::Added(sellable) => sellable.tracked.then_some(sellable.variant_id),
    });
    inventory::lock(tx, ordered.chain(added).collect()).await?;
    for units in put_back(planned) {
        inventory::put_back(tx, author, units).await?;
    }
    let hold = |line: &plan::PlannedLine| {
        let (variant_id, tracked, beyond_stock) = match &line.goods {
            Goods::Ordered(ordered) => {
                let variant_id = ordered.variant_id?;
                (variant_id, ordered.tracked, planned.sold_beyond.contains(&variant_id))
            }
            Goods::Added(sellable) => (sellable.variant_id, sellable.tracked, sellable.continue_selling),
        };
        let wanted = tracked && line.more() > 0;
        wanted.then_some(Hold { order_line_id: line.id, variant_id, quantity: line.more(), beyond_stock })
    };
    let holds: Vec<Hold> = planned.lines.iter().filter_map(hold).collect();
    let until = planned.order.reserved_until;
    if let Err(shortages) = inventory::reserve(tx, &ctx.sources, order_id, &holds, until).await? {
        let refusal = |shortage: &inventory::Shortage| {
            let line = planned.lines.iter().find(|line| line.id == shortage.order_line_id);
            let title = line.map(|line| line.title().to_owned()).unwrap_or_default();
            EditRefusal::InsufficientStock { title, available: shortage.available }
        };
        return Err(Failure::Refused(shortages.iter().map(refusal).collect()));
    }
    inventory::consume(tx, &ctx.sources, order_id).await?;
    Ok(())
}

/// Writes the lines as they are planned and quoted, each only if something of it changes.
async fn write_lines(tx: &DatabaseTransaction, planned: &Planned) -> Result<(), Error> {
    let removed: Vec<_> = planned.removed.iter().map(|line| line.id).collect();
    order::remove_lines(tx, &removed).await?;
    let last = planned.lines.iter().filter_map(|line| match &line.goods {
        Goods::Ordered(ordered) => Some(ordered.position),
        Goods::Added(_) => None,
    });
    let mut position = last.chain(planned.removed.iter().map(|line| line.position)).max().unwrap_or(0);
    let mut added: Vec<order_line::ActiveModel> = Vec::new();
    for (line, quoted) in planned.lines.iter().zip(&planned.quote.engine().lines) {
        match &line.goods {
            Goods::Ordered(ordered) => order::requote_line(tx, ordered, line.quantity, quoted).await?,
            Goods::Added(sellable) => {
                position += 1;
                let place = sold_line::Place { id: line.id, order_id: planned.order.id, position };
                let attributes = entity::address::Attributes::default();
                added.push(sold_line::sold_line(place, sellable, attributes, quoted, LineStatus::Executed));
            }
        }
    }
    if !added.is_empty() {
        order::insert_lines(tx, added).await?;
    }
    Ok(())
}

/// What the shopper reads of it.
fn words(order: &Order, money: &Money) -> String {
    let in_words = |minor: i64| entity::money::Money::new(minor, order.currency).in_words();
    match money.balance() {
        0 => "Your order was changed. Nothing more is to be paid.".to_owned(),
        more @ 1.. => format!("Your order was changed. {} more is to be paid.", in_words(more)),
        less @ ..0 => format!("Your order was changed. {} goes back to you.", in_words(-less)),
    }
}
