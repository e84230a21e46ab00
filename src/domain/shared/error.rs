//! What can go wrong, by kind: a refusal the client can act on, a caller's mistake, a fault of ours or what it leans on.

use std::fmt;

use sea_orm::DbErr;

use super::Permission;
use crate::platform::outage::is_outage;

/// A caller's mistake, or a fault: of ours, or of the database that is away.
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
    /// The events after a cursor are not kept any more.
    CursorExpired,
    /// The query asks for more than one execution may return.
    TooComplex {
        /// Most objects one execution may return.
        limit: u64,
    },
    /// The database cannot do it now; the same request may succeed in a moment. The cause is logged, the caller hears to try
    /// again.
    Unavailable(anyhow::Error),
    /// A fault of ours. It is logged with its cause; the caller hears "internal error" and the request id.
    Fault(anyhow::Error),
}

impl Error {
    /// A wrong argument.
    pub fn bad_input(argument: impl Into<String>, message: impl Into<String>) -> Self {
        Self::BadInput { argument: argument.into(), message: message.into() }
    }

    /// The same kind of failure once more, for another who waited for what failed: an outage stays one.
    pub fn repeated(&self, doing: &str) -> Self {
        let cause = anyhow::anyhow!("{doing}: {self}");
        if matches!(self, Self::Unavailable(_)) { Self::Unavailable(cause) } else { Self::Fault(cause) }
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
            Self::CursorExpired => write!(
                f,
                "the events after this cursor are not kept any more; subscribe again without it, which begins with the \
                 present state"
            ),
            Self::TooComplex { limit } => {
                write!(f, "the query returns more than {limit} objects; ask for smaller pages")
            }
            Self::Unavailable(error) | Self::Fault(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_outage(&error) { Self::Unavailable(error.into()) } else { Self::Fault(error.into()) }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        if error.downcast_ref().is_some_and(is_outage) { Self::Unavailable(error) } else { Self::Fault(error) }
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
