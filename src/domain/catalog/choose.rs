//! Which variant a choice of options means.

use std::collections::{HashMap, HashSet};

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

    /// The variants that differ from a variant in the value of one option.
    #[must_use]
    pub fn adjacent(self, to: &Variant) -> Vec<&'a Variant> {
        let differences = |variant: &Variant| {
            let differs =
                |option: &&product_option::Model| variant.option(option.position) != to.option(option.position);
            self.options.iter().filter(differs).count()
        };
        self.variants.iter().filter(|variant| differences(variant) == 1).collect()
    }

    /// The values of an option, in the order of the variants that have them, each with the first of those.
    #[must_use]
    pub fn values(self, option: &product_option::Model) -> Vec<(&'a str, &'a Variant)> {
        let mut known = HashSet::new();
        let valued = |variant: &'a Variant| Some((variant.option(option.position)?, variant));
        self.variants.iter().filter_map(valued).filter(|(value, _)| known.insert(*value)).collect()
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
