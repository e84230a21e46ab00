//! Staff looking for cards.

use chrono::{DateTime, Utc};
use entity::{gift_card::gift_card, ids::GiftCardId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{EnteredCode, GiftCard, Status};
use crate::domain::shared::{Error, Page, PageRequest, Range};

/// Which cards; what is `None` does not count.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The card with this code.
    pub code: Option<EnteredCode>,
    /// Cards whose code ends so, in any case.
    pub last_characters: Option<String>,
    /// Cards that stand so.
    pub status: Option<Status>,
}

/// Cards, the newest first.
///
/// # Errors
/// `BadInput` for a cursor that this list did not hand out; the database's.
pub async fn list(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    request: &PageRequest,
    filter: &Filter,
) -> Result<Page<GiftCard>, Error> {
    let place = |argument: &str, cursor: &Option<String>| match cursor {
        None => Ok(None),
        Some(cursor) => Uuid::try_parse(cursor)
            .map(|id| Some(GiftCardId(id)))
            .map_err(|_| Error::bad_input(argument, "is no cursor of this list")),
    };
    let mut query = gift_card::Entity::find();
    if let Some(code) = &filter.code {
        query = query.filter(gift_card::Column::CodeHash.is_in(code.hashes().iter().map(String::as_str)));
    }
    if let Some(last) = &filter.last_characters {
        if last.contains('\0') {
            return Err(Error::bad_input("lastCharacters", "must not hold the character U+0000"));
        }
        query = query.filter(gift_card::Column::LastCharacters.eq(last.trim().to_ascii_uppercase()));
    }
    if let Some(status) = filter.status {
        query = query.filter(standing(status, now));
    }
    if let Some(after) = place("after", &request.after)? {
        query = query.filter(gift_card::Column::Id.lt(after));
    }
    if let Some(before) = place("before", &request.before)? {
        query = query.filter(gift_card::Column::Id.gt(before));
    }
    query = match request.range {
        Range::First => query.order_by_desc(gift_card::Column::Id),
        Range::Last => query.order_by_asc(gift_card::Column::Id),
    };
    let rows = query.limit(request.size + 1).all(db).await?;
    Ok(Page::from_rows(request, rows, |card| card.id.to_string()))
}

/// The condition of [`super::status`].
fn standing(status: Status, now: DateTime<Utc>) -> Condition {
    let over = || gift_card::Column::ExpiresAt.lte(now);
    let in_time =
        || Condition::any().add(gift_card::Column::ExpiresAt.is_null()).add(gift_card::Column::ExpiresAt.gt(now));
    let enabled = || Condition::all().add(gift_card::Column::DisabledAt.is_null());
    match status {
        Status::Deactivated => Condition::all().add(gift_card::Column::DisabledAt.is_not_null()),
        Status::Expired => enabled().add(over()),
        Status::Empty => enabled().add(in_time()).add(gift_card::Column::BalanceMinor.eq(0)),
        Status::Active => enabled().add(in_time()).add(gift_card::Column::BalanceMinor.gt(0)),
    }
}
