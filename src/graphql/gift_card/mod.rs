//! Gift cards as staff see and change them.

mod adjust;
#[expect(clippy::module_inception, reason = "the folder is the domain, the file its type")]
mod gift_card;
mod loaders;
mod manage;
mod queries;
mod transaction;
mod user_errors;

use async_graphql::MergedObject;
pub use gift_card::GiftCard;
pub use loaders::{GiftCardLoader, load, paid_for};
pub use queries::GiftCardQuery;

/// Changes of gift cards.
#[derive(Debug, Default, MergedObject)]
pub struct GiftCardMutation(manage::ManageMutation, adjust::GiftCardAdjustMutation);
