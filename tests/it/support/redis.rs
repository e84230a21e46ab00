//! The Redis of the PostgreSQL half, and one of a test's own that may be frozen, stopped and flushed.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::on_postgres;

/// The Redis that the test command started.
pub fn redis_url() -> Option<String> {
    std::env::var("CARTWRIGHT_TEST_REDIS_URL").ok().filter(|_| on_postgres())
}

/// A Redis of one test. It is killed when dropped.
#[derive(Debug)]
pub struct PrivateRedis {
    folder: TempDir,
    address: SocketAddr,
    server: Option<Child>,
}

/// Server and dump checker are one program that looks at its own name; Debian's redis-tools has only the checker.
fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let names = ["redis-server", "valkey-server", "redis-check-rdb"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.exists())
}

impl PrivateRedis {
    /// Starts one, in the half of the suite that has Redis. `None` in the other half.
    pub fn start() -> Option<Self> {
        redis_url()?;
        let program = program().expect("redis-server is installed (Debian: apt-get install redis-tools)");
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::os::unix::fs::symlink(program, folder.path().join("redis-server")).expect("a link");
        let free = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let mut redis = Self { folder, address, server: None };
        redis.resume();
        Some(redis)
    }

    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Starts it (again), empty, at its address.
    pub fn resume(&mut self) {
        let folder: &Path = self.folder.path();
        let server = Command::new(folder.join("redis-server"))
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"])
            .args(["--port", &self.address.port().to_string()])
            .current_dir(folder)
            .stdout(Stdio::null())
            .spawn();
        self.server = Some(server.expect("Redis starts"));
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.say("PING").is_none() {
            assert!(Instant::now() < deadline, "Redis answers in time");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Kills it.
    pub fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().expect("Redis is killed");
            server.wait().expect("Redis ends");
        }
    }

    /// It takes connections and answers nothing.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// It goes on where it was.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// It forgets everything.
    pub fn flush(&self) {
        self.say("FLUSHALL").expect("Redis answers");
    }

    fn signal(&self, signal: &str) {
        let id = self.server.as_ref().expect("it runs").id().to_string();
        let done = Command::new("kill").args([signal, &id]).status().expect("kill runs");
        assert!(done.success());
    }

    fn say(&self, command: &str) -> Option<String> {
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
        stream.write_all(format!("{command}\r\n").as_bytes()).ok()?;
        let mut answer = [0; 64];
        let length = stream.read(&mut answer).ok()?;
        (length > 0).then(|| String::from_utf8_lossy(&answer[..length]).into_owned())
    }
}

impl Drop for PrivateRedis {
    fn drop(&mut self) {
        self.stop();
    }
}
