//! The book: every intent, charge, refund, customer and payment method, in the order of their making.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cards::Card;

/// Where an intent stands, in Stripe's words.
pub mod status {
    pub const NEEDS_METHOD: &str = "requires_payment_method";
    pub const NEEDS_CONFIRMATION: &str = "requires_confirmation";
    pub const NEEDS_ACTION: &str = "requires_action";
    pub const PROCESSING: &str = "processing";
    pub const NEEDS_CAPTURE: &str = "requires_capture";
    pub const SUCCEEDED: &str = "succeeded";
    pub const CANCELED: &str = "canceled";
}

/// A payment intent.
#[derive(Clone, Debug)]
pub struct Intent {
    pub id: String,
    pub client_secret: String,
    pub amount: i64,
    pub amount_received: i64,
    pub currency: String,
    pub manual_capture: bool,
    pub status: &'static str,
    pub metadata: BTreeMap<String, String>,
    pub customer: Option<String>,
    pub method: Option<String>,
    pub setup_future_usage: Option<String>,
    pub automatic_methods: bool,
    pub allow_redirects: String,
    pub description: Option<String>,
    pub receipt_email: Option<String>,
    pub return_url: Option<String>,
    pub charge: Option<String>,
    pub last_error: Option<Value>,
    pub cancellation_reason: Option<String>,
    pub canceled_at: Option<i64>,
    pub created: i64,
}

/// A charge: one attempt to take an intent's money.
#[derive(Clone, Debug)]
pub struct Charge {
    pub id: String,
    pub intent: String,
    pub method: String,
    pub customer: Option<String>,
    pub amount: i64,
    pub captured: i64,
    pub refunded: i64,
    pub currency: String,
    pub succeeded: bool,
    pub failure: Option<(String, String)>,
    pub metadata: BTreeMap<String, String>,
    pub created: i64,
    /// The hold was given up.
    pub released: bool,
}

/// A refund.
#[derive(Clone, Debug)]
pub struct Refund {
    pub id: String,
    pub charge: String,
    pub intent: String,
    pub amount: i64,
    pub currency: String,
    pub status: &'static str,
    pub failure_reason: Option<String>,
    pub reason: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub created: i64,
}

/// A customer.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: String,
    pub email: Option<String>,
    pub name: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub created: i64,
}

/// A payment method: one card as a shopper entered it.
#[derive(Clone, Debug)]
pub struct Method {
    pub id: String,
    pub card: Card,
    pub customer: Option<String>,
    /// Authenticated while it was saved.
    pub set_up: bool,
    /// Taken from its customer: it may not be used again.
    pub detached: bool,
    pub created: i64,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Book {
    pub intents: Vec<Intent>,
    pub charges: Vec<Charge>,
    pub refunds: Vec<Refund>,
    pub customers: Vec<Customer>,
    pub methods: Vec<Method>,
    numbers: u64,
}

impl Book {
    /// A new id, as long as Stripe's and in the order of their making.
    pub fn id(&mut self, prefix: &str) -> String {
        self.numbers += 1;
        format!("{prefix}_3Stand{:018}", self.numbers)
    }

    pub fn intent(&self, id: &str) -> Option<&Intent> {
        self.intents.iter().find(|intent| intent.id == id)
    }

    pub fn intent_mut(&mut self, id: &str) -> Option<&mut Intent> {
        self.intents.iter_mut().find(|intent| intent.id == id)
    }

    pub fn charge(&self, id: &str) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.id == id)
    }

    pub fn charge_mut(&mut self, id: &str) -> Option<&mut Charge> {
        self.charges.iter_mut().find(|charge| charge.id == id)
    }

    pub fn method(&self, id: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.id == id)
    }

    pub fn customer(&self, id: &str) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.id == id)
    }

    /// The book as an auditor reads it.
    pub fn audit(&self) -> Audit {
        let intent = |intent: &Intent| BookedIntent {
            id: intent.id.clone(),
            status: intent.status.to_owned(),
            amount: intent.amount,
            amount_received: intent.amount_received,
            currency: intent.currency.clone(),
            metadata: intent.metadata.clone(),
            customer: intent.customer.clone(),
            return_url: intent.return_url.clone(),
            created: intent.created,
        };
        let charge = |charge: &Charge| BookedCharge {
            id: charge.id.clone(),
            intent: charge.intent.clone(),
            amount: charge.amount,
            captured: charge.captured,
            refunded: charge.refunded,
            currency: charge.currency.clone(),
            succeeded: charge.succeeded,
            released: charge.released,
        };
        let refund = |refund: &Refund| BookedRefund {
            id: refund.id.clone(),
            charge: refund.charge.clone(),
            intent: refund.intent.clone(),
            amount: refund.amount,
            currency: refund.currency.clone(),
            status: refund.status.to_owned(),
        };
        Audit {
            intents: self.intents.iter().map(intent).collect(),
            charges: self.charges.iter().map(charge).collect(),
            refunds: self.refunds.iter().map(refund).collect(),
        }
    }
}

/// The book for an audit: what really happened to whose money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    pub intents: Vec<BookedIntent>,
    pub charges: Vec<BookedCharge>,
    pub refunds: Vec<BookedRefund>,
}

impl Audit {
    /// What the shop has of its customers in all: captured less given back, in Stripe's units, all currencies together.
    #[must_use]
    pub fn kept(&self) -> i64 {
        self.charges.iter().map(|charge| charge.captured - charge.refunded).sum()
    }
}

/// An intent in an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedIntent {
    pub id: String,
    pub status: String,
    pub amount: i64,
    pub amount_received: i64,
    pub currency: String,
    pub metadata: BTreeMap<String, String>,
    pub customer: Option<String>,
    pub return_url: Option<String>,
    pub created: i64,
}

/// A charge in an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedCharge {
    pub id: String,
    pub intent: String,
    pub amount: i64,
    pub captured: i64,
    pub refunded: i64,
    pub currency: String,
    pub succeeded: bool,
    pub released: bool,
}

/// A refund in an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedRefund {
    pub id: String,
    pub charge: String,
    pub intent: String,
    pub amount: i64,
    pub currency: String,
    pub status: String,
}
