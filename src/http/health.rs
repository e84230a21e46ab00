//! `/healthz`: the process lives. `/readyz`: it can serve, which means that its database answers. Redis is told, not asked
//! for: a shop serves without it.

use std::time::Duration;

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{app::App, platform::redis::Redis};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The health routes.
pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

async fn ready(State(app): State<App>) -> Response {
    let stopping = app.jobs.stopping().is_cancelled();
    let answered = tokio::time::timeout(PATIENCE, app.database.ping()).await;
    match answered {
        Ok(Ok(())) if !stopping => match app.redis.as_ref().map(Redis::works) {
            None => "ready\n".into_response(),
            Some(true) => "ready, Redis answers\n".into_response(),
            Some(false) => "ready, Redis does not answer\n".into_response(),
        },
        Ok(Ok(())) => unready("stopping\n"),
        Ok(Err(_)) | Err(_) => unready("the database does not answer\n"),
    }
}

fn unready(why: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, why).into_response()
}
