//! Mails to shoppers. This domain hears facts: each is queued in the transaction that makes it, once, and a job sends it.

mod compose;
mod hear;
mod jobs;
mod letter;
mod model;
mod money_store;
mod order_store;
mod sample;
mod secret;
mod store;
mod templates;
mod wrap;

pub use compose::{Composing, Links, compose};
pub use entity::notification::notification::{
    Model as Notification, NotificationKind as Kind, NotificationState as State,
};
pub use hear::{Heard, hear};
pub use jobs::{Post, SendRules, send_due};
pub use model::FACTS;
pub use secret::{Secret, queue_secret};
pub use store::{delete_finished, discard, find_of_order, parked, replay};
pub use templates::Templates;
