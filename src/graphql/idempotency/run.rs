//! Running a request under its key: claim, work, and the answer in the transaction of the work.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Request, Response, Value};
use futures::FutureExt;
use graphql_transport::{Answer, HeaderName, HeaderValue, Refusal, StatusCode, Written, header, started};
use sea_orm::DbErr;

use super::key::IdempotencyKey;
use crate::{
    app::App,
    graphql::{CartwrightSchema, context::RequestContext, execute},
    platform::{
        hold::{self, Hold},
        idempotency::{self, Answered, Claimed, Ticket, Usage},
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
/// Refusals: the key was used for another request (422), or is in use (409); the database does not answer (503).
pub async fn run(
    schema: &CartwrightSchema,
    request: Request,
    context: RequestContext,
    usage: Usage,
) -> Result<Answer, Refusal> {
    let (app, schema) = (context.app.clone(), schema.clone());
    let request_id = context.request_id.clone();
    let task = app.jobs.spawn(async move { claim_and_run(&schema, request, context, &usage).await });
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
    let attempt = Attempt { app: context.app.clone(), request_id: context.request_id.clone() };
    let ticket = match idempotency::claim(&attempt.app.database, &attempt.app.sources, usage).await {
        Ok(Claimed::Run(ticket)) => ticket,
        Ok(Claimed::Answered(answer)) => return Ok(Ok(replayed(answer))),
        Ok(Claimed::InProgress) => return Ok(Err(in_progress())),
        Ok(Claimed::Reused) => return Ok(Err(reused())),
        Err(error) => return Ok(Err(attempt.unavailable(&error))),
    };
    let request = request.data(IdempotencyKey(usage.key.clone()));
    attempt.under(&ticket, execute::run(schema, request, context)).await
}

/// One attempt at a request.
struct Attempt {
    app: App,
    request_id: String,
}

impl Attempt {
    async fn under(&self, ticket: &Ticket, work: impl Future<Output = Response>) -> Ended {
        let hold = Arc::new(Hold::default());
        let limited =
            tokio::time::timeout(self.app.settings.server.request_timeout, hold::within(Arc::clone(&hold), work));
        match AssertUnwindSafe(limited).catch_unwind().await {
            Ok(Ok(response)) if is_final(&response) => Ok(self.keep(ticket, &hold, response).await),
            Ok(Ok(response)) => {
                self.give_up(ticket, &hold).await;
                Ok(Ok(Answer::Response(response)))
            }
            Ok(Err(_)) => {
                self.give_up(ticket, &hold).await;
                Ok(Err(Refusal::timed_out()))
            }
            Err(panic) => {
                self.give_up(ticket, &hold).await;
                Err(panic)
            }
        }
    }

    /// Commits the work and its answer together.
    async fn keep(&self, ticket: &Ticket, hold: &Hold, response: Response) -> Result<Answer, Refusal> {
        let written = Written::of(response);
        let order_id = hold.order();
        let answer = Answered { body: written.body.clone(), code: written.code.clone(), order_id };
        match self.commit(ticket, hold, answer).await {
            Ok(true) => Ok(Answer::Written(written)),
            Ok(false) => {
                tracing::warn!(request_id = self.request_id, "an idempotency key was taken over; its work is undone");
                Err(in_progress())
            }
            Err(error) => {
                self.give_up(ticket, hold).await;
                Err(self.unavailable(&error))
            }
        }
    }

    /// Closes the key in the transaction that is held, or in one of its own. False: the claim was lost, and all is undone.
    async fn commit(&self, ticket: &Ticket, hold: &Hold, answer: Answered) -> Result<bool, DbErr> {
        let tx = match hold.take().await? {
            Some(tx) => tx,
            None => tx::begin(&self.app.database).await?,
        };
        let kept = idempotency::complete(&tx, ticket, answer, self.app.sources.now()).await?;
        if kept {
            tx.commit().await?
        } else {
            tx.rollback().await?
        }
        Ok(kept)
    }

    /// Undoes what is held and frees the key, so that the next attempt runs at once. What fails here ends with the lease.
    async fn give_up(&self, ticket: &Ticket, hold: &Hold) {
        let undone = match hold.take().await {
            Ok(Some(tx)) => tx.rollback().await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        let released = idempotency::release(&self.app.database, ticket).await;
        for error in [undone, released].into_iter().filter_map(Result::err) {
            tracing::warn!(request_id = self.request_id, error = %error, "a request with an idempotency key was given up");
        }
    }

    fn unavailable(&self, error: &DbErr) -> Refusal {
        tracing::error!(request_id = self.request_id, error = %error, "an idempotency key could not be kept");
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
