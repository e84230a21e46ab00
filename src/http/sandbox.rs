//! The sandbox bank's page of the additional step, and what it asks for.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::json;

use super::pages;
use crate::{
    app::App,
    domain::{
        payment::{GatewayError, sandbox::Challenge},
        shop,
    },
};

/// The sandbox's routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sandbox/challenge/{reference}", get(pages::challenge).post(answer))
        .route("/sandbox/challenge/{reference}/details", get(details))
}

#[derive(Debug, Deserialize)]
struct Answer {
    approve: bool,
}

async fn details(State(app): State<App>, Path(reference): Path<String>) -> Response {
    let shop = match shop::get(app.database.reader()).await {
        Ok(shop) => shop.name,
        Err(error) => return out_of_order(&error.to_string()),
    };
    respond(app.sandbox.challenge(&reference).await, |challenge| {
        json!({
            "amount": challenge.amount.to_decimal(),
            "currencyCode": challenge.amount.currency,
            "shop": shop,
            "status": if challenge.open { "open" } else { "closed" },
        })
    })
}

/// Only JSON is taken, so that no foreign page can answer by a form.
async fn answer(State(app): State<App>, Path(reference): Path<String>, Json(answer): Json<Answer>) -> Response {
    let done = app.sandbox.answer_challenge(&reference, answer.approve).await;
    respond(done, |challenge| json!({ "returnUrl": challenge.return_url }))
}

fn respond(
    found: Result<Option<Challenge>, GatewayError>,
    body: impl FnOnce(Challenge) -> serde_json::Value,
) -> Response {
    match found {
        Ok(Some(challenge)) => Json(body(challenge)).into_response(),
        Ok(None) => (StatusCode::NOT_FOUND, Json(json!({ "error": "there is no such payment" }))).into_response(),
        // The bank has logged why.
        Err(_) => later(),
    }
}

fn out_of_order(error: &str) -> Response {
    tracing::error!(error, "the challenge page could not be served");
    later()
}

fn later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "error": "try again in a moment" }))).into_response()
}
