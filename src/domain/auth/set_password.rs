//! Giving an account a new password, which ends all its sessions.

use super::{
    AuthState, Refusal, email_key,
    model::check_email,
    passwords::Password,
    store::{self, Ending},
};
use crate::{
    domain::shared::Failure,
    platform::{Database, tx},
};

/// Replaces the password of the account with this address. For the operator, who needs no old password.
///
/// # Errors
/// Refusals of address and password, `AccountUnknown`; faults.
pub async fn set_password(
    db: &Database,
    state: &AuthState,
    email: &str,
    password: &str,
) -> Result<(), Failure<Refusal>> {
    let email = check_email(email).map_err(Failure::refuse)?;
    let password = Password::chosen(password, email).map_err(Failure::refuse)?;
    let password_hash = state.passwords.hash(password).await?;
    let now = state.sources.now();
    let tx = tx::begin(db).await?;
    let account_id = store::replace_password(&tx, &email_key(email), password_hash, now).await?;
    let account_id = account_id.ok_or(Failure::refuse(Refusal::AccountUnknown))?;
    let ended = store::end_sessions_of(&tx, account_id, Ending::PasswordChanged, now).await?;
    tx.commit().await?;
    state.sessions.forget(&ended).await;
    Ok(())
}
