//! Reading whole products under a lock, and saving what changed of them, many at a time.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    catalog::{product, product_image, product_option, product_tag, variant, variant_price},
    ids::{ProductId, VariantId},
    money::Currency,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use serde_json::json;

use super::{
    price_history::{self, Asked},
    whole_product::{WholeProduct, WholeVariant},
};
use crate::{
    domain::shared::{Author, Error},
    platform::outbox::{self, Fact},
};

/// Rows of one INSERT: SQLite takes 32,766 parameters, PostgreSQL 65,535.
const ROWS: usize = 500;

/// A change of one product.
#[derive(Debug)]
pub struct Change {
    /// As it is in the database; `None` for a new one.
    pub before: Option<WholeProduct>,
    /// As it shall be.
    pub after: WholeProduct,
}

/// What saving did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The product is new.
    Created,
    /// It was changed, its version grew.
    Updated,
    /// There was nothing to change.
    Unchanged,
}

/// Locks one product and reads all of it. Checks the version that the caller has seen.
///
/// # Errors
/// `NotFound`, `VersionConflict`.
pub async fn lock_one(
    tx: &DatabaseTransaction,
    id: ProductId,
    expected_version: Option<i32>,
    currency: Currency,
) -> Result<WholeProduct, Error> {
    let rows = product::Entity::find_by_id(id).lock_exclusive().all(tx).await?;
    let found = read_parts(tx, rows, currency).await?.pop().ok_or(Error::NotFound("product"))?;
    let current = found.product.version;
    match expected_version {
        Some(expected) if expected != current => Err(Error::VersionConflict { current }),
        Some(_) | None => Ok(found),
    }
}

/// Locks the products that have these handles, in the order of their ids, and reads all of them.
///
/// # Errors
/// The database's.
pub async fn lock_by_handle(
    tx: &DatabaseTransaction,
    handles: &[String],
    currency: Currency,
) -> Result<HashMap<String, WholeProduct>, DbErr> {
    let mut rows = Vec::new();
    for handles in handles.chunks(ROWS) {
        let query = product::Entity::find().filter(product::Column::Handle.is_in(handles));
        rows.extend(query.order_by_asc(product::Column::Id).lock_exclusive().all(tx).await?);
    }
    let found = read_parts(tx, rows, currency).await?;
    Ok(found.into_iter().map(|whole| (whole.product.handle.clone(), whole)).collect())
}

async fn read_parts(
    tx: &DatabaseTransaction,
    products: Vec<product::Model>,
    currency: Currency,
) -> Result<Vec<WholeProduct>, DbErr> {
    let ids: Vec<ProductId> = products.iter().map(|row| row.id).collect();
    let mut options: HashMap<ProductId, Vec<product_option::Model>> = HashMap::new();
    let mut tags: HashMap<ProductId, BTreeMap<String, product_tag::Model>> = HashMap::new();
    let mut images: HashMap<ProductId, Vec<product_image::Model>> = HashMap::new();
    let mut variants: HashMap<ProductId, Vec<WholeVariant>> = HashMap::new();
    for ids in ids.chunks(ROWS) {
        let query = product_option::Entity::find().filter(product_option::Column::ProductId.is_in(ids.iter().copied()));
        for row in query.order_by_asc(product_option::Column::Position).all(tx).await? {
            options.entry(row.product_id).or_default().push(row);
        }
        let query = product_tag::Entity::find().filter(product_tag::Column::ProductId.is_in(ids.iter().copied()));
        for row in query.all(tx).await? {
            tags.entry(row.product_id).or_default().insert(row.tag_key.clone(), row);
        }
        let query = product_image::Entity::find().filter(product_image::Column::ProductId.is_in(ids.iter().copied()));
        for row in query.order_by_asc(product_image::Column::Position).all(tx).await? {
            images.entry(row.product_id).or_default().push(row);
        }
        let query = variant::Entity::find().filter(variant::Column::ProductId.is_in(ids.iter().copied()));
        let rows = query.order_by_asc(variant::Column::Position).order_by_asc(variant::Column::Id).all(tx).await?;
        let mut prices = read_prices(tx, &rows, currency).await?;
        for variant in rows {
            let none =
                variant_price::Model { variant_id: variant.id, currency, amount_minor: 0, compare_at_minor: None };
            let price = prices.remove(&variant.id).unwrap_or(none);
            variants.entry(variant.product_id).or_default().push(WholeVariant { variant, price });
        }
    }
    let whole = products.into_iter().map(|product| WholeProduct {
        options: options.remove(&product.id).unwrap_or_default(),
        tags: tags.remove(&product.id).unwrap_or_default(),
        images: images.remove(&product.id).unwrap_or_default(),
        variants: variants.remove(&product.id).unwrap_or_default(),
        product,
    });
    Ok(whole.collect())
}

async fn read_prices(
    tx: &DatabaseTransaction,
    variants: &[variant::Model],
    currency: Currency,
) -> Result<HashMap<VariantId, variant_price::Model>, DbErr> {
    let mut prices = HashMap::new();
    for variants in variants.chunks(ROWS) {
        let ids = variants.iter().map(|variant| variant.id);
        let query = variant_price::Entity::find().filter(variant_price::Column::VariantId.is_in(ids));
        let rows = query.filter(variant_price::Column::Currency.eq(currency)).all(tx).await?;
        prices.extend(rows.into_iter().map(|row| (row.variant_id, row)));
    }
    Ok(prices)
}

/// Saves changes of products that are locked, or new, and records each as a fact. A product that did not change is not
/// written.
///
/// # Errors
/// The database's; `RecordNotInserted` when a new product's handle was taken meanwhile, `RecordNotUpdated` when a product
/// was not locked.
pub async fn save(tx: &DatabaseTransaction, author: Author<'_>, mut changes: Vec<Change>) -> Result<Vec<Saved>, DbErr> {
    let now = author.sources.now();
    let mut outcomes = Vec::with_capacity(changes.len());
    for change in &mut changes {
        change.after.settle();
        let outcome = match &change.before {
            None => Saved::Created,
            Some(before) if *before == change.after => Saved::Unchanged,
            Some(_) => Saved::Updated,
        };
        if outcome != Saved::Unchanged {
            touch(change, now);
        }
        outcomes.push(outcome);
    }
    let changed = changed(&changes, &outcomes);
    if !changed.is_empty() {
        write(tx, now, &changed).await?;
        let facts = changed.iter().map(|change| fact(change, author)).collect();
        outbox::record_many(tx, author.sources, facts).await?;
    }
    Ok(outcomes)
}

fn changed<'a>(changes: &'a [Change], outcomes: &[Saved]) -> Vec<&'a Change> {
    let pairs = changes.iter().zip(outcomes);
    pairs.filter(|(_, outcome)| **outcome != Saved::Unchanged).map(|(change, _)| change).collect()
}

/// Grows the version and dates of what changed.
fn touch(change: &mut Change, now: DateTime<Utc>) {
    let product = &mut change.after.product;
    product.version = change.before.as_ref().map_or(0, |before| before.product.version) + 1;
    product.updated_at = now;
    let before: HashMap<VariantId, &WholeVariant> = variants(change.before.as_ref());
    for whole in &mut change.after.variants {
        if before.get(&whole.variant.id).is_some_and(|before| **before != *whole) {
            whole.variant.updated_at = now;
        }
    }
}

fn variants(whole: Option<&WholeProduct>) -> HashMap<VariantId, &WholeVariant> {
    whole.map(|whole| whole.variants.iter().map(|whole| (whole.variant.id, whole)).collect()).unwrap_or_default()
}

fn fact(change: &Change, author: Author<'_>) -> Fact {
    let product = &change.after.product;
    Fact {
        kind: if change.before.is_none() { "product.created" } else { "product.updated" },
        subject_type: "product",
        subject_id: product.id.0,
        data: json!({
            "product_id": product.id, "handle": product.handle, "version": product.version,
            "account_id": author.account_id,
        }),
    }
}

async fn write(tx: &DatabaseTransaction, now: DateTime<Utc>, changes: &[&Change]) -> Result<(), DbErr> {
    let mut rows = Rows::default();
    for change in changes {
        rows.compare(change);
    }
    let new_products = rows.new_products.len();
    let unique_handle = OnConflict::column(product::Column::Handle).do_nothing().to_owned();
    let mut inserted = 0;
    for chunk in chunks(rows.new_products) {
        let insert = product::Entity::insert_many(chunk).on_conflict(unique_handle.clone());
        inserted += insert.exec_without_returning(tx).await?;
    }
    if inserted != u64::try_from(new_products).unwrap_or(u64::MAX) {
        return Err(DbErr::RecordNotInserted);
    }
    for (version, row) in rows.products {
        let id = row.id;
        let update = product::Entity::update_many().set(row.into_active_model().reset_all());
        let update = update.filter(product::Column::Id.eq(id)).filter(product::Column::Version.eq(version));
        if update.exec(tx).await?.rows_affected != 1 {
            return Err(DbErr::RecordNotUpdated);
        }
    }
    remove_parts(tx, &rows.gone).await?;
    for row in rows.options {
        let id = row.id;
        let update = product_option::Entity::update_many().set(row.into_active_model().reset_all());
        update.filter(product_option::Column::Id.eq(id)).exec(tx).await?;
    }
    for row in rows.images {
        let id = row.id;
        let update = product_image::Entity::update_many().set(row.into_active_model().reset_all());
        update.filter(product_image::Column::Id.eq(id)).exec(tx).await?;
    }
    for row in rows.variants {
        let id = row.id;
        let update = variant::Entity::update_many().set(row.into_active_model().reset_all());
        update.filter(variant::Column::Id.eq(id)).exec(tx).await?;
    }
    for chunk in chunks(rows.new_options) {
        product_option::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    for chunk in chunks(rows.new_tags) {
        product_tag::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    for chunk in chunks(rows.new_images) {
        product_image::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    for chunk in chunks(rows.new_variants) {
        variant::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    let key = [variant_price::Column::VariantId, variant_price::Column::Currency];
    let values = [variant_price::Column::AmountMinor, variant_price::Column::CompareAtMinor];
    let replace = OnConflict::columns(key).update_columns(values).to_owned();
    for chunk in chunks(rows.prices) {
        variant_price::Entity::insert_many(chunk).on_conflict(replace.clone()).exec_without_returning(tx).await?;
    }
    price_history::remember(tx, now, &rows.asked).await
}

async fn remove_parts(tx: &DatabaseTransaction, gone: &Gone) -> Result<(), DbErr> {
    if !gone.options.is_empty() {
        let ids = gone.options.iter().copied();
        product_option::Entity::delete_many().filter(product_option::Column::Id.is_in(ids)).exec(tx).await?;
    }
    for (product_id, keys) in &gone.tags {
        let delete = product_tag::Entity::delete_many().filter(product_tag::Column::ProductId.eq(*product_id));
        delete.filter(product_tag::Column::TagKey.is_in(keys)).exec(tx).await?;
    }
    for ids in gone.images.chunks(ROWS) {
        let ids = ids.iter().copied();
        product_image::Entity::delete_many().filter(product_image::Column::Id.is_in(ids)).exec(tx).await?;
    }
    for ids in gone.variants.chunks(ROWS) {
        let ids = ids.iter().copied();
        variant::Entity::delete_many().filter(variant::Column::Id.is_in(ids)).exec(tx).await?;
    }
    Ok(())
}

fn chunks<M, A>(rows: Vec<M>) -> impl Iterator<Item = Vec<A>>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let mut rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    std::iter::from_fn(move || {
        let chunk: Vec<A> = rows.by_ref().take(ROWS).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// What is to be taken away.
#[derive(Debug, Default)]
struct Gone {
    options: Vec<entity::ids::ProductOptionId>,
    tags: Vec<(ProductId, Vec<String>)>,
    images: Vec<entity::ids::ImageId>,
    variants: Vec<VariantId>,
}

/// What is to be written, by table.
#[derive(Debug, Default)]
struct Rows {
    new_products: Vec<product::Model>,
    /// With the version each one has in the database.
    products: Vec<(i32, product::Model)>,
    new_options: Vec<product_option::Model>,
    options: Vec<product_option::Model>,
    new_tags: Vec<product_tag::Model>,
    new_images: Vec<product_image::Model>,
    images: Vec<product_image::Model>,
    new_variants: Vec<variant::Model>,
    variants: Vec<variant::Model>,
    prices: Vec<variant_price::Model>,
    /// What is asked from now on, where that was something else.
    asked: Vec<Asked>,
    gone: Gone,
}

impl Rows {
    fn compare(&mut self, change: &Change) {
        let after = &change.after;
        let nothing = WholeProduct::empty(after.product.id, after.product.created_at);
        let before = change.before.as_ref().unwrap_or(&nothing);
        match &change.before {
            None => self.new_products.push(after.product.clone()),
            Some(before) => self.products.push((before.product.version, after.product.clone())),
        }

        let sorted = sort(&before.options, &after.options, |row| row.id);
        self.new_options.extend(sorted.new);
        self.options.extend(sorted.changed);
        self.gone.options.extend(sorted.gone);

        let sorted = sort(&before.images, &after.images, |row| row.id);
        self.new_images.extend(sorted.new);
        self.images.extend(sorted.changed);
        self.gone.images.extend(sorted.gone);

        let rows = |whole: &WholeProduct| whole.variants.iter().map(|v| v.variant.clone()).collect::<Vec<_>>();
        let sorted = sort(&rows(before), &rows(after), |row| row.id);
        self.new_variants.extend(sorted.new);
        self.variants.extend(sorted.changed);
        self.gone.variants.extend(sorted.gone);

        let known = variants(Some(before));
        let same_price = |v: &WholeVariant| known.get(&v.variant.id).is_some_and(|known| known.price == v.price);
        self.prices.extend(after.variants.iter().filter(|v| !same_price(v)).map(|v| v.price.clone()));
        let amount = |id: &VariantId| known.get(id).map(|known| known.price.amount_minor);
        let moved = |v: &&WholeVariant| amount(&v.variant.id) != Some(v.price.amount_minor);
        self.asked.extend(after.variants.iter().filter(moved).map(|v| Asked::own(&v.price)));

        let changed_tags = |from: &WholeProduct, to: &WholeProduct| {
            let differs = |(key, tag): &(&String, &product_tag::Model)| to.tags.get(*key) != Some(*tag);
            from.tags.iter().filter(differs).map(|(_, tag)| tag.clone()).collect::<Vec<_>>()
        };
        self.new_tags.extend(changed_tags(after, before));
        let gone = changed_tags(before, after);
        if !gone.is_empty() {
            self.gone.tags.push((after.product.id, gone.into_iter().map(|tag| tag.tag_key).collect()));
        }
    }
}

/// Rows of one table by what is to be done with them.
struct Sorted<M, K> {
    new: Vec<M>,
    changed: Vec<M>,
    gone: Vec<K>,
}

fn sort<M: Clone + PartialEq, K: Copy + Eq + std::hash::Hash>(
    before: &[M],
    after: &[M],
    key: impl Fn(&M) -> K,
) -> Sorted<M, K> {
    let known: HashMap<K, &M> = before.iter().map(|row| (key(row), row)).collect();
    let kept: HashSet<K> = after.iter().map(&key).collect();
    let changed = |row: &&M| known.get(&key(row)).is_some_and(|before| *before != *row);
    Sorted {
        new: after.iter().filter(|row| !known.contains_key(&key(row))).cloned().collect(),
        changed: after.iter().filter(changed).cloned().collect(),
        gone: before.iter().map(&key).filter(|id| !kept.contains(id)).collect(),
    }
}
