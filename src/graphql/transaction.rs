//! One mutation, one transaction: begun before the use case, made permanent when it did what it was asked.

use async_graphql::Context;

use super::context::ContextExt;
use crate::{
    domain::shared::{Author, Error, Failure, Permission},
    platform::tx::{self, WriteTx},
};

/// The staff member with this permission, as the author of what is written next.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`.
pub fn author<'a>(ctx: &Context<'a>, permission: Permission) -> Result<Author<'a>, Error> {
    let staff = ctx.require(permission)?;
    Ok(Author { sources: &ctx.app().sources, account_id: Some(staff.account_id) })
}

/// Begins the transaction.
///
/// # Errors
/// The database's.
pub async fn begin(ctx: &Context<'_>) -> Result<WriteTx, Error> {
    Ok(tx::begin(&ctx.app().database).await?)
}

/// Commits what was done, or undoes what was refused. The inner `Err` holds the refusals.
///
/// # Errors
/// The failure, after undoing everything; the commit's.
pub async fn finish<T, R>(tx: WriteTx, done: Result<T, Failure<R>>) -> Result<Result<T, Vec<R>>, Error> {
    match done {
        Ok(value) => {
            tx.commit().await?;
            Ok(Ok(value))
        }
        Err(Failure::Refused(refusals)) => {
            tx.rollback().await?;
            Ok(Err(refusals))
        }
        Err(Failure::Error(error)) => Err(error),
    }
}
