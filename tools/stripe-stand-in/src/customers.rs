//! Customers and their payment methods.

use serde_json::json;

use crate::{
    answer::{Answer, ApiError},
    api::Desk,
    book::{Customer, Method},
    cards,
    form::Form,
    objects,
};

/// `POST /v1/customers`.
pub fn create(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let id = desk.book.id("cus");
    let text = |name: &str| form.text(&[name]).map(str::to_owned);
    let customer = Customer {
        id,
        email: text("email"),
        name: text("name"),
        metadata: form.texts(&["metadata"]).into_iter().collect(),
        created: desk.now,
    };
    let object = objects::customer(&customer);
    desk.book.customers.push(customer);
    desk.tell("customer.created", object.clone());
    Ok(object)
}

/// `GET /v1/customers/:id`.
pub fn read(desk: &mut Desk<'_>, id: &str) -> Answer {
    desk.book.customer(id).map(objects::customer).ok_or_else(|| ApiError::missing("customer", id))
}

/// `DELETE /v1/customers/:id`: its payment methods go with it, and no payment may name it any more.
pub fn delete(desk: &mut Desk<'_>, id: &str) -> Answer {
    let object = read(desk, id)?;
    desk.book.customers.retain(|customer| customer.id != id);
    for method in desk.book.methods.iter_mut().filter(|method| method.customer.as_deref() == Some(id)) {
        method.customer = None;
        method.detached = true;
    }
    desk.tell("customer.deleted", object);
    Ok(json!({ "id": id, "object": "customer", "deleted": true }))
}

/// `POST /v1/payment_methods`: a card by its number, as a front end's library sends it.
pub fn create_method(desk: &mut Desk<'_>, form: &Form) -> Answer {
    let id = method_of_number(desk, form.text(&["card", "number"]))?;
    read_method(desk, &id)
}

/// The payment method that a confirmation brings along.
pub fn method_of_data(desk: &mut Desk<'_>, form: &Form, field: &str) -> Result<String, ApiError> {
    method_of_number(desk, form.text(&[field, "card", "number"]))
}

fn method_of_number(desk: &mut Desk<'_>, number: Option<&str>) -> Result<String, ApiError> {
    let card = number.and_then(cards::by_number).ok_or_else(|| {
        ApiError::new(402, "card_error", "Your card number is incorrect.")
            .code("incorrect_number")
            .with("param", json!("number"))
    })?;
    Ok(new_method(desk, card))
}

/// The id of a method: its own, or a new one for a public id. It must be nobody's, or of this customer.
pub fn resolve(desk: &mut Desk<'_>, id: &str, customer: Option<&str>) -> Result<String, ApiError> {
    if let Some(card) = cards::by_id(id) {
        return Ok(new_method(desk, card));
    }
    let known = desk.book.method(id).ok_or_else(|| ApiError::unknown("PaymentMethod", "payment_method", id))?;
    if known.detached {
        let why = "The provided PaymentMethod was detached from a Customer. It may not be used again.";
        return Err(ApiError::invalid("payment_method", why).code("payment_method_unexpected_state"));
    }
    match (known.customer.as_deref(), customer) {
        (Some(owner), Some(customer)) if owner != customer => {
            let why = format!(
                "The customer does not have a payment method with the ID {id}. The payment method must be attached to the customer."
            );
            Err(ApiError::invalid("payment_method", why).code("resource_missing"))
        }
        (Some(_), None) => {
            let why = "The payment method you provided is attached to a customer so for security purposes you must provide the customer in the request.";
            Err(ApiError::invalid("payment_method", why))
        }
        (Some(_), Some(_)) | (None, _) => Ok(id.to_owned()),
    }
}

fn new_method(desk: &mut Desk<'_>, card: cards::Card) -> String {
    let id = desk.book.id("pm");
    desk.book.methods.push(Method {
        id: id.clone(),
        card,
        customer: None,
        set_up: false,
        detached: false,
        created: desk.now,
    });
    id
}

/// Attaches a method that paid to the customer who asked for that.
pub fn keep(desk: &mut Desk<'_>, id: &str, customer: &str, authenticated: bool) {
    let Some(method) = desk.book.methods.iter_mut().find(|method| method.id == id) else { return };
    method.customer = Some(customer.to_owned());
    method.set_up |= authenticated;
    let object = objects::method(method);
    desk.tell("payment_method.attached", object);
}

/// `POST /v1/payment_methods/:id/attach`.
pub fn attach(desk: &mut Desk<'_>, id: &str, form: &Form) -> Answer {
    let customer = form.text(&["customer"]).unwrap_or_default().to_owned();
    desk.book.customer(&customer).ok_or_else(|| ApiError::unknown("customer", "customer", &customer))?;
    let method = resolve(desk, id, Some(&customer))?;
    keep(desk, &method, &customer, false);
    read_method(desk, &method)
}

/// `POST /v1/payment_methods/:id/detach`.
pub fn detach(desk: &mut Desk<'_>, id: &str) -> Answer {
    let method = desk.book.methods.iter_mut().find(|method| method.id == id);
    let method = method.ok_or_else(|| ApiError::missing("payment_method", id))?;
    method.customer = None;
    method.detached = true;
    let object = objects::method(method);
    desk.tell("payment_method.detached", object.clone());
    Ok(object)
}

/// `GET /v1/payment_methods/:id`.
pub fn read_method(desk: &mut Desk<'_>, id: &str) -> Answer {
    desk.book.method(id).map(objects::method).ok_or_else(|| ApiError::missing("payment_method", id))
}

/// `GET /v1/customers/:id/payment_methods` and `GET /v1/payment_methods?customer=`, the newest first.
pub fn list_methods(desk: &mut Desk<'_>, customer: &str, form: &Form) -> Answer {
    desk.book.customer(customer).ok_or_else(|| ApiError::missing("customer", customer))?;
    let of = desk.book.methods.iter().rev().filter(|method| method.customer.as_deref() == Some(customer));
    let ids = of.map(|method| method.id.clone()).collect();
    let (page, more) = desk.page(ids, form, "payment_method")?;
    let data = page.iter().filter_map(|id| desk.book.method(id).map(objects::method)).collect();
    Ok(objects::list("/v1/payment_methods", data, more))
}
