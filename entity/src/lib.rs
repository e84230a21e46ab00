//! The tables as data: one file a table, typed ids, money and status enums. No queries, no rules.

pub mod address;
pub mod area;
pub mod auth;
pub mod cart;
pub mod catalog;
pub mod content;
pub mod customer;
pub mod delivery;
pub mod discount;
pub mod gift_card;
pub mod ids;
pub mod inventory;
pub mod invoice;
pub mod ledger;
pub mod money;
pub mod notification;
pub mod order;
pub mod payment;
pub mod platform;
pub mod price_list;
pub mod shop;
pub mod tax;
pub mod text_list;
