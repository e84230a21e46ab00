//! Who is calling, by the header `Authorization` or the same words in a socket's first message.

use axum::http::{HeaderMap, header::AUTHORIZATION};

use crate::{
    app::App,
    domain::{
        auth::{self, ViewerError},
        shared::Viewer,
    },
};

/// The viewer of a request: a guest without the header; with one, whoever its token stands for.
///
/// # Errors
/// `InvalidToken` (401): a token that is not valid never makes a guest, nor does another scheme, nor two headers.
pub async fn of_headers(app: &App, headers: &HeaderMap) -> Result<Viewer, ViewerError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err(ViewerError::InvalidToken);
    }
    match value {
        None => Ok(Viewer::Guest),
        Some(value) => of_authorization(app, value.to_str().map_err(|_| ViewerError::InvalidToken)?).await,
    }
}

/// The viewer of an `Authorization` value.
///
/// # Errors
/// `InvalidToken` (401), or a fault.
pub async fn of_authorization(app: &App, value: &str) -> Result<Viewer, ViewerError> {
    let token = bearer(value).ok_or(ViewerError::InvalidToken)?;
    auth::viewer_of(app.database.reader(), &app.auth, token).await
}

/// The token of `Bearer <token>` (RFC 6750, section 2.1); the scheme in any case (RFC 9110, section 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains(' ')).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_bearer_token_is_a_token() {
        assert_eq!(bearer("Bearer a.b.c"), Some("a.b.c"));
        assert_eq!(bearer("bearer  a.b.c "), Some("a.b.c"));
        for other in ["", "Bearer", "Bearer ", "Basic a.b.c", "a.b.c", "Bearer a b"] {
            assert_eq!(bearer(other), None, "{other:?}");
        }
    }
}
