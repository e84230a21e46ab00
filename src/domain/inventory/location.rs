//! Places that hold stock. A new shop has one; the one with the lowest priority is the default.

use entity::{ids::LocationId, inventory::location};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::errors::{Reason, Refusal};
use crate::{
    domain::shared::{Author, Error, Failure},
    platform::Sources,
};

const NAME_MOST: usize = 255;
const PRIORITY_MOST: i32 = 1_000;

/// Changes of a location; what is `None` stays, or is chosen for a new one.
#[derive(Clone, Debug, Default)]
pub struct LocationPatch {
    /// Name.
    pub name: Option<String>,
    /// Order in which locations are asked for stock, from 1.
    pub priority: Option<i32>,
}

impl LocationPatch {
    fn check(&self) -> Result<(), Failure<Refusal>> {
        let mut refusals = Vec::new();
        if let Some(name) = &self.name {
            if name.contains('\0') {
                return Err(Error::bad_input("name", "must not hold the character NUL").into());
            }
            if name.trim().is_empty() {
                refusals.push(Refusal::new("name", Reason::NameBlank));
            } else if name.chars().nth(NAME_MOST).is_some() {
                refusals.push(Refusal::new("name", Reason::NameTooLong(NAME_MOST)));
            }
        }
        if self.priority.is_some_and(|priority| !(1..=PRIORITY_MOST).contains(&priority)) {
            refusals.push(Refusal::new("priority", Reason::PriorityOutOfRange(PRIORITY_MOST)));
        }
        if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
    }
}

/// All locations in the order in which they are asked for stock.
///
/// # Errors
/// The database's.
pub async fn locations(db: &impl ConnectionTrait) -> Result<Vec<location::Model>, Error> {
    let query = location::Entity::find().order_by_asc(location::Column::Priority);
    Ok(query.order_by_asc(location::Column::Id).all(db).await?)
}

/// The locations with these ids.
///
/// # Errors
/// The database's.
pub async fn locations_by_ids(db: &impl ConnectionTrait, ids: &[LocationId]) -> Result<Vec<location::Model>, Error> {
    Ok(location::Entity::find().filter(location::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// The location that is meant where none is named.
///
/// # Errors
/// The database's; a fault when the shop has none.
pub async fn default_location(db: &impl ConnectionTrait) -> Result<LocationId, Error> {
    let query = location::Entity::find().order_by_asc(location::Column::Priority).order_by_asc(location::Column::Id);
    let first = query.one(db).await?.ok_or_else(|| Error::fault("the shop has no location"))?;
    Ok(first.id)
}

/// Makes the first location of a new shop.
///
/// # Errors
/// The database's.
pub async fn create_first_location(tx: &DatabaseTransaction, sources: &Sources) -> Result<(), Error> {
    let now = sources.now();
    let first = location::Model { id: sources.id(), name: "Main warehouse".to_owned(), priority: 1, created_at: now };
    location::Entity::insert(first.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Adds a location; without a priority it is asked last.
///
/// # Errors
/// An empty or long name, a priority out of range.
pub async fn add_location(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    patch: LocationPatch,
) -> Result<location::Model, Failure<Refusal>> {
    patch.check()?;
    let Some(name) = patch.name else { return Err(Failure::refuse(Refusal::new("name", Reason::NameBlank))) };
    let last = location::Entity::find().order_by_desc(location::Column::Priority).one(tx).await?;
    let last = last.map_or(0, |location| location.priority);
    let location = location::Model {
        id: author.sources.id(),
        name: name.trim().to_owned(),
        priority: patch.priority.unwrap_or((last + 1).min(PRIORITY_MOST)),
        created_at: author.sources.now(),
    };
    let row = location.clone().into_active_model().reset_all();
    location::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(location)
}

/// Changes a location.
///
/// # Errors
/// As [`add_location`]; `NotFound`.
pub async fn edit_location(
    tx: &DatabaseTransaction,
    id: LocationId,
    patch: LocationPatch,
) -> Result<location::Model, Failure<Refusal>> {
    patch.check()?;
    let found = location::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let mut location = found.ok_or(Error::NotFound("location"))?;
    if let Some(name) = patch.name {
        name.trim().clone_into(&mut location.name);
    }
    location.priority = patch.priority.unwrap_or(location.priority);
    let changed = location.clone().into_active_model().reset_all();
    location::Entity::update_many().set(changed).filter(location::Column::Id.eq(id)).exec(tx).await?;
    Ok(location)
}
