//! The type `Order`.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{ids::OrderLineId, money::Money, order::order::FinancialStatus};
use uuid::Uuid;

use super::{
    discount::{OrderDiscountApplication, applications},
    enums::{OrderCancelReason, OrderFinancialStatus, OrderFulfillmentStatus, OrderStatus},
    gift_card::OrderGiftCard,
    invoice::Invoice,
    ledger::OrderLedger,
    line::OrderLineItem,
    loaders::{
        InvoicesOf, LedgerOf, LinesOf, OrderRefundsOf, PaymentsOf, RefundsOf, ShipmentsOf, TimelineOf, list_of,
        quote_of,
    },
    payment::Payment,
    refund::Refund,
    refund_create::{self, RefundLineItemInput, RefundShippingInput, SuggestedRefund},
    shipment::Fulfillment,
    shipping_line::{self, OrderShippingLine},
};
use crate::{
    domain::{
        order::{self, EventKind, TimelineEntry as TimelineRow, Totals},
        payment,
        shared::Permission,
    },
    graphql::{
        address::{AddressOwner, MailingAddress},
        attribute::{self, Attribute},
        context::ContextExt,
        cost_step::{self, CostStep},
        errors, global_id,
        order::enums::OrderEventType,
        pagination::{Arguments, Connection, connection_of_list},
        scalars::{DateTime, MoneyInput, MoneyV2},
        tax_line::{self, TaxLine},
    },
};

/// What was bought, at what price, to which address, and how far it is. Shown to its customer, to whoever has its access
/// token, and to staff with READ_ORDERS.
#[derive(Clone, Debug)]
pub struct Order(pub order::Order);

/// What an order costs. `total = subtotal - discount + shipping + tax`.
#[derive(Debug, SimpleObject)]
pub struct OrderTotals {
    /// What the lines cost before discounts.
    subtotal: MoneyV2,
    /// What discounts take off the lines. What is taken off delivery is part of `shipping`.
    discount: MoneyV2,
    /// Delivery after what is taken off it.
    shipping: MoneyV2,
    /// Taxes that are added.
    tax: MoneyV2,
    /// Taxes that are inside the prices. They change no sum.
    tax_included: MoneyV2,
    /// What it costs.
    total: MoneyV2,
    /// What of the total gift cards pay.
    gift_cards: MoneyV2,
    /// What is paid by a gateway: `total - giftCards`.
    due: MoneyV2,
}

impl OrderTotals {
    /// The totals of an order, or of one as it would be.
    #[must_use]
    pub fn of(totals: Totals) -> Self {
        let money = |minor: i64| Money::new(minor, totals.currency).into();
        Self {
            subtotal: money(totals.subtotal),
            discount: money(totals.discount),
            shipping: money(totals.shipping),
            tax: money(totals.tax),
            tax_included: money(totals.tax_included),
            total: money(totals.total),
            gift_cards: money(totals.gift_card),
            due: money(totals.total - totals.gift_card),
        }
    }
}

/// One entry of what a shopper may read of an order's history.
#[derive(Debug)]
pub struct TimelineEntry(TimelineRow);

/// One entry of what a shopper may read of an order's history.
#[Object]
impl TimelineEntry {
    /// The entry's id.
    async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// What happened; null for kinds that this version does not know.
    #[graphql(name = "type")]
    async fn kind(&self) -> Option<OrderEventType> {
        EventKind::parse(&self.0.kind).map(Into::into)
    }

    /// One sentence for the shopper, in English.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

impl Order {
    fn money(&self, minor: i64) -> MoneyV2 {
        Money::new(minor, self.0.currency).into()
    }
}

/// What was bought, at what price, to which address, and how far it is. Shown to its customer, to whoever has its access
/// token, and to staff with READ_ORDERS.
#[Object]
impl Order {
    /// The order's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// The number for people: unique and growing, not without gaps.
    async fn number(&self) -> i64 {
        self.0.number
    }

    /// The number as people write it, such as `#1001`.
    async fn name(&self) -> String {
        format!("#{}", self.0.number)
    }

    /// Where the order stands.
    async fn status(&self) -> OrderStatus {
        self.0.status.into()
    }

    /// Where its money stands.
    async fn financial_status(&self) -> OrderFinancialStatus {
        self.0.financial_status.into()
    }

    /// Where its parcels stand.
    async fn fulfillment_status(&self) -> OrderFulfillmentStatus {
        self.0.fulfillment_status.into()
    }

    /// Why it was canceled; null unless it was.
    async fn cancel_reason(&self) -> Option<OrderCancelReason> {
        self.0.cancel_reason.map(Into::into)
    }

    /// Grows by one with each change of the order.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The buyer's e-mail address.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The buyer's phone.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// What it costs.
    async fn totals(&self) -> OrderTotals {
        OrderTotals::of(Totals::of_order(&self.0))
    }

    /// How its cost comes about, step by step: prices, discounts, delivery, taxes, gift cards. Empty for orders from before
    /// this was kept.
    async fn cost_steps(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<CostStep>> {
        let kept = errors::required(ctx, quote_of(ctx, self.0.id).await)?;
        let line = |key: pricing::LineKey| Some(global_id::encode(OrderLineId(Uuid::from_u128(key.0))));
        Ok(kept.map(|kept| cost_step::steps(&kept.quote, self.0.currency, line)).unwrap_or_default())
    }

    /// What gift cards paid, in the order in which they were used; empty when none did.
    async fn gift_cards(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderGiftCard>> {
        errors::required(ctx, OrderGiftCard::all(ctx, &self.0).await)
    }

    /// What is still to be paid of it, after an edit that made it cost more, a capture of only a part of what was held, or a
    /// hold that ended after something was sent: pay it by `paymentRetry`. Zero else.
    async fn balance_due(&self, ctx: &Context<'_>) -> async_graphql::Result<MoneyV2> {
        if self.0.financial_status != FinancialStatus::PartiallyPaid {
            return Ok(self.money(0));
        }
        let payments = errors::required(ctx, list_of(ctx, PaymentsOf(self.0.id)).await)?;
        let refunds = errors::required(ctx, list_of(ctx, RefundsOf(self.0.id)).await)?;
        Ok(self.money(self.0.owed_minor() - payment::net_of(&payments, &refunds)))
    }

    /// Whether the prices it was bought at contain taxes.
    async fn taxes_included(&self) -> bool {
        self.0.tax_included_minor > 0
    }

    /// The taxes of the whole order, one entry for each tax and rate. Their amounts add up to `totals.tax` and
    /// `totals.taxIncluded`, and are the sums of the lines' and the delivery's. Empty for orders from before this was kept.
    async fn tax_lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxLine>> {
        let kept = errors::required(ctx, quote_of(ctx, self.0.id).await)?;
        Ok(kept.map(|kept| tax_line::of_quote(&kept.quote, self.0.currency)).unwrap_or_default())
    }

    /// The taxes of delivery, one entry for each tax and rate.
    async fn shipping_tax_lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxLine>> {
        let kept = errors::required(ctx, quote_of(ctx, self.0.id).await)?;
        Ok(kept.map(|kept| tax_line::of_delivery(&kept.quote, self.0.currency)).unwrap_or_default())
    }

    /// The discounts that it was placed with, or has since it was last edited: codes in the order entered, then those that
    /// applied by themselves. Empty for orders from before quotes were kept.
    async fn discount_applications(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderDiscountApplication>> {
        let kept = errors::required(ctx, quote_of(ctx, self.0.id).await)?;
        Ok(kept.map(|kept| applications(&kept.quote, self.0.currency)).unwrap_or_default())
    }

    /// How it is delivered, and what that costs. Empty when nothing is, in a shop without delivery zones and pick-up locations,
    /// and for orders from before this was kept.
    async fn shipping_lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderShippingLine>> {
        let kept = errors::required(ctx, quote_of(ctx, self.0.id).await)?;
        let told = self.0.deliveries.as_ref();
        Ok(kept.map(|kept| shipping_line::of_quote(&kept.quote, told, self.0.currency)).unwrap_or_default())
    }

    /// What was bought, as it was then, in the order of the cart; what was added later comes last.
    async fn line_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<OrderLineItem>> {
        let lines = errors::required(ctx, list_of(ctx, LinesOf(self.0.id)).await)?;
        let arguments = Arguments { first, last, after, before };
        let currency = self.0.currency;
        connection_of_list(ctx, arguments, lines.to_vec(), |line| OrderLineItem { line, currency })
    }

    /// The shipments, oldest first.
    async fn fulfillments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Fulfillment>> {
        let rows = errors::required(ctx, list_of(ctx, ShipmentsOf(self.0.id)).await)?;
        Ok(rows.iter().cloned().map(|row| Fulfillment { row, currency: self.0.currency }).collect())
    }

    /// What a shopper may read of its history, oldest first.
    async fn timeline(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TimelineEntry>> {
        let rows = errors::required(ctx, list_of(ctx, TimelineOf(self.0.id)).await)?;
        Ok(rows.iter().cloned().map(TimelineEntry).collect())
    }

    /// The attempts to pay it, oldest first.
    async fn payments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Payment>> {
        let rows = errors::required(ctx, list_of(ctx, PaymentsOf(self.0.id)).await)?;
        Ok(rows.iter().cloned().map(Payment).collect())
    }

    /// Money that went or goes back, oldest first.
    async fn refunds(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Refund>> {
        let id = self.0.id;
        let both = futures::future::try_join(list_of(ctx, OrderRefundsOf(id)), list_of(ctx, RefundsOf(id)));
        let (decided, parts) = errors::required(ctx, both.await)?;
        Ok(Refund::all(&decided, &parts, self.0.currency))
    }

    /// What a refund of these units, of so much of delivery, and of an amount beside them would give back; null with an error
    /// when `refundCreate` would refuse it. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn suggested_refund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Units of lines.")] line_items: Option<Vec<RefundLineItemInput>>,
        #[graphql(desc = "What of delivery.")] shipping: Option<RefundShippingInput>,
        #[graphql(desc = "An amount beside them.")] amount: Option<MoneyInput>,
    ) -> Option<SuggestedRefund> {
        let asked = refund_create::request(line_items, shipping, amount);
        errors::nullable(ctx, refund_create::suggest(ctx, &self.0, asked).await)
    }

    /// What became of its money, in double entry. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn ledger(&self, ctx: &Context<'_>) -> Option<OrderLedger> {
        let posted = async {
            ctx.require(Permission::ReadPayments)?;
            list_of(ctx, LedgerOf(self.0.id)).await
        };
        errors::nullable(ctx, posted.await).map(OrderLedger)
    }

    /// The invoice, once its money was taken, another one for what edits made it cost more, once that was paid, and the
    /// credit notes of edits, refunds and a cancellation; oldest first.
    async fn invoices(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Invoice>> {
        let rows = errors::required(ctx, list_of(ctx, InvoicesOf(self.0.id)).await)?;
        Ok(rows.iter().cloned().map(Invoice).collect())
    }

    /// Where it is sent to; null when nothing is sent. What is collected has its place in `shippingLines`.
    async fn shipping_address(&self) -> Option<MailingAddress> {
        let address = self.0.shipping_address.clone()?;
        Some(MailingAddress::new(AddressOwner::Shipping(self.0.id), address))
    }

    /// Who pays.
    async fn billing_address(&self) -> Option<MailingAddress> {
        let address = self.0.billing_address.clone()?;
        Some(MailingAddress::new(AddressOwner::Billing(self.0.id), address))
    }

    /// The buyer's note.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What the front end attached to the cart.
    async fn attributes(&self) -> Vec<Attribute> {
        attribute::list(&self.0.attributes)
    }

    /// Until when its stock is held for the payment; null once it is paid or canceled.
    async fn reserved_until(&self) -> Option<DateTime> {
        (self.0.status == entity::order::order::OrderStatus::PendingPayment).then_some(self.0.reserved_until.into())
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When its payment was accepted; null before.
    async fn processed_at(&self) -> Option<DateTime> {
        self.0.placed_at.map(Into::into)
    }

    /// When it was canceled; null unless it was.
    async fn canceled_at(&self) -> Option<DateTime> {
        self.0.canceled_at.map(Into::into)
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
