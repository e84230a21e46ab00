//! Gift cards: money that was paid before, or given. A card's balance is the sum of its ledger, always.
//!
//! Every change of a balance is one conditional statement and one entry, in one transaction. Checkout claims cards and takes
//! from them where it opens the order ([`claim`], [`Claim::take`]), gives back what came to nothing ([`give_back`]), and takes
//! again for an order whose money came late ([`claim_again`]). Cards are locked by id, after products and before stock.
//!
//! A code is shown once, to the staff member who issued the card, and mailed to its recipient. What is kept is a keyed hash.

mod adjust;
mod code;
mod errors;
mod events;
mod issue;
mod list;
mod model;
mod refund;
mod sold;
mod store;
mod take;
mod update;

pub use adjust::{Adjustment, credit, debit};
pub use code::{Code, EnteredCode};
pub use entity::gift_card::{
    gift_card::Model as GiftCard,
    gift_card_entry::{GiftCardEntryKind as EntryKind, Model as Entry},
};
pub use errors::{ErrorCode, Reason, Refusal};
pub use issue::{Issued, NewGiftCard, issue};
pub use list::{Filter, list};
pub use model::{CannotPay, CardPayment, CartCard, Status, cannot_pay, card_payments, status};
pub use refund::{Because, refund};
pub use sold::{Seller, SoldLine, WasUsed, end_sold, issue_sold, unused_of, unused_of_line};
pub use store::{entries_of, find_by_codes, gift_cards, gift_cards_of_orders, of_carts, paid_by};
pub use take::{Claim, Moved, Use, claim, claim_again, give_back, lock_paying};
pub use update::{Patch, deactivate, update};

/// The purpose of the keys under which codes are hashed and sealed. They are never retired: the cards would be lost.
pub const KEYS: &str = "gift_card";
