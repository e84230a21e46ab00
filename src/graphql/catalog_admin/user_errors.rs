//! Refusals of the catalog as the API tells them.

use async_graphql::{Enum, SimpleObject};

use crate::domain::catalog::{Code, Refusal};

/// Why a change of the catalog was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code")]
pub enum CatalogErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text is too long.
    TooLong,
    /// The list is too long.
    TooMany,
    /// The value has not the form that is expected, or is out of range.
    Invalid,
    /// The handle is in use.
    Taken,
    /// Two options of one name, or two variants with the same option values.
    Duplicate,
    /// There is no such option, variant, image or product.
    NotFound,
    /// Units of a variant are held for orders whose payment is awaited; they are free within minutes.
    StockHeld,
    /// The product's status does not allow it.
    InvalidStatus,
}

/// Something about a change of the catalog that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
pub struct CatalogUserError {
    /// Where in the arguments, such as `["input", "variants", "0", "price"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<CatalogErrorCode>,
}

impl From<Refusal> for CatalogUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<CatalogUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
