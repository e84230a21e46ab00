//! The settings of mails to shoppers.

use std::{fmt, path::PathBuf, time::Duration};

use super::Reader;
use crate::platform::mail::{Sender, check_url};

/// Who mails come from in a shop that has no address yet: they stay in a folder.
const NOBODY: &str = "shop@localhost.localdomain";

/// A text that no log may hold.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Mails to shoppers.
#[derive(Clone, Debug)]
pub struct Mails {
    /// The mail server; `None`: mails go into the folder.
    pub smtp_url: Option<Secret>,
    /// Who they come from.
    pub from: Sender,
    /// The folder; `None`: beside the data.
    pub folder: Option<PathBuf>,
    /// A merchant's templates.
    pub templates: Option<PathBuf>,
    /// The front end's page of an order, with `{id}`, `{number}` and `{token}` in it.
    pub order_url: Option<String>,
    /// How long one mail may take.
    pub limit: Duration,
    /// How often mails to be sent are looked for.
    pub interval: Duration,
    /// Attempts before a mail that is refused is parked.
    pub attempts: i32,
    /// First gap between two attempts; it doubles.
    pub first_gap: Duration,
    /// Longest gap between two attempts.
    pub longest_gap: Duration,
    /// How long the shopper has to try again before hearing of a failed payment.
    pub patience: Duration,
}

impl Mails {
    /// Reads them.
    pub(super) fn read(reader: &mut Reader) -> Self {
        let smtp_url = reader.text("smtp_url");
        if let Some(Err(why)) = smtp_url.as_deref().map(check_url) {
            reader.mistake(format!("CARTWRIGHT_SMTP_URL {why}"));
        }
        let from = reader.text("mail_from");
        if smtp_url.is_some() && from.is_none() {
            reader.mistake("CARTWRIGHT_SMTP_URL needs CARTWRIGHT_MAIL_FROM, such as Shop <hello@shop.example>");
        }
        let order_url = reader.text("order_url");
        let is_link = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if order_url.as_deref().is_some_and(|url| !is_link(url)) {
            reader.mistake("CARTWRIGHT_ORDER_URL must begin with http:// or https://");
        }
        Self {
            smtp_url: smtp_url.map(Secret),
            from: sender(reader, from.as_deref()),
            folder: reader.text("mail_folder").map(PathBuf::from),
            templates: reader.text("templates").map(PathBuf::from),
            order_url,
            limit: reader.seconds("mail_seconds", 10.0, 0.1, 15.0),
            interval: reader.seconds("mail_interval_seconds", 2.0, 0.05, 60.0),
            attempts: super::settings::attempts(reader, "mail_attempts"),
            first_gap: reader.seconds("mail_first_gap_seconds", 30.0, 0.01, 3_600.0),
            longest_gap: reader.seconds("mail_longest_gap_seconds", 3_600.0, 0.01, 86_400.0),
            patience: reader.seconds("mail_payment_failed_seconds", 60.0, 0.0, 3_600.0),
        }
    }
}

fn sender(reader: &mut Reader, given: Option<&str>) -> Sender {
    let nobody = || NOBODY.parse().expect("the constant is an address");
    let Some(text) = given else { return nobody() };
    text.parse().unwrap_or_else(|_| {
        reader.mistake("CARTWRIGHT_MAIL_FROM must be an address, such as Shop <hello@shop.example>");
        nobody()
    })
}
