//! Owns the conversation on one socket: init, then operations side by side, until either side ends it.

use std::{future::pending, sync::Arc};

use futures::{FutureExt, StreamExt, future::BoxFuture, stream::BoxStream};
use http::{StatusCode, request::Parts};
use serde_json::Value;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout};
use tokio_stream::StreamMap;

use super::{
    connection::{Connection, Received},
    protocol::{self, Close, Incoming},
};
use crate::{
    OperationType,
    backend::Backend,
    events::{self, Event},
    params::Params,
    refusal::Refusal,
    run::Endpoint,
};

/// Pings that may stay unanswered before a socket counts as dead.
const MISSED_PINGS: u32 = 3;

/// Serves a socket until it ends, and says how to close it; `None` when the client is already gone.
pub async fn run<B: Backend>(endpoint: &Arc<Endpoint<B>>, connection: &mut Connection, parts: Parts) -> Option<Close> {
    let shutdown = endpoint.backend.shutdown();
    let session = tokio::select! {
        biased;
        () = shutdown.cancelled() => return Some(Close::GoingAway),
        outcome = initialise(endpoint, connection, parts) => match outcome {
            Ok(session) => session,
            Err(end) => return end,
        },
    };
    let mut socket = Session::new(endpoint.clone(), session);
    loop {
        let step = tokio::select! {
            biased;
            () = shutdown.cancelled() => Err(Some(Close::GoingAway)),
            received = connection.receive() => socket.hear(connection, received).await,
            valid = answer(&mut socket.validity) => socket.judge(valid),
            _ = socket.poll.tick() => { socket.ask(); Ok(()) }
            _ = socket.ping.tick() => socket.ping(connection).await,
            // Last, so that a subscription which always has something to tell starves none of the above.
            Some((id, event)) = socket.running.next(), if !socket.running.is_empty() => {
                socket.tell(connection, &id, event).await
            }
        };
        if let Err(end) = step {
            return end;
        }
    }
}

/// Waits for `connection_init`, authenticates and acknowledges. The headers of the handshake are let go here: idle sockets
/// are many.
async fn initialise<B: Backend>(
    endpoint: &Arc<Endpoint<B>>,
    connection: &mut Connection,
    parts: Parts,
) -> Result<B::Session, Option<Close>> {
    let limits = &endpoint.options.limits;
    let payload = timeout(limits.socket_init, await_init(connection)).await.unwrap_or(Err(Some(Close::InitTimeout)))?;
    let asking = endpoint.backend.authenticate_socket(&parts, payload);
    let session = endpoint.guarded(asking, Some(&parts), Instant::now() + limits.request_time).await;
    // Forbidden would tell a client to give up; a fault of ours passes.
    let session = session.map_err(|refusal| {
        let ours = refusal.status().is_server_error();
        Some(if ours { Close::TryLater } else { Close::Forbidden })
    })?;
    connection.send(protocol::connection_ack()).await.map_err(Some)?;
    Ok(session)
}

async fn await_init(connection: &mut Connection) -> Result<Value, Option<Close>> {
    loop {
        let text = match connection.receive().await {
            Received::Text(text) => text,
            Received::Life => continue,
            Received::Broken(close) => return Err(Some(close)),
            Received::Gone => return Err(None),
        };
        match Incoming::read(&text).ok_or(Some(Close::Invalid))? {
            Incoming::ConnectionInit(payload) => return Ok(payload),
            Incoming::Ping(payload) => {
                let pong = protocol::pong(payload.as_deref());
                connection.send(pong).await.map_err(Some)?;
            }
            Incoming::Subscribe { .. } => return Err(Some(Close::Unauthorized)),
            Incoming::Pong | Incoming::Complete { .. } => {}
        }
    }
}

/// A step goes on, or ends the socket.
type Step = Result<(), Option<Close>>;

struct Session<B: Backend> {
    endpoint: Arc<Endpoint<B>>,
    session: B::Session,
    running: StreamMap<String, BoxStream<'static, Event>>,
    validity: Option<BoxFuture<'static, bool>>,
    poll: Interval,
    ping: Interval,
    unanswered: u32,
}

impl<B: Backend> Session<B> {
    fn new(endpoint: Arc<Endpoint<B>>, session: B::Session) -> Self {
        let every = |period| {
            let mut ticks = interval_at(Instant::now() + period, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        };
        Self {
            running: StreamMap::new(),
            validity: None,
            poll: every(endpoint.options.limits.session_poll),
            ping: every(endpoint.options.limits.socket_ping),
            unanswered: 0,
            endpoint,
            session,
        }
    }

    async fn hear(&mut self, connection: &mut Connection, received: Received) -> Step {
        self.unanswered = 0;
        let text = match received {
            Received::Text(text) => text,
            Received::Life => return Ok(()),
            Received::Broken(close) => return Err(Some(close)),
            Received::Gone => return Err(None),
        };
        match Incoming::read(&text).ok_or(Some(Close::Invalid))? {
            Incoming::ConnectionInit(_) => Err(Some(Close::SecondInit)),
            Incoming::Ping(payload) => {
                let pong = protocol::pong(payload.as_deref());
                connection.send(pong).await.map_err(Some)
            }
            Incoming::Pong => Ok(()),
            Incoming::Complete { id } => {
                self.running.remove(&id);
                Ok(())
            }
            Incoming::Subscribe { id, .. } if self.running.contains_key(&id) => Err(Some(Close::DuplicateId)),
            Incoming::Subscribe { id, params } => match self.start(*params) {
                Ok(events) => {
                    self.running.insert(id, events);
                    Ok(())
                }
                Err(refusal) => self.tell(connection, &id, Event::from(refusal)).await,
            },
        }
    }

    /// Admits an operation by the same gate as HTTP. Mutations stay with POST, where idempotency keys and statuses are.
    fn start(&self, params: Params) -> Result<BoxStream<'static, Event>, Refusal> {
        if self.running.len() >= self.endpoint.options.limits.socket_subscriptions {
            let message = "too many operations run on this socket";
            return Err(Refusal::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message));
        }
        let prepared = self.endpoint.prepare(params)?;
        if prepared.operation.kind == OperationType::Mutation {
            return Err(Refusal::bad_request("mutations are not run over a WebSocket; send them by POST"));
        }
        Ok(events::of(&self.endpoint, prepared, self.session.clone()))
    }

    async fn tell(&mut self, connection: &mut Connection, id: &str, event: Event) -> Step {
        let (message, last) = protocol::event(id, event);
        if last {
            self.running.remove(id);
        }
        connection.send(message).await.map_err(Some)
    }

    async fn ping(&mut self, connection: &mut Connection) -> Step {
        self.unanswered += 1;
        if self.unanswered > MISSED_PINGS {
            return Err(Some(Close::Silent));
        }
        connection.ping().await.map_err(Some)
    }

    /// Begins to ask whether the session still holds, beside everything else: a slow database must not silence a socket.
    fn ask(&mut self) {
        let (endpoint, session) = (self.endpoint.clone(), self.session.clone());
        let asking = async move { endpoint.backend.still_valid(&session).await };
        self.validity.get_or_insert_with(|| asking.boxed());
    }

    fn judge(&mut self, valid: bool) -> Step {
        self.validity = None;
        if valid { Ok(()) } else { Err(Some(Close::Forbidden)) }
    }
}

/// Waits for a question that is being asked; for ever when there is none.
async fn answer(asking: &mut Option<BoxFuture<'static, bool>>) -> bool {
    match asking {
        Some(asking) => asking.await,
        None => pending().await,
    }
}
