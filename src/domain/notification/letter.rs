//! The variables of the templates: what a mail tells, as texts that are ready to be printed.

use chrono::{DateTime, Utc};
use entity::{
    address::Address,
    gift_card::gift_card,
    money::{Currency, Money},
    order::{fulfillment, fulfillment_line, order, order_line},
};
use serde::Serialize;

use super::money_store::{Back, OnCard, Paid};
use crate::domain::shared::{Amounts, postal};

/// Everything that a template may print.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Letter {
    pub shop: ShopPart,
    pub order: Option<OrderPart>,
    pub payment: Option<PaymentPart>,
    pub shipment: Option<ShipmentPart>,
    pub refund: Option<RefundPart>,
    pub edit: Option<EditPart>,
    pub balance: Option<BalancePart>,
    pub document: Option<DocumentPart>,
    pub gift_card: Option<GiftCardPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ShopPart {
    pub name: String,
    pub email: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OrderPart {
    pub number: i64,
    pub name: String,
    pub date: String,
    pub email: String,
    pub first_name: Option<String>,
    pub note: Option<String>,
    pub url: Option<String>,
    pub paid: bool,
    pub financial_status: String,
    pub cancel_reason: Option<String>,
    pub lines: Vec<LinePart>,
    pub totals: Vec<TotalPart>,
    pub total: String,
    pub payments: Vec<TotalPart>,
    pub deliveries: Vec<DeliveryPart>,
    pub shipping_address: Vec<String>,
    pub billing_address: Vec<String>,
}

/// How something is delivered: with `pickup`, where it is collected.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DeliveryPart {
    pub title: String,
    pub description: Option<String>,
    pub pickup: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LinePart {
    pub title: String,
    pub options: Vec<OptionPart>,
    pub sku: Option<String>,
    pub quantity: i64,
    pub unit_price: String,
    pub subtotal: String,
    pub discount: Option<String>,
    pub total: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OptionPart {
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct TotalPart {
    pub key: String,
    pub label: String,
    pub amount: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PaymentPart {
    pub message: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ShipmentPart {
    pub company: Option<String>,
    pub number: Option<String>,
    pub url: Option<String>,
    pub lines: Vec<ShippedPart>,
    pub complete: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ShippedPart {
    pub title: String,
    pub options: Vec<OptionPart>,
    pub quantity: i64,
}

/// What goes back, and where to.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RefundPart {
    /// All of it.
    pub amount: String,
    /// What of it is on gift cards again.
    pub to_gift_cards: Option<String>,
    /// These cards: what is on each again.
    pub gift_cards: Vec<TotalPart>,
    /// What goes back the way it was paid otherwise.
    pub otherwise: Option<String>,
}

/// A change of an order.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EditPart {
    /// What is still to be paid.
    pub due: Option<String>,
}

/// What of an order is still to be paid after a part of its held money was taken.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BalancePart {
    /// What is still to be paid.
    pub due: String,
    /// What was taken.
    pub paid: String,
}

/// An invoice or a credit note.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DocumentPart {
    pub number: String,
    pub url: String,
}

/// A gift card with its code.
#[derive(Clone, Serialize)]
pub(super) struct GiftCardPart {
    pub code: String,
    pub amount: String,
    pub expires: Option<String>,
}

impl std::fmt::Debug for GiftCardPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GiftCardPart({})", self.amount)
    }
}

/// A gift card's part.
pub(super) fn of_gift_card(row: &gift_card::Model, code: String) -> GiftCardPart {
    let amount = Money::new(row.initial_minor, row.currency).in_words();
    GiftCardPart { code, amount, expires: row.expires_at.map(day) }
}

/// What goes back, in words.
pub(super) fn of_back(back: &Back, currency: Currency) -> RefundPart {
    let money = |minor: i64| Money::new(minor, currency).in_words();
    let some = |minor: i64| (minor > 0).then(|| money(minor));
    RefundPart {
        amount: money(back.to_cards() + back.otherwise),
        to_gift_cards: some(back.to_cards()),
        gift_cards: back.cards.iter().map(|card| of_card(card, currency)).collect(),
        otherwise: some(back.otherwise),
    }
}

fn of_card(card: &OnCard, currency: Currency) -> TotalPart {
    let label = format!("Gift card •••• {}", card.last_characters);
    TotalPart { key: "gift_card".to_owned(), label, amount: Money::new(card.minor, currency).in_words() }
}

/// What an order was paid with, as rows; none while nothing was.
fn payments_of(paid: &Paid, currency: Currency) -> Vec<TotalPart> {
    let cards = paid.cards.iter().map(|card| of_card(card, currency));
    let ways = [("payment", "Paid", paid.taken), ("payment_held", "Held for us, not taken yet", paid.held)];
    let ways = ways.into_iter().filter(|(_, _, minor)| *minor > 0).map(|(key, label, minor)| TotalPart {
        key: key.to_owned(),
        label: label.to_owned(),
        amount: Money::new(minor, currency).in_words(),
    });
    cards.chain(ways).collect()
}

/// A day as people write it.
fn day(moment: DateTime<Utc>) -> String {
    moment.format("%-d %B %Y").to_string()
}

fn options(line: &order_line::Model) -> Vec<OptionPart> {
    let options = line.selected_options.0.iter();
    // A product without options has one that says nothing.
    let told = options.filter(|option| !(option.name == "Title" && option.value == "Default Title"));
    told.map(|option| OptionPart { name: option.name.clone(), value: option.value.clone() }).collect()
}

/// The order's part.
pub(super) fn of_order(row: &order::Model, lines: &[order_line::Model], paid: &Paid, url: Option<String>) -> OrderPart {
    let money = |minor: i64| Money::new(minor, row.currency).in_words();
    let amounts = Amounts {
        subtotal: row.subtotal_minor,
        discount: row.discount_minor,
        shipping: row.shipping_minor,
        tax: row.tax_minor,
        tax_included: row.tax_included_minor,
        total: row.total_minor,
    };
    let line = |line: &order_line::Model| LinePart {
        title: line.title.clone(),
        options: options(line),
        sku: line.sku.clone(),
        quantity: line.quantity,
        unit_price: money(line.unit_price_minor),
        subtotal: money(line.total_minor + line.discount_minor),
        discount: (line.discount_minor != 0).then(|| money(-line.discount_minor)),
        total: money(line.total_minor),
    };
    let total = |row: crate::domain::shared::TotalRow| TotalPart {
        key: row.key.to_owned(),
        label: row.label.to_owned(),
        amount: money(row.minor),
    };
    let lines_of = |address: &Option<Address>| address.as_ref().map(postal::letter).unwrap_or_default();
    let addresses = [&row.shipping_address, &row.billing_address];
    let first_name = addresses.into_iter().flatten().find_map(|address| address.first_name.clone());
    OrderPart {
        number: row.number,
        name: format!("#{}", row.number),
        date: day(row.placed_at.unwrap_or(row.created_at)),
        email: row.email.clone(),
        first_name,
        note: row.note.clone(),
        url,
        paid: row.placed_at.is_some(),
        financial_status: sea_orm::ActiveEnum::to_value(&row.financial_status).to_lowercase(),
        cancel_reason: row.cancel_reason.map(|reason| sea_orm::ActiveEnum::to_value(&reason).to_lowercase()),
        lines: lines.iter().map(line).collect(),
        totals: amounts.rows().into_iter().map(total).collect(),
        total: money(row.total_minor),
        payments: payments_of(paid, row.currency),
        deliveries: row.deliveries.iter().flat_map(|told| &told.0).map(of_delivery).collect(),
        shipping_address: lines_of(&row.shipping_address),
        billing_address: lines_of(&row.billing_address),
    }
}

fn of_delivery(told: &order::Delivery) -> DeliveryPart {
    DeliveryPart {
        title: told.title.clone(),
        description: told.description.clone(),
        pickup: told.pickup.as_ref().map(postal::letter).unwrap_or_default(),
    }
}

/// A shipment's part.
pub(super) fn of_shipment(
    row: &fulfillment::Model,
    contents: &[fulfillment_line::Model],
    lines: &[order_line::Model],
) -> ShipmentPart {
    let shipped = contents.iter().filter_map(|content| {
        let line = lines.iter().find(|line| line.id == content.order_line_id)?;
        Some(ShippedPart { title: line.title.clone(), options: options(line), quantity: content.quantity })
    });
    ShipmentPart {
        company: row.tracking_company.clone(),
        number: row.tracking_number.clone(),
        url: row.tracking_url.clone(),
        lines: shipped.collect(),
        complete: lines.iter().all(|line| line.unsent() <= 0),
    }
}
