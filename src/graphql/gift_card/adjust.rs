//! Putting money on a gift card and taking it off.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    GiftCard,
    transaction::GiftCardTransaction,
    user_errors::{GiftCardUserError, halves},
};
use crate::{
    domain::{
        gift_card::{self, Adjustment, Entry, Refusal},
        shared::{Error, Permission},
    },
    graphql::{
        errors,
        global_id::decode,
        scalars::MoneyInput,
        transaction::{author, begin, finish},
    },
};

/// Money onto a gift card.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardCreditInput {
    /// The gift card.
    id: ID,
    /// How much, more than zero, in the card's currency.
    amount: MoneyInput,
    /// Why, at most 1,000 characters. It stands in the ledger.
    note: Option<String>,
}

/// Money off a gift card.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardDebitInput {
    /// The gift card.
    id: ID,
    /// How much, more than zero and no more than is on it, in the card's currency.
    amount: MoneyInput,
    /// Why, at most 1,000 characters. It stands in the ledger.
    note: Option<String>,
}

/// What putting money on a gift card led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardCreditPayload {
    /// The gift card as it is now; null when refused.
    gift_card: Option<GiftCard>,
    /// The entry that was made; null when refused.
    gift_card_transaction: Option<GiftCardTransaction>,
    /// Why it was refused.
    user_errors: Vec<GiftCardUserError>,
}

/// What taking money off a gift card led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_payments")]
pub struct GiftCardDebitPayload {
    /// The gift card as it is now; null when refused.
    gift_card: Option<GiftCard>,
    /// The entry that was made; null when refused.
    gift_card_transaction: Option<GiftCardTransaction>,
    /// Why it was refused.
    user_errors: Vec<GiftCardUserError>,
}

type Booked = (Option<GiftCard>, Option<GiftCardTransaction>, Vec<GiftCardUserError>);

fn booked(outcome: Result<(gift_card::GiftCard, Entry), Vec<Refusal>>) -> Booked {
    let (done, user_errors) = halves(outcome);
    match done {
        Some((card, entry)) => {
            let transaction = GiftCardTransaction::new(entry, card.currency);
            (Some(GiftCard(Arc::new(card))), Some(transaction), user_errors)
        }
        None => (None, None, user_errors),
    }
}

fn adjustment(id: &ID, amount: &MoneyInput, note: Option<String>) -> Result<Adjustment, Error> {
    Ok(Adjustment { id: decode("input.id", id)?, amount: amount.check("input.amount")?, note })
}

async fn credit(ctx: &Context<'_>, input: GiftCardCreditInput) -> Result<Booked, Error> {
    let author = author(ctx, Permission::ManagePayments)?;
    let adjustment = adjustment(&input.id, &input.amount, input.note)?;
    let tx = begin(ctx).await?;
    let done = gift_card::credit(&tx, author, adjustment).await;
    Ok(booked(finish(tx, done).await?))
}

async fn debit(ctx: &Context<'_>, input: GiftCardDebitInput) -> Result<Booked, Error> {
    let author = author(ctx, Permission::ManagePayments)?;
    let adjustment = adjustment(&input.id, &input.amount, input.note)?;
    let tx = begin(ctx).await?;
    let done = gift_card::debit(&tx, author, adjustment).await;
    Ok(booked(finish(tx, done).await?))
}

/// Putting money on gift cards and taking it off.
#[derive(Debug, Default)]
pub struct GiftCardAdjustMutation;

#[Object]
impl GiftCardAdjustMutation {
    /// Puts money on a gift card that was not deactivated. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn gift_card_credit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card, and how much.")] input: GiftCardCreditInput,
    ) -> Option<GiftCardCreditPayload> {
        let (gift_card, gift_card_transaction, user_errors) = errors::nullable(ctx, credit(ctx, input).await)?;
        Some(GiftCardCreditPayload { gift_card, gift_card_transaction, user_errors })
    }

    /// Takes money off a gift card, also off one that was deactivated. Needs MANAGE_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::manages_payments")]
    async fn gift_card_debit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card, and how much.")] input: GiftCardDebitInput,
    ) -> Option<GiftCardDebitPayload> {
        let (gift_card, gift_card_transaction, user_errors) = errors::nullable(ctx, debit(ctx, input).await)?;
        Some(GiftCardDebitPayload { gift_card, gift_card_transaction, user_errors })
    }
}
