//! `cartwright parked`: what background work gave up, and what is to become of it.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Common;
use crate::{
    domain::{checkout::Closing, operations, shared::Failure},
    graphql::operations::{decode, id_of},
    platform::tx,
};

/// See what background work gave up until a person decides, and decide.
#[derive(Debug, Args)]
pub struct Parked {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List it: events that a sink refuses, gateways' messages, refunds, reversals and mails.
    List,
    /// Try one again at once. Events that wait behind it follow.
    Replay {
        /// Its id, as `list` prints it.
        id: String,
    },
    /// Drop one for good. Events that wait behind it go on. Money cannot be dropped, but a refund that its gateway refused can be
    /// closed with a reason.
    Discard {
        /// Its id, as `list` prints it.
        id: String,
        /// Why a refund is closed, for the record.
        #[arg(long)]
        reason: Option<String>,
    },
}

/// Runs the command. Exit code 2: it was refused.
///
/// # Errors
/// The database's.
pub fn run(common: &Common, parked: &Parked) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = common.app().await?;
        let (id, discard) = match &parked.command {
            Command::List => {
                let items = operations::parked_items(app.database.reader(), app.settings.jobs.attempts).await?;
                for item in &items {
                    println!("{}\n  {}: {}", id_of(item), item.target, item.about);
                    let error = item.last_error.as_deref().unwrap_or("no error on record");
                    println!(
                        "  since {}, {} attempts, {} wait behind it: {error}",
                        item.since, item.attempts, item.waiting
                    );
                }
                println!("{} parked", items.len());
                return Ok(ExitCode::SUCCESS);
            }
            Command::Replay { id } => (id, None),
            Command::Discard { id, reason } => (id, Some(reason)),
        };
        let Some(parked) = decode(id) else { anyhow::bail!("{id} is no id of a parked item") };
        let tx = tx::begin(&app.database).await?;
        let decided = match discard {
            None => operations::replay(&tx, &app.sources, parked).await,
            Some(reason) => {
                let closing = reason.clone().map(|reason| Closing { account_id: None, reason });
                operations::discard(&tx, &app.checkout(), parked, closing.as_ref()).await
            }
        };
        match decided {
            Ok(()) => {
                tx.commit().await?;
                println!("{id} {}", if discard.is_none() { "is tried again now" } else { "is gone" });
                Ok(ExitCode::SUCCESS)
            }
            Err(Failure::Refused(refusals)) => {
                refusals.iter().for_each(|refusal| eprintln!("{refusal}"));
                Ok(ExitCode::from(2))
            }
            Err(Failure::Error(error)) => Err(anyhow::anyhow!("{error}")),
        }
    })
}
