//! Deciding a refund, and what it would give back.

use async_graphql::{Context, Enum, ID, InputObject, SimpleObject};
use entity::{
    money::{Currency, Money},
    order::order_refund_line::RestockType as RestockRow,
};

use super::{
    Order,
    refund::{Refund, RefundRestockType},
};
use crate::{
    domain::{
        checkout::{self, RefundDecision, RefundLine, RefundPlan, RefundRefusal, RefundRequest, RefundShipping},
        order, payment,
        shared::{Error, Failure, Permission},
    },
    graphql::{
        context::ContextExt,
        global_id,
        idempotency::IdempotencyKey,
        scalars::{MoneyInput, MoneyV2},
    },
};

/// Units of one line that are to go back.
#[derive(Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct RefundLineItemInput {
    /// The line.
    pub line_item_id: ID,
    /// Units, from 1 to those whose money did not go back yet.
    pub quantity: i32,
    /// What becomes of them; NO_RESTOCK when left out.
    pub restock_type: Option<RefundRestockType>,
    /// Where they are put; left out: where they were taken from.
    pub location_id: Option<ID>,
}

/// What of delivery goes back: all or an amount, not both. The taxes that were added to it follow.
#[derive(Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct RefundShippingInput {
    /// All that did not go back yet.
    pub full: Option<bool>,
    /// So much, without the taxes that are added.
    pub amount: Option<MoneyInput>,
}

/// What is to go back of an order. The amounts are counted by the server from what the order cost.
#[derive(Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct RefundCreateInput {
    /// The order.
    pub order_id: ID,
    /// Units of lines.
    pub line_items: Option<Vec<RefundLineItemInput>>,
    /// What of delivery.
    pub shipping: Option<RefundShippingInput>,
    /// Goodwill: an amount beside units and delivery, at most what is left.
    pub amount: Option<MoneyInput>,
    /// Why, for staff: at most 1000 characters.
    pub note: Option<String>,
    /// Whether the shopper gets a mail once the money is back; true when left out.
    pub notify_customer: Option<bool>,
    /// The order's version that was seen; VERSION_CONFLICT when it moved.
    pub expected_version: Option<i32>,
}

/// Why a refund was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub enum RefundErrorCode {
    /// The order is not paid yet, or was canceled.
    NotAllowed,
    /// Neither units nor delivery nor an amount were asked for.
    NothingAskedFor,
    /// A line is none of the order's.
    LineNotFound,
    /// A quantity is not from 1 to the units whose money did not go back yet.
    QuantityInvalid,
    /// More units are to come back than were sent, or to be canceled than are still to be sent.
    RestockInvalid,
    /// There is no such location.
    LocationNotFound,
    /// More of delivery than is left of it.
    ShippingInvalid,
    /// An amount that is not more than zero and at most what is left.
    AmountInvalid,
    /// Nothing came, or everything is back or on its way.
    NothingLeft,
    /// The note is too long, or holds control characters or the number of a payment card.
    Invalid,
}

/// A refused refund.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct RefundUserError {
    /// The path of the input field it is about.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, for people.
    message: String,
    /// What is wrong, for programs.
    code: Option<RefundErrorCode>,
}

impl From<RefundRefusal> for RefundUserError {
    fn from(refusal: RefundRefusal) -> Self {
        let code = match &refusal {
            RefundRefusal::NotAllowed { .. } => RefundErrorCode::NotAllowed,
            RefundRefusal::Nothing => RefundErrorCode::NothingAskedFor,
            RefundRefusal::UnknownLine { .. } => RefundErrorCode::LineNotFound,
            RefundRefusal::Quantity { .. } => RefundErrorCode::QuantityInvalid,
            RefundRefusal::Restock { .. } => RefundErrorCode::RestockInvalid,
            RefundRefusal::UnknownLocation { .. } => RefundErrorCode::LocationNotFound,
            RefundRefusal::Shipping { .. } => RefundErrorCode::ShippingInvalid,
            RefundRefusal::Amount { .. } => RefundErrorCode::AmountInvalid,
            RefundRefusal::NothingLeft => RefundErrorCode::NothingLeft,
            RefundRefusal::Note => RefundErrorCode::Invalid,
        };
        Self { field: Some(refusal.field()), message: refusal.to_string(), code: Some(code) }
    }
}

/// What deciding a refund answers.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct RefundCreatePayload {
    /// The refund; null when it was refused. PENDING means that its gateway did not answer yet and is asked again.
    refund: Option<Refund>,
    /// The order as it is now; null when it was refused.
    order: Option<Order>,
    /// Why it was refused.
    user_errors: Vec<RefundUserError>,
}

/// What a refund would give back: `total = subtotal - discount + shipping + tax + adjustment`, and it is the sum of `gateways` and
/// `giftCards`.
#[derive(Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct SuggestedRefund {
    /// What the units cost before discounts.
    subtotal: MoneyV2,
    /// What had been taken off them.
    discount: MoneyV2,
    /// Of delivery, without the taxes that are added.
    shipping: MoneyV2,
    /// Added taxes of units and delivery.
    tax: MoneyV2,
    /// Taxes inside the prices of units and delivery. They change no sum.
    tax_included: MoneyV2,
    /// Goodwill, less what went back as goodwill before of what units and delivery cost.
    adjustment: MoneyV2,
    /// Together.
    total: MoneyV2,
    /// What of it goes by gateways.
    gateways: MoneyV2,
    /// What of it goes to what was paid with gift cards.
    gift_cards: MoneyV2,
    /// The most that could go back now.
    left: MoneyV2,
}

impl SuggestedRefund {
    fn of(plan: &RefundPlan, currency: Currency) -> Self {
        let money = |minor: i64| MoneyV2::from(Money::new(minor, currency));
        let units = &plan.units;
        Self {
            subtotal: money(units.subtotal.0),
            discount: money(units.discount.0),
            shipping: money(units.shipping.0),
            tax: money(units.tax.0),
            tax_included: money(units.tax_included.0),
            adjustment: money(plan.adjustment),
            total: money(plan.total),
            gateways: money(plan.total - plan.gift_cards),
            gift_cards: money(plan.gift_cards),
            left: money(plan.left),
        }
    }
}

/// What is asked for.
pub(super) fn request(
    lines: Option<Vec<RefundLineItemInput>>,
    shipping: Option<RefundShippingInput>,
    amount: Option<MoneyInput>,
) -> Result<RefundRequest, Error> {
    let line = |line: RefundLineItemInput| {
        let place = |id: &ID| global_id::decode("input.lineItems.locationId", id);
        Ok(RefundLine {
            order_line_id: global_id::decode("input.lineItems.lineItemId", &line.line_item_id)?,
            quantity: i64::from(line.quantity),
            restock: line.restock_type.map_or(RestockRow::NoRestock, Into::into),
            location_id: line.location_id.as_ref().map(place).transpose()?,
        })
    };
    let shipping = match shipping.map(|shipping| (shipping.full.unwrap_or(false), shipping.amount)) {
        None | Some((false, None)) => None,
        Some((true, None)) => Some(RefundShipping::Full),
        Some((false, Some(amount))) => Some(RefundShipping::Amount(amount.check("input.shipping.amount")?)),
        Some((true, Some(_))) => {
            return Err(Error::bad_input("input.shipping", "give all of delivery or an amount of it, not both"));
        }
    };
    Ok(RefundRequest {
        lines: lines.unwrap_or_default().into_iter().map(line).collect::<Result<_, Error>>()?,
        shipping,
        amount: amount.map(|amount| amount.check("input.amount")).transpose()?,
    })
}

/// What a refund would give back. What cannot be asked for is a wrong argument.
pub(super) async fn suggest(
    ctx: &Context<'_>,
    order: &order::Order,
    request: Result<RefundRequest, Error>,
) -> Result<SuggestedRefund, Error> {
    ctx.require(Permission::ReadPayments)?;
    let request = request?;
    let stands = checkout::refund_standing(ctx.app().database.reader(), order).await?;
    match checkout::plan_refund(&stands, &request) {
        Ok(plan) => Ok(SuggestedRefund::of(&plan, order.currency)),
        Err(Failure::Error(error)) => Err(error),
        Err(Failure::Refused(refusals)) => {
            let told = refusals.first().map(|refusal| (refusal.field()[1..].join("."), refusal.to_string()));
            let (argument, message) = told.unwrap_or_default();
            Err(Error::bad_input(argument, message))
        }
    }
}

/// Decides a refund.
pub(super) async fn create(ctx: &Context<'_>, input: RefundCreateInput) -> Result<RefundCreatePayload, Error> {
    let staff = ctx.require(Permission::ManagePayments)?;
    let decision = RefundDecision {
        order_id: global_id::decode("input.orderId", &input.order_id)?,
        account_id: staff.account_id,
        request: request(input.line_items, input.shipping, input.amount)?,
        note: input.note,
        notify: input.notify_customer.unwrap_or(true),
        expected_version: input.expected_version,
        idempotency_key: IdempotencyKey::of(ctx),
    };
    match checkout::create_refund(&ctx.app().checkout(), decision).await {
        Ok((made, order)) => {
            let parts = payment::refunds_of(ctx.app().database.reader(), &[order.id]).await?;
            let refund = Some(Refund::of(made, &parts, order.currency));
            Ok(RefundCreatePayload { refund, order: Some(Order(order)), user_errors: Vec::new() })
        }
        Err(Failure::Error(error)) => Err(error),
        Err(Failure::Refused(refusals)) => {
            let user_errors = refusals.into_iter().map(Into::into).collect();
            Ok(RefundCreatePayload { refund: None, order: None, user_errors })
        }
    }
}
