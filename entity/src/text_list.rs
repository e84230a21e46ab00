//! A short list of texts in one column.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// Texts in their order, as a JSON list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct TextList(pub Vec<String>);
