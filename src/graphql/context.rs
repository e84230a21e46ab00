//! What every resolver may ask for: the application, who is calling, the request's id and its budget.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use async_graphql::Context;

use crate::{
    app::App,
    domain::shared::{Error, Permission, Staff, Viewer},
};

/// What one execution knows about its request.
#[derive(Debug)]
pub struct RequestContext {
    /// The application.
    pub app: App,
    /// Who is calling.
    pub viewer: Viewer,
    /// The token of a guest's order, from the header `X-Order-Access-Token` or the socket's first message.
    pub order_access_token: Option<String>,
    /// The request's id, which the log knows too.
    pub request_id: String,
    /// Objects this execution may still return.
    pub budget: Budget,
}

/// Objects that one execution may return (pages inside pages multiply). Clones count together.
#[derive(Clone, Debug)]
pub struct Budget {
    limit: u64,
    used: Arc<AtomicU64>,
}

impl Budget {
    /// A budget of `limit` objects.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self { limit, used: Arc::default() }
    }

    /// Charges objects that are about to be returned.
    ///
    /// # Errors
    /// `TooComplex` when the execution returned too many.
    pub fn charge(&self, objects: usize) -> Result<(), Error> {
        let objects = u64::try_from(objects).unwrap_or(u64::MAX);
        let used = self.used.fetch_add(objects, Ordering::Relaxed).saturating_add(objects);
        if used > self.limit { Err(Error::TooComplex { limit: self.limit }) } else { Ok(()) }
    }

    /// Begins anew: each message of a subscription is an execution of its own.
    pub fn renew(&self) {
        self.used.store(0, Ordering::Relaxed);
    }

    /// Most objects.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Objects returned so far.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }
}

/// Short ways to the request's context.
pub trait ContextExt<'a> {
    /// The request's context.
    fn request(&self) -> &'a RequestContext;

    /// The application.
    fn app(&self) -> &'a App {
        &self.request().app
    }

    /// Who is calling.
    fn viewer(&self) -> &'a Viewer {
        &self.request().viewer
    }

    /// The request's id.
    fn request_id(&self) -> &'a str {
        &self.request().request_id
    }

    /// The staff member with this permission.
    ///
    /// # Errors
    /// `Unauthenticated`, `Forbidden`.
    fn require(&self, permission: Permission) -> Result<Staff, Error> {
        self.viewer().require(permission)
    }
}

impl<'a> ContextExt<'a> for Context<'a> {
    fn request(&self) -> &'a RequestContext {
        self.data_unchecked::<RequestContext>()
    }
}
