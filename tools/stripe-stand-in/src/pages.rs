//! The page that stands for a bank's 3-D Secure page: two buttons, then back to the shop.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{book::status, form::Form, server::StandIn};

/// The page.
pub async fn show(State(stand_in): State<StandIn>, Path(id): Path<String>) -> Response {
    let Some((stands, amount, currency)) = stand_in.intent(&id) else { return not_found() };
    let open = stands == status::NEEDS_ACTION;
    let action = format!("/3d_secure_2/authenticate/{id}");
    let form = if open {
        format!(
            "<form method=\"post\" action=\"{action}\"><button id=\"test-source-authorize-3ds\" name=\"decision\" \
             value=\"complete\">Complete</button> <button id=\"test-source-fail-3ds\" name=\"decision\" \
             value=\"fail\">Fail</button></form>"
        )
    } else {
        "<p>There is nothing to do here.</p>".to_owned()
    };
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>3D Secure 2 Test Page</title><body><h1>3D Secure 2 Test \
         Page</h1><p>A payment of {amount} (smallest units of {currency}) needs to be authenticated.</p>{form}</body></html>"
    ))
    .into_response()
}

/// The shopper's decision; back to the shop as Stripe sends them.
pub async fn decide(State(stand_in): State<StandIn>, Path(id): Path<String>, body: String) -> Response {
    if stand_in.intent(&id).is_none() {
        return not_found();
    }
    match stand_in.authenticate(&id, Form::read(&body).text(&["decision"]) == Some("complete")) {
        Some(back) => Redirect::to(&back).into_response(),
        None => Html("<!doctype html><title>Done</title><p>Done. You may close this page.</p>").into_response(),
    }
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "there is no such payment\n").into_response()
}
