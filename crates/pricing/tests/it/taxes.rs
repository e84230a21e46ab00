//! Rates, classes, roundings, prices with taxes inside, exemptions, and delivery taxed like goods.

use std::collections::BTreeSet;

use crate::make::*;
use pricing::*;

const BOOKS: u128 = 1;

fn with(rules: TaxRules) -> Rules {
    Rules { taxes: Some(rules), ..Rules::default() }
}

fn to(code: &str, currency: &str, lines: &[(i64, i64)]) -> Cart {
    going_to(cart(currency, lines), address(code))
}

/// Germany with its two rates inside prices, France, and Hungary, which adds its tax, outside the home zone's prices.
fn europe() -> TaxRules {
    let vat = |key, rate| component(key, "VAT", rate);
    let zone = |key, code, standard_rate, books| TaxZone {
        shipping: ShippingTax::AsGoods,
        reverse_charge: true,
        ..tax_zone(
            key,
            code,
            vec![standard(vec![vat(10 * key, standard_rate)]), of_class(BOOKS, vec![vat(10 * key + 1, books)])],
        )
    };
    taxes(vec![
        inclusive(zone(1, "DE", 190_000, 70_000)),
        inclusive(zone(2, "FR", 200_000, 55_000)),
        zone(3, "HU", 270_000, 50_000),
    ])
}

#[test]
fn the_rate_follows_the_class_and_the_place() {
    let mut cart = to("DE", "EUR", &[(1, 11_900), (1, 10_700)]);
    cart.lines[1].tax_class = Some(TaxClassKey(BOOKS));
    let quote = quoted(&cart, &with(europe()));
    let taxes: Vec<i64> = quote.lines.iter().map(|line| line.tax_included.0).collect();
    assert_eq!((taxes, quote.tax, quote.tax_included), (vec![1_900, 700], Amount::ZERO, Amount(2_600)));
    cart.lines[1].tax_class = Some(TaxClassKey(77));
    assert_eq!(
        quoted(&cart, &with(europe())).lines[1].tax_included,
        Amount(1_708),
        "an unknown class is the standard one"
    );
    assert_eq!(quoted(&to("US", "EUR", &[(1, 11_900)]), &with(europe())).tax_included, Amount::ZERO);
}

#[test]
fn abroad_either_the_gross_or_the_net_price_stays() {
    let price = |code: &str, abroad| {
        let quote = quoted(&to(code, "EUR", &[(1, 11_900)]), &with(TaxRules { abroad, ..europe() }));
        (quote.lines[0].unit_price.0, quote.tax_included.0, quote.tax.0, quote.total.0)
    };
    assert_eq!(price("FR", PricesAbroad::FixedGross), (11_900, 1_983, 0, 11_900));
    assert_eq!(price("FR", PricesAbroad::FixedNet), (12_000, 2_000, 0, 12_000));
    assert_eq!(price("DE", PricesAbroad::FixedNet), (11_900, 1_900, 0, 11_900));
    // Where taxes are shown apart, the price is the net one.
    assert_eq!(price("HU", PricesAbroad::FixedNet), (10_000, 0, 2_700, 12_700));
    assert_eq!(price("HU", PricesAbroad::FixedGross), (9_370, 0, 2_530, 11_900));
    // An export carries no tax: the gross price stays, or the net price is asked.
    assert_eq!(price("US", PricesAbroad::FixedGross), (11_900, 0, 0, 11_900));
    assert_eq!(price("US", PricesAbroad::FixedNet), (10_000, 0, 0, 10_000));
}

#[test]
fn prices_entered_without_taxes_are_shown_with_them_where_the_zone_says_so() {
    let rules = TaxRules { entered: PriceBasis::Exclusive, ..europe() };
    let quote = quoted(&to("FR", "EUR", &[(3, 999)]), &with(rules));
    assert_eq!((quote.lines[0].unit_price, quote.lines[0].price.amount), (Amount(1_199), Amount(999)));
    assert_eq!((quote.total, quote.tax_included), (Amount(3_597), Amount(600)));
}

#[test]
fn an_exempt_customer_pays_the_price_without_tax() {
    let mut cart = to("DE", "EUR", &[(1, 11_900)]);
    cart.customer = Some(Customer { tax_exempt: true, ..Customer::default() });
    let quote = quoted(&cart, &with(europe()));
    assert_eq!((quote.total, quote.tax_included), (Amount(10_000), Amount::ZERO));
    assert_eq!(quote.lines[0].exemption, Some(TaxExemption::Customer));
}

#[test]
fn reverse_charge_needs_a_valid_number_and_another_country() {
    let total = |code: &str, tax_number_valid| {
        let mut cart = to(code, "EUR", &[(1, 11_900)]);
        cart.customer = Some(Customer { tax_number_valid, ..Customer::default() });
        let quote = quoted(&cart, &with(TaxRules { abroad: PricesAbroad::FixedNet, ..europe() }));
        (quote.total.0, quote.lines[0].exemption)
    };
    assert_eq!(total("FR", true), (10_000, Some(TaxExemption::ReverseCharge)));
    assert_eq!(total("FR", false), (12_000, None));
    assert_eq!(total("DE", true), (11_900, None));
}

#[test]
fn a_gift_card_is_not_taxed_when_it_is_sold() {
    let mut cart = to("DE", "EUR", &[(1, 5_000)]);
    cart.lines[0].gift_card = true;
    let quote = quoted(&cart, &with(europe()));
    assert_eq!((quote.total, quote.tax_included), (Amount(5_000), Amount::ZERO));
    assert_eq!(quote.lines[0].exemption, Some(TaxExemption::GiftCard));
}

#[test]
fn taxes_are_charged_on_what_is_left_after_discounts() {
    let rules = Rules { discounts: vec![discount(1, off_order(5_000))], ..with(europe()) };
    let quote = quoted(&to("DE", "EUR", &[(1, 11_900)]), &rules);
    assert_eq!((quote.lines[0].taxable, quote.tax_included), (Amount(5_950), Amount(950)));
}

#[test]
fn without_an_address_the_buyers_country_is_an_estimate_and_without_one_the_shops_own_zone() {
    let mut cart = cart("EUR", &[(1, 11_900)]);
    let quote = quoted(&cart, &with(europe()));
    assert_eq!((quote.tax_included, quote.taxes_estimated), (Amount(1_900), true));
    let nowhere = TaxRules { home: None, ..europe() };
    assert_eq!(quoted(&cart, &with(nowhere)).tax_included, Amount::ZERO);
    cart.country = Some(country("FR"));
    let quote = quoted(&cart, &with(europe()));
    assert_eq!((quote.tax_included, quote.taxes_estimated), (Amount(1_983), true));
    assert!(!quoted(&to("FR", "EUR", &[(1, 1)]), &with(europe())).taxes_estimated);
}

#[test]
fn delivery_is_taxed_not_at_all_as_a_class_or_as_the_goods() {
    let tax = |shipping, exempt| {
        let zone = TaxZone {
            shipping,
            ..tax_zone(1, "US", vec![standard(vec![component(1, "Tax", 100_000)]), of_class(BOOKS, vec![])])
        };
        let mut cart = to("US", "USD", &[(1, 3_000), (1, 1_000)]);
        cart.lines[1].tax_class = Some(TaxClassKey(BOOKS));
        cart.customer = Some(Customer { tax_exempt: exempt, ..Customer::default() });
        let rules = Rules { delivery: Some(flat_delivery("USD", 1_000)), ..with(taxes(vec![zone])) };
        quoted(&cart, &rules).delivery_groups[0].tax.0
    };
    assert_eq!(tax(ShippingTax::NotTaxed, false), 0);
    assert_eq!(tax(ShippingTax::AsClass(None), false), 100);
    assert_eq!(tax(ShippingTax::AsClass(Some(TaxClassKey(BOOKS))), false), 0);
    assert_eq!(tax(ShippingTax::AsGoods, false), 75, "three quarters of the goods are taxed");
    assert_eq!(tax(ShippingTax::AsClass(None), true), 0);
}

/// What a tax of 7.5 % on three lines of 1.10 comes to: 8.25 cents each, 24.75 together.
fn rounded(mode: Rounding, level: RoundingLevel) -> (i64, Vec<i64>) {
    let rounding = TaxRounding { mode, level, components: Components::Separately };
    let zone = TaxZone { rounding, ..tax_zone(1, "US", vec![standard(vec![component(1, "Tax", 75_000)])]) };
    let quote = quoted(&to("US", "USD", &[(1, 110), (1, 110), (1, 110)]), &with(taxes(vec![zone])));
    assert_eq!(quote.taxes[0].amount, quote.tax);
    (quote.tax.0, quote.lines.iter().map(|line| line.tax.0).collect())
}

#[test]
fn taxes_are_rounded_by_line_or_by_order_in_four_ways() {
    use RoundingLevel::{Line, Order};
    assert_eq!(rounded(Rounding::HalfUp, Line), (24, vec![8, 8, 8]));
    assert_eq!(rounded(Rounding::Up, Line), (27, vec![9, 9, 9]));
    assert_eq!(rounded(Rounding::HalfUp, Order), (25, vec![9, 8, 8]));
    assert_eq!(rounded(Rounding::Down, Order), (24, vec![8, 8, 8]));
}

#[test]
fn the_even_neighbour_takes_a_half() {
    let tax = |mode, amount| {
        let zone = rounded_by_order(tax_zone(1, "US", vec![standard(vec![component(1, "Tax", 50_000)])]), mode);
        quoted(&to("US", "USD", &[(1, amount)]), &with(taxes(vec![zone]))).tax.0
    };
    assert_eq!((tax(Rounding::HalfEven, 50), tax(Rounding::HalfUp, 50)), (2, 3));
    assert_eq!((tax(Rounding::HalfEven, 70), tax(Rounding::HalfUp, 70)), (4, 4));
}

#[test]
fn several_taxes_inside_a_price_make_it_up_exactly() {
    let mut compound = component(2, "On top", 100_000);
    compound.compound = true;
    let rates = vec![standard(vec![component(1, "Base", 50_000), compound])];
    let quote = quoted(&to("CA", "CAD", &[(1, 11_550)]), &with(taxes(vec![inclusive(tax_zone(1, "CA", rates))])));
    // 100.00, 5 % of it, and 10 % of 105.00.
    assert_eq!(quote.lines[0].taxes.iter().map(|tax| tax.amount.0).collect::<Vec<_>>(), [500, 1_050]);
}

#[test]
fn rules_of_taxes_that_contradict_themselves_are_refused() {
    let refused = |zones: Vec<TaxZone>| quote(&to("US", "USD", &[(1, 1)]), &with(taxes(zones))).expect_err("wrong");
    let one = |parts| tax_zone(1, "US", vec![standard(vec![component(1, "Tax", parts)])]);
    assert_eq!(refused(vec![one(10_000_001)]), PricingError::Rule("a tax of more than 1,000 %"));
    assert_eq!(refused(vec![one(1), one(1)]), PricingError::Duplicate("tax zones"));
    let two_rates = vec![standard(vec![component(1, "Tax", 1)]), of_class(BOOKS, vec![component(1, "Tax", 2)])];
    assert_eq!(refused(vec![tax_zone(1, "US", two_rates)]), PricingError::Rule("one tax at two rates"));
    let twice = vec![standard(vec![]), standard(vec![])];
    assert_eq!(refused(vec![tax_zone(1, "US", twice)]), PricingError::Duplicate("rates of a tax zone"));
    let nine = (1..=9).map(|key| component(key, "Tax", 1)).collect();
    assert_eq!(
        refused(vec![tax_zone(1, "US", vec![standard(nine)])]),
        PricingError::Rule("too many taxes on one thing")
    );
    let homeless = TaxRules { home: Some(TaxZoneKey(9)), ..taxes(vec![one(1)]) };
    assert!(matches!(quote(&to("US", "USD", &[(1, 1)]), &with(homeless)), Err(PricingError::Rule(_))));
}

#[test]
fn the_narrowest_tax_zone_counts() {
    let state = Area { provinces: BTreeSet::from(["TX".into()]), ..Area::of_country(country("US")) };
    let austin = Area { postal_codes: vec![PostalPattern::Prefix("787".into())], ..state.clone() };
    let zone = |key, area, rate| TaxZone {
        areas: vec![area],
        ..tax_zone(key, "US", vec![standard(vec![component(key, "Tax", rate)])])
    };
    let rules = with(taxes(vec![zone(1, state, 62_500), zone(2, austin, 82_500)]));
    let tax = |postal_code: &str| {
        let address = Address { postal_code: Some(postal_code.into()), ..in_province("US", "TX") };
        quoted(&going_to(cart("USD", &[(1, 10_000)]), address), &rules).tax.0
    };
    assert_eq!((tax("78701"), tax("75001")), (825, 625));
}
