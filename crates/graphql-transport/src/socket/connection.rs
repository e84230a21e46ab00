//! Owns the frames of one socket: bounded in size, number and time, in both directions.

use std::time::Duration;

use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::{
    io::AsyncReadExt,
    time::{Instant, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        protocol::{CloseFrame, Role, WebSocketConfig},
    },
};

use super::protocol::Close;
use crate::limits::Limits;

/// Bytes of the buffer that a socket reads into, and of what it gathers before it writes. Ten thousand idle readers each hold
/// both; the defaults of the WebSocket library are 128 kB.
const BUFFER_BYTES: usize = 4096;

/// How long a close frame may take to be read before the connection is cut.
const FAREWELL: Duration = Duration::from_secs(1);

/// What came in.
pub enum Received {
    /// A message.
    Text(String),
    /// Nothing to act on: a ping, a pong.
    Life,
    /// The client broke a rule of the wire.
    Broken(Close),
    /// The client is gone, or said goodbye.
    Gone,
}

/// A socket with its limits.
pub struct Connection {
    socket: WebSocketStream<TokioIo<Upgraded>>,
    lag: Duration,
    most_a_second: u32,
    second: Instant,
    this_second: u32,
}

impl Connection {
    /// Takes over a connection whose handshake is answered.
    pub async fn new(upgraded: Upgraded, limits: &Limits) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(BUFFER_BYTES)
            .max_message_size(Some(limits.socket_message_bytes))
            .max_frame_size(Some(limits.socket_message_bytes));
        let io = TokioIo::new(upgraded);
        Self {
            socket: WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await,
            lag: limits.socket_lag,
            most_a_second: limits.socket_messages_per_second,
            second: Instant::now(),
            this_second: 0,
        }
    }

    /// The next frame. Safe to drop while it waits.
    pub async fn receive(&mut self) -> Received {
        let message = match self.socket.next().await {
            None => return Received::Gone,
            Some(Ok(message)) => message,
            Some(Err(error)) => return broken(&error),
        };
        if self.second.elapsed() >= Duration::from_secs(1) {
            self.second = Instant::now();
            self.this_second = 0;
        }
        self.this_second += 1;
        if self.this_second > self.most_a_second {
            return Received::Broken(Close::TooMany);
        }
        match message {
            Message::Text(text) => Received::Text(text.as_str().to_owned()),
            // Reading gives whole messages only, never bare frames.
            Message::Binary(_) | Message::Frame(_) => Received::Broken(Close::Invalid),
            Message::Ping(_) | Message::Pong(_) => Received::Life,
            Message::Close(_) => Received::Gone,
        }
    }

    /// Sends a message. There is no queue of ours: while the reader is behind, nothing more is taken from the subscriptions,
    /// and after the time it may lag the socket is given up.
    pub async fn send(&mut self, text: String) -> Result<(), Close> {
        self.write(Message::Text(text.into())).await
    }

    /// Asks for a sign of life.
    pub async fn ping(&mut self) -> Result<(), Close> {
        self.write(Message::Ping(Bytes::new())).await
    }

    async fn write(&mut self, message: Message) -> Result<(), Close> {
        // A failed write means that the peer is gone; the next read says so.
        timeout(self.lag, self.socket.send(message)).await.map_or(Err(Close::Lagged), |_| Ok(()))
    }

    /// Says why, and waits a moment for the other side to take it. What it still sends is read and dropped: cutting a
    /// connection with unread input makes the kernel discard what was sent, the close frame included.
    pub async fn close(mut self, close: Close) {
        let (code, reason) = close.frame();
        let frame = CloseFrame { code: code.into(), reason: reason.into() };
        let farewell = async {
            // A failed write means that the peer is gone already.
            if self.socket.send(Message::Close(Some(frame))).await.is_err() {
                return;
            }
            while let Some(read) = self.socket.next().await {
                if read.is_err() {
                    break;
                }
            }
            let mut dropped = [0; BUFFER_BYTES];
            while let Ok(1..) = self.socket.get_mut().read(&mut dropped).await {}
        };
        // Past that time the connection is cut either way.
        let _ = timeout(FAREWELL, Box::pin(farewell)).await;
    }
}

/// Which rule a failed read broke.
fn broken(error: &Error) -> Received {
    match error {
        Error::Capacity(_) => Received::Broken(Close::TooLarge),
        Error::Protocol(_) | Error::Utf8(_) => Received::Broken(Close::Invalid),
        _ => Received::Gone,
    }
}
