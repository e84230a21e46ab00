//! Listening: connections with bounded headers and patience, and a stop that loses no request.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Version, header::CONNECTION},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use crate::app::App;

/// How long a client may take to send its headers (slow ones hurt only themselves).
const HEADER_PATIENCE: Duration = Duration::from_secs(10);
/// How long sockets get to say goodbye after they were told to.
const GOODBYE: Duration = Duration::from_millis(300);

/// A server that listens and does not serve yet: its address is known before the application is composed.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    /// The address, with the port the system chose when it was 0.
    pub address: SocketAddr,
}

impl Listening {
    /// Starts listening.
    ///
    /// # Errors
    /// The address is in use, or may not be used.
    pub async fn at(address: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }
}

/// Serves until `stop` is done, then finishes what runs, all within the shutdown time of the settings: no new connections
/// (who was refused goes to another process), requests in flight are answered, sockets are told to come back, background
/// work ends. Open connections may still send requests for the time of grace and hear `Connection: close` with the answer:
/// closing an idle connection at once would lose the request that is on its way over it.
pub async fn serve(listening: Listening, app: &App, router: Router, stop: impl Future<Output = ()>) {
    let settings = &app.settings.server;
    let stopping = app.jobs.stopping();
    let connections = Connections {
        builder: connection_settings(),
        router: router.layer(from_fn_with_state(stopping.clone(), say_goodbye)),
        graceful: GracefulShutdown::new(),
        open: TaskTracker::new(),
        stopping: stopping.clone(),
        grace: settings.shutdown_grace.max(GOODBYE),
    };
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listening.listener.accept() => match accepted {
                Ok((stream, _)) => connections.serve(stream),
                Err(error) => {
                    // Out of file descriptors, mostly: a pause lets some close.
                    tracing::warn!(error = %error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    if let Err(error) = connections.serve_waiting(listening.listener) {
        tracing::warn!(error = %error, "connections that waited to be accepted were lost");
    }
    stopping.cancel();
    let grace = settings.shutdown_grace;
    let Connections { graceful, open, .. } = connections;
    let finish = async {
        open.close();
        // Either everybody heard that they should go, or the time is over.
        let _ = tokio::time::timeout(grace, open.wait()).await;
        tokio::join!(graceful.shutdown(), tokio::time::sleep(GOODBYE.saturating_sub(grace)));
        app.jobs.finish().await;
    };
    if tokio::time::timeout(settings.shutdown_timeout, finish).await.is_err() {
        tracing::warn!("some requests did not end within the shutdown time");
    }
}

fn connection_settings() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_PATIENCE).max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(64 * 1024)
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(10));
    builder
}

/// The connections of this process, and what each is served with.
struct Connections {
    builder: Builder<TokioExecutor>,
    router: Router,
    graceful: GracefulShutdown,
    open: TaskTracker,
    stopping: CancellationToken,
    grace: Duration,
}

impl Connections {
    fn serve(&self, stream: TcpStream) {
        // Answers are small and wanted at once.
        let _ = stream.set_nodelay(true);
        let told_to_stop = told_to_stop(self.stopping.clone(), self.grace);
        self.open.spawn(converse(
            stream,
            self.builder.clone(),
            self.router.clone(),
            self.graceful.watcher(),
            told_to_stop,
        ));
    }

    /// Stops listening, after taking in the connections that the system has accepted for us: to their clients they are
    /// open, and a request may be on its way.
    fn serve_waiting(&self, listener: TcpListener) -> std::io::Result<()> {
        let listener = listener.into_std()?;
        loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(true)?;
                    self.serve(TcpStream::from_std(stream)?);
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

/// Over when a connection that has not said anything may be closed.
async fn told_to_stop(stopping: CancellationToken, grace: Duration) {
    stopping.cancelled().await;
    tokio::time::sleep(grace).await;
}

async fn converse(
    stream: TcpStream,
    builder: Builder<TokioExecutor>,
    router: Router,
    watcher: Watcher,
    told_to_stop: impl Future<Output = ()>,
) {
    tokio::select! {
        biased;
        spoke = tokio::time::timeout(HEADER_PATIENCE, spoken(&stream)) => match spoke {
            Ok(Ok(true)) => {}
            Ok(Ok(false) | Err(_)) | Err(_) => return,
        },
        () = told_to_stop => return,
    }
    let service = TowerToHyperService::new(router.map_request(|request: Request<_>| request.map(Body::new)));
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(error = %error, "a connection ended badly");
    }
}

/// While the process stops, each answer asks its client to open its next connection elsewhere. HTTP/2 has its own way.
async fn say_goodbye(State(stopping): State<CancellationToken>, request: Request, next: Next) -> Response {
    let persistent = request.version() < Version::HTTP_2;
    let mut response = next.run(request).await;
    if persistent && stopping.is_cancelled() && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// What an HTTP/2 client says first (RFC 9113, section 3.4).
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Waits until a client has said enough to tell which HTTP it speaks; false when it left. The library, which asks the
/// same, would wait for ever for one that stays silent.
async fn spoken(stream: &TcpStream) -> std::io::Result<bool> {
    let mut beginning = [0; PREFACE.len()];
    loop {
        let count = stream.peek(&mut beginning).await?;
        if count == 0 || count == PREFACE.len() || !PREFACE.starts_with(&beginning[..count]) {
            return Ok(count > 0);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
