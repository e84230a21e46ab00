//! A real server for one test, on a free port of the loopback, and a client that talks to it over HTTP.

use std::net::SocketAddr;

use cartwright::{
    domain::auth::{Audience, Role},
    http::{self, Listening},
    platform::Sources,
};
use reqwest::{Client, Method, RequestBuilder, header::HeaderMap};
use serde_json::{Value, json};
use tokio::{sync::oneshot, task::JoinHandle};

use super::{Answer, TestShop};

/// Who talks to the server, by the headers they send.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub access_token: Option<String>,
    pub order_access_token: Option<String>,
}

impl Visitor {
    pub fn guest() -> Self {
        Self::default()
    }

    pub fn signed_in(access_token: impl Into<String>) -> Self {
        Self { access_token: Some(access_token.into()), ..Self::default() }
    }

    /// A guest who keeps the token of an order.
    pub fn of_order(order_access_token: impl Into<String>) -> Self {
        Self { order_access_token: Some(order_access_token.into()), ..Self::default() }
    }

    pub fn dress(&self, mut request: RequestBuilder) -> RequestBuilder {
        if let Some(token) = &self.access_token {
            request = request.bearer_auth(token);
        }
        if let Some(token) = &self.order_access_token {
            request = request.header("x-order-access-token", token);
        }
        request
    }
}

/// An answer of the server, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The code of the first error.
    #[track_caller]
    pub fn code(&self) -> String {
        self.answer().code()
    }

    #[track_caller]
    pub fn answer(&self) -> Answer {
        Answer { body: self.json() }
    }
}

/// A shop that is served. It stops serving when it is dropped.
pub struct Server {
    pub shop: TestShop,
    pub address: SocketAddr,
    pub client: Client,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl Server {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// A server with these settings (`CARTWRIGHT_<NAME>`) beside.
    pub async fn with(extra: &[(&str, &str)]) -> Self {
        let listening = listen().await;
        let shop = TestShop::listening(extra, listening.address).await;
        Self::serve(listening, shop, true).await
    }

    /// A server whose background work does not run: for counting statements.
    pub async fn still() -> Self {
        Self::still_with(&[]).await
    }

    /// A still server with these settings beside.
    pub async fn still_with(extra: &[(&str, &str)]) -> Self {
        let listening = listen().await;
        let shop = TestShop::listening(extra, listening.address).await;
        Self::serve(listening, shop, false).await
    }

    /// A server over the database of a URL, which the test owns.
    pub async fn over(url: &str, extra: &[(&str, &str)]) -> Self {
        let listening = listen().await;
        let shop = TestShop::at(url, extra, listening.address, Sources::system()).await;
        Self::serve(listening, shop, true).await
    }

    /// Another process of the same shop, on a machine with this clock.
    pub async fn beside_with_clock(&self, sources: Sources) -> Self {
        let listening = listen().await;
        let shop = TestShop::at(&self.shop.app.settings.database_url, &[], listening.address, sources).await;
        Self::serve(listening, shop, true).await
    }

    /// Another process of the same shop.
    pub async fn beside(&self) -> Self {
        self.beside_with(&[]).await
    }

    /// Another process of the same shop, with these settings beside.
    pub async fn beside_with(&self, extra: &[(&str, &str)]) -> Self {
        let listening = listen().await;
        let shop = self.shop.beside(extra, listening.address).await;
        Self::serve(listening, shop, true).await
    }

    async fn serve(listening: Listening, shop: TestShop, working: bool) -> Self {
        if working {
            cartwright::jobs::start_worker(&shop.app);
            cartwright::jobs::start_watching(&shop.app).await.expect("the watching starts");
        }
        let address = listening.address;
        let (stop, stopped) = oneshot::channel::<()>();
        let (app, router) = (shop.app.clone(), http::router(&shop.app));
        let serving = tokio::spawn(async move {
            let stopped = async {
                // A test that ends without a word has stopped as well.
                let _ = stopped.await;
            };
            http::serve(listening, &app, router, stopped).await;
        });
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let client = client.build().expect("a client");
        Self { shop, address, client, stop: Some(stop), serving: Some(serving) }
    }

    /// Stops as SIGTERM does, and waits until it is done.
    pub async fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody hears it when serving is over already.
            let _ = stop.send(());
        }
        if let Some(serving) = self.serving.take() {
            serving.await.expect("serving ends well");
        }
    }

    /// Tells the server to stop and does not wait.
    pub fn begin_stop(&mut self) -> JoinHandle<()> {
        let stop = self.stop.take().expect("it runs");
        stop.send(()).expect("it listens");
        self.serving.take().expect("it runs")
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// Sends a request; every answer has to have an id.
    #[track_caller]
    pub fn send(&self, request: RequestBuilder) -> impl Future<Output = Reply> {
        let place = std::panic::Location::caller();
        async move {
            let response = request.send().await.unwrap_or_else(|error| panic!("{place}: {error:?}"));
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            assert_eq!(headers.get_all("x-request-id").iter().count(), 1, "{place}: an answer without its id");
            let body = response.bytes().await.unwrap_or_else(|error| panic!("{place}: {error:?}")).to_vec();
            Reply { status, headers, body }
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    /// Posts a GraphQL request with statuses that tell how it went.
    pub async fn post(&self, visitor: &Visitor, body: Value) -> Reply {
        let request = self.request(Method::POST, "/graphql").header("accept", "application/graphql-response+json");
        self.send(visitor.dress(request.json(&body))).await
    }

    /// Asks as this visitor.
    pub async fn graphql(&self, visitor: &Visitor, document: &str, variables: Value) -> Answer {
        self.post(visitor, json!({ "query": document, "variables": variables })).await.answer()
    }

    /// A new customer with this address, signed in.
    pub async fn customer(&self, email: &str) -> Visitor {
        self.shop.account(email, Role::Customer).await;
        Visitor::signed_in(self.shop.sign_in(email, Audience::Storefront).await.tokens.access_token)
    }

    /// A new staff member who may do everything, signed in.
    pub async fn admin(&self) -> Visitor {
        self.shop.account("admin@example.com", Role::Admin).await;
        Visitor::signed_in(self.shop.sign_in("admin@example.com", Audience::Staff).await.tokens.access_token)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shop.app.jobs.stopping().cancel();
        if let Some(serving) = self.serving.take() {
            serving.abort();
        }
    }
}

async fn listen() -> Listening {
    Listening::at(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port")
}
