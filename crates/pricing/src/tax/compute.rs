//! The calculation of taxes: each rounded once, for a line or for the order, and shared out so that the parts add up.

use super::{Component, Components, RoundingLevel, TaxRounding, TaxZone, place};
use crate::{Amount, TaxKey, TaxZoneKey, allocate, error::Result};

/// Something that is taxed in one place: a line, or a part of a delivery group's cost.
#[derive(Clone, Debug)]
pub(crate) struct Taxable<'a> {
    /// Where.
    pub zone: &'a TaxZone,
    /// With what.
    pub components: &'a [Component],
    /// Whether the amount contains the taxes.
    pub inclusive: bool,
    /// What it costs after discounts.
    pub amount: Amount,
}

/// The taxes of each, in the order given, one amount for each of its components.
pub(crate) fn taxes(all: &[Taxable<'_>]) -> Result<Vec<Vec<Amount>>> {
    let mut taxes: Vec<Vec<Amount>> = all.iter().map(|one| vec![Amount::ZERO; one.components.len()]).collect();
    for group in by_rounding(all) {
        let first = &all[group[0]];
        let TaxRounding { components, .. } = first.zone.rounding;
        if first.inclusive || components == Components::Together {
            together(all, &group, &mut taxes)?;
        } else {
            separately(all, &group, &mut taxes)?;
        }
    }
    Ok(taxes)
}

/// What is rounded at once: each alone by line; by order what shares a zone, and its taxes where they are rounded together.
fn by_rounding(all: &[Taxable<'_>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Option<(TaxZoneKey, bool, Vec<TaxKey>)>, Vec<usize>)> = Vec::new();
    for (index, one) in all.iter().enumerate() {
        if one.components.is_empty() {
            continue;
        }
        let TaxRounding { level, components, .. } = one.zone.rounding;
        let keys = || one.components.iter().map(|component| component.key).collect();
        let shared = match (level, one.inclusive, components) {
            (RoundingLevel::Line, _, _) => None,
            (RoundingLevel::Order, false, Components::Separately) => Some((one.zone.key, false, Vec::new())),
            (RoundingLevel::Order, inclusive, _) => Some((one.zone.key, inclusive, keys())),
        };
        let known = shared.as_ref().and_then(|_| groups.iter().position(|(key, _)| *key == shared));
        match known {
            Some(position) => groups[position].1.push(index),
            None => groups.push((shared, vec![index])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// All taxes of the group in one rounding, then each thing's part, then each tax's part of that.
fn together(all: &[Taxable<'_>], group: &[usize], taxes: &mut [Vec<Amount>]) -> Result<()> {
    let first = &all[group[0]];
    let mode = first.zone.rounding.mode;
    let amounts: Vec<Amount> = group.iter().map(|index| all[*index].amount).collect();
    let sum = Amount::sum(amounts.iter().copied())?;
    let calculate = if first.inclusive { place::within } else { place::upon };
    let total = calculate(sum, first.components, mode)?;
    // Rates are at most 100,000 % together, which is 10^15 in this unit and fits.
    let weight = |rate: &i128| Amount(i64::try_from(*rate).unwrap_or(i64::MAX));
    let weights: Vec<Amount> = place::effective(first.components).iter().map(weight).collect();
    // The order's sum of each tax is settled first, so that it too follows from the rates and not from the lines.
    let mut left = allocate(total, &weights)?;
    let parts = if total.is_positive() { allocate(total, &amounts)? } else { vec![Amount::ZERO; amounts.len()] };
    for (index, part) in group.iter().zip(parts) {
        taxes[*index] = allocate_within(part, &mut left)?;
    }
    Ok(())
}

/// Takes `amount` out of what is left of each pot, in proportion to the pots.
fn allocate_within(amount: Amount, left: &mut [Amount]) -> Result<Vec<Amount>> {
    if !amount.is_positive() {
        return Ok(vec![Amount::ZERO; left.len()]);
    }
    let pieces = allocate(amount, left)?;
    for (pot, piece) in left.iter_mut().zip(&pieces) {
        *pot = pot.minus(*piece)?;
    }
    Ok(pieces)
}

/// Each tax in a rounding of its own: plain ones first, then compound ones on what is before them.
fn separately(all: &[Taxable<'_>], group: &[usize], taxes: &mut [Vec<Amount>]) -> Result<()> {
    let mode = all[group[0]].zone.rounding.mode;
    let mut order: Vec<(bool, usize, TaxKey)> = Vec::new();
    for index in group {
        for (position, component) in all[*index].components.iter().enumerate() {
            match order.iter_mut().find(|(_, _, key)| *key == component.key) {
                Some((_, last, _)) => *last = position.max(*last),
                None => order.push((component.compound, position, component.key)),
            }
        }
    }
    order.sort_unstable();
    for (_, _, key) in order {
        let mut bases = Vec::with_capacity(group.len());
        let mut rate = 0;
        let mut bearers = Vec::with_capacity(group.len());
        for index in group {
            let one = &all[*index];
            let Some(position) = one.components.iter().position(|component| component.key == key) else { continue };
            let component = &one.components[position];
            let mut base = one.amount;
            if component.compound {
                base = base.plus(Amount::sum(taxes[*index][..position].iter().copied())?)?;
            }
            rate = i128::from(component.rate.0);
            bases.push(base);
            bearers.push((*index, position));
        }
        let sum = Amount::sum(bases.iter().copied())?;
        let total = sum.share(rate, super::PartsPerMillion::ONE, mode)?;
        if !total.is_positive() {
            continue;
        }
        for ((index, position), part) in bearers.into_iter().zip(allocate(total, &bases)?) {
            taxes[index][position] = part;
        }
    }
    Ok(())
}
