//! Costs as staff send them.

use async_graphql::InputObject;

use crate::{
    domain::{
        delivery::{BandDraft, CostDraft},
        shared::Error,
    },
    graphql::scalars::MoneyInput,
};

/// What a rate costs: give one of the three. All amounts of a rate are in one currency.
#[derive(Clone, Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryCostInput {
    /// Always the same.
    flat: Option<MoneyInput>,
    /// By what the goods weigh: 1 to 50 bands, ascending.
    by_weight: Option<Vec<DeliveryWeightBandInput>>,
    /// By what the goods cost after discounts: 1 to 50 bands, ascending.
    by_price: Option<Vec<DeliveryPriceBandInput>>,
}

/// What a rate costs for goods of a weight.
#[derive(Clone, Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryWeightBandInput {
    /// From this weight on, in grams; 0 when left out.
    from_grams: Option<i64>,
    /// Below this weight, in grams; left out, it is open.
    until_grams: Option<i64>,
    /// The cost.
    cost: MoneyInput,
}

/// What a rate costs for goods of a price.
#[derive(Clone, Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliveryPriceBandInput {
    /// From this price on; nothing when left out.
    from: Option<MoneyInput>,
    /// Below this price; left out, it is open.
    until: Option<MoneyInput>,
    /// The cost.
    cost: MoneyInput,
}

impl DeliveryCostInput {
    /// The cost, whose amounts are numbers of their currencies.
    ///
    /// # Errors
    /// `BadInput` below `argument`.
    pub fn read(&self, argument: &str) -> Result<CostDraft, Error> {
        let money = |place: String, money: &MoneyInput| money.check(&format!("{argument}.{place}"));
        let flat = self.flat.as_ref().map(|flat| money("flat".to_owned(), flat)).transpose()?;
        let weights = |bands: &Vec<DeliveryWeightBandInput>| {
            let bands = bands.iter().enumerate().map(|(index, band)| {
                let cost = money(format!("byWeight.{index}.cost"), &band.cost)?;
                Ok(BandDraft { from: band.from_grams, until: band.until_grams, cost })
            });
            bands.collect::<Result<Vec<_>, Error>>()
        };
        let prices = |bands: &Vec<DeliveryPriceBandInput>| {
            let bands = bands.iter().enumerate().map(|(index, band)| {
                let place = |field: &str| format!("byPrice.{index}.{field}");
                Ok(BandDraft {
                    from: band.from.as_ref().map(|from| money(place("from"), from)).transpose()?,
                    until: band.until.as_ref().map(|until| money(place("until"), until)).transpose()?,
                    cost: money(place("cost"), &band.cost)?,
                })
            });
            bands.collect::<Result<Vec<_>, Error>>()
        };
        Ok(CostDraft {
            flat,
            by_weight: self.by_weight.as_ref().map(weights).transpose()?,
            by_price: self.by_price.as_ref().map(prices).transpose()?,
        })
    }
}
