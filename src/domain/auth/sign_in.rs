//! Signing in with address and password: a new session with its first tokens.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use entity::{
    auth::{refresh_token, session},
    ids::{RefreshTokenId, SessionId},
};
use sea_orm::DatabaseTransaction;
use sha2::{Digest, Sha256};

use super::{
    Account, Audience, AuthState, Refusal, Role, email_key,
    model::check_email,
    passwords::Password,
    store,
    throttle::ThrottleKey,
    tokens::{self, Grant},
};
use crate::{
    domain::shared::{Error, Failure},
    platform::{Database, tx},
};

/// What somebody signs in with.
#[derive(Clone)]
pub struct Credentials {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// The tokens of a session.
#[derive(Clone)]
pub struct TokenPair {
    /// For the header `Authorization`.
    pub access_token: String,
    /// For one renewal.
    pub refresh_token: String,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for TokenPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenPair(until {})", self.expires_at)
    }
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub account: Account,
    /// The new session.
    pub session_id: SessionId,
    /// Its tokens.
    pub tokens: TokenPair,
}

/// Signs somebody in. Known and unknown addresses take the same path: one look-up, one hash.
///
/// # Errors
/// `WrongCredentials`, `Throttled`; faults.
pub async fn sign_in(
    db: &Database,
    state: &AuthState,
    credentials: Credentials,
    audience: Audience,
) -> Result<SignedIn, Failure<Refusal>> {
    let counted = ThrottleKey::of(&credentials.email);
    state.throttle.attempt(counted, state.sources.now()).await.map_err(Failure::refuse)?;
    let password = Password::claimed(&credentials.password).ok_or(Failure::refuse(Refusal::WrongCredentials))?;
    let account = match check_email(&credentials.email) {
        Ok(email) => store::account_by_email_key(db.reader(), &email_key(email)).await?,
        Err(_) => None,
    };
    let stored = account.as_ref().map(|account| account.password_hash.as_str());
    let matches = state.passwords.verify(password, stored).await?;
    let account = account
        .filter(|account| matches && may_sign_in(account, audience))
        .ok_or(Failure::refuse(Refusal::WrongCredentials))?;

    let tx = tx::begin(db).await?;
    // A password that was changed since it was verified opens nothing: its change ends the sessions there are.
    if !store::lock_with_password(&tx, account.id, &account.password_hash).await? {
        return Err(Failure::refuse(Refusal::WrongCredentials));
    }
    let (session_id, now) = (state.sources.id(), state.sources.now());
    let session = session::Model {
        id: session_id,
        account_id: account.id,
        audience,
        created_at: now,
        expires_at: now + state.refresh_life,
        revoked_at: None,
        revoked_reason: None,
    };
    store::insert_session(&tx, session).await?;
    let tokens = hand_out(&tx, state, &account, session_id, audience).await?;
    tx.commit().await?;
    state.throttle.clear(counted).await;
    Ok(SignedIn { account, session_id, tokens })
}

/// Whether an account may be signed in to for this.
pub fn may_sign_in(account: &Account, audience: Audience) -> bool {
    let has_role = match (audience, account.role) {
        (Audience::Storefront, Role::Customer | Role::Staff | Role::Admin) => true,
        (Audience::Staff, Role::Staff | Role::Admin) => true,
        (Audience::Staff, Role::Customer) => false,
    };
    has_role && account.disabled_at.is_none()
}

/// Makes the next pair of tokens of a session. The refresh token is `<id>.<secret>`; only its digest is kept, which
/// needs no slow hash because the secret has 256 random bits.
pub async fn hand_out(
    tx: &DatabaseTransaction,
    state: &AuthState,
    account: &Account,
    session_id: SessionId,
    audience: Audience,
) -> Result<TokenPair, Error> {
    let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let (id, now): (RefreshTokenId, _) = (state.sources.id(), state.sources.now());
    let row = refresh_token::Model {
        id,
        session_id,
        secret_hash: digest(&secret),
        created_at: now,
        expires_at: now + state.refresh_life,
        used_at: None,
    };
    store::insert_refresh_token(tx, row).await?;
    let role = match audience {
        Audience::Storefront => None,
        Audience::Staff => Some(account.role),
    };
    let grant = Grant { account_id: account.id, session_id, audience, role };
    let access = tokens::issue(&state.keys, &state.sources, &grant, state.access_life)?;
    Ok(TokenPair { access_token: access.text, refresh_token: format!("{id}.{secret}"), expires_at: access.expires_at })
}

/// What is kept of a refresh token's secret: SHA-256, hexadecimal.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
