//! Owns the shop in miniature that the tests talk to, and short ways to talk to it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_graphql::{Context, Executor, Object, Request, Response, Schema, ServerError, Subscription};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use futures::{
    Stream,
    stream::{self, BoxStream, StreamExt},
};
use graphql_transport::{Backend, CancellationToken, Limits, Options, Origins, Refusal, routes};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

pub struct Item(pub i32);

#[Object]
impl Item {
    async fn id(&self) -> i32 {
        self.0
    }
    async fn name(&self, #[graphql(default)] upper: bool) -> String {
        if upper { "LAMP".to_owned() } else { "lamp".to_owned() }
    }
    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        self.0
    }
    async fn related(&self) -> Vec<Item> {
        vec![Item(self.0 + 1)]
    }
    async fn next(&self) -> Option<Item> {
        Some(Item(self.0 + 1))
    }
    async fn broken(&self) -> async_graphql::Result<i32> {
        Err("broken".into())
    }
    async fn absent(&self, ctx: &Context<'_>) -> Option<i32> {
        ctx.add_error(ctx.set_error_path(ServerError::new("absent", Some(ctx.item.pos))));
        None
    }
}

pub struct Query;

impl Query {
    /// Not a constant, or the compiler would warn of what cannot be reached.
    fn explodes(&self) -> bool {
        true
    }
}

#[Object]
impl Query {
    async fn item(&self, #[graphql(default = 1)] id: i32) -> Option<Item> {
        Some(Item(id))
    }
    async fn must(&self) -> Item {
        Item(1)
    }
    async fn numbers(&self, of: Vec<i32>) -> Vec<i32> {
        of
    }
    async fn echo(&self, text: Option<String>) -> Option<String> {
        text
    }
    async fn panics(&self) -> i32 {
        if self.explodes() {
            panic!("a secret of the server's");
        }
        1
    }
    async fn sleeps(&self) -> i32 {
        tokio::time::sleep(Duration::from_secs(3_600)).await;
        1
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    /// Counts its calls, so that a test sees how often it ran.
    async fn pay(&self, ctx: &Context<'_>, #[graphql(default)] amount: i32) -> usize {
        let _ = amount;
        ctx.data_unchecked::<Arc<AtomicUsize>>().fetch_add(1, Ordering::SeqCst) + 1
    }
    async fn sign_in(&self) -> bool {
        true
    }
}

pub struct Live;

#[Subscription]
impl Live {
    async fn counted(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }
    async fn forever(&self) -> impl Stream<Item = i32> {
        stream::once(async { 1 }).chain(stream::pending())
    }
    async fn flood(&self) -> impl Stream<Item = String> {
        stream::repeat_with(|| "x".repeat(20_000))
    }
    async fn refuses(&self) -> async_graphql::Result<impl Stream<Item = i32> + use<>> {
        if Query.explodes() { Err("not for you".into()) } else { Ok(stream::iter([1])) }
    }
    /// A required field of the first event fails.
    async fn broken(&self) -> impl Stream<Item = Item> {
        stream::iter([Item(1), Item(2)])
    }
    async fn collapses(&self) -> impl Stream<Item = i32> {
        stream::iter(1..).map(|number| if number < 2 { number } else { panic!("a secret of the server's") })
    }
}

pub type TestSchema = Schema<Query, Mutation, Live>;

pub fn schema() -> TestSchema {
    Schema::build(Query, Mutation, Live).disable_suggestions().finish()
}

/// A shop whose session is the name in `Authorization`.
#[derive(Clone)]
pub struct Shop {
    pub schema: TestSchema,
    pub paid: Arc<AtomicUsize>,
    pub executed: Arc<AtomicUsize>,
    pub valid: Arc<std::sync::atomic::AtomicBool>,
    pub shutdown: CancellationToken,
}

impl Shop {
    pub fn new() -> Self {
        Self {
            schema: schema(),
            paid: Arc::default(),
            executed: Arc::default(),
            valid: Arc::new(true.into()),
            shutdown: CancellationToken::new(),
        }
    }

    pub fn routes(&self, limits: Limits) -> Router {
        routes(self.clone(), options(limits))
    }
}

pub fn options(limits: Limits) -> Options {
    Options {
        introspection: true,
        ide: None,
        origins: Origins::List(vec!["https://shop.example".to_owned()]),
        limits: Limits { lonely_fields: vec!["signIn"], ..limits },
    }
}

fn admit(token: Option<&str>) -> Result<String, Refusal> {
    match token {
        Some("bad") => Err(Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "the token is not valid")),
        Some("down") => Err(Refusal::timed_out()),
        Some(token) => Ok(token.to_owned()),
        None => Ok("guest".to_owned()),
    }
}

impl Backend for Shop {
    type Session = String;

    async fn authenticate(&self, parts: &Parts) -> Result<String, Refusal> {
        admit(parts.headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or("bad")))
    }

    async fn authenticate_socket(&self, _: &Parts, payload: Value) -> Result<String, Refusal> {
        admit(payload.get("token").and_then(Value::as_str))
    }

    async fn still_valid(&self, _: &String) -> bool {
        self.valid.load(Ordering::SeqCst)
    }

    async fn execute(&self, request: Request, _: String) -> Result<graphql_transport::Answer, Refusal> {
        self.executed.fetch_add(1, Ordering::SeqCst);
        Ok(self.schema.execute(request.data(self.paid.clone())).await.into())
    }

    fn subscribe(&self, request: Request, _: String) -> BoxStream<'static, Response> {
        Executor::execute_stream(&self.schema, request, None)
    }

    fn shutdown(&self) -> CancellationToken {
        self.shutdown.clone()
    }

    fn status(&self, code: &str) -> Option<StatusCode> {
        (code == "NOT_FOUND").then_some(StatusCode::NOT_FOUND)
    }

    fn panicked(&self, _: Option<&Parts>, _: &str) -> Option<String> {
        Some("request-7".to_owned())
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("the answer is JSON")
    }
    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub async fn send(router: &Router, request: http::Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("routers are infallible");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("the body ends").to_bytes();
    let text = String::from_utf8(bytes.to_vec()).expect("answers are UTF-8");
    Answer { status: parts.status.as_u16(), headers: parts.headers, text }
}

/// Posts a body as JSON with an `Accept` header.
pub async fn post_raw(router: &Router, accept: &str, body: impl Into<Body>) -> Answer {
    let request = http::Request::post("/graphql")
        .header("content-type", "application/json")
        .header("accept", accept)
        .body(body.into())
        .expect("the request is well-formed");
    send(router, request).await
}

pub const STRICT: &str = "application/graphql-response+json";

/// Posts a request with strict statuses.
pub async fn post(router: &Router, body: Value) -> Answer {
    post_raw(router, STRICT, body.to_string()).await
}

/// Posts a query with strict statuses.
pub async fn query(router: &Router, query: &str) -> Answer {
    post(router, json!({ "query": query })).await
}

pub async fn get(router: &Router, accept: &str, parameters: &[(&str, &str)]) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let request = http::Request::get(format!("/graphql?{query}"))
        .header("accept", accept)
        .body(Body::empty())
        .expect("the request is well-formed");
    send(router, request).await
}
