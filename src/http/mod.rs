//! The edge that speaks HTTP: routes, and the middleware around them with the reason for its order.

mod assets;
mod backend;
mod content;
mod health;
mod invoices;
mod pages;
mod pictures;
mod request_id;
mod sandbox;
mod serve;
mod unavailable;
pub mod viewer;
mod webhooks;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use graphql_transport::{Limits, Options, Origins};
pub use serve::{Listening, serve};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowHeaders, Any, CorsLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::{
    app::App,
    config::{Mode, Server},
    graphql,
};

/// Fields of which a mutation may hold one: each call is a guess at a secret.
const LONELY_FIELDS: [&str; 9] = [
    "customerAccessTokenCreate",
    "customerAccessTokenRenew",
    "customerCreate",
    "staffAccessTokenCreate",
    "staffAccessTokenRenew",
    "cartDiscountCodesUpdate",
    "cartGiftCardCodesAdd",
    "cartGiftCardCodesRemove",
    "cartGiftCardCodesUpdate",
];

/// Every route of the server.
pub fn router(app: &App) -> Router {
    let server = &app.settings.server;
    let development = server.mode == Mode::Development;
    let options = Options {
        introspection: development,
        ide: development.then(|| pages::graphiql()),
        origins: origins(server, &app.public_url),
        limits: Limits {
            request_time: server.request_timeout,
            session_poll: app.settings.auth.session_poll,
            lonely_fields: LONELY_FIELDS.to_vec(),
            ..Limits::default()
        },
    };
    let backend = backend::GraphqlBackend::new(app.clone(), graphql::schema(development));
    let graphql = graphql_transport::routes(backend, options);

    // The GraphQL routes have their own time limit, which spares subscriptions.
    let plain = Router::new()
        .route("/", get(pages::landing))
        .route("/checkout/{cart}", get(pages::checkout))
        .route("/invoices/{file}", get(invoices::document))
        .route("/assets/{*path}", get(assets::asset))
        .route("/media/demo/{file}", get(pictures::demo_picture))
        .merge(content::routes())
        .merge(sandbox::routes())
        .merge(webhooks::routes())
        .merge(health::routes())
        .layer(time_limit(server))
        .with_state(app.clone());

    // From the inside out: panics become answers before anything else sees them; every 503 says when to come back; compression only sees what is sent;
    // CORS answers preflights without running anything; the request id is outermost, so that every answer has one.
    plain
        .merge(graphql)
        .fallback(not_found)
        .layer(CatchPanicLayer::custom(request_id::panicked))
        .layer(axum::middleware::map_response(unavailable::come_back))
        .layer(CompressionLayer::new())
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::REFERRER_POLICY,
            HeaderValue::from_static("strict-origin-when-cross-origin"),
        ))
        .layer(cors(server))
        .layer(axum::middleware::from_fn_with_state(app.clone(), request_id::give))
}

fn time_limit(server: &Server) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, server.request_timeout)
}

async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here. The API is at /graphql, a page for people at /.\n").into_response()
}

/// Which pages may open a socket: those that are listed, and the server's own, which stand at its public address.
fn origins(server: &Server, public_url: &str) -> Origins {
    match server.mode {
        Mode::Development => Origins::Any,
        Mode::Production => {
            let own = public_url.parse::<Uri>().ok();
            let own = own.and_then(|own| Some(format!("{}://{}", own.scheme()?, own.authority()?)));
            Origins::List(server.allowed_origins.iter().cloned().chain(own).collect())
        }
    }
}

/// Which web pages may call from a browser. No cookie carries authority here, so no credentials are ever allowed.
fn cors(server: &Server) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .expose_headers([
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static("idempotent-replayed"),
            header::RETRY_AFTER,
        ])
        .max_age(Duration::from_secs(3_600));
    match server.mode {
        Mode::Development => layer.allow_origin(Any).allow_headers(Any),
        Mode::Production => {
            let listed = server.allowed_origins.iter().filter_map(|origin| origin.parse().ok());
            // Published clients send headers of their own. A listed front end may send any: nothing is read from cookies.
            layer.allow_origin(listed.collect::<Vec<HeaderValue>>()).allow_headers(AllowHeaders::mirror_request())
        }
    }
}

/// The page for browsers, as the transport wants it.
type Page = Arc<dyn Fn(&axum::http::request::Parts) -> Response + Send + Sync>;

/// What a process that only does background work answers: health, and the messages of gateways, because the sandbox bank
/// of this process posts them here.
pub fn worker_router(app: &App) -> Router {
    health::routes()
        .merge(webhooks::routes())
        .layer(time_limit(&app.settings.server))
        .layer(axum::middleware::map_response(unavailable::come_back))
        .with_state(app.clone())
}
