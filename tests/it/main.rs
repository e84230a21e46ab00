//! The integration tests: one binary, one running shop a test.

#![recursion_limit = "512"]

mod architecture;
mod audit;
mod background;
mod backup;
mod card_numbers;
mod cart;
mod catalog;
mod catalog_write;
mod checkout;
mod content;
mod delivery;
mod demo_costs;
mod differential;
mod discount;
mod errors;
mod examples;
mod gift_card;
mod home_page;
mod idempotency;
mod import;
mod inventory;
mod invoice;
mod ledger;
mod live;
mod make;
mod migrations;
mod nodes;
mod notification;
mod order_edit;
mod people;
mod pictures;
mod price_list;
mod processes;
mod promises;
mod refund;
mod schema;
mod shop;
mod staying_up;
mod story;
#[cfg(feature = "stripe")]
mod stripe;
mod support;
mod tax;
mod transport;
