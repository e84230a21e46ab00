//! A TCP proxy that fails on purpose: it stands between a client and a server of a test and is told how to misbehave.
//!
//! Faults apply to connections that are open as well as to new ones, from the moment they are set. Chance comes from a
//! seed, so that a run can be repeated.

mod chance;
mod pump;

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use self::chance::Chance;

/// How the proxy behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Mode {
    /// Every byte goes through at once.
    #[default]
    Ok,
    /// Each piece of data waits `base`, give or take up to `jitter`.
    Latency {
        /// The wait.
        base: Duration,
        /// How far it varies.
        jitter: Duration,
    },
    /// Connections stay open and are accepted, and no byte moves: a hung peer. What was held goes on when it ends.
    BlackHole,
    /// New connections are reset at once; open ones go on.
    Refuse,
    /// A connection is reset once the server has sent this many bytes over it since this was set.
    CutAfter(u64),
    /// Each piece of an answer is, with this probability (0 to 1), thrown away and its connection reset: the server did
    /// the work and the client does not know.
    DropReply(f64),
}

/// What the proxy did so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Connections accepted.
    pub connections: u64,
    /// Connections reset on purpose.
    pub resets: u64,
    /// Bytes passed on, both ways together.
    pub bytes: u64,
}

#[derive(Debug, Default)]
struct Counters {
    connections: AtomicU64,
    resets: AtomicU64,
    bytes: AtomicU64,
}

/// What all connections share.
#[derive(Debug)]
struct Shared {
    mode: watch::Sender<Mode>,
    /// Counts the calls of [`FaultProxy::reset_all`].
    resets: watch::Sender<u64>,
    /// Counts the calls of [`FaultProxy::silence_all`].
    silences: watch::Sender<u64>,
    chance: Chance,
    counters: Counters,
}

/// A running proxy. It stops, and its connections end, when it is dropped.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl FaultProxy {
    /// Starts a proxy to `server` on a free port of the loopback.
    ///
    /// # Errors
    /// There is no free port.
    pub async fn start(server: SocketAddr, seed: u64) -> io::Result<Self> {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), server, seed).await
    }

    /// Starts a proxy to `server` that listens on `listen`.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start_at(listen: SocketAddr, server: SocketAddr, seed: u64) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            mode: watch::Sender::new(Mode::Ok),
            resets: watch::Sender::new(0),
            silences: watch::Sender::new(0),
            chance: Chance::new(seed),
            counters: Counters::default(),
        });
        let accepting = tokio::spawn(accept(listener, server, Arc::clone(&shared)));
        Ok(Self { address, shared, accepting })
    }

    /// Where clients connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Behaves like this from now on, on open connections too.
    pub fn set(&self, mode: Mode) {
        self.shared.mode.send_replace(mode);
    }

    /// Resets every open connection now. New ones are accepted as before.
    pub fn reset_all(&self) {
        self.shared.resets.send_modify(|count| *count += 1);
    }

    /// Makes every open connection fall silent for good, as when the machine behind it vanished: nobody is told, and no byte
    /// moves over it any more. New ones are accepted as before.
    pub fn silence_all(&self) {
        self.shared.silences.send_modify(|count| *count += 1);
    }

    /// What happened so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let counters = &self.shared.counters;
        Counts {
            connections: counters.connections.load(Ordering::Relaxed),
            resets: counters.resets.load(Ordering::Relaxed),
            bytes: counters.bytes.load(Ordering::Relaxed),
        }
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.reset_all();
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, shared: Arc<Shared>) {
    loop {
        // An accept fails when the client has gone already or files run out; both pass.
        let Ok((client, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        shared.counters.connections.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(connect(client, server, Arc::clone(&shared)));
    }
}

async fn connect(client: TcpStream, server: SocketAddr, shared: Arc<Shared>) {
    let mut resets = shared.resets.subscribe();
    let (mut modes, mut silences) = (shared.mode.subscribe(), shared.silences.subscribe());
    if *modes.borrow() == Mode::Refuse {
        reset(&shared, &client);
        return;
    }
    let passing = async {
        // The proxy holds a sender, so the wait ends only as it should.
        let _ = modes.wait_for(|mode| *mode != Mode::BlackHole).await;
        match TcpStream::connect(server).await {
            Ok(server) => pump::both_ways(&client, &server, &shared).await,
            Err(_) => pump::Ending::Reset,
        }
    };
    let ending = tokio::select! {
        ending = async {
            tokio::select! {
                ending = passing => ending,
                _ = silences.changed() => std::future::pending().await,
            }
        } => ending,
        _ = resets.changed() => pump::Ending::Reset,
    };
    if ending == pump::Ending::Reset {
        reset(&shared, &client);
    }
}

/// Makes the connection end with a reset instead of an orderly end when it is dropped.
fn reset(shared: &Shared, connection: &TcpStream) {
    shared.counters.resets.fetch_add(1, Ordering::Relaxed);
    // A connection that is gone already needs no reset.
    let _ = connection.set_zero_linger();
}
