//! Settings: one struct a concern, read from a file and the environment, checked once, every mistake reported together.

mod invoices;
mod mail;
mod reader;
mod sandbox;
mod settings;
mod stripe;

pub use invoices::Invoices;
pub use mail::{Mails, Secret};
pub use reader::{ConfigError, Reader};
pub use sandbox::Sandbox;
pub use settings::{Auth, Catalog, Checkout, Events, Jobs, Mode, Retention, Server, Settings};
pub use stripe::Stripe;
