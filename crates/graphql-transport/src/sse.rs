//! Owns answers as `text/event-stream`, in the distinct connections mode of the graphql-sse protocol.

use std::{convert::Infallible, sync::Arc};

use axum::{body::Body, response::Response};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use http::{HeaderName, HeaderValue, header};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use crate::{backend::Backend, events::Event, http::negotiate::Media, run::Endpoint};

/// Streams an operation: `next` for each result, then `complete`; comments in between keep proxies awake.
pub fn stream<B: Backend>(
    endpoint: Arc<Endpoint<B>>,
    session: B::Session,
    events: BoxStream<'static, Event>,
) -> Response {
    let reading = Reading::new(endpoint, session, events);
    let pieces = stream::unfold(Some(reading), |reading| async move {
        let mut reading = reading?;
        let (piece, last) = reading.next().await;
        Some((Ok::<_, Infallible>(piece), (!last).then_some(reading)))
    });
    let mut answer = Response::new(Body::from_stream(pieces));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, Media::EventStream.content_type());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Asks proxies that hold answers back by default to pass each event on.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    headers.insert(unbuffered, HeaderValue::from_static("no"));
    answer
}

/// Browsers do not report an event without a data line, hence the empty one.
const COMPLETE: &str = "event: complete\ndata: \n\n";

/// JSON has no line breaks but escaped ones, so a result is one line.
fn next(result: &str) -> String {
    format!("event: next\ndata: {result}\n\n")
}

/// One operation on its way to its reader, ended early when the server goes down or the session does.
struct Reading<B: Backend> {
    endpoint: Arc<Endpoint<B>>,
    session: B::Session,
    events: BoxStream<'static, Event>,
    ping: Interval,
    poll: Interval,
}

impl<B: Backend> Reading<B> {
    fn new(endpoint: Arc<Endpoint<B>>, session: B::Session, events: BoxStream<'static, Event>) -> Self {
        let every = |period| {
            let mut ticks = interval_at(Instant::now() + period, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        };
        let ping = every(endpoint.options.limits.socket_ping);
        let poll = every(endpoint.options.limits.session_poll);
        Self { endpoint, session, events, ping, poll }
    }

    /// The next piece of the answer, and whether it is the last.
    async fn next(&mut self) -> (String, bool) {
        let shutdown = self.endpoint.backend.shutdown();
        loop {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => return (COMPLETE.to_owned(), true),
                _ = self.poll.tick() => {
                    if !self.endpoint.backend.still_valid(&self.session).await {
                        return (COMPLETE.to_owned(), true);
                    }
                }
                event = self.events.next() => {
                    self.ping.reset();
                    return written(event.unwrap_or(Event::Complete));
                }
                _ = self.ping.tick() => return (": ping\n\n".to_owned(), false),
            }
        }
    }
}

fn written(event: Event) -> (String, bool) {
    match event {
        Event::Next(result) => (next(&result), false),
        Event::Refused(errors) => {
            let result = serde_json::json!({ "errors": errors }).to_string();
            (next(&result) + COMPLETE, true)
        }
        Event::Complete => (COMPLETE.to_owned(), true),
    }
}
