//! Whether a discount may count for a cart, looked at alone, and which lines it is for.

use crate::{
    Amount, Cart, CodeProblem, Currency, Discount, Effect, Eligibility, Items, Minimum, Off, PricingError,
    error::Result, quote::PricedLine,
};

/// Refuses a discount that contradicts itself.
pub(super) fn check(discount: &Discount) -> Result<()> {
    let part = |percentage: crate::BasisPoints| {
        if percentage > crate::BasisPoints::ALL {
            Err(PricingError::Rule("a discount of more than 100 %"))
        } else {
            Ok(())
        }
    };
    match &discount.effect {
        Effect::Items { off, .. } | Effect::Order(off) => match off {
            Off::Percentage(percentage) => part(*percentage),
            Off::Each(amounts) | Off::Across(amounts) => {
                amounts.0.iter().try_for_each(|(_, amount)| amount.not_negative("a discount").map(drop))
            }
        },
        Effect::BuyXGetY(rule) if rule.buy_quantity < 1 || rule.get_quantity < 1 => {
            Err(PricingError::Rule("buy X get Y without a quantity"))
        }
        Effect::BuyXGetY(rule) => part(rule.off),
        Effect::Shipping { off, .. } => part(*off),
    }
}

/// What stands against a discount in this cart, if anything.
pub(super) fn problem(discount: &Discount, cart: &Cart, lines: &[PricedLine<'_>]) -> Result<Option<CodeProblem>> {
    let usage = discount.usage;
    if !discount.period.contains(cart.now) {
        return Ok(Some(CodeProblem::Inactive));
    }
    if usage.limit.is_some_and(|limit| usage.used >= limit) {
        return Ok(Some(CodeProblem::UsageLimitReached));
    }
    if let Some(problem) = stranger(&discount.eligibility, cart) {
        return Ok(Some(problem));
    }
    if usage.limit_per_customer.is_some_and(|limit| usage.used_by_customer >= limit) {
        return Ok(Some(CodeProblem::CustomerUsageLimitReached));
    }
    if !offered_in(cart.currency, discount) {
        return Ok(Some(CodeProblem::CurrencyNotOffered));
    }
    let (bought, quantity) = match &discount.effect {
        Effect::Items { items, .. } => measure(items, lines)?,
        Effect::BuyXGetY(rule) => measure(&rule.buy, lines)?,
        Effect::Order(_) | Effect::Shipping { .. } => measure(&Items::All, lines)?,
    };
    if quantity == 0 {
        return Ok(Some(CodeProblem::NoEntitledLines));
    }
    if matches!(discount.effect, Effect::Shipping { .. }) && !lines.iter().any(|line| line.line.requires_shipping) {
        return Ok(Some(CodeProblem::NoEntitledShipping));
    }
    Ok(match &discount.minimum {
        Minimum::None => None,
        Minimum::Quantity(least) => (quantity < *least).then_some(CodeProblem::QuantityTooSmall),
        Minimum::Subtotal(least) => match least.in_currency(cart.currency) {
            None => Some(CodeProblem::CurrencyNotOffered),
            Some(least) => (bought < least).then_some(CodeProblem::SubtotalTooSmall),
        },
    })
}

fn stranger(eligibility: &Eligibility, cart: &Cart) -> Option<CodeProblem> {
    let customer = match (eligibility, &cart.customer) {
        (Eligibility::Everyone, _) => return None,
        (_, None) => return Some(CodeProblem::CustomerMissing),
        (_, Some(customer)) => customer,
    };
    let known = match eligibility {
        Eligibility::Everyone => true,
        Eligibility::Customers(customers) => customers.contains(&customer.key),
        Eligibility::Groups(groups) => customer.groups.iter().any(|group| groups.contains(group)),
    };
    (!known).then_some(CodeProblem::CustomerNotEligible)
}

fn offered_in(currency: Currency, discount: &Discount) -> bool {
    match &discount.effect {
        Effect::Items { off: Off::Each(amounts) | Off::Across(amounts), .. }
        | Effect::Order(Off::Each(amounts) | Off::Across(amounts)) => amounts.in_currency(currency).is_some(),
        Effect::Shipping { most: Some(amounts), .. } => amounts.in_currency(currency).is_some(),
        Effect::Items { off: Off::Percentage(_), .. }
        | Effect::Order(Off::Percentage(_))
        | Effect::BuyXGetY(_)
        | Effect::Shipping { most: None, .. } => true,
    }
}

/// What the lines among `items` cost before discounts, and their units.
fn measure(items: &Items, lines: &[PricedLine<'_>]) -> Result<(Amount, i64)> {
    let mut bought = Amount::ZERO;
    let mut quantity: i64 = 0;
    for line in lines.iter().filter(|line| items.contain(line.line)) {
        bought = bought.plus(line.subtotal)?;
        quantity = quantity.checked_add(line.line.quantity).ok_or(PricingError::Overflow)?;
    }
    Ok((bought, quantity))
}
