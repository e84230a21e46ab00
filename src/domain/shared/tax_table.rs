//! The taxes of a quote by rate, each with the net amount that it is charged on: what invoices and front ends show.

use pricing::{Amount, PartsPerMillion, Quote, TaxKey, TaxLine};

/// A tax of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxEntry {
    /// How buyers see it.
    pub title: String,
    /// Its rate.
    pub rate: PartsPerMillion,
    /// Whether it is inside the prices.
    pub included: bool,
    /// What it is charged on, without the taxes inside of it.
    pub net: Amount,
    /// What it amounts to.
    pub amount: Amount,
}

/// The taxes of a quote by tax, in the quote's order.
#[must_use]
pub fn tax_table(quote: &Quote) -> Vec<TaxEntry> {
    let entry = |sum: &pricing::TaxSum| {
        let same = |line: &TaxLine| line.tax == sum.tax && line.included == sum.included && line.rate == sum.rate;
        // Other taxes inside the same prices belong no more to the net amount than this one.
        let inside = things(quote).filter(|taxes| sum.included && taxes.iter().any(same));
        let inside: i64 = inside.flatten().filter(|line| line.included).map(|line| line.amount.0).sum();
        TaxEntry {
            title: sum.title.to_string(),
            rate: sum.rate,
            included: sum.included,
            net: Amount(sum.taxable.0.saturating_sub(inside)),
            amount: sum.amount,
        }
    };
    quote.taxes.iter().map(entry).collect()
}

/// The title of a tax on a line or delivery group.
#[must_use]
pub fn title_of(quote: &Quote, tax: TaxKey) -> Option<&str> {
    quote.taxes.iter().find(|sum| sum.tax == tax).map(|sum| &*sum.title)
}

/// The taxes of each thing that is taxed: lines, and the parts of delivery.
fn things(quote: &Quote) -> impl Iterator<Item = &[TaxLine]> {
    let lines = quote.lines.iter().map(|line| line.taxes.as_slice());
    let groups = quote.delivery_groups.iter().flat_map(|group| {
        let kinds = quote.lines.iter().filter(|line| group.lines.contains(&line.key)).map(|line| line.taxes.as_slice());
        parts(&group.taxes, &kinds.collect::<Vec<_>>())
    });
    lines.chain(groups)
}

/// A group's taxes by the part of its cost that they are charged on: a part is taxed as some of its lines are, or all of it
/// as one class.
fn parts<'a>(taxes: &'a [TaxLine], kinds: &[&[TaxLine]]) -> Vec<&'a [TaxLine]> {
    let mut parts = Vec::new();
    let mut rest = taxes;
    while !rest.is_empty() {
        let begins = |kind: &&&[TaxLine]| {
            kind.len() <= rest.len() && kind.iter().zip(rest).all(|(one, other)| one.tax == other.tax)
        };
        let longest = kinds.iter().filter(begins).map(|kind| kind.len()).max().filter(|length| *length > 0);
        let (part, left) = rest.split_at(longest.unwrap_or(rest.len()));
        parts.push(part);
        rest = left;
    }
    parts
}

#[cfg(test)]
mod tests {
    use pricing::{
        Address, AddressKey, Area, Cart, Component, Currency, Line, LineKey, Price, PriceBasis, ProductKey, Rules,
        ShippingTax, TaxClassKey, TaxRate, TaxRounding, TaxRules, TaxZone, TaxZoneKey, Timestamp, VariantKey,
    };

    use super::*;

    fn component(key: u128, rate: u32) -> Component {
        Component { key: TaxKey(key), title: format!("T{key}").into(), rate: PartsPerMillion(rate), compound: false }
    }

    /// Goods of 107.00 and 119.00, and of 112.00 with two taxes, all with their taxes inside.
    fn quoted() -> Quote {
        let currency = Currency::new("EUR", 2).expect("a code");
        let mut cart = Cart::new(currency, Timestamp(0));
        let country = "DE".parse().expect("a code");
        cart.addresses.push((AddressKey(1), Address::of_country(country)));
        for (key, minor) in [(1, 10_700), (2, 11_900), (3, 11_200)] {
            let price = vec![Price::own(currency, Amount(minor))];
            let mut line = Line::new(LineKey(key), VariantKey(key), ProductKey(key), 1, price);
            line.tax_class = Some(TaxClassKey(key));
            cart.lines.push(line);
        }
        let rate = |class, components| TaxRate { class: Some(TaxClassKey(class)), components };
        let zone = TaxZone {
            key: TaxZoneKey(1),
            areas: vec![Area::default()],
            shown: PriceBasis::Inclusive,
            rates: vec![
                rate(1, vec![component(1, 70_000)]),
                rate(2, vec![component(2, 190_000)]),
                rate(3, vec![component(1, 70_000), component(3, 50_000)]),
            ],
            rounding: TaxRounding::default(),
            shipping: ShippingTax::AsGoods,
            reverse_charge: false,
        };
        let taxes = TaxRules { zones: vec![zone], entered: PriceBasis::Inclusive, ..TaxRules::default() };
        pricing::quote(&cart, &Rules { taxes: Some(taxes), ..Rules::default() }).expect("it fits")
    }

    #[test]
    fn the_net_amount_of_a_rate_has_none_of_the_taxes_inside_of_it() {
        let table: Vec<_> =
            tax_table(&quoted()).into_iter().map(|entry| (entry.title, entry.net.0, entry.amount.0)).collect();
        let expected = [("T1", 20_000, 1_400), ("T2", 10_000, 1_900), ("T3", 10_000, 500)];
        assert_eq!(table, expected.map(|(title, net, amount)| (title.to_owned(), net, amount)));
    }

    #[test]
    fn the_taxes_of_delivery_are_told_apart_by_its_parts() {
        let quote = quoted();
        let [one, two, both] = [0, 1, 2].map(|place: usize| quote.lines[place].taxes.as_slice());
        let of_group = [one, two, both].concat();
        let lengths = |kinds: &[&[TaxLine]]| parts(&of_group, kinds).iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&[one, two, both]), [1, 1, 2]);
        assert_eq!(lengths(&[]), [4], "taxed as one class");
    }
}
