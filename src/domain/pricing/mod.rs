//! What a cart costs. The rules are the crate `pricing`, which knows no database; this folder makes its inputs of the server's
//! rows and the server's values of its answers. Nothing else adds money up.

mod quote;

pub use quote::{LineQuote, PricedLine, Quote, quote};
