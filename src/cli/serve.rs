//! `cartwright serve`: the API and the background work, until SIGINT or SIGTERM.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use sea_orm::DbBackend;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::Common;
use crate::{
    app::{self, App},
    config::Mode,
    demo, http,
    http::Listening,
    jobs,
    platform::Sources,
};

/// How long the database may take to say goodbye.
const CLOSING_PATIENCE: Duration = Duration::from_secs(3);

/// The stack of a worker thread. An unoptimised build of a checkout needs more than the usual 2 MiB; what is not used takes no
/// memory.
const WORKER_STACK: usize = 4 * 1024 * 1024;

/// What one process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Answers requests.
    Api,
    /// Does background work: publishes events, frees expired stock, chases payments.
    Worker,
}

/// The flags of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Address to listen on.
    #[arg(long, env = "CARTWRIGHT_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// What this process does.
    #[arg(long, env = "CARTWRIGHT_ROLES", value_enum, value_delimiter = ',', default_value = "api,worker")]
    roles: Vec<Role>,
}

/// Serves until it is told to stop.
///
/// # Errors
/// A broken configuration, an address in use, a database that does not answer.
pub fn run(common: &Common, arguments: &ServeArguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(WORKER_STACK).enable_all().build()?;
    runtime.block_on(serve(common, arguments))
}

async fn serve(common: &Common, arguments: &ServeArguments) -> anyhow::Result<()> {
    let started = Instant::now();
    // Checked before anything is opened, so that a mistake costs nothing.
    common.settings(arguments.listen)?;
    let listening = Listening::at(arguments.listen).await;
    let listening = listening
        .with_context(|| format!("cannot listen on {}; choose another address with --listen", arguments.listen))?;
    let settings = common.settings(listening.address)?;
    let database = app::open_database(&settings).await?;
    let app = App::new(settings, database, Sources::system()).await?;
    let welcome = first_start(&app).await?;
    if arguments.roles.contains(&Role::Worker) {
        jobs::start_worker(&app);
    } else {
        jobs::start_announcing(&app);
    }
    jobs::start_watching(&app).await?;
    let router = if arguments.roles.contains(&Role::Api) {
        print_banner(&app, listening.address, welcome.as_ref());
        http::router(&app)
    } else {
        http::worker_router(&app)
    };
    tracing::info!(address = %listening.address, roles = ?arguments.roles, after = ?started.elapsed(), "ready");
    let (stop, at_once) = signals()?;
    tokio::select! {
        () = http::serve(listening, &app, router, stop.cancelled_owned()) => {}
        () = at_once.cancelled_owned() => {
            tracing::warn!("told again to stop: requests in flight are cut off");
            return Ok(());
        }
    }
    // A database that is away must not keep the process.
    let closed = tokio::time::timeout(CLOSING_PATIENCE, app.database.clone().close()).await;
    closed.context("the database did not close in time")?.context("the database did not close cleanly")
}

/// On an empty embedded database: the demo shop and its staff account.
async fn first_start(app: &App) -> anyhow::Result<Option<demo::Welcome>> {
    let wanted = app.database.backend() == DbBackend::Sqlite && app.settings.server.mode == Mode::Development;
    if !wanted || !demo::is_empty(app).await? {
        return Ok(None);
    }
    Ok(Some(demo::open(app).await?))
}

/// Cancelled by the first and by the second SIGINT or SIGTERM: stop, and stop at once.
fn signals() -> anyhow::Result<(CancellationToken, CancellationToken)> {
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let (stop, at_once) = (CancellationToken::new(), CancellationToken::new());
    let tokens = [stop.clone(), at_once.clone()];
    tokio::spawn(async move {
        for token in tokens {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("stopping: requests in flight are finished first");
            token.cancel();
        }
    });
    Ok((stop, at_once))
}

fn print_banner(app: &App, address: SocketAddr, welcome: Option<&demo::Welcome>) {
    let url = &app.public_url;
    println!("\nCartwright {} is ready on {address}\n", env!("CARGO_PKG_VERSION"));
    println!("  See the shop live   {url}/");
    println!("  Storefront API      {url}/graphql");
    if app.settings.server.mode == Mode::Development {
        println!("  GraphiQL            {url}/graphql (in a browser)");
    }
    println!("  Health              {url}/healthz  {url}/readyz");
    match welcome {
        Some(welcome) => {
            println!("\n  Demo shop           {} products, loaded now", welcome.products);
            println!("  Discount code       {}, for 10 % off", demo::DISCOUNT_CODE);
            println!("  Demo staff account  {}", welcome.email);
            println!("  Its password        {}   (shown only now)", welcome.password);
        }
        None if app.settings.server.mode == Mode::Development && app.database.backend() == DbBackend::Sqlite => {
            println!("\n  Forgot the staff password?  cartwright user set-password --email {}", demo::STAFF_EMAIL);
        }
        None => println!("\n  Staff accounts      cartwright user create --email you@example.com --role ADMIN"),
    }
    println!("\n  Stop with Ctrl-C. The data stays.\n");
}
