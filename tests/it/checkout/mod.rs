//! Checkout: from the cart to the delivered order, and everything that goes wrong on the way.

mod access;
mod canceling;
mod completing;
mod holds;
mod money_back;
mod outbox;
mod postal;
mod quarter_hour;
pub mod races;
mod rounds;
mod shipping;
mod statements;
mod story;
mod sweeps;
mod tokens;
mod webhooks;
