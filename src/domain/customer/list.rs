//! Staff looking for customers.

use entity::ids::AccountId;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Bounds};
use crate::domain::{
    auth::Account,
    shared::{Error, Page, PageRequest, fold},
};

/// Longest search text, in characters.
const MOST_CHARACTERS: usize = 200;
/// Words that count; more would only make the query slower.
const MOST_WORDS: usize = 8;

/// Customers whose address, name or phone holds every word of `query`; the newest first.
///
/// # Errors
/// `BadInput` for a text that is no search or a cursor that is none; the database's.
pub async fn list(
    db: &impl ConnectionTrait,
    request: &PageRequest,
    query: Option<&str>,
) -> Result<Page<Account>, Error> {
    let query = query.unwrap_or_default();
    if query.chars().count() > MOST_CHARACTERS {
        return Err(Error::bad_input("query", format!("use at most {MOST_CHARACTERS} characters")));
    }
    if query.contains('\0') {
        return Err(Error::bad_input("query", "leave out control characters"));
    }
    let words: Vec<String> = fold(query).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() > MOST_WORDS {
        return Err(Error::bad_input("query", format!("use at most {MOST_WORDS} words")));
    }
    let bounds = Bounds {
        after: cursor("after", request.after.as_deref())?,
        before: cursor("before", request.before.as_deref())?,
    };
    let rows = store::page(db, request, bounds, &words).await?;
    Ok(Page::from_rows(request, rows, |account| account.id.to_string()))
}

fn cursor(argument: &str, text: Option<&str>) -> Result<Option<AccountId>, Error> {
    let Some(text) = text else { return Ok(None) };
    let id = Uuid::try_parse(text).map_err(|_| Error::bad_input(argument, "is no cursor of this list"))?;
    Ok(Some(AccountId(id)))
}
