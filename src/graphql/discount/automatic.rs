//! Adding, changing and ending automatic discounts.

use async_graphql::{Context, InputObject, Object};

use super::{
    inputs::{ChangedDiscount, NamedDiscount, NewDiscount},
    payloads::{
        Change, DiscountAutomaticActivatePayload, DiscountAutomaticCreatePayload, DiscountAutomaticDeactivatePayload,
        DiscountAutomaticDeletePayload, DiscountAutomaticUpdatePayload, change, delete,
    },
};
use crate::{domain::discount::DiscountMethod, graphql::errors};

const METHOD: DiscountMethod = DiscountMethod::Automatic;

/// An automatic discount to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountAutomaticCreateInput {
    #[graphql(flatten)]
    fields: NewDiscount,
}

/// Changes of an automatic discount. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountAutomaticUpdateInput {
    #[graphql(flatten)]
    fields: ChangedDiscount,
}

/// Which discount to let count from now on.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountAutomaticActivateInput {
    #[graphql(flatten)]
    which: NamedDiscount,
}

/// Which discount to end now.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountAutomaticDeactivateInput {
    #[graphql(flatten)]
    which: NamedDiscount,
}

/// Which discount to remove.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountAutomaticDeleteInput {
    #[graphql(flatten)]
    which: NamedDiscount,
}

/// Changes of automatic discounts.
#[derive(Debug, Default)]
pub struct AutomaticMutation;

#[Object]
impl AutomaticMutation {
    /// Adds an automatic discount. It applies by itself. At most 25 may count at a time, as many as compete for a cart. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_automatic_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The discount.")] input: DiscountAutomaticCreateInput,
    ) -> Option<DiscountAutomaticCreatePayload> {
        let read = || Ok(Change::Create(METHOD, Box::new(input.fields.read(Vec::new())?)));
        errors::nullable(ctx, change(ctx, read).await).map(Into::into)
    }

    /// Changes an automatic discount. Orders keep what it took off them. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_automatic_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: DiscountAutomaticUpdateInput,
    ) -> Option<DiscountAutomaticUpdatePayload> {
        let read = || {
            let target = input.fields.target(METHOD)?;
            Ok(Change::Update(target, Box::new(input.fields.read(Vec::new(), Vec::new())?)))
        };
        errors::nullable(ctx, change(ctx, read).await).map(Into::into)
    }

    /// Lets an automatic discount count from now on: one to come begins now, one that is over goes on without an end. Needs
    /// MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_automatic_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountAutomaticActivateInput,
    ) -> Option<DiscountAutomaticActivatePayload> {
        let done = change(ctx, || input.which.target(METHOD).map(Change::Activate)).await;
        errors::nullable(ctx, done).map(Into::into)
    }

    /// Ends an automatic discount now. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_automatic_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountAutomaticDeactivateInput,
    ) -> Option<DiscountAutomaticDeactivatePayload> {
        let done = change(ctx, || input.which.target(METHOD).map(Change::Deactivate)).await;
        errors::nullable(ctx, done).map(Into::into)
    }

    /// Removes an automatic discount and what is known of its uses. Orders keep what it took off them. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_automatic_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountAutomaticDeleteInput,
    ) -> Option<DiscountAutomaticDeletePayload> {
        let deleted_discount_id = errors::nullable(ctx, delete(ctx, || input.which.target(METHOD)).await)?;
        Some(DiscountAutomaticDeletePayload { deleted_discount_id, user_errors: Vec::new() })
    }
}
