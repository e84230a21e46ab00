//! Every query of accounts, sessions and refresh tokens.

use chrono::{DateTime, Utc};
use entity::{
    auth::{account, refresh_token, session},
    ids::{AccountId, RefreshTokenId, SessionId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect,
    RelationDef,
    sea_query::{Expr, OnConflict},
};

use super::Account;

/// Why a session ended.
#[derive(Clone, Copy, Debug)]
pub enum Ending {
    /// Its owner signed out.
    SignedOut,
    /// A refresh token came twice.
    Reuse,
    /// The account has a new password.
    PasswordChanged,
}

impl Ending {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Reuse => "reuse",
            Self::PasswordChanged => "password_changed",
        }
    }
}

/// Adds an account unless its address is taken; says whether it was added.
pub async fn insert_account(tx: &DatabaseTransaction, account: &Account) -> Result<bool, DbErr> {
    let row: account::ActiveModel = account.clone().into();
    let insert =
        account::Entity::insert(row).on_conflict(OnConflict::column(account::Column::EmailKey).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? > 0)
}

/// The account with this folded address.
pub async fn account_by_email_key(db: &impl ConnectionTrait, email_key: &str) -> Result<Option<Account>, DbErr> {
    account::Entity::find().filter(account::Column::EmailKey.eq(email_key)).one(db).await
}

/// Locks the account while its password is still the one that was verified; says whether it is.
pub async fn lock_with_password(tx: &DatabaseTransaction, id: AccountId, password_hash: &str) -> Result<bool, DbErr> {
    // Writing a column to itself is the lock that both databases have.
    let update = account::Entity::update_many()
        .col_expr(account::Column::Role, Expr::col(account::Column::Role))
        .filter(account::Column::Id.eq(id))
        .filter(account::Column::PasswordHash.eq(password_hash))
        .filter(account::Column::DisabledAt.is_null());
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Gives an account a new password; its id, if there is such an account.
pub async fn replace_password(
    tx: &DatabaseTransaction,
    email_key: &str,
    password_hash: String,
    now: DateTime<Utc>,
) -> Result<Option<AccountId>, DbErr> {
    let update = account::Entity::update_many()
        .set(account::ActiveModel {
            password_hash: Set(password_hash),
            updated_at: Set(now),
            ..account::ActiveModel::default()
        })
        .filter(account::Column::EmailKey.eq(email_key));
    Ok(update.exec_with_returning(tx).await?.first().map(|account| account.id))
}

/// Adds a session.
pub async fn insert_session(tx: &DatabaseTransaction, session: session::Model) -> Result<(), DbErr> {
    let row: session::ActiveModel = session.into();
    session::Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

/// Adds a refresh token.
pub async fn insert_refresh_token(tx: &DatabaseTransaction, token: refresh_token::Model) -> Result<(), DbErr> {
    let row: refresh_token::ActiveModel = token.into();
    refresh_token::Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

/// A session with its account.
pub async fn session_and_account(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<(session::Model, Account)>, DbErr> {
    let found = session::Entity::find_by_id(id)
        .join(JoinType::InnerJoin, session_account())
        .select_also(account::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(session, account)| account.map(|account| (session, account))))
}

/// A refresh token.
pub async fn refresh_token(
    db: &impl ConnectionTrait,
    id: RefreshTokenId,
) -> Result<Option<refresh_token::Model>, DbErr> {
    refresh_token::Entity::find_by_id(id).one(db).await
}

/// Uses a refresh token up; says whether this was its first use.
pub async fn use_refresh_token(
    tx: &DatabaseTransaction,
    id: RefreshTokenId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let update = refresh_token::Entity::update_many()
        .set(refresh_token::ActiveModel { used_at: Set(Some(now)), ..refresh_token::ActiveModel::default() })
        .filter(refresh_token::Column::Id.eq(id))
        .filter(refresh_token::Column::UsedAt.is_null());
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Prolongs a session that has not ended; says whether it had not.
pub async fn prolong_session(
    tx: &DatabaseTransaction,
    id: SessionId,
    expires_at: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let update = session::Entity::update_many()
        .set(session::ActiveModel { expires_at: Set(expires_at), ..session::ActiveModel::default() })
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::RevokedAt.is_null());
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Ends a session; says whether it had not ended before.
pub async fn end_session(
    tx: &DatabaseTransaction,
    id: SessionId,
    why: Ending,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let update = ending(why, now).filter(session::Column::Id.eq(id));
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Ends every session of an account; which ones.
pub async fn end_sessions_of(
    tx: &DatabaseTransaction,
    account_id: AccountId,
    why: Ending,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, DbErr> {
    let update = ending(why, now).filter(session::Column::AccountId.eq(account_id));
    Ok(update.exec_with_returning(tx).await?.into_iter().map(|session| session.id).collect())
}

fn ending(why: Ending, now: DateTime<Utc>) -> sea_orm::UpdateMany<session::Entity> {
    session::Entity::update_many()
        .set(session::ActiveModel {
            revoked_at: Set(Some(now)),
            revoked_reason: Set(Some(why.as_str().to_owned())),
            ..session::ActiveModel::default()
        })
        .filter(session::Column::RevokedAt.is_null())
}

fn session_account() -> RelationDef {
    session::Entity::belongs_to(account::Entity).from(session::Column::AccountId).to(account::Column::Id).into()
}

/// Whether anybody has an account.
///
/// # Errors
/// The database's.
pub async fn has_accounts(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let any: Option<AccountId> =
        account::Entity::find().select_only().column(account::Column::Id).limit(1).into_tuple().one(db).await?;
    Ok(any.is_some())
}
