//! Price lists and their prices.

use async_graphql::{Context, ID, Object, dataloader::DataLoader};
use entity::{
    ids::PriceListId,
    money::{Currency, Money},
};

use super::loaders::{PriceListLoader, PricesOf};
use crate::{
    domain::{
        price_list::{self, PriceList as Row, PriceListPrice as PriceRow, list::PricesPart},
        shared::{Error, Permission},
    },
    graphql::{
        catalog::ProductVariant,
        codes::{CountryCode, CurrencyCode},
        context::ContextExt,
        errors,
        global_id::encode,
        pagination::{Arguments, Connection, connection},
        scalars::{DateTime, MoneyV2},
    },
};

/// A price list: prices for buyers of some countries, in one currency, for a time.
#[derive(Clone, Debug)]
pub struct PriceList(pub(super) Row);

impl PriceList {
    /// The list with an id, for staff with `READ_PRODUCTS`; nobody else causes a look.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: PriceListId) -> Result<Option<Self>, Error> {
        if !ctx.viewer().may(Permission::ReadProducts) {
            return Ok(None);
        }
        Ok(ctx.data_unchecked::<DataLoader<PriceListLoader>>().load_one(id).await?.map(Self))
    }

    async fn page(&self, ctx: &Context<'_>, arguments: Arguments) -> Result<Connection<PriceListPrice>, Error> {
        let request = arguments.check()?;
        let key = PricesOf { list: self.0.id, part: PricesPart::new(&request)? };
        let rows = ctx.data_unchecked::<DataLoader<PriceListLoader>>().load_one(key).await?.unwrap_or_default();
        let price = |row| PriceListPrice { row, currency: self.0.currency };
        connection(ctx, price_list::list::page(&request, rows.to_vec()), price)
    }
}

/// A price list: prices for buyers of some countries, in one currency, for a time. Of a variant's prices those count that are
/// in the currency of the buyer's country; a list goes before the variant's own price, of lists the one of higher priority,
/// of equals the lowest price.
#[Object(visible = "crate::graphql::guards::reads_products")]
impl PriceList {
    /// The list's id.
    pub async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// What staff call it. Shoppers do not see it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The currency of all its prices; it never changes.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode::from_currency(self.0.currency)
    }

    /// The countries of the buyers it is for, by code; empty: all. While it counts, buyers of the countries that it names pay in
    /// its currency, unless a list of higher priority names them too. A list for all countries makes nobody pay in its
    /// currency.
    async fn countries(&self) -> Vec<CountryCode> {
        self.0.country_codes.0.iter().filter_map(|code| CountryCode::from_code(code)).collect()
    }

    /// A list of higher priority goes before the others.
    async fn priority(&self) -> i32 {
        self.0.priority
    }

    /// From when on it counts; null: always.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.map(DateTime::from)
    }

    /// Until when it counts, this moment itself not; null: for ever.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime::from)
    }

    /// Whether it counts at all, in its time.
    async fn is_active(&self) -> bool {
        self.0.active
    }

    /// Its prices, by variant, then by quantity.
    async fn prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<PriceListPrice>> {
        errors::required(ctx, self.page(ctx, Arguments { first, last, after, before }).await)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it, or a price of it, last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A price of a variant in a price list, from a quantity on.
#[derive(Clone, Debug)]
pub struct PriceListPrice {
    pub(super) row: PriceRow,
    pub(super) currency: Currency,
}

/// A price of a variant in a price list, from a quantity on.
#[Object(visible = "crate::graphql::guards::reads_products")]
impl PriceListPrice {
    /// The variant; null when it was deleted at this moment.
    async fn variant(&self, ctx: &Context<'_>) -> Option<ProductVariant> {
        errors::optional(ctx, ProductVariant::load_held(ctx, self.row.variant_id).await)
    }

    /// From how many units on it counts, all lines of the variant in a cart together.
    async fn minimum_quantity(&self) -> i32 {
        self.row.minimum_quantity
    }

    /// What one unit costs.
    async fn price(&self) -> MoneyV2 {
        Money::new(self.row.amount_minor, self.currency).into()
    }

    /// What it cost before; shown to shoppers only if it is higher than the price.
    async fn compare_at_price(&self) -> Option<MoneyV2> {
        self.row.compare_at_minor.map(|minor| Money::new(minor, self.currency).into())
    }
}
