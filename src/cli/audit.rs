//! `cartwright audit`: whether everything that must always hold does hold.

use std::{
    fs::File,
    io::BufReader,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use clap::Args;

use super::Common;
use crate::{
    app,
    audit::{self, Loaded},
    config::Settings,
    platform::{Database, Sources, database::PoolSettings},
};

/// The flags of `audit`.
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 nothing is broken, 1 something is, 2 it could not be checked.")]
pub struct Arguments {
    /// The moment to take for now, such as 2026-11-21T05:00:00Z. Default: now.
    #[arg(long)]
    as_of: Option<DateTime<Utc>>,
    /// A file of rows that no table of the shop holds, one JSON object a line:
    /// {"relation": "chk_ack", "row": {…}}. May be given several times.
    #[arg(long)]
    load: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> ExitCode {
    match checked(common, arguments) {
        Ok(report) => {
            match serde_json::to_string_pretty(&report) {
                Ok(json) if arguments.json => println!("{json}"),
                _ => println!("{report}"),
            }
            if report.broken().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("cartwright: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn checked(common: &Common, arguments: &Arguments) -> anyhow::Result<audit::Report> {
    let mut loaded = Loaded::default();
    for path in &arguments.load {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        audit::read_rows(BufReader::new(file), &mut loaded).with_context(|| path.display().to_string())?;
    }
    let settings = common.settings(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let database = open(&settings).await?;
        let what = audit::Audit { as_of: arguments.as_of, loaded };
        let report = audit::audit(&database, &what, Sources::system().now()).await?;
        database.close().await?;
        Ok(report)
    })
}

/// Opens a database that is there, as it is, with one connection and without a request's limits.
///
/// # Errors
/// It is not there, or does not answer.
pub(super) async fn open(settings: &Settings) -> anyhow::Result<Database> {
    if let Some(path) = app::sqlite_path(&settings.database_url)
        && !Path::new(&path).exists()
    {
        bail!("there is no database at {}; name it by --data or DATABASE_URL", path.display());
    }
    let mut settings = settings.clone();
    settings.pool = PoolSettings { max_connections: 1, ..settings.pool };
    app::connect(&settings).await
}
