//! Messages from payment gateways: the raw body is verified and stored; 2xx means stored, and nothing else does.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};

use crate::{
    app::App,
    domain::payment::{self, gateway::NoticeError},
};

/// Bytes of a message.
const LARGEST: usize = 262_144;

/// The webhook routes.
pub fn routes() -> Router<App> {
    Router::new().route("/webhooks/{gateway}", post(receive)).layer(DefaultBodyLimit::max(LARGEST))
}

async fn receive(
    State(app): State<App>,
    Path(gateway): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    let Some(behind) = app.gateways.get(&gateway) else { return (StatusCode::NOT_FOUND, "no such gateway\n") };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let notice = match behind.read_notice(&header, &body) {
        Ok(notice) => notice,
        Err(NoticeError::Signature) => {
            return (StatusCode::BAD_REQUEST, "the signature is missing, wrong or too old\n");
        }
        Err(NoticeError::Form) => return (StatusCode::BAD_REQUEST, "the message is not of the expected form\n"),
    };
    let body = String::from_utf8_lossy(&body).into_owned();
    match payment::receive(&app.database, &app.sources, &gateway, notice, body).await {
        Ok(_) => {
            app.messages.notify_one();
            (StatusCode::OK, "stored\n")
        }
        Err(error) => {
            tracing::error!(gateway, error = %error, "a message could not be stored; its sender will send it again");
            (StatusCode::SERVICE_UNAVAILABLE, "not stored, send it again\n")
        }
    }
}
