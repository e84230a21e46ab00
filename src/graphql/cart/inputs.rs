//! What the mutations of carts take.

use async_graphql::{Context, ID, InputObject, MaybeUndefined};

use super::{
    CartKind,
    address_inputs::{CartDeliveryInput, CartSelectableAddressInput},
    buyer::CartBuyerIdentityInput,
};
use crate::{
    domain::{
        cart::{Change, LineUpdate, NewCart, NewLine, Refusal},
        gift_card::EnteredCode,
        shared::{Error, Failure},
    },
    graphql::{
        attribute::{self, AttributeInput},
        context::ContextExt,
        global_id,
        in_context::InContext,
    },
};

/// What a new cart is made of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CartInput {
    /// Attributes of the front end, at most 50.
    attributes: Option<Vec<AttributeInput>>,
    /// Who buys.
    buyer_identity: Option<CartBuyerIdentityInput>,
    /// Where it is sent.
    delivery: Option<CartDeliveryInput>,
    /// Discount codes as the shopper entered them; a warning says of each that takes nothing off, why.
    discount_codes: Option<Vec<String>>,
    /// Codes of gift cards, at most 10. When one cannot be used, none is applied and a warning says so.
    gift_card_codes: Option<Vec<String>>,
    /// Merchandise, at most 250 lines.
    lines: Option<Vec<CartLineInput>>,
    /// Note of the buyer, at most 5,000 characters.
    note: Option<String>,
    /// A name, for customers with several carts, 1 to 255 characters.
    name: Option<String>,
    /// Cart or wish list; CART when left out.
    kind: Option<CartKind>,
}

impl CartInput {
    /// Checks the ids. The cart becomes the customer's who is signed in.
    pub(super) async fn check(self, ctx: &Context<'_>) -> Result<NewCart, Failure<Refusal>> {
        let addresses = self.delivery.and_then(|delivery| delivery.addresses).unwrap_or_default();
        let mut buyer_identity = self.buyer_identity.unwrap_or_default().into_domain(ctx).await?;
        if buyer_identity.country_code == Change::Keep
            && let Some(country) = InContext::of(ctx).country
        {
            buyer_identity.country_code = Change::To(Some(country));
        }
        Ok(NewCart {
            name: self.name,
            kind: self.kind.unwrap_or(CartKind::Cart).into(),
            lines: CartLineInput::check_all("input.lines", self.lines.unwrap_or_default())?,
            note: self.note,
            attributes: attribute::taken(self.attributes),
            buyer_identity,
            addresses: CartSelectableAddressInput::check_all(ctx, addresses).await?,
            discount_codes: self.discount_codes.unwrap_or_default(),
            gift_card_codes: entered_codes(ctx, &self.gift_card_codes.unwrap_or_default()),
        })
    }
}

/// Codes of gift cards as they were entered; their texts go no further.
pub(super) fn entered_codes(ctx: &Context<'_>, codes: &[String]) -> Vec<EnteredCode> {
    codes.iter().map(|code| EnteredCode::read(&ctx.app().gift_card_keys, code)).collect()
}

/// Left out: keep. Null: clear.
pub(super) fn change<T, U>(given: MaybeUndefined<T>, map: impl FnOnce(T) -> U) -> Change<U> {
    match given {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::To(None),
        MaybeUndefined::Value(value) => Change::To(Some(map(value))),
    }
}

/// Merchandise to put into a cart. There is no price here: the server decides it.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineInput {
    /// Attributes of the line, at most 50. Lines of one variant with equal attributes are one line.
    attributes: Option<Vec<AttributeInput>>,
    /// Id of the variant.
    merchandise_id: ID,
    /// A line to put this one below. Refused: lines have no parents yet.
    parent: Option<CartLineParentInput>,
    /// Units, 1 to 999; 1 when left out.
    quantity: Option<i32>,
}

impl CartLineInput {
    pub(super) fn check_all(argument: &str, inputs: Vec<Self>) -> Result<Vec<NewLine>, Error> {
        let lines = inputs.into_iter().enumerate().map(|(index, input)| {
            Ok(NewLine {
                variant_id: global_id::decode(&format!("{argument}.{index}.merchandiseId"), &input.merchandise_id)?,
                quantity: input.quantity.unwrap_or(1),
                attributes: attribute::taken(input.attributes),
                nested: input.parent.is_some(),
            })
        });
        lines.collect()
    }
}

/// A line to put another one below.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineParentInput {
    /// Id of the line.
    line_id: Option<ID>,
    /// Id of the line's variant.
    merchandise_id: Option<ID>,
}

/// A change of one line. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineUpdateInput {
    /// Attributes in place of the present ones, at most 50.
    attributes: Option<Vec<AttributeInput>>,
    /// Id of the line.
    id: ID,
    /// Id of another variant.
    merchandise_id: Option<ID>,
    /// Units, 0 to 999; 0 removes the line.
    quantity: Option<i32>,
}

impl CartLineUpdateInput {
    pub(super) fn check_all(inputs: Vec<Self>) -> Result<Vec<LineUpdate>, Error> {
        let updates = inputs.into_iter().enumerate().map(|(index, input)| {
            let variant_id = match &input.merchandise_id {
                Some(id) => Some(global_id::decode(&format!("lines.{index}.merchandiseId"), id)?),
                None => None,
            };
            Ok(LineUpdate {
                id: global_id::decode(&format!("lines.{index}.id"), &input.id)?,
                variant_id,
                quantity: input.quantity,
                attributes: input.attributes.map(|attributes| attribute::taken(Some(attributes))),
            })
        });
        updates.collect()
    }
}

/// The choice of a delivery option.
#[derive(Clone, Debug, InputObject)]
pub struct CartSelectedDeliveryOptionInput {
    /// Id of the delivery group.
    pub(super) delivery_group_id: ID,
    /// Handle of the option.
    pub(super) delivery_option_handle: String,
}

/// Which cart to copy.
#[derive(Clone, Debug, InputObject)]
pub struct CartCloneInput {
    /// Id of the cart.
    pub(super) cart_id: ID,
}

/// A change of a cart's name and kind. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct CartUpdateInput {
    /// Id of the cart.
    pub(super) cart_id: ID,
    /// The name, 1 to 255 characters; null removes it.
    pub(super) name: MaybeUndefined<String>,
    /// Cart or wish list.
    pub(super) kind: Option<CartKind>,
    /// The version that you read: VERSION_CONFLICT when the cart changed since.
    pub(super) expected_version: Option<i32>,
}

/// Which cart to delete.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeleteInput {
    /// Id of the cart.
    pub(super) cart_id: ID,
    /// The version that you read: VERSION_CONFLICT when the cart changed since.
    pub(super) expected_version: Option<i32>,
}
