//! What a cart costs. The rules are the crate `pricing`, which knows no database; this folder makes its inputs of the server's
//! rows ([`CartFacts`], [`Book`]) and the server's values of its answers ([`Quote`]). Nothing else adds money up.

mod book;
pub mod convert;
mod discounts;
mod facts;
mod gift_cards;
mod quote;
mod taxes;

pub use book::Book;
pub use facts::{CartFacts, Destination, LineFacts, Paying};
pub use quote::{Agreed, Basis, LineQuote, Quote};
