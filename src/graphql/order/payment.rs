//! Payments and refunds.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::money::Money;

use super::enums::PaymentStatus;
use crate::{
    domain::{payment::Payment as PaymentModel, shared::Permission},
    graphql::{
        context::ContextExt,
        errors, global_id,
        scalars::{DateTime, MoneyV2, Url},
    },
};

/// One attempt to pay an order.
#[derive(Clone, Debug)]
pub struct Payment(pub PaymentModel);

/// What the shopper has to do before a payment goes on.
#[derive(Debug, SimpleObject)]
pub struct PaymentNextAction {
    /// What it is: always `REDIRECT` for now, to `url`.
    #[graphql(name = "type")]
    kind: PaymentNextActionType,
    /// Where to send the shopper. It comes back to the payment's `returnUrl`.
    url: Url,
}

/// Kinds of what a shopper has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
pub enum PaymentNextActionType {
    /// Go to a page.
    Redirect,
}

/// One attempt to pay an order.
#[Object]
impl Payment {
    /// The payment's id.
    async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Where it stands.
    async fn status(&self) -> PaymentStatus {
        self.0.status.into()
    }

    /// The gateway's name.
    async fn gateway(&self) -> &str {
        &self.0.gateway
    }

    /// What was asked for.
    async fn amount(&self) -> MoneyV2 {
        Money::new(self.0.amount_minor, self.0.currency).into()
    }

    /// What was taken.
    async fn captured_amount(&self) -> MoneyV2 {
        Money::new(self.0.captured_minor, self.0.currency).into()
    }

    /// What went back.
    async fn refunded_amount(&self) -> MoneyV2 {
        Money::new(self.0.refunded_minor, self.0.currency).into()
    }

    /// What a front end's payment form needs to go on with this payment; null for gateways without one, as the sandbox, and
    /// once nothing more is to be done. Keep it out of URLs and logs.
    async fn client_secret(&self) -> Option<&str> {
        self.0.client_secret.as_deref()
    }

    /// What the shopper has to do first; null unless the status is REQUIRES_ACTION.
    async fn next_action(&self) -> Option<PaymentNextAction> {
        let url = self.0.next_action_url.clone()?;
        Some(PaymentNextAction { kind: PaymentNextActionType::Redirect, url: Url(url) })
    }

    /// Why it failed: a code such as `card_declined`; null unless it did.
    async fn failure_code(&self) -> Option<&str> {
        self.0.failure_code.as_deref()
    }

    /// Why it failed, in words for the shopper; null unless it did.
    async fn failure_message(&self) -> Option<&str> {
        self.0.failure_message.as_deref()
    }

    /// What a person has to look at, such as an amount that differs; null when nothing. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn flag(&self, ctx: &Context<'_>) -> Option<&str> {
        let allowed = ctx.require(Permission::ReadPayments).map(|_| self.0.flag.as_deref());
        errors::optional(ctx, allowed)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
