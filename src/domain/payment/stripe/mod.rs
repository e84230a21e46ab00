//! Stripe behind the gateway trait: our words for what `crates/stripe-gateway` asks and hears.

mod currency;
mod state;

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ids::{AccountId, PaymentId},
    money::{Currency, Money},
};
use stripe_gateway::{
    Client, ClientSettings, Intent, KeyMode, NewIntent, Refund, RefundStatus, Secrets, StripeError, mode_of, read_event,
};

use super::gateway::{
    Authorization, BookPage, Gateway, GatewayError, GatewayState, GivenBack, Notice, NoticeError, SavedMethod,
};
use crate::platform::Sources;

/// The gateway's name in the API.
pub const NAME: &str = "stripe";
/// The header that carries the signatures of a message.
pub const SIGNATURE_HEADER: &str = "stripe-signature";

/// How far Stripe's clock may be from ours.
const CLOCKS_APART: TimeDelta = TimeDelta::minutes(5);
/// How long after a payment's making its intent is nearly always there.
const SOON: TimeDelta = TimeDelta::minutes(1);
/// Pages of a stretch of the list that are looked through for one payment.
const MOST_PAGES: usize = 200;

/// How to reach Stripe, and as whom.
#[derive(Clone, Debug)]
pub struct StripeSettings {
    /// URL and secret key.
    pub client: ClientSettings,
    /// The key of front ends.
    pub publishable_key: String,
    /// The secrets of the webhook endpoint.
    pub webhook_secrets: Secrets,
    /// How long after its making a payment may reach Stripe: its hold has ended by then, and every repetition of its call.
    pub latest_call: Duration,
}

/// The Stripe gateway.
#[derive(Clone, Debug)]
pub struct Stripe {
    client: Client,
    publishable_key: String,
    webhook_secrets: Secrets,
    latest_call: TimeDelta,
    /// Of the secret key, where it says so.
    mode: Option<KeyMode>,
    sources: Sources,
}

impl Stripe {
    /// A gateway.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(sources: Sources, settings: StripeSettings) -> anyhow::Result<Self> {
        let StripeSettings { client, publishable_key, webhook_secrets, latest_call } = settings;
        let latest_call = TimeDelta::from_std(latest_call)?;
        let mode = mode_of(&client.secret_key, &["sk", "rk"]);
        Ok(Self { client: Client::new(client)?, publishable_key, webhook_secrets, latest_call, mode, sources })
    }

    async fn known(&self, reference: &str) -> Result<GatewayState, GatewayError> {
        let state = self.client.intent(reference).await.map_err(failure)?.map(state::of).transpose()?;
        state.ok_or_else(|| GatewayError::Refused("Stripe knows no such payment".to_owned()))
    }

    /// Looks for a payment among the intents that were made from one second to another.
    async fn look(&self, wanted: PaymentId, from: i64, to: i64) -> Result<Option<GatewayState>, GatewayError> {
        let (wanted, mut after) = (wanted.to_string(), None::<String>);
        for _ in 0..MOST_PAGES {
            let page = self.client.intents_made(from, Some(to), after.as_deref()).await.map_err(failure)?;
            after = page.items.last().map(|intent| intent.id.clone());
            let found = page.items.into_iter().find(|intent| intent.metadata.get(state::PAYMENT) == Some(&wanted));
            match found {
                Some(intent) => return state::of(intent).map(Some),
                None if !page.more => return Ok(None),
                None => {}
            }
        }
        Err(GatewayError::InDoubt("too many payments were made then to look through them".to_owned()))
    }

    /// What a change of an intent answered. One that its status does not allow any more changed nothing: what the status is
    /// says more than the refusal.
    async fn changed(
        &self,
        reference: &str,
        answer: Result<Intent, StripeError>,
    ) -> Result<GatewayState, GatewayError> {
        match answer {
            Ok(intent) => state::of(intent),
            Err(StripeError::Refused { code, .. }) if code == "payment_intent_unexpected_state" => {
                self.known(reference).await
            }
            Err(error) => Err(failure(error)),
        }
    }
}

/// Settings of a client.
#[must_use]
pub fn client_settings(url: &str, secret_key: &str, timeout: Duration) -> ClientSettings {
    ClientSettings { url: url.to_owned(), secret_key: secret_key.to_owned(), timeout }
}

/// The secrets of a webhook endpoint.
#[must_use]
pub fn webhook_secrets<'a>(secrets: impl Iterator<Item = &'a str>) -> Secrets {
    Secrets::new(secrets.map(str::to_owned).collect())
}

/// A failed call of which it matters that it is done, sooner or later: what Stripe does not take now is asked for again.
fn failure(error: StripeError) -> GatewayError {
    match error {
        StripeError::Refused { .. } | StripeError::Declined(_) => GatewayError::Refused(error.to_string()),
        StripeError::NotNow { .. } | StripeError::Kept(_) => GatewayError::InDoubt(error.to_string()),
        StripeError::InDoubt(why) => GatewayError::InDoubt(why),
    }
}

/// A failed call to begin a payment. Its shopper waits: what Stripe does not take now is refused, and they try again.
fn nothing_begun(error: StripeError) -> GatewayError {
    match error {
        StripeError::NotNow { .. } => GatewayError::Refused(error.to_string()),
        error if error.is_of_unknown_customer() => GatewayError::UnknownCustomer(error.to_string()),
        error => failure(error),
    }
}

#[async_trait]
impl Gateway for Stripe {
    async fn authorize(&self, request: &Authorization) -> Result<GatewayState, GatewayError> {
        let amount = currency::to_stripe(request.amount).ok_or_else(|| {
            GatewayError::Refused(format!("Stripe cannot take {} exactly", request.amount.in_words()))
        })?;
        let flow = if request.token.is_some() { state::BY_TOKEN } else { state::BY_FORM };
        let metadata = HashMap::from([
            (state::PAYMENT.to_owned(), request.payment_id.to_string()),
            (state::ORDER.to_owned(), request.order_id.to_string()),
            (state::FLOW.to_owned(), flow.to_owned()),
        ]);
        let new = NewIntent {
            amount,
            currency: request.amount.currency.as_str().to_owned(),
            method: request.token.clone(),
            customer: request.customer.clone(),
            save: request.save,
            off_session: request.off_session,
            hold: !request.capture,
            return_url: request.return_url.clone(),
            description: None,
            metadata,
        };
        match self.client.create_intent(&new, &request.payment_id.to_string()).await {
            Ok(intent) => state::of(intent),
            Err(StripeError::Declined(intent)) => state::of(*intent),
            Err(error) => Err(nothing_begun(error)),
        }
    }

    async fn capture(&self, reference: &str, amount: Money, key: &str) -> Result<GatewayState, GatewayError> {
        let units = currency::to_stripe(amount).ok_or_else(|| GatewayError::Refused("no such amount".to_owned()))?;
        let answer = self.client.capture_intent(reference, units, key).await;
        self.changed(reference, answer).await
    }

    async fn void(&self, reference: &str, key: &str) -> Result<GatewayState, GatewayError> {
        let answer = self.client.cancel_intent(reference, key).await;
        self.changed(reference, answer).await
    }

    async fn refund(&self, reference: &str, amount: Money, key: &str) -> Result<GatewayState, GatewayError> {
        let units = currency::to_stripe(amount).ok_or_else(|| GatewayError::Refused("no such amount".to_owned()))?;
        let mut before = self.known(reference).await?;
        let refund = self.client.refund(reference, units, key).await.map_err(failure)?;
        match refund.status {
            RefundStatus::Succeeded => {
                before.refunded.minor = before.refunded.minor.saturating_add(amount.minor);
                Ok(before)
            }
            // Asked again with the same key, it says when the money is there.
            RefundStatus::Pending => Err(GatewayError::InDoubt(format!("Stripe still works on {}", refund.id))),
            RefundStatus::Failed => {
                let why = refund.failure.unwrap_or_else(|| "no reason given".to_owned());
                Err(GatewayError::Refused(format!("{} failed: {why}", refund.id)))
            }
        }
    }

    async fn fetch(&self, reference: &str) -> Result<Option<GatewayState>, GatewayError> {
        let Some(intent) = self.client.intent(reference).await.map_err(failure)? else { return Ok(None) };
        let state = state::of(intent)?;
        if state.refunded.minor == 0 {
            return Ok(Some(state));
        }
        let mut refunds = self.client.refunds_of(reference).await.map_err(failure)?;
        refunds.retain(|refund| refund.status != RefundStatus::Failed);
        let given_back = |refund: Refund| {
            let amount = currency::from_stripe(refund.amount, state.refunded.currency.as_str());
            let unreadable = || GatewayError::InDoubt(format!("the amount of {} cannot be read", refund.id));
            Ok(GivenBack { amount: amount.ok_or_else(unreadable)?, key: refund.key })
        };
        let refunds = refunds.into_iter().map(given_back).collect::<Result<_, GatewayError>>()?;
        Ok(Some(GatewayState { refunds: Some(refunds), ..state }))
    }

    /// A payment's id tells when it was made, and nearly every intent is made within a moment of its payment: the short stretch
    /// of the list around that is looked through first, and the rest of the time in which it may have come only after that. The
    /// list knows an intent as soon as it is made; the search by metadata may not for a minute or more, and "never heard of it"
    /// decides about money.
    async fn find(&self, payment_id: PaymentId) -> Result<Option<GatewayState>, GatewayError> {
        let made = made_at(payment_id).unwrap_or_else(|| self.sources.now() - self.latest_call);
        let (first, soon) = ((made - CLOCKS_APART).timestamp(), (made + SOON).timestamp());
        let last = (made + self.latest_call + CLOCKS_APART).timestamp();
        if let Some(found) = self.look(payment_id, first, soon).await? {
            return Ok(Some(found));
        }
        self.look(payment_id, soon + 1, last).await
    }

    fn read_notice(&self, header: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeError> {
        let signature = header(SIGNATURE_HEADER).ok_or(NoticeError::Signature)?;
        if !self.webhook_secrets.verify(&signature, body, self.sources.now().timestamp()) {
            return Err(NoticeError::Signature);
        }
        let event = read_event(body).ok_or(NoticeError::Form)?;
        let other_mode = self.mode.is_some_and(|mode| event.mode.is_some_and(|told| told != mode));
        if other_mode {
            // Our key cannot ask about it. It is taken, so that it does not come again for days.
            tracing::warn!(
                event = event.id,
                "a message of Stripe's other mode is ignored: set STRIPE_WEBHOOK_SECRET to the secret of the endpoint of the mode \
                 of STRIPE_SECRET_KEY, and take away the other mode's endpoint for this address"
            );
        }
        Ok(Notice { event_id: event.id, reference: event.intent.filter(|_| !other_mode) })
    }

    async fn made_since(&self, from: DateTime<Utc>, after: Option<&str>) -> Result<BookPage, GatewayError> {
        let page = self.client.intents_made(from.timestamp(), None, after).await.map_err(failure)?;
        let next = page.items.last().filter(|_| page.more).map(|intent| intent.id.clone());
        // What is not of a currency of ours is not of a payment of ours.
        let states = page.items.into_iter().filter_map(|intent| state::of(intent).ok()).collect();
        Ok(BookPage { states, next })
    }

    fn has_form(&self) -> bool {
        true
    }

    fn remembers(&self) -> bool {
        true
    }

    fn step(&self, currency: Currency) -> i64 {
        currency::step(currency)
    }

    fn least(&self, currency: Currency) -> i64 {
        currency::least(currency)
    }

    fn publishable_key(&self) -> Option<&str> {
        Some(&self.publishable_key)
    }

    async fn customer(&self, account: AccountId, gone: Option<&str>) -> Result<String, GatewayError> {
        // No name and no address: Stripe asks for what it needs, and we give away nobody's data.
        let metadata = HashMap::from([("cartwright_account".to_owned(), account.to_string())]);
        // The key of the one before would be answered with the one before.
        let key = gone.map_or_else(|| format!("customer-{account}"), |gone| format!("customer-{account}-after-{gone}"));
        self.client.create_customer(metadata, &key).await.map_err(nothing_begun)
    }

    async fn saved_methods(&self, customer: &str) -> Result<Vec<SavedMethod>, GatewayError> {
        let methods = self.client.methods_of(customer).await.map_err(failure)?;
        let number = |number: i64| i32::try_from(number).unwrap_or_default();
        let saved = methods.into_iter().map(|method| SavedMethod {
            id: method.id,
            brand: method.brand,
            last4: method.last4,
            expires: method.expires.map(|(month, year)| (number(month), number(year))),
        });
        Ok(saved.collect())
    }

    async fn forget_method(&self, customer: &str, id: &str) -> Result<bool, GatewayError> {
        self.client.forget_method(customer, id).await.map_err(failure)
    }
}

/// When a payment was made: our ids begin with their time (RFC 9562, version 7).
fn made_at(id: PaymentId) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = id.0.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}
