//! The options of a product and their values.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::catalog::product_option;

use super::{Media, Product, ProductVariant};
use crate::{
    domain::catalog::{Variant, choose::Choices},
    graphql::{context::ContextExt, errors, global_id, oddities::ProductOptionOddities, scalars::Color},
};

/// One option of a product, such as its size.
#[derive(Clone, Debug)]
pub struct ProductOption {
    pub(super) product: Product,
    pub(super) row: product_option::Model,
    pub(super) variants: Arc<Vec<Variant>>,
}

impl ProductOption {
    fn value_list(&self) -> Vec<(&str, &Variant)> {
        Choices { options: &[], variants: &self.variants }.values(&self.row)
    }
}

/// One option of a product, such as its size.
#[Object]
impl ProductOption {
    /// The option's id.
    async fn id(&self) -> ID {
        global_id::encode(self.row.id)
    }

    /// Its name, such as `Size`.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Its values, in the order of the variants that have them.
    async fn option_values(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ProductOptionValue>> {
        let values = self.value_list();
        errors::required(ctx, ctx.request().budget.charge(values.len()))?;
        let value = |(name, first): (&str, &Variant)| ProductOptionValue {
            name: name.to_owned(),
            first: ProductVariant::of(self.product.clone(), first.clone()),
        };
        Ok(values.into_iter().map(value).collect())
    }

    /// Members for old clients.
    #[graphql(flatten)]
    async fn oddities(&self) -> ProductOptionOddities {
        ProductOptionOddities::new(self.value_list().into_iter().map(|(name, _)| name.to_owned()).collect())
    }
}

/// One value of a product's option, such as `L`.
#[derive(Clone, Debug)]
pub struct ProductOptionValue {
    name: String,
    first: ProductVariant,
}

/// One value of a product's option, such as `L`.
#[Object]
impl ProductOptionValue {
    /// The value.
    async fn name(&self) -> &str {
        &self.name
    }

    /// The first variant with this value, for sale or not: following it changes this option and sets the others to their
    /// first.
    async fn first_selectable_variant(&self) -> Option<ProductVariant> {
        Some(self.first.clone())
    }

    /// A color or a picture to show the value with. Always null: values have none yet.
    async fn swatch(&self) -> Option<ProductOptionValueSwatch> {
        None
    }
}

/// A color or a picture that shows an option's value.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductOptionValueSwatch {
    /// The color.
    color: Option<Color>,
    /// The picture.
    image: Option<Media>,
}
