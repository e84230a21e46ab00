//! The PostgreSQL and the Redis of a run: started here, so that they can be stopped, frozen and started again.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{
    children::{Running, Signal, free_port, is_root},
    random::Random,
};

/// PostgreSQL. What was committed survives an immediate stop of the server, so `synchronous_commit` is on; what the
/// kernel holds survives too, because the machine goes on, so `fsync` need not be.
const CONFIGURATION: &str = "listen_addresses = '127.0.0.1'\nmax_connections = 150\nshared_buffers = 64MB\n\
    timezone = 'UTC'\nlog_timezone = 'UTC'\nlc_messages = 'C'\nfsync = off\nsynchronous_commit = on\njit = off\n";

/// A PostgreSQL server of the run's own.
#[derive(Debug)]
pub struct Postgres {
    pub address: SocketAddr,
    programs: PathBuf,
    home: PathBuf,
    user: Option<&'static str>,
    running: Option<Running>,
}

impl Postgres {
    /// Makes a data folder and starts the server over it.
    pub async fn start(folder: &Path, random: &mut Random) -> anyhow::Result<Self> {
        let programs = find_postgres().context("PostgreSQL's initdb and postgres are not installed")?;
        let home = folder.join("postgres");
        fs::create_dir_all(&home)?;
        let user = is_root().then_some("postgres");
        if let Some(user) = user {
            let owned = Command::new("chown").arg(user).arg(&home).status().context("chown")?;
            anyhow::ensure!(owned.success(), "cannot give {} to {user}", home.display());
        }
        let mut make = Command::new(programs.join("initdb"));
        make.args(["--username=cartwright", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        make.arg(format!("--pgdata={}", home.join("data").display())).current_dir(&home);
        let mut making = Running::start(make, &folder.join("postgres.log"), user)?;
        if !making.ended_within(Duration::from_secs(60)).await {
            bail!("initdb found no end");
        }
        let configuration = home.join("data/postgresql.conf");
        let mut text = fs::read_to_string(&configuration).context("initdb failed; see postgres.log")?;
        text.push_str(CONFIGURATION);
        text.push_str(&format!("unix_socket_directories = '{}'\n", home.display()));
        fs::write(&configuration, text)?;
        let mut postgres = Self { address: free_port(random)?, programs, home, user, running: None };
        postgres.run().await?;
        Ok(postgres)
    }

    /// Starts the server again and waits until it answers.
    pub async fn run(&mut self) -> anyhow::Result<()> {
        let mut command = Command::new(self.programs.join("postgres"));
        command.arg("-D").arg(self.home.join("data")).arg("-p").arg(self.address.port().to_string());
        command.current_dir(&self.home);
        let log = self.home.with_extension("log");
        for _ in 0..5 {
            self.running = Some(Running::start(command_again(&command), &log, self.user)?);
            for _ in 0..600 {
                if !self.running.as_mut().is_some_and(Running::is_alive) {
                    break;
                }
                if self.query("SELECT 1 AS one").is_ok() {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        bail!("PostgreSQL did not start; see {}", log.display())
    }

    /// `pg_ctl stop -m immediate`: every connection ends in the middle of what it does.
    pub async fn stop_immediately(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.signal(Signal::Quit);
            if !running.ended_within(Duration::from_secs(10)).await {
                running.signal(Signal::Kill);
            }
        }
    }

    /// The rows of a query, past every proxy.
    pub fn query(&self, sql: &str) -> anyhow::Result<Vec<Value>> {
        let program = self.programs.join("psql");
        let program = if program.exists() { program } else { PathBuf::from("psql") };
        let sql = format!("SELECT COALESCE(json_agg(row_to_json(asked)), '[]') FROM ({sql}) AS asked");
        let answer = Command::new(program)
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-U", "cartwright", "-h"])
            .args(["127.0.0.1", "-p", &self.address.port().to_string(), "-c", &sql])
            .output()
            .context("cannot run psql")?;
        if !answer.status.success() {
            bail!("{}", String::from_utf8_lossy(&answer.stderr).trim());
        }
        Ok(serde_json::from_slice(&answer.stdout)?)
    }

    /// The URL by way of a proxy.
    pub fn url(&self, by: SocketAddr) -> String {
        format!("postgres://cartwright:none@{by}/postgres")
    }
}

/// A Redis server of the run's own. It keeps nothing on disk: a restart is a loss of everything, as for a cache.
#[derive(Debug)]
pub struct Redis {
    pub address: SocketAddr,
    program: PathBuf,
    folder: PathBuf,
    running: Option<Running>,
}

impl Redis {
    /// Starts it.
    pub async fn start(folder: &Path, random: &mut Random) -> anyhow::Result<Self> {
        let found = find_redis().context("redis-server is not installed")?;
        // Debian's dump checker is the server under another name.
        let program = folder.join("redis-server");
        std::os::unix::fs::symlink(found, &program)?;
        let mut redis = Self { address: free_port(random)?, program, folder: folder.to_owned(), running: None };
        redis.run().await?;
        Ok(redis)
    }

    /// Starts it again, empty.
    pub async fn run(&mut self) -> anyhow::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(["--bind", "127.0.0.1", "--port", &self.address.port().to_string(), "--save", ""]);
        command.args(["--appendonly", "no", "--daemonize", "no"]).current_dir(&self.folder);
        let log = self.folder.join("redis.log");
        self.running = Some(Running::start(command, &log, None)?);
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(self.address).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("Redis did not start; see {}", log.display())
    }

    /// Kills it, and its data with it.
    pub fn stop(&mut self) {
        self.running = None;
    }

    /// Freezes or thaws it.
    pub fn signal(&self, signal: Signal) {
        if let Some(running) = &self.running {
            running.signal(signal);
        }
    }

    /// Forgets everything it knows.
    pub async fn flush(&self) -> anyhow::Result<()> {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut connection = tokio::net::TcpStream::connect(self.address).await?;
        connection.write_all(b"FLUSHALL\r\n").await?;
        let mut answer = [0; 5];
        connection.read_exact(&mut answer).await?;
        anyhow::ensure!(&answer == b"+OK\r\n", "Redis would not forget");
        Ok(())
    }
}

fn command_again(command: &Command) -> Command {
    let mut again = Command::new(command.get_program());
    again.args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        again.current_dir(folder);
    }
    again
}

/// The folder of PostgreSQL's programs: on the path, or Debian's newest version.
fn find_postgres() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = std::env::split_paths(&path).find(complete) {
        return Some(folder);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let mut versions: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).filter(complete).collect();
    versions.sort();
    versions.pop()
}

fn find_redis() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let names = ["redis-server", "valkey-server", "redis-check-rdb"];
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.exists()))
}
