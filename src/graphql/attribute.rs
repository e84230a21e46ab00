//! Attributes in the API: names and values that a front end attaches to carts, lines and orders.

use async_graphql::{InputObject, SimpleObject};
use entity::address;

/// A name and a value that the front end attached; what they mean is the front end's.
#[derive(Clone, Debug, SimpleObject)]
pub struct Attribute {
    /// The name.
    pub key: String,
    /// The value.
    pub value: Option<String>,
}

impl From<&address::Attribute> for Attribute {
    fn from(attribute: &address::Attribute) -> Self {
        Self { key: attribute.key.clone(), value: Some(attribute.value.clone()) }
    }
}

/// The attributes as the API shows them, in the order given.
#[must_use]
pub fn list(attributes: &address::Attributes) -> Vec<Attribute> {
    attributes.0.iter().map(Attribute::from).collect()
}

/// A name and a value to attach.
#[derive(Clone, Debug, InputObject)]
pub struct AttributeInput {
    /// The name, 1 to 255 characters.
    pub key: String,
    /// The value, at most 1,000 characters.
    pub value: String,
}

impl From<AttributeInput> for address::Attribute {
    fn from(input: AttributeInput) -> Self {
        Self { key: input.key, value: input.value }
    }
}

/// The attributes as the domain takes them.
#[must_use]
pub fn taken(input: Option<Vec<AttributeInput>>) -> Vec<address::Attribute> {
    input.unwrap_or_default().into_iter().map(address::Attribute::from).collect()
}
