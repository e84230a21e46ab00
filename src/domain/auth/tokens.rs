//! Access tokens: JWTs of ours (RFC 9068 in form, RFC 8725 in care), signed with HS256 by the ring of keys.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    auth::{account::Role, session::Audience},
    ids::{AccountId, SessionId},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    domain::shared::Error,
    platform::{Sources, keys::KeyRing},
};

/// Longer tokens are refused before anything of them is read.
pub const MOST_BYTES: usize = 8 * 1_024;
const ISSUER: &str = "cartwright";
const TYPE: &str = "at+jwt";
const LEEWAY_SECONDS: i64 = 60;

/// What an access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The account.
    pub account_id: AccountId,
    /// The sign-in.
    pub session_id: SessionId,
    /// Storefront or staff.
    pub audience: Audience,
    /// A staff member's role, for whoever reads the token. Permissions come from the account.
    pub role: Option<Role>,
}

/// A token that is not ours, not for this, or not any more. Why is nobody's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidToken;

/// A signed access token.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The token.
    pub text: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessToken(until {})", self.expires_at)
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: AudienceClaim,
    sub: AccountId,
    sid: SessionId,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<RoleClaim>,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum AudienceClaim {
    Storefront,
    Staff,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum RoleClaim {
    Customer,
    Staff,
    Admin,
}

/// Signs an access token that begins now.
///
/// # Errors
/// A fault.
pub fn issue(keys: &KeyRing, sources: &Sources, grant: &Grant, life: TimeDelta) -> Result<AccessToken, Error> {
    let now = sources.now().timestamp();
    let exp = now + life.num_seconds();
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: match grant.audience {
            Audience::Storefront => AudienceClaim::Storefront,
            Audience::Staff => AudienceClaim::Staff,
        },
        sub: grant.account_id,
        sid: grant.session_id,
        role: grant.role.map(|role| match role {
            Role::Customer => RoleClaim::Customer,
            Role::Staff => RoleClaim::Staff,
            Role::Admin => RoleClaim::Admin,
        }),
        iat: now,
        nbf: now,
        exp,
        jti: sources.id(),
    };
    let key = keys.signing();
    let header = Header { typ: Some(TYPE.to_owned()), kid: Some(key.id.to_string()), ..Header::new(Algorithm::HS256) };
    let text = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key.secret))
        .map_err(|error| Error::fault(format!("signing an access token: {error}")))?;
    let expires_at = DateTime::from_timestamp(exp, 0).ok_or_else(|| Error::fault("an access token without an end"))?;
    Ok(AccessToken { text, expires_at })
}

/// What a token says, when one of our keys signed it, as an access token, and its time is now.
///
/// The key is chosen by `kid` among ours and its algorithm is fixed; `jku`, `x5u`, `jwk` and `x5c` are never followed.
///
/// # Errors
/// `InvalidToken`, whatever is wrong.
pub fn verify(keys: &KeyRing, now: DateTime<Utc>, token: &str) -> Result<Grant, InvalidToken> {
    if token.len() > MOST_BYTES {
        return Err(InvalidToken);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_| InvalidToken)?;
    if !header.typ.as_deref().is_some_and(|typ| typ.eq_ignore_ascii_case(TYPE)) || header.crit.is_some() {
        return Err(InvalidToken);
    }
    let kid = header.kid.as_deref().and_then(|kid| Uuid::try_parse(kid).ok()).ok_or(InvalidToken)?;
    let key = keys.find(kid).ok_or(InvalidToken)?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&["storefront", "staff"]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    // The library would ask the system's clock; ours is compared below.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(&key.secret), &validation);
    let claims = claims.map_err(|_| InvalidToken)?.claims;
    let now = now.timestamp();
    let begun = claims.nbf.max(claims.iat) <= now.saturating_add(LEEWAY_SECONDS);
    let ended = now > claims.exp.saturating_add(LEEWAY_SECONDS);
    if !begun || ended {
        return Err(InvalidToken);
    }
    Ok(Grant {
        account_id: claims.sub,
        session_id: claims.sid,
        audience: match claims.aud {
            AudienceClaim::Storefront => Audience::Storefront,
            AudienceClaim::Staff => Audience::Staff,
        },
        role: claims.role.map(|role| match role {
            RoleClaim::Customer => Role::Customer,
            RoleClaim::Staff => Role::Staff,
            RoleClaim::Admin => Role::Admin,
        }),
    })
}
