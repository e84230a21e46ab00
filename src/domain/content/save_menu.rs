//! Staff add, change and remove menus. A menu's links are written together.

use std::collections::HashSet;

use entity::{
    content::{
        menu,
        menu_item::{self, MenuItemKind},
    },
    ids::{MenuId, MenuItemId},
    text_list::TextList,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde_json::json;

use super::{
    errors::{Refusal, Rule, refuse_any},
    events::{Subject, record},
    handles::{self, Scope},
    patch::{self, Names, Target, check_tags},
};
use crate::domain::{
    catalog::{checks::Checks, checks::TITLE_MOST, handle},
    shared::{Author, Error, Failure},
};

/// Most levels of a menu.
pub const LEVELS_MOST: usize = 3;
/// Most links of a menu, on all levels.
pub const ITEMS_MOST: usize = 500;
/// Rows written by one statement.
const ROWS: usize = 100;

/// A link as staff give it.
pub type ItemDraft = patch::ItemDraft<MenuItemId>;

/// Changes of a menu; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct MenuPatch {
    /// Title.
    pub title: Option<String>,
    /// Handle.
    pub handle: Option<String>,
    /// All links. Those of the menu that are not among them go.
    pub items: Option<Vec<ItemDraft>>,
}

/// Adds a menu.
///
/// # Errors
/// Everything that is wrong with it, together; a handle that is taken.
pub async fn create_menu(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    patch: MenuPatch,
) -> Result<MenuId, Failure<Refusal>> {
    check(&patch, true, &HashSet::new())?;
    let now = author.sources.now();
    let title = patch.title.as_deref().unwrap_or_default().trim().to_owned();
    let handle = handles::of_new(tx, Scope::Menus, patch.handle.as_deref(), &title).await?;
    let id = author.sources.id();
    let row = menu::Model { id, handle, title, version: 1, created_at: now, updated_at: now };
    let insert = menu::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx).await.map_err(handles::unless_taken)?;
    write_items(tx, author, row.id, patch.items.unwrap_or_default()).await?;
    tell(tx, author, &row, "menu.created").await?;
    Ok(row.id)
}

/// Changes a menu. Links that keep their id keep it for front ends too.
///
/// # Errors
/// Everything that is wrong with the changes, together; `NotFound`, `VersionConflict`.
pub async fn update_menu(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<MenuId>,
    patch: MenuPatch,
) -> Result<MenuId, Failure<Refusal>> {
    let before = lock(tx, target).await?;
    let known = menu_item::Entity::find().select_only().column(menu_item::Column::Id);
    let known: Vec<MenuItemId> = known.filter(menu_item::Column::MenuId.eq(target.id)).into_tuple().all(tx).await?;
    check(&patch, false, &known.into_iter().collect())?;
    let mut after = before.clone();
    if let Some(title) = &patch.title {
        title.trim().clone_into(&mut after.title);
    }
    if let Some(wanted) = patch.handle.as_deref().map(handle::of_title)
        && wanted != before.handle
    {
        handles::ensure_free(tx, Scope::Menus, &wanted).await?;
        after.handle = wanted;
    }
    if after == before && patch.items.is_none() {
        return Ok(target.id);
    }
    after.version += 1;
    after.updated_at = author.sources.now();
    let update = menu::Entity::update_many().set(after.clone().into_active_model().reset_all());
    let update = update.filter(menu::Column::Id.eq(after.id)).filter(menu::Column::Version.eq(before.version));
    if update.exec(tx).await.map_err(handles::unless_taken)?.rows_affected != 1 {
        return Err(Error::VersionConflict { current: before.version }.into());
    }
    if let Some(items) = patch.items {
        menu_item::Entity::delete_many().filter(menu_item::Column::MenuId.eq(target.id)).exec(tx).await?;
        write_items(tx, author, target.id, items).await?;
    }
    tell(tx, author, &after, "menu.updated").await?;
    Ok(target.id)
}

/// Removes a menu with its links.
///
/// # Errors
/// `NotFound`, `VersionConflict`.
pub async fn delete_menu(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    target: Target<MenuId>,
) -> Result<MenuId, Failure<Refusal>> {
    let mut row = lock(tx, target).await?;
    menu::Entity::delete_by_id(target.id).exec(tx).await?;
    row.version += 1;
    tell(tx, author, &row, "menu.deleted").await?;
    Ok(target.id)
}

fn check(patch: &MenuPatch, new: bool, known: &HashSet<MenuItemId>) -> Result<(), Failure<Refusal>> {
    let mut checking =
        Checking { checks: Checks::default(), rules: Vec::new(), known, named: HashSet::new(), count: 0 };
    let names = Names { title: patch.title.clone(), handle: patch.handle.clone(), ..Names::default() };
    names.check(&mut checking.checks, new);
    checking.level("items", patch.items.as_deref().unwrap_or(&[]), 1);
    checking.checks.count("items", checking.count, ITEMS_MOST);
    refuse_any(checking.checks, checking.rules)
}

struct Checking<'a> {
    checks: Checks,
    rules: Vec<Refusal>,
    /// The links that the menu has.
    known: &'a HashSet<MenuItemId>,
    /// Those that the caller named so far.
    named: HashSet<MenuItemId>,
    count: usize,
}

impl Checking<'_> {
    fn level(&mut self, at: &str, items: &[ItemDraft], level: usize) {
        self.count += items.len();
        if level > LEVELS_MOST {
            if !items.is_empty() {
                self.rules.push(Refusal::rule(at, Rule::TooDeep(LEVELS_MOST)));
            }
            return;
        }
        for (index, item) in items.iter().enumerate().take(ITEMS_MOST) {
            let at = format!("{at}.{index}");
            self.item(&at, item);
            self.level(&format!("{at}.items"), &item.items, level + 1);
        }
    }

    fn item(&mut self, at: &str, item: &ItemDraft) {
        if let Some(id) = item.id {
            let at = format!("{at}.id");
            if !self.known.contains(&id) {
                self.rules.push(Refusal::rule(at, Rule::ItemUnknown));
            } else if !self.named.insert(id) {
                self.rules.push(Refusal::rule(at, Rule::Twice));
            }
        }
        self.checks.required(format!("{at}.title"), &item.title, TITLE_MOST);
        check_tags(&mut self.checks, &mut self.rules, &format!("{at}.tags"), &item.tags);
        let resource = format!("{at}.resourceId");
        match (names_resource(item.kind), item.resource_id) {
            (true, None) => self.rules.push(Refusal::rule(resource, Rule::ResourceMissing)),
            (false, Some(_)) => self.rules.push(Refusal::rule(resource, Rule::ResourceUnexpected)),
            (true, Some(_)) | (false, None) => {}
        }
        // For other kinds an address is made of what they lead to; one that is given is not looked at.
        if item.kind == MenuItemKind::Http {
            let url = format!("{at}.url");
            match item.url.as_deref().map(str::trim).filter(|url| !url.is_empty()) {
                None => self.rules.push(Refusal::rule(url, Rule::UrlMissing)),
                Some(given) => patch::check_target(&mut self.checks, &mut self.rules, &url, given),
            }
        }
    }
}

/// Whether a kind of link leads to one of many.
#[must_use]
pub const fn names_resource(kind: MenuItemKind) -> bool {
    match kind {
        MenuItemKind::Article
        | MenuItemKind::Blog
        | MenuItemKind::Collection
        | MenuItemKind::Page
        | MenuItemKind::Product
        | MenuItemKind::ShopPolicy => true,
        MenuItemKind::Catalog
        | MenuItemKind::Collections
        | MenuItemKind::CustomerAccountPage
        | MenuItemKind::Frontpage
        | MenuItemKind::Http
        | MenuItemKind::Search => false,
    }
}

async fn write_items(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    menu_id: MenuId,
    items: Vec<ItemDraft>,
) -> Result<(), Failure<Refusal>> {
    let mut rows = Vec::new();
    flatten(author, menu_id, None, items, &mut rows);
    for chunk in rows.chunks(ROWS) {
        let chunk = chunk.iter().map(|row: &menu_item::Model| row.clone().into_active_model().reset_all());
        menu_item::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The rows of a tree, parents before children, numbered.
fn flatten(
    author: Author<'_>,
    menu_id: MenuId,
    parent_id: Option<MenuItemId>,
    items: Vec<ItemDraft>,
    rows: &mut Vec<menu_item::Model>,
) {
    for item in items {
        let id = item.id.unwrap_or_else(|| author.sources.id());
        let url = item.url.filter(|_| item.kind == MenuItemKind::Http).map(|url| url.trim().to_owned());
        rows.push(menu_item::Model {
            id,
            menu_id,
            parent_id,
            position: i32::try_from(rows.len()).unwrap_or(i32::MAX),
            title: item.title.trim().to_owned(),
            kind: item.kind,
            resource_id: item.resource_id,
            url,
            tags: TextList(item.tags.iter().map(|tag| tag.trim().to_owned()).collect()),
        });
        flatten(author, menu_id, Some(id), item.items, rows);
    }
}

async fn lock(tx: &DatabaseTransaction, target: Target<MenuId>) -> Result<menu::Model, Failure<Refusal>> {
    let found = menu::Entity::find_by_id(target.id).lock_exclusive().one(tx).await?;
    Ok(target.met("menu", found, |row| row.version)?)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    row: &menu::Model,
    kind: &'static str,
) -> Result<(), Failure<Refusal>> {
    let subject = Subject { kind: "menu", id: row.id.0 };
    Ok(record(tx, author, subject, kind, json!({ "handle": row.handle, "version": row.version })).await?)
}
