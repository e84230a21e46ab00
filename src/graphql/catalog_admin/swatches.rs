//! What shows the values of options, as staff say.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    inputs::{ProductImageInput, image},
    user_errors::{CatalogUserError, halves},
};
use crate::{
    domain::{
        catalog::{self, OptionSwatch as Row, SwatchDraft},
        shared::{Error, Page, Permission},
    },
    graphql::{
        catalog::Image,
        context::ContextExt,
        errors,
        global_id::{decode, encode},
        pagination::{Arguments, Connection, connection},
        scalars::{Color, DateTime},
        transaction::{author, begin, finish},
    },
};

/// What shows a value of an option, the same for every product.
#[derive(Debug)]
pub struct OptionSwatch(Row);

/// What shows a value of an option, the same for every product.
#[Object]
impl OptionSwatch {
    /// The swatch's id.
    async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// The option's name.
    async fn option_name(&self) -> &str {
        &self.0.option_name
    }

    /// The value.
    async fn value(&self) -> &str {
        &self.0.value
    }

    /// The color.
    async fn color(&self) -> Option<Color> {
        self.0.color.clone().map(Color)
    }

    /// The picture.
    async fn image(&self) -> Option<Image> {
        Image::of_swatch(&self.0)
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What shall show a value of an option.
#[derive(InputObject)]
pub struct OptionSwatchSetInput {
    /// The option's name, such as `Color`. Case plays no part.
    option_name: String,
    /// The value, such as `Amber`. Case plays no part.
    value: String,
    /// A color; it or a picture must be there.
    color: Option<Color>,
    /// A picture, such as of a fabric.
    image: Option<ProductImageInput>,
}

/// Which swatch.
#[derive(InputObject)]
pub struct OptionSwatchDeleteInput {
    /// The swatch.
    id: ID,
}

/// What saying how a value is shown led to.
#[derive(SimpleObject)]
pub struct OptionSwatchSetPayload {
    /// The swatch as it is now; null when refused.
    option_swatch: Option<OptionSwatch>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

/// What taking a swatch away led to.
#[derive(SimpleObject)]
pub struct OptionSwatchDeletePayload {
    /// The swatch that is gone; null when refused.
    deleted_option_swatch_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<CatalogUserError>,
}

async fn list(ctx: &Context<'_>, arguments: Arguments) -> Result<Connection<OptionSwatch>, Error> {
    ctx.require(Permission::ReadProducts)?;
    let request = arguments.check()?;
    let all = catalog::swatches(ctx.app().database.reader()).await?;
    connection(ctx, Page::from_slice(&request, all)?, OptionSwatch)
}

async fn set(ctx: &Context<'_>, input: OptionSwatchSetInput) -> Result<OptionSwatchSetPayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let draft = SwatchDraft {
        option: input.option_name,
        value: input.value,
        color: input.color.map(|color| color.0),
        image: input.image.map(image),
    };
    let tx = begin(ctx).await?;
    let done = catalog::set_swatch(&tx, author, draft).await;
    let (row, user_errors) = halves(finish(tx, done).await?);
    Ok(OptionSwatchSetPayload { option_swatch: row.map(OptionSwatch), user_errors })
}

async fn delete(ctx: &Context<'_>, input: OptionSwatchDeleteInput) -> Result<OptionSwatchDeletePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = catalog::delete_swatch(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(OptionSwatchDeletePayload { deleted_option_swatch_id: id.map(encode), user_errors })
}

/// Reads of swatches.
#[derive(Debug, Default)]
pub struct SwatchQuery;

#[Object]
impl SwatchQuery {
    /// What shows the values of options, by option and value. Needs READ_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::reads_products")]
    async fn option_swatches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<OptionSwatch>> {
        errors::nullable(ctx, list(ctx, Arguments { first, last, after, before }).await)
    }
}

/// Changes of swatches.
#[derive(Debug, Default)]
pub struct SwatchMutation;

#[Object]
impl SwatchMutation {
    /// Says what shows a value of an option in every product; what showed it before is replaced. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn option_swatch_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The value and what shows it.")] input: OptionSwatchSetInput,
    ) -> Option<OptionSwatchSetPayload> {
        errors::nullable(ctx, set(ctx, input).await)
    }

    /// Takes away what shows a value of an option. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn option_swatch_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which swatch.")] input: OptionSwatchDeleteInput,
    ) -> Option<OptionSwatchDeletePayload> {
        errors::nullable(ctx, delete(ctx, input).await)
    }
}
