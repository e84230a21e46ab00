//! An intent in the gateway trait's words.

use entity::{
    ids::{OrderId, PaymentId},
    money::Money,
};
use stripe_gateway::{Failure, Intent, IntentStatus};
use uuid::Uuid;

use super::{
    super::gateway::{GatewayError, GatewayState, GatewayStatus},
    currency::from_stripe,
};

/// Our payment's id in the metadata.
pub const PAYMENT: &str = "cartwright_payment";
/// Our order's id in the metadata.
pub const ORDER: &str = "cartwright_order";
/// How the shopper pays, in the metadata.
pub const FLOW: &str = "cartwright_flow";
/// The front end sent a payment method: one attempt, and no more.
pub const BY_TOKEN: &str = "token";
/// The front end's payment form confirms, as often as the shopper likes.
pub const BY_FORM: &str = "form";

/// What an intent says.
///
/// # Errors
/// `InDoubt`: its amounts cannot be read.
pub fn of(intent: Intent) -> Result<GatewayState, GatewayError> {
    let unreadable = || GatewayError::InDoubt(format!("amounts of {} cannot be read", intent.id));
    let money = |amount: i64| from_stripe(amount, &intent.currency).ok_or_else(unreadable);
    let status = status_of(&intent);
    let authorized: Money = match status {
        GatewayStatus::Authorized => money(intent.capturable)?,
        GatewayStatus::Captured => money(intent.amount)?,
        GatewayStatus::Processing | GatewayStatus::RequiresAction | GatewayStatus::Failed | GatewayStatus::Voided => {
            money(0)?
        }
    };
    let (captured, refunded) = (money(intent.received)?, money(intent.refunded)?);
    let id = |name: &str| intent.metadata.get(name).and_then(|text| Uuid::try_parse(text).ok());
    let open = status == GatewayStatus::RequiresAction;
    Ok(GatewayState {
        payment_id: id(PAYMENT).map(PaymentId),
        order_id: id(ORDER).map(OrderId),
        status,
        authorized,
        captured,
        refunded,
        refunds: None,
        failure_code: intent.failure.as_ref().map(|failure| code_of(failure).to_owned()),
        next_action_url: intent.next_action_url.filter(|_| open),
        client_secret: intent.client_secret.filter(|_| open),
        reference: intent.id,
    })
}

fn status_of(intent: &Intent) -> GatewayStatus {
    let by_token = intent.metadata.get(FLOW).is_some_and(|flow| flow == BY_TOKEN);
    match intent.status {
        // Whoever pays by a form sees there why it failed and tries again with the same intent.
        IntentStatus::NeedsMethod if by_token && intent.failure.is_some() => GatewayStatus::Failed,
        IntentStatus::NeedsMethod | IntentStatus::NeedsConfirmation | IntentStatus::NeedsAction => {
            GatewayStatus::RequiresAction
        }
        IntentStatus::Processing | IntentStatus::Unknown => GatewayStatus::Processing,
        IntentStatus::NeedsCapture => GatewayStatus::Authorized,
        IntentStatus::Succeeded => GatewayStatus::Captured,
        IntentStatus::Canceled => GatewayStatus::Voided,
    }
}

/// Our code of a failure. That a card was lost, stolen or suspected is told to nobody (docs.stripe.com/declines/codes).
fn code_of(failure: &Failure) -> &'static str {
    let reason = failure.decline_code.as_deref().unwrap_or(&failure.code);
    match (failure.code.as_str(), reason) {
        ("payment_intent_authentication_failure", _) => "challenge_declined",
        (_, "authentication_required") => "authentication_required",
        (_, "insufficient_funds") => "insufficient_funds",
        (_, "expired_card") => "expired_card",
        (_, "incorrect_cvc" | "invalid_cvc") => "incorrect_cvc",
        (_, "incorrect_number" | "invalid_number") => "incorrect_number",
        (_, "processing_error") => "processing_error",
        (_, "card_not_supported" | "currency_not_supported") => "card_not_supported",
        _ => "card_declined",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suspected_card_is_only_declined() {
        let code = |code: &str, reason: Option<&str>| {
            code_of(&Failure { code: code.to_owned(), decline_code: reason.map(str::to_owned) })
        };
        assert_eq!(code("card_declined", Some("stolen_card")), "card_declined");
        assert_eq!(code("card_declined", Some("fraudulent")), "card_declined");
        assert_eq!(code("card_declined", Some("insufficient_funds")), "insufficient_funds");
        assert_eq!(code("expired_card", None), "expired_card");
        assert_eq!(code("payment_intent_authentication_failure", None), "challenge_declined");
    }
}
