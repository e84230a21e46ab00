//! Signing out: the session ends, and with it every token of it.

use entity::ids::SessionId;

use super::{
    Audience, AuthState, Refusal,
    renew::find_refresh_token,
    store::{self, Ending},
};
use crate::{
    domain::shared::{Error, Failure},
    platform::{Database, tx},
};

/// Ends a session: in this process at once, in others within `session_trust`. Ending it again changes nothing.
///
/// # Errors
/// The database's.
pub async fn sign_out(db: &Database, state: &AuthState, session_id: SessionId) -> Result<(), Error> {
    let tx = tx::begin(db).await?;
    store::end_session(&tx, session_id, Ending::SignedOut, state.sources.now()).await?;
    tx.commit().await?;
    state.sessions.forget(&[session_id]).await;
    Ok(())
}

/// Ends the session of a refresh token, also of a used or expired one: who has it may end what it began.
///
/// # Errors
/// `TokenInvalid` for a token that was never handed out for this audience; faults.
pub async fn sign_out_by_refresh_token(
    db: &Database,
    state: &AuthState,
    refresh_token: &str,
    audience: Audience,
) -> Result<(), Failure<Refusal>> {
    let invalid = || Failure::refuse(Refusal::TokenInvalid);
    let token = find_refresh_token(db.reader(), refresh_token).await?.ok_or_else(invalid)?;
    let found = store::session_and_account(db.reader(), token.session_id).await?;
    let (session, _) = found.filter(|(session, _)| session.audience == audience).ok_or_else(invalid)?;
    Ok(sign_out(db, state, session.id).await?)
}
