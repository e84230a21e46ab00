//! The queries of content by id and by handle: what the loaders ask, a statement for any number of keys.

use entity::{
    content::{article, blog, menu, menu_item, page, shop_policy, url_redirect},
    ids::{ArticleId, BlogId, MenuId, PageId, ShopPolicyId, UrlRedirectId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Condition};

use super::{Sight, path};
use crate::domain::{catalog::store::padded, shared::Error};

/// The pages that may be seen.
pub(super) fn visible_pages(sight: Sight) -> Condition {
    match sight {
        Sight::Everything => Condition::all(),
        Sight::Published(now) => Condition::all().add(page::Column::PublishedAt.lte(now)),
    }
}

/// The articles that may be seen.
pub(super) fn visible_articles(sight: Sight) -> Condition {
    match sight {
        Sight::Everything => Condition::all(),
        Sight::Published(now) => Condition::all().add(article::Column::PublishedAt.lte(now)),
    }
}

/// Pages, whether published or not: who shows them asks [`Sight`].
///
/// # Errors
/// The database's.
pub async fn pages(db: &impl ConnectionTrait, ids: &[PageId]) -> Result<Vec<page::Model>, Error> {
    Ok(page::Entity::find().filter(page::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// The page with a handle, if it may be seen.
///
/// # Errors
/// The database's.
pub async fn page_by_handle(
    db: &impl ConnectionTrait,
    sight: Sight,
    handle: &str,
) -> Result<Option<page::Model>, Error> {
    let found = page::Entity::find().filter(page::Column::Handle.eq(handle)).one(db).await?;
    Ok(found.filter(|page| sight.sees_page(page)))
}

/// Blogs.
///
/// # Errors
/// The database's.
pub async fn blogs(db: &impl ConnectionTrait, ids: &[BlogId]) -> Result<Vec<blog::Model>, Error> {
    Ok(blog::Entity::find().filter(blog::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// The blog with a handle.
///
/// # Errors
/// The database's.
pub async fn blog_by_handle(db: &impl ConnectionTrait, handle: &str) -> Result<Option<blog::Model>, Error> {
    Ok(blog::Entity::find().filter(blog::Column::Handle.eq(handle)).one(db).await?)
}

/// Articles, whether published or not: who shows them asks [`Sight`].
///
/// # Errors
/// The database's.
pub async fn articles(db: &impl ConnectionTrait, ids: &[ArticleId]) -> Result<Vec<article::Model>, Error> {
    Ok(article::Entity::find().filter(article::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// The articles of some blogs with some handles, if they may be seen. There may be more than the pairs asked for.
///
/// # Errors
/// The database's.
pub async fn articles_by_handle(
    db: &impl ConnectionTrait,
    sight: Sight,
    pairs: &[(BlogId, &str)],
) -> Result<Vec<article::Model>, Error> {
    let blogs: Vec<BlogId> = pairs.iter().map(|(blog, _)| *blog).collect();
    let handles: Vec<&str> = pairs.iter().map(|(_, handle)| *handle).collect();
    let select = article::Entity::find()
        .filter(visible_articles(sight))
        .filter(article::Column::BlogId.is_in(padded(&blogs)))
        .filter(article::Column::Handle.is_in(padded(&handles)));
    Ok(select.all(db).await?)
}

/// Menus.
///
/// # Errors
/// The database's.
pub async fn menus(db: &impl ConnectionTrait, ids: &[MenuId]) -> Result<Vec<menu::Model>, Error> {
    Ok(menu::Entity::find().filter(menu::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// The menu with a handle.
///
/// # Errors
/// The database's.
pub async fn menu_by_handle(db: &impl ConnectionTrait, handle: &str) -> Result<Option<menu::Model>, Error> {
    Ok(menu::Entity::find().filter(menu::Column::Handle.eq(handle)).one(db).await?)
}

/// All links of some menus, in order.
///
/// # Errors
/// The database's.
pub async fn items_of(db: &impl ConnectionTrait, menus: &[MenuId]) -> Result<Vec<menu_item::Model>, Error> {
    let select = menu_item::Entity::find()
        .filter(menu_item::Column::MenuId.is_in(padded(menus)))
        .order_by_asc(menu_item::Column::MenuId)
        .order_by_asc(menu_item::Column::Position);
    Ok(select.all(db).await?)
}

/// The policies that the shop has.
///
/// # Errors
/// The database's.
pub async fn policies(db: &impl ConnectionTrait) -> Result<Vec<shop_policy::Model>, Error> {
    Ok(shop_policy::Entity::find().order_by_asc(shop_policy::Column::Kind).all(db).await?)
}

/// The policies with these ids.
///
/// # Errors
/// The database's.
pub async fn policies_by_id(db: &impl ConnectionTrait, ids: &[ShopPolicyId]) -> Result<Vec<shop_policy::Model>, Error> {
    Ok(shop_policy::Entity::find().filter(shop_policy::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// One policy, if the shop has it.
///
/// # Errors
/// The database's.
pub async fn policy(
    db: &impl ConnectionTrait,
    kind: shop_policy::PolicyKind,
) -> Result<Option<shop_policy::Model>, Error> {
    Ok(shop_policy::Entity::find().filter(shop_policy::Column::Kind.eq(kind)).one(db).await?)
}

/// A redirect.
///
/// # Errors
/// The database's.
pub async fn redirect(db: &impl ConnectionTrait, id: UrlRedirectId) -> Result<Option<url_redirect::Model>, Error> {
    Ok(url_redirect::Entity::find_by_id(id).one(db).await?)
}

/// The redirect of a path.
///
/// # Errors
/// The database's.
pub async fn redirect_of(db: &impl ConnectionTrait, asked: &str) -> Result<Option<url_redirect::Model>, Error> {
    Ok(url_redirect::Entity::find().filter(url_redirect::Column::PathKey.eq(path::key(asked))).one(db).await?)
}
