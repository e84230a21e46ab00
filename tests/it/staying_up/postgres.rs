//! A PostgreSQL server of one test's own, which it may stop, kill and fill up.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// A server. It is stopped, and all it held removed, when dropped.
pub struct PostgresServer {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl PostgresServer {
    /// Makes and starts one, or says why there is none: then the test has to end.
    pub fn start() -> Self {
        let programs = programs().expect("the programs of PostgreSQL: apt-get install postgresql");
        let folder = TempDir::new().expect("a folder");
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let server = Self { folder, programs, port };
        let own = |path: &Path| {
            if is_root() {
                run(Command::new("chown").arg("postgres").arg(path));
            }
        };
        own(server.folder.path());
        let data = server.data();
        run(server
            .program("initdb")
            .args(["--auth=trust", "--username=shop", "--no-sync", "--encoding=UTF8"])
            .arg("-D")
            .arg(data));
        server.begin();
        server
    }

    pub fn url(&self) -> String {
        format!("postgres://shop@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it and waits until it answers.
    pub fn begin(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=60",
            self.port
        );
        self.control(&["start", "-w", "-o", &options]);
    }

    /// Ends it as a crash does: nobody is told, nothing is written.
    pub fn crash(&self) {
        self.control(&["stop", "-m", "immediate"]);
    }

    fn control(&self, arguments: &[&str]) {
        let log = self.folder.path().join("log");
        run(self.program("pg_ctl").args(arguments).arg("-D").arg(self.data()).arg("-l").arg(log));
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Servers refuse to run as root.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "-m", "immediate", "-D"]).arg(self.data()).stdout(Stdio::null()).stderr(Stdio::null());
        // It may be stopped already.
        drop(stop.status());
    }
}

pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// Runs a program to its end.
#[track_caller]
pub fn run(command: &mut Command) {
    // The server keeps what it inherits: a pipe would never end.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}

fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    std::env::split_paths(&path)
        .chain(debian)
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}
