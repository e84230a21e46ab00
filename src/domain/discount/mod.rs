//! Discounts: what staff say of them, which of them a cart may have, and who used them how often.
//!
//! What a discount takes off is the engine's business (`crates/pricing`): [`engine`] makes its input of a row, and [`Book`]
//! holds those that may concern some carts. [`take`] counts a use in the transaction that makes an order, so that no limit
//! is passed however many order at once; [`give_back`] frees it when the order is given up before it was sent.

mod activate_discount;
mod automatic;
mod book;
mod checks;
mod codes;
mod create_discount;
mod deactivate_discount;
mod delete_discount;
mod errors;
mod events;
pub mod list;
mod model;
mod patch;
pub mod store;
mod take;
mod update_discount;

pub use activate_discount::activate_discount;
pub use book::{Asked, Book};
pub use create_discount::create_discount;
pub use deactivate_discount::deactivate_discount;
pub use delete_discount::delete_discount;
pub use entity::discount::{
    discount::{DiscountMethod, Model as Discount},
    discount_code::Model as DiscountCode,
    rule::{BuyXGetY, Effect, Eligibility, Items, Minimum, Named, Off},
};
pub use errors::{Code, Reason, Refusal};
pub use model::{Buyer, Status, code_key, engine, id_of, key_of};
pub use patch::{CombinesWith, DiscountPatch, Target};
pub use take::{Spent, Why, give_back, take, take_again};
pub use update_discount::update_discount;
