//! Settings: one struct a concern, read from a file and the environment, checked once, every mistake reported together.

mod checkout;
mod invoices;
mod mail;
mod reader;
mod sandbox;
mod settings;
mod stripe;

pub use checkout::{Capture, Checkout};
pub use invoices::Invoices;
pub use mail::{Mails, Secret};
pub use reader::{ConfigError, Reader};
pub use sandbox::Sandbox;
pub use settings::{Auth, Catalog, Events, Jobs, Mode, Retention, Server, Settings};
pub use stripe::Stripe;
