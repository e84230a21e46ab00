//! Tables of gift cards.

#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod gift_card;
pub mod gift_card_entry;
