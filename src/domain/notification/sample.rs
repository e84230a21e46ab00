//! Letters to try templates with, before an order needs them.

use super::{Kind, letter::*};

impl Letter {
    /// A letter with everything in it that a template may ask for, or with as little as can be. A card that staff give has no order.
    pub(super) fn sample(kind: Kind, full: bool) -> Self {
        let maybe = |text: &str| full.then(|| text.to_owned());
        let listed =
            |texts: &[&str]| if full { texts.iter().map(|text| (*text).to_owned()).collect() } else { Vec::new() };
        let row = |key: &str, label: &str, amount: &str| TotalPart {
            key: key.into(),
            label: label.into(),
            amount: amount.into(),
        };
        let card = || row("gift_card", "Gift card •••• K5LM", "15.00 EUR");
        let way = || row("payment", "Paid", "5.00 EUR");
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
                    subtotal: "20.00 EUR".into(),
                    discount: maybe("-2.00 EUR"),
                    total: "18.00 EUR".into(),
                }],
                totals: vec![TotalPart { key: "total".into(), label: "Total".into(), amount: "20.00 EUR".into() }],
                total: "20.00 EUR".into(),
                payments: if full { vec![card(), way()] } else { Vec::new() },
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
            refund: Some(RefundPart {
                amount: "20.00 EUR".into(),
                to_gift_cards: maybe("15.00 EUR"),
                gift_cards: if full { vec![card()] } else { Vec::new() },
                otherwise: maybe("5.00 EUR"),
            }),
            edit: Some(EditPart { due: maybe("5.00 EUR") }),
            balance: Some(BalancePart { due: "5.00 EUR".into(), paid: "15.00 EUR".into() }),
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
