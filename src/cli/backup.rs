//! `cartwright backup` and `cartwright restore`: a shop as one file.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Instant};

use clap::Args;

use super::{Common, audit::open};
use crate::{
    app,
    audit::{self, Audit},
    backup,
    config::Settings,
    platform::{Database, Sources, database::PoolSettings},
};

/// The flags of `backup`.
#[derive(Debug, Args)]
#[command(after_help = "The file holds the shop's keys and its customers' addresses: keep it as safe as the database.")]
pub struct Backup {
    /// The new file. It appears once it is whole; until then it is called FILE.partial.
    file: PathBuf,
}

/// The flags of `restore`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 restored and in order, 1 restored but the audit found something broken, 2 nothing was \
                        restored."
)]
pub struct Restore {
    /// A file that `cartwright backup` wrote, on either database.
    file: PathBuf,
}

/// Runs `backup`.
///
/// # Errors
/// The file's; the database's.
pub fn back_up(common: &Common, arguments: &Backup) -> anyhow::Result<()> {
    let settings = common.settings(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let started = Instant::now();
        let database = open(&settings).await?;
        let done = backup::backup(&database, &arguments.file, Sources::system().now()).await?;
        database.close().await?;
        let seconds = started.elapsed().as_secs_f64();
        println!("{} tables, {} rows, in {seconds:.1} s: {}", done.tables, done.rows, arguments.file.display());
        Ok(())
    })
}

/// Runs `restore`.
pub fn restore(common: &Common, arguments: &Restore) -> ExitCode {
    match restored(common, arguments) {
        Ok(report) if report.broken().is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cartwright: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn restored(common: &Common, arguments: &Restore) -> anyhow::Result<audit::Report> {
    let settings = common.settings(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let started = Instant::now();
        let database = connect(settings).await?;
        let done = backup::restore(&database, &arguments.file).await?;
        let seconds = started.elapsed().as_secs_f64();
        println!("{} tables, {} rows, in {seconds:.1} s", done.tables, done.rows);
        let report = audit::audit(&database, &Audit::default(), Sources::system().now()).await?;
        database.close().await?;
        println!("{report}");
        Ok(report)
    })
}

/// Opens the database, or makes it, with few connections.
async fn connect(mut settings: Settings) -> anyhow::Result<Database> {
    settings.pool = PoolSettings { max_connections: 2, ..settings.pool };
    app::connect(&settings).await
}
