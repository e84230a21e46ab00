//! Quotes per second: a cart of three lines, and one of a hundred with twenty active discounts. The answer is asserted before
//! it is timed. `cargo bench -p pricing`; the time of one quote is printed, its inverse is quotes per second.

use std::{collections::BTreeSet, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pricing::*;

const NOW: Timestamp = Timestamp(1_800_000_000);

fn euro() -> Currency {
    Currency::new("EUR", 2).expect("a code")
}

fn germany() -> Country {
    "DE".parse().expect("a code")
}

/// A cart that goes to Germany: every third line a book, every line with a price of its own, a list price and a tier.
fn cart(lines: u128) -> Cart {
    let mut cart = Cart::new(euro(), NOW);
    let address = Address { country: germany(), province: None, postal_code: Some("10115".into()) };
    cart.country = Some(germany());
    cart.addresses = vec![(AddressKey(1), address)];
    for number in 1..=lines {
        let small = i64::try_from(number).expect("it is small");
        let own = Price { compare_at: Some(Amount(2_500 + small)), ..Price::own(euro(), Amount(1_999 + small)) };
        let list = ListPlace { key: PriceListKey(1), priority: 1, countries: vec![germany()], groups: Vec::new() };
        let listed = Price { list: Some(list), ..Price::own(euro(), Amount(1_899 + small)) };
        let tier = Price { minimum_quantity: 10, ..listed.clone() };
        let quantity = 1 + small % 3;
        let mut line =
            Line::new(LineKey(number), VariantKey(number), ProductKey(number), quantity, vec![own, listed, tier]);
        line.collections = vec![CollectionKey(number % 7), CollectionKey(100 + number % 3)];
        line.title = "A thing that is sold".into();
        line.weight_grams = 350;
        line.tax_class = (number % 3 == 0).then_some(TaxClassKey(1));
        cart.lines.push(line);
    }
    cart
}

/// German taxes inside prices and delivery by weight.
fn rules() -> Rules {
    let vat =
        |key, rate| Component { key: TaxKey(key), title: "VAT".into(), rate: PartsPerMillion(rate), compound: false };
    let zone = TaxZone {
        key: TaxZoneKey(1),
        areas: vec![Area::of_country(germany())],
        shown: PriceBasis::Inclusive,
        rates: vec![
            TaxRate { class: None, components: vec![vat(1, 190_000)] },
            TaxRate { class: Some(TaxClassKey(1)), components: vec![vat(2, 70_000)] },
        ],
        rounding: TaxRounding::default(),
        shipping: ShippingTax::AsGoods,
        reverse_charge: true,
    };
    let taxes = TaxRules {
        zones: vec![zone],
        entered: PriceBasis::Inclusive,
        home: Some(TaxZoneKey(1)),
        abroad: PricesAbroad::FixedGross,
    };
    let bands = vec![
        Band { from: 0, until: Some(5_000), cost: Amount(495) },
        Band { from: 5_000, until: None, cost: Amount(995) },
    ];
    let rate = |key, handle: &str, cost| DeliveryRate {
        key: DeliveryRateKey(key),
        handle: handle.into(),
        title: handle.into(),
        currency: euro(),
        cost,
        free_above: None,
    };
    let rates = vec![rate(1, "parcel", RateCost::ByWeight(bands)), rate(2, "express", RateCost::Flat(Amount(1_490)))];
    let zone = DeliveryZone {
        key: DeliveryZoneKey(1),
        title: "Germany".into(),
        areas: vec![Area::of_country(germany())],
        rates,
    };
    let delivery = DeliveryRules { zones: vec![zone], ..DeliveryRules::default() };
    Rules { discounts: Vec::new(), delivery: Some(delivery), taxes: Some(taxes) }
}

/// Twenty active discounts of every kind, of which all but one may stand together; two come by codes.
fn discounts() -> Vec<Discount> {
    let collection = |key| Items::Of {
        products: BTreeSet::new(),
        variants: BTreeSet::new(),
        collections: BTreeSet::from([CollectionKey(key)]),
    };
    let effect = |key: u128| match key {
        1..=10 => Effect::Items {
            off: Off::Percentage(BasisPoints(500 + 50 * u32::try_from(key).expect("it is small"))),
            items: collection(key % 7),
        },
        11..=13 => Effect::BuyXGetY(BuyXGetY {
            buy: Items::All,
            buy_quantity: 5,
            get: collection(100 + key % 3),
            get_quantity: 1,
            off: BasisPoints::ALL,
            uses_per_order: Some(3),
        }),
        14..=17 => Effect::Order(Off::Percentage(BasisPoints(200))),
        18 => Effect::Order(Off::Across(Amounts(vec![(euro(), Amount(1_000))]))),
        _ => Effect::Shipping { off: BasisPoints::ALL, most: None, countries: BTreeSet::from([germany()]) },
    };
    let discount = |key: u128| Discount {
        key: DiscountKey(key),
        title: "A discount".into(),
        method: if key > 18 || key == 1 { Method::Codes(vec![format!("CODE{key}").into()]) } else { Method::Automatic },
        effect: effect(key),
        combines_with: if key == 2 { CombinesWith::default() } else { CombinesWith::ALL },
        minimum: Minimum::Quantity(2),
        eligibility: Eligibility::Everyone,
        period: Period::default(),
        usage: Usage { limit: Some(1_000), used: 7, ..Usage::default() },
    };
    (1..=20).map(discount).collect()
}

fn quotes(c: &mut Criterion) {
    let mut group = c.benchmark_group("quote");
    group.throughput(Throughput::Elements(1));

    let (small, plain) = (cart(3), rules());
    let expected = quote(&small, &plain).expect("a quote");
    // 2 x 19.00, 3 x 19.01, 1 x 19.02 and a parcel of 2.1 kg.
    assert_eq!((expected.subtotal, expected.shipping), (Amount(3_800 + 5_703 + 1_902), Amount(495)));
    assert_eq!(expected.total, Amount(11_900));
    // 95.03 and 4.12 of the parcel at 19 %, 19.02 and 0.83 at 7 %, each line and part rounded by itself.
    assert_eq!(expected.tax_included, Amount(607 + 911 + 124 + 66 + 5));
    group.bench_function("3 lines", |b| b.iter(|| quote(black_box(&small), black_box(&plain))));

    let mut large = cart(100);
    large.discount_codes = vec!["code1".into(), "code19".into(), "code20".into()];
    let rules = Rules { discounts: discounts(), ..plain };
    let expected = quote(&large, &rules).expect("a quote");
    let lines: i64 = expected.lines.iter().map(|line| line.total.0).sum();
    assert_eq!((expected.lines.len(), expected.total.0), (100, lines), "delivery is free by a code");
    assert!(expected.discount.is_positive() && expected.discounts.len() >= 10, "many discounts count");
    assert_eq!(expected.total.0, expected.subtotal.0 - expected.discount.0);
    group.bench_function("100 lines, 20 discounts", |b| b.iter(|| quote(black_box(&large), black_box(&rules))));
    group.finish();
}

criterion_group!(benches, quotes);
criterion_main!(benches);
