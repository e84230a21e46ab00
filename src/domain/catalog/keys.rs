//! The columns of a product that repeat what stands elsewhere, for sorting and searching. They are computed here only.

use std::collections::HashSet;

use crate::domain::shared::{fold, words};

/// What the columns are computed from.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// Title.
    pub title: &'a str,
    /// Vendor.
    pub vendor: &'a str,
    /// Type.
    pub product_type: &'a str,
    /// Tags.
    pub tags: Vec<&'a str>,
    /// SKUs of the variants.
    pub skus: Vec<&'a str>,
    /// Prices of the variants, minor units, shop's currency.
    pub prices: Vec<i64>,
}

/// The columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Folded title.
    pub title_key: String,
    /// Folded vendor.
    pub vendor_key: String,
    /// Folded type.
    pub type_key: String,
    /// Each folded word once, between spaces: `" red lamp "`.
    pub search_words: String,
    /// Lowest price; 0 without a variant.
    pub min_price_minor: i64,
}

/// Computes the columns.
#[must_use]
pub fn keys(of: &Sources<'_>) -> Keys {
    let mut seen = HashSet::new();
    let mut search_words = String::from(" ");
    let texts = [of.title, of.vendor, of.product_type].into_iter();
    for text in texts.chain(of.tags.iter().copied()).chain(of.skus.iter().copied()) {
        for word in words(text) {
            if seen.insert(word.clone()) {
                search_words.push_str(&word);
                search_words.push(' ');
            }
        }
    }
    Keys {
        title_key: fold(of.title),
        vendor_key: fold(of.vendor),
        type_key: fold(of.product_type),
        search_words,
        min_price_minor: of.prices.iter().copied().min().unwrap_or(0),
    }
}
