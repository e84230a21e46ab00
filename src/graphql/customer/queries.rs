//! Reading customers: the viewer, and the staff's list.

use async_graphql::{Context, Object};

use super::Customer;
use crate::{
    domain::{
        auth::{self, ViewerError},
        customer,
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        pagination::{Arguments, Connection, connection},
    },
};

/// Reads of customers.
#[derive(Debug, Default)]
pub struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// The customer who is signed in; null for guests and for staff sign-ins.
    async fn customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "An access token of a customer, in place of the header `Authorization`. One that is not valid is \
                    the error UNAUTHENTICATED, never a guest. Prefer the header.",
            secret
        )]
        customer_access_token: Option<String>,
    ) -> Option<Customer> {
        errors::optional(ctx, viewing_customer(ctx, customer_access_token).await)
    }

    /// Customers, the newest first. Staff accounts are not among them. Needs READ_CUSTOMERS.
    #[graphql(visible = "crate::graphql::guards::reads_customers")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Words that must all stand in e-mail address, names or phone; case and accents do not matter."
        )]
        query: Option<String>,
    ) -> Option<Connection<Customer>> {
        let arguments = Arguments { first, last, after, before };
        errors::nullable(ctx, list(ctx, arguments, query.as_deref()).await)
    }
}

async fn viewing_customer(ctx: &Context<'_>, token: Option<String>) -> Result<Option<Customer>, Error> {
    let app = ctx.app();
    let viewer = match token {
        None => *ctx.viewer(),
        Some(token) => {
            auth::viewer_of(app.database.reader(), &app.auth, &token).await.map_err(|error| match error {
                ViewerError::InvalidToken => Error::Unauthenticated,
                ViewerError::Fault(error) => error,
            })?
        }
    };
    let Some(id) = viewer.customer_account() else { return Ok(None) };
    Ok(customer::find(app.database.reader(), id).await?.map(Customer))
}

async fn list(ctx: &Context<'_>, arguments: Arguments, query: Option<&str>) -> Result<Connection<Customer>, Error> {
    ctx.require(Permission::ReadCustomers)?;
    let page = customer::list(ctx.app().database.reader(), &arguments.check()?, query).await?;
    connection(ctx, page, Customer)
}
