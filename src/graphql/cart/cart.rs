//! The cart.

use std::sync::Arc;

use super::{
    CartProblemCode, CartWarningCode,
    buyer::CartBuyerIdentity,
    delivery::{CartDelivery, CartDeliveryGroup},
    discounts::{self, CartDiscountAllocation},
    gift_card::AppliedGiftCard,
    ids,
    line::{BaseCartLine, CartLine},
    payloads::target_id,
};
use crate::{
    domain::cart::{self, CartSnapshot},
    graphql::{
        attribute::{self, Attribute},
        context::ContextExt,
        cost_step::{self, CostStep},
        oddities::CartCostOddities,
        pagination::{Arguments, Connection, connection_of_list},
        scalars::{DateTime, MoneyV2, Url},
        tax_line::{self, TaxLine},
    },
};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::ids::CartLineId;
use pricing::CodeOutcome;
use uuid::Uuid;

/// What a cart is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartKind {
    /// To be bought.
    Cart,
    /// To be remembered.
    Wishlist,
}

impl From<CartKind> for cart::CartKind {
    fn from(kind: CartKind) -> Self {
        match kind {
            CartKind::Cart => Self::Cart,
            CartKind::Wishlist => Self::Wishlist,
        }
    }
}

impl From<cart::CartKind> for CartKind {
    fn from(kind: cart::CartKind) -> Self {
        match kind {
            cart::CartKind::Cart => Self::Cart,
            cart::CartKind::Wishlist => Self::Wishlist,
        }
    }
}

/// What a cart costs now. The server decides it anew at every read.
#[derive(Clone, Debug)]
pub struct CartCost(Arc<CartSnapshot>);

/// What a cart costs now. The server decides it anew at every read.
#[Object]
impl CartCost {
    /// What the lines cost, before discounts and without the taxes that are added.
    async fn subtotal_amount(&self) -> MoneyV2 {
        self.0.quote.subtotal().into()
    }

    /// What is to be paid: subtotal less discount, plus shipping and tax.
    async fn total_amount(&self) -> MoneyV2 {
        self.0.quote.total().into()
    }

    /// Taxes that are added to what the lines and delivery cost.
    async fn tax_amount(&self) -> MoneyV2 {
        self.0.quote.money(self.0.quote.engine().tax).into()
    }

    /// Taxes that are inside what the lines and delivery cost. They change no sum.
    async fn tax_included_amount(&self) -> MoneyV2 {
        self.0.quote.money(self.0.quote.engine().tax_included).into()
    }

    /// Whether taxes are estimated by the buyer's country, because there is no address yet.
    async fn taxes_estimated(&self) -> bool {
        self.0.quote.engine().taxes_estimated
    }

    /// The taxes of the whole cart, one entry for each tax and rate.
    async fn tax_lines(&self) -> Vec<TaxLine> {
        tax_line::of_quote(self.0.quote.engine(), self.0.quote.currency())
    }

    /// What a checkout of now would charge: what is left of the total after gift cards. Send it as `expectedDue`.
    async fn checkout_charge_amount(&self) -> MoneyV2 {
        self.0.quote.due().into()
    }

    /// How it comes about, step by step: prices, discounts, delivery, taxes, gift cards.
    async fn steps(&self, ctx: &Context<'_>) -> Vec<CostStep> {
        let line = |key: pricing::LineKey| {
            let id = CartLineId(Uuid::from_u128(key.0));
            Some(ids::encode_line(&ctx.app().capability_keys, self.0.cart.id, id))
        };
        cost_step::steps(self.0.quote.engine(), self.0.quote.currency(), line)
    }

    #[graphql(flatten)]
    async fn oddities(&self) -> CartCostOddities {
        let quote = self.0.quote.engine();
        let taxes = quote.tax.plus(quote.tax_included).ok().filter(|_| !quote.taxes.is_empty());
        let taxes = taxes.map(|amount| self.0.quote.money(amount).into());
        CartCostOddities::new(taxes)
    }
}

/// A discount code that the shopper entered.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartDiscountCode {
    /// Whether it takes something off this cart; a code for delivery also while the cost of delivery is not known.
    applicable: bool,
    /// The code as entered.
    code: String,
    /// Why it takes nothing off now, as `cartDiscountCodesUpdate` warned of it; null when it does.
    reason: Option<CartWarningCode>,
    /// The same for people, such as `the goods it is for cost too little`; null when it does.
    message: Option<String>,
}

/// Something that would make the completion of the cart fail.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartProblem {
    /// What.
    code: CartProblemCode,
    /// What, for people.
    message: String,
    /// Id of the line or the cart that has the problem.
    target: ID,
}

/// A cart or a wish list. Who has its id has the cart; a signed-in customer cannot open another customer's.
#[derive(Clone, Debug)]
pub struct Cart(pub(super) Arc<CartSnapshot>);

impl Cart {
    /// The cart of a snapshot.
    #[must_use]
    pub fn new(snapshot: CartSnapshot) -> Self {
        Self(Arc::new(snapshot))
    }
}

/// A cart or a wish list. Who has its id has the cart; a signed-in customer cannot open another customer's.
#[Object]
impl Cart {
    /// Gift cards that pay for a part, in the order in which they pay.
    async fn applied_gift_cards(&self) -> Vec<AppliedGiftCard> {
        let quote = &self.0.quote;
        let cards = self.0.gift_cards.iter().zip(&quote.engine().gift_cards);
        cards.map(|(card, used)| AppliedGiftCard::new(card, quote.money(used.amount))).collect()
    }

    /// Attributes of the front end, in the order given.
    async fn attributes(&self) -> Vec<Attribute> {
        attribute::list(&self.0.cart.attributes)
    }

    /// Who buys.
    async fn buyer_identity(&self) -> CartBuyerIdentity {
        CartBuyerIdentity(Arc::clone(&self.0))
    }

    /// A page of this server where the cart can be paid. It carries the cart's secret, as the id does.
    async fn checkout_url(&self, ctx: &Context<'_>) -> Url {
        let tail = cart::capability(&ctx.app().capability_keys, self.0.cart.id);
        Url(format!("{}/checkout/{tail}", ctx.app().public_url))
    }

    /// What the cart costs now.
    async fn cost(&self) -> CartCost {
        CartCost(Arc::clone(&self.0))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.cart.created_at.into()
    }

    /// Where the cart is sent.
    async fn delivery(&self) -> CartDelivery {
        CartDelivery(Arc::clone(&self.0))
    }

    /// Lines that are delivered together, and the ways to deliver them: one group for the selected address, or while there is
    /// none. Empty when nothing has to be delivered, and in a shop without delivery zones and pick-up locations.
    async fn delivery_groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first groups, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only groups after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last groups, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only groups before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<CartDeliveryGroup>> {
        let arguments = Arguments { first, last, after, before };
        connection_of_list(ctx, arguments, CartDeliveryGroup::all(&self.0), |group| group)
    }

    /// What discounts of the order and of delivery take off, one entry for each. What is taken off single lines is with
    /// these: together they are all that is saved.
    async fn discount_allocations(&self) -> Vec<CartDiscountAllocation> {
        discounts::of_cart(&self.0.quote)
    }

    /// Discount codes as entered, also those that take nothing off.
    async fn discount_codes(&self) -> Vec<CartDiscountCode> {
        let codes = self.0.quote.engine().codes.iter();
        let told = |code: &CodeOutcome| CartDiscountCode {
            applicable: code.applicable(),
            code: code.code.to_string(),
            reason: code.problem.map(CartWarningCode::from),
            message: code.problem.map(|problem| problem.to_string()),
        };
        codes.map(told).collect()
    }

    /// The cart's id. It is a secret: who has it has the cart.
    pub async fn id(&self, ctx: &Context<'_>) -> ID {
        ids::encode(&ctx.app().capability_keys, self.0.cart.id)
    }

    /// Cart or wish list.
    async fn kind(&self) -> CartKind {
        self.0.cart.kind.into()
    }

    /// Its lines, oldest first. A line whose product was deleted is left out; `problems` name it, and the next change of
    /// the cart removes it.
    async fn lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first lines, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only lines after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last lines, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only lines before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<BaseCartLine>> {
        let arguments = Arguments { first, last, after, before };
        connection_of_list(ctx, arguments, CartLine::all(&self.0), BaseCartLine::CartLine)
    }

    /// Name given by the customer, for those with several carts.
    async fn name(&self) -> Option<&str> {
        self.0.cart.name.as_deref()
    }

    /// Note of the buyer.
    async fn note(&self) -> Option<&str> {
        self.0.cart.note.as_deref()
    }

    /// What would make completion fail; empty when nothing would.
    async fn problems(&self, ctx: &Context<'_>) -> Vec<CartProblem> {
        let problems = self.0.problems.iter().map(|problem| {
            let message = problem.in_words();
            CartProblem { code: problem.kind.into(), message, target: target_id(ctx, self.0.cart.id, problem.target) }
        });
        problems.collect()
    }

    /// Units of all lines.
    async fn total_quantity(&self) -> i64 {
        self.0.total_quantity()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.cart.updated_at.into()
    }

    /// Grows by one with every change. Send it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        self.0.cart.version
    }
}
