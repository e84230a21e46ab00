//! Changing what a cart says about itself, and deleting carts.

use async_graphql::{Context, ID, Object};

use super::{
    buyer::CartBuyerIdentityInput,
    edit::{Addressed, apply, edit, open, unchanged},
    inputs::{CartDeleteInput, CartSelectedDeliveryOptionInput, CartUpdateInput, change},
    line_mutations::below_input,
    payloads::{
        CartAttributesUpdatePayload, CartBuyerIdentityUpdatePayload, CartDeletePayload, CartDiscountCodesUpdatePayload,
        CartGiftCardCodesAddPayload, CartGiftCardCodesRemovePayload, CartGiftCardCodesUpdatePayload,
        CartNoteUpdatePayload, CartSelectedDeliveryOptionsUpdatePayload, CartUpdatePayload, Changed,
    },
};
use crate::{
    domain::{
        cart::{self, Edit, Refusal, WarningKind},
        shared::Failure,
    },
    graphql::{
        attribute::{self, AttributeInput},
        context::ContextExt,
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

    /// Adds gift cards to a cart. There are none yet: nothing changes, and a warning says so.
    async fn cart_gift_card_codes_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Codes of the gift cards.")] gift_card_codes: Vec<String>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartGiftCardCodesAddPayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        CartGiftCardCodesAddPayload::of(ctx, no_gift_cards(ctx, addressed, gift_card_codes.len()).await)
    }

    /// Takes gift cards off a cart. There are none yet: nothing changes, and a warning says so.
    async fn cart_gift_card_codes_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Ids of gift cards that are applied.")] applied_gift_card_ids: Vec<ID>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartGiftCardCodesRemovePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        CartGiftCardCodesRemovePayload::of(ctx, no_gift_cards(ctx, addressed, applied_gift_card_ids.len()).await)
    }

    /// Replaces the gift cards of a cart. There are none yet: nothing changes, and a warning says so.
    async fn cart_gift_card_codes_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the cart.")] cart_id: ID,
        #[graphql(desc = "Codes of the gift cards.")] gift_card_codes: Vec<String>,
        #[graphql(desc = "The version that you read: VERSION_CONFLICT when the cart changed since.")]
        expected_version: Option<i32>,
    ) -> Option<CartGiftCardCodesUpdatePayload> {
        let addressed = Addressed { id: &cart_id, expected_version };
        CartGiftCardCodesUpdatePayload::of(ctx, no_gift_cards(ctx, addressed, gift_card_codes.len()).await)
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

async fn no_gift_cards(ctx: &Context<'_>, addressed: Addressed<'_>, given: usize) -> Changed {
    let warning = (given > 0).then_some(WarningKind::GiftCardsUnavailable);
    unchanged(ctx, addressed, warning).await
}

async fn delete(ctx: &Context<'_>, input: &CartDeleteInput) -> Result<ID, Failure<Refusal>> {
    let addressed = Addressed { id: &input.cart_id, expected_version: input.expected_version };
    let (tx, cart) = open(ctx, addressed).await?;
    cart::delete(&tx, &cart).await?;
    tx.commit().await?;
    Ok(super::ids::encode(&ctx.app().capability_keys, cart.cart().id))
}
