//! Which products are shown beside another: a rule that anybody can work out by hand.
//!
//! Each collection that two products share counts 4, the same type 3, each tag they share 2, the same vendor 1. Of the
//! products that share most, those that can be bought come first, then those with more points, then those sold more
//! often, then the older ones.

use entity::{
    catalog::{collection, product},
    ids::ProductId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, JoinType, Order,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};

use super::{
    Sight, filter,
    store::{visible, visible_collections},
};
use crate::domain::shared::Error;

/// Most products that are recommended.
pub const MOST: u64 = 10;
/// Of so many products that share most, stock is looked at.
const LOOKED_AT: u64 = 250;

/// Why products belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// They are alike.
    Related,
    /// One completes the other. Nobody says so yet: there are none.
    Complementary,
}

#[derive(FromQueryResult)]
struct Found {
    id: ProductId,
}

/// The products to show beside one, the best first; never itself. One statement.
///
/// # Errors
/// The database's.
pub async fn recommended(
    db: &impl ConnectionTrait,
    sight: Sight,
    product: &product::Model,
    intent: Intent,
) -> Result<Vec<ProductId>, Error> {
    match intent {
        Intent::Complementary => return Ok(Vec::new()),
        Intent::Related => {}
    }
    let mut candidates = Query::select();
    candidates
        .expr_as(Expr::col(("shared", "product_id")), "product_id")
        .expr_as(Expr::cust("CAST(SUM(shared.points) AS BIGINT)"), "points")
        .from_subquery(shared(product, sight), "shared")
        .group_by_col(("shared", "product_id"));
    let mut best = Query::select();
    best.expr_as(Expr::col(("candidates", "product_id")), "product_id")
        .expr_as(Expr::col(("candidates", "points")), "points")
        .from_subquery(candidates, "candidates")
        .join(JoinType::InnerJoin, product::Entity, Expr::cust("product.id = candidates.product_id"))
        .cond_where(visible(sight))
        .and_where(product::Column::Id.ne(product.id));
    in_order(&mut best, "candidates").limit(LOOKED_AT);
    let mut select = Query::select();
    select
        .expr_as(Expr::col((product::Entity, product::Column::Id)), "id")
        .from_subquery(best, "best")
        .join(JoinType::InnerJoin, product::Entity, Expr::cust("product.id = best.product_id"))
        .order_by_expr(Expr::case(filter::available(), 0_i32).finally(1_i32).into(), Order::Asc);
    in_order(&mut select, "best").limit(MOST);
    let statement = db.get_database_backend().build(&select);
    let found = Found::find_by_statement(statement).all(db).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// More points first, then what is sold more often, then what is older.
fn in_order<'a>(select: &'a mut SelectStatement, points: &'static str) -> &'a mut SelectStatement {
    select
        .order_by((points, "points"), Order::Desc)
        .order_by((product::Entity, product::Column::UnitsSold), Order::Desc)
        .order_by((product::Entity, product::Column::Id), Order::Asc)
}

/// A row for each thing that a product shares with another: the other, and what that counts.
fn shared(product: &product::Model, sight: Sight) -> SelectStatement {
    let mut collections = pairs("collection_product", "other.collection_id = own.collection_id", "4", product.id);
    collections
        .join(JoinType::InnerJoin, collection::Entity, Expr::cust("collection.id = own.collection_id"))
        .cond_where(visible_collections(sight));
    let tags = pairs("product_tag", "other.tag_key = own.tag_key", "2", product.id);
    let mut all = collections;
    all.union(UnionType::All, tags);
    for (column, key, points) in
        [(product::Column::TypeKey, &product.type_key, "3"), (product::Column::VendorKey, &product.vendor_key, "1")]
    {
        if !key.is_empty() {
            let mut alike = Query::select();
            alike
                .expr_as(Expr::col((product::Entity, product::Column::Id)), "product_id")
                .expr_as(Expr::cust(points), "points")
                .from(product::Entity)
                .and_where(column.eq(key));
            all.union(UnionType::All, alike);
        }
    }
    all
}

/// The products that have a row of `table` in common with one.
fn pairs(table: &'static str, alike: &'static str, points: &'static str, product: ProductId) -> SelectStatement {
    let mut pairs = Query::select();
    pairs
        .expr_as(Expr::col(("other", "product_id")), "product_id")
        .expr_as(Expr::cust(points), "points")
        .from_as(table, "own")
        .join_as(JoinType::InnerJoin, table, "other", Expr::cust(alike))
        .and_where(Expr::col(("own", "product_id")).eq(product));
    pairs
}
