//! The server: routes, the one lock around the book, and the posting of webhooks.

mod posting;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::{Value, json};

use crate::{
    admin,
    answer::ApiError,
    api::{self, Caller, Desk},
    book::{Audit, Book},
    events::{Outbox, Told},
    faults::{Call, Fault, Script, Scripted, Twist},
    form::Form,
    idempotency::{Keys, Turn},
    intents, pages, refunds,
    signature::sign,
};

/// How a stand-in is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What its own pages' links begin with; `None`: the address listened on.
    pub public_url: Option<String>,
    /// Where its messages go.
    pub webhook_url: Option<String>,
    /// The secret that signs them.
    pub webhook_secret: String,
    /// Whether messages are posted by themselves; otherwise by [`StandIn::deliver`].
    pub posts_by_itself: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            webhook_url: None,
            webhook_secret: "whsec_stand_in".to_owned(),
            posts_by_itself: true,
        }
    }
}

#[derive(Debug, Default)]
struct Inside {
    book: Book,
    keys: Keys,
    script: Script,
    outbox: Outbox,
    /// Intents that finish later.
    late: Vec<(String, Instant)>,
    /// Questions that were answered.
    reads: usize,
    /// Messages that are being posted.
    posting: usize,
    /// Seconds by which its clock is ahead.
    ahead: i64,
    webhook_url: Option<String>,
}

#[derive(Debug)]
struct Parts {
    inside: Mutex<Inside>,
    address: SocketAddr,
    pages: String,
    webhook_secret: String,
    http: reqwest::Client,
    stop: tokio::sync::watch::Sender<bool>,
}

/// A running stand-in. Cheap to clone; it stops when [`StandIn::stop`] is called.
#[derive(Clone, Debug)]
pub struct StandIn(Arc<Parts>);

impl StandIn {
    /// Starts one.
    ///
    /// # Errors
    /// The address is taken.
    pub async fn start(options: Options) -> std::io::Result<Self> {
        // A client that could speak TLS wants its provider named, although this one never does. A second time is no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let (stop, mut stopped) = tokio::sync::watch::channel(false);
        let inside = Inside { webhook_url: options.webhook_url, ..Inside::default() };
        let stand_in = Self(Arc::new(Parts {
            inside: Mutex::new(inside),
            address,
            pages: options.public_url.unwrap_or_else(|| format!("http://{address}")),
            webhook_secret: options.webhook_secret,
            http: reqwest::Client::builder().no_proxy().build().map_err(std::io::Error::other)?,
            stop,
        }));
        let serving = axum::serve(listener, stand_in.router());
        tokio::spawn(async move {
            let stopped = async move { ended(&mut stopped).await };
            let _ = serving.with_graceful_shutdown(stopped).await;
        });
        if options.posts_by_itself {
            let (posting, mut stopped) = (stand_in.clone(), stand_in.0.stop.subscribe());
            tokio::spawn(async move {
                loop {
                    tokio::select! {
                        () = ended(&mut stopped) => break,
                        () = tokio::time::sleep(Duration::from_millis(50)) => posting.deliver_at_once(),
                    }
                }
            });
        }
        Ok(stand_in)
    }

    /// Stops serving and posting.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// Waits until it was stopped.
    pub async fn stopped(&self) {
        ended(&mut self.0.stop.subscribe()).await;
    }

    fn router(&self) -> Router {
        Router::new()
            .route("/v1/{*path}", any(answer))
            .route("/3d_secure_2/authenticate/{id}", get(pages::show).post(pages::decide))
            .route("/book", get(admin::book))
            .route("/told", get(admin::told))
            .route("/faults", post(admin::add_fault).delete(admin::clear_faults))
            .route("/refunds/settle", post(admin::settle_refunds))
            .route("/clock", post(admin::pass))
            .with_state(self.clone())
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.inside.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn at_desk<T>(&self, twist: Option<Twist>, work: impl FnOnce(&mut Desk<'_>) -> T) -> T {
        let mut inside = self.inside();
        let now = now(inside.ahead);
        let Inside { book, outbox, script, .. } = &mut *inside;
        work(&mut Desk { book, outbox, script, now, pages: &self.0.pages, twist })
    }

    /// The base URL for a client, with a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.0.address)
    }

    /// From now on messages go there.
    pub fn post_to(&self, url: impl Into<String>) {
        self.inside().webhook_url = Some(url.into());
    }

    /// Every intent, charge and refund.
    #[must_use]
    pub fn book(&self) -> Audit {
        self.inside().book.audit()
    }

    /// How many questions (`GET` of the API) were asked.
    #[must_use]
    pub fn reads(&self) -> usize {
        self.inside().reads
    }

    /// Every event that happened, the oldest first.
    #[must_use]
    pub fn told(&self) -> Vec<Told> {
        self.inside().outbox.told().to_vec()
    }

    /// Adds a fault to the script, for the next call of this kind.
    pub fn fault(&self, call: Call, fault: Fault) {
        self.script(Scripted { call, fault, count: 1 });
    }

    /// Adds to the script.
    pub fn script(&self, scripted: Scripted) {
        self.inside().script.add(scripted);
    }

    /// From now on everything works.
    pub fn behave(&self) {
        self.inside().script.clear();
    }

    /// What happens later to refunds happens now; returns how many changed.
    pub fn settle_refunds(&self) -> usize {
        self.at_desk(None, refunds::settle)
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.inside().ahead += seconds;
    }

    /// The signature header of a body that leaves now.
    #[must_use]
    pub fn signature(&self, body: &str) -> String {
        let now = now(self.inside().ahead);
        sign(&self.0.webhook_secret, now, body.as_bytes())
    }

    /// The shopper's answer on the authentication page; returns where to send them.
    #[must_use]
    pub fn authenticate(&self, id: &str, passed: bool) -> Option<String> {
        self.at_desk(None, |desk| {
            intents::authenticate(desk, id, passed);
            let intent = desk.book.intent(id)?;
            let back = intent.return_url.as_ref()?;
            let mark = if back.contains('?') { '&' } else { '?' };
            let (secret, status) = (&intent.client_secret, if passed { "succeeded" } else { "failed" });
            Some(format!(
                "{back}{mark}payment_intent={id}&payment_intent_client_secret={secret}&redirect_status={status}"
            ))
        })
    }

    /// Status, amount and currency of an intent.
    pub(crate) fn intent(&self, id: &str) -> Option<(&'static str, i64, String)> {
        let inside = self.inside();
        inside.book.intent(id).map(|intent| (intent.status, intent.amount, intent.currency.clone()))
    }
}

async fn ended(stopped: &mut tokio::sync::watch::Receiver<bool>) {
    // A sender that is gone is an end as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

fn now(ahead: i64) -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).unwrap_or(i64::MAX) + ahead
}

/// One call of the API.
async fn answer(
    State(stand_in): State<StandIn>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(caller) = caller(&headers) else {
        let why = "You did not provide an API key, or it is not one: use a test key (sk_test_ or pk_test_).";
        return reply(401, &ApiError::new(401, "invalid_request_error", why).body(), false);
    };
    let path: Vec<&str> = uri.path().trim_start_matches("/v1/").split('/').filter(|part| !part.is_empty()).collect();
    let text = if method == Method::GET { uri.query().unwrap_or_default().to_owned() } else { lossy(&body) };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).filter(|_| method == Method::POST);
    let call = Call::of(method.as_str(), &path);
    let fault = {
        let mut inside = stand_in.inside();
        if let Some(key) = key {
            match inside.keys.begin(key, &format!("{method} {} {text}", uri.path())) {
                Turn::Work => {}
                Turn::Replay(status, body) => return reply(status, &body, true),
                Turn::Refuse(error) => return reply(error.status, &error.body(), false),
            }
        }
        inside.reads += usize::from(call == Call::Read);
        inside.script.for_call(call)
    };
    let before = match &fault {
        Some(Fault::ErrorBeforeWork | Fault::ErrorKept) => Some(ApiError::internal()),
        Some(Fault::RateLimit) => {
            Some(ApiError::new(429, "invalid_request_error", "Request rate limit exceeded.").code("rate_limit"))
        }
        Some(Fault::KeyRefused) => Some(ApiError::new(401, "invalid_request_error", "Expired API Key provided.")),
        _ => None,
    };
    if let Some(error) = before {
        if let Some(key) = key {
            // What was not begun is not kept.
            let kept = if fault == Some(Fault::ErrorKept) { error.status } else { 429 };
            stand_in.inside().keys.end(key, kept, &error.body());
        }
        return reply(error.status, &error.body(), false);
    }
    let twist = match &fault {
        Some(Fault::Decline { reason }) => Some(Twist::Decline(reason.clone())),
        Some(Fault::WrongAmount) => Some(Twist::WrongAmount),
        Some(Fault::LateWork { .. }) => Some(Twist::Late),
        _ => None,
    };
    let form = Form::read(&text);
    let done = stand_in.at_desk(twist, |desk| api::call(desk, caller, method.as_str(), &path, &form));
    let (status, body) = match (&fault, done) {
        (Some(Fault::ErrorAfterWork), Ok(_)) => (500, ApiError::internal().body()),
        (_, Ok(body)) => (200, body),
        (_, Err(error)) => (error.status, error.body()),
    };
    if let Some(Fault::LateWork { milliseconds }) = &fault
        && let Some(id) = body["id"].as_str()
    {
        let at = Instant::now() + Duration::from_millis(*milliseconds);
        stand_in.inside().late.push((id.to_owned(), at));
    }
    if let Some(key) = key {
        stand_in.inside().keys.end(key, status, &body);
    }
    match fault {
        Some(Fault::SilenceAfterWork { milliseconds }) => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            reply(status, &body, false)
        }
        Some(Fault::CutAfterWork) => cut(),
        _ => reply(status, &body, false),
    }
}

/// An answer whose body breaks off at once, so that the client has a cut connection.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut on purpose")) });
    Response::new(Body::from_stream(broken))
}

fn caller(headers: &HeaderMap) -> Option<Caller> {
    let key = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    match key {
        key if key.starts_with("sk_test_") || key.starts_with("rk_test_") => Some(Caller::Secret),
        key if key.starts_with("pk_test_") => Some(Caller::Publishable),
        _ => None,
    }
}

fn reply(status: u16, body: &Value, replayed: bool) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let id = format!("req_{:016x}", rand::random::<u64>());
    let mut response = (status, [("request-id", id)], axum::Json(json!(body))).into_response();
    if replayed {
        response.headers_mut().insert("idempotent-replayed", axum::http::HeaderValue::from_static("true"));
    }
    response
}

fn lossy(body: &Bytes) -> String {
    String::from_utf8_lossy(body).into_owned()
}
