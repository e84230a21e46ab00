//! The API: who asks, which call it is, and the answer.

use serde_json::{Value, json};

use crate::{
    answer::{Answer, ApiError},
    book::Book,
    customers,
    events::Outbox,
    faults::{Script, Twist},
    form::Form,
    intent_lists, intents, objects,
    objects::Writing,
    refunds,
};

/// What one call works with.
#[derive(Debug)]
pub struct Desk<'a> {
    pub book: &'a mut Book,
    pub outbox: &'a mut Outbox,
    pub script: &'a mut Script,
    /// Seconds since 1970.
    pub now: i64,
    /// Where this server's pages are.
    pub pages: &'a str,
    /// What this call does otherwise than asked.
    pub twist: Option<Twist>,
}

impl<'a> Desk<'a> {
    /// A text that nobody guesses.
    pub fn secret(&self) -> String {
        format!("{:032x}", rand::random::<u128>())
    }

    /// How objects are written.
    pub fn writing(&self, charge: bool) -> Writing<'a> {
        Writing { pages: self.pages, charge }
    }

    /// A payment intent's object; null when there is none.
    pub fn intent_object(&self, id: &str, expand_charge: bool) -> Value {
        let writing = self.writing(expand_charge);
        self.book.intent(id).map_or(Value::Null, |intent| objects::intent(self.book, intent, writing))
    }

    /// Notes an event.
    pub fn tell(&mut self, kind: &str, object: Value) {
        self.outbox.add(self.script, self.now, kind, object);
    }

    pub fn tell_intent(&mut self, kind: &str, id: &str) {
        let object = self.intent_object(id, false);
        self.tell(kind, object);
    }

    pub fn tell_charge(&mut self, kind: &str, id: &str) {
        if let Ok(object) = refunds::read_charge(self, id) {
            self.tell(kind, object);
        }
    }

    pub fn tell_refund(&mut self, kind: &str, id: &str) {
        if let Ok(object) = refunds::read(self, id) {
            self.tell(kind, object);
        }
    }

    /// A page of a list of ids, and whether there are more.
    pub fn page(&self, ids: Vec<String>, form: &Form, what: &str) -> Result<(Vec<String>, bool), ApiError> {
        let limit = match form.integer(&["limit"]) {
            None => 10,
            Some(Ok(limit)) if (1..=100).contains(&limit) => usize::try_from(limit).unwrap_or(10),
            Some(_) => return Err(ApiError::invalid("limit", "Limit must be from 1 to 100.")),
        };
        let from = match form.text(&["starting_after"]) {
            None => 0,
            Some(after) => {
                let place = ids.iter().position(|id| id == after);
                place.ok_or_else(|| ApiError::unknown(what, "starting_after", after))? + 1
            }
        };
        let more = ids.len() > from + limit;
        Ok((ids.into_iter().skip(from).take(limit).collect(), more))
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The merchant's server.
    Secret,
    /// A front end.
    Publishable,
}

/// Does a call. `path` is what follows `/v1/`.
pub fn call(desk: &mut Desk<'_>, caller: Caller, method: &str, path: &[&str], form: &Form) -> Answer {
    if caller == Caller::Publishable {
        return of_front_end(desk, method, path, form);
    }
    match (method, path) {
        ("POST", ["payment_intents"]) => intents::create(desk, form),
        ("GET", ["payment_intents"]) => intent_lists::list(desk, form),
        ("GET", ["payment_intents", "search"]) => intent_lists::search(desk, form),
        ("GET", ["payment_intents", id]) => intents::read(desk, id, form),
        ("POST", ["payment_intents", id]) => intents::update(desk, id, form),
        ("POST", ["payment_intents", id, "confirm"]) => intents::confirm(desk, id, form),
        ("POST", ["payment_intents", id, "capture"]) => intents::capture(desk, id, form),
        ("POST", ["payment_intents", id, "cancel"]) => intents::cancel(desk, id, form),
        ("POST", ["refunds"]) => refunds::create(desk, form),
        ("GET", ["refunds"]) => refunds::list(desk, form),
        ("GET", ["refunds", id]) => refunds::read(desk, id),
        ("GET", ["charges"]) => refunds::list_charges(desk, form),
        ("GET", ["charges", id]) => refunds::read_charge(desk, id),
        ("POST", ["customers"]) => customers::create(desk, form),
        ("GET", ["customers", id]) => customers::read(desk, id),
        ("DELETE", ["customers", id]) => customers::delete(desk, id),
        ("GET", ["customers", id, "payment_methods"]) => customers::list_methods(desk, id, form),
        ("POST", ["payment_methods"]) => customers::create_method(desk, form),
        ("GET", ["payment_methods"]) => {
            let customer = form.text(&["customer"]).unwrap_or_default().to_owned();
            customers::list_methods(desk, &customer, form)
        }
        ("GET", ["payment_methods", id]) => customers::read_method(desk, id),
        ("POST", ["payment_methods", id, "attach"]) => customers::attach(desk, id, form),
        ("POST", ["payment_methods", id, "detach"]) => customers::detach(desk, id),
        ("GET", ["events"]) => list_events(desk, form),
        ("GET", ["events", id]) => {
            let told = desk.outbox.told().iter().find(|told| told.id == *id);
            told.and_then(|told| serde_json::from_str(&told.body).ok()).ok_or_else(|| ApiError::missing("event", id))
        }
        _ => Err(unrecognized(method, path)),
    }
}

/// What a front end may do with a publishable key: make payment methods, and use an intent whose client secret it has.
fn of_front_end(desk: &mut Desk<'_>, method: &str, path: &[&str], form: &Form) -> Answer {
    let opens = |desk: &Desk<'_>, id: &str| {
        let known = desk.book.intent(id).map(|intent| intent.client_secret.as_str());
        if known.is_some() && known == form.text(&["client_secret"]) {
            Ok(())
        } else {
            Err(ApiError::missing("payment_intent", id))
        }
    };
    match (method, path) {
        ("POST", ["payment_methods"]) => customers::create_method(desk, form),
        ("GET", ["payment_intents", id]) => {
            opens(desk, id)?;
            intents::read(desk, id, form)
        }
        ("POST", ["payment_intents", id, "confirm"]) => {
            opens(desk, id)?;
            intents::confirm(desk, id, form)
        }
        _ => {
            let why = "This API call cannot be made with a publishable API key. Please use a secret API key.";
            Err(ApiError::new(403, "invalid_request_error", why).code("secret_key_required"))
        }
    }
}

fn list_events(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let kind = form.text(&["type"]);
    let told = desk.outbox.told().iter().rev().filter(|told| kind.is_none_or(|kind| told.kind == kind));
    let ids = told.map(|told| told.id.clone()).collect();
    let (page, more) = desk.page(ids, form, "event")?;
    let event = |id: &String| desk.outbox.told().iter().find(|told| told.id == *id);
    let data = page.iter().filter_map(|id| serde_json::from_str(&event(id)?.body).ok()).collect();
    Ok(objects::list("/v1/events", data, more))
}

fn unrecognized(method: &str, path: &[&str]) -> ApiError {
    let url = path.join("/");
    let why = format!("Unrecognized request URL ({method}: /v1/{url}).");
    ApiError::new(404, "invalid_request_error", why).with("param", json!(null))
}
