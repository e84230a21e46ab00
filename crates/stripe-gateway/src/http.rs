//! The typed crate's requests over one shared HTTP client. Its own clients open a connection for every request, know no
//! time-out, and retry without a key.

use std::{fmt, time::Duration};

use bytes::Bytes;
use stripe_client_core::{
    CustomizedStripeRequest, IdempotencyKey, RequestBuilder, RequestStrategy, StripeClient, StripeMethod,
};
use tokio::time::Instant;

use crate::error::{StripeError, of_answer};

/// Attempts in all, within the call's time.
const ATTEMPTS: u32 = 3;
/// The first gap between two attempts; it doubles, and half of it is chance.
const FIRST_GAP: Duration = Duration::from_millis(150);

/// How to reach Stripe.
#[derive(Clone)]
pub struct ClientSettings {
    /// The base URL.
    pub url: String,
    /// The secret key.
    pub secret_key: String,
    /// How long a call may take in all, its repetitions included.
    pub timeout: Duration,
}

impl fmt::Debug for ClientSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientSettings").field("url", &self.url).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// A client of Stripe's API. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    settings: ClientSettings,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Names the process's provider of TLS. An HTTP client cannot be made before that; a second time changes nothing.
pub fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Client {
    /// A client.
    ///
    /// # Errors
    /// The HTTP client cannot be made, for instance because the system's certificates cannot be read.
    pub fn new(settings: ClientSettings) -> Result<Self, reqwest::Error> {
        install_tls();
        let http = reqwest::Client::builder()
            .connect_timeout(settings.timeout.min(Duration::from_secs(3)))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("cartwright/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let url = settings.url.trim_end_matches('/').to_owned();
        Ok(Self { http, settings: ClientSettings { url, ..settings } })
    }

    async fn once(&self, request: &RequestBuilder, key: Option<&str>, left: Duration) -> Outcome {
        let path = request.path.trim_start_matches('/');
        let base = &self.settings.url;
        let url = match &request.query {
            Some(query) if !query.is_empty() => format!("{base}/v1/{path}?{query}"),
            _ => format!("{base}/v1/{path}"),
        };
        let method = match request.method {
            StripeMethod::Get => reqwest::Method::GET,
            StripeMethod::Post => reqwest::Method::POST,
            StripeMethod::Delete => reqwest::Method::DELETE,
        };
        let mut sent = self
            .http
            .request(method, url)
            .bearer_auth(&self.settings.secret_key)
            .header("stripe-version", stripe_client_core::VERSION.as_str())
            .timeout(left);
        if let Some(key) = key {
            sent = sent.header("idempotency-key", key);
        }
        if let Some(body) = &request.body {
            sent = sent.header("content-type", "application/x-www-form-urlencoded").body(body.clone());
        }
        let answer = match sent.send().await {
            Ok(answer) => answer,
            Err(error) => return Outcome::Lost(without_address(error)),
        };
        let status = answer.status().as_u16();
        let advice = answer.headers().get("stripe-should-retry").and_then(|value| value.to_str().ok());
        let advice = advice.map(|advice| advice == "true");
        let replayed = answer.headers().get("idempotent-replayed").is_some_and(|value| value == "true");
        match answer.bytes().await {
            Ok(body) => Outcome::Answered { status, advice, replayed, body },
            Err(error) => Outcome::Lost(without_address(error)),
        }
    }
}

/// What became of one attempt.
enum Outcome {
    Answered { status: u16, advice: Option<bool>, replayed: bool, body: Bytes },
    Lost(String),
}

impl Outcome {
    /// Whether another attempt is of use and harmless. A change is only repeated with its key; Stripe answers a repeated key
    /// with what it answered first, errors of its own included, so those are not asked for again unless it says so.
    fn again(&self, reads: bool, has_key: bool) -> bool {
        if !reads && !has_key {
            return false;
        }
        match self {
            Self::Lost(_) => true,
            Self::Answered { replayed: true, .. } => false,
            Self::Answered { advice: Some(advice), .. } => *advice,
            Self::Answered { status: 409 | 429, .. } => true,
            Self::Answered { status, .. } => reads && *status >= 500,
        }
    }
}

impl StripeClient for Client {
    type Err = StripeError;

    async fn execute(&self, request: CustomizedStripeRequest) -> Result<Bytes, StripeError> {
        let (request, changed) = request.into_pieces();
        let key = changed.request_strategy.as_ref().and_then(RequestStrategy::get_key);
        let key = key.as_ref().map(IdempotencyKey::as_str);
        let reads = matches!(request.method, StripeMethod::Get);
        let deadline = Instant::now() + changed.timeout.unwrap_or(self.settings.timeout);
        for attempt in 1.. {
            let left = deadline.saturating_duration_since(Instant::now());
            let outcome = self.once(&request, key, left).await;
            let gap = gap(attempt);
            if attempt < ATTEMPTS && outcome.again(reads, key.is_some()) && Instant::now() + gap < deadline {
                tokio::time::sleep(gap).await;
                continue;
            }
            return match outcome {
                Outcome::Answered { status: 200..=299, body, .. } => Ok(body),
                Outcome::Answered { status, body, replayed: true, .. } => {
                    Err(StripeError::Kept(Box::new(of_answer(status, &body))))
                }
                Outcome::Answered { status, body, .. } => Err(of_answer(status, &body)),
                Outcome::Lost(why) => Err(StripeError::InDoubt(why)),
            };
        }
        Err(StripeError::InDoubt("no attempt was made".to_owned()))
    }
}

fn gap(attempt: u32) -> Duration {
    let gap = FIRST_GAP * 2_u32.saturating_pow(attempt - 1);
    gap / 2 + gap.mul_f64(rand::random::<f64>() / 2.0)
}

/// What a failed request says, its causes included and its address not.
fn without_address(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
