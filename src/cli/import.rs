//! `cartwright import`: taking product files into the shop.
//!
//! Exit codes: 0 when everything was taken (warnings or not), 2 when a row or product was refused, 1 when the file or
//! the database could not be read.

use std::{
    fs::File,
    io::{BufReader, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::Common;
use crate::domain::catalog::import::{Options, Report, import_products};

/// The exit code when something of the file was not taken.
const SOMETHING_REFUSED: u8 = 2;

/// Take files into the shop.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Products in the common storefront CSV layout. Can be repeated: products are matched by handle, variants by
    /// option values. Prints what it did and every problem with its line. Exit code 2 when something was refused.
    Products(Products),
}

#[derive(Debug, Args)]
struct Products {
    /// The file: UTF-8, comma-separated, with a header line.
    file: PathBuf,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Set the stock of variants that are in the shop already, too. Without it only new variants get the file's stock,
    /// because sales have moved the rest since the file was made.
    #[arg(long)]
    set_stock: bool,
    /// Write the report as JSON into this file, too.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read or is no product file; the database fails.
pub fn run(common: &Common, import: Import) -> anyhow::Result<ExitCode> {
    let Command::Products(products) = import.command;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(take(common, &products))?;
    if let Some(path) = &products.report {
        write_report(path, &report)?;
    }
    Ok(if report.has_refusals() { ExitCode::from(SOMETHING_REFUSED) } else { ExitCode::SUCCESS })
}

async fn take(common: &Common, products: &Products) -> anyhow::Result<Report> {
    let name = products.file.display();
    let file = File::open(&products.file).with_context(|| format!("cannot open {name}"))?;
    let app = common.app().await?;
    let options = Options { set_stock: products.set_stock, dry_run: products.dry_run, ..Options::default() };
    let bar = progress_bar();
    let started = Instant::now();
    let file = BufReader::with_capacity(1 << 16, file);
    let report = import_products(&app.database, &app.sources, file, &options, |progress| {
        bar.set_length(progress.rows);
        bar.set_position(progress.rows_done);
    });
    let report = report.await.with_context(|| format!("cannot import {name}"));
    bar.finish_and_clear();
    let report = report?;
    println!("{report}");
    let how = if products.dry_run { "looked through (dry run, nothing was changed)" } else { "imported" };
    println!("{name} {how} in {:.2} s", started.elapsed().as_secs_f64());
    Ok(report)
}

/// A bar on a terminal; elsewhere nothing, so that logs stay readable.
fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn write_report(path: &Path, report: &Report) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(report)?;
    std::fs::write(path, json + "\n").with_context(|| format!("cannot write the report to {}", path.display()))
}
