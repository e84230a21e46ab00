//! What a zone is made of, and how it becomes the domain's patch.

use async_graphql::{ID, InputObject};

use super::enums::{TaxRoundingLevel, TaxRoundingMode, TaxRoundingParts, TaxShippingKind};
use crate::{
    domain::{
        shared::Error,
        tax::{RateDraft, ShippingDraft, TaxDraft, ZonePatch},
    },
    graphql::{global_id::decode, scalars::Decimal},
};

/// One tax of a rate.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxComponentInput {
    /// How buyers see it, such as `VAT` or `GST`.
    title: String,
    /// Its rate in percent with at most four places, such as `19` or `9.975`; at most `1000`.
    percent: Decimal,
    /// Whether it is charged on the price and the taxes before it; false when left out.
    compound: Option<bool>,
}

/// What a class of goods is taxed with in the zone. Taxes of the same title, percentage and kind are one tax, in whatever
/// classes they come; they are added up in an order's tax lines.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxRateInput {
    /// The class; left out, it is the standard one, which is also for classes without a rate of their own.
    tax_class_id: Option<ID>,
    /// The taxes in their order, at most 8; an empty list is a rate of zero.
    taxes: Vec<TaxComponentInput>,
}

/// How the zone's taxes are rounded. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxRoundingInput {
    /// What becomes of a fraction; HALF_UP for a new zone.
    mode: Option<TaxRoundingMode>,
    /// Of what a tax is rounded; LINE for a new zone.
    level: Option<TaxRoundingLevel>,
    /// Whether several taxes on one thing are rounded each or together; SEPARATELY for a new zone.
    taxes: Option<TaxRoundingParts>,
}

/// How delivery is taxed.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxZoneShippingInput {
    /// How.
    kind: TaxShippingKind,
    /// As goods of which class, only with AS_CLASS; left out, it is the standard one.
    tax_class_id: Option<ID>,
}

/// Puts the rounding into a patch.
pub fn set_rounding(patch: &mut ZonePatch, input: Option<TaxRoundingInput>) {
    let Some(input) = input else { return };
    patch.rounding_mode = input.mode.map(Into::into);
    patch.rounding_level = input.level.map(Into::into);
    patch.rounding_parts = input.taxes.map(Into::into);
}

/// How delivery is taxed.
///
/// # Errors
/// `BadInput` for what is no class's id.
pub fn shipping(input: Option<TaxZoneShippingInput>) -> Result<Option<ShippingDraft>, Error> {
    let Some(input) = input else { return Ok(None) };
    let class = input.tax_class_id.map(|id| decode("input.shipping.taxClassId", &id)).transpose()?;
    Ok(Some(ShippingDraft { kind: input.kind.into(), class }))
}

/// Rates.
///
/// # Errors
/// `BadInput` for what is no class's id.
pub fn rates(input: Vec<TaxRateInput>) -> Result<Vec<RateDraft>, Error> {
    let tax = |tax: TaxComponentInput| TaxDraft {
        title: tax.title,
        percent: tax.percent.0,
        compound: tax.compound.unwrap_or(false),
    };
    let rates = input.into_iter().enumerate().map(|(index, rate)| {
        let class = rate.tax_class_id.map(|id| decode(&format!("input.rates.{index}.taxClassId"), &id));
        Ok(RateDraft { class: class.transpose()?, taxes: rate.taxes.into_iter().map(tax).collect() })
    });
    rates.collect()
}
