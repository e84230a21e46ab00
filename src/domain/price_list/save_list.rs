//! Staff add, change and remove price lists. What a list says is written down each time, for the history of prices.

use chrono::{DateTime, SubsecRound, Utc};
use entity::{
    ids::PriceListId,
    money::Currency,
    price_list::{price_list, price_list_history},
    text_list::TextList,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::{
    errors::{Reason, Refusal},
    events::{Happened, record},
};
use crate::domain::shared::{Author, Error, Failure, card_number::shows_card_number};

/// Most lists of a shop: every one of them is looked at for every price.
pub const MOST_LISTS: usize = 250;
/// Longest name, in characters.
const NAME_MOST: usize = 255;

/// A list to be added.
#[derive(Clone, Debug)]
pub struct ListDraft {
    /// The currency of its prices, for ever.
    pub currency: Currency,
    /// The rest; the name is required.
    pub patch: ListPatch,
}

/// Changes of a list; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ListPatch {
    /// What staff call it.
    pub name: Option<String>,
    /// Countries of the buyers it is for (ISO 3166-1 alpha-2); empty means all.
    pub countries: Option<Vec<String>>,
    /// Its priority.
    pub priority: Option<i32>,
    /// From when on it counts, or always. Cut to whole seconds, in which prices are chosen.
    pub starts_at: Option<Option<DateTime<Utc>>>,
    /// Until when it counts, or for ever. Cut to whole seconds.
    pub ends_at: Option<Option<DateTime<Utc>>>,
    /// Whether it counts at all.
    pub active: Option<bool>,
}

impl ListPatch {
    fn apply(self, row: price_list::Model) -> price_list::Model {
        let whole = |moment: Option<DateTime<Utc>>| moment.map(|moment| moment.trunc_subsecs(0));
        let countries = self.countries.map(|mut countries| {
            countries.sort_unstable();
            countries.dedup();
            TextList(countries)
        });
        price_list::Model {
            name: self.name.map_or(row.name, |name| name.trim().to_owned()),
            country_codes: countries.unwrap_or(row.country_codes),
            priority: self.priority.unwrap_or(row.priority),
            starts_at: self.starts_at.map_or(row.starts_at, whole),
            ends_at: self.ends_at.map_or(row.ends_at, whole),
            active: self.active.unwrap_or(row.active),
            ..row
        }
    }
}

/// Adds a list, without prices.
///
/// # Errors
/// Everything that is wrong with it, together.
pub async fn create_list(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    draft: ListDraft,
) -> Result<price_list::Model, Failure<Refusal>> {
    let now = author.sources.now();
    let row = draft.patch.apply(price_list::Model {
        id: author.sources.id(),
        name: String::new(),
        currency: draft.currency,
        country_codes: TextList::default(),
        priority: 0,
        starts_at: None,
        ends_at: None,
        active: true,
        created_at: now,
        updated_at: now,
    });
    check(&row)?;
    // Two that are added at once may make one more than the most, which harms nobody.
    if price_list::Entity::find().count(tx).await? >= MOST_LISTS as u64 {
        return Err(Failure::refuse(Refusal::new("name", Reason::NoMoreLists(MOST_LISTS))));
    }
    price_list::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    remember(tx, &row, now).await?;
    record(tx, author, row.id, Happened::Created, &[]).await?;
    Ok(row)
}

/// Changes a list.
///
/// # Errors
/// As [`create_list`]; `NotFound`.
pub async fn update_list(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: PriceListId,
    patch: ListPatch,
) -> Result<price_list::Model, Failure<Refusal>> {
    let before = lock(tx, id).await?;
    let mut row = patch.apply(before.clone());
    check(&row)?;
    if row == before {
        return Ok(row);
    }
    row.updated_at = author.sources.now();
    save(tx, row.clone()).await?;
    let renamed = price_list::Model { name: row.name.clone(), updated_at: row.updated_at, ..before };
    if row != renamed {
        remember(tx, &row, row.updated_at).await?;
    }
    record(tx, author, id, Happened::Updated, &[]).await?;
    Ok(row)
}

/// Removes a list with its prices. The history keeps what it asked.
///
/// # Errors
/// `NotFound`.
pub async fn delete_list(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: PriceListId,
) -> Result<PriceListId, Failure<Refusal>> {
    let row = lock(tx, id).await?;
    price_list::Entity::delete_by_id(id).exec(tx).await?;
    remember(tx, &price_list::Model { active: false, ..row }, author.sources.now()).await?;
    record(tx, author, id, Happened::Deleted, &[]).await?;
    Ok(id)
}

/// The list, locked until the transaction ends. Whoever changes a list or its prices holds it.
pub(super) async fn lock(tx: &DatabaseTransaction, id: PriceListId) -> Result<price_list::Model, Error> {
    let found = price_list::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("price list"))
}

/// Writes the row of a locked list.
pub(super) async fn save(tx: &DatabaseTransaction, row: price_list::Model) -> Result<(), DbErr> {
    let id = row.id;
    let update = price_list::Entity::update_many().set(row.into_active_model().reset_all());
    update.filter(price_list::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

fn check(row: &price_list::Model) -> Result<(), Failure<Refusal>> {
    if row.name.contains('\0') {
        return Err(Error::bad_input("input.name", "leave out the character NUL").into());
    }
    let mut refusals = Vec::new();
    if row.name.is_empty() {
        refusals.push(Refusal::new("name", Reason::Blank));
    } else if row.name.chars().nth(NAME_MOST).is_some() {
        refusals.push(Refusal::new("name", Reason::TooLong(NAME_MOST)));
    } else if shows_card_number(&row.name) {
        refusals.push(Refusal::new("name", Reason::CardNumber));
    }
    if let (Some(starts), Some(ends)) = (row.starts_at, row.ends_at)
        && ends <= starts
    {
        refusals.push(Refusal::new("endsAt", Reason::EndsTooEarly));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
}

/// Writes down what a list says from a moment on.
async fn remember(tx: &DatabaseTransaction, row: &price_list::Model, since: DateTime<Utc>) -> Result<(), DbErr> {
    let said = price_list_history::ActiveModel {
        id: NotSet,
        price_list_id: Set(row.id),
        country_codes: Set(row.country_codes.clone()),
        priority: Set(row.priority),
        starts_at: Set(row.starts_at),
        ends_at: Set(row.ends_at),
        active: Set(row.active),
        since: Set(since),
    };
    price_list_history::Entity::insert(said).exec_without_returning(tx).await?;
    Ok(())
}
