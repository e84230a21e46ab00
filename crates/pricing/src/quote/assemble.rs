//! The parts of a quote put together and summed up.

use super::{AppliedGiftCard, DeliveryGroup, PricedLine, Quote, QuoteLine, TaxSum};
use crate::{
    Allocation, Amount, AppliedDiscount, Cart, CodeOutcome, PricingError,
    delivery::{Group, Offer},
    error::Result,
};

/// Lines with their discounts, without taxes.
pub(super) fn lines(priced: &[PricedLine<'_>], discounts: Vec<Vec<Allocation>>) -> Result<Vec<QuoteLine>> {
    let line = |(priced, discounts): (&PricedLine<'_>, Vec<Allocation>)| {
        let discount = Amount::sum(discounts.iter().map(|piece| piece.amount))?;
        let taxable = priced.subtotal.minus(discount)?;
        Ok(QuoteLine {
            key: priced.line.key,
            title: priced.line.title.clone(),
            quantity: priced.line.quantity,
            unit_price: priced.unit_price,
            compare_at: priced.compare_at,
            price: priced.price,
            subtotal: priced.subtotal,
            discounts,
            discount,
            taxable,
            taxes: Vec::new(),
            exemption: None,
            tax: Amount::ZERO,
            tax_included: Amount::ZERO,
            total: taxable,
        })
    };
    priced.iter().zip(discounts).map(line).collect()
}

/// A delivery group with its discounts, without taxes.
pub(super) fn delivery_group(
    group: &Group<'_>,
    priced: &[PricedLine<'_>],
    offer: Offer,
    discounts: Vec<Allocation>,
) -> Result<DeliveryGroup> {
    let (chosen, problem) = match offer.chosen {
        Ok(index) => (Some(&offer.options[index]), None),
        Err(problem) => (None, Some(problem)),
    };
    let cost = chosen.map_or(Amount::ZERO, |option| option.cost);
    let chosen = chosen.map(|option| option.handle.clone());
    let discount = Amount::sum(discounts.iter().map(|piece| piece.amount))?;
    let taxable = cost.minus(discount)?;
    Ok(DeliveryGroup {
        address: group.address.map(|(key, _)| key),
        lines: group.lines.iter().map(|index| priced[*index].line.key).collect(),
        options: offer.options,
        chosen,
        problem,
        cost,
        discounts,
        discount,
        taxable,
        taxes: Vec::new(),
        tax: Amount::ZERO,
        tax_included: Amount::ZERO,
        total: taxable,
    })
}

/// The quote. `order` says at which place of the cart each of the lines stood.
pub(super) fn quote(
    cart: &Cart,
    order: &[usize],
    lines: Vec<QuoteLine>,
    delivery_groups: Vec<DeliveryGroup>,
    (discounts, codes): (Vec<AppliedDiscount>, Vec<CodeOutcome>),
    (taxes, taxes_estimated): (Vec<TaxSum>, bool),
) -> Result<Quote> {
    let mut placed: Vec<(usize, QuoteLine)> = order.iter().copied().zip(lines).collect();
    placed.sort_unstable_by_key(|(place, _)| *place);
    let lines: Vec<QuoteLine> = placed.into_iter().map(|(_, line)| line).collect();
    let of_lines = |part: fn(&QuoteLine) -> Amount| Amount::sum(lines.iter().map(part));
    let of_groups = |part: fn(&DeliveryGroup) -> Amount| Amount::sum(delivery_groups.iter().map(part));
    let (subtotal, discount) = (of_lines(|line| line.subtotal)?, of_lines(|line| line.discount)?);
    let (shipping, shipping_discount) = (of_groups(|group| group.taxable)?, of_groups(|group| group.discount)?);
    let tax = of_lines(|line| line.tax)?.plus(of_groups(|group| group.tax)?)?;
    let tax_included = of_lines(|line| line.tax_included)?.plus(of_groups(|group| group.tax_included)?)?;
    let total = subtotal.minus(discount)?.plus(shipping)?.plus(tax)?;
    let (gift_cards, due) = pay(cart, total)?;
    Ok(Quote {
        currency: cart.currency,
        gift_card_amount: total.minus(due)?,
        lines,
        delivery_groups,
        discounts,
        codes,
        taxes,
        taxes_estimated,
        subtotal,
        discount,
        shipping,
        shipping_discount,
        tax,
        tax_included,
        total,
        gift_cards,
        due,
    })
}

/// Uses gift cards up one after the other.
fn pay(cart: &Cart, total: Amount) -> Result<(Vec<AppliedGiftCard>, Amount)> {
    let mut due = total;
    let mut applied = Vec::with_capacity(cart.gift_cards.len());
    for (index, card) in cart.gift_cards.iter().enumerate() {
        if cart.gift_cards[..index].iter().any(|other| other.key == card.key) {
            return Err(PricingError::Duplicate("gift cards"));
        }
        let amount = if card.currency == cart.currency { card.balance.min(due) } else { Amount::ZERO };
        due = due.minus(amount)?;
        applied.push(AppliedGiftCard { key: card.key, amount, left: card.balance.minus(amount)? });
    }
    Ok((applied, due))
}
