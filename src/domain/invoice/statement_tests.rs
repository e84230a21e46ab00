//! Tests of what documents state together.

use proptest::prelude::*;

use super::*;

const CURRENCY: Currency = Currency::USD;

fn line(id: u128, quantity: i64, unit_price: i64, discount: i64) -> StatedLine {
    let subtotal = quantity * unit_price;
    let (title, id) = (format!("Line {id}"), Uuid::from_u128(id));
    StatedLine { quantity, unit_price, subtotal, discount, ..StatedLine::beside(id, title, 0) }
}

fn taxed(lines: Vec<StatedLine>, shipping: i64, rates: &[(&str, i64, i64)]) -> Statement {
    let row =
        |(label, net, amount): &(&str, i64, i64)| TaxRow::new((*label).to_owned(), true, (*net, *amount), CURRENCY);
    Statement { lines, shipping, tax: 0, taxes: rates.iter().map(row).collect() }
}

#[test]
fn a_difference_names_what_was_added_changed_and_removed() {
    let before = taxed(vec![line(1, 3, 250, 0), line(2, 1, 1_000, 100)], 490, &[("VAT 19 %", 1_892, 358)]);
    let now = taxed(vec![line(1, 1, 250, 0), line(3, 2, 400, 0)], 0, &[("VAT 19 %", 210, 40), ("VAT 7 %", 748, 52)]);
    let change = now.clone().minus(&before, CURRENCY);
    let told: Vec<_> = change.lines.iter().map(|line| (&*line.title, line.quantity, line.subtotal)).collect();
    assert_eq!(told, [("Line 1", -2, -500), ("Line 3", 2, 800), ("Line 2", -1, -1_000)]);
    let amounts = change.amounts();
    assert_eq!((amounts.subtotal, amounts.discount, amounts.shipping, amounts.total), (-700, -100, -490, -1_090));
    let rates: Vec<_> = change.taxes.iter().map(|row| (&*row.label, row.net_minor, row.amount_minor)).collect();
    assert_eq!(rates, [("VAT 19 %", -1_682, -318), ("VAT 7 %", 748, 52)]);
    assert!(before.plus(&change, CURRENCY).minus(&now, CURRENCY).is_empty());
}

#[test]
fn another_price_and_another_discount_are_amounts_that_no_number_of_units_makes() {
    let before = taxed(vec![line(1, 2, 1_000, 0), line(2, 1, 500, 0)], 0, &[]);
    let now = taxed(vec![line(1, 2, 1_067, 0), line(2, 1, 500, 50)], 0, &[]);
    let change = now.minus(&before, CURRENCY);
    let printed: Vec<Line> = change.lines.iter().map(|line| line.printed(CURRENCY)).collect();
    let told: Vec<_> = printed.iter().map(|line| (line.quantity, &*line.total, &*line.details)).collect();
    assert_eq!(told, [(1, "1.34 USD", "another price"), (0, "0.00 USD", "another discount")]);
    assert_eq!(printed[1].discount.as_deref(), Some("Discount: -0.50 USD"));
}

proptest! {
    #[test]
    fn what_documents_say_together_is_what_the_order_costs_now(
        costs in prop::collection::vec((0_i64..5, 0_i64..5, 0_i64..900, 0_i64..500), 1..8),
    ) {
        let mut said = Statement::default();
        for (pens, inks, shipping, tax) in costs {
            let lines = [(1, pens, 250), (2, inks, 400)].into_iter().filter(|(_, units, _)| *units > 0);
            let lines = lines.map(|(id, units, price)| line(id, units, price, units * 10)).collect();
            let rates = [("VAT 19 %", tax * 4, tax), ("VAT 7 %", shipping, shipping / 10)];
            let now = taxed(lines, shipping, &rates);
            let document = now.clone().minus(&said, CURRENCY);
            prop_assert_eq!(document.amounts().total, now.amounts().total - said.amounts().total);
            said = said.plus(&document, CURRENCY);
            prop_assert!(now.clone().minus(&said, CURRENCY).is_empty());
            prop_assert!(said.clone().minus(&said, CURRENCY).is_empty());
        }
    }
}
