//! Adding, changing and removing menus.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{
    content::menu_item::MenuItemKind,
    ids::{ArticleId, BlogId, CollectionId, MenuId, PageId, ProductId, ShopPolicyId},
};
use uuid::Uuid;

use super::user_errors::{ContentUserError, halves};
use crate::{
    domain::{
        content::{self, ItemDraft, LEVELS_MOST, MenuPatch, Refusal, Target},
        shared::{Error, Permission},
    },
    graphql::{
        content::{Menu, MenuItemType},
        errors,
        global_id::{NodeId, decode, encode},
        transaction::{author, begin, finish},
    },
};

/// A link of a menu. What it leads to is named by its id; its address is made of that.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuItemInput {
    /// One of the menu's links, which keeps its id; left out for a new one.
    id: Option<ID>,
    /// Its words, at most 255 characters.
    title: String,
    /// What it leads to. METAOBJECT is refused.
    #[graphql(name = "type")]
    kind: MenuItemType,
    /// The id of the article, blog, collection, page, product or policy; not for other types.
    resource_id: Option<ID>,
    /// For HTTP: an address that begins with `http(s)://`, or a path of the shop. For other types it is not looked at.
    url: Option<String>,
    /// Tags that filter the collection it leads to.
    tags: Option<Vec<String>>,
    /// The links below it. A menu has at most three levels and 500 links.
    items: Option<Vec<MenuItemInput>>,
}

/// A menu to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuCreateInput {
    /// Its title, at most 255 characters.
    title: String,
    /// Its unique name; left out, it is made of the title. Many front ends ask for `main-menu` and `footer`.
    handle: Option<String>,
    /// Its links.
    items: Option<Vec<MenuItemInput>>,
}

/// Changes of a menu. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuUpdateInput {
    /// The menu.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
    /// Its title.
    title: Option<String>,
    /// Its unique name.
    handle: Option<String>,
    /// All its links. Those that are not among them go.
    items: Option<Vec<MenuItemInput>>,
}

/// Which menu.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuDeleteInput {
    /// The menu.
    id: ID,
    /// The version that was read; VERSION_CONFLICT when it moved. Left out, the change is made in any case.
    expected_version: Option<i32>,
}

/// What adding a menu led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuCreatePayload {
    /// The menu as it is now; null when refused.
    menu: Option<Menu>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What changing a menu led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuUpdatePayload {
    /// The menu as it is now; null when refused.
    menu: Option<Menu>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

/// What removing a menu led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct MenuDeletePayload {
    /// The id of the menu that is no more; null when refused.
    deleted_menu_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

fn kind(of: MenuItemType, at: &str) -> Result<MenuItemKind, Error> {
    Ok(match of {
        MenuItemType::Article => MenuItemKind::Article,
        MenuItemType::Blog => MenuItemKind::Blog,
        MenuItemType::Catalog => MenuItemKind::Catalog,
        MenuItemType::Collection => MenuItemKind::Collection,
        MenuItemType::Collections => MenuItemKind::Collections,
        MenuItemType::CustomerAccountPage => MenuItemKind::CustomerAccountPage,
        MenuItemType::Frontpage => MenuItemKind::Frontpage,
        MenuItemType::Http => MenuItemKind::Http,
        MenuItemType::Page => MenuItemKind::Page,
        MenuItemType::Product => MenuItemKind::Product,
        MenuItemType::Search => MenuItemKind::Search,
        MenuItemType::ShopPolicy => MenuItemKind::ShopPolicy,
        MenuItemType::Metaobject => return Err(Error::bad_input(format!("{at}.type"), "there are no custom objects")),
    })
}

/// The id of what a link leads to. One that a link of this type does not take is refused later, whatever it is of.
fn resource(of: MenuItemKind, argument: &str, id: &ID) -> Result<Uuid, Error> {
    match of {
        MenuItemKind::Article => decode::<ArticleId>(argument, id).map(NodeId::uuid),
        MenuItemKind::Blog => decode::<BlogId>(argument, id).map(NodeId::uuid),
        MenuItemKind::Collection => decode::<CollectionId>(argument, id).map(NodeId::uuid),
        MenuItemKind::Page => decode::<PageId>(argument, id).map(NodeId::uuid),
        MenuItemKind::Product => decode::<ProductId>(argument, id).map(NodeId::uuid),
        MenuItemKind::ShopPolicy => decode::<ShopPolicyId>(argument, id).map(NodeId::uuid),
        MenuItemKind::Catalog
        | MenuItemKind::Collections
        | MenuItemKind::CustomerAccountPage
        | MenuItemKind::Frontpage
        | MenuItemKind::Http
        | MenuItemKind::Search => Ok(Uuid::nil()),
    }
}

fn drafts(items: Vec<MenuItemInput>, at: &str, level: usize) -> Result<Vec<ItemDraft>, Error> {
    // One level more than is allowed is read, so that it can be refused; nothing below is.
    if level > LEVELS_MOST + 1 {
        return Ok(Vec::new());
    }
    let draft = |(index, item): (usize, MenuItemInput)| {
        let at = format!("{at}.{index}");
        let kind = kind(item.kind, &at)?;
        let read = |id: ID| resource(kind, &format!("{at}.resourceId"), &id);
        Ok(ItemDraft {
            id: item.id.map(|id| decode(&format!("{at}.id"), &id)).transpose()?,
            title: item.title,
            kind,
            resource_id: item.resource_id.map(read).transpose()?,
            url: item.url,
            tags: item.tags.unwrap_or_default(),
            items: drafts(item.items.unwrap_or_default(), &format!("{at}.items"), level + 1)?,
        })
    };
    items.into_iter().enumerate().map(draft).collect()
}

fn links(items: Option<Vec<MenuItemInput>>) -> Result<Option<Vec<ItemDraft>>, Error> {
    items.map(|items| drafts(items, "input.items", 1)).transpose()
}

type Shown = (Option<Menu>, Vec<ContentUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<MenuId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let menu = match id {
        Some(id) => Menu::load(ctx, id).await?,
        None => None,
    };
    Ok((menu, user_errors))
}

async fn create(ctx: &Context<'_>, input: MenuCreateInput) -> Result<MenuCreatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let patch = MenuPatch { title: Some(input.title), handle: input.handle, items: links(input.items)? };
    let tx = begin(ctx).await?;
    let done = content::create_menu(&tx, author, patch).await;
    let (menu, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(MenuCreatePayload { menu, user_errors })
}

async fn update(ctx: &Context<'_>, input: MenuUpdateInput) -> Result<MenuUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let patch = MenuPatch { title: input.title, handle: input.handle, items: links(input.items)? };
    let tx = begin(ctx).await?;
    let done = content::update_menu(&tx, author, target, patch).await;
    let (menu, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(MenuUpdatePayload { menu, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &MenuDeleteInput) -> Result<MenuDeletePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let target = Target { id: decode("input.id", &input.id)?, expected_version: input.expected_version };
    let tx = begin(ctx).await?;
    let done = content::delete_menu(&tx, author, target).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(MenuDeletePayload { deleted_menu_id: id.map(encode), user_errors })
}

/// Changes of menus.
#[derive(Debug, Default)]
pub struct MenuMutation;

#[Object]
impl MenuMutation {
    /// Adds a menu. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn menu_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The menu.")] input: MenuCreateInput,
    ) -> Option<MenuCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes a menu. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn menu_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: MenuUpdateInput,
    ) -> Option<MenuUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a menu with its links. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn menu_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which menu.")] input: MenuDeleteInput,
    ) -> Option<MenuDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
