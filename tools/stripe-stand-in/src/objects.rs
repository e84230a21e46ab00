//! The published API objects, field by field. The fields are those of docs.stripe.com/api; what a test account does not use is
//! null, as Stripe sends it.

use serde_json::{Value, json};

use crate::book::{Book, Charge, Customer, Intent, Method, Refund, status};

/// How an object is written: where pages are, and which references are opened.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// Where this server's pages are, without a slash at the end.
    pub pages: &'a str,
    /// Whether `latest_charge` is an object.
    pub charge: bool,
}

/// A payment intent.
pub fn intent(book: &Book, intent: &Intent, writing: Writing<'_>) -> Value {
    let open = |id: &String| match book.charge(id) {
        Some(found) if writing.charge => charge(book, found, writing),
        _ => json!(id),
    };
    let automatic = json!({ "allow_redirects": intent.allow_redirects, "enabled": true });
    let capturable = if intent.status == status::NEEDS_CAPTURE { intent.amount } else { 0 };
    json!({
        "id": intent.id,
        "object": "payment_intent",
        "amount": intent.amount,
        "amount_capturable": capturable,
        "amount_details": { "tip": {} },
        "amount_received": intent.amount_received,
        "application": null,
        "application_fee_amount": null,
        "automatic_payment_methods": intent.automatic_methods.then_some(automatic),
        "canceled_at": intent.canceled_at,
        "cancellation_reason": intent.cancellation_reason,
        "capture_method": if intent.manual_capture { "manual" } else { "automatic_async" },
        "client_secret": intent.client_secret,
        "confirmation_method": "automatic",
        "created": intent.created,
        "currency": intent.currency,
        "customer": intent.customer,
        "customer_account": null,
        "description": intent.description,
        "excluded_payment_method_types": null,
        "last_payment_error": intent.last_error,
        "latest_charge": intent.charge.as_ref().map(open),
        "livemode": false,
        "metadata": intent.metadata,
        "next_action": next_action(intent, writing.pages),
        "on_behalf_of": null,
        "payment_method": intent.method,
        "payment_method_configuration_details":
            intent.automatic_methods.then(|| json!({ "id": "pmc_3StandIn", "parent": null })),
        "payment_method_options": { "card": {
            "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": "automatic",
        } },
        "payment_method_types": ["card"],
        "processing": null,
        "receipt_email": intent.receipt_email,
        "review": null,
        "setup_future_usage": intent.setup_future_usage,
        "shipping": null,
        "source": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": intent.status,
        "transfer_data": null,
        "transfer_group": null,
    })
}

fn next_action(intent: &Intent, pages: &str) -> Value {
    if intent.status != status::NEEDS_ACTION {
        return Value::Null;
    }
    let page = format!("{pages}/3d_secure_2/authenticate/{}", intent.id);
    match &intent.return_url {
        Some(return_url) => json!({
            "type": "redirect_to_url",
            "redirect_to_url": { "return_url": return_url, "url": page },
        }),
        // Without a place to return to, the front end's library shows the page.
        None => json!({
            "type": "use_stripe_sdk",
            "use_stripe_sdk": { "type": "three_d_secure_redirect", "stripe_js": page, "source": "src_3StandIn" },
        }),
    }
}

/// A charge.
pub fn charge(book: &Book, charge: &Charge, writing: Writing<'_>) -> Value {
    let succeeded = charge.succeeded;
    let outcome = if succeeded {
        json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal", "risk_score": 7,
            "seller_message": "Payment complete.", "type": "authorized",
        })
    } else {
        json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "declined_by_network",
            "reason": charge.failure.as_ref().map(|(_, reason)| reason),
            "risk_level": "normal", "risk_score": 7,
            "seller_message": "The bank did not return any further details with this decline.",
            "type": "issuer_declined",
        })
    };
    let card = book.method(&charge.method).map(|method| {
        json!({
            "amount_authorized": succeeded.then_some(charge.amount), "authorization_code": null,
            "brand": method.card.brand,
            "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
            "country": "US", "exp_month": 12, "exp_year": 2034,
            "extended_authorization": { "status": "disabled" }, "fingerprint": "StandInFingerprint",
            "funding": "credit", "incremental_authorization": { "status": "unavailable" }, "installments": null,
            "last4": method.card.last4(), "mandate": null, "multicapture": { "status": "unavailable" },
            "network": method.card.brand, "network_token": { "used": false }, "network_transaction_id": "104102978678771",
            "overcapture": { "maximum_amount_capturable": charge.amount, "status": "unavailable" },
            "regulated_status": "unregulated", "three_d_secure": null, "wallet": null,
        })
    });
    json!({
        "id": charge.id,
        "object": "charge",
        "amount": charge.amount,
        "amount_captured": charge.captured,
        "amount_refunded": charge.refunded,
        "application": null,
        "application_fee": null,
        "application_fee_amount": null,
        "balance_transaction": (charge.captured > 0).then(|| charge.id.replacen("ch_", "txn_", 1)),
        "billing_details": billing_details(),
        "calculated_statement_descriptor": "STAND-IN",
        "captured": charge.captured > 0,
        "created": charge.created,
        "currency": charge.currency,
        "customer": charge.customer,
        "description": null,
        "destination": null,
        "dispute": null,
        "disputed": false,
        "failure_balance_transaction": null,
        "failure_code": charge.failure.as_ref().map(|(code, _)| code),
        "failure_message": charge.failure.as_ref().map(|_| "Your card was declined."),
        "fraud_details": {},
        "livemode": false,
        "metadata": charge.metadata,
        "on_behalf_of": null,
        "order": null,
        "outcome": outcome,
        "paid": succeeded,
        "payment_intent": charge.intent,
        "payment_method": charge.method,
        "payment_method_details": { "card": card, "type": "card" },
        "radar_options": {},
        "receipt_email": null,
        "receipt_number": null,
        "receipt_url": format!("{}/receipts/{}", writing.pages, charge.id),
        "refunded": charge.captured > 0 && charge.refunded >= charge.captured,
        "review": null,
        "shipping": null,
        "source": null,
        "source_transfer": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": if succeeded { "succeeded" } else { "failed" },
        "transfer_data": null,
        "transfer_group": null,
    })
}

/// A refund.
pub fn refund(refund: &Refund) -> Value {
    json!({
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": refund.id.replacen("re_", "txn_", 1),
        "charge": refund.charge,
        "created": refund.created,
        "currency": refund.currency,
        "destination_details": {
            "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" },
            "type": "card",
        },
        "failure_reason": refund.failure_reason,
        "metadata": refund.metadata,
        "payment_intent": refund.intent,
        "reason": refund.reason,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": refund.status,
        "transfer_reversal": null,
    })
}

/// A customer.
pub fn customer(customer: &Customer) -> Value {
    json!({
        "id": customer.id,
        "object": "customer",
        "address": null,
        "balance": 0,
        "created": customer.created,
        "currency": null,
        "default_source": null,
        "delinquent": false,
        "description": null,
        "discount": null,
        "email": customer.email,
        "invoice_prefix": "STANDIN",
        "invoice_settings": {
            "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null,
        },
        "livemode": false,
        "metadata": customer.metadata,
        "name": customer.name,
        "next_invoice_sequence": 1,
        "phone": null,
        "preferred_locales": [],
        "shipping": null,
        "tax_exempt": "none",
        "test_clock": null,
    })
}

/// A payment method.
pub fn method(method: &Method) -> Value {
    json!({
        "id": method.id,
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details(),
        "card": {
            "brand": method.card.brand,
            "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
            "country": "US",
            "display_brand": method.card.brand,
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": "StandInFingerprint",
            "funding": "credit",
            "generated_from": null,
            "last4": method.card.last4(),
            "networks": { "available": [method.card.brand], "preferred": null },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": true },
            "wallet": null,
        },
        "created": method.created,
        "customer": method.customer,
        "customer_account": null,
        "livemode": false,
        "metadata": {},
        "type": "card",
    })
}

fn billing_details() -> Value {
    json!({
        "address": { "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null },
        "email": null, "name": null, "phone": null, "tax_id": null,
    })
}

/// A page of a list.
pub fn list(url: &str, data: Vec<Value>, has_more: bool) -> Value {
    json!({ "object": "list", "url": url, "has_more": has_more, "data": data })
}
