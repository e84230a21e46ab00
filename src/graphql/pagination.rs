//! Relay connections from the domain's pages, charged to the request's budget.

use async_graphql::{
    Context, OutputType, SimpleObject,
    connection::{self, Edge, EmptyFields},
};

use super::{context::ContextExt, errors};
use crate::domain::shared::{Error, Page, PageRequest};

/// What a connection has beside its edges.
#[derive(Clone, Copy, Debug, Default, SimpleObject)]
pub struct ConnectionExtras {
    /// How many items the whole list has, whatever the page; null where counting is not cheap.
    total_count: Option<u64>,
}

/// A page of `T` as a Relay connection.
pub type Connection<T> = connection::Connection<String, T, ConnectionExtras, EmptyFields>;

/// The four connection arguments, as a resolver gets them.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// `first`
    pub first: Option<i32>,
    /// `last`
    pub last: Option<i32>,
    /// `after`
    pub after: Option<String>,
    /// `before`
    pub before: Option<String>,
}

impl Arguments {
    /// Arguments of a list that is only read forwards.
    #[must_use]
    pub fn first(first: Option<i32>) -> Self {
        Self { first, ..Self::default() }
    }

    /// Checks them.
    ///
    /// # Errors
    /// `BadInput` naming the argument.
    pub fn check(self) -> Result<PageRequest, Error> {
        PageRequest::new(self.first, self.last, self.after, self.before)
    }
}

/// Makes a connection of a page and charges its items to the request's budget.
///
/// # Errors
/// `TooComplex`.
pub fn connection<T, U: OutputType>(
    ctx: &Context<'_>,
    page: Page<T>,
    make: impl Fn(T) -> U,
) -> Result<Connection<U>, Error> {
    ctx.request().budget.charge(page.items.len())?;
    let extras = ConnectionExtras { total_count: page.total };
    let mut connection = connection::Connection::with_additional_fields(page.has_previous, page.has_next, extras);
    connection.edges.extend(page.items.into_iter().map(|(cursor, item)| Edge::new(cursor, make(item))));
    Ok(connection)
}

/// A whole list that is in memory as a connection, for a non-null field.
///
/// # Errors
/// `BadInput`, `TooComplex`, as GraphQL errors.
pub fn connection_of_list<T, U: OutputType>(
    ctx: &Context<'_>,
    arguments: Arguments,
    all: Vec<T>,
    make: impl Fn(T) -> U,
) -> async_graphql::Result<Connection<U>> {
    let page = arguments.check().and_then(|request| Page::from_slice(&request, all));
    errors::required(ctx, page.and_then(|page| connection(ctx, page, make)))
}
