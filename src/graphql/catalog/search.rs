//! What a search finds.

use async_graphql::{Context, Union};

use super::Product;
use crate::{
    domain::{
        content::search::Hit,
        shared::{self, Error},
    },
    graphql::content::{Article, Page},
};

/// Something that a search found.
#[derive(Clone, Debug, Union)]
pub enum SearchResultItem {
    /// A product.
    Product(Product),
    /// A page.
    Page(Page),
    /// An article.
    Article(Article),
}

/// What was found, loaded a statement a kind. What went meanwhile is left out.
///
/// # Errors
/// The database's.
pub(super) async fn loaded(
    ctx: &Context<'_>,
    page: shared::Page<Hit>,
) -> Result<shared::Page<SearchResultItem>, Error> {
    let load = async |(cursor, hit): (String, Hit)| {
        let item = match hit {
            Hit::Product(id) => Product::load(ctx, id).await?.map(SearchResultItem::Product),
            Hit::Page(id) => Page::load(ctx, id).await?.map(SearchResultItem::Page),
            Hit::Article(id) => Article::load(ctx, id).await?.map(SearchResultItem::Article),
        };
        Ok::<_, Error>(item.map(|item| (cursor, item)))
    };
    let items = futures::future::try_join_all(page.items.into_iter().map(load)).await?;
    let items = items.into_iter().flatten().collect();
    Ok(shared::Page { items, has_next: page.has_next, has_previous: page.has_previous, total: page.total })
}
