//! Finding payment intents: the list and the search.

use serde_json::{Value, json};

use crate::{
    answer::{Answer, ApiError},
    api::Desk,
    book::Intent,
    form::Form,
    intents::missing,
    objects,
};

/// `GET /v1/payment_intents`, the newest first.
pub fn list(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let ids: Vec<String> =
        desk.book.intents.iter().rev().filter(|intent| matches(intent, form)).map(|i| i.id.clone()).collect();
    let (page, more) = desk.page(ids, form, "payment_intent")?;
    let expand = form.expands("latest_charge");
    let data = page.iter().map(|id| desk.intent_object(id, expand)).collect();
    Ok(objects::list("/v1/payment_intents", data, more))
}

/// `GET /v1/payment_intents/search?query=metadata['key']:'value'`.
pub fn search(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let query = form.text(&["query"]).ok_or_else(|| missing("query"))?;
    let parsed = query.strip_prefix("metadata['").and_then(|rest| rest.split_once("']:'"));
    let Some((key, value)) = parsed.and_then(|(key, value)| Some((key, value.strip_suffix('\'')?))) else {
        return Err(ApiError::invalid("query", "This stand-in searches by metadata['key']:'value' only."));
    };
    let found = desk.book.intents.iter().rev().filter(|intent| intent.metadata.get(key).is_some_and(|v| v == value));
    let ids: Vec<String> = found.map(|intent| intent.id.clone()).collect();
    let data: Vec<Value> = ids.iter().map(|id| desk.intent_object(id, false)).collect();
    Ok(json!({ "object": "search_result", "url": "/v1/payment_intents/search", "has_more": false, "data": data }))
}

fn matches(intent: &Intent, form: &Form) -> bool {
    let bound = |name: &str| form.integer(&["created", name]).and_then(Result::ok);
    form.text(&["customer"]).is_none_or(|customer| intent.customer.as_deref() == Some(customer))
        && bound("gte").is_none_or(|least| intent.created >= least)
        && bound("gt").is_none_or(|least| intent.created > least)
        && bound("lte").is_none_or(|most| intent.created <= most)
        && bound("lt").is_none_or(|most| intent.created < most)
}
