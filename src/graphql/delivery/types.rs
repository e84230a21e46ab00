//! Zones, rates and pick-up locations as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{
    delivery::{delivery_rate, delivery_zone, pickup_location},
    ids::{DeliveryRateId, DeliveryZoneId, LocationId, PickupLocationId},
    money::{Currency, Money},
};

use super::loaders::{RatesOf, loader};
use crate::{
    domain::{
        delivery::{self, Band, Cost},
        shared::{Error, Permission},
    },
    graphql::{
        address::{AddressOwner, MailingAddress},
        area::Area,
        codes::CurrencyCode,
        context::ContextExt,
        errors,
        global_id::encode,
        inventory::Location,
        scalars::{DateTime, MoneyV2},
    },
};

/// A part of the world that the shop delivers to in its own way.
#[derive(Clone, Debug)]
pub struct DeliveryZone(Arc<delivery_zone::Model>);

impl DeliveryZone {
    /// A zone.
    #[must_use]
    pub fn shown(row: impl Into<Arc<delivery_zone::Model>>) -> Self {
        Self(row.into())
    }

    /// The zone with an id, for those who may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: DeliveryZoneId) -> Result<Option<Self>, Error> {
        if !ctx.viewer().may(Permission::ReadSettings) {
            return Ok(None);
        }
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }
}

/// A part of the world that the shop delivers to in its own way. Of several zones that contain an address the narrowest
/// counts: by postal code before by province before by country before the rest of the world; of equals the oldest.
#[Object(visible = "crate::graphql::guards::reads_settings")]
impl DeliveryZone {
    /// The zone's id.
    pub async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// How staff call it. Buyers do not see it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What belongs to it.
    async fn areas(&self) -> Vec<Area> {
        self.0.areas.0.iter().map(Area::from).collect()
    }

    /// What may be chosen in it, oldest first. A zone without rates refuses delivery.
    async fn rates(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<DeliveryRate>> {
        let rates = async {
            let rates = loader(ctx).load_one(RatesOf(self.0.id)).await?.unwrap_or_default();
            ctx.request().budget.charge(rates.len())?;
            Ok(rates.into_iter().map(DeliveryRate).collect())
        };
        errors::required(ctx, rates.await)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When its name or areas last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A way of delivering into a zone.
#[derive(Clone, Debug)]
pub struct DeliveryRate(Arc<delivery_rate::Model>);

impl DeliveryRate {
    /// The rate with an id, for those who may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: DeliveryRateId) -> Result<Option<Self>, Error> {
        if !ctx.viewer().may(Permission::ReadSettings) {
            return Ok(None);
        }
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }
}

/// A way of delivering into a zone. It is offered in carts of its currency only.
#[Object(visible = "crate::graphql::guards::reads_settings")]
impl DeliveryRate {
    /// The rate's id.
    pub async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// Its zone; null when it was removed meanwhile.
    async fn zone(&self, ctx: &Context<'_>) -> Option<DeliveryZone> {
        errors::optional(ctx, DeliveryZone::load(ctx, self.0.zone_id).await)
    }

    /// The name under which front ends choose it, unique among rates and pick-up locations. It never changes.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// Its name, for buyers.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What buyers should know of it, such as how long it takes.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// The currency of its amounts.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode::from_currency(self.0.currency)
    }

    /// What it costs.
    async fn cost(&self) -> DeliveryCost {
        DeliveryCost::new(&self.0.cost, self.0.currency)
    }

    /// It costs nothing when the goods of a group cost at least this after discounts; null when it always costs.
    async fn free_above(&self) -> Option<MoneyV2> {
        self.0.free_above_minor.map(|minor| Money::new(minor, self.0.currency).into())
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What a rate costs. One of the three is not null.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct DeliveryCost {
    /// Always the same.
    flat: Option<MoneyV2>,
    /// By what the goods of a group weigh. Where no band fits, the rate is not offered.
    by_weight: Option<Vec<DeliveryWeightBand>>,
    /// By what the goods of a group cost after discounts. Where no band fits, the rate is not offered.
    by_price: Option<Vec<DeliveryPriceBand>>,
}

/// What a rate costs for goods of a weight.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct DeliveryWeightBand {
    /// From this weight on, in grams.
    from_grams: i64,
    /// Below this weight, in grams; null is open.
    until_grams: Option<i64>,
    /// The cost.
    cost: MoneyV2,
}

/// What a rate costs for goods of a price.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct DeliveryPriceBand {
    /// From this price on.
    from: MoneyV2,
    /// Below this price; null is open.
    until: Option<MoneyV2>,
    /// The cost.
    cost: MoneyV2,
}

impl DeliveryCost {
    fn new(cost: &Cost, currency: Currency) -> Self {
        let money = |minor: i64| MoneyV2::from(Money::new(minor, currency));
        match cost {
            Cost::Flat(minor) => Self { flat: Some(money(*minor)), ..Self::default() },
            Cost::ByWeight(bands) => {
                let band = |band: &Band| DeliveryWeightBand {
                    from_grams: band.from,
                    until_grams: band.until,
                    cost: money(band.cost),
                };
                Self { by_weight: Some(bands.iter().map(band).collect()), ..Self::default() }
            }
            Cost::ByPrice(bands) => {
                let band = |band: &Band| DeliveryPriceBand {
                    from: money(band.from),
                    until: band.until.map(money),
                    cost: money(band.cost),
                };
                Self { by_price: Some(bands.iter().map(band).collect()), ..Self::default() }
            }
        }
    }
}

/// A location of the shop where buyers may collect what they bought.
#[derive(Clone, Debug)]
pub struct PickupLocation(Arc<pickup_location::Model>);

impl PickupLocation {
    /// A pick-up location.
    #[must_use]
    pub fn shown(row: impl Into<Arc<pickup_location::Model>>) -> Self {
        Self(row.into())
    }

    /// The pick-up location with an id. Everybody may know of it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: PickupLocationId) -> Result<Option<Self>, Error> {
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }

    /// Its address.
    #[must_use]
    pub fn place(&self) -> MailingAddress {
        MailingAddress::new(AddressOwner::Pickup(self.0.id), self.0.address.clone())
    }
}

/// A location of the shop where buyers may collect what they bought.
#[Object]
impl PickupLocation {
    /// The id. While the location is offered for pick-up it stays the same.
    pub async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// The name under which front ends choose it, unique among rates and pick-up locations. It never changes.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// Its name, for buyers.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What buyers should know, such as when it is open and what to bring.
    async fn instructions(&self) -> Option<&str> {
        self.0.instructions.as_deref()
    }

    /// Where it is.
    async fn address(&self) -> MailingAddress {
        self.place()
    }

    /// What collecting there costs. It is offered in carts of this currency only.
    async fn cost(&self) -> MoneyV2 {
        Money::new(self.0.cost_minor, self.0.currency).into()
    }

    /// The location among those that hold stock. Needs READ_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::reads_settings")]
    async fn location(&self, ctx: &Context<'_>) -> Option<Location> {
        let location = async {
            ctx.require(Permission::ReadSettings)?;
            Ok(loader(ctx).load_one(LocationId(self.0.id.0)).await?.map(Location))
        };
        errors::optional(ctx, location.await)
    }

    /// When it was first offered.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What counts in a delivery group while its buyer has chosen nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "delivery::Unchosen", visible = "crate::graphql::guards::reads_settings")]
pub enum DeliveryUnchosen {
    /// The cheapest rate. Pick-up is never chosen for a buyer.
    Cheapest,
    /// Nothing: the cart is quoted without delivery, and checkout asks for a choice.
    Nothing,
}

/// How the shop delivers as a whole.
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct DeliverySettings {
    /// What counts in a delivery group while its buyer has chosen nothing.
    pub unchosen: DeliveryUnchosen,
}
