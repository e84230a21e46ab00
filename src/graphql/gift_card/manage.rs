//! Issuing, changing and ending gift cards.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{
    GiftCard,
    user_errors::{GiftCardUserError, halves},
};
use crate::{
    domain::{
        gift_card::{self, NewGiftCard, Patch},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::decode,
        scalars::{DateTime, MoneyInput},
        transaction::{author, begin, finish},
    },
};

/// A gift card to be issued.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardCreateInput {
    /// What is on it, more than zero. It pays only what is in this currency.
    amount: MoneyInput,
    /// From when on it pays no more, a moment to come; never when left out.
    expires_at: Option<DateTime>,
    /// A note for staff, at most 1,000 characters.
    note: Option<String>,
    /// To whom the code is mailed; to nobody when left out.
    recipient_email: Option<String>,
    /// The customer it is for. That tells staff; whoever has the code can use it.
    customer_id: Option<ID>,
}

/// Changes of a gift card. A field left out stays, null takes it away.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardUpdateInput {
    /// The gift card.
    id: ID,
    /// From when on it pays no more; a moment that is past ends it until it is changed again, null lets it live for ever.
    expires_at: MaybeUndefined<DateTime>,
    /// A note for staff, at most 1,000 characters.
    note: MaybeUndefined<String>,
    /// The customer it is for.
    customer_id: MaybeUndefined<ID>,
}

/// Which gift card.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardDeactivateInput {
    /// The gift card.
    id: ID,
}

/// What issuing a gift card led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardCreatePayload {
    /// The gift card; null when refused.
    gift_card: Option<GiftCard>,
    /// Its code, such as `AB2C-D3EF-GH4J-K5LM`: here once and nowhere else, because only a hash of it is kept. Null when refused.
    gift_card_code: Option<String>,
    /// Why it was refused.
    user_errors: Vec<GiftCardUserError>,
}

/// What changing a gift card led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardUpdatePayload {
    /// The gift card as it is now; null when refused.
    gift_card: Option<GiftCard>,
    /// Why it was refused.
    user_errors: Vec<GiftCardUserError>,
}

/// What ending a gift card led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardDeactivatePayload {
    /// The gift card as it is now; null when refused.
    gift_card: Option<GiftCard>,
    /// Why it was refused.
    user_errors: Vec<GiftCardUserError>,
}

async fn create(ctx: &Context<'_>, input: GiftCardCreateInput) -> Result<GiftCardCreatePayload, Error> {
    let author = author(ctx, Permission::ManagePayments)?;
    let new = NewGiftCard {
        amount: input.amount.check("input.amount")?,
        expires_at: input.expires_at.map(|at| at.0),
        note: input.note,
        recipient_email: input.recipient_email,
        customer_id: input.customer_id.map(|id| decode("input.customerId", &id)).transpose()?,
    };
    let tx = begin(ctx).await?;
    let done = gift_card::issue(&tx, author, &ctx.app().gift_card_keys, new).await;
    let (issued, user_errors) = halves(finish(tx, done).await?);
    let gift_card_code = issued.as_ref().map(|issued| issued.code.grouped());
    let gift_card = issued.map(|issued| GiftCard(Arc::new(issued.card)));
    Ok(GiftCardCreatePayload { gift_card, gift_card_code, user_errors })
}

async fn update(ctx: &Context<'_>, input: GiftCardUpdateInput) -> Result<GiftCardUpdatePayload, Error> {
    let author = author(ctx, Permission::ManagePayments)?;
    let id = decode("input.id", &input.id)?;
    let patch = Patch {
        expires_at: outer(input.expires_at).map(|at| at.map(|at| at.0)),
        note: outer(input.note),
        customer_id: match outer(input.customer_id) {
            None => None,
            Some(id) => Some(id.map(|id| decode("input.customerId", &id)).transpose()?),
        },
    };
    let tx = begin(ctx).await?;
    let done = gift_card::update(&tx, author, id, patch).await;
    let (card, user_errors) = halves(finish(tx, done).await?);
    Ok(GiftCardUpdatePayload { gift_card: card.map(|card| GiftCard(Arc::new(card))), user_errors })
}

/// Left out: `None`. Null: the inner `None`.
fn outer<T>(given: MaybeUndefined<T>) -> Option<Option<T>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

async fn deactivate(ctx: &Context<'_>, input: &GiftCardDeactivateInput) -> Result<GiftCardDeactivatePayload, Error> {
    let author = author(ctx, Permission::ManagePayments)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = gift_card::deactivate(&tx, author, id).await;
    let (card, user_errors) = halves(finish(tx, done).await?);
    Ok(GiftCardDeactivatePayload { gift_card: card.map(|card| GiftCard(Arc::new(card))), user_errors })
}

/// Issuing, changing and ending gift cards.
#[derive(Debug, Default)]
pub struct ManageMutation;

#[Object]
impl ManageMutation {
    /// Issues a gift card and tells its code, this once. An idempotency key means nothing here, because the answer is a secret that
    /// is not kept: when an answer is lost, find the card with `giftCards`, deactivate it and issue another one. Needs
    /// MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn gift_card_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The gift card.")] input: GiftCardCreateInput,
    ) -> Option<GiftCardCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes what a gift card says of itself. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn gift_card_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: GiftCardUpdateInput,
    ) -> Option<GiftCardUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Ends a gift card for good: it pays no more. What is on it stays on the books; `giftCardDebit` takes it off. Doing it twice
    /// changes nothing. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn gift_card_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which gift card.")] input: GiftCardDeactivateInput,
    ) -> Option<GiftCardDeactivatePayload> {
        errors::nullable(ctx, deactivate(ctx, &input).await)
    }
}
