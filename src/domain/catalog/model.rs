//! What is read from the catalog, and the rules on it that need no database: who sees what, what is for sale.

use chrono::{DateTime, Utc};
use entity::{
    catalog::{
        collection,
        product::{self, ProductStatus},
        variant,
    },
    ids::{ProductId, VariantId},
    money::{Currency, Money},
};
use serde::{Deserialize, Serialize};

use crate::domain::shared::{Permission, Viewer};

/// What somebody may see of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// Everything, drafts too: staff with `READ_PRODUCTS`.
    Everything,
    /// What is active and was published by this moment: everybody else.
    Published(DateTime<Utc>),
}

impl Sight {
    /// What this viewer may see now.
    #[must_use]
    pub fn of(viewer: &Viewer, now: DateTime<Utc>) -> Self {
        if viewer.may(Permission::ReadProducts) { Self::Everything } else { Self::Published(now) }
    }

    /// Whether a product may be shown.
    #[must_use]
    pub fn sees(self, product: &product::Model) -> bool {
        match self {
            Self::Everything => true,
            Self::Published(now) => is_published(product, now),
        }
    }

    /// Whether a collection may be shown.
    #[must_use]
    pub fn sees_collection(self, collection: &collection::Model) -> bool {
        match self {
            Self::Everything => true,
            Self::Published(now) => collection.published_at.is_some_and(|at| at <= now),
        }
    }
}

/// Whether shoppers see a product.
#[must_use]
pub fn is_published(product: &product::Model, now: DateTime<Utc>) -> bool {
    match product.status {
        ProductStatus::Active => product.published_at.is_some_and(|at| at <= now),
        ProductStatus::Draft | ProductStatus::Archived => false,
    }
}

/// A variant with a price and its stock. As the catalog reads it, the price is the variant's own, in the shop's currency;
/// `price_list` turns it into a buyer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The variant's own row.
    pub row: variant::Model,
    /// Price of one unit.
    pub price: Money,
    /// Former price; only where it is higher than the price.
    pub compare_at: Option<Money>,
    /// Lower or other prices from some quantities on, the least quantity first.
    pub breaks: Vec<PriceBreak>,
    /// Whether the buyer it is shown to has a price in their currency. If not, `price` is the shop's own, for show.
    pub priced: bool,
    /// Whether the shop has price lists, as of this statement. Not kept: the cache knows the lists themselves.
    #[serde(skip)]
    pub lists: bool,
    /// On hand and not held for anybody, over all locations.
    pub available: i64,
}

impl Variant {
    /// The variant's id.
    #[must_use]
    pub fn id(&self) -> VariantId {
        self.row.id
    }

    /// Whether one can be had, if its product is published.
    #[must_use]
    pub fn is_sellable(&self) -> bool {
        self.priced && (!self.row.tracked || self.row.continue_selling || self.available > 0)
    }

    /// Whether it is sold although there is none in stock.
    #[must_use]
    pub fn is_backordered(&self) -> bool {
        self.row.tracked && self.row.continue_selling && self.available <= 0
    }

    /// How many are in stock; nothing where stock is not counted.
    #[must_use]
    pub fn quantity_available(&self) -> Option<i64> {
        self.row.tracked.then(|| self.available.max(0))
    }

    /// The value of the option at a position from 1 to 3.
    #[must_use]
    pub fn option(&self, position: i32) -> Option<&str> {
        match position {
            1 => self.row.option1.as_deref(),
            2 => self.row.option2.as_deref(),
            3 => self.row.option3.as_deref(),
            _ => None,
        }
    }
}

/// The price of one unit from a quantity on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceBreak {
    /// From how many units on, more than 1.
    pub minimum_quantity: i64,
    /// The price.
    pub price: Money,
}

/// The lowest and the highest of some prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceRange {
    /// The lowest.
    pub min: Money,
    /// The highest.
    pub max: Money,
}

impl PriceRange {
    /// The range of some prices of one currency; zero to zero of no price.
    #[must_use]
    pub fn of(prices: impl IntoIterator<Item = Money>, currency: Currency) -> Self {
        let zero = Money::zero(currency);
        let range = prices.into_iter().fold(None, |range: Option<Self>, price| match range {
            None => Some(Self { min: price, max: price }),
            Some(Self { min, max }) => Some(Self {
                min: if price.minor < min.minor { price } else { min },
                max: if price.minor > max.minor { price } else { max },
            }),
        });
        range.unwrap_or(Self { min: zero, max: zero })
    }
}

/// What is shown of a product that was sold once and that its shopper may no longer see: that it is there, and nothing of
/// its text. A cart or an order may still hold its variants.
#[must_use]
pub fn withheld(product: ProductId, now: DateTime<Utc>) -> product::Model {
    product::Model {
        id: product,
        handle: product.to_string(),
        title: "No longer available".to_owned(),
        description_html: String::new(),
        description: String::new(),
        vendor: String::new(),
        product_type: String::new(),
        is_gift_card: false,
        status: ProductStatus::Archived,
        published_at: None,
        seo_title: None,
        seo_description: None,
        title_key: String::new(),
        vendor_key: String::new(),
        type_key: String::new(),
        search_words: String::new(),
        min_price_minor: 0,
        units_sold: 0,
        version: 0,
        created_at: now,
        updated_at: now,
    }
}

/// A text cut to at most `most` characters, the last of them `…` where something was cut off.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    if most == 0 { kept } else { format!("{}…", kept.trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_characters_and_says_so() {
        assert_eq!(shortened("Crème brûlée", 12), "Crème brûlée");
        assert_eq!(shortened("Crème brûlée", 7), "Crème…");
        assert_eq!(shortened("Crème", 1), "…");
        assert_eq!(shortened("Crème", 0), "");
    }

    #[test]
    fn a_range_of_no_price_is_zero() {
        let usd = |minor| Money::new(minor, Currency::USD);
        assert_eq!(PriceRange::of([], Currency::USD), PriceRange { min: usd(0), max: usd(0) });
        assert_eq!(PriceRange::of([usd(5), usd(3), usd(9)], Currency::USD), PriceRange { min: usd(3), max: usd(9) });
    }
}
