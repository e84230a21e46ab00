//! Letting go of sign-ins that are long over.

use chrono::{DateTime, Utc};
use entity::auth::{refresh_token, session};
use sea_orm::{ColumnTrait, Condition, DbErr};

use crate::platform::{Database, batch::delete_some};

/// Deletes at most `most` refresh tokens and as many sessions that ended by themselves before `before`; returns how many.
/// A used or revoked one stays until then: its second use is how a theft shows.
///
/// # Errors
/// The database's.
pub async fn delete_ended(db: &Database, before: DateTime<Utc>, most: u64) -> Result<u64, DbErr> {
    let ended = Condition::all().add(refresh_token::Column::ExpiresAt.lt(before));
    let (id, order) = (refresh_token::Column::Id, refresh_token::Column::ExpiresAt);
    let tokens = delete_some::<refresh_token::Entity>(db, id, order, ended, most).await?;
    let ended = Condition::all().add(session::Column::ExpiresAt.lt(before));
    let sessions =
        delete_some::<session::Entity>(db, session::Column::Id, session::Column::ExpiresAt, ended, most).await?;
    Ok(tokens + sessions)
}
