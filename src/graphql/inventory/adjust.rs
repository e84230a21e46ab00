//! Staff change stock, by a difference or to a count.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::types::{InventoryChangeReason, InventoryLevel, InventoryUserError, halves};
use crate::{
    domain::{
        inventory::{self, Adjustment, Count, Level, Refusal},
        shared::{Error, Permission},
    },
    graphql::{
        errors,
        global_id::{NodeId, decode},
        transaction::{author, begin, finish},
    },
};

/// A change of stock by a difference.
#[derive(InputObject)]
pub struct InventoryChangeInput {
    /// The variant.
    variant_id: ID,
    /// The location; the default one when left out.
    location_id: Option<ID>,
    /// Units more, or fewer when negative. No fewer can be left than are held for orders, unless the variant may be sold
    /// beyond its stock.
    delta: i32,
}

/// Changes of stock by differences. All of them are made, or none.
#[derive(InputObject)]
pub struct InventoryAdjustQuantitiesInput {
    /// Why.
    reason: InventoryChangeReason,
    /// The changes, 1 to 250, each variant and location once.
    changes: Vec<InventoryChangeInput>,
}

/// A change of stock to a count.
#[derive(InputObject)]
pub struct InventoryQuantityInput {
    /// The variant.
    variant_id: ID,
    /// The location; the default one when left out.
    location_id: Option<ID>,
    /// Units that are there, held ones too.
    quantity: i32,
    /// Units that were there when they were counted. The change is refused when that is no longer so, because something
    /// was sold meanwhile. Left out, the count is set in any case.
    compare_quantity: Option<i32>,
}

/// Changes of stock to counts. All of them are made, or none.
#[derive(InputObject)]
pub struct InventorySetQuantitiesInput {
    /// Why.
    reason: InventoryChangeReason,
    /// The counts, 1 to 250, each variant and location once.
    quantities: Vec<InventoryQuantityInput>,
}

/// What changing stock by differences led to.
#[derive(SimpleObject)]
pub struct InventoryAdjustQuantitiesPayload {
    /// The stock after the changes, in their order; null when refused.
    inventory_levels: Option<Vec<InventoryLevel>>,
    /// Why it was refused.
    user_errors: Vec<InventoryUserError>,
}

/// What changing stock to counts led to.
#[derive(SimpleObject)]
pub struct InventorySetQuantitiesPayload {
    /// The stock after the changes, in their order; null when refused.
    inventory_levels: Option<Vec<InventoryLevel>>,
    /// Why it was refused.
    user_errors: Vec<InventoryUserError>,
}

type Shown = (Option<Vec<InventoryLevel>>, Vec<InventoryUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<Vec<Level>, Vec<Refusal>>) -> Result<Shown, Error> {
    let (levels, user_errors) = halves(outcome);
    let levels = match levels {
        Some(levels) => Some(InventoryLevel::all(ctx, levels).await?),
        None => None,
    };
    Ok((levels, user_errors))
}

fn optional<T: NodeId>(argument: &str, id: Option<&ID>) -> Result<Option<T>, Error> {
    id.map(|id| decode(argument, id)).transpose()
}

async fn adjust(ctx: &Context<'_>, input: InventoryAdjustQuantitiesInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageInventory)?;
    let changes = input.changes.iter().enumerate().map(|(index, line)| {
        let at = |field| format!("input.changes.{index}.{field}");
        Ok(Adjustment {
            variant_id: decode(&at("variantId"), &line.variant_id)?,
            location_id: optional(&at("locationId"), line.location_id.as_ref())?,
            delta: line.delta.into(),
        })
    });
    let changes = changes.collect::<Result<Vec<_>, Error>>()?;
    let tx = begin(ctx).await?;
    let done = inventory::adjust(&tx, author, input.reason.into(), &changes).await;
    shown(ctx, finish(tx, done).await?).await
}

async fn set(ctx: &Context<'_>, input: InventorySetQuantitiesInput) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageInventory)?;
    let counts = input.quantities.iter().enumerate().map(|(index, line)| {
        let at = |field| format!("input.quantities.{index}.{field}");
        Ok(Count {
            variant_id: decode(&at("variantId"), &line.variant_id)?,
            location_id: optional(&at("locationId"), line.location_id.as_ref())?,
            quantity: line.quantity.into(),
            compare_quantity: line.compare_quantity.map(Into::into),
        })
    });
    let counts = counts.collect::<Result<Vec<_>, Error>>()?;
    let tx = begin(ctx).await?;
    let done = inventory::set(&tx, author, input.reason.into(), &counts).await;
    shown(ctx, finish(tx, done).await?).await
}

/// Changes of stock.
#[derive(Debug, Default)]
pub struct AdjustMutation;

#[Object]
impl AdjustMutation {
    /// Changes stock by differences, which stays right while things are sold. Needs MANAGE_INVENTORY.
    #[graphql(visible = "crate::graphql::guards::manages_inventory")]
    async fn inventory_adjust_quantities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: InventoryAdjustQuantitiesInput,
    ) -> Option<InventoryAdjustQuantitiesPayload> {
        let (inventory_levels, user_errors) = errors::nullable(ctx, adjust(ctx, input).await)?;
        Some(InventoryAdjustQuantitiesPayload { inventory_levels, user_errors })
    }

    /// Sets stock to what was counted; `compareQuantity` keeps a sale in between from being lost. Needs
    /// MANAGE_INVENTORY.
    #[graphql(visible = "crate::graphql::guards::manages_inventory")]
    async fn inventory_set_quantities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The counts.")] input: InventorySetQuantitiesInput,
    ) -> Option<InventorySetQuantitiesPayload> {
        let (inventory_levels, user_errors) = errors::nullable(ctx, set(ctx, input).await)?;
        Some(InventorySetQuantitiesPayload { inventory_levels, user_errors })
    }
}
