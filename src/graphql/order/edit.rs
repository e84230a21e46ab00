//! Editing orders: the preview, and the edit itself.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::ids::OrderLineId;
use uuid::Uuid;

use super::{Order, order::OrderTotals};
use crate::{
    domain::{
        checkout::{self, EditRefusal, OrderEdit, Planned, PlannedLine},
        order::Totals,
        shared::{Error, Failure, Permission, address::tidy},
    },
    graphql::{
        address::MailingAddressInput,
        cart::CartDeliveryOption,
        context::ContextExt,
        cost_step::{self, CostStep},
        errors, global_id,
        idempotency::IdempotencyKey,
        scalars::{MoneyInput, MoneyV2},
        transaction::author,
    },
};

/// What is to be changed of a placed order of which nothing was sent. What is left out stays.
#[derive(Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditInput {
    /// The order.
    order_id: ID,
    /// The version that you read: VERSION_CONFLICT when the order changed since.
    expected_version: Option<i32>,
    /// Lines with another quantity.
    line_items: Option<Vec<OrderEditLineItemInput>>,
    /// What is added, at the price of now. (What was ordered keeps its price.)
    added_items: Option<Vec<OrderEditAddedItemInput>>,
    /// Where it goes instead.
    shipping_address: Option<MailingAddressInput>,
    /// The handle of another delivery option.
    delivery_option_handle: Option<String>,
    /// The total of the preview: TOTAL_CHANGED when the edit would lead to another.
    expected_total: Option<MoneyInput>,
    /// Whether the shopper gets a mail; true when left out.
    notify_customer: Option<bool>,
}

/// A line with another quantity.
#[derive(Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditLineItemInput {
    /// The line.
    line_item_id: ID,
    /// Units, 0 to 999; 0 removes the line.
    quantity: i32,
}

/// Something that is added.
#[derive(Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditAddedItemInput {
    /// The variant.
    merchandise_id: ID,
    /// Units, 1 to 999.
    quantity: i32,
}

/// Why an edit was refused. Nothing was changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub enum OrderEditErrorCode {
    /// The order's state does not allow it; the message says why.
    NotAllowed,
    /// A line is none of the order's, or is named twice.
    LineNotFound,
    /// A quantity is out of its range.
    QuantityInvalid,
    /// What is to be added is not sold, or has no price in the order's currency.
    MerchandiseNotAvailable,
    /// There is not enough in stock.
    InsufficientStock,
    /// Nothing would be left: cancel the order instead.
    NothingLeft,
    /// The edit changes nothing.
    NothingChanged,
    /// Something of the address is wrong.
    AddressInvalid,
    /// A discount that the order would newly have was used up meanwhile: look at the preview again.
    DiscountUsedUp,
    /// The goods cannot be delivered like that.
    DeliveryOptionInvalid,
    /// The total is not the expected one.
    TotalChanged,
    /// More would be owed than is held: capture the payment first.
    CaptureFirst,
}

impl From<&EditRefusal> for OrderEditErrorCode {
    fn from(refusal: &EditRefusal) -> Self {
        match refusal {
            EditRefusal::NotAllowed { .. } | EditRefusal::BalanceTooSmall { .. } => Self::NotAllowed,
            EditRefusal::UnknownLine { .. } => Self::LineNotFound,
            EditRefusal::Quantity { .. } => Self::QuantityInvalid,
            EditRefusal::NotAvailable { .. } => Self::MerchandiseNotAvailable,
            EditRefusal::InsufficientStock { .. } => Self::InsufficientStock,
            EditRefusal::NothingLeft => Self::NothingLeft,
            EditRefusal::NothingChanged => Self::NothingChanged,
            EditRefusal::Address(_) => Self::AddressInvalid,
            EditRefusal::Discount(_) => Self::DiscountUsedUp,
            EditRefusal::Delivery { .. } => Self::DeliveryOptionInvalid,
            EditRefusal::TotalChanged { .. } => Self::TotalChanged,
            EditRefusal::MoneyHeld => Self::CaptureFirst,
        }
    }
}

/// A refused edit.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditUserError {
    /// The path of the input field it is about.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, for people.
    message: String,
    /// What is wrong, for programs.
    code: Option<OrderEditErrorCode>,
}

impl From<&EditRefusal> for OrderEditUserError {
    fn from(refusal: &EditRefusal) -> Self {
        Self { field: Some(refusal.field()), message: refusal.to_string(), code: Some(refusal.into()) }
    }
}

/// A line of an order as it would be.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditPreviewLine {
    /// The line; null for one that is added.
    line_item_id: Option<ID>,
    /// What it is.
    title: String,
    /// Units.
    quantity: i64,
    /// Price of one unit.
    unit_price: MoneyV2,
    /// Price of all units after discounts, without the taxes that are added.
    total_price: MoneyV2,
}

/// What an order would be and cost after an edit. Nothing was changed.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditPreview {
    /// Its lines.
    line_items: Vec<OrderEditPreviewLine>,
    /// What it would cost.
    totals: OrderTotals,
    /// What it would cost more than now; a negative amount is less.
    total_change: MoneyV2,
    /// How the cost comes about.
    cost_steps: Vec<CostStep>,
    /// How it would be delivered; null when there is nothing to deliver.
    delivery_option: Option<CartDeliveryOption>,
}

impl OrderEditPreview {
    fn of(planned: &Planned) -> Self {
        let quote = planned.quote.engine();
        let line = |(line, quoted): (&PlannedLine, &pricing::QuoteLine)| OrderEditPreviewLine {
            line_item_id: line.is_ordered().then(|| global_id::encode(line.id)),
            title: line.title().to_owned(),
            quantity: line.quantity,
            unit_price: planned.quote.money(quoted.unit_price).into(),
            total_price: planned.quote.money(quoted.taxable).into(),
        };
        let target = |key: pricing::LineKey| Some(global_id::encode(OrderLineId(Uuid::from_u128(key.0))));
        let gift_card = planned.order.gift_card_minor;
        Self {
            line_items: planned.lines.iter().zip(&quote.lines).map(line).collect(),
            totals: OrderTotals::of(Totals { gift_card, ..Totals::of(&planned.quote) }),
            total_change: planned.change().into(),
            cost_steps: cost_step::steps(quote, planned.order.currency, target),
            delivery_option: quote
                .delivery_groups
                .iter()
                .find_map(|group| CartDeliveryOption::chosen(group, planned.order.currency)),
        }
    }
}

/// What previewing an edit answers.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditPreviewPayload {
    /// What the order would be; null when the edit would be refused.
    preview: Option<OrderEditPreview>,
    /// How the goods could be delivered then, the cheapest first, pick-up last; also when the edit would be refused for its
    /// delivery.
    delivery_options: Vec<CartDeliveryOption>,
    /// Why it would be refused.
    user_errors: Vec<OrderEditUserError>,
}

/// What editing an order answers.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_orders")]
pub struct OrderEditPayload {
    /// The order as it is now; null when the edit was refused.
    order: Option<Order>,
    /// Why it was refused.
    user_errors: Vec<OrderEditUserError>,
}

fn edit(ctx: &Context<'_>, input: OrderEditInput) -> Result<OrderEdit, Error> {
    let account_id = author(ctx, Permission::ManageOrders)?.account_id;
    let lines = input.line_items.unwrap_or_default().into_iter().map(|line| {
        let id = global_id::decode("input.lineItems.lineItemId", &line.line_item_id)?;
        Ok((id, i64::from(line.quantity)))
    });
    let added = input.added_items.unwrap_or_default().into_iter().map(|item| {
        let id = global_id::decode("input.addedItems.merchandiseId", &item.merchandise_id)?;
        Ok((id, i64::from(item.quantity)))
    });
    Ok(OrderEdit {
        order_id: global_id::decode("input.orderId", &input.order_id)?,
        account_id,
        expected_version: input.expected_version,
        quantities: lines.collect::<Result<_, Error>>()?,
        added: added.collect::<Result<_, Error>>()?,
        shipping_address: input.shipping_address.map(|address| tidy(address.into())),
        delivery_option: input.delivery_option_handle.filter(|handle| !handle.is_empty()),
        expected_total: input.expected_total.map(|total| total.check("input.expectedTotal")).transpose()?,
        notify: input.notify_customer.unwrap_or(true),
        idempotency_key: IdempotencyKey::of(ctx),
    })
}

/// A result with its refusals apart.
fn halves<T>(result: Result<T, Failure<EditRefusal>>) -> Result<(Option<T>, Vec<OrderEditUserError>), Error> {
    match result {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Failure::Refused(refusals)) => Ok((None, refusals.iter().map(Into::into).collect())),
        Err(Failure::Error(error)) => Err(error),
    }
}

fn delivery_options(planned: &Result<Planned, Failure<EditRefusal>>) -> Vec<CartDeliveryOption> {
    match planned {
        Ok(planned) => {
            let groups = planned.quote.engine().delivery_groups.iter();
            groups.flat_map(|group| CartDeliveryOption::all(&group.options, planned.order.currency)).collect()
        }
        Err(Failure::Refused(refusals)) => {
            let options = refusals.iter().filter_map(|refusal| {
                let EditRefusal::Delivery { options, currency, .. } = refusal else { return None };
                Some(CartDeliveryOption::all(options, *currency))
            });
            options.flatten().collect()
        }
        Err(Failure::Error(_)) => Vec::new(),
    }
}

async fn preview(ctx: &Context<'_>, input: OrderEditInput) -> Result<OrderEditPreviewPayload, Error> {
    let planned = checkout::preview_edit(&ctx.app().checkout(), &edit(ctx, input)?).await;
    let delivery_options = delivery_options(&planned);
    let (planned, user_errors) = halves(planned)?;
    Ok(OrderEditPreviewPayload { preview: planned.as_ref().map(OrderEditPreview::of), delivery_options, user_errors })
}

async fn change(ctx: &Context<'_>, input: OrderEditInput) -> Result<OrderEditPayload, Error> {
    let (order, user_errors) = halves(checkout::edit_order(&ctx.app().checkout(), edit(ctx, input)?).await)?;
    Ok(OrderEditPayload { order: order.map(Order), user_errors })
}

/// Looking at edits of orders.
#[derive(Debug, Default)]
pub struct OrderEditQuery;

#[Object]
impl OrderEditQuery {
    /// What an order would be and cost after an edit. Changes nothing. Needs MANAGE_ORDERS.
    #[graphql(visible = "crate::graphql::guards::manages_orders")]
    async fn order_edit_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edit.")] input: OrderEditInput,
    ) -> Option<OrderEditPreviewPayload> {
        errors::optional(ctx, preview(ctx, input).await.map(Some))
    }
}

/// Editing orders.
#[derive(Debug, Default)]
pub struct OrderEditMutation;

#[Object]
impl OrderEditMutation {
    /// Changes what a placed order holds, where it goes or how, before anything of it was sent. Prices that were agreed stay,
    /// and discounts that counted count still; delivery and taxes are computed anew. What it costs less goes back the way it
    /// was paid; what it costs more makes it PARTIALLY_PAID, until its shopper pays the rest by `paymentRetry`. Needs
    /// MANAGE_ORDERS.
    #[graphql(visible = "crate::graphql::guards::manages_orders")]
    async fn order_edit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edit.")] input: OrderEditInput,
    ) -> Option<OrderEditPayload> {
        errors::nullable(ctx, change(ctx, input).await)
    }
}
