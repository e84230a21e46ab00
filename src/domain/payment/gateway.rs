//! What every payment gateway can do. Two real ones are meant: the sandbox and a card processor.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use entity::{
    ids::{AccountId, OrderId, PaymentId},
    money::{Currency, Money},
};

/// A request to hold or take money.
#[derive(Clone, Debug)]
pub struct Authorization {
    /// Our id of the payment: the idempotency key of the call, and metadata at the gateway.
    pub payment_id: PaymentId,
    /// What it pays: metadata at the gateway.
    pub order_id: OrderId,
    /// What is asked for.
    pub amount: Money,
    /// What the front end got from the gateway in place of card data. `None`: the front end's payment form finishes it,
    /// where the gateway has one.
    pub token: Option<String>,
    /// The gateway's id of the customer, where it has one.
    pub customer: Option<String>,
    /// Whether the way to pay is to be remembered for that customer.
    pub save: bool,
    /// Whether the shopper is away: what would have to be asked of them is declined.
    pub off_session: bool,
    /// Where the shopper is sent back to.
    pub return_url: Option<String>,
    /// Whether to take the money at once.
    pub capture: bool,
}

/// Where a payment stands at its gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayStatus {
    /// The gateway does not know yet.
    Processing,
    /// The shopper has to do something first.
    RequiresAction,
    /// The money is held.
    Authorized,
    /// The money was taken.
    Captured,
    /// Declined or given up.
    Failed,
    /// The hold was given up.
    Voided,
}

/// What the gateway says of a payment. Only this is believed, never a message or a redirect.
#[derive(Clone, Debug)]
pub struct GatewayState {
    /// The gateway's id.
    pub reference: String,
    /// Our id, from its metadata.
    pub payment_id: Option<PaymentId>,
    /// The order that it pays, from its metadata; `None`: the gateway does not keep it.
    pub order_id: Option<OrderId>,
    /// Where it stands.
    pub status: GatewayStatus,
    /// What is held, or was before it was taken.
    pub authorized: Money,
    /// What was taken.
    pub captured: Money,
    /// What went back.
    pub refunded: Money,
    /// Of what it consists, as far as it did not fail; `None`: the gateway was not asked.
    pub refunds: Option<Vec<GivenBack>>,
    /// Why it failed: the gateway's code.
    pub failure_code: Option<String>,
    /// Where the shopper has to go.
    pub next_action_url: Option<String>,
    /// With it the front end's payment form goes on.
    pub client_secret: Option<String>,
}

/// A refund in a gateway's book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// The key that it was asked for with; `None`, or a key that is none of ours: somebody else made it.
    pub key: Option<String>,
    /// How much.
    pub amount: Money,
}

/// A way to pay that a gateway remembers for a customer, as far as people need it to tell theirs apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedMethod {
    /// The gateway's id: the token of a payment by its customer.
    pub id: String,
    /// The card's brand.
    pub brand: Option<String>,
    /// The last four digits of its number.
    pub last4: Option<String>,
    /// Month and year of its end.
    pub expires: Option<(i32, i32)>,
}

/// A page of a gateway's book, the newest first.
#[derive(Clone, Debug, Default)]
pub struct BookPage {
    /// What is on it.
    pub states: Vec<GatewayState>,
    /// The gateway's id to go on after; `None`: this was all.
    pub next: Option<String>,
}

/// Why a gateway did not answer with a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayError {
    /// It answered with a failure and says that nothing was done, and asking again would change nothing.
    Refused(String),
    /// As refused, because it knows no such customer (any more).
    UnknownCustomer(String),
    /// Nobody knows whether it was done: no answer, a time-out, a broken answer. Or nothing was done because it takes no request
    /// now: it is busy, or our key is not good at this time. It is asked again later.
    InDoubt(String),
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the gateway refused: {why}"),
            Self::UnknownCustomer(why) => write!(f, "the gateway knows no such customer: {why}"),
            Self::InDoubt(why) => write!(f, "the gateway's outcome is unknown: {why}"),
        }
    }
}

impl std::error::Error for GatewayError {}

/// A message from a gateway whose signature was good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The gateway's id of the message.
    pub event_id: String,
    /// The payment it speaks of, the gateway's id; `None`: it is about nothing that matters here.
    pub reference: Option<String>,
}

/// Why a message from a gateway is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeError {
    /// No signature, a wrong one, or too old.
    Signature,
    /// Signed, but not of the expected form.
    Form,
}

/// A payment gateway. Every call is idempotent by its key and bounded in time by the caller.
#[async_trait]
pub trait Gateway: Send + Sync + fmt::Debug {
    /// Holds or takes money; the key is the payment's id.
    async fn authorize(&self, request: &Authorization) -> Result<GatewayState, GatewayError>;

    /// Takes money that is held.
    async fn capture(&self, reference: &str, amount: Money, key: &str) -> Result<GatewayState, GatewayError>;

    /// Gives up a hold or an attempt.
    async fn void(&self, reference: &str, key: &str) -> Result<GatewayState, GatewayError>;

    /// Gives money back.
    async fn refund(&self, reference: &str, amount: Money, key: &str) -> Result<GatewayState, GatewayError>;

    /// The state of a payment by the gateway's id, with its refunds when something went back; `None`: it knows no such payment.
    async fn fetch(&self, reference: &str) -> Result<Option<GatewayState>, GatewayError>;

    /// The state of a payment by our id; `None`: it never heard of it. It may take several calls, each bounded by the gateway
    /// itself; the caller bounds all of them together.
    async fn find(&self, payment_id: PaymentId) -> Result<Option<GatewayState>, GatewayError>;

    /// Checks the signature of a message over its raw body and reads it. `header` looks up a request header.
    ///
    /// # Errors
    /// `NoticeError`.
    fn read_notice(&self, header: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeError>;

    /// What its book says of payments that were made since, in pages; `after` is the `next` of the page before.
    async fn made_since(&self, from: DateTime<Utc>, after: Option<&str>) -> Result<BookPage, GatewayError>;

    /// Whether a payment may begin without a token: a form in the front end finishes it.
    fn has_form(&self) -> bool {
        false
    }

    /// Whether it can remember a way to pay for a customer.
    fn remembers(&self) -> bool {
        false
    }

    /// By how many minor units of a currency its amounts must be divisible.
    fn step(&self, _currency: Currency) -> i64 {
        1
    }

    /// The least amount of a currency that it charges, in minor units.
    fn least(&self, _currency: Currency) -> i64 {
        1
    }

    /// The key that front ends use with it.
    fn publishable_key(&self) -> Option<&str> {
        None
    }

    /// Makes a customer there, once for each account; returns the gateway's id. `gone` is the id of the one before, whom it does
    /// not know any more: another one is made in its place, once.
    async fn customer(&self, account: AccountId, _gone: Option<&str>) -> Result<String, GatewayError> {
        Err(GatewayError::Refused(format!("this gateway keeps no customers, so not {account} either")))
    }

    /// The ways to pay that it remembers for a customer of its own, the newest first.
    async fn saved_methods(&self, _customer: &str) -> Result<Vec<SavedMethod>, GatewayError> {
        Ok(Vec::new())
    }

    /// Forgets a way to pay of a customer; `false`: it remembers no such one.
    async fn forget_method(&self, _customer: &str, _id: &str) -> Result<bool, GatewayError> {
        Ok(false)
    }
}

/// The gateways of this shop by name.
#[derive(Clone, Debug, Default)]
pub struct Gateways {
    all: BTreeMap<&'static str, Arc<dyn Gateway>>,
    closed: BTreeSet<&'static str>,
}

impl Gateways {
    /// Adds a gateway.
    #[must_use]
    pub fn with(mut self, name: &'static str, gateway: Arc<dyn Gateway>) -> Self {
        self.all.insert(name, gateway);
        self
    }

    /// Takes no new payments by this gateway any more; the ones it has go on.
    #[must_use]
    pub fn closed_for(mut self, name: &'static str) -> Self {
        self.closed.insert(name);
        self
    }

    /// The gateway of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<dyn Gateway>> {
        self.all.get(name)
    }

    /// The gateway of this name, if new payments may go there.
    #[must_use]
    pub fn open(&self, name: &str) -> Option<&Arc<dyn Gateway>> {
        self.get(name).filter(|_| !self.closed.contains(name))
    }

    /// By how many minor units of a currency amounts must be divisible at this gateway; one that is not there says nothing.
    #[must_use]
    pub fn step(&self, name: &str, currency: Currency) -> i64 {
        self.get(name).map_or(1, |gateway| gateway.step(currency).max(1))
    }

    /// The least amount of a currency that this gateway charges, in minor units; one that is not there says nothing.
    #[must_use]
    pub fn least(&self, name: &str, currency: Currency) -> i64 {
        self.get(name).map_or(1, |gateway| gateway.least(currency).max(1))
    }

    /// The least amount of a currency that any gateway charges which takes new payments, in minor units.
    #[must_use]
    pub fn least_of_open(&self, currency: Currency) -> i64 {
        self.names().map(|name| self.least(name, currency)).min().unwrap_or(1)
    }

    /// Every gateway with its name, in order.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &Arc<dyn Gateway>)> {
        self.all.iter().map(|(name, gateway)| (*name, gateway))
    }

    /// The names of those that take new payments, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        self.all.keys().copied().filter(|name| !self.closed.contains(name))
    }
}
