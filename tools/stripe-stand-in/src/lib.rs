//! A Stripe for tests and development. It keeps a book of its own in memory, answers with the published API objects field by
//! field (docs.stripe.com/api), takes the public test cards (docs.stripe.com/testing), signs its webhooks as Stripe does
//! (docs.stripe.com/webhooks), and fails on purpose when it is told to.

#![recursion_limit = "256"]

mod admin;
mod amounts;
mod answer;
mod api;
mod book;
mod cards;
mod customers;
mod events;
mod faults;
mod form;
mod idempotency;
mod intent_lists;
mod intents;
mod objects;
mod pages;
mod refunds;
mod server;
mod signature;

pub use book::{Audit, BookedCharge, BookedIntent, BookedRefund};
pub use events::Told;
pub use faults::{Call, Fault, Scripted};
pub use server::{Options, StandIn};
pub use signature::sign;
