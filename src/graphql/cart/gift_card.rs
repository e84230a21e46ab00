//! The gift cards of a cart, as its shopper sees them.

use async_graphql::{ID, SimpleObject};
use entity::{ids::GiftCardId, money::Money};
use uuid::Uuid;

use crate::{
    domain::gift_card::CartCard,
    graphql::{
        global_id::{self, NodeId},
        scalars::MoneyV2,
    },
};

/// The id under which a card is taken off a cart. It opens nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppliedGiftCardId(pub GiftCardId);

impl From<Uuid> for AppliedGiftCardId {
    fn from(id: Uuid) -> Self {
        Self(GiftCardId(id))
    }
}

impl NodeId for AppliedGiftCardId {
    const KIND: &'static str = "AppliedGiftCard";

    fn uuid(self) -> Uuid {
        self.0.0
    }
}

/// A gift card that pays for a part of a cart. Cards pay in the order in which they were added. One that expired, was deactivated or
/// used up since then stays here and pays nothing.
#[derive(Clone, Debug, SimpleObject)]
pub struct AppliedGiftCard {
    /// What it pays of this cart now.
    amount_used: MoneyV2,
    /// What is on it, before this cart is paid.
    balance: MoneyV2,
    /// The id under which it is taken off the cart.
    id: ID,
    /// The last four characters of its code.
    last_characters: String,
    /// What it pays, in the cart's currency, which is its own.
    presentment_amount_used: MoneyV2,
}

impl AppliedGiftCard {
    /// A card with what it pays.
    pub(super) fn new(card: &CartCard, used: Money) -> Self {
        Self {
            amount_used: used.into(),
            balance: card.balance.into(),
            id: global_id::encode(AppliedGiftCardId(card.id)),
            last_characters: card.last_characters.clone(),
            presentment_amount_used: used.into(),
        }
    }
}
