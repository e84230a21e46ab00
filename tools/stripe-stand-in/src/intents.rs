//! Payment intents: their life cycle as docs.stripe.com/payments/paymentintents/lifecycle has it.

use serde_json::json;

use crate::{
    amounts,
    answer::{Answer, ApiError},
    api::Desk,
    book::{Charge, Intent, status},
    cards::Conduct,
    customers,
    faults::Twist,
    form::Form,
    objects,
};

/// How a confirmation is asked for.
#[derive(Clone, Debug, Default)]
struct Confirmation {
    method: Option<String>,
    return_url: Option<String>,
    off_session: bool,
    /// The shopper passed the authentication.
    authenticated: bool,
}

impl Confirmation {
    fn of(form: &Form) -> Self {
        Self {
            method: form.text(&["payment_method"]).map(str::to_owned),
            return_url: form.text(&["return_url"]).map(str::to_owned),
            off_session: form.is_true(&["off_session"]),
            authenticated: false,
        }
    }
}

/// `POST /v1/payment_intents`.
pub fn create(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let amount = match form.integer(&["amount"]) {
        Some(Ok(amount)) if (1..=99_999_999).contains(&amount) => amount,
        Some(_) => return Err(ApiError::invalid("amount", "Invalid integer: amount").code("parameter_invalid_integer")),
        None => return Err(missing("amount")),
    };
    let currency = form.text(&["currency"]).ok_or_else(|| missing("currency"))?.to_lowercase();
    amounts::check(amount, &currency)?;
    let customer = form.text(&["customer"]).map(str::to_owned);
    if let Some(id) = &customer
        && desk.book.customer(id).is_none()
    {
        return Err(ApiError::unknown("customer", "customer", id));
    }
    let confirmation = Confirmation::of(form);
    let confirm = form.is_true(&["confirm"]);
    let redirects = form.text(&["automatic_payment_methods", "allow_redirects"]).unwrap_or("always").to_owned();
    let automatic = form.is_true(&["automatic_payment_methods", "enabled"]);
    if confirm && automatic && redirects == "always" && confirmation.return_url.is_none() {
        let why = "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of \
                   these payment methods might redirect your customer off of your page, you must provide a `return_url`.";
        return Err(ApiError::invalid("return_url", why));
    }
    let id = desk.book.id("pi");
    let amount = if desk.twist == Some(Twist::WrongAmount) { amount - 1 } else { amount };
    let intent = Intent {
        client_secret: format!("{id}_secret_{}", desk.secret()),
        amount,
        amount_received: 0,
        currency,
        manual_capture: form.text(&["capture_method"]) == Some("manual"),
        status: status::NEEDS_METHOD,
        metadata: form.texts(&["metadata"]).into_iter().collect(),
        customer,
        method: None,
        setup_future_usage: form.text(&["setup_future_usage"]).map(str::to_owned),
        automatic_methods: automatic || form.texts(&["payment_method_types"]).is_empty(),
        allow_redirects: redirects,
        description: form.text(&["description"]).map(str::to_owned),
        receipt_email: form.text(&["receipt_email"]).map(str::to_owned),
        return_url: None,
        charge: None,
        last_error: None,
        cancellation_reason: None,
        canceled_at: None,
        created: desk.now,
        id: id.clone(),
    };
    let named = confirmation.method.clone();
    // The method is looked at before anything is made, as the real one does.
    let method = named.map(|method| customers::resolve(desk, &method, intent.customer.as_deref())).transpose()?;
    desk.book.intents.push(intent);
    desk.tell_intent("payment_intent.created", &id);
    if let Some(method) = method {
        set(desk, &id, |intent| {
            intent.method = Some(method.clone());
            intent.status = status::NEEDS_CONFIRMATION;
        });
    }
    if confirm {
        confirm_now(desk, &id, &Confirmation { method: None, ..confirmation })?;
    }
    read(desk, &id, form)
}

/// `POST /v1/payment_intents/:id`.
pub fn update(desk: &mut Desk<'_>, id: &str, form: &Form) -> Answer {
    let amount = form.integer(&["amount"]).transpose().map_err(|()| ApiError::invalid("amount", "Invalid integer"))?;
    let found = desk.book.intent_mut(id).ok_or_else(|| ApiError::missing("payment_intent", id))?;
    if amount.is_some() && [status::SUCCEEDED, status::CANCELED, status::PROCESSING].contains(&found.status) {
        return Err(unexpected(desk, id, "update"));
    }
    found.amount = amount.unwrap_or(found.amount);
    found.metadata.extend(form.texts(&["metadata"]));
    if let Some(description) = form.text(&["description"]) {
        found.description = Some(description.to_owned());
    }
    read(desk, id, form)
}

/// `POST /v1/payment_intents/:id/confirm`.
pub fn confirm(desk: &mut Desk<'_>, id: &str, form: &Form) -> Answer {
    desk.book.intent(id).ok_or_else(|| ApiError::missing("payment_intent", id))?;
    let mut confirmation = Confirmation::of(form);
    if confirmation.method.is_none() && form.text(&["payment_method_data", "card", "number"]).is_some() {
        confirmation.method = Some(customers::method_of_data(desk, form, "payment_method_data")?);
    }
    confirm_now(desk, id, &confirmation)?;
    read(desk, id, form)
}

fn confirm_now(desk: &mut Desk<'_>, id: &str, confirmation: &Confirmation) -> Result<(), ApiError> {
    let known = desk.book.intent(id).ok_or_else(|| ApiError::missing("payment_intent", id))?.clone();
    let open = [status::NEEDS_METHOD, status::NEEDS_CONFIRMATION, status::NEEDS_ACTION];
    if !open.contains(&known.status) {
        return Err(unexpected(desk, id, "confirm"));
    }
    let method = match &confirmation.method {
        Some(method) => customers::resolve(desk, method, known.customer.as_deref())?,
        None => known.method.clone().ok_or_else(|| {
            let why = "You cannot confirm this PaymentIntent because it's missing a payment method.";
            ApiError::new(400, "invalid_request_error", why).code("payment_intent_unexpected_state")
        })?,
    };
    set(desk, id, |intent| {
        intent.method = Some(method.clone());
        intent.return_url = confirmation.return_url.clone().or_else(|| intent.return_url.clone());
        intent.last_error = None;
    });
    attempt(desk, id, &method, confirmation)
}

/// Tries to charge, as the card behind the method behaves.
fn attempt(desk: &mut Desk<'_>, id: &str, method: &str, how: &Confirmation) -> Result<(), ApiError> {
    let Some(known) = desk.book.method(method).cloned() else { return Err(ApiError::internal()) };
    if let Some(Twist::Decline(reason)) = desk.twist.clone() {
        return decline(desk, id, method, "card_declined", &reason);
    }
    let saved = known.customer.is_some();
    let asks = match known.card.conduct {
        Conduct::Authenticates | Conduct::AuthenticatesThenDeclines => true,
        Conduct::AuthenticatesUnlessSaved => !known.set_up,
        Conduct::Pays
        | Conduct::Declines(..)
        | Conduct::DeclinesOnceSaved
        | Conduct::RefundsLate
        | Conduct::RefundsFail => false,
    };
    if asks && !how.authenticated {
        if how.off_session {
            return decline(desk, id, method, "authentication_required", "authentication_required");
        }
        set(desk, id, |intent| intent.status = status::NEEDS_ACTION);
        desk.tell_intent("payment_intent.requires_action", id);
        return Ok(());
    }
    match known.card.conduct {
        Conduct::Declines(code, reason) => return decline(desk, id, method, code, reason),
        Conduct::AuthenticatesThenDeclines => return decline(desk, id, method, "card_declined", "generic_decline"),
        Conduct::DeclinesOnceSaved if saved => return decline(desk, id, method, "card_declined", "generic_decline"),
        Conduct::DeclinesOnceSaved
        | Conduct::Pays
        | Conduct::Authenticates
        | Conduct::AuthenticatesUnlessSaved
        | Conduct::RefundsLate
        | Conduct::RefundsFail => {}
    }
    if desk.twist == Some(Twist::Late) {
        set(desk, id, |intent| intent.status = status::PROCESSING);
        desk.tell_intent("payment_intent.processing", id);
        return Ok(());
    }
    succeed(desk, id, method, how.authenticated);
    Ok(())
}

/// Finishes an intent that was processing.
pub fn complete_processing(desk: &mut Desk<'_>, id: &str) {
    let known = desk.book.intent(id).filter(|intent| intent.status == status::PROCESSING);
    if let Some(method) = known.and_then(|intent| intent.method.clone()) {
        succeed(desk, id, &method, false);
    }
}

fn succeed(desk: &mut Desk<'_>, id: &str, method: &str, authenticated: bool) {
    let Some(known) = desk.book.intent(id).cloned() else { return };
    let charge = new_charge(desk, &known, method, None);
    let captured = if known.manual_capture { 0 } else { known.amount };
    if let Some(charge) = desk.book.charge_mut(&charge) {
        charge.captured = captured;
    }
    let now = if known.manual_capture { status::NEEDS_CAPTURE } else { status::SUCCEEDED };
    set(desk, id, |intent| {
        intent.status = now;
        intent.amount_received = captured;
        intent.charge = Some(charge.clone());
    });
    if known.setup_future_usage.is_some()
        && let Some(customer) = &known.customer
    {
        customers::keep(desk, method, customer, authenticated);
    }
    desk.tell_charge("charge.succeeded", &charge);
    let event =
        if known.manual_capture { "payment_intent.amount_capturable_updated" } else { "payment_intent.succeeded" };
    desk.tell_intent(event, id);
}

fn decline(desk: &mut Desk<'_>, id: &str, method: &str, code: &str, reason: &str) -> Result<(), ApiError> {
    let Some(known) = desk.book.intent(id).cloned() else { return Err(ApiError::internal()) };
    let charge = new_charge(desk, &known, method, Some((code.to_owned(), reason.to_owned())));
    let card = desk.book.method(method).map(objects::method);
    let message = match reason {
        "insufficient_funds" => "Your card has insufficient funds.",
        "expired_card" => "Your card has expired.",
        "incorrect_cvc" => "Your card's security code is incorrect.",
        "authentication_required" => "Your card was declined. This transaction requires authentication.",
        _ => "Your card was declined.",
    };
    let failure = ApiError::new(402, "card_error", message).code(code);
    let failure =
        failure.with("charge", json!(charge)).with("decline_code", json!(reason)).with("payment_method", json!(card));
    set(desk, id, |intent| {
        intent.status = status::NEEDS_METHOD;
        intent.method = None;
        intent.charge = Some(charge.clone());
        intent.last_error = Some(failure.error.clone());
    });
    desk.tell_charge("charge.failed", &charge);
    desk.tell_intent("payment_intent.payment_failed", id);
    let intent = desk.intent_object(id, false);
    Err(failure.with("payment_intent", intent))
}

fn new_charge(desk: &mut Desk<'_>, intent: &Intent, method: &str, failure: Option<(String, String)>) -> String {
    let id = desk.book.id("ch");
    desk.book.charges.push(Charge {
        id: id.clone(),
        intent: intent.id.clone(),
        method: method.to_owned(),
        customer: intent.customer.clone(),
        amount: intent.amount,
        captured: 0,
        refunded: 0,
        currency: intent.currency.clone(),
        succeeded: failure.is_none(),
        failure,
        metadata: intent.metadata.clone(),
        created: desk.now,
        released: false,
    });
    id
}

/// The shopper's answer to an authentication. A second answer changes nothing.
pub fn authenticate(desk: &mut Desk<'_>, id: &str, passed: bool) {
    let open = desk.book.intent(id).filter(|intent| intent.status == status::NEEDS_ACTION);
    let Some(method) = open.and_then(|intent| intent.method.clone()) else { return };
    if passed {
        // A decline after the authentication is in the intent; the page has nobody to tell it.
        let _ = attempt(desk, id, &method, &Confirmation { authenticated: true, ..Confirmation::default() });
        return;
    }
    let message =
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
    let failure = ApiError::new(402, "invalid_request_error", message).code("payment_intent_authentication_failure");
    set(desk, id, |intent| {
        intent.status = status::NEEDS_METHOD;
        intent.method = None;
        intent.last_error = Some(failure.error.clone());
    });
    desk.tell_intent("payment_intent.payment_failed", id);
}

/// `POST /v1/payment_intents/:id/capture`: what is not captured is released.
pub fn capture(desk: &mut Desk<'_>, id: &str, form: &Form) -> Answer {
    let known = desk.book.intent(id).ok_or_else(|| ApiError::missing("payment_intent", id))?.clone();
    if known.status != status::NEEDS_CAPTURE {
        return Err(unexpected(desk, id, "capture"));
    }
    let amount = form.integer(&["amount_to_capture"]).unwrap_or(Ok(known.amount));
    let amount = amount.map_err(|()| ApiError::invalid("amount_to_capture", "Invalid integer"))?;
    if !(1..=known.amount).contains(&amount) {
        let why = format!("The amount to capture must be at most the amount that can be captured ({}).", known.amount);
        return Err(ApiError::invalid("amount_to_capture", why).code("amount_too_large"));
    }
    set(desk, id, |intent| {
        intent.status = status::SUCCEEDED;
        intent.amount_received = amount;
    });
    if let Some(charge) = known.charge.as_deref() {
        if let Some(charge) = desk.book.charge_mut(charge) {
            charge.captured = amount;
        }
        desk.tell_charge("charge.captured", charge);
    }
    desk.tell_intent("payment_intent.succeeded", id);
    read(desk, id, form)
}

/// `POST /v1/payment_intents/:id/cancel`.
pub fn cancel(desk: &mut Desk<'_>, id: &str, form: &Form) -> Answer {
    let known = desk.book.intent(id).ok_or_else(|| ApiError::missing("payment_intent", id))?.clone();
    if [status::SUCCEEDED, status::CANCELED, status::PROCESSING].contains(&known.status) {
        return Err(unexpected(desk, id, "cancel"));
    }
    let (now, reason) = (desk.now, form.text(&["cancellation_reason"]).map(str::to_owned));
    set(desk, id, |intent| {
        intent.status = status::CANCELED;
        intent.canceled_at = Some(now);
        intent.cancellation_reason = reason.clone();
    });
    if let Some(charge) = known.charge.as_deref().filter(|_| known.status == status::NEEDS_CAPTURE)
        && let Some(charge) = desk.book.charge_mut(charge)
    {
        charge.released = true;
    }
    desk.tell_intent("payment_intent.canceled", id);
    read(desk, id, form)
}

/// `GET /v1/payment_intents/:id`.
pub fn read(desk: &mut Desk<'_>, id: &str, form: &Form) -> Answer {
    desk.book.intent(id).ok_or_else(|| ApiError::missing("payment_intent", id))?;
    Ok(desk.intent_object(id, form.expands("latest_charge")))
}

fn set(desk: &mut Desk<'_>, id: &str, change: impl FnOnce(&mut Intent)) {
    if let Some(intent) = desk.book.intent_mut(id) {
        change(intent);
    }
}

fn unexpected(desk: &mut Desk<'_>, id: &str, verb: &str) -> ApiError {
    let intent = desk.intent_object(id, false);
    let stands = intent["status"].as_str().unwrap_or_default().to_owned();
    let why = format!("This PaymentIntent's status is {stands}, so you cannot {verb} it.");
    let error = ApiError::new(400, "invalid_request_error", why).code("payment_intent_unexpected_state");
    error.with("payment_intent", intent)
}

pub fn missing(param: &str) -> ApiError {
    ApiError::invalid(param, format!("Missing required param: {param}.")).code("parameter_missing")
}
