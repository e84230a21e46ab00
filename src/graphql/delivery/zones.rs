//! Adding, changing and removing delivery zones.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::ids::DeliveryZoneId;

use super::{
    rates::DeliveryRateInput,
    types::DeliveryZone,
    user_errors::{DeliveryUserError, halves},
};
use crate::{
    domain::{
        delivery::{self, Refusal, ZonePatch},
        shared::{Error, Permission},
    },
    graphql::{
        area::{AreaInput, areas},
        context::ContextExt,
        errors,
        global_id::{decode, encode},
        transaction::{author, begin, finish},
    },
};

/// A zone to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryZoneCreateInput {
    /// How staff call it, at most 255 characters.
    name: String,
    /// What belongs to it, 1 to 250 areas. A whole country, a whole province and the rest of the world belong to one zone each.
    areas: Vec<AreaInput>,
    /// What may be chosen in it, at most 50 rates. A zone without rates refuses delivery.
    rates: Option<Vec<DeliveryRateInput>>,
}

/// Changes of a zone. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryZoneUpdateInput {
    /// The zone.
    id: ID,
    /// How staff call it.
    name: Option<String>,
    /// What belongs to it, in place of what did.
    areas: Option<Vec<AreaInput>>,
}

/// Which zone.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryZoneDeleteInput {
    /// The zone.
    id: ID,
}

/// What adding a zone led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryZoneCreatePayload {
    /// The zone as it is now; null when refused.
    delivery_zone: Option<DeliveryZone>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

/// What changing a zone led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryZoneUpdatePayload {
    /// The zone as it is now; null when refused.
    delivery_zone: Option<DeliveryZone>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

/// What removing a zone led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryZoneDeletePayload {
    /// The id of the zone that is no more; null when refused.
    deleted_delivery_zone_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

type Shown = (Option<DeliveryZone>, Vec<DeliveryUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<DeliveryZoneId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let zone = match id {
        Some(id) => delivery::zone(ctx.app().database.reader(), id).await?.map(DeliveryZone::shown),
        None => None,
    };
    Ok((zone, user_errors))
}

async fn create(ctx: &Context<'_>, input: DeliveryZoneCreateInput) -> Result<DeliveryZoneCreatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let patch = ZonePatch { name: Some(input.name), areas: Some(areas(input.areas)) };
    let rates = input.rates.unwrap_or_default().into_iter().enumerate();
    let rates = rates.map(|(index, rate)| rate.read(&format!("input.rates.{index}")));
    let rates = rates.collect::<Result<Vec<_>, Error>>()?;
    let tx = begin(ctx).await?;
    let done = delivery::create_zone(&tx, author, patch, rates).await;
    let (delivery_zone, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(DeliveryZoneCreatePayload { delivery_zone, user_errors })
}

async fn update(ctx: &Context<'_>, input: DeliveryZoneUpdateInput) -> Result<DeliveryZoneUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let patch = ZonePatch { name: input.name, areas: input.areas.map(areas) };
    let tx = begin(ctx).await?;
    let done = delivery::update_zone(&tx, author, id, patch).await;
    let (delivery_zone, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(DeliveryZoneUpdatePayload { delivery_zone, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &DeliveryZoneDeleteInput) -> Result<DeliveryZoneDeletePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = delivery::delete_zone(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(DeliveryZoneDeletePayload { deleted_delivery_zone_id: id.map(encode), user_errors })
}

/// Changes of zones.
#[derive(Debug, Default)]
pub struct ZoneMutation;

#[Object]
impl ZoneMutation {
    /// Adds a zone, with its rates at once. From the first zone on, the shop delivers to its zones only. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_zone_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The zone.")] input: DeliveryZoneCreateInput,
    ) -> Option<DeliveryZoneCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes a zone. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_zone_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: DeliveryZoneUpdateInput,
    ) -> Option<DeliveryZoneUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a zone with its rates. Carts that chose one of them have to choose again; orders keep what they have. Needs
    /// MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_zone_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which zone.")] input: DeliveryZoneDeleteInput,
    ) -> Option<DeliveryZoneDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
