//! What an order stands at: its quote, what of it went back, and what money is left.

use std::collections::BTreeMap;

use entity::{
    ids::{OrderLineId, PaymentId},
    money::Currency,
    order::order_refund_line::RestockType,
};
use pricing::{Amount, Cart, Line, LineKey, Portion, Price, ProductKey, Quote, Rules, Timestamp, VariantKey};
use sea_orm::ConnectionTrait;

use crate::domain::{
    order::{self, Order, OrderLine},
    payment::{self, Gateways, Source},
    pricing::convert,
    shared::Error,
};

/// What an order stands at, for refunds.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The currency of every amount.
    pub currency: Currency,
    /// What it costs.
    pub quote: Quote,
    /// What of that went back, or is on its way.
    pub before: Portion,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// Units that came back, by line.
    pub returned: BTreeMap<OrderLineId, i64>,
    /// What is left of each payment: taken, and neither back nor on its way. The oldest first.
    pub payments: Vec<Source<PaymentId>>,
    /// What is left of what gift cards paid.
    pub gift_cards: i64,
}

impl Standing {
    /// A line of the order.
    #[must_use]
    pub fn line(&self, id: OrderLineId) -> Option<&OrderLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// What can go back together, in minor units.
    #[must_use]
    pub fn left(&self) -> i64 {
        self.payments.iter().fold(self.gift_cards, |sum, source| sum.saturating_add(source.left))
    }
}

/// What an order stands at. Whoever decides by it holds the lock of the order's row.
///
/// # Errors
/// The database's; a fault when its quote cannot be read.
pub async fn standing(db: &impl ConnectionTrait, gateways: &Gateways, order: &Order) -> Result<Standing, Error> {
    let lines = order::lines_of(db, &[order.id]).await?;
    let quote = match order::quote_of(db, order.id).await? {
        Some(kept) => kept.quote,
        None => quote_of_rows(order, &lines)?,
    };
    let decided = order::order_refunds_of(db, &[order.id]).await?;
    let ids: Vec<_> = decided.iter().map(|one| one.id).collect();
    let (mut before, mut returned) = (Portion::default(), BTreeMap::new());
    for line in order::order_refund_lines_of(db, &ids).await? {
        before.lines.push((key_of(line.order_line_id), line.quantity));
        if line.restock_type == RestockType::Return {
            *returned.entry(line.order_line_id).or_default() += line.quantity;
        }
    }
    before.shipping = Amount(decided.iter().map(|one| one.shipping_minor).sum());
    let payments = payment::payments_of(db, &[order.id]).await?;
    let refunds = payment::refunds_of(db, &[order.id]).await?;
    let to_cards: i64 = decided.iter().map(|one| one.gift_card_minor).sum();
    Ok(Standing {
        currency: order.currency,
        quote,
        before,
        lines,
        returned,
        payments: payments
            .iter()
            .filter_map(|paid| {
                let step = gateways.step(&paid.gateway, paid.currency);
                Some(Source { payment: paid.id, left: payment::left_of(paid, &refunds)?, step })
            })
            .collect(),
        gift_cards: order.gift_card_minor - to_cards,
    })
}

/// The engine's key of a line.
pub(super) fn key_of(id: OrderLineId) -> LineKey {
    LineKey(id.0.as_u128())
}

/// The quote of an order that was placed before quotes were kept: the shop had no rules then, so its lines are all of it.
fn quote_of_rows(order: &Order, lines: &[OrderLine]) -> Result<Quote, Error> {
    let currency = convert::currency(order.currency).map_err(Error::fault)?;
    let mut cart = Cart::new(currency, Timestamp(order.created_at.timestamp()));
    cart.lines.extend(lines.iter().map(|line| {
        let key = line.id.0.as_u128();
        let price = Price::own(currency, Amount(line.unit_price_minor));
        Line::new(key_of(line.id), VariantKey(key), ProductKey(key), line.quantity, vec![price])
    }));
    pricing::quote(&cart, &Rules::default()).map_err(Error::fault)
}
