//! A mail in the form of the network (RFC 5322), whatever was written into it.

use std::{fmt, str::FromStr, time::SystemTime};

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{Mail, MailError};

/// Longest text of a header, in characters.
const LONGEST_LINE: usize = 200;

/// The address that mails come from, with a name or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl FromStr for Sender {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|error: lettre::address::AddressError| error.to_string())
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Sender {
    /// The part of the address after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }

    /// The mail as it is sent.
    ///
    /// # Errors
    /// The recipient's address is none that a mail server takes.
    pub(super) fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let refused = |why: String| MailError::Refused { why, for_good: true };
        let to: Address = mail.to.parse().map_err(|error| refused(format!("the recipient's address: {error}")))?;
        let name = self.0.name.clone().unwrap_or_else(|| mail.from_name.clone());
        let name = Some(one_line(&name)).filter(|name| !name.is_empty());
        let mut message = Message::builder()
            .from(Mailbox::new(name, self.0.email.clone()))
            .to(Mailbox::new(None, to))
            .subject(one_line(&mail.subject))
            .message_id(Some(format!("<{}@{}>", mail.id, self.domain())))
            .date(SystemTime::from(mail.at))
            // RFC 3834: nobody's holiday notice answers it.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if let Some(address) = mail.reply_to.as_deref().and_then(|address| address.parse().ok()) {
            message = message.reply_to(Mailbox::new(None, address));
        }
        let parts = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        message.multipart(parts).map_err(|error| refused(error.to_string()))
    }
}

/// A text that cannot end its header and begin another: control characters become blanks, blanks become one, and it ends
/// before it is too long.
#[must_use]
pub fn one_line(text: &str) -> String {
    let blank = |letter: char| letter.is_control() || letter.is_whitespace() || "\u{2028}\u{2029}".contains(letter);
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST_LINE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            id: uuid::Uuid::nil(),
            at: chrono::DateTime::UNIX_EPOCH,
            from_name: "Shop\r\nBcc: eve@example.com".to_owned(),
            reply_to: Some("help@example.com\r\nBcc: eve@example.com".to_owned()),
            to: "ada@example.com".to_owned(),
            subject: "Order\r\nBcc: eve@example.com\n\nBody \u{1b}[31m".to_owned(),
            text: "Grüße".to_owned(),
            html: "<p>Grüße</p>".to_owned(),
        }
    }

    fn sent(mail: &Mail) -> String {
        let sender: Sender = "shop@example.com".parse().expect("an address");
        String::from_utf8(sender.message(mail).expect("a message").formatted()).expect("text")
    }

    #[test]
    fn no_text_opens_a_header_of_its_own() {
        let (head, _) =
            sent(&mail()).split_once("\r\n\r\n").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a body");
        let names: Vec<&str> = head.lines().filter_map(|line| line.split_once(": ").map(|(name, _)| name)).collect();
        assert!(!names.contains(&"Bcc"), "{head}");
        assert!(!names.contains(&"Reply-To"), "an address with a line break is none: {head}");
        assert!(head.contains("Subject: Order Bcc: eve@example.com Body [31m"), "{head}");
        assert!(head.contains("Message-ID: <00000000-0000-0000-0000-000000000000@example.com>"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated") && head.contains("multipart/alternative"), "{head}");
    }

    #[test]
    fn an_address_that_is_none_is_refused_for_good() {
        let sender: Sender = "Shop <shop@example.com>".parse().expect("an address");
        for to in ["ada@example.com\r\nRCPT TO:<eve@example.com>", "ada", "a@b@c", ""] {
            let refused = sender.message(&Mail { to: to.to_owned(), ..mail() });
            assert!(matches!(refused, Err(MailError::Refused { for_good: true, .. })), "{to:?}");
        }
        assert!("shop".parse::<Sender>().is_err());
    }

    #[test]
    fn a_line_stays_one_and_short() {
        assert_eq!(one_line(" a\tb \u{2028} c\0d "), "a b c d");
        assert_eq!(one_line(&"x".repeat(500)).len(), LONGEST_LINE);
    }
}
