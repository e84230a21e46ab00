//! What tests and people ask beside the API: the book, the events, the script of faults, the clock.

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{book::Audit, faults::Scripted, server::StandIn};

/// `GET /book`: every intent, charge and refund.
pub async fn book(State(stand_in): State<StandIn>) -> Json<Audit> {
    Json(stand_in.book())
}

/// `GET /told`: every event that happened, as it is posted.
pub async fn told(State(stand_in): State<StandIn>) -> Json<Value> {
    let told = stand_in.told();
    Json(json!(
        told.iter().map(|told| json!({ "id": told.id, "type": told.kind, "about": told.about })).collect::<Vec<_>>()
    ))
}

/// `POST /faults`: adds one to the script.
pub async fn add_fault(State(stand_in): State<StandIn>, Json(scripted): Json<Scripted>) -> StatusCode {
    stand_in.script(scripted);
    StatusCode::NO_CONTENT
}

/// `DELETE /faults`: from now on everything works.
pub async fn clear_faults(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.behave();
    StatusCode::NO_CONTENT
}

/// `POST /refunds/settle`: what happens later to refunds happens now.
pub async fn settle_refunds(State(stand_in): State<StandIn>) -> Json<Value> {
    Json(json!({ "changed": stand_in.settle_refunds() }))
}

#[derive(Debug, Deserialize)]
pub struct Passing {
    seconds: i64,
}

/// `POST /clock`: lets time pass.
pub async fn pass(State(stand_in): State<StandIn>, Json(passing): Json<Passing>) -> StatusCode {
    stand_in.pass(passing.seconds);
    StatusCode::NO_CONTENT
}
