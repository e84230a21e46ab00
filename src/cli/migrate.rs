//! `cartwright migrate`: the tables, by hand. Serving brings them up to date by itself.

use std::net::SocketAddr;

use anyhow::Context;
use clap::{Args, Subcommand};
use migration::{Migrator, MigratorTrait};

use super::Common;
use crate::app;

/// The flags of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Command {
    /// Bring the tables up to date.
    Up,
    /// Take the last changes back. What they added is lost.
    Down {
        /// How many changes.
        #[arg(long, default_value_t = 1)]
        steps: u32,
    },
    /// Tell which changes were made.
    Status,
}

/// Runs the command.
///
/// # Errors
/// The database's.
pub fn run(common: &Common, migrate: &Migrate) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let settings = common.settings(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let database = app::connect(&settings).await?;
        match migrate.command {
            Command::Up => app::migrate(&database).await?,
            Command::Down { steps } => Migrator::down(database.pool(), Some(steps)).await.context("going down")?,
            Command::Status => {}
        }
        let done = Migrator::get_applied_migrations(database.pool()).await?;
        let waiting = Migrator::get_pending_migrations(database.pool()).await?;
        done.iter().for_each(|migration| println!("done     {}", migration.name()));
        waiting.iter().for_each(|migration| println!("waiting  {}", migration.name()));
        database.close().await.context("the database did not close cleanly")
    })
}
