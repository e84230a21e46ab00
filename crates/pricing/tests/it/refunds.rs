//! Refunds in pieces, and what an edit changes.

use crate::make::*;
use pricing::*;

fn order() -> Quote {
    let zone = TaxZone {
        shipping: ShippingTax::AsClass(None),
        ..tax_zone(1, "US", vec![standard(vec![component(1, "State", 62_500), component(2, "City", 20_000)])])
    };
    let rules = Rules {
        discounts: vec![discount(1, Effect::Order(Off::Across(amounts("USD", 1_000))))],
        delivery: Some(flat_delivery("USD", 695)),
        taxes: Some(taxes(vec![zone])),
    };
    quoted(&going_to(cart("USD", &[(3, 1_999), (2, 350)]), address("US")), &rules)
}

fn portion(lines: &[(u128, i64)], shipping: i64) -> Portion {
    let lines = lines.iter().map(|(key, quantity)| (LineKey(*key), *quantity)).collect();
    Portion { lines, shipping: Amount(shipping) }
}

#[test]
fn everything_given_back_at_once_is_the_total() {
    let order = order();
    let refund = refund_for(&order, &Portion::default(), &portion(&[(1, 3), (2, 2)], 695)).expect("a refund");
    assert_eq!((refund.total, refund.subtotal), (order.total, order.subtotal));
    assert_eq!((refund.discount, refund.tax, refund.shipping), (order.discount, order.tax, order.shipping));
}

#[test]
fn a_unit_comes_back_with_its_part_of_discount_and_tax() {
    let order = order();
    // Line 1 costs 59.97, of which 8.95 were taken off; its taxes are 3.19 and 1.02.
    let line = &order.lines[0];
    assert_eq!((line.taxable, line.tax), (Amount(5_102), Amount(421)));
    let refund = refund_for(&order, &Portion::default(), &portion(&[(1, 1)], 0)).expect("a refund");
    let of_line = &refund.lines[0];
    assert_eq!((of_line.subtotal, of_line.discount, of_line.tax), (Amount(1_999), Amount(298), Amount(106 + 34)));
    assert_eq!(refund.total, Amount(1_999 - 298 + 140));
}

#[test]
fn no_more_comes_back_than_was_sold() {
    let order = order();
    let refused = |before: &Portion, now: &Portion| refund_for(&order, before, now).expect_err("too much");
    let nothing = Portion::default();
    assert_eq!(refused(&nothing, &portion(&[(1, 4)], 0)), PricingError::TooMuch);
    assert_eq!(refused(&portion(&[(1, 2)], 0), &portion(&[(1, 1), (1, 1)], 0)), PricingError::TooMuch);
    assert_eq!(refused(&nothing, &portion(&[], 696)), PricingError::TooMuch);
    assert_eq!(refused(&portion(&[], 600), &portion(&[], 96)), PricingError::TooMuch);
    assert_eq!(refused(&nothing, &portion(&[(9, 1)], 0)), PricingError::UnknownLine);
    assert_eq!(refused(&nothing, &portion(&[(1, 0)], 0)), PricingError::Quantity);
    assert_eq!(refused(&nothing, &portion(&[(1, -1)], 0)), PricingError::Quantity);
    assert_eq!(refused(&nothing, &portion(&[], -1)), PricingError::Negative("a refund"));
    assert_eq!(refused(&portion(&[(1, i64::MAX)], 0), &portion(&[(1, 1)], 0)), PricingError::Overflow);
}

#[test]
fn an_edit_is_paid_or_given_back() {
    let before = quoted(&cart("USD", &[(2, 1_000)]), &Rules::default());
    let more = quoted(&cart("USD", &[(3, 1_000)]), &Rules::default());
    let settle = |before, after| difference(before, after).expect("one currency").settlement;
    assert_eq!(settle(&before, &more), Settlement::ExtraDue(Amount(1_000)));
    assert_eq!(settle(&more, &before), Settlement::Refund(Amount(1_000)));
    assert_eq!(settle(&before, &before), Settlement::Even);
    assert_eq!(difference(&more, &before).expect("one currency").subtotal, Amount(-1_000));
    let euros = quoted(&cart("EUR", &[(2, 1_000)]), &Rules::default());
    assert_eq!(difference(&before, &euros), Err(PricingError::CurrencyMismatch));
}
