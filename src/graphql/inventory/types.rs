//! Locations, levels and refusals as the API shows them.

use std::collections::HashMap;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::ids::LocationId;

use crate::{
    domain::{
        inventory::{self, Code, Level, MovementReason, Refusal},
        shared::Error,
    },
    graphql::{catalog::ProductVariant, context::ContextExt, errors, global_id::encode, scalars::DateTime},
};

/// A place that holds stock.
#[derive(Clone, Debug)]
pub struct Location(pub inventory::Location);

/// A place that holds stock.
#[Object]
impl Location {
    /// The location's id.
    async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its place in the order in which locations are asked for stock, from 1. The first one is the default.
    async fn priority(&self) -> i32 {
        self.0.priority
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// The stock of one variant at one location.
#[derive(Clone, Debug)]
pub struct InventoryLevel {
    level: Level,
    location: Location,
}

impl InventoryLevel {
    /// Levels with their locations, in one more statement. They are charged to the request's budget.
    ///
    /// # Errors
    /// `TooComplex`; the database's.
    pub async fn all(ctx: &Context<'_>, levels: Vec<Level>) -> Result<Vec<Self>, Error> {
        ctx.request().budget.charge(levels.len())?;
        let mut ids: Vec<LocationId> = levels.iter().map(|level| level.location_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let locations = inventory::locations_by_ids(ctx.app().database.reader(), &ids).await?;
        let by_id: HashMap<LocationId, inventory::Location> =
            locations.into_iter().map(|location| (location.id, location)).collect();
        let with_location = levels.into_iter().filter_map(|level| {
            let location = Location(by_id.get(&level.location_id)?.clone());
            Some(Self { level, location })
        });
        Ok(with_location.collect())
    }
}

/// The stock of one variant at one location.
#[Object]
impl InventoryLevel {
    /// The variant; null when it was removed meanwhile.
    async fn variant(&self, ctx: &Context<'_>) -> Option<ProductVariant> {
        errors::optional(ctx, ProductVariant::load_held(ctx, self.level.variant_id).await)
    }

    /// The location.
    async fn location(&self) -> &Location {
        &self.location
    }

    /// Units there; below zero where a variant was sold beyond its stock.
    async fn on_hand(&self) -> i64 {
        self.level.on_hand
    }

    /// Units of those that are held for orders whose payment is awaited.
    async fn reserved(&self) -> i64 {
        self.level.reserved
    }

    /// Units that can be sold: on hand and not reserved.
    async fn available(&self) -> i64 {
        self.level.on_hand - self.level.reserved
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.level.updated_at.into()
    }
}

/// Why staff change stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InventoryChangeReason {
    /// Counted, or corrected.
    Adjust,
    /// Delivered by a supplier.
    Receive,
}

impl From<InventoryChangeReason> for MovementReason {
    fn from(reason: InventoryChangeReason) -> Self {
        match reason {
            InventoryChangeReason::Adjust => Self::Adjust,
            InventoryChangeReason::Receive => Self::Receive,
        }
    }
}

/// Why a change of stock or of a location was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code")]
pub enum InventoryErrorCode {
    /// The field must be there and must not be empty.
    Blank,
    /// The text or list is too long.
    TooLong,
    /// The value is out of range.
    Invalid,
    /// An earlier line has the same variant and location.
    Duplicate,
    /// There is no such variant or location.
    NotFound,
    /// Fewer units would be left than are held for orders.
    BelowReserved,
    /// There are not as many units as `compareQuantity` says; read the stock again.
    CompareQuantityStale,
}

/// Something about a change of stock or of a location that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
pub struct InventoryUserError {
    /// Where in the arguments, such as `["input", "changes", "0", "delta"]`; list places count from 0.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<InventoryErrorCode>,
}

impl From<Refusal> for InventoryUserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field());
        Self { field: Some(field.collect()), message: refusal.to_string(), code: Some(refusal.code().into()) }
    }
}

/// The two halves of a payload: what was changed, or why it was refused.
pub fn halves<T>(outcome: Result<T, Vec<Refusal>>) -> (Option<T>, Vec<InventoryUserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(refusals) => (None, refusals.into_iter().map(Into::into).collect()),
    }
}
