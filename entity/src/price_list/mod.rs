//! Price lists and the history of prices.

pub mod price_history;
#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod price_list;
pub mod price_list_history;
pub mod price_list_price;
