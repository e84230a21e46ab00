//! Changing orders: cancel, deliver, capture, ship.

use async_graphql::{Context, Object};
use entity::ids::OrderLineId;

use super::{
    Order, access,
    inputs::{FulfillmentCreateInput, OrderCancelInput, OrderCaptureInput, OrderMarkAsDeliveredInput},
    payloads::{
        FulfillmentCreatePayload, OrderCancelPayload, OrderCapturePayload, OrderMarkAsDeliveredPayload, outcome,
    },
    refund_create::{self, RefundCreateInput, RefundCreatePayload},
    shipment::Fulfillment,
};
use crate::{
    domain::{
        checkout::{self, Canceler},
        order::{self, ShipLine, Shipment, Tracking},
        shared::{Error, Permission, Viewer},
    },
    graphql::{context::ContextExt, errors, global_id},
};

/// Changes of orders.
#[derive(Debug, Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// Cancels an order of which nothing was sent: by its shopper, or by staff with MANAGE_ORDERS. Its stock goes back and
    /// its money goes back, each once. Gift cards that it sold end; once one of them was used, it cannot be canceled. Canceling
    /// it again changes nothing.
    async fn order_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderCancelInput,
    ) -> Option<OrderCancelPayload> {
        let canceler = match ctx.viewer() {
            Viewer::Staff(_) => {
                errors::nullable(ctx, ctx.require(Permission::ManageOrders))?;
                Canceler::Staff
            }
            Viewer::Guest | Viewer::Customer(_) => Canceler::Shopper,
        };
        let order = errors::nullable(ctx, access::open_existing(ctx, "input.orderId", &input.order_id).await)?;
        let canceled = checkout::cancel_order(&ctx.app().checkout(), order.id, canceler).await;
        outcome(ctx, canceled).map(OrderCancelPayload::new)
    }

    /// Says that everything of an order arrived: by its shopper, or by staff with MANAGE_ORDERS. Saying it again changes
    /// nothing.
    async fn order_mark_as_delivered(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderMarkAsDeliveredInput,
    ) -> Option<OrderMarkAsDeliveredPayload> {
        if let Viewer::Staff(_) = ctx.viewer() {
            errors::nullable(ctx, ctx.require(Permission::ManageOrders))?;
        }
        let order = errors::nullable(ctx, access::open_existing(ctx, "input.orderId", &input.order_id).await)?;
        let app = ctx.app();
        let delivered = order::mark_as_delivered(&app.database, &app.sources, order.id).await;
        outcome(ctx, delivered).map(OrderMarkAsDeliveredPayload::new)
    }

    /// Takes the money that is held for an order, or a part of it. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn order_capture(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: OrderCaptureInput,
    ) -> Option<OrderCapturePayload> {
        errors::nullable(ctx, ctx.require(Permission::ManagePayments))?;
        let order = errors::nullable(ctx, access::open_existing(ctx, "input.orderId", &input.order_id).await)?;
        let part = errors::nullable(ctx, input.amount.map(|amount| amount.check("input.amount")).transpose())?;
        let captured = checkout::capture_order(&ctx.app().checkout(), order.id, part).await;
        outcome(ctx, captured).map(OrderCapturePayload::new)
    }

    /// Gives money of an order back: of units, of delivery, or an amount beside them. It goes to where it came from, by gateways
    /// first and to gift cards for the rest, never more than came and is not back or on its way. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn refund_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What goes back.")] input: RefundCreateInput,
    ) -> Option<RefundCreatePayload> {
        errors::nullable(ctx, refund_create::create(ctx, input).await)
    }

    /// Hands lines of an order to a carrier. Needs MANAGE_ORDERS.
    #[graphql(visible = "crate::graphql::guards::manages_orders")]
    async fn fulfillment_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is sent, and by whom.")] input: FulfillmentCreateInput,
    ) -> Option<FulfillmentCreatePayload> {
        errors::nullable(ctx, ctx.require(Permission::ManageOrders))?;
        let shipment = errors::nullable(ctx, shipment(input))?;
        let app = ctx.app();
        let (made, user_errors) = outcome(ctx, order::ship(&app.database, &app.sources, shipment).await)?;
        let (fulfillment, order) = made.unzip();
        let currency = order.as_ref().map(|order| order.currency);
        let fulfillment = fulfillment.zip(currency).map(|(row, currency)| Fulfillment { row, currency });
        Some(FulfillmentCreatePayload { fulfillment, order: order.map(Order), user_errors })
    }
}

fn shipment(input: FulfillmentCreateInput) -> Result<Shipment, Error> {
    let line = |line: super::inputs::FulfillmentLineItemInput| {
        let order_line_id: OrderLineId = global_id::decode("input.lineItems.lineItemId", &line.line_item_id)?;
        Ok(ShipLine { order_line_id, quantity: i64::from(line.quantity) })
    };
    let lines = input.line_items.map(|lines| lines.into_iter().map(line).collect::<Result<Vec<_>, Error>>());
    let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let tracking = input.tracking_info.map(|tracking| Tracking {
        company: tidy(tracking.company),
        number: tidy(tracking.number),
        url: tidy(tracking.url),
    });
    Ok(Shipment {
        order_id: global_id::decode("input.orderId", &input.order_id)?,
        lines: lines.transpose()?,
        tracking: tracking.unwrap_or_default(),
        notify: input.notify_customer.unwrap_or(true),
    })
}
