//! Shipments.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::money::Currency;

use super::{
    enums::FulfillmentStatus,
    line::OrderLineItem,
    loaders::{LinesOf, ShipmentLinesOf, list_of},
};
use crate::{
    domain::order::Fulfillment as Row,
    graphql::{
        errors, global_id,
        scalars::{DateTime, Url},
    },
};

/// A parcel: some lines of an order, handed to a carrier.
#[derive(Clone, Debug)]
pub struct Fulfillment {
    pub(super) row: Row,
    pub(super) currency: Currency,
}

/// Who carries a parcel, and under which number.
#[derive(Debug, SimpleObject)]
pub struct FulfillmentTrackingInfo {
    /// The tracking number.
    number: Option<String>,
    /// The carrier.
    company: Option<String>,
    /// A page that shows where it is.
    url: Option<Url>,
}

/// Units of one line in one parcel.
#[derive(Debug, SimpleObject)]
pub struct FulfillmentLineItem {
    /// The line.
    line_item: OrderLineItem,
    /// Units in this parcel.
    quantity: i64,
}

/// A parcel: some lines of an order, handed to a carrier.
#[Object]
impl Fulfillment {
    /// The shipment's id.
    async fn id(&self) -> ID {
        global_id::encode(self.row.id)
    }

    /// Where it stands.
    async fn status(&self) -> FulfillmentStatus {
        self.row.status.into()
    }

    /// Who carries it; null when nothing was told.
    async fn tracking_info(&self) -> Option<FulfillmentTrackingInfo> {
        let row = &self.row;
        let known = row.tracking_number.is_some() || row.tracking_company.is_some() || row.tracking_url.is_some();
        known.then(|| FulfillmentTrackingInfo {
            number: row.tracking_number.clone(),
            company: row.tracking_company.clone(),
            url: row.tracking_url.clone().map(Url),
        })
    }

    /// What it holds.
    async fn line_items(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<FulfillmentLineItem>> {
        let contents = errors::required(ctx, list_of(ctx, ShipmentLinesOf(self.row.id)).await)?;
        let lines = errors::required(ctx, list_of(ctx, LinesOf(self.row.order_id)).await)?;
        let items = contents.iter().filter_map(|content| {
            let line = lines.iter().find(|line| line.id == content.order_line_id)?.clone();
            let line_item = OrderLineItem { line, currency: self.currency };
            Some(FulfillmentLineItem { line_item, quantity: content.quantity })
        });
        Ok(items.collect())
    }

    /// When it was handed to the carrier.
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// When it arrived; null before.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.row.delivered_at.map(Into::into)
    }
}
