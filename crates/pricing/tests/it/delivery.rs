//! Zones, rates, pick-up, groups, and a choice that no longer fits.

use std::collections::BTreeSet;

use crate::make::*;
use pricing::*;

fn band(from: i64, until: Option<i64>, cost: i64) -> Band {
    Band { from, until, cost: Amount(cost) }
}

fn rules(delivery: DeliveryRules) -> Rules {
    Rules { delivery: Some(delivery), ..Rules::default() }
}

fn options(quote: &Quote) -> Vec<(&str, i64)> {
    quote.delivery_groups[0].options.iter().map(|option| (&*option.handle, option.cost.0)).collect()
}

/// A cart of two units at 10.00 of 600 g each, to British Columbia, with a choice.
fn parcel(choice: Option<&str>) -> Cart {
    let home = Address { postal_code: Some("V8W 9V4".into()), ..in_province("CA", "BC") };
    let mut cart = going_to(cart("CAD", &[(2, 1_000)]), home);
    cart.lines[0].weight_grams = 600;
    cart.delivery_choices.extend(choice.map(|handle| DeliveryChoice { group: None, handle: handle.into() }));
    cart
}

/// Canada by weight and price, with an island that is dearer, and the rest of the world.
fn shop() -> DeliveryRules {
    let canada = Area::of_country(country("CA"));
    let island = Area {
        provinces: BTreeSet::from(["BC".into()]),
        postal_codes: vec![PostalPattern::Range("V8".into(), "V9".into())],
        ..canada.clone()
    };
    let by_weight = RateCost::ByWeight(vec![band(0, Some(1_000), 500), band(1_000, Some(5_000), 900)]);
    let by_price = RateCost::ByPrice(vec![band(0, Some(5_000), 1_200), band(5_000, None, 600)]);
    let island_rates = vec![
        rate("CAD", 1, "ferry", by_weight),
        rate("CAD", 2, "air", by_price),
        rate("USD", 3, "dollars", RateCost::Flat(Amount(1))),
    ];
    let light = RateCost::ByWeight(vec![band(0, Some(1_000), 300)]);
    DeliveryRules {
        zones: vec![
            delivery_zone(
                1,
                canada,
                vec![rate("CAD", 4, "truck", RateCost::Flat(Amount(400))), rate("CAD", 5, "letter", light)],
            ),
            delivery_zone(2, island, island_rates),
            delivery_zone(3, Area::default(), vec![rate("CAD", 6, "world", RateCost::Flat(Amount(3_000)))]),
        ],
        ..DeliveryRules::default()
    }
}

#[test]
fn the_narrowest_zone_offers_what_fits_the_cheapest_first() {
    let quote = quoted(&parcel(None), &rules(shop()));
    assert_eq!(options(&quote), [("ferry", 900), ("air", 1_200)]);
    assert_eq!((quote.shipping, quote.total), (Amount(900), Amount(2_900)));
    assert_eq!(quote.delivery_groups[0].chosen.as_deref(), Some("ferry"));
    let abroad = Cart { addresses: vec![(AddressKey(1), address("FR"))], ..parcel(None) };
    assert_eq!(options(&quoted(&abroad, &rules(shop()))), [("world", 3_000)]);
}

#[test]
fn the_buyers_choice_counts() {
    let quote = quoted(&parcel(Some("air")), &rules(shop()));
    assert_eq!((quote.shipping, quote.delivery_groups[0].chosen.as_deref()), (Amount(1_200), Some("air")));
}

#[test]
fn bands_and_free_delivery_look_at_what_goods_cost_after_discounts() {
    let mut free_above = shop();
    for rate in &mut free_above.zones[1].rates {
        rate.free_above = Some(Amount(1_800));
    }
    assert_eq!(options(&quoted(&parcel(None), &rules(free_above.clone()))), [("air", 0), ("ferry", 0)]);
    let discounted = Rules { discounts: vec![discount(1, off_order(1_000))], ..rules(free_above) };
    assert_eq!(quoted(&parcel(None), &discounted).shipping, Amount::ZERO);
    let discounted = Rules { discounts: vec![discount(1, off_order(1_001))], ..discounted };
    assert_eq!(quoted(&parcel(None), &discounted).shipping, Amount(900));
}

#[test]
fn a_choice_that_no_longer_fits_is_a_problem_and_costs_nothing_silently() {
    use DeliveryProblem as P;
    let problem = |cart: &Cart| {
        let quote = quoted(cart, &rules(shop()));
        assert_eq!((quote.shipping, &quote.delivery_groups[0].chosen), (Amount::ZERO, &None));
        let (_, problem) = quote.delivery_problems().next().expect("a problem");
        problem.clone()
    };
    assert_eq!(problem(&parcel(Some("truck"))), P::ChosenNotInZone("truck".into()));
    assert_eq!(problem(&parcel(Some("rocket"))), P::ChosenUnknown("rocket".into()));
    assert_eq!(problem(&parcel(Some("dollars"))), P::ChosenNotInCurrency("dollars".into()));
    let mut heavy = parcel(Some("ferry"));
    heavy.lines[0].quantity = 20;
    assert_eq!(problem(&heavy), P::ChosenNotForWeight("ferry".into()));
    let mut nowhere = parcel(Some("ferry"));
    nowhere.addresses.clear();
    assert_eq!(problem(&nowhere), P::AddressMissing);
    let mut bands = shop();
    bands.zones[1].rates[1].cost = RateCost::ByPrice(vec![band(5_000, None, 100)]);
    let quote = quoted(&parcel(Some("air")), &rules(bands));
    assert_eq!(quote.delivery_groups[0].problem, Some(P::ChosenNotForPrice("air".into())));
}

#[test]
fn what_cannot_be_delivered_says_why() {
    use DeliveryProblem as P;
    let problem = |cart: &Cart, rules_of_delivery: DeliveryRules| {
        quoted(cart, &rules(rules_of_delivery)).delivery_groups[0].problem.clone()
    };
    let mut home_only = shop();
    home_only.zones.pop();
    let abroad = Cart { addresses: vec![(AddressKey(1), address("FR"))], ..parcel(None) };
    assert_eq!(problem(&abroad, home_only), Some(P::NotDelivered));
    let mut heavy = parcel(None);
    heavy.lines[0].quantity = 20;
    let mut ferry_only = shop();
    ferry_only.zones[1].rates.truncate(1);
    assert_eq!(problem(&heavy, ferry_only), Some(P::NoRate));
    let waiting = DeliveryRules { unchosen: Unchosen::Nothing, ..shop() };
    assert_eq!(problem(&parcel(None), waiting), Some(P::NotChosen));
}

#[test]
fn goods_that_are_not_shipped_need_no_delivery() {
    let mut cart = parcel(None);
    cart.lines[0].requires_shipping = false;
    assert!(quoted(&cart, &rules(shop())).delivery_groups.is_empty());
}

#[test]
fn each_address_is_a_group_with_a_choice_of_its_own() {
    let mut cart = parcel(None);
    let mut second = cart.lines[0].clone();
    (second.key, second.address) = (LineKey(2), Some(AddressKey(2)));
    cart.lines.push(second);
    cart.addresses.push((AddressKey(2), in_province("CA", "ON")));
    cart.delivery_choices = vec![DeliveryChoice { group: Some(AddressKey(1)), handle: "air".into() }];
    let quote = quoted(&cart, &rules(shop()));
    let groups: Vec<_> = quote
        .delivery_groups
        .iter()
        .map(|group| (group.chosen.as_deref(), group.cost.0, group.lines.clone()))
        .collect();
    assert_eq!(groups, [(Some("air"), 1_200, vec![LineKey(1)]), (Some("truck"), 400, vec![LineKey(2)])]);
    assert_eq!(quote.shipping, Amount(1_600));
}

#[test]
fn goods_may_be_collected_and_are_taxed_there() {
    let pickup = PickupLocation {
        key: LocationKey(1),
        handle: "shop".into(),
        title: "Our shop".into(),
        address: in_province("CA", "AB"),
        currency: currency("CAD"),
        cost: Amount::ZERO,
    };
    let area =
        |province: &str| Area { provinces: BTreeSet::from([province.into()]), ..Area::of_country(country("CA")) };
    let gst = component(1, "GST", 50_000);
    let zone = |key, province, components| TaxZone {
        areas: vec![area(province)],
        ..tax_zone(key, "CA", vec![standard(components)])
    };
    let zones = vec![zone(1, "BC", vec![gst.clone(), component(2, "PST", 70_000)]), zone(2, "AB", vec![gst])];
    let rules = Rules { taxes: Some(taxes(zones)), ..rules(DeliveryRules { pickups: vec![pickup], ..shop() }) };
    assert_eq!(quoted(&parcel(Some("ferry")), &rules).tax, Amount(240));
    let collected = quoted(&parcel(Some("shop")), &rules);
    assert_eq!((collected.shipping, collected.tax), (Amount::ZERO, Amount(100)));
    assert_eq!(options(&collected).last(), Some(&("shop", 0)));
    assert_eq!(
        quoted(&parcel(None), &rules).delivery_groups[0].chosen.as_deref(),
        Some("ferry"),
        "never chosen for a buyer"
    );
}

#[test]
fn a_negative_rate_is_refused() {
    let refused = quote(&parcel(None), &rules(flat_delivery("CAD", -1)));
    assert_eq!(refused, Err(PricingError::Negative("a delivery rate")));
}
