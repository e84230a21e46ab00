//! Stripe's settings. Its keys are known by the names that Stripe's own documents use.

use super::{Reader, Secret};

/// The Stripe gateway, when there is a key for it.
#[derive(Clone, Debug)]
pub struct Stripe {
    /// The key that this server calls with.
    pub secret_key: Secret,
    /// The key that front ends call with.
    pub publishable_key: String,
    /// The secrets of the webhook endpoint: one, or two while they are rotated.
    pub webhook_secrets: Vec<Secret>,
    /// The base URL.
    pub url: String,
    /// Whether real money moves.
    pub live: bool,
}

impl Stripe {
    /// Reads the settings and checks that they belong together.
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let secret = reader.text_or("stripe_secret_key", "STRIPE_SECRET_KEY").map(|key| key.trim().to_owned());
        let publishable = reader.text_or("stripe_publishable_key", "STRIPE_PUBLISHABLE_KEY");
        let publishable = publishable.map(|key| key.trim().to_owned());
        let webhooks = reader.text_or("stripe_webhook_secret", "STRIPE_WEBHOOK_SECRET").unwrap_or_default();
        let webhooks: Vec<String> =
            webhooks.split(',').map(|secret| secret.trim().to_owned()).filter(|secret| !secret.is_empty()).collect();
        let url = reader.text("stripe_url").unwrap_or_else(|| "https://api.stripe.com/".to_owned());
        for problem in problems(secret.as_deref(), publishable.as_deref(), &webhooks) {
            reader.mistake(problem);
        }
        let live = secret.as_deref().is_some_and(|key| key.starts_with("sk_live_") || key.starts_with("rk_live_"));
        let plain = url.starts_with("http://");
        if !plain && !url.starts_with("https://") {
            reader.mistake("CARTWRIGHT_STRIPE_URL must begin with https:// or http://");
        }
        if live && plain {
            reader.mistake("CARTWRIGHT_STRIPE_URL must begin with https:// when STRIPE_SECRET_KEY is live");
        }
        let url = format!("{}/", url.trim_end_matches('/'));
        let webhook_secrets = webhooks.into_iter().map(Secret).collect();
        Some(Self { secret_key: Secret(secret?), publishable_key: publishable?, webhook_secrets, url, live })
    }
}

#[cfg(feature = "stripe")]
fn problems(secret: Option<&str>, publishable: Option<&str>, webhooks: &[String]) -> Vec<String> {
    stripe_gateway::problems_of_keys(secret, publishable, webhooks)
}

#[cfg(not(feature = "stripe"))]
fn problems(secret: Option<&str>, _: Option<&str>, _: &[String]) -> Vec<String> {
    let given = secret.map(|_| "STRIPE_SECRET_KEY is given to a server that was built without Stripe");
    given.into_iter().map(str::to_owned).collect()
}
