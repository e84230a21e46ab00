//! Price lists: other prices for some countries, currencies, quantities and times.
//!
//! `market` says in which currency a buyer pays and turns a variant's own price into the buyer's; the engine of the crate
//! `pricing` chooses. `history` derives what was asked before, for the prior price of a reduction. Staff change lists
//! through `save_list` and `save_prices`.

mod errors;
mod events;
mod history;
pub mod list;
mod market;
mod save_list;
mod save_prices;
mod sellable;
mod store;

pub use entity::price_list::{price_list::Model as PriceList, price_list_price::Model as PriceListPrice};
pub use errors::{Code, Reason, Refusal};
pub use history::prior_prices;
pub use market::{ListPrice, Market, Shopper, has_price};
pub use save_list::{ListDraft, ListPatch, MOST_LISTS, create_list, delete_list, update_list};
pub use save_prices::{MOST_PRICES, PriceDraft, PriceKey, add_prices, delete_prices};
pub use sellable::sellable_for;
pub use store::{all, by_ids, currency, currency_of_country, list_prices, list_prices_of, market, prices, prices_for};
