//! Adding, changing and removing delivery rates.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::ids::DeliveryRateId;

use super::{
    inputs::DeliveryCostInput,
    types::DeliveryRate,
    user_errors::{DeliveryUserError, halves},
};
use crate::{
    domain::{
        delivery::{self, RateDraft, RatePatch, Refusal},
        shared::{Error, Permission},
    },
    graphql::{
        catalog_admin::inputs::change_of,
        errors,
        global_id::{decode, encode},
        scalars::MoneyInput,
        transaction::{author, begin, finish},
    },
};

/// A rate.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateInput {
    /// The name under which front ends choose it, for ever: 1 to 100 lowercase letters, digits and hyphens, unique among rates and
    /// pick-up locations. Left out, it is made of the title.
    handle: Option<String>,
    /// Its name, for buyers, at most 255 characters.
    title: String,
    /// What buyers should know of it, such as how long it takes, at most 1,000 characters.
    description: Option<String>,
    /// What it costs.
    cost: DeliveryCostInput,
    /// It costs nothing when the goods cost at least this after discounts; left out, it always costs.
    free_above: Option<MoneyInput>,
}

impl DeliveryRateInput {
    /// The rate, whose amounts are numbers of their currencies.
    ///
    /// # Errors
    /// `BadInput` below `argument`.
    pub fn read(self, argument: &str) -> Result<RateDraft, Error> {
        Ok(RateDraft {
            cost: self.cost.read(&format!("{argument}.cost"))?,
            free_above: self.free_above.map(|above| above.check(&format!("{argument}.freeAbove"))).transpose()?,
            handle: self.handle,
            title: self.title,
            description: self.description,
        })
    }
}

/// A rate to be added to a zone.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateCreateInput {
    /// The zone.
    zone_id: ID,
    #[graphql(flatten)]
    rate: DeliveryRateInput,
}

/// Changes of a rate. A field left out stays; so do its zone and its handle.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateUpdateInput {
    /// The rate.
    id: ID,
    /// Its name, for buyers.
    title: Option<String>,
    /// What buyers should know of it; null takes it away.
    description: MaybeUndefined<String>,
    /// What it costs, in place of what it did.
    cost: Option<DeliveryCostInput>,
    /// It costs nothing when the goods cost at least this after discounts; null takes it away.
    free_above: MaybeUndefined<MoneyInput>,
}

/// Which rate.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateDeleteInput {
    /// The rate.
    id: ID,
}

/// What adding a rate led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateCreatePayload {
    /// The rate as it is now; null when refused.
    delivery_rate: Option<DeliveryRate>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

/// What changing a rate led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateUpdatePayload {
    /// The rate as it is now; null when refused.
    delivery_rate: Option<DeliveryRate>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

/// What removing a rate led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryRateDeletePayload {
    /// The id of the rate that is no more; null when refused.
    deleted_delivery_rate_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<DeliveryUserError>,
}

type Shown = (Option<DeliveryRate>, Vec<DeliveryUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<DeliveryRateId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let rate = match id {
        Some(id) => DeliveryRate::load(ctx, id).await?,
        None => None,
    };
    Ok((rate, user_errors))
}

async fn create(ctx: &Context<'_>, input: DeliveryRateCreateInput) -> Result<DeliveryRateCreatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let zone = decode("input.zoneId", &input.zone_id)?;
    let draft = input.rate.read("input")?;
    let tx = begin(ctx).await?;
    let done = delivery::create_rate(&tx, author, zone, draft).await;
    let (delivery_rate, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(DeliveryRateCreatePayload { delivery_rate, user_errors })
}

async fn update(ctx: &Context<'_>, input: DeliveryRateUpdateInput) -> Result<DeliveryRateUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let free_above = change_of(input.free_above);
    let free_above = free_above.map(|above| above.map(|above| above.check("input.freeAbove")).transpose());
    let patch = RatePatch {
        title: input.title,
        description: change_of(input.description),
        cost: input.cost.map(|cost| cost.read("input.cost")).transpose()?,
        free_above: free_above.transpose()?,
    };
    let tx = begin(ctx).await?;
    let done = delivery::update_rate(&tx, author, id, patch).await;
    let (delivery_rate, user_errors) = shown(ctx, finish(tx, done).await?).await?;
    Ok(DeliveryRateUpdatePayload { delivery_rate, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &DeliveryRateDeleteInput) -> Result<DeliveryRateDeletePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = delivery::delete_rate(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(DeliveryRateDeletePayload { deleted_delivery_rate_id: id.map(encode), user_errors })
}

/// Changes of rates.
#[derive(Debug, Default)]
pub struct RateMutation;

#[Object]
impl RateMutation {
    /// Adds a rate to a zone. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_rate_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rate.")] input: DeliveryRateCreateInput,
    ) -> Option<DeliveryRateCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes a rate. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_rate_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: DeliveryRateUpdateInput,
    ) -> Option<DeliveryRateUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a rate. Carts that chose it have to choose again; orders keep what they have. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_rate_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rate.")] input: DeliveryRateDeleteInput,
    ) -> Option<DeliveryRateDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
