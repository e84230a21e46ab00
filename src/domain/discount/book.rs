//! The discounts that may concern some carts, read in a few statements for any number of carts.
//!
//! Which those are: the automatic discounts that count now, the oldest first, of which no more are allowed at a time than
//! compete for a cart ([`super::automatic`]); and the discounts whose codes were entered, whether they count or not, so that
//! a code can say why it does not.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use entity::{
    discount::{discount, discount_redemption},
    ids::{DiscountId, OrderId},
};
use sea_orm::ConnectionTrait;

use super::{
    Buyer, automatic, code_key,
    model::{engine, keys_of, names_collections},
    store,
};
use crate::domain::shared::Error;

/// Discounts that may concern some carts.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Those that apply by themselves, the oldest first.
    automatic: Vec<Entry>,
    /// Those of entered codes.
    by_code: HashMap<DiscountId, Entry>,
    /// Which discount has a folded code.
    codes: HashMap<String, DiscountId>,
    /// How often a customer uses a discount, where it has a limit for each.
    uses: HashMap<(DiscountId, String), i64>,
    /// What pending orders of these carts use.
    held: Vec<discount_redemption::Model>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: DiscountId,
    discount: pricing::Discount,
    names_collections: bool,
}

impl Entry {
    fn of(row: &discount::Model) -> Result<Self, Error> {
        let discount = engine(row, Vec::new())
            .map_err(|error| Error::fault(format!("discount {} cannot be read: {error}", row.id)))?;
        Ok(Self { id: row.id, discount, names_collections: names_collections(&row.effect) })
    }
}

/// What the carts have that a book is read for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// All codes that were entered.
    pub codes: Vec<String>,
    /// All buyers.
    pub buyers: Vec<Buyer>,
    /// The orders that carts wait for the payment of. Their own uses do not stand in their way.
    pub orders: Vec<OrderId>,
}

impl Book {
    /// Reads the discounts that may concern these carts at a moment. At most five statements, one when no codes are
    /// entered, nothing is limited for each customer and no order pends.
    ///
    /// # Errors
    /// The database's; a fault for a row that the engine cannot read.
    pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>, asked: &Asked) -> Result<Self, Error> {
        let keys: BTreeSet<String> = asked.codes.iter().map(|code| code_key(code)).collect();
        let keys: Vec<String> = keys.into_iter().filter(|key| !key.is_empty() && !key.contains('\0')).collect();
        let automatic = store::automatic(db, now, automatic::MOST).await?;
        let codes = store::codes(db, &keys).await?;
        let ids: BTreeSet<DiscountId> = codes.iter().map(|row| row.discount_id).collect();
        let coded = store::discounts(db, &ids.into_iter().collect::<Vec<_>>()).await?;
        let limited = automatic.iter().chain(&coded).filter(|row| row.limit_per_customer.is_some());
        let limited: Vec<DiscountId> = limited.map(|row| row.id).collect();
        // A checkout is quoted before its address is checked.
        let buyers = asked.buyers.iter().flat_map(Buyer::keys).filter(|key| !key.contains('\0'));
        let buyers: BTreeSet<String> = buyers.collect();
        let uses = store::uses(db, &limited, &buyers.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            automatic: automatic.iter().map(Entry::of).collect::<Result<_, _>>()?,
            by_code: coded.iter().map(|row| Ok((row.id, Entry::of(row)?))).collect::<Result<_, Error>>()?,
            codes: codes.into_iter().map(|row| (row.code_key, row.discount_id)).collect(),
            uses: uses.into_iter().map(|row| ((row.discount_id, row.customer_key), row.used)).collect(),
            held: store::held(db, &asked.orders).await?,
        })
    }

    /// Whether a discount of the book depends on the collections of lines.
    #[must_use]
    pub fn names_collections(&self) -> bool {
        self.automatic.iter().chain(self.by_code.values()).any(|entry| entry.names_collections)
    }

    /// What the engine needs to know of discounts for one cart: its entered codes, its buyer, the order it waits for.
    #[must_use]
    pub fn rules_for(&self, codes: &[String], buyer: &Buyer, order: Option<OrderId>) -> Vec<pricing::Discount> {
        let buyer = buyer.keys();
        let mut entered: Vec<(&Entry, Vec<Arc<str>>)> = Vec::new();
        for code in codes {
            let found = self.codes.get(&code_key(code)).and_then(|id| self.by_code.get(id));
            let Some(entry) = found else { continue };
            // The engine compares codes by case alone; it is told the very text that was entered.
            match entered.iter_mut().find(|(known, _)| known.id == entry.id) {
                Some((_, codes)) => codes.push(code.as_str().into()),
                None => entered.push((entry, vec![code.as_str().into()])),
            }
        }
        let entered = entered.into_iter().map(|(entry, codes)| {
            let discount = self.facts(entry, &buyer, order);
            pricing::Discount { method: pricing::Method::Codes(codes), ..discount }
        });
        let automatic = self.automatic.iter().map(|entry| self.facts(entry, &buyer, order));
        entered.chain(automatic).collect()
    }

    /// A discount with how often it is used by others than the order that this cart waits for.
    fn facts(&self, entry: &Entry, buyer: &[String], order: Option<OrderId>) -> pricing::Discount {
        let mut discount = entry.discount.clone();
        let own = self.held.iter().find(|held| Some(held.order_id) == order && held.discount_id == entry.id);
        let used = buyer.iter().map(|key| {
            let used = self.uses.get(&(entry.id, key.clone())).copied().unwrap_or(0);
            let own = own.is_some_and(|own| keys_of(own).any(|counted| counted == key));
            (used - i64::from(own)).max(0)
        });
        discount.usage.used_by_customer = used.max().unwrap_or(0);
        if own.is_some() {
            discount.usage.used -= 1;
        }
        discount
    }
}
