//! Listening: connections with bounded headers and patience, and a stop that loses no request.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
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

/// Serves until `stop` is done, then finishes what runs: no new connections, requests in flight are answered, sockets
/// are told to come back, background work ends, all within the shutdown time of the settings.
pub async fn serve(listening: Listening, app: &App, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let builder = connection_settings();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listening.listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let stopping = app.jobs.stopping().clone();
                    serve_connection(stream, builder.clone(), router.clone(), graceful.watcher(), stopping);
                }
                Err(error) => {
                    // Out of file descriptors, mostly: a pause lets some close.
                    tracing::warn!(error = %error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop(listening);
    app.jobs.stopping().cancel();
    let finish = async {
        tokio::join!(graceful.shutdown(), tokio::time::sleep(GOODBYE));
        app.jobs.finish().await;
    };
    if tokio::time::timeout(app.settings.server.shutdown_timeout, finish).await.is_err() {
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

fn serve_connection(
    stream: TcpStream,
    builder: Builder<TokioExecutor>,
    router: Router,
    watcher: Watcher,
    stopping: CancellationToken,
) {
    // Answers are small and wanted at once.
    let _ = stream.set_nodelay(true);
    tokio::spawn(async move {
        let told_to_stop = async {
            stopping.cancelled().await;
            // A request may be on its way over a connection that was accepted just before.
            tokio::time::sleep(GOODBYE).await;
        };
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
    });
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
