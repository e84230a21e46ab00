//! Which combinations of a product's options there are, as one short text: the encoding that published storefront
//! libraries decode (`decodeEncodedVariant` of `@shopify/hydrogen-react`).
//!
//! A combination is the position of its value within each option, from 0. After the version `v1_`, the combinations are
//! a tree: `:` goes down to the next option, `,` comes back up, and within the last option `-` makes a range and a space
//! leaves a gap. `0:0:0,1:0-1,,1:1:3,,` is 0/0/0, 0/1/0, 0/1/1 and 1/1/3.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write,
};

use super::{
    Variant,
    choose::{Choices, value_positions},
};

/// The version that begins every text.
const VERSION: &str = "v1_";

/// The combinations of those variants that are wanted. A product without options has one combination, `v1_0`, if its
/// variant is wanted.
#[must_use]
pub fn combinations(choices: Choices<'_>, wanted: impl Fn(&Variant) -> bool) -> String {
    let positions: Vec<HashMap<&str, usize>> =
        choices.options.iter().map(|option| value_positions(choices.variants, option.position)).collect();
    let combination = |variant: &Variant| -> Option<Vec<usize>> {
        if choices.options.is_empty() {
            return Some(vec![0]);
        }
        let each = choices.options.iter().zip(&positions);
        each.map(|(option, positions)| positions.get(variant.option(option.position)?).copied()).collect()
    };
    encode(choices.variants.iter().filter(|variant| wanted(variant)).filter_map(combination).collect())
}

/// Combinations of equal length as one text.
#[must_use]
pub fn encode(combinations: BTreeSet<Vec<usize>>) -> String {
    let sorted: Vec<Vec<usize>> = combinations.into_iter().filter(|combination| !combination.is_empty()).collect();
    let mut text = VERSION.to_owned();
    write_level(&mut text, &sorted, 0);
    text
}

/// Writes what combinations that are alike before `level` have from it on.
fn write_level(text: &mut String, sorted: &[Vec<usize>], level: usize) {
    let at = |combination: &Vec<usize>| combination.get(level).copied();
    if sorted.iter().all(|combination| combination.len() == level + 1) {
        write_runs(text, sorted.iter().filter_map(at));
        return;
    }
    for alike in sorted.chunk_by(|one, next| at(one) == at(next)) {
        if let Some(value) = alike.first().and_then(at) {
            push(text, value);
            text.push(':');
            write_level(text, alike, level + 1);
            text.push(',');
        }
    }
}

/// Writes growing numbers as runs: `0-2 4`.
fn write_runs(text: &mut String, values: impl Iterator<Item = usize>) {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == value => *end = value,
            _ => runs.push((value, value)),
        }
    }
    for (index, (start, end)) in runs.into_iter().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        push(text, start);
        if end > start {
            text.push('-');
            push(text, end);
        }
    }
}

fn push(text: &mut String, number: usize) {
    // Writing to a String cannot fail.
    let _ = write!(text, "{number}");
}

#[cfg(test)]
#[path = "encoded_tests.rs"]
mod tests;
