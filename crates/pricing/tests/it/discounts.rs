//! What each kind of discount takes off, and why a code does not count.

use std::collections::BTreeSet;

use crate::make::*;
use pricing::*;

fn line_discounts(quote: &Quote) -> Vec<i64> {
    quote.lines.iter().map(|line| line.discount.0).collect()
}

#[test]
fn a_percentage_is_rounded_for_each_line() {
    let rules = discounts(vec![discount(1, off_items(1_250, Items::All))]);
    let quote = quoted(&cart("USD", &[(1, 1_999), (3, 333)]), &rules);
    assert_eq!(line_discounts(&quote), [250, 125]);
    assert_eq!(quote.total, Amount(1_999 + 999 - 375));
    assert_eq!(quote.discounts[0].amount, Amount(375));
}

#[test]
fn it_concerns_only_the_items_named() {
    let mut cart = cart("USD", &[(1, 1_000), (1, 1_000), (1, 1_000), (1, 1_000)]);
    cart.lines[1].collections = vec![CollectionKey(5)];
    let items = Items::Of {
        products: BTreeSet::from([ProductKey(1)]),
        variants: BTreeSet::from([VariantKey(3)]),
        collections: BTreeSet::from([CollectionKey(5)]),
    };
    let quote = quoted(&cart, &discounts(vec![discount(1, off_items(1_000, items))]));
    assert_eq!(line_discounts(&quote), [100, 100, 100, 0]);
}

#[test]
fn an_amount_off_each_unit_is_no_more_than_its_price() {
    let effect = Effect::Items { off: Off::Each(amounts("USD", 500)), items: Items::All };
    let quote = quoted(&cart("USD", &[(2, 2_000), (3, 300)]), &discounts(vec![discount(1, effect)]));
    assert_eq!(line_discounts(&quote), [1_000, 900]);
}

#[test]
fn an_amount_across_lines_is_shared_out_to_the_last_cent() {
    let effect = Effect::Items { off: Off::Across(amounts("USD", 1_000)), items: Items::All };
    let quote = quoted(&cart("USD", &[(1, 999), (1, 999), (1, 999)]), &discounts(vec![discount(1, effect.clone())]));
    assert_eq!(line_discounts(&quote), [334, 333, 333]);
    let quote = quoted(&cart("USD", &[(1, 300), (1, 200)]), &discounts(vec![discount(1, effect)]));
    assert_eq!((line_discounts(&quote), quote.total), (vec![300, 200], Amount::ZERO));
}

#[test]
fn an_order_discount_is_shared_out_over_what_the_lines_still_cost() {
    let rules = discounts(vec![
        combining(discount(1, off_items(5_000, products(&[1])))),
        combining(discount(2, Effect::Order(Off::Across(amounts("USD", 600))))),
    ]);
    let quote = quoted(&cart("USD", &[(1, 2_000), (1, 2_000)]), &rules);
    assert_eq!(line_discounts(&quote), [1_000 + 200, 400]);
    assert_eq!((quote.discount, quote.total), (Amount(1_600), Amount(2_400)));
}

#[test]
fn gift_cards_are_not_discounted() {
    let mut cart = cart("USD", &[(1, 1_000), (1, 5_000)]);
    cart.lines[1].gift_card = true;
    assert_eq!(line_discounts(&quoted(&cart, &discounts(vec![discount(1, off_order(1_000))]))), [100, 0]);
    assert_eq!(line_discounts(&quoted(&cart, &discounts(vec![discount(1, off_items(1_000, Items::All))]))), [100, 0]);
}

fn buy_x_get_y(buy: Items, buy_quantity: i64, get: Items, get_quantity: i64, uses: Option<i64>) -> Rules {
    let off = BasisPoints::ALL;
    let rule = BuyXGetY { buy, buy_quantity, get, get_quantity, off, uses_per_order: uses };
    discounts(vec![discount(1, Effect::BuyXGetY(rule))])
}

#[test]
fn of_three_the_cheapest_is_free() {
    let rules = buy_x_get_y(Items::All, 2, Items::All, 1, None);
    let off = |lines: &[(i64, i64)]| line_discounts(&quoted(&cart("USD", lines), &rules));
    assert_eq!(off(&[(1, 300), (1, 100), (1, 200)]), [0, 100, 0]);
    assert_eq!(off(&[(2, 300)]), [0]);
    assert_eq!(off(&[(7, 300)]), [600]);
    assert_eq!(off(&[(4, 300), (2, 100)]), [0, 200]);
}

#[test]
fn a_unit_counts_as_bought_or_as_got_but_not_as_both() {
    // The first product may be bought or got, the second only got: with two units of the first and one of the second the
    // rule can be met once, and what is got is the second although the first is cheaper.
    let rules = buy_x_get_y(products(&[1]), 2, products(&[1, 2]), 1, None);
    assert_eq!(line_discounts(&quoted(&cart("USD", &[(2, 100), (1, 900)]), &rules)), [0, 900]);
    assert_eq!(line_discounts(&quoted(&cart("USD", &[(3, 100), (1, 900)]), &rules)), [100, 0]);
    assert_eq!(line_discounts(&quoted(&cart("USD", &[(4, 100), (3, 900)]), &rules)), [0, 1_800]);
}

#[test]
fn it_is_used_no_more_often_than_it_may_be() {
    let rules = buy_x_get_y(products(&[1]), 1, products(&[2]), 1, Some(2));
    assert_eq!(line_discounts(&quoted(&cart("USD", &[(5, 100), (5, 200)]), &rules)), [0, 400]);
}

#[test]
fn free_shipping_takes_off_delivery() {
    let rules = Rules { delivery: Some(flat_delivery("USD", 700)), ..discounts(vec![discount(1, free_shipping())]) };
    let quote = quoted(&going_to(cart("USD", &[(1, 1_000)]), address("US")), &rules);
    assert_eq!((quote.shipping, quote.shipping_discount, quote.discount), (Amount::ZERO, Amount(700), Amount::ZERO));
    assert_eq!((quote.total, quote.delivery_groups[0].cost), (Amount(1_000), Amount(700)));
}

/// The problem of the code of one discount, in a cart of two units at 10.00 that goes to the US.
fn problem(change: impl FnOnce(&mut Discount, &mut Cart)) -> Option<CodeProblem> {
    let mut discount = coded(1, "Save", off_items(1_000, Items::All));
    let mut cart = with_codes(going_to(cart("USD", &[(2, 1_000)]), address("US")), &[" sAVE "]);
    change(&mut discount, &mut cart);
    let rules = Rules { delivery: Some(flat_delivery("USD", 700)), ..discounts(vec![discount]) };
    let quote = quoted(&cart, &rules);
    let outcome = &quote.codes[0];
    let by_code = quote.discounts.iter().any(|discount| discount.code.is_some() && discount.amount.is_positive());
    assert_eq!(outcome.applicable(), by_code);
    outcome.problem
}

fn known(key: u128, groups: &[u128]) -> Option<Customer> {
    let groups = groups.iter().copied().map(CustomerGroupKey).collect();
    Some(Customer { key: CustomerKey(key), groups, ..Customer::default() })
}

#[test]
fn every_code_that_does_not_count_says_why() {
    use CodeProblem as P;
    let before = Period { starts_at: None, ends_at: Some(NOW) };
    let later = Period { starts_at: Some(Timestamp(NOW.0 + 1)), ends_at: None };
    let for_customer = |discount: &mut Discount| {
        discount.eligibility = Eligibility::Customers(BTreeSet::from([CustomerKey(3)]));
    };
    let for_group = |discount: &mut Discount| {
        discount.eligibility = Eligibility::Groups(BTreeSet::from([CustomerGroupKey(4)]));
    };
    let used = |limit, used| Usage { limit: Some(limit), used, ..Usage::default() };
    let used_by_one = |used| Usage { limit_per_customer: Some(1), used_by_customer: used, ..Usage::default() };

    assert_eq!(problem(|_, _| ()), None);
    assert_eq!(problem(|_, cart| cart.discount_codes[0] = "SAVED".into()), Some(P::NotFound));
    assert_eq!(problem(|discount, _| discount.method = Method::Automatic), Some(P::NotFound));
    assert_eq!(problem(|discount, _| discount.period = before), Some(P::Inactive));
    assert_eq!(problem(|discount, _| discount.period = later), Some(P::Inactive));
    assert_eq!(problem(|discount, _| discount.usage = used(5, 5)), Some(P::UsageLimitReached));
    assert_eq!(problem(|discount, _| discount.usage = used(5, 4)), None);
    assert_eq!(problem(|discount, _| discount.usage = used_by_one(1)), Some(P::CustomerUsageLimitReached));
    assert_eq!(problem(|discount, _| discount.usage = used_by_one(0)), None);
    assert_eq!(problem(|discount, _| for_customer(discount)), Some(P::CustomerMissing));
    let stranger = problem(|discount, cart| {
        for_customer(discount);
        cart.customer = known(2, &[]);
    });
    assert_eq!(stranger, Some(P::CustomerNotEligible));
    let member = |group| {
        problem(|discount, cart| {
            for_group(discount);
            cart.customer = known(2, &[group]);
        })
    };
    assert_eq!((member(4), member(5)), (None, Some(P::CustomerNotEligible)));
    assert_eq!(problem(|discount, _| discount.effect = off_items(1_000, products(&[9]))), Some(P::NoEntitledLines));
    let subtotal = |minor| problem(|discount, _| discount.minimum = Minimum::Subtotal(amounts("USD", minor)));
    assert_eq!((subtotal(2_000), subtotal(2_001)), (None, Some(P::SubtotalTooSmall)));
    let quantity = |least| problem(|discount, _| discount.minimum = Minimum::Quantity(least));
    assert_eq!((quantity(2), quantity(3)), (None, Some(P::QuantityTooSmall)));
    let in_euros = Effect::Order(Off::Across(amounts("EUR", 100)));
    assert_eq!(problem(|discount, _| discount.effect = in_euros), Some(P::CurrencyNotOffered));
    let bulk = BuyXGetY {
        buy: Items::All,
        buy_quantity: 2,
        get: Items::All,
        get_quantity: 1,
        off: BasisPoints::ALL,
        uses_per_order: None,
    };
    assert_eq!(problem(|discount, _| discount.effect = Effect::BuyXGetY(bulk)), Some(P::QuantityTooSmall));
    assert_eq!(problem(|_, cart| cart.discount_codes.insert(0, "nothing".into())), Some(P::NotFound));
}

#[test]
fn a_code_for_delivery_says_why_it_is_not_for_this_one() {
    let with = |most: Option<i64>, to: &[&str]| Effect::Shipping {
        off: BasisPoints::ALL,
        most: most.map(|most| amounts("USD", most)),
        countries: to.iter().map(|code| country(code)).collect(),
    };
    assert_eq!(problem(|discount, _| discount.effect = with(Some(700), &["US"])), None);
    let not_entitled = Some(CodeProblem::NoEntitledShipping);
    assert_eq!(problem(|discount, _| discount.effect = with(Some(699), &[])), not_entitled);
    assert_eq!(problem(|discount, _| discount.effect = with(None, &["CA"])), not_entitled);
    let download = problem(|discount, cart| {
        discount.effect = with(None, &[]);
        cart.lines[0].requires_shipping = false;
    });
    assert_eq!(download, not_entitled);
}

#[test]
fn a_code_for_delivery_counts_while_its_cost_is_not_known() {
    let rules =
        Rules { delivery: Some(flat_delivery("USD", 700)), ..discounts(vec![coded(1, "FREE", free_shipping())]) };
    let quote = quoted(&with_codes(cart("USD", &[(1, 1_000)]), &["free"]), &rules);
    assert!(quote.codes[0].applicable());
    assert_eq!((quote.discounts[0].amount, quote.shipping_discount), (Amount::ZERO, Amount::ZERO));
    assert_eq!(quote.delivery_groups[0].problem, Some(DeliveryProblem::AddressMissing));
}

#[test]
fn every_problem_has_a_value_of_the_schema() {
    use CodeProblem as P;
    let codes = [
        (P::NotFound, "DISCOUNT_NOT_FOUND"),
        (P::Inactive, "DISCOUNT_CURRENTLY_INACTIVE"),
        (P::UsageLimitReached, "DISCOUNT_USAGE_LIMIT_REACHED"),
        (P::CustomerMissing, "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING"),
        (P::CustomerNotEligible, "DISCOUNT_CUSTOMER_NOT_ELIGIBLE"),
        (P::CustomerUsageLimitReached, "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED"),
        (P::NoEntitledLines, "DISCOUNT_NO_ENTITLED_LINE_ITEMS"),
        (P::NoEntitledShipping, "DISCOUNT_NO_ENTITLED_SHIPPING_LINES"),
        (P::SubtotalTooSmall, "DISCOUNT_PURCHASE_NOT_IN_RANGE"),
        (P::QuantityTooSmall, "DISCOUNT_QUANTITY_NOT_IN_RANGE"),
        (P::BetterCombination, "DISCOUNT_CODE_NOT_HONOURED"),
    ];
    for (problem, code) in codes {
        assert_eq!(problem.warning_code(), code);
    }
}

#[test]
fn a_rule_that_contradicts_itself_is_refused() {
    let refused = |effect| quote(&cart("USD", &[(1, 100)]), &discounts(vec![discount(1, effect)])).expect_err("wrong");
    assert!(matches!(refused(off_order(10_001)), PricingError::Rule(_)));
    assert!(matches!(refused(Effect::Order(Off::Across(amounts("USD", -1)))), PricingError::Negative(_)));
    let rules = discounts(vec![discount(1, off_order(1)), discount(1, off_order(2))]);
    assert_eq!(quote(&cart("USD", &[(1, 100)]), &rules), Err(PricingError::Duplicate("discounts")));
}
