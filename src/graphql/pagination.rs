//! Relay connections from the domain's pages, charged to the request's budget.

use std::borrow::Cow;

use async_graphql::{Context, Object, OutputType, SimpleObject, TypeName, connection::PageInfo};

use super::{context::ContextExt, errors};
use crate::domain::shared::{Error, Page, PageRequest};

/// A page of `T` as a Relay connection.
#[derive(Clone, Debug)]
pub struct Connection<T: OutputType> {
    edges: Vec<Edge<T>>,
    has_previous: bool,
    has_next: bool,
    total: Option<u64>,
}

/// An item of a list and its place.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name_type)]
pub struct Edge<T: OutputType> {
    /// The item.
    node: T,
    /// Its place in this list and order: `after` or `before` for the pages next to it.
    cursor: String,
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: OutputType> Connection<T> {
    /// Where the page begins and ends, and whether there is more on either side.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// The items of the page with the place of each, in the list's order.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The items of the page, in the list's order.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// How many items the whole list has, whatever the page; null where counting is not cheap.
    async fn total_count(&self) -> Option<u64> {
        self.total
    }
}

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
    let edges = page.items.into_iter().map(|(cursor, item)| Edge { node: make(item), cursor }).collect();
    Ok(Connection { edges, has_previous: page.has_previous, has_next: page.has_next, total: page.total })
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
