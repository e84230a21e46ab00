//! Mails by a mail server (RFC 5321).

use std::{net::IpAddr, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{Error, extension::ClientId},
};
use url::{Host, Url};

use super::{Mail, MailError, Mailer, Sender};

/// Answers that say something about our access or the server's state, not about this mail (RFC 5321 4.2.3, RFC 4954 6).
const ABOUT_THE_SERVER: [u16; 10] = [421, 432, 454, 500, 501, 502, 503, 530, 534, 535];

/// Hands mails to a server, each over a connection of its own: one that was given up halfway is never used again.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
    place: String,
    limit: Duration,
}

impl std::fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SmtpMailer({})", self.place)
    }
}

/// What is wrong with the address of a mail server, if something is. The words hold nothing of it: it may have a password.
///
/// # Errors
/// What to write instead.
pub fn check_url(url: &str) -> Result<(), &'static str> {
    let parsed = Url::parse(url).map_err(|_| "must be an address such as smtps://user:password@mail.example.com")?;
    if !["smtp", "smtps"].contains(&parsed.scheme()) {
        return Err("must begin with smtp:// or smtps://");
    }
    let here = match parsed.host() {
        // Only the web's schemes read addresses as addresses; here they are names.
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err("must name a host"),
    };
    let sealed =
        parsed.scheme() == "smtps" || parsed.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    if parsed.password().is_some() && !sealed && !here {
        return Err("would send its password in the clear: begin it with smtps://, or end it with ?tls=required");
    }
    // A word that the library does not know would mean no encryption.
    let known = ["required", "opportunistic"];
    let unknown = parsed.query_pairs().any(|(name, value)| name == "tls" && !known.contains(&value.as_ref()));
    if unknown || AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_err() {
        return Err("must be smtps://, or smtp:// with ?tls=required or ?tls=opportunistic or neither");
    }
    Ok(())
}

impl SmtpMailer {
    /// A mailer to the server of this address. One mail takes no longer than `limit`.
    ///
    /// # Errors
    /// As [`check_url`].
    pub fn new(url: &str, sender: Sender, limit: Duration) -> Result<Self, &'static str> {
        check_url(url)?;
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| "is no mail server's address")?;
        let transport = transport.timeout(Some(limit)).hello_name(ClientId::Domain(sender.domain().to_owned()));
        let parsed = Url::parse(url).map_err(|_| "is no address")?;
        let place = format!("{}://{}", parsed.scheme(), parsed.host_str().unwrap_or_default());
        Ok(Self { transport: transport.build(), sender, place, limit })
    }
}

#[async_trait::async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.sender.message(mail)?;
        match tokio::time::timeout(self.limit, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(judged(&error)),
            Err(_) => Err(MailError::Unavailable(format!("{}: no answer in time", self.place))),
        }
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}

fn judged(error: &Error) -> MailError {
    let Some(code) = error.status().map(u16::from) else {
        return MailError::Unavailable(in_full(error));
    };
    if ABOUT_THE_SERVER.contains(&code) {
        // Its words may quote the mail; the code says enough.
        return MailError::Unavailable(format!("the mail server answers {code}"));
    }
    MailError::Refused { why: in_full(error), for_good: error.is_permanent() }
}

/// The error with its causes.
fn in_full(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_cross_the_network_in_the_clear() {
        for good in [
            "smtps://user:secret@mail.example.com",
            "smtp://user:secret@mail.example.com:587?tls=required",
            "smtp://user:secret@127.0.0.1:2525",
            "smtp://localhost:1025",
            "smtp://mail.example.com",
        ] {
            assert_eq!(check_url(good), Ok(()), "{good}");
        }
        for bad in [
            "smtp://user:secret@mail.example.com",
            "http://mail.example.com",
            "mail.example.com",
            "smtp://",
            "smtps://x?tls=x",
            "smtp://x?tls=requird",
        ] {
            let why = check_url(bad).expect_err(bad);
            assert!(!why.contains("secret"), "{why}");
        }
    }
}
