//! The small objects that products, variants and collections are made of.

use async_graphql::{InputObject, SimpleObject};

use crate::{
    domain::{
        catalog::{
            PriceBreak, PriceRange,
            choose::{Choice, Reading},
            shortened,
        },
        shared::Error,
    },
    graphql::scalars::MoneyV2,
};

/// What search engines are told.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "SEO")]
pub struct Seo {
    /// The title for search engines; null: use the object's own.
    pub title: Option<String>,
    /// The description for search engines; null: use the object's own.
    pub description: Option<String>,
}

/// One option of a variant with the variant's value.
#[derive(Clone, Debug, SimpleObject)]
pub struct SelectedOption {
    /// The option's name, such as `Size`.
    pub name: String,
    /// The variant's value, such as `L`.
    pub value: String,
}

/// An option that was chosen.
#[derive(Clone, Debug, InputObject)]
pub struct SelectedOptionInput {
    /// The option's name, such as `Size`.
    pub name: String,
    /// The value chosen, such as `L`.
    pub value: String,
}

impl From<SelectedOptionInput> for Choice {
    fn from(input: SelectedOptionInput) -> Self {
        Self { name: input.name, value: input.value }
    }
}

/// Most options that may be chosen.
const MOST_CHOICES: usize = 250;

/// The options chosen.
///
/// # Errors
/// `BadInput` for more than 250.
pub(super) fn choices(selected_options: Option<Vec<SelectedOptionInput>>) -> Result<Vec<Choice>, Error> {
    let chosen = selected_options.unwrap_or_default();
    if chosen.len() > MOST_CHOICES {
        return Err(Error::bad_input("selectedOptions", format!("give at most {MOST_CHOICES} options")));
    }
    Ok(chosen.into_iter().map(Choice::from).collect())
}

/// The lowest and the highest price among a product's variants.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductPriceRange {
    /// The price of the cheapest variant.
    pub min_variant_price: MoneyV2,
    /// The price of the dearest variant.
    pub max_variant_price: MoneyV2,
}

impl From<PriceRange> for ProductPriceRange {
    fn from(range: PriceRange) -> Self {
        Self { min_variant_price: range.min.into(), max_variant_price: range.max.into() }
    }
}

/// The price of one unit from a quantity on.
#[derive(Clone, Debug, SimpleObject)]
pub struct QuantityPriceBreak {
    /// From how many units of the variant in a cart on, all its lines together; more than 1.
    minimum_quantity: i64,
    /// What one unit costs then.
    price: MoneyV2,
}

impl From<PriceBreak> for QuantityPriceBreak {
    fn from(row: PriceBreak) -> Self {
        Self { minimum_quantity: row.minimum_quantity, price: row.price.into() }
    }
}

/// A description, cut where the client asks for it.
///
/// # Errors
/// `BadInput` for a negative length.
pub(super) fn described(text: &str, truncate_at: Option<i32>) -> Result<String, Error> {
    match truncate_at {
        None => Ok(text.to_owned()),
        Some(most) => usize::try_from(most)
            .map(|most| shortened(text, most))
            .map_err(|_| Error::bad_input("truncateAt", "must not be negative")),
    }
}

/// How an input of chosen options is read.
pub(super) fn reading(ignore_unknown: bool, case_insensitive_match: Option<bool>) -> Reading {
    Reading { ignore_unknown, fold_case: case_insensitive_match.unwrap_or(false) }
}
