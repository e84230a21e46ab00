//! The tags and the types that the products of the shop have.

use entity::catalog::{product, product_tag};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    QueryTrait, Select, sea_query::Expr,
};

use super::{
    Sight,
    keyset::{CursorValue, Keyset, Kind, SortColumn},
    store::visible,
};
use crate::domain::shared::{Error, Page, PageRequest};

#[derive(FromQueryResult)]
struct Label {
    key: String,
    label: String,
}

fn keyset(name: &str, expr: Expr) -> Keyset<Label> {
    let read = |label: &Label| CursorValue::Text(label.key.clone());
    Keyset { name: name.to_owned(), columns: vec![SortColumn { kind: Kind::Text, expr, read }], descending: false }
}

/// The tags of the products that may be seen, in alphabetical order; of spellings that differ in case, one.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn tags(db: &impl ConnectionTrait, sight: Sight, request: &PageRequest) -> Result<Page<String>, Error> {
    let keyset = keyset("tag", Expr::col((product_tag::Entity, product_tag::Column::TagKey)));
    let mut select = product_tag::Entity::find().select_only().filter(visible(sight));
    QueryTrait::query(&mut select).join(
        JoinType::InnerJoin,
        product::Entity,
        Expr::cust("product_tag.product_id = product.id"),
    );
    page(db, select, "product_tag.tag", &keyset, request).await
}

/// The types of the products that may be seen, in alphabetical order; of spellings that differ in case, one.
///
/// # Errors
/// `BadInput` for a cursor that the list did not hand out; the database's.
pub async fn types(db: &impl ConnectionTrait, sight: Sight, request: &PageRequest) -> Result<Page<String>, Error> {
    let keyset = keyset("type", Expr::col((product::Entity, product::Column::TypeKey)));
    let select = product::Entity::find().select_only().filter(visible(sight)).filter(product::Column::TypeKey.ne(""));
    page(db, select, "product.product_type", &keyset, request).await
}

async fn page<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    label: &str,
    keyset: &Keyset<Label>,
    request: &PageRequest,
) -> Result<Page<String>, Error> {
    let span = keyset.span(request)?;
    // The first spelling by its bytes: SQLite compares so, PostgreSQL when told to.
    let collation = if db.get_database_backend() == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
    let mut select = select.filter(keyset.within(&span)).limit(request.size + 1);
    let query = QueryTrait::query(&mut select);
    for column in &keyset.columns {
        query.expr_as(column.expr.clone(), "key").add_group_by([column.expr.clone()]);
    }
    query.expr_as(Expr::cust(format!("MIN({label}{collation})")), "label");
    keyset.sort(query, &span);
    let rows = select.into_model::<Label>().all(db).await?;
    Ok(Page::from_rows(request, rows, |row| keyset.cursor(row)).map(|row| row.label))
}
