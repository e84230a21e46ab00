//! Exchanging a refresh token for the next pair, once (RFC 9700, section 4.14.2).

use entity::{auth::refresh_token, ids::RefreshTokenId};
use sea_orm::ConnectionTrait;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{
    Audience, AuthState, Refusal, TokenPair,
    sign_in::{digest, hand_out, may_sign_in},
    store::{self, Ending},
};
use crate::{
    domain::shared::{Error, Failure},
    platform::{Database, tx},
};

/// Longer texts are no refresh tokens of ours.
const MOST_BYTES: usize = 256;

/// Exchanges a refresh token. One that was exchanged before ends its session: somebody else may have it.
///
/// # Errors
/// `TokenInvalid`, whatever is wrong with the token; faults.
pub async fn renew(
    db: &Database,
    state: &AuthState,
    refresh_token: &str,
    audience: Audience,
) -> Result<TokenPair, Failure<Refusal>> {
    let invalid = || Failure::refuse(Refusal::TokenInvalid);
    let token = find_refresh_token(db.reader(), refresh_token).await?.ok_or_else(invalid)?;
    let found = store::session_and_account(db.reader(), token.session_id).await?;
    let (session, account) = found.filter(|(session, _)| session.audience == audience).ok_or_else(invalid)?;
    let now = state.sources.now();
    if token.used_at.is_some() {
        end_reused(db, state, &session).await?;
        return Err(invalid());
    }
    if token.expires_at <= now || session.revoked_at.is_some() || !may_sign_in(&account, audience) {
        return Err(invalid());
    }
    let tx = tx::begin(db).await?;
    // Two renewals at the same moment both saw the token unused: one wins here. The other is refused, but the session
    // lives on: two tabs of one browser do this.
    let first = store::use_refresh_token(&tx, token.id, now).await?;
    if !first || !store::prolong_session(&tx, session.id, now + state.refresh_life).await? {
        return Err(invalid());
    }
    let tokens = hand_out(&tx, state, &account, session.id, audience).await?;
    tx.commit().await?;
    Ok(tokens)
}

/// The refresh token with this text, used or not.
pub async fn find_refresh_token(db: &impl ConnectionTrait, text: &str) -> Result<Option<refresh_token::Model>, Error> {
    if text.len() > MOST_BYTES {
        return Ok(None);
    }
    let Some((id, secret)) = text.split_once('.') else { return Ok(None) };
    let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
    let row = store::refresh_token(db, RefreshTokenId(id)).await?;
    Ok(row.filter(|row| row.secret_hash.as_bytes().ct_eq(digest(secret).as_bytes()).into()))
}

async fn end_reused(db: &Database, state: &AuthState, session: &entity::auth::session::Model) -> Result<(), Error> {
    let tx = tx::begin(db).await?;
    let ended = store::end_session(&tx, session.id, Ending::Reuse, state.sources.now()).await?;
    tx.commit().await?;
    state.sessions.forget(&[session.id]).await;
    if ended {
        tracing::warn!(
            session_id = %session.id,
            account_id = %session.account_id,
            "a refresh token was used twice; its session is ended"
        );
    }
    Ok(())
}
