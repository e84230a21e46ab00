//! Which price counts, and the lowest price of thirty days.

use crate::make::*;
use pricing::*;

fn list(key: u128, priority: i32, amount: i64) -> Price {
    let place = ListPlace { key: PriceListKey(key), priority, countries: Vec::new(), groups: Vec::new() };
    Price { list: Some(place), ..Price::own(currency("EUR"), Amount(amount)) }
}

fn chosen(prices: &[Price], quantity: i64) -> ChosenPrice {
    let groups = [CustomerGroupKey(7)];
    let buyer = Buyer { currency: currency("EUR"), country: Some(country("FR")), groups: &groups, quantity, now: NOW };
    choose(prices, &buyer).expect("a price")
}

fn own(amount: i64) -> Price {
    Price::own(currency("EUR"), Amount(amount))
}

#[test]
fn a_list_for_the_buyer_goes_before_the_variants_own_price() {
    let mut french = list(1, 0, 1_200);
    french.list.as_mut().expect("a list").countries = vec![country("FR")];
    let mut german = list(2, 9, 100);
    german.list.as_mut().expect("a list").countries = vec![country("DE")];
    let mut wholesale = list(3, 9, 100);
    wholesale.list.as_mut().expect("a list").groups = vec![CustomerGroupKey(8)];
    let price = chosen(&[own(1_000), german, french, wholesale], 1);
    assert_eq!((price.amount, price.reason), (Amount(1_200), PriceReason::List(PriceListKey(1))));
    assert_eq!(chosen(&[own(1_000)], 1).reason, PriceReason::Own);
}

#[test]
fn the_priority_decides_between_lists_and_then_the_lower_price() {
    assert_eq!(chosen(&[list(1, 1, 500), list(2, 2, 900)], 1).amount, Amount(900));
    assert_eq!(chosen(&[list(1, 2, 500), list(2, 2, 900)], 1).amount, Amount(500));
}

#[test]
fn prices_of_other_currencies_and_times_do_not_count() {
    let dollars = Price::own(currency("USD"), Amount(1));
    let over = Price { period: Period { starts_at: None, ends_at: Some(NOW) }, ..list(1, 5, 2) };
    let begun = Price { period: Period { starts_at: Some(NOW), ends_at: None }, ..list(2, 5, 3) };
    assert_eq!(chosen(&[own(9), dollars.clone(), over.clone()], 1).amount, Amount(9));
    assert_eq!(chosen(&[own(9), begun], 1).amount, Amount(3));
    let groups = [];
    let buyer = Buyer { currency: currency("EUR"), country: None, groups: &groups, quantity: 1, now: NOW };
    assert_eq!(choose(&[dollars, over], &buyer), Err(PricingError::NoPrice));
}

#[test]
fn the_price_before_is_shown_only_if_it_was_more() {
    let price = |before| Price { compare_at: Some(Amount(before)), ..own(1_000) };
    assert_eq!(chosen(&[price(1_200)], 1).compare_at, Some(Amount(1_200)));
    assert_eq!(chosen(&[price(1_000)], 1).compare_at, None);
}

#[test]
fn tiers_count_the_units_of_all_lines_of_the_variant() {
    let mut cart = cart("EUR", &[(6, 0), (4, 0)]);
    let prices = vec![own(1_000), Price { minimum_quantity: 10, ..own(800) }];
    for line in &mut cart.lines {
        line.prices = prices.clone();
    }
    assert_eq!(quoted(&cart, &Rules::default()).subtotal, Amount(10_000));
    cart.lines[1].variant = cart.lines[0].variant;
    let quote = quoted(&cart, &Rules::default());
    assert_eq!((quote.subtotal, quote.lines[0].price.minimum_quantity), (Amount(8_000), 10));
}

#[test]
fn an_agreed_price_goes_before_all() {
    let mut cart = cart("EUR", &[(2, 1_000)]);
    cart.lines[0].agreed_price = Some(Amount(900));
    let quote = quoted(&cart, &Rules::default());
    assert_eq!((quote.subtotal, quote.lines[0].price.reason), (Amount(1_800), PriceReason::Agreed));
}

fn day(day: i64) -> Timestamp {
    Timestamp(NOW.0 + day * Timestamp::DAY)
}

fn history(points: &[(i64, i64)]) -> Vec<PricePoint> {
    points.iter().map(|(since, amount)| PricePoint { since: day(*since), amount: Amount(*amount) }).collect()
}

fn lowest(points: &[(i64, i64)], reductions: Reductions) -> Option<(i64, i64)> {
    lowest_in_30_days(&history(points), NOW, reductions)
        .map(|prior| (prior.amount.0, (prior.reduced_since.0 - NOW.0) / Timestamp::DAY))
}

#[test]
fn the_prior_price_is_the_lowest_of_the_thirty_days_before_the_reduction() {
    use Reductions::Separately;
    // The European Commission's campaign consumerlawready.eu, "Price reduction claims": sunglasses at 20 euros within the
    // last thirty days and at 40 just before the sale have the prior price 20.
    assert_eq!(lowest(&[(-90, 4_000), (-20, 2_000), (-10, 4_000), (0, 1_000)], Separately), Some((2_000, 0)));
    // The price in force when the thirty days begin counts, those that ended before do not.
    assert_eq!(lowest(&[(-90, 500), (-60, 3_000), (-2, 2_500)], Separately), Some((3_000, -2)));
    assert_eq!(lowest(&[(-32, 500), (-31, 3_000), (-1, 2_500)], Separately), Some((3_000, -1)));
    // Whoever has had the lower price for months reduced it from the one before.
    assert_eq!(lowest(&[(-200, 3_000), (-100, 2_000)], Separately), Some((3_000, -100)));
}

#[test]
fn what_is_no_reduction_has_no_prior_price() {
    use Reductions::Separately;
    assert_eq!(lowest(&[], Separately), None);
    assert_eq!(lowest(&[(-5, 1_000)], Separately), None);
    assert_eq!(lowest(&[(-5, 1_000), (-1, 2_000)], Separately), None);
    assert_eq!(lowest(&[(-5, 1_000), (1, 500)], Separately), None, "tomorrow's price is not yet true");
    assert_eq!(lowest(&[(-50, 2_000), (-5, 1_000), (-1, 1_000)], Separately), Some((2_000, -5)));
}

#[test]
fn progressive_reductions_are_one_where_the_country_says_so() {
    // Article 6a(5): the price before the first of the reductions. The same is told by Ireland's CCPC, "Price reductions".
    let points = [(-60, 10_000), (-20, 8_000), (-10, 6_000), (-3, 5_000)];
    assert_eq!(lowest(&points, Reductions::Progressively), Some((10_000, -20)));
    assert_eq!(lowest(&points, Reductions::Separately), Some((6_000, -3)));
}
