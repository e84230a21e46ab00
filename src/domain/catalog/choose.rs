//! Which variant a choice of options means.

use std::collections::HashMap;

use entity::catalog::product_option;

use super::Variant;
use crate::domain::shared::fold;

/// One option that a shopper chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The option's name, such as `Size`.
    pub name: String,
    /// Its value, such as `L`.
    pub value: String,
}

/// How a choice is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Names that the product has no option of are left out, instead of matching nothing.
    pub ignore_unknown: bool,
    /// Case and accents do not matter.
    pub fold_case: bool,
}

/// The options and variants of one product, to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    /// The options, in order.
    pub options: &'a [product_option::Model],
    /// The variants, in order.
    pub variants: &'a [Variant],
}

impl<'a> Choices<'a> {
    /// The one variant with all the options chosen; nothing if there is none, or more than one.
    #[must_use]
    pub fn exact(self, chosen: &[Choice], reading: Reading) -> Option<&'a Variant> {
        let wanted = self.wanted(chosen, reading)?;
        let mut matches = self.variants.iter().filter(|variant| has(variant, &wanted, reading));
        matches.next().filter(|_| matches.next().is_none())
    }

    /// The variant chosen; when the choice is partial, the first for sale that it fits; when it fits none, the first for
    /// sale, or the first of all.
    #[must_use]
    pub fn exact_or_first(self, chosen: &[Choice], reading: Reading) -> Option<&'a Variant> {
        let wanted = self.wanted(chosen, reading);
        let fitting = |variant: &&Variant| wanted.as_ref().is_some_and(|wanted| has(variant, wanted, reading));
        let fit = self.variants.iter().filter(fitting).min_by_key(|variant| !variant.is_sellable());
        fit.or_else(|| self.variants.iter().min_by_key(|variant| !variant.is_sellable()))
    }

    /// The variants that differ from the choice in the value of one option, whether the choice itself is a variant or not;
    /// in the order of their ids. Options that are not chosen are those of [`Self::exact_or_first`].
    #[must_use]
    pub fn adjacent(self, chosen: &[Choice], reading: Reading) -> Vec<&'a Variant> {
        let Some(from) = self.exact_or_first(chosen, reading) else { return Vec::new() };
        let wanted = self.wanted(chosen, reading).unwrap_or_default();
        let differs = |variant: &Variant, option: &product_option::Model| {
            let asked = wanted.iter().find(|(position, _)| *position == option.position);
            match (variant.option(option.position), asked) {
                (Some(own), Some((_, value))) => !same(own, value, reading),
                (own, _) => own != from.option(option.position),
            }
        };
        let differences = |variant: &Variant| self.options.iter().filter(|option| differs(variant, option)).count();
        let mut adjacent: Vec<&Variant> = self.variants.iter().filter(|variant| differences(variant) == 1).collect();
        adjacent.sort_by_key(|variant| variant.id());
        adjacent
    }

    /// The values of an option, in the order of the variants that have them, each with the variant that has it and the
    /// earliest values of the other options.
    #[must_use]
    pub fn values(self, option: &product_option::Model) -> Vec<(&'a str, &'a Variant)> {
        let others: Vec<i32> = (1..=3).filter(|position| *position != option.position).collect();
        let places: Vec<_> =
            others.iter().map(|position| (*position, value_positions(self.variants, *position))).collect();
        let order = |variant: &'a Variant| -> Vec<Option<usize>> {
            let place =
                |(position, places): &(i32, HashMap<&str, usize>)| places.get(variant.option(*position)?).copied();
            places.iter().map(place).collect()
        };
        let mut values: Vec<(&str, &Variant, Vec<Option<usize>>)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for variant in self.variants {
            let Some(value) = variant.option(option.position) else { continue };
            let candidate = (value, variant, order(variant));
            let place = *known.entry(value).or_insert(values.len());
            match values.get_mut(place) {
                Some(best) if candidate.2 < best.2 => *best = candidate,
                Some(_) => {}
                None => values.push(candidate),
            }
        }
        values.into_iter().map(|(value, variant, _)| (value, variant)).collect()
    }

    /// The choice as positions and values; nothing if it names an option that the product has not.
    fn wanted(self, chosen: &[Choice], reading: Reading) -> Option<Vec<(i32, &str)>> {
        let mut wanted = Vec::new();
        for choice in chosen {
            let named = |option: &&product_option::Model| same(&option.name, &choice.name, reading);
            match self.options.iter().find(named) {
                Some(option) => wanted.push((option.position, choice.value.as_str())),
                None if reading.ignore_unknown => {}
                None => return None,
            }
        }
        Some(wanted)
    }
}

/// The place of each value of the option at a position, in the order of [`Choices::values`].
pub(super) fn value_positions(variants: &[Variant], position: i32) -> HashMap<&str, usize> {
    let mut places = HashMap::new();
    for value in variants.iter().filter_map(|variant| variant.option(position)) {
        let next = places.len();
        places.entry(value).or_insert(next);
    }
    places
}

fn has(variant: &Variant, wanted: &[(i32, &str)], reading: Reading) -> bool {
    wanted.iter().all(|(position, value)| variant.option(*position).is_some_and(|own| same(own, value, reading)))
}

fn same(one: &str, other: &str, reading: Reading) -> bool {
    if reading.fold_case { fold(one) == fold(other) } else { one == other }
}
