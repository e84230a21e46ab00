//! What Stripe's objects come down to here.

use std::collections::HashMap;

use stripe_types::Expandable;

/// Where an intent stands (docs.stripe.com/payments/paymentintents/lifecycle).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentStatus {
    /// It waits for a payment method, from the beginning or after a failure.
    NeedsMethod,
    /// It waits to be confirmed.
    NeedsConfirmation,
    /// The shopper has to do something.
    NeedsAction,
    /// Stripe does not know yet.
    Processing,
    /// The money is held.
    NeedsCapture,
    /// The money was taken.
    Succeeded,
    /// It was given up.
    Canceled,
    /// A status that did not exist when this was written.
    Unknown,
}

impl IntentStatus {
    fn of(word: &str) -> Self {
        match word {
            "requires_payment_method" => Self::NeedsMethod,
            "requires_confirmation" => Self::NeedsConfirmation,
            "requires_action" => Self::NeedsAction,
            "processing" => Self::Processing,
            "requires_capture" => Self::NeedsCapture,
            "succeeded" => Self::Succeeded,
            "canceled" => Self::Canceled,
            _ => Self::Unknown,
        }
    }
}

/// Why the last attempt to pay an intent failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Stripe's code.
    pub code: String,
    /// The issuer's reason.
    pub decline_code: Option<String>,
}

/// A payment intent. Amounts are in Stripe's units of its currency.
#[derive(Clone, PartialEq, Eq)]
pub struct Intent {
    /// Stripe's id.
    pub id: String,
    /// Where it stands.
    pub status: IntentStatus,
    /// What is asked for.
    pub amount: i64,
    /// What is held and can be taken.
    pub capturable: i64,
    /// What was taken.
    pub received: i64,
    /// What went back, as far as the charge came along.
    pub refunded: i64,
    /// The currency, three small letters.
    pub currency: String,
    /// What the shop wrote to it.
    pub metadata: HashMap<String, String>,
    /// With it a front end may pay this intent.
    pub client_secret: Option<String>,
    /// Why the last attempt failed.
    pub failure: Option<Failure>,
    /// Where the shopper has to go.
    pub next_action_url: Option<String>,
    /// Whether real money moves.
    pub live: bool,
    /// When it was made, in seconds since 1970.
    pub created: i64,
}

impl std::fmt::Debug for Intent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intent")
            .field("id", &self.id)
            .field("status", &self.status)
            .field("amount", &self.amount)
            .field("received", &self.received)
            .field("refunded", &self.refunded)
            .field("currency", &self.currency)
            .finish_non_exhaustive()
    }
}

impl From<stripe_shared::PaymentIntent> for Intent {
    fn from(intent: stripe_shared::PaymentIntent) -> Self {
        let refunded = match &intent.latest_charge {
            Some(Expandable::Object(charge)) => charge.amount_refunded,
            Some(Expandable::Id(_)) | None => 0,
        };
        let failure = intent.last_payment_error.map(|error| Failure {
            code: error.code.as_ref().map_or("unknown", |code| code.as_str()).to_owned(),
            decline_code: error.decline_code,
        });
        let redirect = intent.next_action.and_then(|action| action.redirect_to_url).and_then(|redirect| redirect.url);
        Self {
            id: intent.id.as_str().to_owned(),
            status: IntentStatus::of(intent.status.as_str()),
            amount: intent.amount,
            capturable: intent.amount_capturable,
            received: intent.amount_received,
            refunded,
            currency: intent.currency.to_string(),
            metadata: intent.metadata,
            client_secret: intent.client_secret,
            failure,
            next_action_url: redirect,
            live: intent.livemode,
            created: intent.created,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Whether there is more after it.
    pub more: bool,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// On its way, or waiting for the shopper.
    Pending,
    /// The money went back.
    Succeeded,
    /// It did not.
    Failed,
}

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Stripe's id.
    pub id: String,
    /// In Stripe's units of its currency.
    pub amount: i64,
    /// Where it stands.
    pub status: RefundStatus,
    /// Why it failed.
    pub failure: Option<String>,
    /// The key it was made with.
    pub key: Option<String>,
}

/// A saved payment method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// Stripe's id.
    pub id: String,
    /// The brand of a card.
    pub brand: Option<String>,
    /// The last four digits of a card.
    pub last4: Option<String>,
    /// Month and year after which a card is not valid.
    pub expires: Option<(i64, i64)>,
}
