//! Child processes: started so that they never outlive this one, told by signals, found on free ports.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::random::Random;

/// A signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Stop in good order.
    Term,
    /// Stop now, without writing anything (PostgreSQL's immediate stop).
    Quit,
    /// Gone.
    Kill,
    /// Freeze.
    Stop,
    /// Thaw.
    Cont,
}

/// A running child. It is killed when dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    pub started: Instant,
}

impl Running {
    /// Starts a program whose output goes to the end of a file. As root it runs as `user`, if one is given. Where
    /// `setpriv` exists the kernel ends it when this process ends, however that happens.
    pub fn start(mut command: Command, log: &Path, user: Option<&str>) -> anyhow::Result<Self> {
        let output = File::options().create(true).append(true).open(log).context("cannot write a log")?;
        let name = command.get_program().to_string_lossy().into_owned();
        if Path::new("/usr/bin/setpriv").exists() {
            command = guarded(&command, user);
        }
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { child, started: Instant::now() })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it runs; one that ended is buried.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Sends it a signal. One that is gone already hears nothing.
    pub fn signal(&self, signal: Signal) {
        let name = match signal {
            Signal::Term => "TERM",
            Signal::Quit => "QUIT",
            Signal::Kill => "KILL",
            Signal::Stop => "STOP",
            Signal::Cont => "CONT",
        };
        let mut shell = Command::new("sh");
        let _ = shell.arg("-c").arg(format!("kill -{name} {}", self.id())).stderr(Stdio::null()).status();
    }

    /// Waits for its end; false: it is still there.
    pub async fn ended_within(&mut self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        while self.is_alive() {
            if Instant::now() > deadline {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        true
    }

    /// Kilobytes of memory it holds, as the kernel counts them.
    pub fn resident_kb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same command behind `setpriv`, which becomes it: the process id stays.
fn guarded(command: &Command, user: Option<&str>) -> Command {
    let mut guarded = Command::new("/usr/bin/setpriv");
    guarded.args(["--pdeathsig", "KILL"]);
    if let Some(user) = user {
        guarded.args(["--reuid", user, "--regid", user, "--clear-groups"]);
    }
    guarded.arg("--").arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => guarded.env(name, value),
            None => guarded.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        guarded.current_dir(folder);
    }
    guarded
}

/// Whether this process is root, by who owns its entry of the process table.
pub fn is_root() -> bool {
    let asked = Command::new("id").arg("-u").output();
    asked.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

/// A free loopback port below the range from which the kernel takes ports for outgoing connections: it is still free
/// when a process that was killed wants it again.
pub fn free_port(random: &mut Random) -> anyhow::Result<SocketAddr> {
    for _ in 0..1_000 {
        let port = u16::try_from(random.between(20_000, 31_999)).unwrap_or(20_000);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return Ok(address);
        }
    }
    bail!("there is no free port")
}
