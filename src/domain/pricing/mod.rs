//! What a cart costs. Pure: prices come in, a quote goes out.

mod quote;

pub use quote::{LineQuote, PricedLine, Quote, quote};
