//! Checking what a client sends to complete a checkout or to pay again.

use entity::{address::Address, money::Money, payment::payment::CaptureMethod};

use super::{CheckoutContext, CheckoutRefusal, errors::AddressKind};
use crate::domain::shared::{
    address::{is_email, problems},
    card_number::holds_card_number,
};

/// How the client wants to pay.
#[derive(Clone, Debug)]
pub struct PaymentChoice {
    /// The gateway's name.
    pub gateway: String,
    /// What the front end got from the gateway in place of card data; `None`: its payment form finishes the payment.
    pub token: Option<String>,
    /// Where the shopper is sent back to.
    pub return_url: Option<String>,
    /// Whether the gateway is asked to remember the way to pay.
    pub save: bool,
    /// When the money is taken.
    pub capture_method: CaptureMethod,
}

/// Problems of the way to pay.
pub(super) fn payment(ctx: &CheckoutContext, choice: &PaymentChoice, is_customer: bool) -> Vec<CheckoutRefusal> {
    let mut found = Vec::new();
    let gateway = ctx.gateways.open(&choice.gateway);
    if gateway.is_none() {
        found.push(CheckoutRefusal::UnknownGateway { known: ctx.gateways.names().collect::<Vec<_>>().join(", ") });
    }
    if choice.save {
        let why = match gateway {
            Some(gateway) if !gateway.remembers() => {
                Some("is not possible: this gateway remembers no way to pay; leave it out")
            }
            Some(_) if !is_customer => Some("needs a signed-in customer; leave it out"),
            Some(_) | None => None,
        };
        found.extend(why.map(|why| CheckoutRefusal::PaymentInput { field: "save", why }));
    }
    let text = |field, text: &str| {
        let why = if text.trim().is_empty() {
            "is needed"
        } else if text.len() > 2_048 || text.chars().any(char::is_control) {
            "is too long or holds control characters"
        } else if holds_card_number(text) {
            "holds what looks like a card number; send the gateway's token instead"
        } else {
            return None;
        };
        Some(CheckoutRefusal::PaymentInput { field, why })
    };
    match &choice.token {
        Some(token) => found.extend(text("token", token)),
        None if gateway.is_some_and(|gateway| gateway.has_form()) => {}
        None => found.push(CheckoutRefusal::PaymentInput { field: "token", why: "is needed" }),
    }
    if let Some(url) = &choice.return_url {
        let form =
            (!url.starts_with("https://") && !url.starts_with("http://")).then_some(CheckoutRefusal::PaymentInput {
                field: "returnUrl",
                why: "must begin with https:// or http://",
            });
        found.extend(form.or_else(|| text("returnUrl", url)));
    }
    found
}

/// What is wrong with an amount at the gateway that is to take it.
pub(super) fn amount(ctx: &CheckoutContext, gateway: &str, amount: Money) -> Option<CheckoutRefusal> {
    let currency = amount.currency;
    let (step, least) = (ctx.gateways.step(gateway, currency), ctx.gateways.least(gateway, currency));
    if amount.minor % step != 0 {
        return Some(CheckoutRefusal::PaymentStep { amount, step: Money::new(step, currency) });
    }
    let least = Money::new(least, currency);
    (1..least.minor).contains(&amount.minor).then_some(CheckoutRefusal::PaymentLeast { amount, least })
}

/// Problems of the addresses.
pub(super) fn address(kind: AddressKind, address: Option<&Address>) -> Vec<CheckoutRefusal> {
    let problems = address.map(problems).unwrap_or_default();
    let refuse = |(field, problem)| CheckoutRefusal::Address { address: kind, field, problem };
    problems.into_iter().map(refuse).collect()
}

/// The e-mail address to use, or what is wrong with it.
pub(super) fn email(candidates: [Option<&str>; 3]) -> Result<String, CheckoutRefusal> {
    let given = candidates.into_iter().flatten().map(str::trim).find(|text| !text.is_empty());
    let email = given.ok_or(CheckoutRefusal::EmailRequired)?;
    if is_email(email) { Ok(email.to_owned()) } else { Err(CheckoutRefusal::EmailInvalid) }
}
