//! The root fields of the catalog.

use async_graphql::{Context, ID, Object};
use entity::ids::{CollectionId, ProductId};

use super::{
    Collection, CollectionSortKeys, Product, ProductSortKeys, SearchPrefixQueryType, SearchResultItem, SearchSortKeys,
    SearchType, SearchUnavailableProductsType, kept, loaders::sight,
};
use crate::{
    domain::{
        catalog::{
            hits::HitSort,
            labels,
            list::{self, CollectionList, ProductList, Unavailable},
            search_query::{Prefix, SearchQuery, storable},
            sort::{CollectionSort, ProductSort},
        },
        content::{self, search::Kinds},
        shared::Error,
    },
    graphql::{
        context::ContextExt,
        errors, global_id,
        pagination::{Arguments, Connection, connection},
    },
};

/// Reads of the catalog.
#[derive(Debug, Default)]
pub struct CatalogQuery;

/// Whether the client wants to know how many there are: counting costs a statement.
fn counts(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// How one object is named.
enum Name<Id> {
    Id(Id),
    Handle(String),
}

/// An object named by exactly one of two arguments.
fn name<Id: global_id::NodeId>(
    id_argument: &str,
    id: Option<ID>,
    handle_argument: &str,
    handle: Option<String>,
) -> Result<Name<Id>, Error> {
    match (id, handle) {
        (Some(_), Some(_)) => Err(Error::bad_input(id_argument, "give either a handle or an id, not both")),
        (Some(id), None) => global_id::decode(id_argument, &id).map(Name::Id),
        (None, Some(handle)) => storable(handle_argument, &handle).map(|()| Name::Handle(handle)),
        (None, None) => Err(Error::bad_input(handle_argument, "give a handle or an id")),
    }
}

/// The product that one of two arguments names, if the viewer may see it.
///
/// # Errors
/// `BadInput` unless exactly one is given and well formed; the database's.
pub(super) async fn named(
    ctx: &Context<'_>,
    id_argument: &str,
    id: Option<ID>,
    handle_argument: &str,
    handle: Option<String>,
) -> Result<Option<Product>, Error> {
    match name::<ProductId>(id_argument, id, handle_argument, handle)? {
        Name::Id(id) => Product::load(ctx, id).await,
        Name::Handle(handle) => {
            let found = kept::product_by_handle(ctx, handle).await?;
            Ok(found.map(Product::shown))
        }
    }
}

/// The product with a handle, if the viewer may see it.
///
/// # Errors
/// `BadInput` for what no handle can be; the database's.
pub async fn named_product(ctx: &Context<'_>, handle: String) -> Result<Option<Product>, Error> {
    named(ctx, "id", None, "handle", Some(handle)).await
}

/// The collection with a handle, if the viewer may see it.
///
/// # Errors
/// `BadInput` for what no handle can be; the database's.
pub async fn named_collection(ctx: &Context<'_>, handle: String) -> Result<Option<Collection>, Error> {
    collection(ctx, Some(handle), None).await
}

async fn collection(ctx: &Context<'_>, handle: Option<String>, id: Option<ID>) -> Result<Option<Collection>, Error> {
    match name::<CollectionId>("id", id, "handle", handle)? {
        Name::Id(id) => Collection::load(ctx, id).await,
        Name::Handle(handle) => {
            let found = kept::collection_by_handle(ctx, handle).await?;
            Ok(found.map(Collection::shown))
        }
    }
}

/// What a search asks for.
struct Search {
    query: String,
    prefix: Option<SearchPrefixQueryType>,
    types: Option<Vec<SearchType>>,
    unavailable: Option<SearchUnavailableProductsType>,
    sort: HitSort,
    reverse: bool,
    page: Arguments,
}

async fn search(ctx: &Context<'_>, search: Search) -> Result<Connection<SearchResultItem>, Error> {
    let page = search.page.check()?;
    let prefix = match search.prefix {
        None => Prefix::All,
        Some(SearchPrefixQueryType::Last) => Prefix::Last,
        Some(SearchPrefixQueryType::None) => Prefix::None,
    };
    let query = SearchQuery::parse("query", &search.query, prefix)?;
    let wants = |kind| search.types.as_ref().is_none_or(|types| types.contains(&kind));
    let kinds = Kinds {
        products: wants(SearchType::Product),
        pages: wants(SearchType::Page),
        articles: wants(SearchType::Article),
    };
    let asked = content::search::Search {
        products_seen: sight(ctx),
        content_seen: content::Sight::of(ctx.viewer(), ctx.app().sources.now()),
        query,
        kinds,
        unavailable: search.unavailable.map_or(Unavailable::Show, Unavailable::from),
        sort: search.sort,
        reverse: search.reverse,
        page,
        counted: counts(ctx),
    };
    let page = content::search::search(ctx.app().database.reader(), &asked).await?;
    connection(ctx, super::search::loaded(ctx, page).await?, |item| item)
}

/// The first products whose words begin like those of a text, the most fitting first.
///
/// # Errors
/// `BadInput` for a limit below 1; the database's.
pub async fn matching(ctx: &Context<'_>, text: String, limit: i32) -> Result<Vec<Product>, Error> {
    let query = SearchQuery::parse("query", &text, Prefix::All)?;
    if query.filter.is_none() {
        return Ok(Vec::new());
    }
    let page = Arguments::first(Some(limit)).check()?;
    let (unavailable, sort) = (Unavailable::Last, ProductSort::Relevance);
    let list = ProductList { sight: sight(ctx), query, unavailable, sort, reverse: false, page, counted: false };
    let page = list::products(ctx.app().database.reader(), &list).await?;
    ctx.request().budget.charge(page.items.len())?;
    Ok(page.items.into_iter().map(|(_, row)| Product::shown(row)).collect())
}

#[Object]
impl CatalogQuery {
    /// A product by its handle or its id; null when there is none that the viewer may see.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: Option<String>,
        #[graphql(desc = "Its id, instead of the handle.")] id: Option<ID>,
    ) -> Option<Product> {
        errors::optional(ctx, named(ctx, "id", id, "handle", handle).await)
    }

    /// The products that the viewer may see: shoppers those that are active and published.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Words, each of which must begin a word of title, vendor, type, tags or SKUs; and the fields `tag:`, \
                    `product_type:`, `vendor:`, `title:`, `handle:`, `sku:`, `available_for_sale:true`, \
                    `variants.price:<10`, with values in quotes, `-` before what is not wanted, `OR` and parentheses. \
                    At most 16 words are looked at; a field about prices or availability counts for four. Without any \
                    word: all products."
        )]
        query: Option<String>,
        #[graphql(desc = "Their order; default `ID`.")] sort_key: Option<ProductSortKeys>,
        #[graphql(desc = "The other way round; default false.")] reverse: Option<bool>,
    ) -> async_graphql::Result<Connection<Product>> {
        let page = async {
            let list = ProductList {
                page: Arguments { first, last, after, before }.check()?,
                sight: sight(ctx),
                query: SearchQuery::parse("query", query.as_deref().unwrap_or_default(), Prefix::All)?,
                unavailable: Unavailable::Show,
                sort: sort_key.map_or(ProductSort::Id, ProductSort::from),
                reverse: reverse.unwrap_or(false),
                counted: counts(ctx),
            };
            let page = list::products(ctx.app().database.reader(), &list).await?;
            connection(ctx, page, Product::shown)
        };
        errors::required(ctx, page.await)
    }

    /// A collection by its handle or its id; null when there is none that the viewer may see.
    async fn collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its unique name in URLs.")] handle: Option<String>,
        #[graphql(desc = "Its id, instead of the handle.")] id: Option<ID>,
    ) -> Option<Collection> {
        errors::optional(ctx, collection(ctx, handle, id).await)
    }

    /// The collections that the viewer may see: shoppers those that are published.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Words, each of which must begin a word of the title, and the fields `title:` and `handle:`, with \
                    values in quotes, `-`, `OR` and parentheses as in `products`; other fields find nothing. Without \
                    any word: all collections."
        )]
        query: Option<String>,
        #[graphql(desc = "Their order; default `ID`.")] sort_key: Option<CollectionSortKeys>,
        #[graphql(desc = "The other way round; default false.")] reverse: Option<bool>,
    ) -> async_graphql::Result<Connection<Collection>> {
        let page = async {
            let list = CollectionList {
                page: Arguments { first, last, after, before }.check()?,
                sight: sight(ctx),
                query: SearchQuery::parse("query", query.as_deref().unwrap_or_default(), Prefix::All)?,
                sort: sort_key.map_or(CollectionSort::Id, CollectionSort::from),
                reverse: reverse.unwrap_or(false),
                counted: counts(ctx),
            };
            let page = list::collections(ctx.app().database.reader(), &list).await?;
            connection(ctx, page, Collection::shown)
        };
        errors::required(ctx, page.await)
    }

    /// The products, pages and articles that have all the words of a text and that the viewer may see.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Words and fields, as the argument `query` of `products` has them; pages and articles have no \
                          tags, types, vendors, SKUs and prices to be found by. Without any word: nothing is found. At most 16 words are looked at; a field about prices or availability counts \
                          for four."
        )]
        query: String,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Their order; default `RELEVANCE`: what has the words in its title first, then by title. By price, \
                                                what has none comes after all that has one."
        )]
        sort_key: Option<SearchSortKeys>,
        #[graphql(desc = "The other way round; default false.")] reverse: Option<bool>,
        #[graphql(desc = "Only these kinds; all when left out.")] types: Option<Vec<SearchType>>,
        #[graphql(desc = "What becomes of products that cannot be bought; default `SHOW`.")]
        unavailable_products: Option<SearchUnavailableProductsType>,
        #[graphql(desc = "Which words match whole words only; when left out, every word matches beginnings.")]
        prefix: Option<SearchPrefixQueryType>,
    ) -> async_graphql::Result<Connection<SearchResultItem>> {
        let asked = Search {
            query,
            prefix,
            types,
            unavailable: unavailable_products,
            sort: match sort_key {
                Some(SearchSortKeys::Price) => HitSort::Price,
                None | Some(SearchSortKeys::Relevance) => HitSort::Relevance,
            },
            reverse: reverse.unwrap_or(false),
            page: Arguments { first, last, after, before },
        };
        errors::required(ctx, search(ctx, asked).await)
    }

    /// The tags of the products that the viewer may see, in alphabetical order.
    async fn product_tags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<String>> {
        let page = async {
            let page = Arguments { first, last, after, before }.check()?;
            let page = labels::tags(ctx.app().database.reader(), sight(ctx), &page).await?;
            connection(ctx, page, |tag| tag)
        };
        errors::required(ctx, page.await)
    }

    /// The types of the products that the viewer may see, in alphabetical order.
    async fn product_types(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<String>> {
        let page = async {
            let page = Arguments { first, last, after, before }.check()?;
            let page = labels::types(ctx.app().database.reader(), sight(ctx), &page).await?;
            connection(ctx, page, |kind| kind)
        };
        errors::required(ctx, page.await)
    }
}
