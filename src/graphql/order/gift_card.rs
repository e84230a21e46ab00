//! What a gift card paid for an order.

use async_graphql::{Context, SimpleObject};
use entity::money::Money;

use crate::{
    domain::{gift_card::card_payments, order::Order, shared::Error},
    graphql::{
        gift_card::{load, paid_for},
        scalars::MoneyV2,
    },
};

/// What a gift card paid for an order.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrderGiftCard {
    /// The last four characters of the card's code.
    last_characters: String,
    /// What it paid.
    amount: MoneyV2,
    /// What of that went back to it, by a refund or because the order was canceled.
    returned_amount: MoneyV2,
}

impl OrderGiftCard {
    /// What each card paid for an order.
    pub(super) async fn all(ctx: &Context<'_>, order: &Order) -> Result<Vec<Self>, Error> {
        if order.gift_card_minor == 0 {
            return Ok(Vec::new());
        }
        let payments = card_payments(&paid_for(ctx, order.id).await?);
        let cards = futures::future::try_join_all(payments.iter().map(|payment| load(ctx, payment.id))).await?;
        let money = |minor: i64| Money::new(minor, order.currency).into();
        let shown = payments.iter().zip(cards).filter_map(|(payment, card)| {
            Some(Self {
                last_characters: card?.last_characters.clone(),
                amount: money(payment.paid_minor),
                returned_amount: money(payment.returned_minor),
            })
        });
        Ok(shown.collect())
    }
}
