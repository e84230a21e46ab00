//! The type `GiftCard`.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::money::Money;

use super::{
    loaders,
    transaction::{GiftCardTransaction, order_of},
};
use crate::{
    domain::{
        gift_card::{self, Status, status},
        shared::{Error, Page, Permission},
    },
    graphql::{
        context::ContextExt,
        customer::{self, Customer},
        errors,
        global_id::encode,
        order::Order,
        pagination::{Arguments, Connection, connection},
        scalars::{DateTime, MoneyV2},
    },
};

/// How a gift card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Status", visible = "crate::graphql::guards::reads_payments")]
pub enum GiftCardStatus {
    /// It pays.
    Active,
    /// Nothing is left on it.
    Empty,
    /// Its time is over. A later `expiresAt` opens it again.
    Expired,
    /// It was ended for good.
    Deactivated,
}

/// A gift card. Its code is shown once, when it is issued, and to nobody afterwards.
#[derive(Clone, Debug)]
pub struct GiftCard(pub Arc<gift_card::GiftCard>);

/// A gift card. Its code is shown once, when it is issued, and to nobody afterwards.
#[Object(visible = "crate::graphql::guards::reads_payments")]
impl GiftCard {
    /// The card's id.
    pub async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// The last four characters of its code, by which people tell cards apart.
    async fn last_characters(&self) -> &str {
        &self.0.last_characters
    }

    /// How it stands now.
    async fn status(&self, ctx: &Context<'_>) -> GiftCardStatus {
        status(&self.0, ctx.app().sources.now()).into()
    }

    /// What is left on it: the sum of its transactions.
    async fn balance(&self) -> MoneyV2 {
        Money::new(self.0.balance_minor, self.0.currency).into()
    }

    /// What it was issued with.
    async fn initial_value(&self) -> MoneyV2 {
        Money::new(self.0.initial_minor, self.0.currency).into()
    }

    /// From when on it pays no more; null: never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(Into::into)
    }

    /// When it was ended; null while it was not.
    async fn deactivated_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(Into::into)
    }

    /// Staff's note. Shoppers never see it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// To whom its code was mailed; null when it was not.
    async fn recipient_email(&self) -> Option<&str> {
        self.0.recipient_email.as_deref()
    }

    /// The customer it is for; null when it is for nobody known, and for viewers without READ_CUSTOMERS.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Customer> {
        errors::optional(ctx, customer_of(ctx, &self.0).await)
    }

    /// The order that sold it; null for a card that staff issued, and for viewers without READ_ORDERS.
    async fn order(&self, ctx: &Context<'_>) -> Option<Order> {
        errors::optional(ctx, order_of(ctx, self.0.order_id).await)
    }

    /// Its ledger: every change of its balance, the newest first.
    async fn transactions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<GiftCardTransaction>> {
        let arguments = Arguments { first, last, after, before };
        errors::required(ctx, transactions(ctx, &self.0, arguments).await)
    }

    /// When it was issued.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed, its balance too.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

async fn customer_of(ctx: &Context<'_>, card: &gift_card::GiftCard) -> Result<Option<Customer>, Error> {
    let Some(id) = card.customer_id.filter(|_| ctx.viewer().may(Permission::ReadCustomers)) else { return Ok(None) };
    customer::loaders::load(ctx, id).await
}

async fn transactions(
    ctx: &Context<'_>,
    card: &gift_card::GiftCard,
    arguments: Arguments,
) -> Result<Connection<GiftCardTransaction>, Error> {
    let request = arguments.check()?;
    let mut entries = loaders::entries(ctx, card.id).await?;
    entries.reverse();
    let page = Page::from_slice(&request, entries)?;
    connection(ctx, page, |entry| GiftCardTransaction::new(entry, card.currency))
}
