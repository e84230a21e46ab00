//! What only old clients ask for, one file a domain. Every member here is deprecated and names the one to use; nothing
//! new depends on them. Each type here is flattened into the type whose members it holds: it is not in the schema.

mod address;
mod cart;
mod shop;

pub use address::MailingAddressOddities;
pub use cart::{BuyerIdentityOddities, CartCostOddities, DeliveryAddress, DeliveryAddressInput};
pub use shop::ShopOddities;
