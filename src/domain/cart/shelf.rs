//! What the shop can sell of the variants that a change is about: their data and their stock.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    cart::cart::{self, CartKind},
    ids::{CartLineId, VariantId},
    money::Currency,
};
use sea_orm::ConnectionTrait;

use super::model::Lines;
use crate::domain::{catalog::Sellable, inventory, price_list, shared::Error};

/// Variants with their stock, loaded in a constant number of statements.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) sellables: HashMap<VariantId, Sellable>,
    pub(super) available: HashMap<VariantId, i64>,
    kind: CartKind,
}

/// Who buys, as far as it decides what things cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Buyer<'a> {
    pub(super) currency: Currency,
    pub(super) country: Option<&'a str>,
}

impl<'a> Buyer<'a> {
    /// Who buys a cart.
    pub(super) fn of(cart: &'a cart::Model) -> Self {
        Self { currency: cart.currency, country: cart.country_code.as_deref() }
    }
}

impl Shelf {
    /// What is for sale of the variants that a change of this cart is about.
    pub(super) async fn load_for(
        db: &impl ConnectionTrait,
        cart: &cart::Model,
        now: DateTime<Utc>,
        ids: &[VariantId],
    ) -> Result<Self, Error> {
        let shelf = Self::load(db, Buyer::of(cart), now, ids).await?;
        Ok(Self { kind: cart.kind, ..shelf })
    }

    pub(super) async fn load(
        db: &impl ConnectionTrait,
        buyer: Buyer<'_>,
        now: DateTime<Utc>,
        ids: &[VariantId],
    ) -> Result<Self, Error> {
        let Buyer { currency, country } = buyer;
        let sellables = price_list::sellable_for(db, now, currency, country, ids).await?;
        let available = inventory::available(db, ids).await?;
        Ok(Self { sellables, available, kind: CartKind::Cart })
    }

    /// Whether shoppers may buy it, stock aside.
    pub(super) fn purchasable(&self, id: VariantId) -> bool {
        self.sellables.get(&id).is_some_and(|sellable| sellable.purchasable)
    }

    /// The name of a variant for people; withheld when it is not on sale.
    pub(super) fn title(&self, id: VariantId) -> String {
        match self.sellables.get(&id).filter(|sellable| sellable.purchasable) {
            Some(sellable) if sellable.variant_title == "Default Title" => sellable.product_title.clone(),
            Some(sellable) => format!("{} ({})", sellable.product_title, sellable.variant_title),
            None => "the product".to_owned(),
        }
    }

    /// Units that one line of a variant may have while the cart's other lines of it keep theirs; `None`: any number. A
    /// wish list takes what is sold out: it is there to be remembered.
    pub(super) fn room(&self, lines: &Lines, id: VariantId, line: Option<CartLineId>) -> Option<i64> {
        let sellable = self.sellables.get(&id)?;
        let in_stock = self.available.get(&id).copied().unwrap_or(0);
        let limited = sellable.limited_by_stock() && self.kind == CartKind::Cart;
        limited.then(|| (in_stock - lines.units_of(id, line)).max(0))
    }
}
