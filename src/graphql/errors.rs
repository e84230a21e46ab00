//! Turning the domain's errors into GraphQL errors: a code the client can act on, never a cause from inside.

use async_graphql::{Context, ErrorExtensions, Value};

use super::context::ContextExt;
use crate::domain::shared::Error;

/// The GraphQL error of a caller's mistake or a fault. A fault is logged here, once, with its cause and the request id.
pub fn to_graphql(ctx: &Context<'_>, error: &Error) -> async_graphql::Error {
    let code = match error {
        Error::Unauthenticated => "UNAUTHENTICATED",
        Error::Forbidden(_) => "FORBIDDEN",
        Error::NotFound(_) => "NOT_FOUND",
        Error::BadInput { .. } => "BAD_USER_INPUT",
        Error::VersionConflict { .. } => "VERSION_CONFLICT",
        Error::TooComplex { .. } => "QUERY_TOO_COMPLEX",
        Error::Fault(_) => "INTERNAL_SERVER_ERROR",
    };
    let request_id = ctx.request_id().to_owned();
    let message = match error {
        Error::Fault(cause) => {
            tracing::error!(request_id, error = format!("{cause:#}"), "a request met a fault");
            format!("internal error (request {request_id})")
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
            Error::Unauthenticated | Error::NotFound(_) | Error::TooComplex { .. } | Error::Fault(_) => {}
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
