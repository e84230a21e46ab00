//! Mails on their way out: what one is made of, and who takes it. Two take them: a mail server, or a folder.

mod folder;
mod message;
mod smtp;

use chrono::{DateTime, Utc};
pub use folder::FolderMailer;
pub use message::{Sender, one_line};
pub use smtp::{SmtpMailer, check_url};
use uuid::Uuid;

/// One mail to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its Message-ID is made of it: sent twice, it is known as the same mail.
    pub id: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who writes, for people. The address is the mailer's.
    pub from_name: String,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<String>,
    /// The recipient's address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// For readers without HTML.
    pub text: String,
    /// The same for the others.
    pub html: String,
}

impl std::fmt::Debug for Mail {
    /// Without a word of what is private.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mail({})", self.id)
    }
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailError {
    /// This mail is not taken. The words may name its recipient: they belong into no log.
    Refused {
        /// Why.
        why: String,
        /// Whether it never will be.
        for_good: bool,
    },
    /// No mail is taken now.
    Unavailable(String),
}

/// Who takes mails.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync + std::fmt::Debug {
    /// Hands a mail over. It may come a second time after a crash; its id tells.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;

    /// Where mails go, for the log and for operators; without a secret.
    fn place(&self) -> String;
}
