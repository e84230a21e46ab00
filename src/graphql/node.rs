//! Any object by its id.

use async_graphql::{Context, ID, Interface, Object};
use entity::ids::{ArticleId, BlogId, CollectionId, MenuId, PageId, ProductId, ShopPolicyId, VariantId};

use super::{
    catalog::{Collection, Product, ProductVariant},
    content::{Article, Blog, Menu, Page, ShopPolicy},
    context::ContextExt,
    errors,
    global_id::{self, GlobalId, NodeId},
};
use crate::domain::shared::Error;

/// Most ids of one `nodes`.
const MOST_IDS: usize = 250;

/// An object that can be found by its id.
#[derive(Clone, Debug, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The object's id, unique among all objects."))]
pub enum Node {
    /// A product.
    Product(Product),
    /// A variant of a product.
    ProductVariant(ProductVariant),
    /// A collection.
    Collection(Collection),
    /// A page of text.
    Page(Page),
    /// A blog.
    Blog(Blog),
    /// An article of a blog.
    Article(Article),
    /// A menu of links.
    Menu(Menu),
    /// A policy of the shop.
    ShopPolicy(ShopPolicy),
}

/// The object with an id; nothing when there is none that the viewer may see.
async fn find(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Node>, Error> {
    let malformed = || Error::bad_input(argument, "is no id of this shop: gid://cartwright/<Type>/<id>");
    match GlobalId::parse(id).ok_or_else(malformed)?.kind {
        ProductId::KIND => {
            let product = Product::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(product.map(Node::Product))
        }
        VariantId::KIND => {
            let variant = ProductVariant::load_visible(ctx, global_id::decode(argument, id)?).await?;
            Ok(variant.map(Node::ProductVariant))
        }
        CollectionId::KIND => {
            let collection = Collection::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(collection.map(Node::Collection))
        }
        PageId::KIND => Ok(Page::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Page)),
        BlogId::KIND => Ok(Blog::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Blog)),
        ArticleId::KIND => Ok(Article::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Article)),
        MenuId::KIND => Ok(Menu::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Menu)),
        ShopPolicyId::KIND => Ok(ShopPolicy::load(ctx, global_id::decode(argument, id)?).await?.map(Node::ShopPolicy)),
        _ => Ok(None),
    }
}

/// Reads of any object.
#[derive(Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with an id; null when there is none that the viewer may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The object's id.")] id: ID) -> Option<Node> {
        errors::optional(ctx, find(ctx, "id", &id).await)
    }

    /// The objects with these ids, in their order; null for each that there is not, or that the viewer may not see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids, at most 250.")] ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Node>>> {
        let found = async {
            if ids.len() > MOST_IDS {
                return Err(Error::bad_input("ids", format!("give at most {MOST_IDS} ids")));
            }
            ctx.request().budget.charge(ids.len())?;
            futures::future::try_join_all(ids.iter().map(|id| find(ctx, "ids", id))).await
        };
        errors::required(ctx, found.await)
    }
}
