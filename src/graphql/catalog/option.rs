//! The options of a product and their values.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{catalog::product_option, ids::ProductOptionId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Image, Media, MediaImage, Product, ProductVariant,
    loaders::{self, VariantsOf},
};
use crate::{
    domain::{
        catalog::{SwatchKey, Variant, choose::Choices},
        shared::Error,
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::{self, GlobalId},
        oddities::ProductOptionOddities,
        scalars::Color,
    },
};

/// One option of a product, such as its size.
#[derive(Clone, Debug)]
pub struct ProductOption {
    pub(super) product: Product,
    pub(super) row: product_option::Model,
    pub(super) variants: Arc<Vec<Variant>>,
}

impl ProductOption {
    /// The option with an id, if the viewer may see its product.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: ProductOptionId) -> Result<Option<Self>, Error> {
        let Some(row) = loaders::loader(ctx).load_one(id).await? else { return Ok(None) };
        let Some(product) = Product::load(ctx, row.product_id).await? else { return Ok(None) };
        let variants = loaders::list_of(ctx, VariantsOf(row.product_id)).await?;
        Ok(Some(Self { product, row, variants }))
    }

    fn values(&self) -> Vec<ProductOptionValue> {
        let value = |(name, first): (&str, &Variant)| ProductOptionValue {
            option: self.row.id,
            option_name: self.row.name.clone(),
            name: name.to_owned(),
            first: ProductVariant::of(self.product.clone(), first.clone()),
        };
        self.value_list().into_iter().map(value).collect()
    }

    fn value_list(&self) -> Vec<(&str, &Variant)> {
        Choices { options: &[], variants: &self.variants }.values(&self.row)
    }
}

/// One option of a product, such as its size.
#[Object]
impl ProductOption {
    /// The option's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.row.id)
    }

    /// Its name, such as `Size`.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Its values, in the order of the variants that have them.
    async fn option_values(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ProductOptionValue>> {
        let values = self.values();
        errors::required(ctx, ctx.request().budget.charge(values.len()))?;
        Ok(values)
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
    option: ProductOptionId,
    option_name: String,
    name: String,
    first: ProductVariant,
}

impl ProductOptionValue {
    /// The name of the type in ids.
    pub const KIND: &'static str = "ProductOptionValue";

    /// The value with an id, if the viewer may see its product.
    ///
    /// # Errors
    /// `BadInput` naming `argument` for what is no id of a value; the database's.
    pub async fn load(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Self>, Error> {
        let malformed = || Error::bad_input(argument, "must be the id of a ProductOptionValue");
        let tail = GlobalId::parse(id).filter(|id| id.kind == Self::KIND).ok_or_else(malformed)?.tail;
        let (option, wanted) = tail.split_once('.').ok_or_else(malformed)?;
        let option = ProductOptionId(Uuid::try_parse(option).map_err(|_| malformed())?);
        let Some(option) = ProductOption::load(ctx, option).await? else { return Ok(None) };
        Ok(option.values().into_iter().find(|value| mark(&value.name) == wanted))
    }
}

/// What tells the values of one option apart in their ids: they have no row, and so no id of their own.
fn mark(name: &str) -> String {
    Sha256::digest(name).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// One value of a product's option, such as `L`.
#[Object]
impl ProductOptionValue {
    /// The value's id. It stays the same as long as the option has the value.
    pub async fn id(&self) -> ID {
        ID(format!("gid://cartwright/{}/{}.{}", Self::KIND, self.option, mark(&self.name)))
    }

    /// The value.
    async fn name(&self) -> &str {
        &self.name
    }

    /// The variant with this value and the earliest values of the other options, for sale or not: following it changes
    /// this option and sets the others to their first.
    async fn first_selectable_variant(&self) -> Option<ProductVariant> {
        Some(self.first.clone())
    }

    /// A color or a picture to show the value with, the same for every product; null when staff gave it none.
    async fn swatch(&self, ctx: &Context<'_>) -> Option<ProductOptionValueSwatch> {
        let key = SwatchKey::new(&self.option_name, &self.name);
        let loaded = loaders::loader(ctx).load_one(key).await.map_err(Error::from);
        let row = errors::optional(ctx, loaded)?;
        let image = Image::of_swatch(&row).map(|image| Media::MediaImage(MediaImage(image)));
        Some(ProductOptionValueSwatch { color: row.color.map(Color), image })
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
