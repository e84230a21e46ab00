//! What every payment gateway can do. Two real ones are meant: the sandbox and a card processor.

use std::{collections::BTreeMap, fmt, sync::Arc};

use async_trait::async_trait;
use entity::{ids::PaymentId, money::Money};

/// A request to hold or take money.
#[derive(Clone, Debug)]
pub struct Authorization {
    /// Our id of the payment: the idempotency key of the call, and metadata at the gateway.
    pub payment_id: PaymentId,
    /// What is asked for.
    pub amount: Money,
    /// What the front end got from the gateway in place of card data.
    pub token: String,
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
    /// Where it stands.
    pub status: GatewayStatus,
    /// What is held, or was before it was taken.
    pub authorized: Money,
    /// What was taken.
    pub captured: Money,
    /// What went back.
    pub refunded: Money,
    /// Why it failed: the gateway's code.
    pub failure_code: Option<String>,
    /// Where the shopper has to go.
    pub next_action_url: Option<String>,
}

/// Why a gateway did not answer with a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayError {
    /// It answered with a failure and says that nothing was done.
    Refused(String),
    /// Nobody knows whether it was done: no answer, a time-out, a broken answer.
    InDoubt(String),
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the gateway refused: {why}"),
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
    /// The payment it speaks of, the gateway's id.
    pub reference: String,
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

    /// The state of a payment by the gateway's id; `None`: it knows no such payment.
    async fn fetch(&self, reference: &str) -> Result<Option<GatewayState>, GatewayError>;

    /// The state of a payment by our id; `None`: it never heard of it.
    async fn find(&self, payment_id: PaymentId) -> Result<Option<GatewayState>, GatewayError>;

    /// Checks the signature of a message over its raw body and reads it. `header` looks up a request header.
    ///
    /// # Errors
    /// `NoticeError`.
    fn read_notice(&self, header: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeError>;
}

/// The gateways of this shop by name.
#[derive(Clone, Debug, Default)]
pub struct Gateways(BTreeMap<&'static str, Arc<dyn Gateway>>);

impl Gateways {
    /// Adds a gateway.
    #[must_use]
    pub fn with(mut self, name: &'static str, gateway: Arc<dyn Gateway>) -> Self {
        self.0.insert(name, gateway);
        self
    }

    /// The gateway of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<dyn Gateway>> {
        self.0.get(name)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        self.0.keys().copied()
    }
}
