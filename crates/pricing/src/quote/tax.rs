//! The taxes of a quote: what is charged on lines and on delivery, written back to both and summed up by tax.

use super::{DeliveryGroup, PricedLine, QuoteLine, TaxLine, TaxSum, compute::Taxed};
use crate::{
    Amount, Component, ShippingTax, TaxClassKey, TaxExemption, allocate,
    delivery::Group,
    error::Result,
    tax::{Place, Taxable, taxes},
};

/// Whom a taxable thing belongs to.
#[derive(Clone, Copy)]
enum Owner {
    Line(usize),
    Group(usize),
}

/// Charges lines and groups and returns the order's taxes.
pub(super) fn charge<'a>(
    taxed: &Taxed<'a>,
    priced: &[PricedLine<'_>],
    lines: &mut [QuoteLine],
    groups: &[Group<'_>],
    delivered: &mut [DeliveryGroup],
) -> Result<Vec<TaxSum>> {
    let mut owners = Vec::new();
    let mut all: Vec<Taxable<'a>> = Vec::new();
    let mut add = |owner: Owner, place: Place<'a>, components: &'a [Component], amount| {
        if let Some(zone) = place.zone {
            owners.push(owner);
            all.push(Taxable { zone, components, inclusive: place.inclusive(), amount });
        }
    };
    for (index, line) in lines.iter_mut().enumerate() {
        let place = taxed.lines[index];
        line.exemption = if priced[index].line.gift_card { Some(TaxExemption::GiftCard) } else { place.exemption };
        if line.exemption.is_none() {
            add(Owner::Line(index), place, place.components(priced[index].line.tax_class), line.taxable);
        }
    }
    for (index, group) in groups.iter().enumerate() {
        let place = taxed.groups[index];
        for (components, amount) in parts(&place, group, priced, lines, delivered[index].taxable)? {
            add(Owner::Group(index), place, components, amount);
        }
    }
    let mut sums: Vec<TaxSum> = Vec::new();
    for ((owner, one), amounts) in owners.into_iter().zip(&all).zip(taxes(&all)?) {
        for (component, amount) in one.components.iter().zip(amounts) {
            let tax = TaxLine { tax: component.key, rate: component.rate, amount, included: one.inclusive };
            let (of, added, included) = match owner {
                Owner::Line(index) => {
                    let line = &mut lines[index];
                    (&mut line.taxes, &mut line.tax, &mut line.tax_included)
                }
                Owner::Group(index) => {
                    let group = &mut delivered[index];
                    (&mut group.taxes, &mut group.tax, &mut group.tax_included)
                }
            };
            of.push(tax);
            let sum = if one.inclusive { included } else { added };
            *sum = sum.plus(amount)?;
            sum_up(&mut sums, component, one, amount)?;
        }
    }
    for line in lines.iter_mut() {
        line.total = line.taxable.plus(line.tax)?;
    }
    for group in delivered.iter_mut() {
        group.total = group.taxable.plus(group.tax)?;
    }
    sums.sort_by(|a, b| (a.tax, a.included, a.rate).cmp(&(b.tax, b.included, b.rate)));
    Ok(sums)
}

fn sum_up(sums: &mut Vec<TaxSum>, component: &Component, one: &Taxable<'_>, amount: Amount) -> Result<()> {
    let same =
        |sum: &&mut TaxSum| sum.tax == component.key && sum.included == one.inclusive && sum.rate == component.rate;
    if let Some(sum) = sums.iter_mut().find(same) {
        sum.taxable = sum.taxable.plus(one.amount)?;
        sum.amount = sum.amount.plus(amount)?;
    } else {
        sums.push(TaxSum {
            tax: component.key,
            title: component.title.clone(),
            rate: component.rate,
            included: one.inclusive,
            taxable: one.amount,
            amount,
        });
    }
    Ok(())
}

/// The cost of delivery by the rates at which it is taxed.
fn parts<'a>(
    place: &Place<'a>,
    group: &Group<'_>,
    priced: &[PricedLine<'_>],
    lines: &[QuoteLine],
    cost: Amount,
) -> Result<Vec<(&'a [Component], Amount)>> {
    match place.shipping() {
        ShippingTax::NotTaxed => Ok(Vec::new()),
        ShippingTax::AsClass(class) => Ok(vec![(place.components(class), cost)]),
        ShippingTax::AsGoods => {
            // Gift cards that are sent by post are goods without tax.
            let mut parts: Vec<(&[Component], Amount)> = Vec::new();
            for index in &group.lines {
                let line = priced[*index].line;
                let components = if line.gift_card { &[][..] } else { place.components(line.tax_class) };
                match parts.iter_mut().find(|(known, _)| *known == components) {
                    Some((_, worth)) => *worth = worth.plus(lines[*index].taxable)?,
                    None => parts.push((components, lines[*index].taxable)),
                }
            }
            let weights: Vec<Amount> = parts.iter().map(|(_, worth)| *worth).collect();
            let shares = allocate(cost, &weights)?;
            Ok(parts.into_iter().zip(shares).map(|((components, _), share)| (components, share)).collect())
        }
    }
}

/// What an entered cost of delivery becomes for this buyer: as goods of its tax class. Taxed as goods it follows their class
/// if they have but one, else the standard class.
pub(super) fn localize_delivery(
    place: &Place<'_>,
    cost: Amount,
    group: &Group<'_>,
    priced: &[PricedLine<'_>],
) -> Result<Amount> {
    let class: Option<TaxClassKey> = match place.shipping() {
        ShippingTax::NotTaxed => return Ok(cost),
        ShippingTax::AsClass(class) => class,
        ShippingTax::AsGoods => {
            let mut classes = group.lines.iter().map(|index| priced[*index].line.tax_class);
            let first = classes.next().flatten();
            if classes.all(|class| class == first) { first } else { None }
        }
    };
    place.localize(cost, class)
}
