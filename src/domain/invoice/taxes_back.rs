//! The taxes of what staff decided to give back: those of its units and of its part of delivery, at their own rates.

use entity::money::Currency;
use pricing::{Amount, Portion, PricingError, Quote, QuoteLine, Rounding, TaxLine, TaxSum, allocate, refund_for};
use sea_orm::DatabaseTransaction;

use super::taxes::{TaxRow, row_of};
use crate::domain::{
    order::{self, Order, OrderRefund},
    shared::{Error, tax_table::tax_table},
};

/// The taxes of a decision by rate; `None` where the order's quote was not kept, or was changed so that the units are not in it
/// any more.
pub(super) async fn taxes_back(
    tx: &DatabaseTransaction,
    order: &Order,
    refund: &OrderRefund,
) -> Result<Option<Vec<TaxRow>>, Error> {
    let Some(kept) = order::quote_of(tx, order.id).await? else { return Ok(None) };
    let decided = order::order_refunds_of(tx, &[order.id]).await?;
    let earlier: Vec<_> = decided.into_iter().take_while(|one| one.id != refund.id).collect();
    let ids: Vec<_> = earlier.iter().map(|one| one.id).chain([refund.id]).collect();
    let (mut before, mut now) = (Portion::default(), Portion::default());
    for line in order::order_refund_lines_of(tx, &ids).await? {
        let portion = if line.order_refund_id == refund.id { &mut now } else { &mut before };
        portion.lines.push((pricing::LineKey(line.order_line_id.0.as_u128()), line.quantity));
    }
    before.shipping = Amount(earlier.iter().map(|one| one.shipping_minor).sum());
    now.shipping = Amount(refund.shipping_minor);
    // A document must not stand in the way of money that goes back.
    Ok(rows_back(&kept.quote, &before, &now, order.currency).ok())
}

fn rows_back(quote: &Quote, before: &Portion, now: &Portion, currency: Currency) -> Result<Vec<TaxRow>, PricingError> {
    let back = refund_for(quote, before, now)?;
    let mut sums = vec![(0, 0); quote.taxes.len()];
    let (mut added, mut included) = (back.tax, back.tax_included);
    for line in &back.lines {
        let Some(quoted) = quote.lines.iter().find(|quoted| quoted.key == line.key) else { continue };
        let net = line.subtotal.minus(line.discount)?.minus(line.tax_included)?;
        for (tax, (_, amount)) in quoted.taxes.iter().zip(&line.taxes) {
            add(&mut sums, quote, tax, (net.0, amount.0));
        }
        added = added.minus(line.tax)?;
        included = included.minus(line.tax_included)?;
    }
    // What is left of both is delivery's, shared out over its taxes so that the note's taxes are its tax.
    let taxes: Vec<&TaxLine> = quote.delivery_groups.iter().flat_map(|group| &group.taxes).collect();
    for (sum, of_prices) in [(added, false), (included, true)] {
        let taxes: Vec<&TaxLine> = taxes.iter().copied().filter(|tax| tax.included == of_prices).collect();
        let weights: Vec<Amount> = taxes.iter().map(|tax| tax.amount).collect();
        if sum.is_positive() && !taxes.is_empty() {
            for (tax, part) in taxes.into_iter().zip(allocate(sum, &weights)?) {
                add(&mut sums, quote, tax, (0, part.0));
            }
        }
    }
    let entries = tax_table(quote).into_iter().zip(&quote.taxes).zip(sums);
    let rows = entries.map(|((entry, of), (net, amount))| {
        let net = net + net_of_delivery(quote, of, entry.net, before, now)?.0;
        Ok(row_of(&entry, (net, amount), currency))
    });
    let rows = rows.collect::<Result<Vec<TaxRow>, PricingError>>()?;
    Ok(rows.into_iter().filter(|row| row.net_minor != 0 || row.amount_minor != 0).collect())
}

fn is(sum: &TaxSum, tax: &TaxLine) -> bool {
    sum.tax == tax.tax && sum.included == tax.included && sum.rate == tax.rate
}

fn add(sums: &mut [(i64, i64)], quote: &Quote, tax: &TaxLine, (net, amount): (i64, i64)) {
    let place = quote.taxes.iter().position(|sum| is(sum, tax));
    if let Some(sum) = place.and_then(|place| sums.get_mut(place)) {
        *sum = (sum.0 + net, sum.1 + amount);
    }
}

/// The part of what a tax is charged on in delivery, which is what the lines leave of it.
fn net_of_delivery(
    quote: &Quote,
    of: &TaxSum,
    net: Amount,
    before: &Portion,
    now: &Portion,
) -> Result<Amount, PricingError> {
    let taxed = |line: &&QuoteLine| line.taxes.iter().any(|tax| is(of, tax));
    let lines = quote.lines.iter().filter(taxed).map(|line| line.taxable.minus(line.tax_included));
    let lines = Amount::sum(lines.collect::<Result<Vec<_>, _>>()?)?;
    let whole = net.minus(lines)?;
    if !now.shipping.is_positive() || !whole.is_positive() {
        return Ok(Amount::ZERO);
    }
    let upto = before.shipping.plus(now.shipping)?;
    let part = |point: Amount| whole.share(point.0.into(), quote.shipping.0.into(), Rounding::HalfUp);
    part(upto)?.minus(part(before.shipping)?)
}

#[cfg(test)]
mod tests {
    use pricing::{
        Area, Cart, Component, Line, LineKey, PartsPerMillion, Price, PriceBasis, ProductKey, Rules, ShippingTax,
        TaxClassKey, TaxKey, TaxRate, TaxRounding, TaxRules, TaxZone, TaxZoneKey, Timestamp, VariantKey,
    };

    use super::*;

    /// Three books of 10.70 with 7 % inside, and a lamp of 119.00 with 19 %.
    fn quoted() -> Quote {
        let euro = pricing::Currency::new("EUR", 2).expect("a code");
        let mut cart = Cart::new(euro, Timestamp(0));
        cart.country = Some("DE".parse().expect("a code"));
        for (key, quantity, minor) in [(1, 3, 1_070), (2, 1, 11_900)] {
            let price = vec![Price::own(euro, Amount(minor))];
            let mut line = Line::new(LineKey(key), VariantKey(key), ProductKey(key), quantity, price);
            line.tax_class = Some(TaxClassKey(key));
            cart.lines.push(line);
        }
        let rate = |key: u128, rate: u32| TaxRate {
            class: Some(TaxClassKey(key)),
            components: vec![Component {
                key: TaxKey(key),
                title: "VAT".into(),
                rate: PartsPerMillion(rate),
                compound: false,
            }],
        };
        let zone = TaxZone {
            key: TaxZoneKey(1),
            areas: vec![Area::default()],
            shown: PriceBasis::Inclusive,
            rates: vec![rate(1, 70_000), rate(2, 190_000)],
            rounding: TaxRounding::default(),
            shipping: ShippingTax::AsGoods,
            reverse_charge: false,
        };
        let taxes = TaxRules { zones: vec![zone], entered: PriceBasis::Inclusive, ..TaxRules::default() };
        pricing::quote(&cart, &Rules { taxes: Some(taxes), ..Rules::default() }).expect("it fits")
    }

    #[test]
    fn a_book_goes_back_with_the_tax_of_books_alone() {
        let quote = quoted();
        let one = Portion { lines: vec![(LineKey(1), 1)], ..Portion::default() };
        let rows = rows_back(&quote, &Portion::default(), &one, Currency::USD).expect("it fits");
        let told: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.net_minor, row.amount_minor)).collect();
        assert_eq!(told, [("VAT 7 %", 1_000, 70)]);
        let rest = Portion { lines: vec![(LineKey(1), 2), (LineKey(2), 1)], ..Portion::default() };
        let rows = rows_back(&quote, &one, &rest, Currency::USD).expect("it fits");
        let told: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.net_minor, row.amount_minor)).collect();
        assert_eq!(told, [("VAT 7 %", 2_000, 140), ("VAT 19 %", 10_000, 1_900)]);
        assert!(rows_back(&quote, &rest, &rest, Currency::USD).is_err(), "more than there was");
    }
}
