//! Reading how the shop charges taxes.

use async_graphql::{Context, Object};

use super::types::{TaxClass, TaxSettings, TaxZone};
use crate::{
    domain::{
        shared::{Error, Page, Permission},
        tax,
    },
    graphql::{
        context::ContextExt,
        errors,
        pagination::{Arguments, Connection, connection},
    },
};

/// Reads of taxes.
#[derive(Debug, Default)]
pub struct TaxQuery;

#[Object]
impl TaxQuery {
    /// The classes of goods that are taxed alike, by name; at most 100. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn tax_classes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<TaxClass>> {
        errors::nullable(ctx, classes(ctx, Arguments { first, last, after, before }).await)
    }

    /// The parts of the world that are taxed alike, by name; at most 500. A shop without any charges no taxes. Needs
    /// READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn tax_zones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<TaxZone>> {
        errors::nullable(ctx, zones(ctx, Arguments { first, last, after, before }).await)
    }

    /// What entered prices contain and mean elsewhere. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn tax_settings(&self, ctx: &Context<'_>) -> Option<TaxSettings> {
        errors::nullable(ctx, settings(ctx).await)
    }
}

async fn classes(ctx: &Context<'_>, arguments: Arguments) -> Result<Connection<TaxClass>, Error> {
    ctx.require(Permission::ReadSettings)?;
    let request = arguments.check()?;
    let all = tax::classes(ctx.app().database.reader()).await?;
    connection(ctx, Page::from_slice(&request, all)?, TaxClass)
}

async fn zones(ctx: &Context<'_>, arguments: Arguments) -> Result<Connection<TaxZone>, Error> {
    ctx.require(Permission::ReadSettings)?;
    let request = arguments.check()?;
    let all = tax::zones(ctx.app().database.reader()).await?;
    connection(ctx, Page::from_slice(&request, all)?, TaxZone)
}

async fn settings(ctx: &Context<'_>) -> Result<TaxSettings, Error> {
    ctx.require(Permission::ReadSettings)?;
    Ok(TaxSettings(tax::settings(ctx.app().database.reader()).await?))
}
