//! Reads of how the shop delivers, for staff.

use async_graphql::{Context, ID, Object};

use super::types::{DeliverySettings, DeliveryZone, PickupLocation};
use crate::{
    domain::{
        delivery,
        shared::{Page, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::decode,
        pagination::{Arguments, Connection, connection},
    },
};

/// Reads of how the shop delivers.
#[derive(Debug, Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// The delivery zones, oldest first, at most 100. Without any zone and pick-up location, delivery costs nothing and carts
    /// have no delivery groups. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn delivery_zones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<DeliveryZone>> {
        let zones = async {
            ctx.require(Permission::ReadSettings)?;
            let request = Arguments { first, last, after, before }.check()?;
            let all = delivery::zones(ctx.app().database.reader()).await?;
            connection(ctx, Page::from_slice(&request, all)?, DeliveryZone::shown)
        };
        errors::nullable(ctx, zones.await)
    }

    /// A delivery zone; null when there is none of this id. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn delivery_zone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The zone's id.")] id: ID,
    ) -> Option<DeliveryZone> {
        let zone = async {
            ctx.require(Permission::ReadSettings)?;
            DeliveryZone::load(ctx, decode("id", &id)?).await
        };
        errors::optional(ctx, zone.await)
    }

    /// The locations that are offered for pick-up, oldest first, at most 100. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn pickup_locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<PickupLocation>> {
        let pickups = async {
            ctx.require(Permission::ReadSettings)?;
            let request = Arguments { first, last, after, before }.check()?;
            let all = delivery::pickups(ctx.app().database.reader()).await?;
            connection(ctx, Page::from_slice(&request, all)?, PickupLocation::shown)
        };
        errors::nullable(ctx, pickups.await)
    }

    /// How the shop delivers as a whole. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn delivery_settings(&self, ctx: &Context<'_>) -> Option<DeliverySettings> {
        let settings = async {
            ctx.require(Permission::ReadSettings)?;
            let unchosen = delivery::unchosen(ctx.app().database.reader()).await?;
            Ok(DeliverySettings { unchosen: unchosen.into() })
        };
        errors::nullable(ctx, settings.await)
    }
}
