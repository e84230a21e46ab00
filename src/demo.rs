//! The demo shop of the folder `demo/`, inside the binary: products, collections, pictures, texts, what it charges, and
//! the shop's own name.

mod content;
mod costs;

use std::{
    collections::{HashMap, HashSet},
    io::Cursor,
};

use anyhow::Context;
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{
        auth::{self, NewAccount, Profile, Role},
        catalog::{
            self, CollectionPatch, CollectionTarget, ImageDraft, SwatchDraft, SwatchKey,
            import::{self, Options, PictureSizes},
            lookup,
        },
        inventory::{self, LocationPatch},
        shared::{Author, Failure},
        shop::{self, NewShop},
    },
    platform::tx,
};

/// The demo shop's pictures, served below [`PICTURES_PATH`].
pub static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo/pictures");
/// Where the pictures are found.
pub const PICTURES_PATH: &str = "/media/demo/";

const SHOP: &str = include_str!("../demo/shop.json");
const PRODUCTS: &str = include_str!("../demo/products.csv");
const COLLECTIONS: &str = include_str!("../demo/collections.json");
const SWATCHES: &str = include_str!("../demo/swatches.json");

/// The demo staff account's e-mail address.
pub const STAFF_EMAIL: &str = "staff@cartwright.example";

/// A discount code of the demo shop, for newcomers to try.
pub const DISCOUNT_CODE: &str = "WELCOME10";

/// What a first start made.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// Products of the demo shop.
    pub products: u64,
    /// The staff account.
    pub email: String,
    /// Its generated password, which is kept nowhere.
    pub password: String,
}

/// What the shop has of the demo now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Products, new ones and those that were there.
    pub products: u64,
    /// Collections.
    pub collections: usize,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoShop {
    name: String,
    description: String,
    email: String,
    currency_code: String,
    country_code: String,
    time_zone: String,
    location_name: String,
}

#[derive(Debug, Deserialize)]
struct DemoSwatch {
    option: String,
    value: String,
    color: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoCollection {
    handle: String,
    title: String,
    description_html: String,
    seo_title: Option<String>,
    seo_description: Option<String>,
    image: Option<String>,
    products: Vec<String>,
}

/// Whether the shop is new: no product, no account.
///
/// # Errors
/// The database's.
pub async fn is_empty(app: &App) -> anyhow::Result<bool> {
    let db = app.database.reader();
    Ok(!lookup::has_products(db).await.map_err(in_words)? && !auth::has_accounts(db).await?)
}

/// Opens a new shop: the demo products and a staff account that may do everything.
///
/// # Errors
/// The database's.
pub async fn open(app: &App) -> anyhow::Result<Welcome> {
    let loaded = load(app).await?;
    let password = auth::generate_password();
    let account = NewAccount {
        email: STAFF_EMAIL.to_owned(),
        password: password.clone(),
        role: Role::Admin,
        profile: Profile {
            first_name: Some("Demo".to_owned()),
            last_name: Some("Staff".to_owned()),
            ..Profile::default()
        },
    };
    let account = auth::create_account(&app.database, &app.auth, account).await.map_err(failed)?;
    Ok(Welcome { products: loaded.products, email: account.email, password })
}

/// Loads the demo shop. A shop that has products keeps its own name, currency, stock, delivery and taxes; loading twice
/// changes nothing.
///
/// # Errors
/// The database's; also what the importer refuses, which the tests keep from happening.
pub async fn load(app: &App) -> anyhow::Result<Loaded> {
    let is_new = name_shop(app).await.context("the demo shop's name")?;
    let sizes = picture_sizes()?;
    let options = Options { picture_sizes: sizes.clone(), ..Options::default() };
    let products = Cursor::new(PRODUCTS.as_bytes());
    let report = import::import_products(&app.database, &app.sources, products, &options, |_| {}).await?;
    anyhow::ensure!(!report.has_refusals(), "the demo products were not all taken:\n{report}");
    if is_new {
        costs::classify(app).await.context("the tax classes of the demo products")?;
    }
    let collections: Vec<DemoCollection> = serde_json::from_str(COLLECTIONS).context("demo/collections.json")?;
    for collection in &collections {
        let loaded = load_collection(app, collection, &sizes).await;
        loaded.with_context(|| format!("the demo collection {}", collection.handle))?;
    }
    load_swatches(app).await.context("the demo swatches")?;
    content::load(app, &sizes).await.context("the demo content")?;
    let products = report.created + report.updated + report.unchanged;
    Ok(Loaded { products, collections: collections.len() })
}

/// Sizes of the pictures by the URL that the products name.
fn picture_sizes() -> anyhow::Result<PictureSizes> {
    let file = PICTURES.get_file("sizes.json").and_then(|file| file.contents_utf8());
    let sizes: HashMap<String, (i32, i32)> =
        serde_json::from_str(file.unwrap_or("{}")).context("demo/pictures/sizes.json")?;
    Ok(sizes.into_iter().map(|(name, size)| (format!("{PICTURES_PATH}{name}"), size)).collect())
}

/// Gives a shop without products the demo's name, currency, first location and costs. Says whether it is such a shop.
async fn name_shop(app: &App) -> anyhow::Result<bool> {
    let demo: DemoShop = serde_json::from_str(SHOP).context("demo/shop.json")?;
    let tx = tx::begin(&app.database).await?;
    if lookup::has_products(&*tx).await.map_err(in_words)? {
        return Ok(false);
    }
    let currency = demo.currency_code.parse()?;
    let new = NewShop {
        name: demo.name,
        description: Some(demo.description),
        email: Some(demo.email),
        currency,
        country_code: demo.country_code,
        time_zone: demo.time_zone,
    };
    shop::replace(&tx, &app.sources, new).await.map_err(in_words)?;
    let location = inventory::default_location(&*tx).await.map_err(in_words)?;
    let patch = LocationPatch { name: Some(demo.location_name), priority: None };
    inventory::edit_location(&tx, location, patch).await.map_err(failed)?;
    let author = Author { sources: &app.sources, account_id: None };
    costs::set(&tx, author, currency, location).await.context("what the demo shop charges")?;
    tx.commit().await?;
    Ok(true)
}

/// Gives the values of the demo's options their colors; what has a swatch keeps it.
async fn load_swatches(app: &App) -> anyhow::Result<()> {
    let author = Author { sources: &app.sources, account_id: None };
    let demo: Vec<DemoSwatch> = serde_json::from_str(SWATCHES).context("demo/swatches.json")?;
    let tx = tx::begin(&app.database).await?;
    let there: HashSet<SwatchKey> =
        catalog::swatches(&*tx).await.map_err(in_words)?.iter().map(SwatchKey::of).collect();
    for swatch in demo {
        if there.contains(&SwatchKey::new(&swatch.option, &swatch.value)) {
            continue;
        }
        let draft = SwatchDraft { option: swatch.option, value: swatch.value, color: Some(swatch.color), image: None };
        catalog::set_swatch(&tx, author, draft).await.map_err(failed)?;
    }
    tx.commit().await?;
    Ok(())
}

/// Makes the collection unless it is there, and puts those of its products into it that are missing.
async fn load_collection(app: &App, demo: &DemoCollection, sizes: &PictureSizes) -> anyhow::Result<()> {
    let author = Author { sources: &app.sources, account_id: None };
    let tx = tx::begin(&app.database).await?;
    let id = match lookup::collection_id(&*tx, &demo.handle).await.map_err(in_words)? {
        Some(id) => id,
        None => {
            let image = demo.image.clone().map(|url| {
                let size = sizes.get(&url).copied().unzip();
                ImageDraft { url, alt: Some(demo.title.clone()), width: size.0, height: size.1 }
            });
            let patch = CollectionPatch {
                title: Some(demo.title.clone()),
                handle: Some(demo.handle.clone()),
                description_html: Some(demo.description_html.clone()),
                image: Some(image),
                published: Some(true),
                seo_title: Some(demo.seo_title.clone()),
                seo_description: Some(demo.seo_description.clone()),
            };
            catalog::create_collection(&tx, author, patch).await.map_err(failed)?
        }
    };
    let ids = lookup::product_ids(&*tx, &demo.products).await.map_err(in_words)?;
    let target = CollectionTarget { id, expected_version: None };
    catalog::add_to_collection(&tx, author, target, &ids).await.map_err(failed)?;
    tx.commit().await?;
    Ok(())
}

fn in_words(error: crate::domain::shared::Error) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

fn failed<R: std::fmt::Display>(failure: Failure<R>) -> anyhow::Error {
    match failure {
        Failure::Error(error) => in_words(error),
        Failure::Refused(refusals) => {
            anyhow::anyhow!(refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        }
    }
}
