//! Adding, renaming and removing classes of goods.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    types::TaxClass,
    user_errors::{TaxUserError, halves},
};
use crate::{
    domain::{
        shared::{Error, Permission},
        tax,
    },
    graphql::{
        errors,
        global_id::{decode, encode},
        transaction::{author, begin, finish},
    },
};

/// A class to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxClassCreateInput {
    /// Its name, such as `Books`, at most 255 characters.
    name: String,
}

/// Changes of a class. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxClassUpdateInput {
    /// The class.
    id: ID,
    /// Its name.
    name: Option<String>,
}

/// Which class.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxClassDeleteInput {
    /// The class.
    id: ID,
}

/// What adding a class led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxClassCreatePayload {
    /// The class as it is now; null when refused.
    tax_class: Option<TaxClass>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

/// What changing a class led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxClassUpdatePayload {
    /// The class as it is now; null when refused.
    tax_class: Option<TaxClass>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

/// What removing a class led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxClassDeletePayload {
    /// The id of the class that is no more; null when refused.
    deleted_tax_class_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

async fn create(ctx: &Context<'_>, input: &TaxClassCreateInput) -> Result<TaxClassCreatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let tx = begin(ctx).await?;
    let done = tax::create_class(&tx, author, &input.name).await;
    let (row, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxClassCreatePayload { tax_class: row.map(TaxClass), user_errors })
}

async fn update(ctx: &Context<'_>, input: &TaxClassUpdateInput) -> Result<TaxClassUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = tax::update_class(&tx, author, id, input.name.as_deref()).await;
    let (row, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxClassUpdatePayload { tax_class: row.map(TaxClass), user_errors })
}

async fn delete(ctx: &Context<'_>, input: &TaxClassDeleteInput) -> Result<TaxClassDeletePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = tax::delete_class(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxClassDeletePayload { deleted_tax_class_id: id.map(encode), user_errors })
}

/// Changes of classes.
#[derive(Debug, Default)]
pub struct TaxClassMutation;

#[Object]
impl TaxClassMutation {
    /// Adds a class of goods that are taxed alike; variants are put into it by their `taxClassId`. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_class_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The class.")] input: TaxClassCreateInput,
    ) -> Option<TaxClassCreatePayload> {
        errors::nullable(ctx, create(ctx, &input).await)
    }

    /// Renames a class. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_class_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: TaxClassUpdateInput,
    ) -> Option<TaxClassUpdatePayload> {
        errors::nullable(ctx, update(ctx, &input).await)
    }

    /// Removes a class and its rates. One that variants are of, or as which a zone taxes delivery, is refused with IN_USE.
    /// Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_class_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which class.")] input: TaxClassDeleteInput,
    ) -> Option<TaxClassDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
