//! Turning the domain's errors into GraphQL errors: a code the client can act on, never a cause from inside.

use async_graphql::{Context, ErrorExtensions, Value};

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use super::context::ContextExt;
use crate::domain::shared::Error;

/// The code of what may succeed in a moment.
pub const UNAVAILABLE: &str = "SERVICE_UNAVAILABLE";
/// What is said of it.
pub const TRY_AGAIN: &str = "the shop cannot do this now; try again in a moment";

/// The causes that a request has logged: many fields may fail for one reason, which is told once.
#[derive(Debug, Default)]
pub struct Logged(Mutex<HashSet<String>>);

fn first_time(ctx: &Context<'_>, cause: &str) -> bool {
    let Some(logged) = ctx.data_opt::<Logged>() else { return true };
    logged.0.lock().unwrap_or_else(PoisonError::into_inner).insert(cause.to_owned())
}

/// The GraphQL error of a caller's mistake or a fault. A fault is logged here, once, with its cause and the request id.
pub fn to_graphql(ctx: &Context<'_>, error: &Error) -> async_graphql::Error {
    let code = match error {
        Error::Unauthenticated => "UNAUTHENTICATED",
        Error::Forbidden(_) => "FORBIDDEN",
        Error::NotFound(_) => "NOT_FOUND",
        Error::BadInput { .. } => "BAD_USER_INPUT",
        Error::VersionConflict { .. } => "VERSION_CONFLICT",
        Error::CursorExpired => "CURSOR_EXPIRED",
        Error::TooComplex { .. } => "QUERY_TOO_COMPLEX",
        Error::Unavailable(_) => UNAVAILABLE,
        Error::Fault(_) => "INTERNAL_SERVER_ERROR",
    };
    let request_id = ctx.request_id().to_owned();
    let message = match error {
        Error::Fault(cause) => {
            let cause = format!("{cause:#}");
            if first_time(ctx, &cause) {
                tracing::error!(request_id, error = cause, "a request met a fault");
            }
            format!("internal error (request {request_id})")
        }
        Error::Unavailable(cause) => {
            let cause = format!("{cause:#}");
            if first_time(ctx, &cause) {
                tracing::warn!(request_id, error = cause, "the database could not do its part of a request");
            }
            format!("{TRY_AGAIN} (request {request_id})")
        }
        mistake => mistake.to_string(),
    };
    async_graphql::Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("requestId", request_id.clone());
        match error {
            Error::BadInput { argument, .. } => extensions.set("argument", argument.clone()),
            Error::Forbidden(permission) => {
                extensions.set("requiredPermissions", Value::List(vec![permission.as_str().into()]));
            }
            Error::VersionConflict { current } => extensions.set("currentVersion", *current),
            Error::Unauthenticated
            | Error::NotFound(_)
            | Error::CursorExpired
            | Error::TooComplex { .. }
            | Error::Unavailable(_)
            | Error::Fault(_) => {}
        }
    })
}

/// Errors of a nullable field: the field is null, its error is in `errors`, its siblings still answer.
///
/// The library would null the parent of a nullable field that fails; the specification (section 6.4.4) nulls the field.
pub fn nullable<T>(ctx: &Context<'_>, result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            let error = to_graphql(ctx, &error).into_server_error(ctx.item.pos);
            ctx.add_error(ctx.set_error_path(error));
            None
        }
    }
}

/// As [`nullable`], for a field that may also be null without an error.
pub fn optional<T>(ctx: &Context<'_>, result: Result<Option<T>, Error>) -> Option<T> {
    nullable(ctx, result).flatten()
}

/// Errors of a non-null field: they propagate to the nearest nullable parent.
///
/// # Errors
/// The same error, as GraphQL's.
pub fn required<T>(ctx: &Context<'_>, result: Result<T, Error>) -> async_graphql::Result<T> {
    result.map_err(|error| to_graphql(ctx, &error))
}
