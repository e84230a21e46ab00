//! The demo shop's texts: pages, the journal, menus, policies, a redirect and the logo. What is there already stays.

use anyhow::Context;
use chrono::TimeDelta;
use entity::{
    content::menu_item::MenuItemKind,
    ids::{BlogId, MenuItemId},
};
use sea_orm::{ActiveEnum, ConnectionTrait};
use serde::Deserialize;
use uuid::Uuid;

use super::{failed, in_words};
use crate::{
    app::App,
    domain::{
        catalog::{ImageDraft, import::PictureSizes, lookup},
        content::{self, ArticlePatch, ItemDraft, MenuPatch, Names, PagePatch, Publication, ShopPatch, Sight, store},
        shared::Author,
        shop,
    },
    platform::tx,
};

const CONTENT: &str = include_str!("../../demo/content.json");

#[derive(Debug, Deserialize)]
struct DemoContent {
    brand: DemoLogo,
    countries: Vec<String>,
    pages: Vec<DemoPage>,
    blogs: Vec<DemoBlog>,
    policies: Vec<DemoPolicy>,
    menus: Vec<DemoMenu>,
    redirects: Vec<DemoRedirect>,
}

#[derive(Debug, Deserialize)]
struct DemoLogo {
    logo: String,
    alt: String,
    width: i32,
    height: i32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoPage {
    handle: String,
    title: String,
    seo_description: String,
    body: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoBlog {
    handle: String,
    title: String,
    seo_description: String,
    articles: Vec<DemoArticle>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoArticle {
    handle: String,
    title: String,
    author: String,
    days_ago: i64,
    tags: Vec<String>,
    image: String,
    alt: String,
    summary: String,
    body: String,
}

#[derive(Debug, Deserialize)]
struct DemoPolicy {
    handle: String,
    body: String,
}

#[derive(Debug, Deserialize)]
struct DemoMenu {
    handle: String,
    title: String,
    items: Vec<DemoItem>,
}

#[derive(Debug, Deserialize)]
struct DemoItem {
    title: String,
    #[serde(rename = "type")]
    kind: String,
    /// The handle of what it leads to.
    of: Option<String>,
    #[serde(default)]
    items: Vec<DemoItem>,
}

#[derive(Debug, Deserialize)]
struct DemoRedirect {
    path: String,
    target: String,
}

/// Loads what is not there.
pub(super) async fn load(app: &App, sizes: &PictureSizes) -> anyhow::Result<()> {
    let demo: DemoContent = serde_json::from_str(CONTENT).context("demo/content.json")?;
    let author = Author { sources: &app.sources, account_id: None };
    let tx = tx::begin(&app.database).await?;
    present(&tx, author, demo.brand, demo.countries).await.context("the shop's logo")?;
    for page in demo.pages {
        if store::page_by_handle(&*tx, Sight::Everything, &page.handle).await.map_err(in_words)?.is_none() {
            let names = names(page.title, page.handle, Some(page.seo_description));
            let patch = PagePatch { names, body_html: Some(page.body), publication: Publication::Published };
            content::create_page(&tx, author, patch).await.map_err(failed)?;
        }
    }
    for blog in demo.blogs {
        let id = match store::blog_by_handle(&*tx, &blog.handle).await.map_err(in_words)? {
            Some(blog) => blog.id,
            None => {
                let names = names(blog.title, blog.handle, Some(blog.seo_description));
                content::create_blog(&tx, author, names).await.map_err(failed)?
            }
        };
        for article in blog.articles {
            write(&tx, author, id, article, sizes).await?;
        }
    }
    for policy in demo.policies {
        let kind = content::policy_of_handle(&policy.handle).with_context(|| policy.handle.clone())?;
        if store::policy(&*tx, kind).await.map_err(in_words)?.is_none() {
            content::update_policy(&tx, author, kind, &policy.body).await.map_err(failed)?;
        }
    }
    for menu in demo.menus {
        if store::menu_by_handle(&*tx, &menu.handle).await.map_err(in_words)?.is_none() {
            let items = Some(links(&*tx, menu.items).await?);
            let patch = MenuPatch { title: Some(menu.title), handle: Some(menu.handle), items };
            content::create_menu(&tx, author, patch).await.map_err(failed)?;
        }
    }
    for redirect in demo.redirects {
        if store::redirect_of(&*tx, &redirect.path).await.map_err(in_words)?.is_none() {
            content::create_redirect(&tx, author, &redirect.path, &redirect.target).await.map_err(failed)?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn names(title: String, handle: String, description: Option<String>) -> Names {
    Names { title: Some(title), handle: Some(handle), seo_description: Some(description), ..Names::default() }
}

/// Gives a shop without a logo the demo's, and the demo's countries.
async fn present(
    tx: &sea_orm::DatabaseTransaction,
    author: Author<'_>,
    logo: DemoLogo,
    countries: Vec<String>,
) -> anyhow::Result<()> {
    let shop = shop::get(tx).await.map_err(in_words)?;
    if shop.logo_url.is_some() {
        return Ok(());
    }
    let draft = ImageDraft { url: logo.logo, alt: Some(logo.alt), width: Some(logo.width), height: Some(logo.height) };
    // A shop elsewhere has countries of its own.
    let country_codes = countries.contains(&shop.country_code).then_some(countries);
    let patch = ShopPatch { logo: Some(Some(draft)), country_codes, ..ShopPatch::default() };
    content::update_shop(tx, author, None, patch).await.map_err(failed)
}

async fn write(
    tx: &sea_orm::DatabaseTransaction,
    author: Author<'_>,
    blog: BlogId,
    article: DemoArticle,
    sizes: &PictureSizes,
) -> anyhow::Result<()> {
    let pairs = [(blog, article.handle.as_str())];
    if !store::articles_by_handle(tx, Sight::Everything, &pairs).await.map_err(in_words)?.is_empty() {
        return Ok(());
    }
    let size = sizes.get(&article.image).copied().unzip();
    let image = ImageDraft { url: article.image, alt: Some(article.alt), width: size.0, height: size.1 };
    let patch = ArticlePatch {
        names: names(article.title, article.handle, None),
        body_html: Some(article.body),
        summary_html: Some(article.summary),
        author_name: Some(Some(article.author)),
        tags: Some(article.tags),
        image: Some(Some(image)),
        publication: Publication::From(author.sources.now() - TimeDelta::days(article.days_ago)),
    };
    content::create_article(tx, author, blog, patch).await.map_err(failed)?;
    Ok(())
}

/// The links of a menu. One whose collection the shop does not have is left out.
async fn links(db: &impl ConnectionTrait, items: Vec<DemoItem>) -> anyhow::Result<Vec<ItemDraft>> {
    let mut drafts = Vec::new();
    for item in items {
        let kind = MenuItemKind::try_from_value(&item.kind)?;
        let resource_id = match &item.of {
            None => None,
            Some(handle) => match resource(db, kind, handle).await? {
                Some(id) => Some(id),
                None => continue,
            },
        };
        let items = Box::pin(links(db, item.items)).await?;
        let (id, url): (Option<MenuItemId>, _) = (None, None);
        drafts.push(ItemDraft { id, title: item.title, kind, resource_id, url, tags: Vec::new(), items });
    }
    Ok(drafts)
}

async fn resource(db: &impl ConnectionTrait, kind: MenuItemKind, handle: &str) -> anyhow::Result<Option<Uuid>> {
    Ok(match kind {
        MenuItemKind::Collection => lookup::collection_id(db, handle).await.map_err(in_words)?.map(|id| id.0),
        MenuItemKind::Page => {
            store::page_by_handle(db, Sight::Everything, handle).await.map_err(in_words)?.map(|page| page.id.0)
        }
        MenuItemKind::Blog => store::blog_by_handle(db, handle).await.map_err(in_words)?.map(|blog| blog.id.0),
        MenuItemKind::ShopPolicy => match content::policy_of_handle(handle) {
            Some(kind) => store::policy(db, kind).await.map_err(in_words)?.map(|policy| policy.id.0),
            None => None,
        },
        other => anyhow::bail!("the demo has no menu links of the kind {other:?}"),
    })
}
