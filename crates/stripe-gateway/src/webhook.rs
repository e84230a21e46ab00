//! Reading webhooks: which payment an event is about. The object inside is not believed; whoever hears of it asks again.

use serde::Deserialize;

use crate::keys::KeyMode;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stripe's id of it.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// Whether it is about real money; `None`: it does not say.
    pub mode: Option<KeyMode>,
    /// The payment intent it is about, when it is of a type that changes a payment.
    pub intent: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    livemode: Option<bool>,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    object: Option<String>,
    #[serde(default)]
    payment_intent: Option<Reference>,
}

/// An id, or the object itself.
#[derive(Deserialize)]
#[serde(untagged)]
enum Reference {
    Id(String),
    Object { id: String },
}

/// Types whose payment is asked about, by what they begin with.
const MATTER: [&str; 4] = ["payment_intent.", "charge.", "refund.", "review."];

/// Reads an event; `None`: it is not of Stripe's form.
#[must_use]
pub fn read_event(body: &[u8]) -> Option<Event> {
    let body: Body = serde_json::from_slice(body).ok()?;
    let clean = |text: &str| !text.is_empty() && text.len() <= 255 && !text.chars().any(char::is_control);
    if !clean(&body.id) || !clean(&body.kind) {
        return None;
    }
    let object = body.data.object;
    let named = match object.payment_intent {
        Some(Reference::Id(id) | Reference::Object { id }) => Some(id),
        None => object.id.filter(|_| object.object.as_deref() == Some("payment_intent")),
    };
    let matters = MATTER.iter().any(|start| body.kind.starts_with(start));
    let mode = body.livemode.map(|live| if live { KeyMode::Live } else { KeyMode::Test });
    Some(Event { intent: named.filter(|id| matters && clean(id)), mode, id: body.id, kind: body.kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent_of(body: &str) -> Option<Option<String>> {
        read_event(body.as_bytes()).map(|event| event.intent)
    }

    #[test]
    fn the_intent_is_found_in_itself_in_a_charge_and_in_a_refund() {
        let found = Some(Some("pi_1".to_owned()));
        let of = |kind: &str, object: &str| format!(r#"{{"id":"evt_1","type":"{kind}","data":{{"object":{object}}}}}"#);
        assert_eq!(intent_of(&of("payment_intent.succeeded", r#"{"id":"pi_1","object":"payment_intent"}"#)), found);
        assert_eq!(intent_of(&of("charge.refunded", r#"{"id":"ch_1","payment_intent":"pi_1"}"#)), found);
        assert_eq!(intent_of(&of("refund.failed", r#"{"id":"re_1","payment_intent":{"id":"pi_1"}}"#)), found);
        assert_eq!(intent_of(&of("customer.created", r#"{"id":"cus_1","object":"customer"}"#)), Some(None));
        assert_eq!(intent_of(&of("charge.succeeded", r#"{"id":"ch_1","payment_intent":null}"#)), Some(None));
    }

    #[test]
    fn the_mode_is_what_the_message_says() {
        for (livemode, mode) in
            [(r#""livemode":true,"#, Some(KeyMode::Live)), (r#""livemode":false,"#, Some(KeyMode::Test)), ("", None)]
        {
            let body = format!(r#"{{"id":"evt_1","type":"x",{livemode}"data":{{"object":{{}}}}}}"#);
            assert_eq!(read_event(body.as_bytes()).expect("an event").mode, mode);
        }
    }

    #[test]
    fn what_is_not_of_stripes_form_is_no_event() {
        for body in ["", "{}", "[]", r#"{"id":"","type":"x","data":{"object":{}}}"#, r#"{"id":"evt","type":"x"}"#] {
            assert_eq!(read_event(body.as_bytes()), None, "{body}");
        }
    }
}
