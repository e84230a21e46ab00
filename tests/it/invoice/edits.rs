//! Documents of orders that were edited: together they say what the order costs, by line and by tax, and they name the goods.

use std::collections::BTreeMap;

use cartwright::domain::invoice::{Snapshot, html, pdf};
use entity::invoice::invoice::{self, InvoiceKind};
use serde_json::{Value, json};

use super::{printed, rows};
use crate::{
    make::{
        catalog::Made,
        checkout::{Bought, address},
    },
    support::Caller,
    tax::{Office, country_zone},
};

/// A shop whose prices contain 19 % of taxes, of books 7 %, and its goods.
struct Books {
    office: Office,
    lamp: Made,
    part: Made,
    book: Made,
}

impl Books {
    async fn new() -> Self {
        let office = Office::new().await;
        let class = office.class("Books").await;
        let mut zone = country_zone("US", "INCLUSIVE", "VAT", "19");
        let reduced = json!([{ "title": "VAT", "percent": "7" }]);
        let rates = zone["rates"].as_array_mut().expect("rates");
        rates.push(json!({ "taxClassId": class, "taxes": reduced }));
        zone["shipping"] = json!({ "kind": "AS_GOODS" });
        let home = office.zone(zone).await;
        let settings = json!({ "pricesEntered": "INCLUSIVE", "homeZoneId": home, "pricesAbroad": "FIXED_GROSS" });
        office.call("taxSettingsUpdate", "__typename", settings).await.done("taxSettingsUpdate");
        let shop = &office.shop;
        let (lamp, part) = (shop.stocked("Lamp", 11_900, 9).await, shop.stocked("Part", 595, 9).await);
        let book = shop.stocked("Book", 1_070, 9).await;
        let variants = json!([{ "id": book.variant_gid(0), "taxClassId": class }]);
        let input = json!({ "productId": book.gid(), "variants": variants });
        office.call("productVariantsBulkUpdate", "__typename", input).await.done("productVariantsBulkUpdate");
        Self { office, lamp, part, book }
    }

    /// A guest's paid order of one lamp.
    async fn order(&self) -> Bought {
        self.office.shop.order_of(&self.lamp, 1, "sandbox_ok").await
    }

    async fn edit(&self, order: &Bought, changes: Value) {
        order.edit(&self.office.shop, &self.office.admin, changes).await.done("orderEdit");
    }

    async fn add(&self, order: &Bought, made: &Made, quantity: i64) {
        let added = json!([{ "merchandiseId": made.variant_gid(0), "quantity": quantity }]);
        self.edit(order, json!({ "addedItems": added })).await;
    }

    async fn pay(&self, order: &Bought) {
        order.retry(&self.office.shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    }

    async fn cancel(&self, order: &Bought) {
        order.cancel(&self.office.shop, &self.office.admin).await.done("orderCancel");
        self.office.shop.sweep().await;
    }

    async fn document(&self, number: &str) -> (invoice::Model, Snapshot) {
        let row = rows(&self.office.shop).await.into_iter().find(|row| row.number == number).expect("a document");
        let snapshot = printed(&row);
        (row, snapshot)
    }

    /// What the documents say together: taxes by label as net and amount, and the total, in minor units.
    async fn said(&self) -> (BTreeMap<String, (i64, i64)>, i64) {
        let (mut taxes, mut total): (BTreeMap<String, (i64, i64)>, i64) = (BTreeMap::new(), 0);
        for row in rows(&self.office.shop).await {
            let sign = if row.kind == InvoiceKind::Invoice { 1 } else { -1 };
            let document = printed(&row);
            total += sign * document.total_minor;
            for tax in document.taxes {
                let sums = taxes.entry(tax.label).or_default();
                *sums = (sums.0 + sign * tax.net_minor, sums.1 + sign * tax.amount_minor);
            }
        }
        taxes.retain(|_, sums| *sums != (0, 0));
        (taxes, total)
    }

    /// What the order says of the same.
    async fn costs(&self, order: &Bought) -> (BTreeMap<String, (i64, i64)>, i64) {
        let document = "query($id: ID!) { order(id: $id) { totals { total { amount } } \
                        taxLines { title percent amount { amount } netAmount { amount } } } }";
        let read = self.office.ask(document, json!({ "id": order.id })).await.at("/order");
        let minor = |value: &Value| {
            let text = value["amount"].as_str().expect("an amount");
            let (whole, part) = text.split_once('.').expect("a decimal");
            format!("{whole}{part:0<2}").parse::<i64>().expect("a number")
        };
        let line = |line: &Value| {
            let percent = line["percent"].as_str().expect("a rate").trim_end_matches(".0");
            let label = format!("{} {percent} %", line["title"].as_str().expect("a title"));
            (label, (minor(&line["netAmount"]), minor(&line["amount"])))
        };
        let taxes = read["taxLines"].as_array().expect("taxes").iter().map(line).collect();
        (taxes, minor(&read["totals"]["total"]))
    }
}

fn lines(document: &Snapshot) -> Vec<(&str, i64, &str)> {
    document.lines.iter().map(|line| (&*line.title, line.quantity, &*line.total)).collect()
}

fn taxes(document: &Snapshot) -> Vec<(&str, i64, i64)> {
    document.taxes.iter().map(|row| (&*row.label, row.net_minor, row.amount_minor)).collect()
}

fn corrected(document: &Snapshot) -> Vec<&str> {
    document.corrects.iter().map(|(number, _)| number.as_str()).collect()
}

#[tokio::test]
async fn the_invoice_of_two_edits_names_the_goods_of_both_and_their_taxes() {
    let books = Books::new().await;
    let order = books.order().await;
    books.add(&order, &books.book, 1).await;
    books.add(&order, &books.part, 2).await;
    books.pay(&order).await;
    let (row, invoice) = books.document("INV-2").await;
    assert_eq!(lines(&invoice), [("Book", 1, "10.70 USD"), ("Part", 2, "11.90 USD")]);
    let mut rates = taxes(&invoice);
    rates.sort_unstable();
    assert_eq!(rates, [("VAT 19 %", 1_000, 190), ("VAT 7 %", 1_000, 70)]);
    assert_eq!((invoice.total_minor, invoice.taxes_notice.as_deref()), (2_260, None));
    assert_eq!(invoice.paid[0].amount, "22.60 USD");
    assert_eq!(books.said().await, books.costs(&order).await);
    let page = html(&row).expect("a page");
    for part in ["Book", "Part", "5.95 USD", "VAT 7 %", "Payment of"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(pdf(&row).expect("a document").starts_with(b"%PDF-"));

    // A swap of another rate at the same price moves no money: a note says what changed.
    let other = books.office.shop.stocked("Shade", 1_070, 9).await;
    let line = order.line(&books.office.shop, 1).await;
    let swap = json!({ "lineItems": [{ "lineItemId": line, "quantity": 0 }],
        "addedItems": [{ "merchandiseId": other.variant_gid(0), "quantity": 1 }] });
    books.edit(&order, swap).await;
    let (_, note) = books.document("CN-1").await;
    assert_eq!(lines(&note), [("Book", 1, "10.70 USD"), ("Shade", -1, "-10.70 USD")]);
    assert_eq!((note.total_minor, corrected(&note)), (0, vec!["INV-2"]));
    assert!(note.taxes_notice.is_some());
    assert_eq!(books.said().await, books.costs(&order).await);
    books.cancel(&order).await;
    assert_eq!(books.said().await, (BTreeMap::new(), 0));
    books.office.shop.books_are_right().await;
}

#[tokio::test]
async fn what_was_added_is_invoiced_with_its_taxes_when_a_later_edit_changed_no_total() {
    let books = Books::new().await;
    let order = books.order().await;
    books.add(&order, &books.book, 1).await;
    let mut moved = address();
    moved["city"] = json!("Shelbyville");
    books.edit(&order, json!({ "shippingAddress": moved })).await;
    books.pay(&order).await;
    let (_, invoice) = books.document("INV-2").await;
    assert_eq!((lines(&invoice), taxes(&invoice)), (vec![("Book", 1, "10.70 USD")], vec![("VAT 7 %", 1_000, 70)]));
    assert_eq!(books.said().await, books.costs(&order).await);
}

#[tokio::test]
async fn a_cancellation_credits_what_was_invoiced_and_nothing_of_an_edit_that_was_never_paid() {
    let books = Books::new().await;
    let order = books.order().await;
    books.add(&order, &books.book, 1).await;
    books.cancel(&order).await;
    let ((_, invoice), (_, note)) = (books.document("INV-1").await, books.document("CN-1").await);
    assert_eq!((&note.lines, &note.rows, &note.taxes), (&invoice.lines, &invoice.rows, &invoice.taxes));
    assert_eq!((note.total_minor, corrected(&note)), (11_900, vec!["INV-1"]));
    assert_eq!(books.said().await, (BTreeMap::new(), 0));
    assert_eq!(rows(&books.office.shop).await.len(), 2);
}

#[tokio::test]
async fn a_credit_note_names_what_was_removed_and_the_invoice_that_billed_it() {
    let books = Books::new().await;
    let order = books.order().await;
    books.add(&order, &books.book, 3).await;
    books.pay(&order).await;
    let line = order.line(&books.office.shop, 1).await;
    let fewer = |quantity: i64| json!({ "lineItems": [{ "lineItemId": line, "quantity": quantity }] });
    books.edit(&order, fewer(1)).await;
    let (row, note) = books.document("CN-1").await;
    assert_eq!(lines(&note), [("Book", 2, "21.40 USD")]);
    assert_eq!((taxes(&note), corrected(&note)), (vec![("VAT 7 %", 2_000, 140)], vec!["INV-2"]));
    assert!(html(&row).expect("a page").contains("For invoice INV-2"));
    assert_eq!(books.said().await, books.costs(&order).await);
    // A refund that staff decide says it as well, and a cancellation names every invoice that is left.
    let refund = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1, "restockType": "CANCEL" }] });
    order.refund(&books.office.shop, &books.office.admin, refund).await.done("refundCreate");
    books.office.shop.sweep().await;
    let (_, note) = books.document("CN-2").await;
    assert_eq!((lines(&note), corrected(&note)), (vec![("Book", 1, "10.70 USD")], vec!["INV-2"]));
    books.cancel(&order).await;
    let (_, note) = books.document("CN-3").await;
    assert_eq!((lines(&note), corrected(&note)), (vec![("Lamp", 1, "119.00 USD")], vec!["INV-1"]));
    assert_eq!(books.said().await, (BTreeMap::new(), 0));
    books.office.shop.books_are_right().await;
}

#[tokio::test]
async fn a_tax_below_zero_is_explained_and_delivery_and_discounts_that_change_are_named() {
    let books = Books::new().await;
    let (shop, office) = (&books.office.shop, &books.office);
    let usd = |amount: &str| json!({ "amount": amount, "currencyCode": "USD" });
    let rate = json!({ "title": "Parcel", "cost": { "flat": usd("4.90") }, "freeAbove": usd("150.00") });
    let zone = json!({ "name": "US", "areas": [{ "countryCode": "US" }], "rates": [rate] });
    office.call("deliveryZoneCreate", "__typename", zone).await.done("deliveryZoneCreate");
    let discount = json!({ "title": "Ten percent from three", "effect": { "order": { "percentage": "10" } },
        "minimumRequirement": { "quantity": 3 } });
    office.call("discountAutomaticCreate", "__typename", discount).await.done("discountAutomaticCreate");
    let order = books.order().await;
    books.add(&order, &books.book, 1).await;
    books.pay(&order).await;
    // A part of delivery has the rate of books now, so less of it has the rate of lamps.
    let (row, invoice) = books.document("INV-2").await;
    let of_lamps = taxes(&invoice).into_iter().find(|row| row.0 == "VAT 19 %").expect("of delivery");
    assert!(of_lamps.1 < 0 && of_lamps.2 < 0, "{of_lamps:?}");
    assert_eq!(lines(&invoice), [("Book", 1, "10.70 USD")]);
    assert!(html(&row).expect("a page").contains("correct what earlier documents of this order say"));
    assert_eq!(books.said().await, books.costs(&order).await);

    // The third unit brings the discount, and with it the order is still below what makes delivery free.
    let line = order.line(shop, 1).await;
    books.edit(&order, json!({ "lineItems": [{ "lineItemId": line, "quantity": 2 }] })).await;
    let (row, note) = books.document("CN-1").await;
    let page = html(&row).expect("a page");
    let told: Vec<_> = note.lines.iter().map(|line| (&*line.title, line.quantity, line.discount.clone())).collect();
    let off = |amount: &str| Some(format!("Ten percent from three: {amount} USD"));
    assert_eq!(told, [("Lamp", 0, off("11.90")), ("Book", -1, off("2.14"))]);
    assert!(page.contains("another discount") && page.contains("-10.70 USD"), "{page}");
    assert_eq!(books.said().await, books.costs(&order).await);
    books.add(&order, &books.book, 5).await;
    books.pay(&order).await;
    let (_, invoice) = books.document("INV-3").await;
    let shipping = invoice.rows.iter().find(|row| row.key == "shipping").expect("delivery");
    assert_eq!(shipping.amount, "-4.90 USD");
    assert_eq!(books.said().await, books.costs(&order).await);
    books.cancel(&order).await;
    assert_eq!(books.said().await, (BTreeMap::new(), 0));
}

#[tokio::test]
async fn the_lines_of_an_invoice_add_up_to_its_subtotal_with_their_discounts_named() {
    let books = Books::new().await;
    let (shop, office) = (&books.office.shop, &books.office);
    let discount = json!({ "title": "Tenth", "effect": { "order": { "percentage": "10" } } });
    office.call("discountAutomaticCreate", "__typename", discount).await.done("discountAutomaticCreate");
    let cart = shop.cart_with(&Caller::guest(), &[(&books.lamp, 1), (&books.part, 2)]).await;
    shop.complete(&cart).bought().await;
    let (row, invoice) = books.document("INV-1").await;
    assert_eq!(lines(&invoice), [("Lamp", 1, "119.00 USD"), ("Part", 2, "11.90 USD")]);
    assert_eq!(invoice.lines[0].discount.as_deref(), Some("Tenth: -11.90 USD"));
    let sums: Vec<(&str, &str)> = invoice.rows.iter().map(|row| (&*row.key, &*row.amount)).take(3).collect();
    assert_eq!(sums, [("subtotal", "130.90 USD"), ("discount", "-13.09 USD"), ("total", "117.81 USD")]);
    assert!(html(&row).expect("a page").contains("Tenth: -11.90 USD"));
}
