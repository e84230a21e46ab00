//! What stands behind the GraphQL transport: who is calling, and the schema.

use std::time::Duration;

use async_graphql::{Executor, Request, Response, ServerError, Value};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use futures::{StreamExt, stream::BoxStream};
use graphql_transport::{Answer, Backend, CancellationToken, Refusal};
use uuid::Uuid;

use super::{request_id::RequestId, unavailable, viewer};
use crate::{
    app::App,
    domain::{
        auth::ViewerError,
        shared::{Error, Viewer},
    },
    graphql::{
        self, CartwrightSchema,
        context::{Budget, RequestContext},
        errors::UNAVAILABLE,
    },
};

/// The application behind the transport.
#[derive(Clone)]
pub struct GraphqlBackend {
    app: App,
    schema: CartwrightSchema,
}

/// What authentication made of a request.
#[derive(Clone)]
pub struct Session {
    viewer: Viewer,
    /// What the viewer was made of, so that a long connection can be checked again.
    authorization: Option<String>,
    order_access_token: Option<String>,
    request_id: String,
    /// The text of the header `Idempotency-Key`; empty, which is no key, where it is no text or stands twice.
    idempotency_key: Option<String>,
}

/// The header of a client's key of one attempt.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// How long the question whether a long connection's session still holds may take.
const STILL_VALID_PATIENCE: Duration = Duration::from_secs(2);

/// The header of a guest's order token.
const ORDER_TOKEN: &str = "x-order-access-token";

impl GraphqlBackend {
    /// A backend of this application.
    pub fn new(app: App, schema: CartwrightSchema) -> Self {
        Self { app, schema }
    }

    fn context(&self, session: Session) -> RequestContext {
        RequestContext {
            app: self.app.clone(),
            viewer: session.viewer,
            order_access_token: session.order_access_token,
            request_id: session.request_id,
            budget: Budget::new(self.app.settings.catalog.objects_per_execution),
        }
    }

    async fn session(
        &self,
        parts: &Parts,
        authorization: Option<String>,
        order_access_token: Option<String>,
    ) -> Result<Session, Refusal> {
        let viewer = match &authorization {
            Some(value) => viewer::of_authorization(&self.app, value).await,
            None => viewer::of_headers(&self.app, &parts.headers).await,
        };
        let authorization = authorization.or_else(|| header_text(&parts.headers, header::AUTHORIZATION.as_str()));
        let id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let request_id = id.unwrap_or_else(|| self.app.sources.id::<Uuid>().simple().to_string());
        let viewer = viewer.map_err(|error| refuse(error, &request_id))?;
        let mut keys = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let idempotency_key = keys.next().map(|key| match (key.to_str(), keys.next()) {
            (Ok(key), None) => key.to_owned(),
            (Err(_), _) | (_, Some(_)) => String::new(),
        });
        Ok(Session { viewer, authorization, order_access_token, request_id, idempotency_key })
    }
}

impl Backend for GraphqlBackend {
    type Session = Session;

    async fn authenticate(&self, parts: &Parts) -> Result<Session, Refusal> {
        self.session(parts, None, header_text(&parts.headers, ORDER_TOKEN)).await
    }

    async fn authenticate_socket(&self, parts: &Parts, payload: serde_json::Value) -> Result<Session, Refusal> {
        // Browsers cannot set headers on a socket, so the first message may carry what a header would.
        let text = |names: &[&str]| {
            let found = names.iter().find_map(|name| payload.get(*name).and_then(|value| value.as_str()));
            found.map(str::to_owned)
        };
        let authorization = text(&["Authorization", "authorization"]);
        let token = text(&["orderAccessToken", "X-Order-Access-Token", ORDER_TOKEN]);
        self.session(parts, authorization, token.or_else(|| header_text(&parts.headers, ORDER_TOKEN))).await
    }

    async fn still_valid(&self, session: &Session) -> bool {
        let Some(authorization) = &session.authorization else { return true };
        let asked = viewer::of_authorization(&self.app, authorization);
        match tokio::time::timeout(STILL_VALID_PATIENCE, asked).await {
            Ok(Ok(viewer)) => viewer == session.viewer,
            Ok(Err(ViewerError::InvalidToken)) => false,
            // Whether it holds is not known now; it is asked again soon.
            Ok(Err(ViewerError::Fault(_))) | Err(_) => true,
        }
    }

    async fn execute(&self, request: Request, mut session: Session) -> Result<Answer, Refusal> {
        let request_id = session.request_id.clone();
        let key = session.idempotency_key.take();
        // Where the request is known to be honest and nothing of it has run. Sockets' queries come this way too;
        // subscriptions, messages of gateways and health do not, because they must not starve.
        let turn = self.app.admission.enter().await.map_err(|_| unavailable::busy(&request_id))?;
        match turn.run(graphql::execute(&self.schema, request, self.context(session), key)).await? {
            Answer::Response(response) if nothing_but_outage(&response) => Err(unavailable::now(&request_id)),
            answer => Ok(answer),
        }
    }

    fn subscribe(&self, request: Request, session: Session) -> BoxStream<'static, Response> {
        let request = graphql::prepare(request, self.context(session));
        Executor::execute_stream(&self.schema, request, None).boxed()
    }

    fn shutdown(&self) -> CancellationToken {
        self.app.jobs.stopping().clone()
    }

    fn status(&self, code: &str) -> Option<StatusCode> {
        match code {
            "UNAUTHENTICATED" => Some(StatusCode::UNAUTHORIZED),
            "FORBIDDEN" => Some(StatusCode::FORBIDDEN),
            "NOT_FOUND" => Some(StatusCode::NOT_FOUND),
            "QUERY_TOO_COMPLEX" => Some(StatusCode::BAD_REQUEST),
            "VERSION_CONFLICT" | "IDEMPOTENCY_IN_PROGRESS" => Some(StatusCode::CONFLICT),
            "CURSOR_EXPIRED" => Some(StatusCode::GONE),
            "IDEMPOTENCY_KEY_REUSED" => Some(StatusCode::UNPROCESSABLE_ENTITY),
            UNAVAILABLE => Some(StatusCode::SERVICE_UNAVAILABLE),
            "INTERNAL_SERVER_ERROR" => Some(StatusCode::INTERNAL_SERVER_ERROR),
            _ => None,
        }
    }

    fn timed_out(&self, parts: Option<&Parts>) -> Option<String> {
        let id = parts.and_then(|parts| parts.extensions.get::<RequestId>()).map(|id| id.0.clone());
        tracing::warn!(request_id = id.as_deref().unwrap_or(""), "a request took too long and was given up");
        id
    }

    fn panicked(&self, parts: Option<&Parts>, cause: &str) -> Option<String> {
        let id = parts.and_then(|parts| parts.extensions.get::<RequestId>()).map(|id| id.0.clone());
        tracing::error!(request_id = id.as_deref().unwrap_or(""), cause, "a resolver panicked");
        id
    }
}

fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Whether every root field is null and an outage is why: then nothing was answered, and the request as a whole is refused
/// with 503, which clients and load balancers understand. One that was answered in part is answered with what there is.
fn nothing_but_outage(response: &Response) -> bool {
    let by_outage = |error: &ServerError| {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        matches!(code, Some(Value::String(code)) if code == UNAVAILABLE)
    };
    let nothing = match &response.data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        _ => false,
    };
    nothing && response.errors.iter().any(by_outage)
}

fn refuse(error: ViewerError, request_id: &str) -> Refusal {
    match error {
        ViewerError::InvalidToken => Refusal::new(
            StatusCode::UNAUTHORIZED,
            "UNAUTHENTICATED",
            "the access token is not valid (any more); sign in or renew it",
        )
        .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\"")),
        ViewerError::Fault(Error::Unavailable(cause)) => {
            tracing::warn!(request_id, error = format!("{cause:#}"), "a viewer could not be looked up");
            unavailable::now(request_id)
        }
        ViewerError::Fault(error) => {
            tracing::error!(request_id, error = %error, "a viewer could not be looked up");
            Refusal::internal(Some(request_id.to_owned()))
        }
    }
}
