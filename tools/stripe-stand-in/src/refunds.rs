//! Refunds, and reading charges.

use serde_json::json;

use crate::{
    answer::{Answer, ApiError},
    api::Desk,
    book::Refund,
    cards::Conduct,
    form::Form,
    objects,
};

/// `POST /v1/refunds`: never more than was captured.
pub fn create(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let named = form.text(&["charge"]).map(str::to_owned);
    let charge = match (named, form.text(&["payment_intent"])) {
        (Some(charge), _) => charge,
        (None, Some(intent)) => {
            let known = desk.book.intent(intent);
            let known = known.ok_or_else(|| ApiError::unknown("payment_intent", "payment_intent", intent))?;
            known.charge.clone().ok_or_else(|| {
                let why = format!("This PaymentIntent ({intent}) does not have a successful charge to refund.");
                ApiError::invalid("payment_intent", why)
            })?
        }
        (None, None) => {
            return Err(ApiError::new(
                400,
                "invalid_request_error",
                "One of the following params should be provided for this request: payment_intent or charge.",
            ));
        }
    };
    let known = desk.book.charge(&charge).ok_or_else(|| ApiError::unknown("charge", "charge", &charge))?.clone();
    let left = known.captured - known.refunded;
    if known.captured == 0 {
        return Err(ApiError::invalid("charge", format!("Charge {charge} has not been captured.")));
    }
    if left == 0 {
        let why = format!("Charge {charge} has already been refunded.");
        return Err(ApiError::new(400, "invalid_request_error", why).code("charge_already_refunded"));
    }
    let amount = form.integer(&["amount"]).unwrap_or(Ok(left));
    let amount = amount.map_err(|()| ApiError::invalid("amount", "Invalid integer"))?;
    if !(1..=left).contains(&amount) {
        let why = format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        return Err(ApiError::invalid("amount", why));
    }
    let conduct = desk.book.method(&known.method).map(|method| method.card.conduct);
    let status = if conduct == Some(Conduct::RefundsLate) { "pending" } else { "succeeded" };
    let id = desk.book.id("re");
    desk.book.refunds.push(Refund {
        id: id.clone(),
        charge: charge.clone(),
        intent: known.intent.clone(),
        amount,
        currency: known.currency.clone(),
        status,
        failure_reason: None,
        reason: form.text(&["reason"]).map(str::to_owned),
        metadata: form.texts(&["metadata"]).into_iter().collect(),
        created: desk.now,
    });
    if let Some(charge) = desk.book.charge_mut(&charge) {
        charge.refunded += amount;
    }
    desk.tell_charge("charge.refunded", &charge);
    desk.tell_refund("refund.created", &id);
    read(desk, &id)
}

/// What happens later to the refunds of the cards that say so: a pending one succeeds, another fails after all. Returns how
/// many there were.
pub fn settle(desk: &mut Desk<'_>) -> usize {
    let mut changed = 0;
    let ids: Vec<String> = desk.book.refunds.iter().map(|refund| refund.id.clone()).collect();
    for id in ids {
        let Some(known) = desk.book.refunds.iter().find(|refund| refund.id == id).cloned() else { continue };
        let method = desk.book.charge(&known.charge).map(|charge| charge.method.clone()).unwrap_or_default();
        let conduct = desk.book.method(&method).map(|method| method.card.conduct);
        let (to, event) = match (conduct, known.status) {
            (Some(Conduct::RefundsLate), "pending") => ("succeeded", "refund.updated"),
            (Some(Conduct::RefundsFail), "succeeded") => ("failed", "refund.failed"),
            _ => continue,
        };
        if let Some(refund) = desk.book.refunds.iter_mut().find(|refund| refund.id == id) {
            refund.status = to;
            refund.failure_reason = (to == "failed").then(|| "expired_or_canceled_card".to_owned());
        }
        if to == "failed"
            && let Some(charge) = desk.book.charge_mut(&known.charge)
        {
            charge.refunded -= known.amount;
        }
        desk.tell_refund(event, &id);
        changed += 1;
    }
    changed
}

/// `GET /v1/refunds/:id`.
pub fn read(desk: &mut Desk<'_>, id: &str) -> Answer {
    let found = desk.book.refunds.iter().find(|refund| refund.id == id);
    found.map(objects::refund).ok_or_else(|| ApiError::missing("refund", id))
}

/// `GET /v1/refunds`, the newest first.
pub fn list(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let (charge, intent) = (form.text(&["charge"]), form.text(&["payment_intent"]));
    let fits =
        |refund: &&Refund| charge.is_none_or(|id| refund.charge == id) && intent.is_none_or(|id| refund.intent == id);
    let ids = desk.book.refunds.iter().rev().filter(fits).map(|refund| refund.id.clone()).collect();
    let (page, more) = desk.page(ids, form, "refund")?;
    let data = page.iter().filter_map(|id| read(desk, id).ok()).collect();
    Ok(objects::list("/v1/refunds", data, more))
}

/// `GET /v1/charges/:id`.
pub fn read_charge(desk: &mut Desk<'_>, id: &str) -> Answer {
    let writing = desk.writing(false);
    let found = desk.book.charge(id).map(|charge| objects::charge(desk.book, charge, writing));
    found.ok_or_else(|| ApiError::missing("charge", id).with("param", json!("charge")))
}

/// `GET /v1/charges`, the newest first.
pub fn list_charges(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let intent = form.text(&["payment_intent"]);
    let of = desk.book.charges.iter().rev().filter(|charge| intent.is_none_or(|id| charge.intent == id));
    let ids = of.map(|charge| charge.id.clone()).collect();
    let (page, more) = desk.page(ids, form, "charge")?;
    let data = page.iter().filter_map(|id| read_charge(desk, id).ok()).collect();
    Ok(objects::list("/v1/charges", data, more))
}
