//! Owns the way of a request from its parameters to the schema: hash, gate, settings, execution with its time and panics.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{Request, Variables};
use futures::FutureExt;
use http::request::Parts;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::{
    backend::Backend,
    gate::{self, Operation},
    http::answer::{self, Answer},
    options::Options,
    params::Params,
    persisted::Persisted,
    refusal::Refusal,
};

/// One endpoint: what stands behind it, its settings, its persisted documents.
pub struct Endpoint<B> {
    pub backend: B,
    pub options: Options,
    persisted: Persisted,
}

/// A request that the gate admitted.
pub struct Prepared {
    pub request: Request,
    pub operation: Operation,
}

impl<B: Backend> Endpoint<B> {
    pub fn new(backend: B, options: Options) -> Arc<Self> {
        let persisted = Persisted::new(options.limits.persisted_bytes);
        Arc::new(Self { backend, options, persisted })
    }

    /// Finds the text, passes it through the gate and makes the library's request of it.
    pub fn prepare(&self, mut params: Params) -> Result<Prepared, Refusal> {
        let (text, hash) = self.persisted.resolve(&mut params)?;
        let name = params.operation_name.as_deref();
        let admitted = gate::admit(&text, &params.variables, name, &self.options.limits)?;
        let operation = admitted.operation;
        if operation.introspection && !self.options.introspection {
            return Err(Refusal::document("introspection is switched off"));
        }
        if let Some(hash) = hash {
            self.persisted.keep(hash, &text);
        }
        let mut request =
            Request::new(text).variables(Variables::from_json(Value::Object(params.variables))).data(operation.clone());
        request.operation_name = operation.name.clone();
        request.set_parsed_query(admitted.document);
        Ok(Prepared { request, operation })
    }

    /// Runs a query or mutation until the deadline.
    pub async fn execute(
        &self,
        request: Request,
        session: B::Session,
        parts: Option<&Parts>,
        deadline: Instant,
    ) -> Result<Answer, Refusal> {
        let running = async { self.backend.execute(request, session).await };
        let mut answer = self.guarded(running, parts, deadline).await?;
        if let Answer::Response(response) = &mut answer {
            answer::classify(response);
        }
        Ok(answer)
    }

    /// Awaits something of the backend's: a deadline becomes 503, a panic 500.
    pub async fn guarded<T>(
        &self,
        running: impl Future<Output = Result<T, Refusal>>,
        parts: Option<&Parts>,
        deadline: Instant,
    ) -> Result<T, Refusal> {
        match timeout_at(deadline, AssertUnwindSafe(running).catch_unwind()).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(panic)) => Err(self.panicked(parts, panic.as_ref())),
            Err(_) => {
                let refusal = Refusal::timed_out();
                Err(match self.backend.timed_out(parts) {
                    Some(id) => refusal.with_extension("requestId", id),
                    None => refusal,
                })
            }
        }
    }

    /// Reports a panic, and tells the client nothing but where to find the report.
    pub fn panicked(&self, parts: Option<&Parts>, panic: &(dyn Any + Send)) -> Refusal {
        let cause = panic
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("a panic without a message");
        Refusal::internal(self.backend.panicked(parts, cause))
    }
}
