//! Another process of a shop's: it serves over HTTP, and its sandbox bank posts its messages to it.

use std::net::SocketAddr;

use cartwright::{
    app::{self, App},
    domain::{checkout, payment::sandbox},
    http::{self, Listening},
    platform::Database,
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{Answer, TestShop};

/// A process that listens. It stops when dropped.
pub struct Process {
    pub app: App,
    pub address: SocketAddr,
    client: reqwest::Client,
    _stop: oneshot::Sender<()>,
}

impl Process {
    /// The shop's own process, so to speak: the same pool and clock, but it can be reached. No background work runs.
    pub async fn of(shop: &TestShop) -> Self {
        Self::start(shop, shop.app.database.clone()).await
    }

    /// Another process over the same database, with connections of its own.
    pub async fn beside(shop: &TestShop) -> Self {
        Self::start(shop, app::connect(&shop.app.settings).await.expect("the database opens")).await
    }

    async fn start(shop: &TestShop, database: Database) -> Self {
        let listening = Listening::at(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
        let address = listening.address;
        let mut settings = shop.app.settings.clone();
        settings.server.listen = address;
        let app = App::new(settings, database, shop.app.sources.clone()).await.expect("the application starts");
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = app.clone();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            http::serve(listening, &serving, http::router(&serving), stopped).await;
        });
        Self { app, address, client: reqwest::Client::new(), _stop: stop }
    }

    /// Asks as a guest, over HTTP.
    pub async fn guest(&self, document: &str, variables: Value) -> Answer {
        let url = format!("http://{}/graphql", self.address);
        let request = self.client.post(url).header("content-type", "application/json");
        let body = json!({ "query": document, "variables": variables }).to_string();
        let answer = request.body(body).send().await.expect("an answer");
        Answer { body: serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON") }
    }

    /// Posts a message to the webhook route; returns the status.
    pub async fn message(&self, signature: Option<&str>, body: &str) -> u16 {
        let url = format!("http://{}/webhooks/sandbox", self.address);
        let mut request = self.client.post(url).header("content-type", "application/json");
        if let Some(signature) = signature {
            request = request.header(sandbox::SIGNATURE_HEADER, signature);
        }
        request.body(body.to_owned()).send().await.expect("an answer").status().as_u16()
    }

    /// Lets the bank post what is due, and the shop look at what came; returns how many messages came.
    pub async fn deliver(&self) -> usize {
        let mut posted = 0;
        loop {
            let now = sandbox::deliver_due(&self.app.sandbox).await.expect("the bank works");
            if now == 0 {
                break;
            }
            posted += now;
        }
        checkout::process_messages(&self.app.checkout()).await.expect("the messages are looked at");
        posted
    }
}
