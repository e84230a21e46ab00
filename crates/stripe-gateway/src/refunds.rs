//! Refunds.

use std::collections::HashMap;

use stripe_client_core::StripeRequest;
use stripe_core::refund::{CreateRefund, ListRefund};

use crate::{
    error::StripeError,
    http::Client,
    intents::keyed,
    model::{Refund, RefundStatus},
    turns::Turns,
};

/// Where the key of a refund stands in its metadata.
const KEY: &str = "cartwright_refund";

impl From<stripe_shared::Refund> for Refund {
    fn from(refund: stripe_shared::Refund) -> Self {
        let status = match refund.status.as_deref() {
            Some("succeeded") => RefundStatus::Succeeded,
            Some("failed" | "canceled") => RefundStatus::Failed,
            _ => RefundStatus::Pending,
        };
        Self {
            id: refund.id.as_str().to_owned(),
            amount: refund.amount,
            status,
            failure: refund.failure_reason,
            key: refund.metadata.and_then(|mut metadata| metadata.remove(KEY)),
        }
    }
}

impl Client {
    /// Gives money of an intent back, once for each key however often and however late it is asked for: Stripe forgets keys
    /// after a day, so the key is written to the refund as well and looked for first. A refund that failed is made again, and so
    /// is one for whose key Stripe keeps a failure. Looking comes after that was heard again: the request before has ended, so what
    /// it made is in the list.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn refund(&self, intent: &str, amount: i64, key: &str) -> Result<Refund, StripeError> {
        let metadata = HashMap::from([(KEY.to_owned(), key.to_owned())]);
        let request = CreateRefund::new().payment_intent(intent).amount(amount).metadata(metadata);
        let mut turns = Turns::of(key);
        loop {
            let mut made = self.refunds_of(intent).await?;
            made.retain(|refund| refund.key.as_deref() == Some(key));
            let failed = made.len();
            if let Some(good) = made.into_iter().find(|refund| refund.status != RefundStatus::Failed) {
                return Ok(good);
            }
            // Stripe would answer the same key with the refund that failed.
            let turn = if failed == 0 { turns.key() } else { format!("{}-{failed}", turns.key()) };
            let answer = request.customize().request_strategy(keyed(&turn)?).send(self).await;
            if let Some(answer) = turns.end(answer) {
                return answer.map(Refund::from);
            }
        }
    }

    /// The newest hundred refunds of an intent.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn refunds_of(&self, intent: &str) -> Result<Vec<Refund>, StripeError> {
        let page = ListRefund::new().payment_intent(intent).limit(100).customize().send(self).await?;
        Ok(page.data.into_iter().map(Refund::from).collect())
    }
}
