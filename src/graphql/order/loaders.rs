//! The orders' loader: one statement for the lines, timelines, shipments, payments of all orders of a level.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::{
    Context,
    dataloader::{DataLoader, Loader},
};
use entity::{
    ids::{FulfillmentId, OrderId, OrderRefundId},
    invoice::invoice,
    order::{fulfillment, fulfillment_line, order_line, timeline_entry},
    payment::{payment, refund},
};

use crate::{
    domain::{
        invoice::invoices_of,
        ledger, order,
        payment::{payments_of, refunds_of},
        shared::Error,
    },
    graphql::loaders::LoadError,
    platform::Database,
};

/// Loads what belongs to orders.
#[derive(Debug)]
pub struct OrderLoader {
    database: Database,
}

impl OrderLoader {
    /// A loader over this database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database }
    }
}

/// The list that belongs to a key; empty when nothing does.
pub(super) async fn list_of<K, T>(ctx: &Context<'_>, key: K) -> Result<Arc<Vec<T>>, Error>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    T: Send + Sync + 'static,
    OrderLoader: Loader<K, Value = Arc<Vec<T>>, Error = LoadError>,
{
    Ok(ctx.data_unchecked::<DataLoader<OrderLoader>>().load_one(key).await?.unwrap_or_default())
}

/// Rows by the key they belong to, in their order.
fn grouped<K: Eq + Hash, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Arc<Vec<T>>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect()
}

macro_rules! loads {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $row:ty, $query:path, $column:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $key(pub $id);

        impl Loader<$key> for OrderLoader {
            type Value = Arc<Vec<$row>>;
            type Error = LoadError;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Self::Value>, LoadError> {
                let ids: Vec<$id> = keys.iter().map(|key| key.0).collect();
                let rows = $query(self.database.reader(), &ids).await.map_err(Error::from)?;
                Ok(grouped(rows, |row| $key(row.$column)))
            }
        }
    )+};
}

/// An order, whoever's: who asks for it decides who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderOf(pub OrderId);

impl Loader<OrderOf> for OrderLoader {
    type Value = Arc<order::Order>;
    type Error = LoadError;

    async fn load(&self, keys: &[OrderOf]) -> Result<HashMap<OrderOf, Self::Value>, LoadError> {
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let orders = order::orders(self.database.reader(), &ids).await.map_err(Error::from)?;
        Ok(orders.into_iter().map(|order| (OrderOf(order.id), Arc::new(order))).collect())
    }
}

/// The quote that an order was placed with, or last edited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuoteOf(pub OrderId);

impl Loader<QuoteOf> for OrderLoader {
    type Value = Arc<order::KeptQuote>;
    type Error = LoadError;

    async fn load(&self, keys: &[QuoteOf]) -> Result<HashMap<QuoteOf, Self::Value>, LoadError> {
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let quotes = order::quotes_of(self.database.reader(), &ids).await?;
        Ok(quotes.into_iter().map(|(id, quote)| (QuoteOf(id), Arc::new(quote))).collect())
    }
}

/// The quote of an order; `None` for one from before quotes were kept.
pub(super) async fn quote_of(ctx: &Context<'_>, id: OrderId) -> Result<Option<Arc<order::KeptQuote>>, Error> {
    Ok(ctx.data_unchecked::<DataLoader<OrderLoader>>().load_one(QuoteOf(id)).await?)
}

loads!(
    /// The lines of an order.
    LinesOf(OrderId) => order_line::Model, order::lines_of, order_id;
    /// The timeline of an order.
    TimelineOf(OrderId) => timeline_entry::Model, order::timeline_of, order_id;
    /// The shipments of an order.
    ShipmentsOf(OrderId) => fulfillment::Model, order::fulfillments_of, order_id;
    /// What a shipment holds.
    ShipmentLinesOf(FulfillmentId) => fulfillment_line::Model, order::fulfillment_lines_of, fulfillment_id;
    /// The payments of an order.
    PaymentsOf(OrderId) => payment::Model, payments_of, order_id;
    /// What goes or went back of an order's payments.
    RefundsOf(OrderId) => refund::Model, refunds_of, order_id;
    /// The refunds of an order that staff decided.
    OrderRefundsOf(OrderId) => order::OrderRefund, order::order_refunds_of, order_id;
    /// The units of a refund that staff decided.
    OrderRefundLinesOf(OrderRefundId) => order::OrderRefundLine, order::order_refund_lines_of, order_refund_id;
    /// The invoice and the credit notes of an order.
    InvoicesOf(OrderId) => invoice::Model, invoices_of, order_id;
    /// The ledger of an order.
    LedgerOf(OrderId) => ledger::Posted, ledger::entries_of, order_id;
);
