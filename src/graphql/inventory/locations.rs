//! Locations, and the stock of variants at them.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::types::{InventoryLevel, InventoryUserError, Location, halves};
use crate::{
    domain::{
        inventory::{self, LocationPatch},
        shared::{Error, Page, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::decode,
        pagination::{Arguments, Connection, connection},
        transaction::{author, begin, finish},
    },
};

/// Most variants of one `inventoryLevels`.
const MOST_IDS: usize = 250;

/// A location to be added.
#[derive(InputObject)]
pub struct LocationAddInput {
    /// Its name, at most 255 characters.
    name: String,
    /// Its place in the order in which locations are asked for stock, 1 to 1,000; after the others when left out.
    priority: Option<i32>,
}

/// Changes of a location. A field left out stays.
#[derive(InputObject)]
pub struct LocationEditInput {
    /// The location.
    id: ID,
    /// Its name, at most 255 characters.
    name: Option<String>,
    /// Its place in the order in which locations are asked for stock, 1 to 1,000. The first one is the default.
    priority: Option<i32>,
}

/// What adding a location led to.
#[derive(SimpleObject)]
pub struct LocationAddPayload {
    /// The new location; null when refused.
    location: Option<Location>,
    /// Why it was refused.
    user_errors: Vec<InventoryUserError>,
}

/// What changing a location led to.
#[derive(SimpleObject)]
pub struct LocationEditPayload {
    /// The location as it is now; null when refused.
    location: Option<Location>,
    /// Why it was refused.
    user_errors: Vec<InventoryUserError>,
}

async fn list(ctx: &Context<'_>, arguments: Arguments) -> Result<Connection<Location>, Error> {
    ctx.require(Permission::ReadInventory)?;
    let request = arguments.check()?;
    let all = inventory::locations(ctx.app().database.reader()).await?;
    connection(ctx, Page::from_slice(&request, all)?, Location)
}

async fn levels(ctx: &Context<'_>, variant_ids: &[ID]) -> Result<Vec<InventoryLevel>, Error> {
    ctx.require(Permission::ReadInventory)?;
    if variant_ids.len() > MOST_IDS {
        return Err(Error::bad_input("variantIds", format!("must have at most {MOST_IDS} ids")));
    }
    let ids = variant_ids.iter().map(|id| decode("variantIds", id)).collect::<Result<Vec<_>, Error>>()?;
    let levels = inventory::levels_of(ctx.app().database.reader(), &ids).await?;
    InventoryLevel::all(ctx, levels).await
}

async fn add(ctx: &Context<'_>, input: LocationAddInput) -> Result<LocationAddPayload, Error> {
    let author = author(ctx, Permission::ManageInventory)?;
    let patch = LocationPatch { name: Some(input.name), priority: input.priority };
    let tx = begin(ctx).await?;
    let done = inventory::add_location(&tx, author, patch).await;
    let (location, user_errors) = halves(finish(tx, done).await?);
    Ok(LocationAddPayload { location: location.map(Location), user_errors })
}

async fn edit(ctx: &Context<'_>, input: LocationEditInput) -> Result<LocationEditPayload, Error> {
    ctx.require(Permission::ManageInventory)?;
    let id = decode("input.id", &input.id)?;
    let patch = LocationPatch { name: input.name, priority: input.priority };
    let tx = begin(ctx).await?;
    let done = inventory::edit_location(&tx, id, patch).await;
    let (location, user_errors) = halves(finish(tx, done).await?);
    Ok(LocationEditPayload { location: location.map(Location), user_errors })
}

/// Reads of stock.
#[derive(Debug, Default)]
pub struct InventoryQuery;

#[Object]
impl InventoryQuery {
    /// The places that hold stock, in the order in which they are asked for it. Needs READ_INVENTORY.
    #[graphql(visible = "crate::graphql::guards::reads_inventory")]
    async fn locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<Location>> {
        errors::nullable(ctx, list(ctx, Arguments { first, last, after, before }).await)
    }

    /// The stock of these variants at every location that has or had some, by variant and location. Needs
    /// READ_INVENTORY.
    #[graphql(visible = "crate::graphql::guards::reads_inventory")]
    async fn inventory_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variants, at most 250.")] variant_ids: Vec<ID>,
    ) -> Option<Vec<InventoryLevel>> {
        errors::nullable(ctx, levels(ctx, &variant_ids).await)
    }
}

/// Changes of locations.
#[derive(Debug, Default)]
pub struct LocationMutation;

#[Object]
impl LocationMutation {
    /// Adds a place that holds stock. Needs MANAGE_INVENTORY.
    #[graphql(visible = "crate::graphql::guards::manages_inventory")]
    async fn location_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The location.")] input: LocationAddInput,
    ) -> Option<LocationAddPayload> {
        errors::nullable(ctx, add(ctx, input).await)
    }

    /// Changes a place that holds stock. Needs MANAGE_INVENTORY.
    #[graphql(visible = "crate::graphql::guards::manages_inventory")]
    async fn location_edit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: LocationEditInput,
    ) -> Option<LocationEditPayload> {
        errors::nullable(ctx, edit(ctx, input).await)
    }
}
