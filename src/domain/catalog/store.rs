//! The catalog's queries by id: what the loaders ask, a statement for any number of ids.

use std::collections::HashMap;

use entity::{
    catalog::{collection, collection_product, product, product_image, product_option, product_tag, variant},
    ids::{CollectionId, ProductId, ProductOptionId, VariantId},
    inventory::stock_level,
    money::{Currency, Money},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Condition, Expr, ExprTrait},
};

use super::{Sight, Variant};
use crate::domain::shared::Error;

/// The price row of a variant in the shop's currency: the condition of a join. A variant without one is not sold and
/// appears nowhere.
pub(super) const PRICE_IN_SHOP_CURRENCY: &str = "variant_price.variant_id = variant.id AND variant_price.currency = \
                                                 (SELECT currency FROM shop WHERE id = 1)";

/// Units of a variant that nobody holds, over all locations. The sum of BIGINT is NUMERIC on PostgreSQL.
pub(super) const AVAILABLE: &str = "CAST(COALESCE((SELECT SUM(stock_level.on_hand - stock_level.reserved) \
                                    FROM stock_level WHERE stock_level.variant_id = variant.id), 0) AS BIGINT)";

/// How many price lists may count now or later: none, and nobody has to ask for their prices.
const LISTS: &str = "CAST((SELECT COUNT(*) FROM price_list WHERE price_list.active) AS BIGINT)";

/// A list of ids whose length is a power of two, the last repeated, so that lists of every length share few prepared
/// statements.
#[must_use]
pub fn padded<T: Copy>(ids: &[T]) -> Vec<T> {
    let mut padded = ids.to_vec();
    if let Some(last) = ids.last() {
        padded.resize(ids.len().next_power_of_two(), *last);
    }
    padded
}

/// The products that may be seen.
pub(super) fn visible(sight: Sight) -> Condition {
    match sight {
        Sight::Everything => Condition::all(),
        Sight::Published(now) => Condition::all()
            .add(product::Column::Status.eq(product::ProductStatus::Active))
            .add(product::Column::PublishedAt.lte(now)),
    }
}

/// The collections that may be seen.
pub(super) fn visible_collections(sight: Sight) -> Condition {
    match sight {
        Sight::Everything => Condition::all(),
        Sight::Published(now) => Condition::all().add(collection::Column::PublishedAt.lte(now)),
    }
}

/// Products, whether published or not: who shows them asks [`Sight`].
///
/// # Errors
/// The database's.
pub async fn products(db: &impl ConnectionTrait, ids: &[ProductId]) -> Result<Vec<product::Model>, Error> {
    Ok(product::Entity::find().filter(product::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// The product with a handle, if it may be seen.
///
/// # Errors
/// The database's.
pub async fn product_by_handle(
    db: &impl ConnectionTrait,
    sight: Sight,
    handle: &str,
) -> Result<Option<product::Model>, Error> {
    let found = product::Entity::find().filter(product::Column::Handle.eq(handle)).one(db).await?;
    Ok(found.filter(|product| sight.sees(product)))
}

#[derive(FromQueryResult)]
struct VariantRow {
    #[sea_orm(nested)]
    variant: variant::Model,
    amount_minor: i64,
    compare_at_minor: Option<i64>,
    currency: Currency,
    available: i64,
    lists: i64,
}

impl From<VariantRow> for Variant {
    fn from(row: VariantRow) -> Self {
        let money = |minor| Money::new(minor, row.currency);
        let compare_at = row.compare_at_minor.filter(|minor| *minor > row.amount_minor).map(money);
        Self {
            price: money(row.amount_minor),
            compare_at,
            breaks: Vec::new(),
            priced: true,
            lists: row.lists > 0,
            available: row.available,
            row: row.variant,
        }
    }
}

fn select_variants() -> Select<variant::Entity> {
    let price = |column: &'static str| Expr::col(("variant_price", column));
    let mut select = variant::Entity::find();
    QueryTrait::query(&mut select)
        .expr_as(price("amount_minor"), "amount_minor")
        .expr_as(price("compare_at_minor"), "compare_at_minor")
        .expr_as(price("currency"), "currency")
        .expr_as(Expr::cust(AVAILABLE), "available")
        .expr_as(Expr::cust(LISTS), "lists")
        .join(JoinType::InnerJoin, "variant_price", Expr::cust(PRICE_IN_SHOP_CURRENCY));
    select
}

/// Variants by their ids, whether their product is published or not.
///
/// # Errors
/// The database's.
pub async fn variants(db: &impl ConnectionTrait, ids: &[VariantId]) -> Result<Vec<Variant>, Error> {
    let select = select_variants().filter(variant::Column::Id.is_in(padded(ids)));
    let rows = select.into_model::<VariantRow>().all(db).await?;
    Ok(rows.into_iter().map(Variant::from).collect())
}

/// All variants of some products, in the products' order of them.
///
/// # Errors
/// The database's.
pub async fn variants_of(db: &impl ConnectionTrait, products: &[ProductId]) -> Result<Vec<Variant>, Error> {
    let select = select_variants()
        .filter(variant::Column::ProductId.is_in(padded(products)))
        .order_by_asc(variant::Column::ProductId)
        .order_by_asc(variant::Column::Position)
        .order_by_asc(variant::Column::Id);
    let rows = select.into_model::<VariantRow>().all(db).await?;
    Ok(rows.into_iter().map(Variant::from).collect())
}

/// Units of some variants that nobody holds, over all locations; those that have no stock are left out.
///
/// # Errors
/// The database's.
pub async fn available(db: &impl ConnectionTrait, variants: &[VariantId]) -> Result<HashMap<VariantId, i64>, Error> {
    let rows: Vec<(VariantId, i64)> = stock_level::Entity::find()
        .select_only()
        .column(stock_level::Column::VariantId)
        .column_as(Expr::cust("CAST(SUM(stock_level.on_hand - stock_level.reserved) AS BIGINT)"), "available")
        .filter(stock_level::Column::VariantId.is_in(padded(variants)))
        .group_by(stock_level::Column::VariantId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// All pictures of some products, in order.
///
/// # Errors
/// The database's.
pub async fn images_of(db: &impl ConnectionTrait, products: &[ProductId]) -> Result<Vec<product_image::Model>, Error> {
    let select = product_image::Entity::find()
        .filter(product_image::Column::ProductId.is_in(padded(products)))
        .order_by_asc(product_image::Column::ProductId)
        .order_by_asc(product_image::Column::Position)
        .order_by_asc(product_image::Column::Id);
    Ok(select.all(db).await?)
}

/// Options by their ids, whether their product is published or not.
///
/// # Errors
/// The database's.
pub async fn options(db: &impl ConnectionTrait, ids: &[ProductOptionId]) -> Result<Vec<product_option::Model>, Error> {
    Ok(product_option::Entity::find().filter(product_option::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// All options of some products, in order.
///
/// # Errors
/// The database's.
pub async fn options_of(
    db: &impl ConnectionTrait,
    products: &[ProductId],
) -> Result<Vec<product_option::Model>, Error> {
    let select = product_option::Entity::find()
        .filter(product_option::Column::ProductId.is_in(padded(products)))
        .order_by_asc(product_option::Column::ProductId)
        .order_by_asc(product_option::Column::Position);
    Ok(select.all(db).await?)
}

/// All tags of some products, in alphabetical order.
///
/// # Errors
/// The database's.
pub async fn tags_of(db: &impl ConnectionTrait, products: &[ProductId]) -> Result<Vec<product_tag::Model>, Error> {
    let select = product_tag::Entity::find()
        .filter(product_tag::Column::ProductId.is_in(padded(products)))
        .order_by_asc(product_tag::Column::ProductId)
        .order_by_asc(product_tag::Column::TagKey);
    Ok(select.all(db).await?)
}

/// Collections by their ids, whether published or not.
///
/// # Errors
/// The database's.
pub async fn collections(db: &impl ConnectionTrait, ids: &[CollectionId]) -> Result<Vec<collection::Model>, Error> {
    Ok(collection::Entity::find().filter(collection::Column::Id.is_in(padded(ids))).all(db).await?)
}

/// The collection with a handle, if it may be seen.
///
/// # Errors
/// The database's.
pub async fn collection_by_handle(
    db: &impl ConnectionTrait,
    sight: Sight,
    handle: &str,
) -> Result<Option<collection::Model>, Error> {
    let found = collection::Entity::find().filter(collection::Column::Handle.eq(handle)).one(db).await?;
    Ok(found.filter(|collection| sight.sees_collection(collection)))
}

#[derive(FromQueryResult)]
struct MembershipRow {
    member_id: ProductId,
    #[sea_orm(nested)]
    collection: collection::Model,
}

/// The collections that some products are in and that may be seen, each with the product; by title.
///
/// # Errors
/// The database's.
pub async fn collections_of(
    db: &impl ConnectionTrait,
    sight: Sight,
    products: &[ProductId],
) -> Result<Vec<(ProductId, collection::Model)>, Error> {
    let member = Expr::col((collection_product::Entity, collection_product::Column::ProductId));
    let belongs = Expr::col((collection_product::Entity, collection_product::Column::CollectionId))
        .equals((collection::Entity, collection::Column::Id));
    let mut select = collection::Entity::find()
        .filter(visible_collections(sight))
        .filter(member.clone().is_in(padded(products)))
        .order_by_asc(collection::Column::TitleKey)
        .order_by_asc(collection::Column::Id);
    QueryTrait::query(&mut select).expr_as(member, "member_id").join(
        JoinType::InnerJoin,
        collection_product::Entity,
        belongs,
    );
    let rows = select.into_model::<MembershipRow>().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.member_id, row.collection)).collect())
}
