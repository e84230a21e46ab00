//! Adding, changing and removing tax zones with their rates.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    enums::TaxPriceBasis,
    inputs::{TaxRateInput, TaxRoundingInput, TaxZoneShippingInput, rates, set_rounding, shipping},
    types::TaxZone,
    user_errors::{TaxUserError, halves},
};
use crate::{
    domain::{
        shared::{Error, Permission},
        tax::{self, ZonePatch},
    },
    graphql::{
        area::{AreaInput, areas},
        errors,
        global_id::{decode, encode},
        transaction::{author, begin, finish},
    },
};

/// A zone to be added, with its rates.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneCreateInput {
    /// Its name, for staff, at most 255 characters.
    name: String,
    /// What belongs to it, at least one and at most 250 areas. Of several zones that contain an address the one that does
    /// most narrowly counts. A whole country, a whole province and the rest of the world belong to one zone each.
    areas: Vec<AreaInput>,
    /// Whether prices shown to buyers here contain its taxes.
    prices_shown: TaxPriceBasis,
    /// Its rates, one for a class, at most 100. What has none is not taxed.
    rates: Vec<TaxRateInput>,
    /// How its taxes are rounded; a half up for each line and each tax when left out.
    rounding: Option<TaxRoundingInput>,
    /// How delivery is taxed; not at all when left out.
    shipping: Option<TaxZoneShippingInput>,
    /// Whether buyers whose tax number was confirmed owe the tax themselves; false when left out. It never concerns the
    /// home zone.
    reverse_charge: Option<bool>,
}

/// Changes of a zone. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneUpdateInput {
    /// The zone.
    id: ID,
    /// Its name.
    name: Option<String>,
    /// What belongs to it, all of it.
    areas: Option<Vec<AreaInput>>,
    /// Whether prices shown to buyers here contain its taxes.
    prices_shown: Option<TaxPriceBasis>,
    /// Its rates, all of them.
    rates: Option<Vec<TaxRateInput>>,
    /// How its taxes are rounded.
    rounding: Option<TaxRoundingInput>,
    /// How delivery is taxed.
    shipping: Option<TaxZoneShippingInput>,
    /// Whether buyers whose tax number was confirmed owe the tax themselves.
    reverse_charge: Option<bool>,
}

/// Which zone.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneDeleteInput {
    /// The zone.
    id: ID,
}

/// What adding a zone led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneCreatePayload {
    /// The zone as it is now; null when refused.
    tax_zone: Option<TaxZone>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

/// What changing a zone led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneUpdatePayload {
    /// The zone as it is now; null when refused.
    tax_zone: Option<TaxZone>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

/// What removing a zone led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneDeletePayload {
    /// The id of the zone that is no more; null when refused.
    deleted_tax_zone_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<TaxUserError>,
}

async fn create(ctx: &Context<'_>, input: TaxZoneCreateInput) -> Result<TaxZoneCreatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let mut patch = ZonePatch {
        name: Some(input.name),
        areas: Some(areas(input.areas)),
        shown: Some(input.prices_shown.into()),
        rates: Some(rates(input.rates)?),
        shipping: shipping(input.shipping)?,
        reverse_charge: input.reverse_charge,
        ..ZonePatch::default()
    };
    set_rounding(&mut patch, input.rounding);
    let tx = begin(ctx).await?;
    let done = tax::create_zone(&tx, author, &patch).await;
    let (row, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxZoneCreatePayload { tax_zone: row.map(TaxZone), user_errors })
}

async fn update(ctx: &Context<'_>, input: TaxZoneUpdateInput) -> Result<TaxZoneUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let mut patch = ZonePatch {
        name: input.name,
        areas: input.areas.map(areas),
        shown: input.prices_shown.map(Into::into),
        rates: input.rates.map(rates).transpose()?,
        shipping: shipping(input.shipping)?,
        reverse_charge: input.reverse_charge,
        ..ZonePatch::default()
    };
    set_rounding(&mut patch, input.rounding);
    let tx = begin(ctx).await?;
    let done = tax::update_zone(&tx, author, id, &patch).await;
    let (row, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxZoneUpdatePayload { tax_zone: row.map(TaxZone), user_errors })
}

async fn delete(ctx: &Context<'_>, input: &TaxZoneDeleteInput) -> Result<TaxZoneDeletePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = tax::delete_zone(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxZoneDeletePayload { deleted_tax_zone_id: id.map(encode), user_errors })
}

/// Changes of zones.
#[derive(Debug, Default)]
pub struct TaxZoneMutation;

#[Object]
impl TaxZoneMutation {
    /// Adds a zone with its rates. Carts are quoted by it at once; orders keep what they were placed with. Needs
    /// MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_zone_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The zone.")] input: TaxZoneCreateInput,
    ) -> Option<TaxZoneCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes a zone. Rates that are given replace all of its rates. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_zone_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: TaxZoneUpdateInput,
    ) -> Option<TaxZoneUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a zone with its rates. The home zone is refused with IN_USE. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_zone_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which zone.")] input: TaxZoneDeleteInput,
    ) -> Option<TaxZoneDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
