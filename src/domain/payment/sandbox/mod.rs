//! The sandbox gateway: a bank of ours with its own book, which the shop never reads, and signed HTTP messages, as a
//! real provider has. What a payment does is chosen by its test token.

mod bank;
mod book;
mod messages;
mod signature;

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use entity::{ids::PaymentId, money::Money};
pub use messages::{delete_sent, deliver_due};
pub use signature::{Signer, TOLERANCE_SECONDS};

use super::gateway::{Authorization, BookPage, Gateway, GatewayError, GatewayState, Notice, NoticeError};
use crate::platform::{Database, Sources, keys::KeyRing};

/// The gateway's name in the API.
pub const NAME: &str = "sandbox";
/// The header that carries the signature of a message.
pub const SIGNATURE_HEADER: &str = "x-sandbox-signature";

/// How the sandbox behaves in time, and where it is.
#[derive(Clone, Debug)]
pub struct SandboxSettings {
    /// How late `sandbox_late` reports.
    pub late: Duration,
    /// How long `sandbox_timeout` stays silent.
    pub silence: Duration,
    /// Where its messages go: this server's own webhook route.
    pub webhook_url: String,
    /// What the URL of its challenge page begins with.
    pub public_url: String,
}

/// The sandbox gateway.
#[derive(Clone, Debug)]
pub struct Sandbox {
    database: Database,
    sources: Sources,
    signer: Signer,
    settings: SandboxSettings,
    http: reqwest::Client,
}

/// What the challenge page shows.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// What is asked for.
    pub amount: Money,
    /// Whether the shopper can still answer.
    pub open: bool,
    /// Where the shopper is sent back to.
    pub return_url: Option<String>,
}

impl Sandbox {
    /// A sandbox that keeps its book in this database.
    #[must_use]
    pub fn new(database: Database, sources: Sources, keys: &KeyRing, settings: SandboxSettings) -> Self {
        let signer = Signer::new(keys);
        Self { database, sources, signer, settings, http: reqwest::Client::new() }
    }

    /// What the challenge page of a payment shows; `None`: there is no such payment.
    ///
    /// # Errors
    /// The bank is out of order.
    pub async fn challenge(&self, reference: &str) -> Result<Option<Challenge>, GatewayError> {
        let intent = book::by_reference(self.database.reader(), reference).await.map_err(out_of_order)?;
        Ok(intent.map(|intent| Challenge {
            amount: Money::new(intent.amount_minor, intent.currency),
            open: intent.status == book::REQUIRES_ACTION,
            return_url: intent.return_url,
        }))
    }

    /// The shopper's answer on the challenge page; returns where to send the shopper back to.
    ///
    /// # Errors
    /// The bank is out of order.
    pub async fn answer_challenge(&self, reference: &str, approve: bool) -> Result<Option<Challenge>, GatewayError> {
        bank::answer_challenge(&self.database, &self.sources, reference, approve).await.map_err(out_of_order)?;
        self.challenge(reference).await
    }
}

fn out_of_order(error: sea_orm::DbErr) -> GatewayError {
    tracing::error!(error = %error, "the sandbox bank is out of order");
    GatewayError::InDoubt("the sandbox bank is out of order".to_owned())
}

#[async_trait]
impl Gateway for Sandbox {
    async fn authorize(&self, request: &Authorization) -> Result<GatewayState, GatewayError> {
        let is = |token: &str| request.token.as_deref() == Some(token);
        if is(bank::ERROR) {
            return Err(GatewayError::Refused("the sandbox answered 500 on request".to_owned()));
        }
        let timing = bank::Timing { late: self.settings.late };
        let intent = bank::authorize(&self.database, &self.sources, request, &timing).await.map_err(out_of_order)?;
        if is(bank::TIMEOUT) {
            // Charged, and silent: the caller's own time limit ends this.
            tokio::time::sleep(self.settings.silence).await;
        }
        Ok(book::state(intent, &self.settings.public_url))
    }

    async fn capture(&self, reference: &str, amount: Money, key: &str) -> Result<GatewayState, GatewayError> {
        let _ = key; // Capturing what is captured changes nothing, so the key adds nothing here.
        let intent = bank::capture(&self.database, &self.sources, reference, amount).await.map_err(out_of_order)?;
        known(intent, &self.settings.public_url)
    }

    async fn void(&self, reference: &str, key: &str) -> Result<GatewayState, GatewayError> {
        let _ = key; // As with capture.
        let intent = bank::void(&self.database, &self.sources, reference).await.map_err(out_of_order)?;
        known(intent, &self.settings.public_url)
    }

    async fn refund(&self, reference: &str, amount: Money, key: &str) -> Result<GatewayState, GatewayError> {
        let refunded = bank::refund(&self.database, &self.sources, reference, amount, key).await;
        let intent = refunded.map_err(out_of_order)?;
        let Some(intent) = intent else {
            return Err(GatewayError::Refused("more than was captured, or no such payment".to_owned()));
        };
        Ok(book::state(intent, &self.settings.public_url))
    }

    async fn fetch(&self, reference: &str) -> Result<Option<GatewayState>, GatewayError> {
        let db = self.database.reader();
        let Some(intent) = book::by_reference(db, reference).await.map_err(out_of_order)? else { return Ok(None) };
        let refunds = if intent.refunded_minor > 0 {
            Some(book::refunds_of(db, &intent).await.map_err(out_of_order)?)
        } else {
            None
        };
        Ok(Some(GatewayState { refunds, ..book::state(intent, &self.settings.public_url) }))
    }

    async fn find(&self, payment_id: PaymentId) -> Result<Option<GatewayState>, GatewayError> {
        let intent = book::by_key(self.database.reader(), payment_id).await.map_err(out_of_order)?;
        Ok(intent.map(|intent| book::state(intent, &self.settings.public_url)))
    }

    async fn made_since(&self, from: DateTime<Utc>, after: Option<&str>) -> Result<BookPage, GatewayError> {
        let page = book::made_since(self.database.reader(), from, after).await.map_err(out_of_order)?;
        let next = page.last().filter(|_| page.len() == book::PAGE).map(|intent| intent.reference.clone());
        let states = page.into_iter().map(|intent| book::state(intent, &self.settings.public_url)).collect();
        Ok(BookPage { states, next })
    }

    fn read_notice(&self, header: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeError> {
        let signature = header(SIGNATURE_HEADER).ok_or(NoticeError::Signature)?;
        if !self.signer.verifies(&signature, body, self.sources.now()) {
            return Err(NoticeError::Signature);
        }
        messages::read(body).ok_or(NoticeError::Form)
    }
}

fn known(intent: Option<book::Intent>, public_url: &str) -> Result<GatewayState, GatewayError> {
    let intent = intent.ok_or_else(|| GatewayError::Refused("the sandbox knows no such payment".to_owned()))?;
    Ok(book::state(intent, public_url))
}
