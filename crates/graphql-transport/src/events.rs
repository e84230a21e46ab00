//! Owns the life of one operation on a long connection: results, then the end, whatever goes wrong between.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Request, Response, ServerError};
use futures::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{
    backend::Backend,
    http::answer::{self, Answer},
    refusal::Refusal,
    run::{Endpoint, Prepared},
};

/// What happens to an operation. After `Refused` or `Complete` nothing follows.
pub enum Event {
    /// A result, as JSON.
    Next(String),
    /// It did not run, or stopped in the middle: a JSON list of errors.
    Refused(Value),
    /// It ended.
    Complete,
}

/// The events of an admitted operation of any kind.
pub fn of<B: Backend>(
    endpoint: &Arc<Endpoint<B>>,
    prepared: Prepared,
    session: B::Session,
) -> BoxStream<'static, Event> {
    match prepared.operation.kind {
        crate::OperationType::Subscription => subscription(endpoint.clone(), prepared.request, session),
        crate::OperationType::Query | crate::OperationType::Mutation => {
            single(endpoint.clone(), prepared.request, session)
        }
    }
}

fn single<B: Backend>(endpoint: Arc<Endpoint<B>>, request: Request, session: B::Session) -> BoxStream<'static, Event> {
    let outcome = async move {
        let deadline = Instant::now() + endpoint.options.limits.request_time;
        match endpoint.execute(request, session, None, deadline).await {
            Ok(answer) => of_answer(answer),
            Err(refusal) => stream::iter([Event::from(refusal)]).boxed(),
        }
    };
    stream::once(outcome).flatten().boxed()
}

/// The events of an answer that is already there.
pub fn of_answer(answer: Answer) -> BoxStream<'static, Event> {
    let body = match answer {
        Answer::Response(response) if !answer::started(&response) => {
            return stream::iter([refused(response.errors)]).boxed();
        }
        Answer::Response(response) => text(response),
        Answer::Written(written) => written.body,
    };
    stream::iter([Event::Next(body), Event::Complete]).boxed()
}

/// What a subscription still owes its reader.
enum Stage<S> {
    Starting(S),
    Running(S),
    Ended,
}

fn subscription<B: Backend>(
    endpoint: Arc<Endpoint<B>>,
    request: Request,
    session: B::Session,
) -> BoxStream<'static, Event> {
    let backend = endpoint.backend.clone();
    // Subscribing happens inside the guarded stream, so that a panic there is caught as well.
    let responses = stream::once(async move { backend.subscribe(request, session) }).flatten().boxed();
    stream::unfold(Stage::Starting(responses), move |stage| {
        let endpoint = endpoint.clone();
        async move {
            let (mut responses, first) = match stage {
                Stage::Starting(responses) => (responses, true),
                Stage::Running(responses) => (responses, false),
                Stage::Ended => return None,
            };
            let next = AssertUnwindSafe(responses.next()).catch_unwind().await;
            Some(match next {
                Ok(Some(response)) if first && never_began(&response) => (refused(response.errors), Stage::Ended),
                Ok(Some(mut response)) => {
                    answer::classify(&mut response);
                    (Event::Next(text(response)), Stage::Running(responses))
                }
                Ok(None) => (Event::Complete, Stage::Ended),
                Err(panic) => {
                    // A stream that panicked is not polled again.
                    (Event::from(endpoint.panicked(None, panic.as_ref())), Stage::Ended)
                }
            })
        }
    })
    .boxed()
}

/// Whether the first response of a subscription says that there is nothing to follow: the document is at fault, or the field
/// gave no stream. The library answers `data: null` in both cases, with a path that ends at the field.
fn never_began(response: &Response) -> bool {
    let at_the_root = response.errors.iter().all(|error| error.path.len() <= 1);
    response.data == async_graphql::Value::Null && !response.errors.is_empty() && at_the_root
}

fn refused(errors: Vec<ServerError>) -> Event {
    Event::Refused(serde_json::to_value(answer::presentable(errors)).unwrap_or_else(|_| json!([])))
}

fn text(response: Response) -> String {
    String::from_utf8(answer::body(response)).unwrap_or_default()
}

impl From<Refusal> for Event {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(json!([refusal.error()]))
    }
}
