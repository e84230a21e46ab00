//! Offering locations for pick-up, and ending it.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    types::PickupLocation,
    user_errors::{DeliveryUserError, halves},
};
use crate::{
    domain::{
        delivery::{self, PickupDraft},
        shared::{Error, Permission},
    },
    graphql::{
        address::MailingAddressInput,
        errors,
        global_id::{decode, encode},
        scalars::MoneyInput,
        transaction::{author, begin, finish},
    },
};

/// How a location is to be offered for pick-up.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct PickupLocationSetInput {
    /// The location, one of `locations`.
    location_id: ID,
    /// The name under which front ends choose it, for ever: 1 to 100 lowercase letters, digits and hyphens, unique among rates and
    /// pick-up locations. Left out, it is made of the title, or stays.
    handle: Option<String>,
    /// Its name, for buyers, at most 255 characters.
    title: String,
    /// What buyers should know, such as when it is open and what to bring, at most 1,000 characters.
    instructions: Option<String>,
    /// Where it is; street, city and country are needed. Goods that are collected there are taxed there.
    address: MailingAddressInput,
    /// What collecting there costs. It is offered in carts of this currency only.
    cost: MoneyInput,
}

/// Which pick-up location.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct PickupLocationRemoveInput {
    /// The location, one of `locations`.
    location_id: ID,
}

/// What offering a location for pick-up led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct PickupLocationSetPayload {
    /// The pick-up location as it is now; null when refused.
    pickup_location: Option<PickupLocation>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

/// What ending the pick-up at a location led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct PickupLocationRemovePayload {
    /// The id of the pick-up location that is no more; null when refused. The location itself stays.
    removed_pickup_location_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

async fn set(ctx: &Context<'_>, input: PickupLocationSetInput) -> Result<PickupLocationSetPayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let draft = PickupDraft {
        location_id: decode("input.locationId", &input.location_id)?,
        handle: input.handle,
        title: input.title,
        instructions: input.instructions,
        address: input.address.into(),
        cost: input.cost.check("input.cost")?,
    };
    let tx = begin(ctx).await?;
    let done = delivery::set_pickup(&tx, author, draft).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    let pickup_location = match id {
        Some(id) => PickupLocation::load(ctx, id).await?,
        None => None,
    };
    Ok(PickupLocationSetPayload { pickup_location, user_errors })
}

async fn remove(ctx: &Context<'_>, input: &PickupLocationRemoveInput) -> Result<PickupLocationRemovePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.locationId", &input.location_id)?;
    let tx = begin(ctx).await?;
    let done = delivery::remove_pickup(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(PickupLocationRemovePayload { removed_pickup_location_id: id.map(encode), user_errors })
}

/// Changes of pick-up locations.
#[derive(Debug, Default)]
pub struct PickupMutation;

#[Object]
impl PickupMutation {
    /// Offers a location for pick-up, everywhere and to everybody, or changes how it is offered. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn pickup_location_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The location, and how it is offered.")] input: PickupLocationSetInput,
    ) -> Option<PickupLocationSetPayload> {
        errors::nullable(ctx, set(ctx, input).await)
    }

    /// Ends the pick-up at a location. Carts that chose it have to choose again; orders keep what they have. Needs
    /// MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn pickup_location_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location.")] input: PickupLocationRemoveInput,
    ) -> Option<PickupLocationRemovePayload> {
        errors::nullable(ctx, remove(ctx, &input).await)
    }
}
