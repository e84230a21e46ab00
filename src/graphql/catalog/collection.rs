//! Collections of products.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{catalog::collection, ids::CollectionId};

use super::{
    Image, Product, ProductCollectionSortKeys, Seo,
    loaders::{self, MembersOf, sight},
    parts::described,
};
use crate::{
    domain::{
        catalog::{
            list::{self, MemberList},
            sort::MemberSort,
        },
        shared::Error,
    },
    graphql::{
        errors, global_id,
        pagination::{Arguments, Connection, connection},
        scalars::{DateTime, Html},
    },
};

/// A collection: products that a merchant put together.
#[derive(Clone, Debug)]
pub struct Collection(Arc<collection::Model>);

impl Collection {
    /// A collection that the viewer may see.
    #[must_use]
    pub fn shown(row: impl Into<Arc<collection::Model>>) -> Self {
        Self(row.into())
    }

    /// The collection with an id, if the viewer may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: CollectionId) -> Result<Option<Self>, Error> {
        let found = loaders::loader(ctx).load_one(id).await?;
        Ok(found.filter(|row| sight(ctx).sees_collection(row)).map(Self))
    }

    /// The collection's row.
    #[must_use]
    pub fn row(&self) -> &collection::Model {
        &self.0
    }
}

/// A collection: products that a merchant put together.
#[Object]
impl Collection {
    /// The collection's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its unique name in URLs.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is, as plain text.
    async fn description(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Cut the text to this many characters, the last of them `…`.")] truncate_at: Option<i32>,
    ) -> async_graphql::Result<String> {
        errors::required(ctx, described(&self.0.description, truncate_at))
    }

    /// What it is, as sanitised HTML.
    async fn description_html(&self) -> Html {
        Html(self.0.description_html.clone())
    }

    /// Its picture; null when it has none.
    async fn image(&self) -> Option<Image> {
        Image::of_collection(&self.0)
    }

    /// Its products that the viewer may see.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Their order; default `COLLECTION_DEFAULT`.")] sort_key: Option<ProductCollectionSortKeys>,
        #[graphql(desc = "The other way round; default false.")] reverse: Option<bool>,
    ) -> async_graphql::Result<Connection<Product>> {
        let page = async {
            let request = Arguments { first, last, after, before }.check()?;
            let sort = sort_key.map_or(MemberSort::CollectionDefault, MemberSort::from);
            let list = MemberList::new(sort, reverse.unwrap_or(false), &request)?;
            let key = MembersOf { collection: self.0.id, list: list.clone() };
            let rows = loaders::list_of(ctx, key).await?;
            connection(ctx, list::page_of_members(&list, &request, rows.to_vec()), Product::shown)
        };
        errors::required(ctx, page.await)
    }

    /// What search engines are told.
    async fn seo(&self) -> Seo {
        Seo { title: self.0.seo_title.clone(), description: self.0.seo_description.clone() }
    }

    /// What a link should carry to know where its visitor came from. Always null: visits are not tracked.
    async fn tracking_parameters(&self) -> Option<String> {
        None
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Grows by one with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
