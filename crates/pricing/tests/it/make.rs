//! Builders that show only what matters to a case.

use std::{collections::BTreeSet, sync::Arc};

use pricing::*;

/// A moment in January 2027.
pub const NOW: Timestamp = Timestamp(1_800_000_000);

pub fn currency(code: &str) -> Currency {
    let digits = match code {
        "JPY" | "KRW" | "ISK" => 0,
        "KWD" | "BHD" | "TND" => 3,
        _ => 2,
    };
    Currency::new(code, digits).expect("a code")
}

pub fn country(code: &str) -> Country {
    code.parse().expect("a code")
}

pub fn address(code: &str) -> Address {
    Address::of_country(country(code))
}

pub fn in_province(code: &str, province: &str) -> Address {
    Address { province: Some(province.into()), ..address(code) }
}

/// A cart of lines of so many units at such a price, keyed and numbered from 1.
pub fn cart(code: &str, lines: &[(i64, i64)]) -> Cart {
    let mut cart = Cart::new(currency(code), NOW);
    for (number, (quantity, amount)) in (1..).zip(lines) {
        let prices = vec![Price::own(cart.currency, Amount(*amount))];
        cart.lines.push(Line::new(LineKey(number), VariantKey(number), ProductKey(number), *quantity, prices));
    }
    cart
}

pub fn going_to(mut cart: Cart, address: Address) -> Cart {
    cart.addresses = vec![(AddressKey(1), address)];
    cart
}

pub fn with_codes(mut cart: Cart, codes: &[&str]) -> Cart {
    cart.discount_codes = codes.iter().map(|code| Arc::from(*code)).collect();
    cart
}

pub fn amounts(code: &str, minor: i64) -> Amounts {
    Amounts(vec![(currency(code), Amount(minor))])
}

/// An automatic discount for everybody that combines with nothing.
pub fn discount(key: u128, effect: Effect) -> Discount {
    Discount {
        key: DiscountKey(key),
        title: format!("discount {key}").into(),
        method: Method::Automatic,
        effect,
        combines_with: CombinesWith::default(),
        minimum: Minimum::None,
        eligibility: Eligibility::Everyone,
        period: Period::default(),
        usage: Usage::default(),
    }
}

pub fn coded(key: u128, code: &str, effect: Effect) -> Discount {
    Discount { method: Method::Codes(vec![code.into()]), ..discount(key, effect) }
}

pub fn combining(discount: Discount) -> Discount {
    Discount { combines_with: CombinesWith::ALL, ..discount }
}

pub fn off_items(basis_points: u32, items: Items) -> Effect {
    Effect::Items { off: Off::Percentage(BasisPoints(basis_points)), items }
}

pub fn off_order(basis_points: u32) -> Effect {
    Effect::Order(Off::Percentage(BasisPoints(basis_points)))
}

pub fn free_shipping() -> Effect {
    Effect::Shipping { off: BasisPoints::ALL, most: None, countries: BTreeSet::new() }
}

pub fn products(keys: &[u128]) -> Items {
    let products = keys.iter().copied().map(ProductKey).collect();
    Items::Of { products, variants: BTreeSet::new(), collections: BTreeSet::new() }
}

pub fn discounts(discounts: Vec<Discount>) -> Rules {
    Rules { discounts, ..Rules::default() }
}

pub fn rate(code: &str, key: u128, handle: &str, cost: RateCost) -> DeliveryRate {
    DeliveryRate {
        key: DeliveryRateKey(key),
        handle: handle.into(),
        title: handle.into(),
        currency: currency(code),
        cost,
        free_above: None,
    }
}

pub fn delivery_zone(key: u128, area: Area, rates: Vec<DeliveryRate>) -> DeliveryZone {
    DeliveryZone { key: DeliveryZoneKey(key), title: "zone".into(), areas: vec![area], rates }
}

/// Delivery everywhere at one price.
pub fn flat_delivery(code: &str, minor: i64) -> DeliveryRules {
    let rates = vec![rate(code, 1, "standard", RateCost::Flat(Amount(minor)))];
    DeliveryRules { zones: vec![delivery_zone(1, Area::default(), rates)], ..DeliveryRules::default() }
}

pub fn component(key: u128, title: &str, parts_per_million: u32) -> Component {
    Component { key: TaxKey(key), title: title.into(), rate: PartsPerMillion(parts_per_million), compound: false }
}

pub fn standard(components: Vec<Component>) -> TaxRate {
    TaxRate { class: None, components }
}

pub fn of_class(class: u128, components: Vec<Component>) -> TaxRate {
    TaxRate { class: Some(TaxClassKey(class)), components }
}

/// A zone of one country that adds its taxes, rounded a half up for each line.
pub fn tax_zone(key: u128, code: &str, rates: Vec<TaxRate>) -> TaxZone {
    TaxZone {
        key: TaxZoneKey(key),
        areas: vec![Area::of_country(country(code))],
        shown: PriceBasis::Exclusive,
        rates,
        rounding: TaxRounding::default(),
        shipping: ShippingTax::NotTaxed,
        reverse_charge: false,
    }
}

pub fn inclusive(zone: TaxZone) -> TaxZone {
    TaxZone { shown: PriceBasis::Inclusive, ..zone }
}

pub fn rounded_by_order(zone: TaxZone, mode: Rounding) -> TaxZone {
    let rounding = TaxRounding { mode, level: RoundingLevel::Order, ..zone.rounding };
    TaxZone { rounding, ..zone }
}

/// Taxes of a shop that enters prices as its first zone, the home zone, shows them.
pub fn taxes(zones: Vec<TaxZone>) -> TaxRules {
    let (home, entered) = (Some(zones[0].key), zones[0].shown);
    TaxRules { zones, entered, home, abroad: PricesAbroad::FixedGross }
}

pub fn quoted(cart: &Cart, rules: &Rules) -> Quote {
    quote(cart, rules).expect("a quote")
}
