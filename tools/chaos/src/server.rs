//! One `cartwright serve`: started, supervised (started again when it dies), killed, stopped, frozen.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::bail;

use crate::children::{Running, Signal};

/// What a server needs to know.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The program.
    pub binary: PathBuf,
    /// Its log.
    pub log: PathBuf,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its environment beside.
    pub environment: Vec<(String, String)>,
}

/// A server, dead or alive.
#[derive(Debug)]
pub struct Server {
    pub orders: Orders,
    running: Option<Running>,
    /// The most memory that was seen, in kilobytes, of any of its lives.
    pub most_kb: u64,
    /// The times it ended while it served, although nobody had told it to.
    pub died: Vec<String>,
    /// Times from a start to the first answer.
    pub starts: Vec<Duration>,
    waiting_since: Option<Instant>,
}

impl Server {
    /// One that does not run yet.
    pub fn new(orders: Orders) -> Self {
        Self { orders, running: None, most_kb: 0, died: Vec::new(), starts: Vec::new(), waiting_since: None }
    }

    /// A command of the server's program, in its environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.orders.binary);
        command.args(arguments).envs(self.orders.environment.iter().cloned());
        command
    }

    /// Starts the process; it may need a while until it answers.
    pub fn run(&mut self) -> anyhow::Result<()> {
        let listen = self.orders.listen.to_string();
        let command = self.command(&["serve", "--listen", &listen]);
        self.running = Some(Running::start(command, &self.orders.log, None)?);
        self.waiting_since = Some(Instant::now());
        Ok(())
    }

    /// Looks after it: a server that ended is started again, as an orchestrator would.
    pub fn supervise(&mut self) -> anyhow::Result<()> {
        let Some(running) = &mut self.running else { return Ok(()) };
        if running.is_alive() {
            self.most_kb = self.most_kb.max(running.resident_kb().unwrap_or(0));
            return Ok(());
        }
        let lived = running.started.elapsed();
        // A process that cannot reach its database at its start ends and says so. One that served has no reason to end.
        if self.waiting_since.is_none() {
            self.died.push(format!("{} ended by itself after {:.1} s", self.orders.listen, lived.as_secs_f64()));
        }
        self.run()
    }

    /// kill -9, and a new process at once.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.running = None;
        self.run()
    }

    /// SIGTERM, the end awaited, and a new process. Returns how long the stop took; `None`: it had to be killed.
    pub async fn stop(&mut self, limit: Duration) -> Option<Duration> {
        let mut running = self.running.take()?;
        let began = Instant::now();
        running.signal(Signal::Term);
        running.ended_within(limit).await.then(|| began.elapsed())
    }

    /// Freezes or thaws it.
    pub fn signal(&self, signal: Signal) {
        if let Some(running) = &self.running {
            running.signal(signal);
        }
    }

    /// Notes that it answers.
    pub fn answers(&mut self) {
        if let Some(since) = self.waiting_since.take() {
            self.starts.push(since.elapsed());
        }
    }

    /// Whether nobody has heard it since its start.
    pub fn is_starting(&self) -> bool {
        self.waiting_since.is_some()
    }
}

/// Waits until a server says that it is ready.
pub async fn await_ready(listen: SocketAddr, limit: Duration) -> anyhow::Result<()> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(2)).build()?;
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        let asked = http.get(format!("http://{listen}/readyz")).send().await;
        if asked.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("the server on {listen} is not ready after {} s", limit.as_secs())
}
