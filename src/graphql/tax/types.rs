//! Classes, zones and settings as the API shows them.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::ids::{TaxClassId, TaxZoneId};

use super::{
    enums::{TaxPriceBasis, TaxPricesAbroad, TaxRoundingLevel, TaxRoundingMode, TaxRoundingParts, TaxShippingKind},
    loaders::{RatesOf, loader},
};
use crate::{
    domain::{
        shared::{Error, Permission},
        tax,
    },
    graphql::{
        area::Area,
        context::ContextExt,
        errors, global_id,
        scalars::{DateTime, Decimal},
    },
};

/// A class of goods that are taxed alike, such as books. Goods of no class are of the standard one.
#[derive(Clone, Debug)]
pub struct TaxClass(pub tax::TaxClass);

impl TaxClass {
    /// The class with an id.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: TaxClassId) -> Result<Option<Self>, Error> {
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }

    /// The class with an id, for staff who may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn node(ctx: &Context<'_>, id: TaxClassId) -> Result<Option<Self>, Error> {
        if ctx.viewer().may(Permission::ReadSettings) { Self::load(ctx, id).await } else { Ok(None) }
    }
}

/// A class of goods that are taxed alike, such as books. Goods of no class are of the standard one.
#[Object(visible = "crate::graphql::guards::is_staff")]
impl TaxClass {
    /// The class's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its name; no two classes have the same, whatever the case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One tax of a rate.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct TaxComponent {
    /// How buyers see it, such as `VAT` or `GST`.
    title: String,
    /// Its rate in percent, such as `19.0` or `9.975`.
    percent: Decimal,
    /// Whether it is charged on the price and the taxes before it, not on the price alone.
    compound: bool,
}

/// What a class of goods is taxed with in a zone.
#[derive(Clone, Debug)]
pub struct TaxRate(tax::TaxRate);

/// What a class of goods is taxed with in a zone.
#[Object(visible = "crate::graphql::guards::reads_settings")]
impl TaxRate {
    /// The class; null for the standard one, which is also for classes without a rate of their own.
    async fn tax_class(&self, ctx: &Context<'_>) -> Option<TaxClass> {
        errors::optional(ctx, TaxClass::load(ctx, self.0.tax_class_id?).await)
    }

    /// The taxes in their order; none is a rate of zero.
    async fn taxes(&self) -> Vec<TaxComponent> {
        let component = |tax: &tax::Tax| TaxComponent {
            title: tax.title.clone(),
            percent: Decimal(tax::format_percent(tax.rate)),
            compound: tax.compound,
        };
        self.0.taxes.0.iter().map(component).collect()
    }
}

/// How a zone's taxes are rounded.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct TaxRounding {
    /// What becomes of a fraction.
    mode: TaxRoundingMode,
    /// Of what a tax is rounded.
    level: TaxRoundingLevel,
    /// Whether several taxes on one thing are rounded each or together.
    taxes: TaxRoundingParts,
}

/// How delivery is taxed in a zone.
#[derive(Clone, Debug)]
pub struct TaxZoneShipping {
    kind: tax::ShippingTax,
    class: Option<TaxClassId>,
}

/// How delivery is taxed in a zone.
#[Object(visible = "crate::graphql::guards::reads_settings")]
impl TaxZoneShipping {
    /// How.
    async fn kind(&self) -> TaxShippingKind {
        self.kind.into()
    }

    /// As goods of which class, with AS_CLASS; null is the standard one.
    async fn tax_class(&self, ctx: &Context<'_>) -> Option<TaxClass> {
        errors::optional(ctx, TaxClass::load(ctx, self.class?).await)
    }
}

/// A part of the world that is taxed alike.
#[derive(Clone, Debug)]
pub struct TaxZone(pub tax::TaxZone);

impl TaxZone {
    /// The zone with an id, for staff who may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn node(ctx: &Context<'_>, id: TaxZoneId) -> Result<Option<Self>, Error> {
        if !ctx.viewer().may(Permission::ReadSettings) {
            return Ok(None);
        }
        Ok(tax::zone(ctx.app().database.reader(), id).await?.map(Self))
    }

    async fn read_rates(&self, ctx: &Context<'_>) -> Result<Vec<TaxRate>, Error> {
        let rates = loader(ctx).load_one(RatesOf(self.0.id)).await?.unwrap_or_default();
        Ok(rates.iter().cloned().map(TaxRate).collect())
    }
}

/// A part of the world that is taxed alike.
#[Object(visible = "crate::graphql::guards::reads_settings")]
impl TaxZone {
    /// The zone's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its name, for staff; no two zones have the same, whatever the case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What belongs to it. Of several zones that contain an address the one that does most narrowly counts.
    async fn areas(&self) -> Vec<Area> {
        self.0.areas.0.iter().map(Area::from).collect()
    }

    /// Whether prices shown to buyers here contain its taxes.
    async fn prices_shown(&self) -> TaxPriceBasis {
        self.0.shown.into()
    }

    /// Its rates in the order given, one for a class.
    async fn rates(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TaxRate>> {
        errors::required(ctx, self.read_rates(ctx).await)
    }

    /// How its taxes are rounded.
    async fn rounding(&self) -> TaxRounding {
        TaxRounding {
            mode: self.0.rounding_mode.into(),
            level: self.0.rounding_level.into(),
            taxes: self.0.rounding_parts.into(),
        }
    }

    /// How delivery is taxed.
    async fn shipping(&self) -> TaxZoneShipping {
        TaxZoneShipping { kind: self.0.shipping, class: self.0.shipping_class_id }
    }

    /// Whether buyers whose tax number was confirmed owe the tax themselves; never in the home zone.
    async fn reverse_charge(&self) -> bool {
        self.0.reverse_charge
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What the prices that staff enter contain, and what they mean elsewhere.
#[derive(Clone, Debug)]
pub struct TaxSettings(pub tax::TaxSettings);

/// What the prices that staff enter contain, and what they mean elsewhere.
#[Object(visible = "crate::graphql::guards::reads_settings")]
impl TaxSettings {
    /// Whether entered prices contain the taxes of the home zone.
    async fn prices_entered(&self) -> TaxPriceBasis {
        self.0.entered.into()
    }

    /// The zone whose taxes are in entered prices, where the shop is at home.
    async fn home_zone(&self, ctx: &Context<'_>) -> Option<TaxZone> {
        errors::optional(ctx, TaxZone::node(ctx, self.0.home_zone_id?).await)
    }

    /// What entered prices that contain taxes mean in other zones.
    async fn prices_abroad(&self) -> TaxPricesAbroad {
        self.0.abroad.into()
    }

    /// When they last changed; null while they are as they came.
    async fn updated_at(&self) -> Option<DateTime> {
        self.0.updated_at.map(DateTime::from)
    }
}
