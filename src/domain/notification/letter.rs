//! The variables of the templates: what a mail tells, as texts that are ready to be printed.

use chrono::{DateTime, Utc};
use entity::{
    address::Address,
    gift_card::gift_card,
    money::Money,
    notification::notification::NotificationKind as Kind,
    order::{fulfillment, fulfillment_line, order, order_line},
};
use serde::Serialize;

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

#[derive(Clone, Debug, Serialize)]
pub(super) struct RefundPart {
    pub amount: String,
}

/// A change of an order.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EditPart {
    /// What is still to be paid.
    pub due: Option<String>,
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
pub(super) fn of_order(row: &order::Model, lines: &[order_line::Model], url: Option<String>) -> OrderPart {
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

impl Letter {
    /// A letter with everything in it that a template may ask for, or with as little as can be. A card that staff give has no order.
    pub(super) fn sample(kind: Kind, full: bool) -> Self {
        let maybe = |text: &str| full.then(|| text.to_owned());
        let listed =
            |texts: &[&str]| if full { texts.iter().map(|text| (*text).to_owned()).collect() } else { Vec::new() };
        let option = || if full { vec![OptionPart { name: "Size".into(), value: "M".into() }] } else { Vec::new() };
        Self {
            shop: ShopPart { name: "My shop".into(), email: maybe("hello@example.com") },
            order: (full || kind != Kind::GiftCard).then(|| OrderPart {
                number: 1001,
                name: "#1001".into(),
                date: "21 November 2026".into(),
                email: "ada@example.com".into(),
                first_name: maybe("Ada"),
                note: maybe("Ring twice"),
                url: maybe("https://shop.example/orders/1001"),
                paid: full,
                financial_status: "paid".into(),
                cancel_reason: maybe("customer"),
                lines: vec![LinePart {
                    title: "Shirt".into(),
                    options: option(),
                    sku: maybe("SH-M"),
                    quantity: 2,
                    unit_price: "10.00 EUR".into(),
                    total: "20.00 EUR".into(),
                }],
                totals: vec![TotalPart { key: "total".into(), label: "Total".into(), amount: "20.00 EUR".into() }],
                total: "20.00 EUR".into(),
                deliveries: vec![DeliveryPart {
                    title: "Express".to_owned(),
                    description: Some("1 to 2 working days".to_owned()),
                    pickup: Vec::new(),
                }],
                shipping_address: listed(&["Ada Lovelace", "Invalidenstrasse 117", "10115 Berlin", "Germany"]),
                billing_address: listed(&["Ada Lovelace", "Invalidenstrasse 117", "10115 Berlin", "Germany"]),
            }),
            payment: Some(PaymentPart { message: "Your bank declined the payment.".into() }),
            shipment: Some(ShipmentPart {
                company: maybe("DHL"),
                number: maybe("1Z999"),
                url: maybe("https://tracking.example/1Z999"),
                lines: vec![ShippedPart { title: "Shirt".into(), options: option(), quantity: 2 }],
                complete: full,
            }),
            refund: Some(RefundPart { amount: "20.00 EUR".into() }),
            edit: Some(EditPart { due: maybe("5.00 EUR") }),
            document: full
                .then(|| DocumentPart { number: "INV-1".into(), url: "https://shop.example/invoices/1".into() }),
            gift_card: (kind == Kind::GiftCard).then(|| GiftCardPart {
                code: "AB2C-D3EF-GH4J-K5LM".into(),
                amount: "50.00 EUR".into(),
                expires: maybe("21 November 2029"),
            }),
        }
    }
}
