//! Changing what a cart says about itself, and deleting carts.

use async_graphql::{Context, ID, Object};
use entity::ids::GiftCardId;

use super::{
    buyer::CartBuyerIdentityInput,
    edit::{Addressed, apply, edit, open},
    gift_card::AppliedGiftCardId,
    inputs::{CartDeleteInput, CartSelectedDeliveryOptionInput, CartUpdateInput, change, entered_codes},
    line_mutations::below_input,
    payloads::{
        CartAttributesUpdatePayload, CartBuyerIdentityUpdatePayload, CartDeletePayload, CartDiscountCodesUpdatePayload,
        CartGiftCardCodesAddPayload, CartGiftCardCodesRemovePayload, CartGiftCardCodesUpdatePayload,
        CartNoteUpdatePayload, CartSelectedDeliveryOptionsUpdatePayload, CartUpdatePayload,
    },
};
use crate::{
    domain::{
        cart::{self, Edit, Refusal},
        shared::{Error, Failure},
    },
    graphql::{
        attribute::{self, AttributeInput},
        context::ContextExt,
        global_id,
    },
};

/// Changing what a cart says about itself, and deleting carts.
#[derive(Debug, Default)]
pub struct CartDetailMutation;

#[Object]
impl CartDetailMutation {
    /// Replaces the note of a cart.
    async fn cart_note_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "The note, at most 5,000 characters; an empty one removes it.")] note: String,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartNoteUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        CartNoteUpdatePayload::of(ctx, apply(ctx, addressed, Edit::Note(note)).await)
    }

    /// Replaces the attributes of a cart.
    async fn cart_attributes_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "All attributes, at most 50; an empty list removes them.")] attributes: Vec<AttributeInput>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartAttributesUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let attributes = Edit::Attributes(attribute::taken(Some(attributes)));
        CartAttributesUpdatePayload::of(ctx, apply(ctx, addressed, attributes).await)
    }

    /// Says who buys. A cart that is nobody's becomes the customer's who is signed in, or whose token is sent.
    async fn cart_buyer_identity_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Who buys.")] buyer_identity: CartBuyerIdentityInput,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartBuyerIdentityUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let identity = buyer_identity.into_domain(ctx).await.map(|identity| Edit::BuyerIdentity(Box::new(identity)));
        CartBuyerIdentityUpdatePayload::of(ctx, edit(ctx, addressed, identity).await)
    }

    /// Replaces the discount codes of a cart. All are kept; a warning says of each that takes nothing off, why.
    async fn cart_discount_codes_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "All codes, at most 50; an empty list removes them.")] discount_codes: Vec<String>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartDiscountCodesUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let codes = Edit::DiscountCodes(discount_codes);
        CartDiscountCodesUpdatePayload::of(ctx, apply(ctx, addressed, codes).await)
    }

    /// Adds gift cards to a cart, behind those that it has. Cards pay in this order, each as far as it goes, once everything else
    /// is counted. A code that is unknown, or whose card is empty, expired, deactivated or in another currency, is refused with
    /// INVALID, and nothing changes. A request holds one such mutation.
    async fn cart_gift_card_codes_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Codes of the gift cards, at most 10; case, blanks and dashes make no difference.")]
        gift_card_codes: Vec<String>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartGiftCardCodesAddPayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let codes = Edit::AddGiftCards(entered_codes(ctx, &gift_card_codes));
        CartGiftCardCodesAddPayload::of(ctx, apply(ctx, addressed, codes).await)
    }

    /// Takes gift cards off a cart. A request holds one such mutation.
    async fn cart_gift_card_codes_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Ids from `appliedGiftCards`.")] applied_gift_card_ids: Vec<ID>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartGiftCardCodesRemovePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let ids = applied(&applied_gift_card_ids).map(Edit::RemoveGiftCards);
        CartGiftCardCodesRemovePayload::of(ctx, edit(ctx, addressed, ids).await)
    }

    /// Replaces the gift cards of a cart; an empty list takes all off. Codes are refused as with `cartGiftCardCodesAdd`. A request
    /// holds one such mutation.
    async fn cart_gift_card_codes_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Codes of the gift cards, at most 10; case, blanks and dashes make no difference.")]
        gift_card_codes: Vec<String>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartGiftCardCodesUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let codes = Edit::ReplaceGiftCards(entered_codes(ctx, &gift_card_codes));
        CartGiftCardCodesUpdatePayload::of(ctx, apply(ctx, addressed, codes).await)
    }

    /// Chooses delivery options. A choice outlives other changes of the cart; one that fits no more is among its `problems`.
    async fn cart_selected_delivery_options_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "The choices; groups that are not named keep theirs.")] selected_delivery_options: Vec<
            CartSelectedDeliveryOptionInput,
        >,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartSelectedDeliveryOptionsUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        let choices = Edit::DeliveryOptions(selected_delivery_options.into_iter().map(Into::into).collect());
        CartSelectedDeliveryOptionsUpdatePayload::of(ctx, apply(ctx, addressed, choices).await)
    }

    /// Changes name and kind of a cart.
    async fn cart_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: CartUpdateInput,
    ) -> Option<CartUpdatePayload> {
        let addressed = Addressed { id: &input.cart_id, expected_version: input.expected_version };
        let rename = Edit::Rename { name: change(input.name, |name| name), kind: input.kind.map(Into::into) };
        CartUpdatePayload::of(ctx, apply(ctx, addressed, rename).await.map_err(below_input))
    }

    /// Deletes a cart with everything in it.
    async fn cart_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart to delete.")] input: CartDeleteInput,
    ) -> Option<CartDeletePayload> {
        CartDeletePayload::of(ctx, delete(ctx, &input).await.map_err(below_input))
    }
}

fn applied(ids: &[ID]) -> Result<Vec<GiftCardId>, Error> {
    let applied = |(index, id): (usize, &ID)| {
        let id: AppliedGiftCardId = global_id::decode(&format!("appliedGiftCardIds.{index}"), id)?;
        Ok(id.0)
    };
    ids.iter().enumerate().map(applied).collect()
}

async fn delete(ctx: &Context<'_>, input: &CartDeleteInput) -> Result<ID, Failure<Refusal>> {
    let addressed = Addressed { id: &input.cart_id, expected_version: input.expected_version };
    let (tx, cart) = open(ctx, addressed).await?;
    cart::delete(&tx, &cart).await?;
    tx.commit().await?;
    Ok(super::ids::encode(&ctx.app().capability_keys, cart.cart().id))
}
