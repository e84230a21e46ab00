//! The orders that lists of products and collections come in.

use entity::{
    catalog::{collection, collection_product, product},
    ids::ProductId,
};
use sea_orm::{
    FromQueryResult,
    sea_query::{Expr, IntoColumnRef},
};

use super::keyset::{CursorValue, Keyset, Kind, SortColumn};

/// Orders of products. All ascending but `BestSelling`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProductSort {
    /// Most units sold first.
    BestSelling,
    /// When they were made.
    CreatedAt,
    /// Their ids, which grow with time.
    Id,
    /// Their cheapest variant's price.
    Price,
    /// Their type.
    ProductType,
    /// Those whose title has the words first, then by title.
    Relevance,
    /// Their title.
    Title,
    /// When they last changed.
    UpdatedAt,
    /// Their vendor.
    Vendor,
}

/// Orders of a collection's products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberSort {
    /// Most units sold first.
    BestSelling,
    /// The collection's own order.
    CollectionDefault,
    /// When they were made.
    Created,
    /// Their ids, which grow with time.
    Id,
    /// The order that the merchant gave.
    Manual,
    /// Their cheapest variant's price.
    Price,
    /// The collection's own order, there being no words.
    Relevance,
    /// Their title.
    Title,
}

/// Orders of collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CollectionSort {
    /// Their ids, which grow with time.
    Id,
    /// Their title, there being no words.
    Relevance,
    /// Their title.
    Title,
    /// When they last changed.
    UpdatedAt,
}

/// A product with what its list is sorted by.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ProductRow {
    /// The product.
    #[sea_orm(nested)]
    pub product: product::Model,
    /// 0 for what can be bought and 1 for what cannot, where the list says so.
    pub availability_rank: i32,
    /// 0 where the title has the words, 1 where it has not.
    pub relevance_rank: i32,
    /// The place that the merchant gave it in a collection.
    pub place: i32,
}

/// Product `row` sorted by `expr`.
fn column(kind: Kind, column: impl IntoColumnRef, read: fn(&ProductRow) -> CursorValue) -> SortColumn<ProductRow> {
    SortColumn { kind, expr: Expr::col(column), read }
}

fn of(table: product::Column) -> (product::Entity, product::Column) {
    (product::Entity, table)
}

fn text(id: ProductId) -> CursorValue {
    CursorValue::Text(id.to_string())
}

fn by_id() -> SortColumn<ProductRow> {
    column(Kind::Id, of(product::Column::Id), |row| text(row.product.id))
}

fn by_title() -> SortColumn<ProductRow> {
    column(Kind::Text, of(product::Column::TitleKey), |row| CursorValue::Text(row.product.title_key.clone()))
}

fn by_price() -> SortColumn<ProductRow> {
    column(Kind::Number, of(product::Column::MinPriceMinor), |row| CursorValue::Number(row.product.min_price_minor))
}

fn by_sales() -> SortColumn<ProductRow> {
    column(Kind::Number, of(product::Column::UnitsSold), |row| CursorValue::Number(row.product.units_sold))
}

fn by_birth() -> SortColumn<ProductRow> {
    column(Kind::Moment, of(product::Column::CreatedAt), |row| {
        CursorValue::Number(row.product.created_at.timestamp_micros())
    })
}

fn by_place() -> SortColumn<ProductRow> {
    let place = (collection_product::Entity, collection_product::Column::Position);
    column(Kind::Number, place, |row| CursorValue::Number(row.place.into()))
}

/// The ranks that a list of products is sorted by first, where it is.
pub struct Ranks {
    /// 0 where the title has the words, 1 where it has not; nothing where there are no words.
    pub relevance: Option<Expr>,
    /// What can be bought before what cannot: 0 and 1, or the other way round in a list that is read from its end.
    pub availability: Option<Expr>,
}

/// The order of a list of products.
#[must_use]
pub fn of_products(sort: ProductSort, reverse: bool, ranks: &Ranks) -> Keyset<ProductRow> {
    let (name, columns) = match sort {
        ProductSort::BestSelling => ("BEST_SELLING", vec![by_sales()]),
        ProductSort::CreatedAt => ("CREATED_AT", vec![by_birth()]),
        ProductSort::Id => ("ID", vec![]),
        ProductSort::Price => ("PRICE", vec![by_price()]),
        ProductSort::ProductType => {
            let read = |row: &ProductRow| CursorValue::Text(row.product.type_key.clone());
            ("PRODUCT_TYPE", vec![column(Kind::Text, of(product::Column::TypeKey), read)])
        }
        ProductSort::Relevance => {
            let read = |row: &ProductRow| CursorValue::Number(row.relevance_rank.into());
            let rank = ranks.relevance.clone().map(|expr| SortColumn { kind: Kind::Number, expr, read });
            ("RELEVANCE", rank.into_iter().chain([by_title()]).collect())
        }
        ProductSort::Title => ("TITLE", vec![by_title()]),
        ProductSort::UpdatedAt => {
            let read = |row: &ProductRow| CursorValue::Number(row.product.updated_at.timestamp_micros());
            ("UPDATED_AT", vec![column(Kind::Moment, of(product::Column::UpdatedAt), read)])
        }
        ProductSort::Vendor => {
            let read = |row: &ProductRow| CursorValue::Text(row.product.vendor_key.clone());
            ("VENDOR", vec![column(Kind::Text, of(product::Column::VendorKey), read)])
        }
    };
    let descending = (sort == ProductSort::BestSelling) != reverse;
    match &ranks.availability {
        None => keyset(format!("product {name}"), columns, descending),
        Some(availability) => {
            let read = |row: &ProductRow| CursorValue::Number(row.availability_rank.into());
            let rank = SortColumn { kind: Kind::Number, expr: availability.clone(), read };
            let columns = [rank].into_iter().chain(columns).collect();
            keyset(format!("product {name} unavailable last {descending}"), columns, descending)
        }
    }
}

/// The order of a collection's products.
#[must_use]
pub fn of_members(sort: MemberSort, reverse: bool) -> Keyset<ProductRow> {
    let (name, columns) = match sort {
        MemberSort::BestSelling => ("BEST_SELLING", vec![by_sales()]),
        MemberSort::CollectionDefault | MemberSort::Manual | MemberSort::Relevance => ("MANUAL", vec![by_place()]),
        MemberSort::Created => ("CREATED", vec![by_birth()]),
        MemberSort::Id => ("ID", vec![]),
        MemberSort::Price => ("PRICE", vec![by_price()]),
        MemberSort::Title => ("TITLE", vec![by_title()]),
    };
    keyset(format!("member {name}"), columns, (sort == MemberSort::BestSelling) != reverse)
}

fn keyset(name: String, mut columns: Vec<SortColumn<ProductRow>>, descending: bool) -> Keyset<ProductRow> {
    columns.push(by_id());
    Keyset { name, columns, descending }
}

/// The order of a list of collections.
#[must_use]
pub fn of_collections(sort: CollectionSort, reverse: bool) -> Keyset<collection::Model> {
    let column = |kind, column: collection::Column, read| SortColumn {
        kind,
        expr: Expr::col((collection::Entity, column)),
        read,
    };
    let (name, first): (&str, Option<SortColumn<collection::Model>>) = match sort {
        CollectionSort::Id => ("ID", None),
        CollectionSort::Relevance | CollectionSort::Title => {
            let read = |row: &collection::Model| CursorValue::Text(row.title_key.clone());
            ("TITLE", Some(column(Kind::Text, collection::Column::TitleKey, read)))
        }
        CollectionSort::UpdatedAt => {
            let read = |row: &collection::Model| CursorValue::Number(row.updated_at.timestamp_micros());
            ("UPDATED_AT", Some(column(Kind::Moment, collection::Column::UpdatedAt, read)))
        }
    };
    let id = column(Kind::Id, collection::Column::Id, |row| CursorValue::Text(row.id.to_string()));
    let columns = first.into_iter().chain([id]).collect();
    Keyset { name: format!("collection {name}"), columns, descending: reverse }
}
