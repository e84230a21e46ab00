//! Payment intents.

use std::{collections::HashMap, str::FromStr};

use stripe_client_core::{IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_core::payment_intent::{
    CancelPaymentIntent, CapturePaymentIntent, CreatePaymentIntent, CreatePaymentIntentAutomaticPaymentMethods,
    CreatePaymentIntentAutomaticPaymentMethodsAllowRedirects as Redirects, CreatePaymentIntentOffSession,
    ListPaymentIntent, RetrievePaymentIntent,
};
use stripe_shared::{PaymentIntentCaptureMethod, PaymentIntentSetupFutureUsage};
use stripe_types::{Currency, RangeBoundsTs, RangeQueryTs};

use crate::{
    error::StripeError,
    http::Client,
    model::{Intent, Page},
    turns::Turns,
};

/// What comes along with every intent, so that what went back is known.
fn charge_too() -> Vec<String> {
    vec!["latest_charge".to_owned()]
}

/// The strategy of a change with this key.
pub(crate) fn keyed(key: &str) -> Result<RequestStrategy, StripeError> {
    let key = IdempotencyKey::new(key).map_err(|error| StripeError::Refused {
        status: 0,
        code: "idempotency_key".to_owned(),
        message: error.to_string(),
        param: None,
    })?;
    Ok(RequestStrategy::Idempotent(key))
}

/// An intent to be made.
#[derive(Clone, Debug)]
pub struct NewIntent {
    /// In Stripe's units.
    pub amount: i64,
    /// Three letters.
    pub currency: String,
    /// What the front end got for the shopper's card, or a saved one. With it the intent is confirmed at once; without it the
    /// front end does that with the client secret.
    pub method: Option<String>,
    /// The customer it is for.
    pub customer: Option<String>,
    /// Whether the payment method is kept for later payments, also without the shopper.
    pub save: bool,
    /// Whether the shopper is away, so that the bank cannot ask them anything. Needs a payment method.
    pub off_session: bool,
    /// Whether the money is only held.
    pub hold: bool,
    /// Where the shopper is sent back to.
    pub return_url: Option<String>,
    /// What the merchant sees in Stripe's list.
    pub description: Option<String>,
    /// What the shop writes to it.
    pub metadata: HashMap<String, String>,
}

impl Client {
    /// Makes an intent; with a payment method it is confirmed as well.
    ///
    /// # Errors
    /// `StripeError`; `Declined` with the intent that was made.
    pub async fn create_intent(&self, new: &NewIntent, key: &str) -> Result<Intent, StripeError> {
        // Any text is a currency to the typed crate; Stripe tells which it takes.
        let Ok(currency) = Currency::from_str(&new.currency.to_lowercase());
        let mut automatic = CreatePaymentIntentAutomaticPaymentMethods::new(true);
        let confirms = new.method.is_some();
        if confirms && new.return_url.is_none() {
            // Without a way back, nothing that leads away is offered.
            automatic.allow_redirects = Some(Redirects::Never);
        }
        let method =
            if new.hold { PaymentIntentCaptureMethod::Manual } else { PaymentIntentCaptureMethod::AutomaticAsync };
        let mut request = CreatePaymentIntent::new(new.amount, currency)
            .automatic_payment_methods(automatic)
            .capture_method(method)
            .metadata(new.metadata.clone())
            .expand(charge_too());
        if let Some(description) = &new.description {
            request = request.description(description.clone());
        }
        if let Some(customer) = &new.customer {
            request = request.customer(customer.clone());
        }
        if new.save {
            request = request.setup_future_usage(PaymentIntentSetupFutureUsage::OffSession);
        }
        if let Some(method) = &new.method {
            request = request.payment_method(method.clone()).confirm(true);
            if new.off_session {
                request = request.off_session(CreatePaymentIntentOffSession::Bool(true));
            }
            if let Some(url) = &new.return_url {
                request = request.return_url(url.clone());
            }
        }
        // The key gets the first answer, whatever it was: another key would be another payment.
        let answer = request.customize().request_strategy(keyed(key)?).send(self).await;
        answer.map(Intent::from).map_err(StripeError::first)
    }

    /// Takes held money; what is left of it is released.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn capture_intent(&self, id: &str, amount: i64, key: &str) -> Result<Intent, StripeError> {
        let request = CapturePaymentIntent::new(id).amount_to_capture(amount).expand(charge_too());
        let mut turns = Turns::of(key);
        loop {
            let answer = request.customize().request_strategy(keyed(&turns.key())?).send(self).await;
            if let Some(answer) = turns.end(answer) {
                return answer.map(Intent::from);
            }
        }
    }

    /// Gives up an intent that took no money yet.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn cancel_intent(&self, id: &str, key: &str) -> Result<Intent, StripeError> {
        let request = CancelPaymentIntent::new(id).expand(charge_too());
        let mut turns = Turns::of(key);
        loop {
            let answer = request.customize().request_strategy(keyed(&turns.key())?).send(self).await;
            if let Some(answer) = turns.end(answer) {
                return answer.map(Intent::from);
            }
        }
    }

    /// An intent as it is now; `None`: there is none with this id.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn intent(&self, id: &str) -> Result<Option<Intent>, StripeError> {
        let request = RetrievePaymentIntent::new(id).expand(charge_too());
        match request.customize().send(self).await {
            Ok(intent) => Ok(Some(intent.into())),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A page of at most 100 intents that were made from one second to another, the newest first, after an intent of the page
    /// before. The list knows an intent as soon as it is made; the search, which could ask for metadata, does not.
    ///
    /// # Errors
    /// `StripeError`.
    pub async fn intents_made(
        &self,
        from: i64,
        to: Option<i64>,
        after: Option<&str>,
    ) -> Result<Page<Intent>, StripeError> {
        let made = RangeBoundsTs { gte: Some(from), lte: to, ..RangeBoundsTs::default() };
        let mut request = ListPaymentIntent::new()
            .created(RangeQueryTs::Bounds(made))
            .limit(100)
            .expand(vec!["data.latest_charge".to_owned()]);
        if let Some(after) = after {
            request = request.starting_after(after);
        }
        let page = request.customize().send(self).await?;
        Ok(Page { more: page.has_more, items: page.data.into_iter().map(Intent::from).collect() })
    }
}
