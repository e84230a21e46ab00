//! Which discounts stand together: the combination that takes the most off for the buyer.
//!
//! Whether two discounts may stand together depends on their classes and flags alone, so that the best combination needs no
//! search through sets. For each of the eight choices of classes (with or without product, order, shipping discounts):
//!
//! 1. Of each class only discounts take part that allow the other classes chosen. Either all of those that also allow their
//!    own class, or a single one that does not.
//! 2. Product: each line takes its best. The set whose lines take the most wins. More taken here never makes the sum of
//!    product and order discounts smaller, so that the two can be chosen one after the other.
//! 3. Order: percentages of what the lines still cost, each of the same base, then amounts, never below nothing.
//! 4. Shipping: each delivery group takes its best, of the cost of delivery after 2 and 3.
//!
//! Of the at most eight results the largest saving wins; of equals the one that honours more codes, then the one of fewer
//! discounts, then the one of smaller keys. The work is linear in the discounts.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, btree_set},
};

use super::{GroupCost, eligible_lines, items};
use crate::{
    Allocation, Amount, CodeProblem, Currency, Discount, DiscountClass, DiscountKey, Effect, Off, allocate,
    error::Result, quote::PricedLine,
};

/// A discount that may count.
pub(super) struct Candidate<'a> {
    pub discount: &'a Discount,
    /// The index of the code that brought it.
    pub code: Option<usize>,
    /// What it takes off each line if it stands alone.
    alone: Vec<Amount>,
}

impl<'a> Candidate<'a> {
    pub fn new(
        discount: &'a Discount,
        code: Option<usize>,
        currency: Currency,
        lines: &[PricedLine<'_>],
    ) -> Result<Self> {
        Ok(Self { discount, code, alone: items::amounts(&discount.effect, currency, lines)? })
    }

    pub fn class(&self) -> DiscountClass {
        self.discount.effect.class()
    }

    /// Whether a product discount takes anything off.
    pub fn takes_anything(&self) -> bool {
        self.alone.iter().any(|amount| amount.is_positive())
    }

    /// Why a product discount takes nothing off, though its lines are there.
    pub fn nothing_to_take(&self) -> CodeProblem {
        match self.discount.effect {
            Effect::BuyXGetY(_) => CodeProblem::QuantityTooSmall,
            Effect::Items { .. } | Effect::Order(_) | Effect::Shipping { .. } => CodeProblem::NoEntitledLines,
        }
    }

    /// Of equal amounts: codes before automatic discounts, then by key.
    fn order(&self) -> (bool, DiscountKey) {
        (self.code.is_none(), self.discount.key)
    }
}

/// The discounts that count and what they take off.
#[derive(Debug, Default)]
pub(super) struct Combination {
    /// Indices of candidates.
    pub members: BTreeSet<usize>,
    /// Members that take nothing off, because the cost of delivery is not known or is nothing.
    pub waiting: BTreeSet<usize>,
    /// Shipping discounts that some delivery group may have.
    pub entitled: BTreeSet<usize>,
    /// For each line.
    pub lines: Vec<Vec<Allocation>>,
    /// For each delivery group, or nothing at all.
    pub groups: Vec<Vec<Allocation>>,
}

/// What makes one result better than another: the greater is.
type Score = (Amount, usize, Reverse<usize>, Reverse<Vec<DiscountKey>>);

fn score(candidates: &[Candidate<'_>], saving: Amount, members: &BTreeSet<usize>) -> Score {
    let codes = members.iter().filter(|index| candidates[**index].code.is_some()).count();
    let mut keys: Vec<DiscountKey> = members.iter().map(|index| candidates[*index].discount.key).collect();
    keys.sort_unstable();
    (saving, codes, Reverse(members.len()), Reverse(keys))
}

/// What one class takes off.
struct Pick {
    members: BTreeSet<usize>,
    saving: Amount,
}

/// Chooses among candidates.
pub(super) fn best(
    candidates: &[Candidate<'_>],
    currency: Currency,
    lines: &[PricedLine<'_>],
    cost_of_delivery: &mut impl FnMut(&[Amount]) -> Result<Vec<GroupCost>>,
) -> Result<Combination> {
    use DiscountClass::{Order, Product, Shipping};
    let mut entitled = BTreeSet::new();
    let mut best: Option<(Score, Combination)> = None;
    for number in 0..8_u8 {
        let chosen: Vec<DiscountClass> = [(1, Product), (2, Order), (4, Shipping)]
            .into_iter()
            .filter(|(bit, _)| number & bit != 0)
            .map(|(_, class)| class)
            .collect();
        let mut result = Combination { lines: vec![Vec::new(); lines.len()], ..Combination::default() };
        let mut left = eligible_lines(lines);
        let mut saving = Amount::ZERO;
        if chosen.contains(&Product) {
            let Some(pick) = products(candidates, &chosen, &mut left, &mut result)? else { continue };
            saving = saving.plus(pick)?;
        }
        if chosen.contains(&Order) {
            let Some(pick) = orders(candidates, &chosen, currency, &mut left, &mut result)? else { continue };
            saving = saving.plus(pick)?;
        }
        if chosen.contains(&Shipping) {
            if !candidates.iter().any(|candidate| candidate.class() == Shipping) {
                continue;
            }
            let goods = with_gift_cards(lines, &left);
            let groups = cost_of_delivery(&goods)?;
            let Some(pick) = shipping(candidates, &chosen, currency, &groups, &mut result)? else {
                entitled.append(&mut result.entitled);
                continue;
            };
            saving = saving.plus(pick)?;
        }
        entitled.extend(&result.entitled);
        let score = score(candidates, saving, &result.members);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, result));
        }
    }
    let mut best = best.map(|(_, best)| best).unwrap_or_default();
    best.entitled = entitled;
    Ok(best)
}

/// What lines cost after discounts: what is left of those that may be discounted, and gift cards as they are.
fn with_gift_cards(lines: &[PricedLine<'_>], left: &[Amount]) -> Vec<Amount> {
    let goods = |(line, left): (&PricedLine<'_>, &Amount)| if line.line.gift_card { line.subtotal } else { *left };
    lines.iter().zip(left).map(goods).collect()
}

/// The sets that may stand together in a class: those that allow their own class, and each of the others alone.
fn sets(candidates: &[Candidate<'_>], class: DiscountClass, chosen: &[DiscountClass]) -> Vec<BTreeSet<usize>> {
    let allows = |candidate: &Candidate<'_>| {
        chosen.iter().filter(|other| **other != class).all(|other| candidate.discount.combines_with.with(*other))
    };
    let mut together = BTreeSet::new();
    let mut sets = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if candidate.class() != class || !allows(candidate) {
            continue;
        }
        if candidate.discount.combines_with.with(class) {
            together.insert(index);
        } else {
            sets.push(BTreeSet::from([index]));
        }
    }
    if !together.is_empty() {
        sets.push(together);
    }
    sets
}

fn better(candidates: &[Candidate<'_>], a: &Pick, b: &Pick) -> bool {
    score(candidates, a.saving, &a.members) > score(candidates, b.saving, &b.members)
}

fn products(
    candidates: &[Candidate<'_>],
    chosen: &[DiscountClass],
    left: &mut [Amount],
    result: &mut Combination,
) -> Result<Option<Amount>> {
    let mut best: Option<(Pick, Vec<Option<usize>>)> = None;
    for set in sets(candidates, DiscountClass::Product, chosen) {
        let mut of_lines = Vec::with_capacity(left.len());
        let mut pick = Pick { members: BTreeSet::new(), saving: Amount::ZERO };
        for line in 0..left.len() {
            let takes = |index: &usize| candidates[*index].alone[line];
            let takers = set.iter().copied().filter(|index| takes(index).is_positive());
            let taker = takers.max_by_key(|index| (takes(index), Reverse(candidates[*index].order())));
            if let Some(index) = taker {
                pick.saving = pick.saving.plus(takes(&index))?;
                pick.members.insert(index);
            }
            of_lines.push(taker);
        }
        if !pick.members.is_empty() && best.as_ref().is_none_or(|(most, _)| better(candidates, &pick, most)) {
            best = Some((pick, of_lines));
        }
    }
    let Some((pick, of_lines)) = best else { return Ok(None) };
    for (line, index) in of_lines.into_iter().enumerate() {
        let Some(index) = index else { continue };
        let amount = candidates[index].alone[line];
        left[line] = left[line].minus(amount)?;
        result.lines[line].push(Allocation { discount: candidates[index].discount.key, amount });
    }
    result.members.extend(pick.members);
    Ok(Some(pick.saving))
}

/// Percentages first, then amounts, each by key.
fn in_order<'a>(
    candidates: &'a [Candidate<'_>],
    set: btree_set::Iter<'a, usize>,
) -> Vec<(usize, &'a Off, DiscountKey)> {
    let mut members: Vec<_> = set
        .filter_map(|index| match &candidates[*index].discount.effect {
            Effect::Order(off) => Some((*index, off, candidates[*index].discount.key)),
            Effect::Items { .. } | Effect::BuyXGetY(_) | Effect::Shipping { .. } => None,
        })
        .collect();
    members.sort_unstable_by_key(|(_, off, key)| (!matches!(off, Off::Percentage(_)), *key));
    members
}

/// What each of a set of order discounts takes off lines that cost `base` together.
fn order_amounts(members: &[(usize, &Off, DiscountKey)], currency: Currency, base: Amount) -> Result<Vec<Amount>> {
    let mut left = base;
    let mut amounts = Vec::with_capacity(members.len());
    for (_, off, _) in members {
        let wanted = match off {
            Off::Percentage(percentage) => percentage.of(base)?,
            Off::Each(amounts) | Off::Across(amounts) => amounts.in_currency(currency).unwrap_or_default(),
        };
        let amount = wanted.min(left);
        left = left.minus(amount)?;
        amounts.push(amount);
    }
    Ok(amounts)
}

fn orders(
    candidates: &[Candidate<'_>],
    chosen: &[DiscountClass],
    currency: Currency,
    left: &mut Vec<Amount>,
    result: &mut Combination,
) -> Result<Option<Amount>> {
    let base = Amount::sum(left.iter().copied())?;
    let mut best: Option<(Pick, Vec<(DiscountKey, Amount)>)> = None;
    for set in sets(candidates, DiscountClass::Order, chosen) {
        let members = in_order(candidates, set.iter());
        let mut pick = Pick { members: BTreeSet::new(), saving: Amount::ZERO };
        let mut taken = Vec::new();
        for ((index, _, key), amount) in members.iter().zip(order_amounts(&members, currency, base)?) {
            if amount.is_positive() {
                pick.saving = pick.saving.plus(amount)?;
                pick.members.insert(*index);
                taken.push((*key, amount));
            }
        }
        if !taken.is_empty() && best.as_ref().is_none_or(|(most, _)| better(candidates, &pick, most)) {
            best = Some((pick, taken));
        }
    }
    let Some((pick, taken)) = best else { return Ok(None) };
    for (discount, amount) in taken {
        // In proportion to what is left, which is at least the amount: no line goes below nothing.
        for (line, piece) in allocate(amount, left)?.into_iter().enumerate() {
            if piece.is_positive() {
                left[line] = left[line].minus(piece)?;
                result.lines[line].push(Allocation { discount, amount: piece });
            }
        }
    }
    result.members.extend(pick.members);
    Ok(Some(pick.saving))
}

/// What a shipping discount takes off a group: none if it is not for it, nothing while there is no cost.
fn off_group(effect: &Effect, currency: Currency, group: &GroupCost) -> Result<Option<Amount>> {
    let Effect::Shipping { off, most, countries } = effect else { return Ok(None) };
    let there = countries.is_empty() || group.country.is_none_or(|country| countries.contains(&country));
    if group.collected || !there {
        return Ok(None);
    }
    let Some(cost) = group.cost else { return Ok(Some(Amount::ZERO)) };
    match most.as_ref().and_then(|most| most.in_currency(currency)) {
        Some(most) if cost > most => Ok(None),
        Some(_) | None => off.of(cost).map(Some),
    }
}

fn shipping(
    candidates: &[Candidate<'_>],
    chosen: &[DiscountClass],
    currency: Currency,
    groups: &[GroupCost],
    result: &mut Combination,
) -> Result<Option<Amount>> {
    let mut best: Option<(Pick, Vec<Option<(usize, Amount)>>)> = None;
    for set in sets(candidates, DiscountClass::Shipping, chosen) {
        let mut pick = Pick { members: BTreeSet::new(), saving: Amount::ZERO };
        let mut of_groups = Vec::with_capacity(groups.len());
        for group in groups {
            let mut taker: Option<(usize, Amount)> = None;
            for index in &set {
                let Some(amount) = off_group(&candidates[*index].discount.effect, currency, group)? else { continue };
                result.entitled.insert(*index);
                let rank = |index: usize, amount: Amount| (amount, Reverse(candidates[index].order()));
                if taker.is_none_or(|(one, most)| rank(*index, amount) > rank(one, most)) {
                    taker = Some((*index, amount));
                }
            }
            if let Some((index, amount)) = taker {
                pick.saving = pick.saving.plus(amount)?;
                pick.members.insert(index);
            }
            of_groups.push(taker);
        }
        if !pick.members.is_empty() && best.as_ref().is_none_or(|(most, _)| better(candidates, &pick, most)) {
            best = Some((pick, of_groups));
        }
    }
    let Some((pick, of_groups)) = best else { return Ok(None) };
    result.groups = of_groups
        .into_iter()
        .map(|taker| match taker {
            Some((index, amount)) if amount.is_positive() => {
                vec![Allocation { discount: candidates[index].discount.key, amount }]
            }
            Some(_) | None => Vec::new(),
        })
        .collect();
    result.waiting.extend(&pick.members);
    result.members.extend(pick.members);
    Ok(Some(pick.saving))
}
