//! The shop under test and who calls it.

use std::{net::SocketAddr, sync::Arc};

use async_graphql::{Request, Variables};
use cartwright::{
    app::{self, App},
    config::{Reader, Settings},
    domain::shared::Viewer,
    graphql::{
        self,
        context::{Budget, RequestContext},
    },
    platform::Sources,
};
use serde_json::Value;

use super::{Answer, Backend, database::TestDatabase};

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    pub viewer: Viewer,
    pub order_access_token: Option<String>,
}

impl Caller {
    pub fn guest() -> Self {
        Self { viewer: Viewer::Guest, order_access_token: None }
    }
}

/// A shop over a database of its own.
pub struct TestShop {
    pub app: App,
    schema: graphql::CartwrightSchema,
    database: Arc<TestDatabase>,
}

impl TestShop {
    /// A shop with short waits, so that time limits can be reached.
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// A shop whose background work does not run: for counting statements, and for running jobs by hand.
    pub async fn still() -> Self {
        Self::composed(&[]).await
    }

    /// A still shop on this database, whichever the run is on.
    pub async fn still_on(backend: Backend) -> Self {
        Self::listening_on(backend, &[], SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// A still shop with these settings beside.
    pub async fn still_with(extra: &[(&str, &str)]) -> Self {
        Self::composed(extra).await
    }

    /// A shop with these settings (`CARTWRIGHT_<NAME>`) beside.
    pub async fn with(extra: &[(&str, &str)]) -> Self {
        let shop = Self::composed(extra).await;
        cartwright::jobs::start_worker(&shop.app);
        cartwright::jobs::start_watching(&shop.app).await.expect("the watching starts");
        shop
    }

    async fn composed(extra: &[(&str, &str)]) -> Self {
        Self::listening(extra, SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// A shop that believes to be served at this address. Its background work does not run yet.
    pub async fn listening(extra: &[(&str, &str)], listen: SocketAddr) -> Self {
        Self::listening_on(Backend::of_this_run(), extra, listen).await
    }

    async fn listening_on(backend: Backend, extra: &[(&str, &str)], listen: SocketAddr) -> Self {
        let database = TestDatabase::new(backend, |url| settings(extra, listen, url)).await;
        Self::over(Arc::new(database), extra, listen).await
    }

    /// A still shop over a database that has one.
    pub async fn still_over(database: Arc<TestDatabase>) -> Self {
        Self::over(database, &[], SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Another process of the same shop: an application of its own over the same database.
    pub async fn beside(&self, extra: &[(&str, &str)], listen: SocketAddr) -> Self {
        Self::over(Arc::clone(&self.database), extra, listen).await
    }

    /// A shop over a database that the test owns; its tables are made when it has none.
    pub async fn at(url: &str, extra: &[(&str, &str)], listen: SocketAddr, sources: Sources) -> Self {
        let opened = app::open_database(&settings(extra, listen, url.to_owned())).await.expect("the database opens");
        opened.close().await.expect("closed");
        Self::composed_of(Arc::new(TestDatabase::of_the_test(url)), extra, listen, sources).await
    }

    async fn over(database: Arc<TestDatabase>, extra: &[(&str, &str)], listen: SocketAddr) -> Self {
        Self::composed_of(database, extra, listen, Sources::system()).await
    }

    async fn composed_of(
        database: Arc<TestDatabase>,
        extra: &[(&str, &str)],
        listen: SocketAddr,
        sources: Sources,
    ) -> Self {
        let mails = database.mails().display().to_string();
        let extra: Vec<(&str, &str)> =
            [("CARTWRIGHT_MAIL_FOLDER", &*mails)].into_iter().chain(extra.iter().copied()).collect();
        let settings = settings(&extra, listen, database.url.clone());
        let opened = app::connect(&settings).await.expect("the database opens");
        let app = App::new(settings, opened, sources).await.expect("the application starts");
        let shop = Self { app, schema: graphql::schema(true), database };
        // The stories are of buyers in Springfield and in Berlin; a new shop sells to its own country alone.
        shop.sells_to_if_new(&["US", "DE"]).await;
        shop
    }

    /// Where this shop's mails go unless its settings say otherwise.
    pub fn mails_folder(&self) -> &std::path::Path {
        self.database.mails()
    }

    /// What a request of this caller's knows.
    pub fn context(&self, caller: &Caller) -> RequestContext {
        RequestContext {
            app: self.app.clone(),
            viewer: caller.viewer,
            order_access_token: caller.order_access_token.clone(),
            request_id: "test".to_owned(),
            budget: Budget::new(self.app.settings.catalog.objects_per_execution),
        }
    }

    /// Asks as this caller.
    pub async fn ask(&self, caller: &Caller, document: &str, variables: Value) -> Answer {
        let context = self.context(caller);
        let request = Request::new(document).variables(Variables::from_json(variables));
        let body = match Box::pin(graphql::execute(&self.schema, request, context, None)).await {
            Ok(graphql_transport::Answer::Response(response)) => serde_json::to_value(response),
            Ok(graphql_transport::Answer::Written(written)) => serde_json::from_str(&written.body),
            Err(refusal) => Ok(refusal.body()),
        };
        Answer { body: body.expect("an answer is JSON") }
    }

    /// Asks as a guest.
    pub async fn guest(&self, document: &str, variables: Value) -> Answer {
        self.ask(&Caller::guest(), document, variables).await
    }

    /// How many SQL statements the shop ran while `work` was done.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.app.database.statement_count();
        let done = work.await;
        (done, self.app.database.statement_count() - before)
    }
}

fn settings(extra: &[(&str, &str)], listen: SocketAddr, url: String) -> Settings {
    let short = [
        ("CARTWRIGHT_SWEEP_INTERVAL_SECONDS", "0.1"),
        ("CARTWRIGHT_MAIL_INTERVAL_SECONDS", "0.1"),
        ("CARTWRIGHT_SANDBOX_LATE_SECONDS", "0.3"),
        // Races are about rules; what too many requests hear is tested on its own.
        ("CARTWRIGHT_REQUESTS_AT_ONCE", "500"),
        ("CARTWRIGHT_SHUTDOWN_GRACE_SECONDS", "0.2"),
        // Long enough for a busy machine to gather all keys of a level, so that statements can be counted.
        ("CARTWRIGHT_LOADER_WINDOW_SECONDS", "0.003"),
    ];
    let environment = short.iter().chain(extra).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    // PostgreSQL comes with Redis. Each shop has its own keys there.
    let redis = super::redis_url().map(|url| ("REDIS_URL".to_owned(), url));
    let environment = redis.into_iter().chain(environment);
    Settings::read(Reader::new(environment, None), url, listen).expect("valid settings")
}
