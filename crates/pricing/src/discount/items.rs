//! What a product discount takes off each line, as if it stood alone.

use crate::{Amount, BuyXGetY, Currency, Effect, Items, Off, PricingError, allocate, error::Result, quote::PricedLine};

/// What a product discount takes off each of the lines, in their order; all nothing for a discount of another class.
pub(super) fn amounts(effect: &Effect, currency: Currency, lines: &[PricedLine<'_>]) -> Result<Vec<Amount>> {
    match effect {
        Effect::Items { off, items } => match off {
            Off::Percentage(percentage) => each_line(items, lines, |line| percentage.of(line.subtotal)),
            Off::Each(amounts) => {
                let amount = amounts.in_currency(currency).unwrap_or_default();
                each_line(items, lines, |line| amount.min(line.unit_price).times(line.line.quantity))
            }
            Off::Across(amounts) => {
                let weights = each_line(items, lines, |line| Ok(line.subtotal))?;
                let most = Amount::sum(weights.iter().copied())?;
                allocate(amounts.in_currency(currency).unwrap_or_default().min(most), &weights)
            }
        },
        Effect::BuyXGetY(rule) => buy_x_get_y(rule, lines),
        Effect::Order(_) | Effect::Shipping { .. } => Ok(vec![Amount::ZERO; lines.len()]),
    }
}

fn each_line(
    items: &Items,
    lines: &[PricedLine<'_>],
    amount: impl Fn(&PricedLine<'_>) -> Result<Amount>,
) -> Result<Vec<Amount>> {
    let of_line = |line| if items.contain(PricedLine::line(line)) { amount(line) } else { Ok(Amount::ZERO) };
    lines.iter().map(of_line).collect()
}

/// How many units are only to buy, only to get, or may be either.
#[derive(Default)]
struct Units {
    buy_only: i64,
    get_only: i64,
    either: i64,
}

impl Units {
    fn count(rule: &BuyXGetY, lines: &[PricedLine<'_>]) -> Result<Self> {
        let mut units = Self::default();
        for line in lines {
            let pile = match (rule.buy.contain(line.line), rule.get.contain(line.line)) {
                (true, true) => &mut units.either,
                (true, false) => &mut units.buy_only,
                (false, true) => &mut units.get_only,
                (false, false) => continue,
            };
            *pile = pile.checked_add(line.line.quantity).ok_or(PricingError::Overflow)?;
        }
        Ok(units)
    }

    /// How often the rule can be met with disjoint units. By Hall's theorem it can be met `uses` times just if there are
    /// enough units to buy, enough to get, and enough in all.
    fn uses(&self, rule: &BuyXGetY) -> Result<i64> {
        let sum = |a: i64, b: i64| a.checked_add(b).ok_or(PricingError::Overflow);
        let to_buy = sum(self.buy_only, self.either)?;
        let to_get = sum(self.get_only, self.either)?;
        let all = sum(to_buy, self.get_only)?;
        let by_all = all / sum(rule.buy_quantity, rule.get_quantity)?;
        let uses = by_all.min(to_buy / rule.buy_quantity).min(to_get / rule.get_quantity);
        Ok(uses.min(rule.uses_per_order.unwrap_or(i64::MAX)).max(0))
    }
}

/// The cheapest units that may be got become cheaper; of equal prices those of the line with the smaller key.
fn buy_x_get_y(rule: &BuyXGetY, lines: &[PricedLine<'_>]) -> Result<Vec<Amount>> {
    let units = Units::count(rule, lines)?;
    let uses = units.uses(rule)?;
    let mut amounts = vec![Amount::ZERO; lines.len()];
    let mut cheapest: Vec<usize> = (0..lines.len()).filter(|index| rule.get.contain(lines[*index].line)).collect();
    // The sort is stable and the lines come by key.
    cheapest.sort_by_key(|index| lines[*index].unit_price);
    // Neither product nor difference overflows: `uses` was divided by the quantities that multiply it here.
    let mut left = uses * rule.get_quantity;
    let spare = units.buy_only + units.either - uses * rule.buy_quantity;
    let mut either = units.either.min(spare);
    for index in cheapest {
        let line = &lines[index];
        let may_be_bought = rule.buy.contain(line.line);
        let room = if may_be_bought { either } else { left };
        let taken = line.line.quantity.min(left).min(room);
        left -= taken;
        if may_be_bought {
            either -= taken;
        }
        amounts[index] = rule.off.of(line.unit_price.times(taken)?)?;
    }
    Ok(amounts)
}
