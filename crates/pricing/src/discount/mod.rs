//! Discounts: which count, which combination is the best for the buyer, and what each takes off where.
//!
//! `model` says what a discount is and `outcome` what becomes of it; `eligible` decides whether it may count, `items` what a product discount takes off each line,
//! `combine` which of them stand together, and this file turns the answer into allocations and outcomes of codes.

mod combine;
mod eligible;
mod items;
mod model;
mod outcome;

use std::{collections::BTreeSet, sync::Arc};

pub use model::{
    Amounts, BuyXGetY, CombinesWith, Discount, DiscountClass, Effect, Eligibility, Items, Method, Minimum, Off, Usage,
};
pub use outcome::{Allocation, AppliedDiscount, CodeOutcome, CodeProblem};

use crate::{Amount, Cart, Country, PricingError, error::Result, quote::PricedLine};
use combine::Candidate;

/// How many discounts compete for one cart at most: entered codes first, in their order, then automatic ones by key.
pub const MOST_DISCOUNTS: usize = 25;

/// What a delivery group costs, as far as discounts ask.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupCost {
    /// The cost of the option that counts; none while there is none.
    pub cost: Option<Amount>,
    /// Where it goes, if that is known.
    pub country: Option<Country>,
    /// Whether the buyer collects it. Nothing is taken off that.
    pub collected: bool,
}

/// The discounts that count.
#[derive(Debug, Default)]
pub(crate) struct Discounted {
    /// For each line, in the order given.
    pub lines: Vec<Vec<Allocation>>,
    /// For each delivery group, or nothing at all.
    pub groups: Vec<Vec<Allocation>>,
    /// Those that count.
    pub applied: Vec<AppliedDiscount>,
    /// Every code that was entered.
    pub codes: Vec<CodeOutcome>,
}

/// Chooses and allocates. `lines` come sorted by key; `cost_of_delivery` says what each group costs when the lines cost so
/// much after discounts.
pub(crate) fn apply(
    cart: &Cart,
    discounts: &[Discount],
    lines: &[PricedLine<'_>],
    mut cost_of_delivery: impl FnMut(&[Amount]) -> Result<Vec<GroupCost>>,
) -> Result<Discounted> {
    if discounts.is_empty() && cart.discount_codes.is_empty() {
        return Ok(Discounted { lines: vec![Vec::new(); lines.len()], ..Discounted::default() });
    }
    let mut keys = BTreeSet::new();
    for discount in discounts {
        eligible::check(discount)?;
        if !keys.insert(discount.key) {
            return Err(PricingError::Duplicate("discounts"));
        }
    }
    let mut codes = entered(cart, discounts);
    let mut candidates = Vec::new();
    for (index, code) in codes.iter_mut().enumerate() {
        let Some(discount) = discounts.iter().find(|one| Some(one.key) == code.discount) else { continue };
        if code.problem.is_some() {
            continue;
        }
        code.problem = eligible::problem(discount, cart, lines)?;
        if code.problem.is_none() && candidates.len() == MOST_DISCOUNTS {
            code.problem = Some(CodeProblem::TooMany);
        }
        if code.problem.is_none() {
            candidates.push(Candidate::new(discount, Some(index), cart.currency, lines)?);
        }
    }
    let mut automatic: Vec<&Discount> = discounts.iter().filter(|one| one.method == Method::Automatic).collect();
    automatic.sort_unstable_by_key(|discount| discount.key);
    for discount in automatic {
        if candidates.len() < MOST_DISCOUNTS && eligible::problem(discount, cart, lines)?.is_none() {
            candidates.push(Candidate::new(discount, None, cart.currency, lines)?);
        }
    }
    let best = combine::best(&candidates, cart.currency, lines, &mut cost_of_delivery)?;
    outcome(&candidates, best, cart, codes)
}

impl Discount {
    /// Refuses a discount that contradicts itself, as every quote with it would.
    ///
    /// # Errors
    /// `Rule`, `Negative`.
    pub fn check(&self) -> Result<()> {
        eligible::check(self)
    }
}

/// What each line costs that may be discounted; nothing for the others.
fn eligible_lines(lines: &[PricedLine<'_>]) -> Vec<Amount> {
    lines.iter().map(|line| if line.line.gift_card { Amount::ZERO } else { line.subtotal }).collect()
}

/// Finds the discounts of the codes.
fn entered(cart: &Cart, discounts: &[Discount]) -> Vec<CodeOutcome> {
    let folded = |code: &str| code.trim().to_lowercase();
    let mut seen = BTreeSet::new();
    let find = |code: &Arc<str>| {
        let wanted = folded(code);
        let has_it = |discount: &&Discount| match &discount.method {
            Method::Automatic => false,
            Method::Codes(codes) => codes.iter().any(|one| folded(one) == wanted),
        };
        let discount = discounts.iter().filter(has_it).map(|discount| discount.key).min();
        let problem = match discount {
            None => Some(CodeProblem::NotFound),
            Some(key) => (!seen.insert(key)).then_some(CodeProblem::Repeated),
        };
        CodeOutcome { code: code.clone(), discount, problem }
    };
    cart.discount_codes.iter().map(find).collect()
}

fn outcome(
    candidates: &[Candidate<'_>],
    best: combine::Combination,
    cart: &Cart,
    mut codes: Vec<CodeOutcome>,
) -> Result<Discounted> {
    let mut applied = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let discount = candidate.discount;
        let pieces = best.lines.iter().chain(&best.groups).flatten();
        let amount = Amount::sum(pieces.filter(|piece| piece.discount == discount.key).map(|piece| piece.amount))?;
        let counts = best.members.contains(&index) && (amount.is_positive() || best.waiting.contains(&index));
        if let Some(code) = candidate.code.filter(|_| !counts) {
            codes[code].problem = Some(match candidate.class() {
                DiscountClass::Shipping if !best.entitled.contains(&index) => CodeProblem::NoEntitledShipping,
                DiscountClass::Product if !candidate.takes_anything() => candidate.nothing_to_take(),
                DiscountClass::Product | DiscountClass::Order | DiscountClass::Shipping => {
                    CodeProblem::BetterCombination
                }
            });
        }
        if counts {
            applied.push(AppliedDiscount {
                key: discount.key,
                title: discount.title.clone(),
                code: candidate.code.map(|code| cart.discount_codes[code].clone()),
                class: candidate.class(),
                amount,
            });
        }
    }
    Ok(Discounted { lines: best.lines, groups: best.groups, applied, codes })
}
