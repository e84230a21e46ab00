//! The chaos suite: a shop of two processes under load, everything around it broken on purpose by a seed, and its books
//! checked at the end. `docs/chaos.md` says how to read and to repeat a run.

mod bank;
mod checkout;
mod checks;
mod children;
mod client;
mod desk;
mod documents;
mod faults;
mod goods;
mod journal;
mod load;
mod mails;
mod outside;
mod plan;
mod random;
mod report;
mod rules;
mod run;
mod server;
mod services;
mod shopper;
mod staff;
mod terms;
mod watcher;
mod webhooks;
mod world;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Parser;

use crate::{bank::GatewayName, plan::Fault};

/// Breaks a running shop on purpose, by a seed, and checks its books afterwards. Exit code 1: something broke.
#[derive(Clone, Debug, Parser)]
struct Arguments {
    /// The seed of everything that is chosen. Default: another one each time, printed first.
    #[arg(long)]
    seed: Option<u64>,
    /// How long the load lasts.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How many shoppers there are at once.
    #[arg(long, default_value_t = 8)]
    shoppers: usize,
    /// How many processes the shop has.
    #[arg(long, default_value_t = 2)]
    servers: usize,
    /// Which gateway takes the money.
    #[arg(long, value_enum, default_value_t)]
    gateway: GatewayName,
    /// The server's program.
    #[arg(long, default_value = "target/debug/cartwright")]
    binary: PathBuf,
    /// Only these faults, by their names in the plan.
    #[arg(long, value_delimiter = ',', value_parser = fault)]
    only: Vec<Fault>,
    /// No faults at all: the load alone.
    #[arg(long)]
    no_faults: bool,
    /// Keep the folder with the logs, also when nothing broke.
    #[arg(long)]
    keep: bool,
    /// Print the plan of the seed and end.
    #[arg(long)]
    plan: bool,
}

impl Arguments {
    /// The faults of the run.
    fn faults(&self) -> Vec<Fault> {
        if self.only.is_empty() { Fault::with(self.gateway) } else { self.only.clone() }
    }
}

fn fault(name: &str) -> Result<Fault, String> {
    let known = || Fault::ALL.map(Fault::name).join(", ");
    Fault::ALL.into_iter().find(|fault| fault.name() == name).ok_or_else(|| format!("the faults are {}", known()))
}

fn main() -> ExitCode {
    // In a workspace build the HTTP client can speak TLS, and wants its provider named.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut arguments = Arguments::parse();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let seed = *arguments.seed.get_or_insert(u64::from(now.subsec_nanos()));
    let (seconds, gateway) = (arguments.seconds, arguments.gateway.name());
    println!("chaos: seed {seed}, {seconds} s, {} shoppers, gateway {gateway}", arguments.shoppers);
    if arguments.plan {
        for planned in plan::plan(seed, seconds, arguments.servers, &arguments.faults()) {
            let (at, lasts) = (planned.at.as_secs_f64(), planned.lasts.as_secs_f64());
            println!("{at:8.1} s  {:22} server {}  {lasts:.1} s", planned.fault.name(), planned.server);
        }
        return ExitCode::SUCCESS;
    }
    match execute(&arguments, seed) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("chaos: seed {seed}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs in a folder of its own, which stays when something broke.
fn execute(arguments: &Arguments, seed: u64) -> anyhow::Result<bool> {
    let binary = arguments.binary.canonicalize();
    let binary = binary.with_context(|| format!("there is no {}; build it first", arguments.binary.display()))?;
    let folder = std::env::temp_dir().join(format!("cartwright-chaos-{seed}-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    // One thread for everything: the children are told to end with the thread that started them.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        tokio::select! {
            done = run::run(arguments, seed, &binary, &folder) => done,
            _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
        }
    });
    drop(runtime);
    let keeps = arguments.keep || !matches!(result, Ok(true));
    if keeps {
        println!("chaos: logs and data are in {}", folder.display());
    } else {
        std::fs::remove_dir_all(&folder)?;
    }
    result
}
