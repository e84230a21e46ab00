//! A cart without rules costs what its lines cost; gift cards pay; the explanation adds up; what is wrong is refused.

use crate::make::*;
use pricing::*;

#[test]
fn without_rules_a_cart_costs_what_its_lines_cost() {
    let quote = quoted(&cart("USD", &[(2, 1_050), (3, 7)]), &Rules::default());
    assert_eq!((quote.subtotal, quote.total, quote.due), (Amount(2_121), Amount(2_121), Amount(2_121)));
    assert_eq!(quote.lines.iter().map(|line| line.total.0).collect::<Vec<_>>(), [2_100, 21]);
    assert!(quote.delivery_groups.is_empty() && quote.taxes.is_empty());
}

#[test]
fn an_empty_cart_costs_nothing() {
    assert_eq!(quoted(&cart("USD", &[]), &Rules::default()).total, Amount::ZERO);
}

#[test]
fn dinars_of_three_digits_and_yen_of_none_are_counted_in_their_minor_units() {
    // Kuwait charges no value added tax.
    let dinars = quoted(&cart("KWD", &[(3, 1_235)]), &Rules::default());
    assert_eq!(dinars.currency.format(dinars.total), "3.705 KWD");
    let yen = quoted(&cart("JPY", &[(3, 1_235)]), &Rules::default());
    assert_eq!(yen.currency.format(yen.total), "3705 JPY");
}

#[test]
fn gift_cards_are_used_up_in_their_order() {
    let mut cart = cart("USD", &[(1, 10_000)]);
    let card =
        |key, code, balance| GiftCard { key: GiftCardKey(key), currency: currency(code), balance: Amount(balance) };
    cart.gift_cards = vec![card(1, "USD", 3_000), card(2, "EUR", 9_000), card(3, "USD", 9_000)];
    let quote = quoted(&cart, &Rules::default());
    let paid: Vec<(i64, i64)> = quote.gift_cards.iter().map(|card| (card.amount.0, card.left.0)).collect();
    assert_eq!(paid, [(3_000, 0), (0, 9_000), (7_000, 2_000)]);
    assert_eq!((quote.total, quote.gift_card_amount, quote.due), (Amount(10_000), Amount(10_000), Amount::ZERO));
    cart.gift_cards.pop();
    assert_eq!(quoted(&cart, &Rules::default()).due, Amount(7_000));
}

#[test]
fn the_steps_that_count_add_up_to_what_is_due() {
    let mut cart = with_codes(going_to(cart("USD", &[(3, 1_999), (1, 500)]), address("US")), &["ten", "what"]);
    cart.lines[0].title = "Mug".into();
    cart.gift_cards = vec![GiftCard { key: GiftCardKey(1), currency: cart.currency, balance: Amount(1_000) }];
    let zone = TaxZone {
        shipping: ShippingTax::AsGoods,
        ..tax_zone(1, "US", vec![standard(vec![component(1, "Sales tax", 82_500)])])
    };
    let rules = Rules {
        discounts: vec![coded(1, "TEN", off_order(1_000))],
        delivery: Some(flat_delivery("USD", 495)),
        taxes: Some(taxes(vec![zone])),
    };
    let quote = quoted(&cart, &rules);
    let steps = quote.steps();
    let counted: i64 = steps.iter().filter(|step| step.counts).map(|step| step.amount.0).sum();
    assert_eq!(counted, quote.due.0);
    let text: Vec<String> = steps.iter().map(ToString::to_string).collect();
    assert!(text[0].starts_with("Mug: 3 x 19.99 USD") && text[0].ends_with("59.97 USD"), "{}", text[0]);
    assert!(text.iter().any(|line| line.contains("discount 1 (code ten)")));
    assert!(text.iter().any(|line| line.contains("Sales tax 8.25 %")));
    assert!(text.iter().any(|line| line.contains("Code what: there is no such code")));
}

#[test]
fn a_quote_survives_being_stored() {
    let cart = with_codes(going_to(cart("USD", &[(3, 1_999)]), address("US")), &["TEN"]);
    let rules = Rules {
        discounts: vec![coded(1, "TEN", off_order(1_000))],
        delivery: Some(flat_delivery("USD", 495)),
        taxes: Some(taxes(vec![tax_zone(1, "US", vec![standard(vec![component(1, "Tax", 82_500)])])])),
    };
    let quote = quoted(&cart, &rules);
    let stored = serde_json::to_string(&(&cart, &rules, &quote)).expect("it can be written");
    let read: (Cart, Rules, Quote) = serde_json::from_str(&stored).expect("it can be read");
    assert_eq!(read, (cart, rules, quote));
}

#[test]
fn what_is_wrong_with_a_cart_is_refused() {
    let refused = |change: fn(&mut Cart)| {
        let mut cart = going_to(cart("USD", &[(1, 100), (1, 100)]), address("US"));
        change(&mut cart);
        quote(&cart, &Rules::default()).expect_err("it is wrong")
    };
    assert_eq!(refused(|cart| cart.lines[0].quantity = 0), PricingError::Quantity);
    assert_eq!(refused(|cart| cart.lines[0].quantity = i64::MIN), PricingError::Quantity);
    assert_eq!(refused(|cart| cart.lines[0].prices[0].amount = Amount(-1)), PricingError::Negative("a price"));
    assert_eq!(refused(|cart| cart.lines[0].agreed_price = Some(Amount(-1))), PricingError::Negative("a price"));
    assert_eq!(refused(|cart| cart.lines[1].key = cart.lines[0].key), PricingError::Duplicate("lines"));
    assert_eq!(refused(|cart| cart.lines[0].prices.clear()), PricingError::NoPrice);
    assert_eq!(refused(|cart| cart.currency = currency("EUR")), PricingError::NoPrice);
    assert_eq!(refused(|cart| cart.lines[0].address = Some(AddressKey(9))), PricingError::UnknownAddress);
    assert_eq!(refused(|cart| cart.lines[0].quantity = i64::MAX), PricingError::Overflow);
    assert_eq!(refused(|cart| cart.addresses.push(cart.addresses[0].clone())), PricingError::Duplicate("addresses"));
}
