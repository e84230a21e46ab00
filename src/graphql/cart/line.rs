//! Lines of carts.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object, SimpleObject, Union};
use entity::ids::CartLineId;

use super::{
    discounts::{self, CartDiscountAllocation},
    ids,
    node::LineId,
};
use crate::{
    domain::{
        cart::{CartSnapshot, SnapshotLine},
        shared::Error,
    },
    graphql::{
        attribute::{self, Attribute},
        catalog::ProductVariant,
        context::ContextExt,
        errors,
        scalars::MoneyV2,
        tax_line::{self, TaxLine},
    },
};

/// What can be put into a cart.
#[derive(Debug, Union)]
pub enum Merchandise {
    /// A variant of a product.
    ProductVariant(ProductVariant),
}

/// A line of a cart: some units of one variant.
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "attributes", ty = "Vec<Attribute>", desc = "Attributes of the front end, in the order given."),
    field(name = "cost", ty = "CartLineCost", desc = "What the line costs now."),
    field(
        name = "discount_allocations",
        ty = "Vec<CartDiscountAllocation>",
        desc = "What product discounts take off the line."
    ),
    field(
        name = "id",
        ty = "LineId",
        desc = "The line's id; it stays the same while the line is in the cart, and is as secret as the cart's."
    ),
    field(name = "merchandise", ty = "Merchandise", desc = "What is sold."),
    field(name = "quantity", ty = "i32", desc = "Units, 1 to 999.")
)]
pub enum BaseCartLine {
    /// A line.
    CartLine(CartLine),
    /// A bundle.
    ComponentizableCartLine(ComponentizableCartLine),
}

/// What a line costs.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartLineCost {
    /// Price of one unit.
    amount_per_quantity: MoneyV2,
    /// Former price of one unit; null unless it is higher.
    compare_at_amount_per_quantity: Option<MoneyV2>,
    /// Price of all units before discounts.
    subtotal_amount: MoneyV2,
    /// Price of all units after discounts, without the taxes that are added.
    total_amount: MoneyV2,
    /// The line's taxes, one entry for each tax and rate.
    tax_lines: Vec<TaxLine>,
}

/// A line below another line. It does not occur yet.
#[derive(Debug, SimpleObject)]
pub struct CartLineParentRelationship {
    /// The line above.
    parent: CartLine,
}

/// A line of a cart: some units of one variant with the same attributes.
#[derive(Clone, Debug)]
pub struct CartLine {
    snapshot: Arc<CartSnapshot>,
    place: usize,
}

impl CartLine {
    /// All lines of a cart, oldest first.
    pub(super) fn all(snapshot: &Arc<CartSnapshot>) -> Vec<Self> {
        (0..snapshot.lines.len()).map(|place| Self { snapshot: Arc::clone(snapshot), place }).collect()
    }

    /// The id of its row.
    pub(super) fn line_id(&self) -> CartLineId {
        self.line().line.id
    }

    fn line(&self) -> &SnapshotLine {
        &self.snapshot.lines[self.place]
    }
}

/// A line of a cart: some units of one variant with the same attributes.
#[Object]
impl CartLine {
    /// Attributes of the front end, in the order given.
    pub async fn attributes(&self) -> Vec<Attribute> {
        attribute::list(&self.line().line.attributes)
    }

    /// What the line costs now.
    pub async fn cost(&self) -> CartLineCost {
        let quote = self.line().quote;
        CartLineCost {
            amount_per_quantity: quote.unit_price.into(),
            compare_at_amount_per_quantity: quote.compare_at.map(MoneyV2::from),
            subtotal_amount: quote.subtotal.into(),
            total_amount: quote.total.into(),
            tax_lines: tax_line::of_cart_line(&self.snapshot.quote, self.line_id()),
        }
    }

    /// What product discounts take off the line: one at most, the best. What is taken off the whole order is with the cart.
    pub async fn discount_allocations(&self) -> Vec<CartDiscountAllocation> {
        let quote = &self.snapshot.quote;
        quote.line_of(self.line_id()).map(|line| discounts::of_line(quote, line)).unwrap_or_default()
    }

    /// The line's id; it stays the same while the line is in the cart, and is as secret as the cart's.
    pub async fn id(&self, ctx: &Context<'_>) -> ID {
        ids::encode_line(&ctx.app().capability_keys, self.snapshot.cart.id, self.line_id())
    }

    /// What is sold. Of a product that was taken off the shop since, the cart's `problems` say so.
    pub async fn merchandise(&self, ctx: &Context<'_>) -> async_graphql::Result<Merchandise> {
        let variant = ProductVariant::load_held(ctx, self.line().line.variant_id).await;
        let variant = variant.and_then(|variant| variant.ok_or(Error::NotFound("the merchandise of a line")));
        errors::required(ctx, variant.map(Merchandise::ProductVariant))
    }

    /// The line above this one. Always null: lines have no parents yet.
    async fn parent_relationship(&self) -> Option<CartLineParentRelationship> {
        None
    }

    /// Units, 1 to 999.
    pub async fn quantity(&self) -> i32 {
        self.line().line.quantity
    }
}

/// A line that is a bundle of other lines. It does not occur yet; it is here for clients that ask for it.
#[derive(Clone, Debug)]
pub struct ComponentizableCartLine(CartLine);

/// A line that is a bundle of other lines. It does not occur yet; it is here for clients that ask for it.
#[Object]
impl ComponentizableCartLine {
    /// Attributes of the front end, in the order given.
    pub async fn attributes(&self) -> Vec<Attribute> {
        attribute::list(&self.0.line().line.attributes)
    }

    /// What the bundle costs now.
    pub async fn cost(&self, ctx: &Context<'_>) -> async_graphql::Result<CartLineCost> {
        self.0.cost(ctx).await
    }

    /// What discounts take off the bundle. Always empty: there are no bundles yet.
    pub async fn discount_allocations(&self) -> Vec<CartDiscountAllocation> {
        Vec::new()
    }

    /// The line's id.
    pub async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }

    /// The lines of the bundle.
    async fn line_components(&self) -> Vec<CartLine> {
        Vec::new()
    }

    /// What is sold.
    pub async fn merchandise(&self, ctx: &Context<'_>) -> async_graphql::Result<Merchandise> {
        self.0.merchandise(ctx).await
    }

    /// Bundles.
    pub async fn quantity(&self) -> i32 {
        self.0.line().line.quantity
    }
}
