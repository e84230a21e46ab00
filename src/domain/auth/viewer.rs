//! Who an access token stands for, now.

use sea_orm::ConnectionTrait;

use super::{
    Audience, AuthState, Role,
    tokens::{self, InvalidToken},
};
use crate::domain::shared::{Customer, Error, Staff, Viewer};

/// Why a token gave no viewer.
#[derive(Debug)]
pub enum ViewerError {
    /// The token is not valid (any more): 401, never a guest.
    InvalidToken,
    /// A fault of ours or of the database: whether the token is valid is not known.
    Fault(Error),
}

impl From<InvalidToken> for ViewerError {
    fn from(_: InvalidToken) -> Self {
        Self::InvalidToken
    }
}

/// The viewer of an access token, whose session has not ended and whose account is not disabled, as far as was known
/// at most `session_trust` ago. A staff member's role is the account's, not the token's.
///
/// # Errors
/// `InvalidToken`, or a fault when the database does not answer.
pub async fn viewer_of(db: &impl ConnectionTrait, state: &AuthState, token: &str) -> Result<Viewer, ViewerError> {
    let now = state.sources.now();
    let grant = tokens::verify(&state.keys, now, token)?;
    let session = state.sessions.find(db, now, grant.session_id).await.map_err(ViewerError::Fault)?;
    let session = session
        .filter(|session| session.account_id == grant.account_id && session.audience == grant.audience)
        .ok_or(InvalidToken)?;
    let (account_id, session_id) = (grant.account_id, grant.session_id);
    match (session.audience, session.role) {
        (Audience::Storefront, Role::Customer | Role::Staff | Role::Admin) => {
            Ok(Viewer::Customer(Customer { account_id, session_id }))
        }
        (Audience::Staff, role @ (Role::Staff | Role::Admin)) => {
            Ok(Viewer::Staff(Staff { account_id, session_id, role }))
        }
        (Audience::Staff, Role::Customer) => Err(ViewerError::InvalidToken),
    }
}
