//! Searches to suggest: phrases of what was found that hold all that was typed. Whoever follows one finds something.

use std::collections::HashSet;

use entity::catalog::product;

use super::styled::marked;
use crate::domain::shared::{fold, words};

/// A suggested search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The search.
    pub text: String,
    /// The same as HTML, what was typed marked.
    pub styled: String,
}

/// At most `most` suggestions for what was typed, of products that it found: their types and vendors first, which find
/// more than one, then their titles.
#[must_use]
pub fn suggestions(typed: &str, found: &[&product::Model], most: usize) -> Vec<Suggestion> {
    let typed = words(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let types = found.iter().map(|product| &product.product_type);
    let vendors = found.iter().map(|product| &product.vendor);
    let titles = found.iter().map(|product| &product.title);
    let holds_all = |phrase: &str| {
        let has = words(phrase);
        typed.iter().all(|typed| has.iter().any(|word| word.starts_with(typed.as_str())))
    };
    let mut seen = HashSet::new();
    let fitting = types.chain(vendors).chain(titles).filter(|phrase| holds_all(phrase) && seen.insert(fold(phrase)));
    let suggestion = |phrase: &String| {
        let text = phrase.to_lowercase();
        Suggestion { styled: marked(&text, &typed), text }
    };
    fitting.take(most).map(suggestion).collect()
}
