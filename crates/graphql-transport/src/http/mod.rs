//! Owns GraphQL over HTTP: the routes, and the order in which a request is looked at.

pub mod answer;
mod body;
pub mod negotiate;

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any},
};
use futures::FutureExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use tokio::time::Instant;

use self::{
    answer::Answer,
    negotiate::{Accepted, Media, negotiate},
};
use crate::{
    OperationType,
    backend::Backend,
    events,
    options::Options,
    params::Params,
    refusal::{BAD_REQUEST, Refusal},
    run::{Endpoint, Prepared},
    socket, sse,
};

/// The endpoint at `/graphql` and `/api/{version}/graphql(.json)`, all sharing one cache of persisted documents.
pub fn routes<B: Backend>(backend: B, options: Options) -> Router {
    let endpoint = Endpoint::new(backend, options);
    Router::new()
        .route("/graphql", any(handle::<B>))
        .route("/api/{version}/graphql", any(handle::<B>))
        .route("/api/{version}/graphql.json", any(handle::<B>))
        .with_state(endpoint)
}

/// The endpoint as a handler, to be mounted anywhere.
pub fn endpoint<B: Backend, S: Clone + Send + Sync + 'static>(backend: B, options: Options) -> MethodRouter<S> {
    any(handle::<B>).with_state(Endpoint::new(backend, options))
}

async fn handle<B: Backend>(State(endpoint): State<Arc<Endpoint<B>>>, request: Request) -> Response {
    let deadline = Instant::now() + endpoint.options.limits.request_time;
    if request.method() == Method::OPTIONS {
        // Preflights are the business of a CORS layer in front.
        return (StatusCode::NO_CONTENT, [(header::ALLOW, ALLOWED)]).into_response();
    }
    let is_get = request.method() == Method::GET;
    if !is_get && request.method() != Method::POST {
        return wrong_method("the method must be GET or POST", ALLOWED).into_response();
    }
    let (parts, body) = request.into_parts();
    if is_get && asks_for_socket(&parts.headers) {
        return socket::upgrade(endpoint, parts);
    }
    let ide = endpoint.options.ide.as_ref().filter(|_| is_get);
    let Some(accepted) = negotiate(&parts.headers, ide.is_some()) else {
        return not_acceptable(
            "the answer can be application/graphql-response+json, application/json or text/event-stream",
        )
        .into_response();
    };
    if let (Media::Html, Some(ide)) = (accepted.media, ide) {
        return ide(&parts);
    }
    // What the backend does is guarded by itself; this is for a panic of the parser's, which must not cut the connection.
    let answering = AssertUnwindSafe(answer(&endpoint, &parts, body, accepted, deadline)).catch_unwind();
    let outcome = answering.await.unwrap_or_else(|panic| Err(endpoint.panicked(Some(&parts), panic.as_ref())));
    outcome.unwrap_or_else(|refusal| answer::refuse(&refusal, accepted.media))
}

async fn answer<B: Backend>(
    endpoint: &Arc<Endpoint<B>>,
    parts: &Parts,
    body: axum::body::Body,
    accepted: Accepted,
    deadline: Instant,
) -> Result<Response, Refusal> {
    let params = if parts.method == Method::GET {
        Params::from_query_string(parts.uri.query().unwrap_or_default())?
    } else {
        let most_bytes = endpoint.options.limits.body_bytes;
        body::check_headers(&parts.headers, most_bytes)?;
        Params::from_json(&body::read(body, most_bytes, deadline).await?)?
    };
    let prepared = endpoint.prepare(params)?;
    let media = transport(&prepared, &parts.method, accepted)?;
    let session = endpoint.guarded(endpoint.backend.authenticate(parts), Some(parts), deadline).await?;
    if prepared.operation.kind == OperationType::Subscription {
        let events = events::of(endpoint, prepared, session.clone());
        return Ok(sse::stream(endpoint.clone(), session, events));
    }
    let request = prepared.request;
    let answer = endpoint.execute(request, session.clone(), Some(parts), deadline).await?;
    if media == Media::EventStream {
        let headers = match &answer {
            Answer::Response(response) => response.http_headers.clone(),
            Answer::Written(written) => written.headers.clone(),
        };
        let mut stream = sse::stream(endpoint.clone(), session, events::of_answer(answer));
        stream.headers_mut().extend(headers);
        return Ok(stream);
    }
    Ok(answer::respond(&endpoint.backend, answer, media))
}

/// Whether this kind of operation may come this way, and what it is answered as.
fn transport(prepared: &Prepared, method: &Method, accepted: Accepted) -> Result<Media, Refusal> {
    match prepared.operation.kind {
        OperationType::Query => Ok(accepted.media),
        OperationType::Mutation if method == Method::GET => {
            Err(wrong_method("mutations go by POST", HeaderValue::from_static("POST")))
        }
        OperationType::Mutation => Ok(accepted.media),
        OperationType::Subscription if accepted.events => Ok(Media::EventStream),
        OperationType::Subscription => {
            Err(not_acceptable("subscriptions are answered as text/event-stream, or over a WebSocket"))
        }
    }
}

fn asks_for_socket(headers: &HeaderMap) -> bool {
    headers.get(header::UPGRADE).is_some_and(|protocol| protocol.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

const ALLOWED: HeaderValue = HeaderValue::from_static("GET, POST, OPTIONS");

fn wrong_method(message: &'static str, allowed: HeaderValue) -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, BAD_REQUEST, message).with_header(header::ALLOW, allowed)
}

fn not_acceptable(message: &'static str) -> Refusal {
    Refusal::new(StatusCode::NOT_ACCEPTABLE, BAD_REQUEST, message)
}
