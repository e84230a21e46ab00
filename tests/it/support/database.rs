//! A database for one test: a copy of a migrated one, on the back end that the test command chose.

use std::{path::PathBuf, sync::Mutex};

use cartwright::{app, config::Settings, platform::Database};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// A database that goes when the test ends.
#[derive(Debug)]
pub struct TestDatabase {
    pub url: String,
    _folder: Option<TempDir>,
    mails: TempDir,
}

/// Whether this run is on PostgreSQL.
pub fn on_postgres() -> bool {
    std::env::var("CARTWRIGHT_TEST_BACKEND").is_ok_and(|backend| backend == "postgres")
}

/// The two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    /// The one that the test command chose for this run.
    pub fn of_this_run() -> Self {
        if on_postgres() { Self::Postgres } else { Self::Sqlite }
    }
}

impl TestDatabase {
    pub async fn new(backend: Backend, settings: impl Fn(String) -> Settings) -> Self {
        match backend {
            Backend::Sqlite => Self::sqlite(settings).await,
            Backend::Postgres => Self::postgres(settings).await,
        }
    }

    /// Where this shop's mails go.
    pub fn mails(&self) -> &std::path::Path {
        self.mails.path()
    }

    /// A database that somebody else removes.
    pub fn of_the_test(url: &str) -> Self {
        Self { url: url.to_owned(), _folder: None, mails: mails() }
    }

    /// A database that is there already, whoever takes it away.
    pub fn at(url: String) -> Self {
        Self { url, _folder: None, mails: mails() }
    }

    /// A database without tables, and the folder it goes with.
    pub fn empty_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: format!("sqlite://{}", folder.path().join("empty.db").display()),
            _folder: Some(folder),
            mails: mails(),
        }
    }

    /// A database without tables on the PostgreSQL server of this run.
    pub async fn empty_postgres(settings: impl Fn(String) -> Settings) -> Self {
        let server = std::env::var("CARTWRIGHT_TEST_POSTGRES_URL").expect("the test command sets the PostgreSQL URL");
        let name = format!("empty_{}", Uuid::now_v7().simple());
        create(&settings(server.clone()), &format!("CREATE DATABASE {name}")).await;
        Self::at(with_name(&server, &name))
    }

    async fn sqlite(settings: impl Fn(String) -> Settings) -> Self {
        static TEMPLATE: OnceCell<(PathBuf, Mutex<Option<TempDir>>)> = OnceCell::const_new();
        let (template, _) = TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let path = folder.path().join("template.db");
                migrated(&settings(format!("sqlite://{}", path.display()))).await;
                (path, Mutex::new(Some(folder)))
            })
            .await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("shop.db");
        std::fs::copy(template, &path).expect("the template is copied");
        Self { url: format!("sqlite://{}", path.display()), _folder: Some(folder), mails: mails() }
    }

    async fn postgres(settings: impl Fn(String) -> Settings) -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let server = std::env::var("CARTWRIGHT_TEST_POSTGRES_URL").expect("the test command sets the PostgreSQL URL");
        let template = TEMPLATE
            .get_or_init(|| async {
                let name = format!("template_{}", Uuid::now_v7().simple());
                create(&settings(server.clone()), &format!("CREATE DATABASE {name}")).await;
                migrated(&settings(with_name(&server, &name))).await;
                name
            })
            .await;
        let name = format!("shop_{}", Uuid::now_v7().simple());
        create(&settings(server.clone()), &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: with_name(&server, &name), _folder: None, mails: mails() }
    }
}

fn mails() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

async fn migrated(settings: &Settings) {
    let database = app::open_database(settings).await.expect("the template is migrated");
    database.close().await.expect("the template is closed");
}

async fn create(settings: &Settings, statement: &str) {
    let server =
        Database::connect(&settings.database_url, &settings.pool).await.expect("the PostgreSQL server answers");
    // Two copies of one template at a time collide; the second waits its turn here.
    for attempt in 0.. {
        match server.reader().execute_unprepared(statement).await {
            Ok(_) => break,
            Err(error) if attempt < 100 && error.to_string().contains("being accessed by other users") => {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            Err(error) => panic!("{statement}: {error}"),
        }
    }
    server.close().await.expect("the connection closes");
}

/// The URL of another database of the same server.
fn with_name(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, ""), |(base, query)| (base, query));
    let (server, _) = base.rsplit_once('/').expect("a URL with a database");
    if query.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{query}") }
}
