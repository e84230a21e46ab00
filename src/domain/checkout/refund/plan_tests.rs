//! Tests of what goes back.

use entity::{
    ids::{OrderId, OrderLineId, PaymentId, ProductId, VariantId},
    order::{order_line, order_line::LineStatus},
};
use pricing::{Cart, Line, Price, ProductKey, Quote, Rules, Timestamp, VariantKey};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::payment::Source;

fn id(number: u128) -> OrderLineId {
    OrderLineId(Uuid::from_u128(number))
}

fn usd(minor: i64) -> Money {
    Money::new(minor, entity::money::Currency::USD)
}

/// A quote of lines (price, units), with what delivery costs.
fn quote(lines: &[(i64, i64)], shipping: i64) -> Quote {
    let currency = pricing::Currency::new("USD", 2).expect("a currency");
    let mut cart = Cart::new(currency, Timestamp(0));
    for (number, (price, units)) in (1..).zip(lines) {
        let prices = vec![Price::own(currency, Amount(*price))];
        cart.lines.push(Line::new(key_of(id(number)), VariantKey(number), ProductKey(number), *units, prices));
    }
    let mut quote = pricing::quote(&cart, &Rules::default()).expect("a quote");
    quote.shipping = Amount(shipping);
    quote.total = quote.total.plus(Amount(shipping)).expect("a total");
    quote
}

fn line(number: u128, (price, units): (i64, i64)) -> order_line::Model {
    order_line::Model {
        id: id(number),
        order_id: OrderId(Uuid::nil()),
        position: 1,
        product_id: Some(ProductId(Uuid::nil())),
        variant_id: Some(VariantId(Uuid::nil())),
        title: String::new(),
        variant_title: String::new(),
        sku: None,
        vendor: String::new(),
        image_url: None,
        selected_options: entity::address::SelectedOptions::default(),
        attributes: entity::address::Attributes::default(),
        quantity: units,
        fulfilled_quantity: 0,
        canceled_quantity: 0,
        unit_price_minor: price,
        discount_minor: 0,
        total_minor: price * units,
        tax_minor: 0,
        tax_included_minor: 0,
        requires_shipping: true,
        is_gift_card: false,
        tracked: true,
        status: LineStatus::Executed,
    }
}

fn paid(number: u128) -> PaymentId {
    PaymentId(Uuid::from_u128(number))
}

fn source(number: u128, left: i64, step: i64) -> Source<PaymentId> {
    Source { payment: paid(number), left, step }
}

fn standing(lines: &[(i64, i64)], shipping: i64, gift_cards: i64) -> Standing {
    let quote = quote(lines, shipping);
    let by_gateway = quote.total.0 - gift_cards;
    Standing {
        currency: entity::money::Currency::USD,
        quote,
        before: Portion::default(),
        lines: (1..).zip(lines).map(|(number, of)| line(number, *of)).collect(),
        returned: BTreeMap::new(),
        payments: vec![source(1, by_gateway, 1)],
        gift_cards,
    }
}

fn units(number: u128, quantity: i64, restock: RestockType) -> RefundLine {
    RefundLine { order_line_id: id(number), quantity, restock, location_id: None }
}

fn of_lines(lines: Vec<RefundLine>) -> RefundRequest {
    RefundRequest { lines, ..RefundRequest::default() }
}

/// Takes a plan off what is left, as recording it would.
fn record(standing: &mut Standing, request: &RefundRequest, plan: &RefundPlan) {
    standing.before.lines.extend(request.lines.iter().map(|line| (key_of(line.order_line_id), line.quantity)));
    standing.before.shipping = Amount(standing.before.shipping.0 + plan.units.shipping.0);
    for (id, part) in &plan.by_payment {
        let source = standing.payments.iter_mut().find(|source| source.payment == *id).expect("a payment");
        source.left -= part;
    }
    standing.gift_cards -= plan.gift_cards;
}

fn codes(refused: Result<RefundPlan, Failure<RefundRefusal>>) -> Vec<&'static str> {
    match refused {
        Err(Failure::Refused(refusals)) => refusals.iter().map(RefundRefusal::code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn gateways_give_back_first_and_gift_cards_the_rest() {
    let mut stands = standing(&[(1_000, 3)], 0, 500);
    stands.payments = vec![source(1, 1_500, 1), source(2, 1_000, 1)];
    let request = of_lines(vec![units(1, 2, RestockType::NoRestock)]);
    let first = plan(&stands, &request).expect("it is left");
    assert_eq!(
        (first.total, &*first.by_payment, first.gift_cards),
        (2_000, &[(paid(1), 1_500), (paid(2), 500)][..], 0)
    );
    record(&mut stands, &request, &first);
    let request = of_lines(vec![units(1, 1, RestockType::NoRestock)]);
    let rest = plan(&stands, &request).expect("it is left");
    assert_eq!((rest.total, &*rest.by_payment, rest.gift_cards), (1_000, &[(paid(2), 500)][..], 500));
}

#[test]
fn a_gateways_part_is_a_multiple_of_its_step_and_the_rest_goes_where_it_can() {
    let mut stands = standing(&[(1_000, 3)], 0, 500);
    let amount = |minor: i64| RefundRequest { amount: Some(usd(minor)), ..RefundRequest::default() };
    stands.payments = vec![source(1, 1_500, 10), source(2, 1_000, 1)];
    let last = plan(&stands, &amount(707)).expect("the second takes the rest");
    assert_eq!((&*last.by_payment, last.gift_cards), (&[(paid(1), 700), (paid(2), 7)][..], 0));
    stands.payments = vec![source(1, 1_500, 10), source(2, 1_000, 10)];
    let cards = plan(&stands, &amount(707)).expect("the cards take the rest");
    assert_eq!((&*cards.by_payment, cards.gift_cards), (&[(paid(1), 700)][..], 7));
    stands.gift_cards = 4;
    let refused = plan(&stands, &amount(707));
    let (step, more) = (usd(10), usd(7));
    assert!(matches!(refused, Err(Failure::Refused(told)) if told == [RefundRefusal::Step { step, more }]));
    assert!(plan(&stands, &amount(714)).is_ok(), "so much more is enough");
    assert!(plan(&stands, &amount(2_504)).is_ok(), "everything can always go back");
}

#[test]
fn goodwill_counts_against_what_units_give_back_later() {
    let mut stands = standing(&[(500, 2)], 100, 0);
    let goodwill = RefundRequest { amount: Some(usd(300)), ..RefundRequest::default() };
    let first = plan(&stands, &goodwill).expect("it is left");
    assert_eq!((first.total, first.adjustment), (300, 300));
    record(&mut stands, &goodwill, &first);
    let all = RefundRequest {
        lines: vec![units(1, 2, RestockType::Cancel)],
        shipping: Some(RefundShipping::Full),
        amount: None,
    };
    let rest = plan(&stands, &all).expect("it is left");
    assert_eq!((rest.units.total.0, rest.adjustment, rest.total), (1_100, -300, 800));
    record(&mut stands, &all, &rest);
    assert_eq!(stands.left(), 0);
    let more = RefundRequest { amount: Some(usd(1)), ..RefundRequest::default() };
    assert_eq!(codes(plan(&stands, &more)), ["AMOUNT_INVALID"]);
}

#[test]
fn what_is_not_left_is_refused_by_its_name() {
    let mut stands = standing(&[(500, 2), (700, 1)], 100, 0);
    stands.lines[0].fulfilled_quantity = 1;
    let refused = |request: RefundRequest| codes(plan(&stands, &request));
    let lines = |lines: Vec<RefundLine>| refused(of_lines(lines));
    assert_eq!(refused(RefundRequest::default()), ["NOTHING_ASKED_FOR"]);
    let none = RestockType::NoRestock;
    assert_eq!(
        lines(vec![units(9, 1, none), units(1, 0, none), units(2, 2, none), units(1, i64::MAX, none)]),
        ["LINE_NOT_FOUND", "QUANTITY_INVALID", "QUANTITY_INVALID", "QUANTITY_INVALID"]
    );
    assert_eq!(
        lines(vec![units(1, 1, none), units(1, 2, none)]),
        ["QUANTITY_INVALID"],
        "together more than were bought"
    );
    assert_eq!(lines(vec![units(1, 2, RestockType::Return)]), ["RESTOCK_INVALID"], "one was sent");
    assert_eq!(lines(vec![units(1, 2, RestockType::Cancel)]), ["RESTOCK_INVALID"], "one was not");
    let of = |shipping: i64| RefundRequest {
        shipping: Some(RefundShipping::Amount(usd(shipping))),
        ..RefundRequest::default()
    };
    assert_eq!(refused(of(101)), ["SHIPPING_INVALID"]);
    assert_eq!(refused(of(0)), ["SHIPPING_INVALID"]);
    let amount = |minor: i64| RefundRequest { amount: Some(usd(minor)), ..RefundRequest::default() };
    assert_eq!(refused(amount(1_801)), ["AMOUNT_INVALID"]);
    assert_eq!(refused(amount(-1)), ["AMOUNT_INVALID"]);
    assert!(plan(&stands, &amount(1_800)).is_ok());
    let euro = Money::new(1, "EUR".parse().expect("a currency"));
    let other = RefundRequest { amount: Some(euro), ..RefundRequest::default() };
    assert!(matches!(plan(&stands, &other), Err(Failure::Error(Error::BadInput { .. }))));
    let held = Standing { payments: vec![source(1, 0, 1)], ..stands.clone() };
    assert_eq!(codes(plan(&held, &of_lines(vec![units(2, 1, none)]))), ["NOTHING_LEFT"], "nothing was taken yet");
}

#[test]
fn units_that_cost_nothing_come_back_without_money() {
    let stands = standing(&[(0, 2)], 0, 0);
    let back = plan(&stands, &of_lines(vec![units(1, 1, RestockType::Cancel)])).expect("a plan");
    assert_eq!((back.total, back.by_payment.len(), back.gift_cards), (0, 0, 0));
}

proptest! {
    #[test]
    fn whatever_is_asked_for_in_whatever_order_never_more_than_came_goes_back_and_the_rest_is_the_rest(
        lines in prop::collection::vec((0..100_000_i64, 1..6_i64), 1..5),
        shipping in 0..5_000_i64,
        gift_share in 0..100_i64,
        asked in prop::collection::vec((1..5_u128, 1..4_i64, 0..2_000_i64, any::<bool>()), 0..20),
    ) {
        let total = lines.iter().map(|(price, units)| price * units).sum::<i64>() + shipping;
        let gift_cards = total * gift_share / 100;
        let mut stands = standing(&lines, shipping, gift_cards);
        let mut back = 0;
        for (number, quantity, minor, by_units) in asked {
            let request = if by_units {
                of_lines(vec![units(number, quantity, RestockType::NoRestock)])
            } else {
                RefundRequest { amount: Some(usd(minor)), ..RefundRequest::default() }
            };
            if let Ok(planned) = plan(&stands, &request) {
                prop_assert_eq!(planned.total, planned.units.total.0 + planned.adjustment);
                prop_assert_eq!(planned.total, planned.by_payment.iter().map(|(_, part)| part).sum::<i64>() + planned.gift_cards);
                prop_assert!(planned.total >= 0 && planned.total <= planned.left);
                back += planned.total;
                record(&mut stands, &request, &planned);
                prop_assert_eq!(back + stands.left(), total);
            }
        }
        let left = stands.left();
        if left > 0 {
            let rest = RefundRequest { amount: Some(usd(left)), ..RefundRequest::default() };
            let planned = plan(&stands, &rest).expect("the rest");
            record(&mut stands, &rest, &planned);
        }
        prop_assert_eq!(stands.left(), 0);
        prop_assert!(stands.payments.iter().all(|source| source.left == 0) && stands.gift_cards == 0);
    }
}

#[test]
fn a_refund_names_no_more_lines_than_an_order_has() {
    let stands = standing(&[(100, 999)], 0, 0);
    let many = |lines: usize| of_lines(vec![units(1, 1, RestockType::NoRestock); lines]);
    assert!(plan(&stands, &many(500)).is_ok());
    assert_eq!(codes(plan(&stands, &many(501))), ["NOT_ALLOWED"]);
}
