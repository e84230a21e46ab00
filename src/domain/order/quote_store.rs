//! The quotes that orders keep.

use std::collections::HashMap;

use entity::{
    ids::{OrderId, OrderQuoteId},
    order::order_quote,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{
    domain::{
        pricing::Basis,
        shared::{Author, Error},
    },
    platform::batch::padded,
};

/// Where a quote is kept.
#[derive(Clone, Copy, Debug)]
pub struct QuotePlace {
    /// Its id, which names the edit.
    pub id: OrderQuoteId,
    /// The order.
    pub order_id: OrderId,
    /// From 1.
    pub revision: i32,
}

/// Keeps the quote that an order was placed with, or edited to; the one of the highest revision counts.
///
/// # Errors
/// The database's.
pub async fn keep_quote(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    place: QuotePlace,
    (quote, basis): (&::pricing::Quote, &Basis),
) -> Result<(), Error> {
    let row = order_quote::ActiveModel {
        id: Set(place.id),
        order_id: Set(place.order_id),
        revision: Set(place.revision),
        quote: Set(serde_json::to_value(quote).map_err(Error::fault)?),
        basis: Set(Some(serde_json::to_value(basis).map_err(Error::fault)?)),
        account_id: Set(author.account_id),
        created_at: Set(author.sources.now()),
    };
    order_quote::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Whether a quote of this id is kept: the edit that it names was made.
///
/// # Errors
/// The database's.
pub async fn is_kept(db: &impl ConnectionTrait, id: OrderQuoteId) -> Result<bool, Error> {
    Ok(order_quote::Entity::find_by_id(id).one(db).await?.is_some())
}

/// A quote with the revision under which it is kept.
#[derive(Clone, Debug)]
pub struct KeptQuote {
    /// Its id.
    pub id: OrderQuoteId,
    /// From 1, one more with each edit.
    pub revision: i32,
    /// The quote, its lines called by the order's.
    pub quote: ::pricing::Quote,
}

/// The quotes that count of some orders, in one statement. An order from before quotes were kept has none.
///
/// # Errors
/// The database's; a fault when one was kept in another form.
pub async fn quotes_of(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<HashMap<OrderId, KeptQuote>, Error> {
    let quotes = order_quote::Entity::find().select_only().columns([
        order_quote::Column::Id,
        order_quote::Column::OrderId,
        order_quote::Column::Revision,
        order_quote::Column::Quote,
    ]);
    let quotes = quotes.filter(order_quote::Column::OrderId.is_in(padded(orders.iter().copied())));
    // The newest comes last and stays in the map.
    let rows: Vec<Row> = quotes.order_by_asc(order_quote::Column::Revision).into_tuple().all(db).await?;
    let newest: HashMap<OrderId, Row> = rows.into_iter().map(|row| (row.1, row)).collect();
    newest.into_iter().map(|(id, row)| Ok((id, read(row)?))).collect()
}

/// The quote that counts of one order.
///
/// # Errors
/// As [`quotes_of`].
pub async fn quote_of(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<KeptQuote>, Error> {
    Ok(quotes_of(db, &[order]).await?.remove(&order))
}

/// What the quote that counts of one order was made of; nothing for a quote from before that was kept. Only an edit asks.
///
/// # Errors
/// The database's; a fault when it was kept in another form.
pub async fn basis_of(db: &impl ConnectionTrait, kept: &KeptQuote) -> Result<Option<Basis>, Error> {
    let found = order_quote::Entity::find_by_id(kept.id).select_only().column(order_quote::Column::Basis);
    let basis: Option<Option<serde_json::Value>> = found.into_tuple().one(db).await?;
    let basis = basis.flatten().map(serde_json::from_value).transpose();
    basis.map_err(|error| Error::fault(format!("the basis of quote {} cannot be read: {error}", kept.id)))
}

/// A quote's id, order, revision and the quote.
type Row = (OrderQuoteId, OrderId, i32, serde_json::Value);

fn read((id, _, revision, quote): Row) -> Result<KeptQuote, Error> {
    let quote = serde_json::from_value(quote);
    let quote = quote.map_err(|error| Error::fault(format!("quote {id} cannot be read: {error}")))?;
    Ok(KeptQuote { id, revision, quote })
}
