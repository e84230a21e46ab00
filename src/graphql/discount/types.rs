//! Discounts as the API shows them to staff.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{
    discount::{discount, discount_code},
    ids::DiscountId,
};

use super::{
    effect::{DiscountEffect, shown},
    loaders::{CodeCount, CodesOf, loader},
};
use crate::{
    domain::{
        discount::{
            self as domain, Eligibility, Minimum, Status,
            list::{self, CodeList},
        },
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::encode,
        pagination::{Arguments, Connection, connection},
        scalars::{DateTime, MoneyV2},
    },
};

/// How a discount comes into a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::DiscountMethod", visible = "crate::graphql::guards::reads_discounts")]
pub enum DiscountMethod {
    /// By itself, whenever it may count.
    Automatic,
    /// When a shopper enters one of its codes.
    Code,
}

/// Where a discount stands in time. A discount that is used up keeps its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Status", visible = "crate::graphql::guards::reads_discounts")]
pub enum DiscountStatus {
    /// It counts now.
    Active,
    /// It begins later.
    Scheduled,
    /// It is over.
    Expired,
}

/// What a discount may stand beside. Both of two discounts have to allow it.
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountCombinesWith {
    /// Discounts that take something off the order.
    order_discounts: bool,
    /// Discounts that take something off lines. A line has the best of them.
    product_discounts: bool,
    /// Discounts that take something off delivery.
    shipping_discounts: bool,
}

/// What has to be in the cart, measured on the lines that the discount is for, before any discount.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountMinimumRequirement {
    /// Lines that cost this much, by currency; null when units are asked for. In a currency that is not listed the discount
    /// does not apply.
    subtotal: Option<Vec<MoneyV2>>,
    /// So many units; null when an amount is asked for.
    quantity: Option<i64>,
}

/// A code of a discount.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_discounts")]
pub struct DiscountRedeemCode {
    /// The code's id.
    id: ID,
    /// The code as staff wrote it. Shoppers may write it in capitals or not, with accents or without.
    code: String,
}

impl From<discount_code::Model> for DiscountRedeemCode {
    fn from(row: discount_code::Model) -> Self {
        Self { id: encode(row.id), code: row.code }
    }
}

/// A discount: what it takes off, for whom, and how often it is used.
#[derive(Clone, Debug)]
pub struct Discount(Arc<discount::Model>);

impl Discount {
    /// A discount.
    #[must_use]
    pub fn shown(row: impl Into<Arc<discount::Model>>) -> Self {
        Self(row.into())
    }

    /// The discount with an id, for staff who may see it. Nobody else causes a look.
    ///
    /// # Errors
    /// The database's.
    pub async fn load_visible(ctx: &Context<'_>, id: DiscountId) -> Result<Option<Self>, Error> {
        if !ctx.viewer().may(Permission::ReadDiscounts) {
            return Ok(None);
        }
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }
}

/// A discount: what it takes off, for whom, and how often it is used.
#[Object(visible = "crate::graphql::guards::reads_discounts")]
impl Discount {
    /// The discount's id.
    pub async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// How shoppers see it.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// How it comes into a cart.
    async fn method(&self) -> DiscountMethod {
        self.0.method.into()
    }

    /// Where it stands now.
    async fn status(&self, ctx: &Context<'_>) -> DiscountStatus {
        Status::of(&self.0, ctx.app().sources.now()).into()
    }

    /// Its codes as they were added; none for an automatic discount.
    async fn codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "This many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<DiscountRedeemCode>> {
        let page = async {
            let page = Arguments { first, last, after, before }.check()?;
            let key = CodesOf { discount: self.0.id, list: CodeList::new(&page)? };
            let rows = loader(ctx).load_one(key).await?.unwrap_or_default();
            connection(ctx, list::page_of_codes(&page, rows.to_vec()), DiscountRedeemCode::from)
        };
        errors::required(ctx, page.await)
    }

    /// How many codes it has.
    async fn codes_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        let count = async { Ok(loader(ctx).load_one(CodeCount(self.0.id)).await?.unwrap_or(0)) };
        errors::required(ctx, count.await)
    }

    /// What it does.
    async fn effect(&self) -> DiscountEffect {
        (&self.0.effect).into()
    }

    /// What it may stand beside.
    async fn combines_with(&self) -> DiscountCombinesWith {
        DiscountCombinesWith {
            order_discounts: self.0.with_order,
            product_discounts: self.0.with_product,
            shipping_discounts: self.0.with_shipping,
        }
    }

    /// What has to be in the cart; null: nothing in particular.
    async fn minimum_requirement(&self) -> Option<DiscountMinimumRequirement> {
        match &self.0.minimum {
            Minimum::None => None,
            Minimum::Subtotal(amounts) => {
                Some(DiscountMinimumRequirement { subtotal: Some(shown(amounts)), quantity: None })
            }
            Minimum::Quantity(units) => Some(DiscountMinimumRequirement { subtotal: None, quantity: Some(*units) }),
        }
    }

    /// Ids of the customers it is for; null: everybody.
    async fn customer_ids(&self) -> Option<Vec<ID>> {
        match &self.0.eligibility {
            Eligibility::Everyone => None,
            Eligibility::Customers(ids) => Some(ids.iter().copied().map(encode).collect()),
        }
    }

    /// When it begins.
    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.into()
    }

    /// When it is over; null: never.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(Into::into)
    }

    /// How many orders may use it in all; null: any number.
    async fn usage_limit(&self) -> Option<i64> {
        self.0.usage_limit
    }

    /// How many orders of one customer may use it; null: any number. Guests are counted by e-mail address.
    async fn usage_limit_per_customer(&self) -> Option<i64> {
        self.0.limit_per_customer
    }

    /// How many orders use it: from the moment an order is made, until it is given up before it was sent.
    async fn usage_count(&self) -> i64 {
        self.0.used
    }

    /// Grows by one with every change by staff.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When staff last changed it.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
