//! The command line: one file a command. Every flag is also an environment variable.

mod audit;
mod backup;
mod demo;
mod import;
mod migrate;
mod parked;
mod schema;
mod serve;
mod user;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};

use crate::{
    app::{self, App},
    config::{Reader, Settings},
    platform::{Sources, tls},
    telemetry::{self, LogFormat},
};

/// A headless commerce server: one binary, one GraphQL schema.
#[derive(Debug, Parser)]
#[command(version, about, after_help = "Without a command: serve.")]
struct CommandLine {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    serve: serve::ServeArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// `postgres://…` or `sqlite://FILE`. Default: an SQLite file in the data folder.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    database_url: Option<String>,
    /// Folder of the embedded database.
    #[arg(long, env = "CARTWRIGHT_DATA", default_value = "data", global = true)]
    data: PathBuf,
    /// A TOML file of settings; `CARTWRIGHT_<NAME>` variables win over its `name = value` lines.
    #[arg(long, env = "CARTWRIGHT_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// What to log, as `tracing` filters.
    #[arg(long, env = "CARTWRIGHT_LOG", default_value = "info,sqlx=warn,sea_orm_migration=warn", global = true)]
    log: String,
    /// How to log.
    #[arg(long, env = "CARTWRIGHT_LOG_FORMAT", value_enum, default_value = "text", global = true)]
    log_format: LogFormat,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and do the background work (the default).
    Serve(serve::ServeArguments),
    /// Bring the tables up to date, take changes back, or tell where they stand.
    Migrate(migrate::Migrate),
    /// Take files into the shop.
    Import(import::Import),
    /// Load the demo shop: products, pictures and collections.
    Demo,
    /// Print the GraphQL schema (SDL).
    Schema,
    /// See what background work gave up until a person decides, and decide.
    Parked(parked::Parked),
    /// Make accounts and set their passwords.
    User(user::User),
    /// Check everything that must always hold, on a shop at work.
    Audit(audit::Arguments),
    /// Write everything the shop has into one file, while it works.
    Backup(backup::Backup),
    /// Fill an empty database, of either kind, with a backup.
    Restore(backup::Restore),
}

impl Common {
    /// The settings of this command, for a server that listens at `listen`.
    ///
    /// # Errors
    /// Every mistake of the configuration.
    pub fn settings(&self, listen: SocketAddr) -> anyhow::Result<Settings> {
        let file = match &self.config {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .with_context(|| format!("cannot read the settings in {}", path.display()))?,
            ),
            None => None,
        };
        let reader = Reader::new(std::env::vars(), file.as_deref());
        let mut settings = Settings::read(reader, self.database_url(), listen)?;
        settings.mails.folder.get_or_insert_with(|| self.data.join("mails"));
        Ok(settings)
    }

    /// The application over the migrated database, for commands that do not listen.
    ///
    /// # Errors
    /// Mistakes of the configuration; the database's.
    pub async fn app(&self) -> anyhow::Result<App> {
        let settings = self.settings(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let database = app::open_database(&settings).await?;
        App::new(settings, database, Sources::system()).await
    }

    fn database_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data.join("cartwright.db").display());
        self.database_url.clone().unwrap_or_else(embedded)
    }
}

/// Parses the command line, runs the command, and says on standard error why it could not.
pub fn main() -> ExitCode {
    let CommandLine { common, serve, command } = CommandLine::parse();
    telemetry::start(common.log_format, &common.log);
    tls::install();
    let result = run(&common, command.unwrap_or(Command::Serve(serve)));
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cartwright: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(common: &Common, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(arguments) => {
            serve::run(common, &arguments)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Migrate(migrate) => {
            migrate::run(common, &migrate)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Import(import) => import::run(common, import),
        Command::Parked(parked) => parked::run(common, &parked),
        Command::Demo => {
            demo::run(common)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::User(user) => {
            user::run(common, user)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Audit(arguments) => Ok(audit::run(common, &arguments)),
        Command::Backup(arguments) => {
            backup::back_up(common, &arguments)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Restore(arguments) => Ok(backup::restore(common, &arguments)),
        Command::Schema => {
            schema::print();
            Ok(ExitCode::SUCCESS)
        }
    }
}
