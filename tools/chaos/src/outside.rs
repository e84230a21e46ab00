//! What a shopper does outside the shop: the bank's page, and the gateway's form. Neither is a part of the API: one try, and no
//! answer is an answer.

use std::time::Duration;

use serde_json::Value;

use crate::{
    bank::{Bank, PUBLISHABLE_KEY},
    journal::Journal,
    random::Random,
};

/// Answers the bank's page.
pub async fn answer_challenge(bank: &Bank, journal: &Journal, random: &mut Random, url: &str) {
    let approve = random.percent(75);
    let (kind, body) = match bank {
        Bank::Sandbox => ("application/json", serde_json::json!({ "approve": approve }).to_string()),
        Bank::Stripe(_) => {
            let decision = if approve { "complete" } else { "fail" };
            ("application/x-www-form-urlencoded", format!("decision={decision}"))
        }
    };
    let answered = post(url, kind, None, body).await.is_some();
    journal.count(if answered { "challenges answered" } else { "challenges lost" });
}

/// Pays by the gateway's form, as its library does: with the publishable key and the client secret. One in five closes it, and a
/// card that is declined is followed by another.
pub async fn fill_form(bank: &Bank, journal: &Journal, random: &mut Random, secret: &str) {
    let (Some(address), Some((intent, _))) = (bank.address(), secret.split_once("_secret_")) else { return };
    if random.percent(20) {
        journal.count("forms closed");
        return;
    }
    let url = format!("http://{address}/v1/payment_intents/{intent}/confirm");
    let cards = [(60, "pm_card_visa"), (25, "pm_card_chargeDeclined"), (15, "pm_card_authenticationRequired")];
    for _ in 0..2 {
        let card = random.weighted(&cards, "pm_card_visa");
        let body = format!("client_secret={secret}&payment_method={card}&return_url=https://shop.example/thanks");
        let kind = "application/x-www-form-urlencoded";
        let Some(answer) = post(&url, kind, Some(PUBLISHABLE_KEY), body).await else { continue };
        journal.count("forms filled in");
        if let Some(url) = answer["next_action"]["redirect_to_url"]["url"].as_str() {
            return answer_challenge(bank, journal, random, url).await;
        }
        if answer["error"].is_null() {
            return;
        }
    }
}

/// Posts; `None`: no answer.
async fn post(url: &str, kind: &'static str, bearer: Option<&str>, body: String) -> Option<Value> {
    // The page sends the shopper back to a shop that is not there.
    let nowhere = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder().redirect(nowhere).timeout(Duration::from_secs(5)).build().ok()?;
    let mut request = http.post(url).header("content-type", kind).body(body);
    if let Some(key) = bearer {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    let answer = request.send().await.ok()?.text().await.ok()?;
    Some(serde_json::from_str(&answer).unwrap_or(Value::Null))
}
