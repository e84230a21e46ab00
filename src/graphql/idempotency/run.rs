//! Running a request under its key: claim, work, and the answer in the transaction of the work.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Request, Response, Value};
use futures::FutureExt;
use graphql_transport::{Answer, HeaderName, HeaderValue, Refusal, StatusCode, Written, header, started};
use sea_orm::DbErr;
use tokio::time::{Instant, timeout_at};

use super::key::IdempotencyKey;
use crate::{
    app::App,
    graphql::{CartwrightSchema, context::RequestContext, execute},
    platform::{
        admission::in_turn,
        hold::{self, Hold},
        idempotency::{self, Answered, Claimed, Ticket, Usage},
        outage::is_outage,
        tx,
    },
};

/// Says that an answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Codes of answers that are worth asking again for: none of these is kept.
const PASSING: [&str; 5] =
    ["INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE", "REQUEST_TIMEOUT", "RATE_LIMITED", "IDEMPOTENCY_IN_PROGRESS"];

/// What became of a request: an answer, or a panic to be passed on.
type Ended = Result<Result<Answer, Refusal>, Box<dyn Any + Send>>;

/// Runs a request under its key. It goes on when the caller stops waiting.
///
/// # Errors
/// Refusals: the key was used for another request (422), or is in use (409); the database does not answer (503); a fault (500).
pub async fn run(
    schema: &CartwrightSchema,
    request: Request,
    context: RequestContext,
    usage: Usage,
) -> Result<Answer, Refusal> {
    let (app, schema) = (context.app.clone(), schema.clone());
    let request_id = context.request_id.clone();
    let task = app.jobs.spawn(in_turn(async move { claim_and_run(&schema, request, context, &usage).await }));
    match task.await {
        Ok(Ok(answered)) => answered,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => {
            tracing::error!(request_id, error = %error, "a request with an idempotency key ended early");
            Err(Refusal::internal(Some(request_id)))
        }
    }
}

async fn claim_and_run(schema: &CartwrightSchema, request: Request, context: RequestContext, usage: &Usage) -> Ended {
    let app = context.app.clone();
    let attempt = Attempt {
        ticket: usage.ticket(&app.sources),
        deadline: Instant::now() + app.settings.server.request_timeout,
        hold: Arc::default(),
        request_id: context.request_id.clone(),
        app,
    };
    let (database, sources) = (&attempt.app.database, &attempt.app.sources);
    let claiming = idempotency::claim(database, sources, usage, &attempt.ticket);
    match timeout_at(attempt.deadline, claiming).await {
        Ok(Ok(Claimed::Run)) => {}
        Ok(Ok(Claimed::Answered(answer))) => return Ok(Ok(replayed(answer))),
        Ok(Ok(Claimed::InProgress)) => return Ok(Err(in_progress())),
        Ok(Ok(Claimed::Reused)) => return Ok(Err(reused())),
        Ok(Err(error)) => return Ok(Err(attempt.refuse(&error))),
        Err(_) => {
            // It may have been claimed all the same.
            attempt.give_up().await;
            return Ok(Err(Refusal::timed_out()));
        }
    }
    let request = request.data(IdempotencyKey(usage.key.clone()));
    attempt.work(execute::run(schema, request, context)).await
}

/// One attempt at a request.
struct Attempt {
    app: App,
    ticket: Ticket,
    deadline: Instant,
    hold: Arc<Hold>,
    request_id: String,
}

impl Attempt {
    /// Does the work of a claimed key.
    async fn work(&self, work: impl Future<Output = Response>) -> Ended {
        let limited = timeout_at(self.deadline, hold::within(Arc::clone(&self.hold), work));
        match AssertUnwindSafe(limited).catch_unwind().await {
            Ok(Ok(response)) if is_final(&response) => Ok(self.keep(response).await),
            Ok(Ok(response)) => {
                self.give_up().await;
                Ok(Ok(Answer::Response(response)))
            }
            Ok(Err(_)) => {
                self.give_up().await;
                Ok(Err(Refusal::timed_out()))
            }
            Err(panic) => {
                self.give_up().await;
                Err(panic)
            }
        }
    }

    /// Commits the work and its answer together.
    async fn keep(&self, response: Response) -> Result<Answer, Refusal> {
        let written = Written::of(response);
        let order_id = self.hold.order();
        let answer = Answered { body: written.body.clone(), code: written.code.clone(), order_id };
        match self.commit(answer).await {
            Ok(true) => Ok(Answer::Written(written)),
            Ok(false) => {
                tracing::warn!(request_id = self.request_id, "an idempotency key was taken over; its work is undone");
                Err(in_progress())
            }
            Err(error) => {
                self.give_up().await;
                Err(self.refuse(&error))
            }
        }
    }

    /// Closes the key in the transaction that is held, or in one of its own. False: the claim was lost, and all is undone.
    async fn commit(&self, answer: Answered) -> Result<bool, DbErr> {
        let tx = match self.hold.take().await? {
            Some(tx) => tx,
            None => tx::begin(&self.app.database).await?,
        };
        let kept = idempotency::complete(&tx, &self.ticket, answer, self.app.sources.now()).await?;
        if kept {
            tx.commit().await?
        } else {
            tx.rollback().await?
        }
        Ok(kept)
    }

    /// Undoes what is held and frees the key, so that the next attempt runs at once. What fails here ends with the lease.
    async fn give_up(&self) {
        let undone = match self.hold.take().await {
            Ok(Some(tx)) => tx.rollback().await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        let released = idempotency::release(&self.app.database, &self.ticket).await;
        for error in [undone, released].into_iter().filter_map(Result::err) {
            tracing::warn!(request_id = self.request_id, error = %error, "a request with an idempotency key was given up");
        }
    }

    /// What the database would not do: "not now" when that passes by itself, else a fault of ours.
    fn refuse(&self, error: &DbErr) -> Refusal {
        tracing::error!(request_id = self.request_id, error = %error, "an idempotency key could not be kept");
        if !is_outage(error) {
            return Refusal::internal(Some(self.request_id.clone()));
        }
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", "try again in a moment")
            .with_extension("requestId", self.request_id.clone())
            .with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }
}

/// Whether asking again would be answered the same way.
fn is_final(response: &Response) -> bool {
    let passing = |error: &async_graphql::ServerError| {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        // What has no code is a fault that nobody classified; the library's refusals of values have a text of their own.
        match code {
            Some(Value::String(code)) => PASSING.contains(&code.as_str()),
            _ => !error.message.starts_with("Failed to parse \""),
        }
    };
    started(response) && !response.errors.iter().any(passing)
}

fn replayed(answer: Answered) -> Answer {
    let headers = [(REPLAYED, HeaderValue::from_static("true"))].into_iter().collect();
    Answer::Written(Written { body: answer.body, code: answer.code, headers })
}

fn in_progress() -> Refusal {
    let message = "the first request with this idempotency key is still running; ask again in a moment";
    Refusal::new(StatusCode::CONFLICT, "IDEMPOTENCY_IN_PROGRESS", message)
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
}

fn reused() -> Refusal {
    let message = "this idempotency key was used for another request; use a new key";
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED", message)
}
