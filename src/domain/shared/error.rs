//! What can go wrong, by kind: a refusal the client can act on, a caller's mistake, a fault of ours.

use std::fmt;

use sea_orm::DbErr;

use super::Permission;

/// A caller's mistake, or a fault of ours.
#[derive(Debug)]
pub enum Error {
    /// Nobody is signed in.
    Unauthenticated,
    /// Who is signed in lacks this permission.
    Forbidden(Permission),
    /// There is no such thing, or it belongs to somebody else. Both read the same.
    NotFound(&'static str),
    /// An argument is wrong.
    BadInput {
        /// Which argument.
        argument: String,
        /// What is wrong with it and what to do instead.
        message: String,
    },
    /// The object changed since the caller read it.
    VersionConflict {
        /// Its version now.
        current: i32,
    },
    /// The query asks for more than one execution may return.
    TooComplex {
        /// Most objects one execution may return.
        limit: u64,
    },
    /// A fault of ours. It is logged with its cause; the caller hears "internal error" and the request id.
    Fault(anyhow::Error),
}

impl Error {
    /// A wrong argument.
    pub fn bad_input(argument: impl Into<String>, message: impl Into<String>) -> Self {
        Self::BadInput { argument: argument.into(), message: message.into() }
    }

    /// A fault that has no source error.
    pub fn fault(message: impl fmt::Display + fmt::Debug + Send + Sync + 'static) -> Self {
        Self::Fault(anyhow::Error::msg(message))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unauthenticated => write!(f, "sign in first"),
            Self::Forbidden(permission) => write!(f, "this needs the permission {permission}"),
            Self::NotFound(what) => write!(f, "{what} not found"),
            Self::BadInput { argument, message } => write!(f, "{argument}: {message}"),
            Self::VersionConflict { current } => {
                write!(f, "it changed since you read it (version {current} now); read it again and repeat the change")
            }
            Self::TooComplex { limit } => {
                write!(f, "the query returns more than {limit} objects; ask for smaller pages")
            }
            Self::Fault(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Fault(error.into())
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}

/// Why a use case did not do what it was asked: it refused, with reasons the client can act on, or it failed.
#[derive(Debug)]
pub enum Failure<R> {
    /// Refused. Nothing was changed.
    Refused(Vec<R>),
    /// A caller's mistake or a fault.
    Error(Error),
}

impl<R> Failure<R> {
    /// One refusal.
    pub fn refuse(refusal: R) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl<R> From<Error> for Failure<R> {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl<R> From<DbErr> for Failure<R> {
    fn from(error: DbErr) -> Self {
        Self::Error(error.into())
    }
}
