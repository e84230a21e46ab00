//! Adding, changing and ending discounts by code.

use async_graphql::{Context, InputObject, Object};

use super::{
    inputs::{ChangedDiscount, NamedDiscount, NewDiscount},
    payloads::{
        Change, DiscountCodeActivatePayload, DiscountCodeCreatePayload, DiscountCodeDeactivatePayload,
        DiscountCodeDeletePayload, DiscountCodeUpdatePayload, change, delete,
    },
};
use crate::{domain::discount::DiscountMethod, graphql::errors};

const METHOD: DiscountMethod = DiscountMethod::Code;

/// A discount by code to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCodeCreateInput {
    /// Its codes, 1 to 250, each at most 250 characters; more can be added later. A code is unique in the shop, whatever its
    /// case and accents.
    codes: Vec<String>,
    #[graphql(flatten)]
    fields: NewDiscount,
}

/// Changes of a discount by code. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCodeUpdateInput {
    #[graphql(flatten)]
    fields: ChangedDiscount,
    /// Codes to add, at most 250; a discount has at most 10,000.
    codes_to_add: Option<Vec<String>>,
    /// Codes to take away, at most 250; one has to stay. Carts keep what was entered, and it does not apply any more.
    codes_to_remove: Option<Vec<String>>,
}

/// Which discount to let count from now on.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCodeActivateInput {
    #[graphql(flatten)]
    which: NamedDiscount,
}

/// Which discount to end now.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCodeDeactivateInput {
    #[graphql(flatten)]
    which: NamedDiscount,
}

/// Which discount to remove.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_discounts")]
pub struct DiscountCodeDeleteInput {
    #[graphql(flatten)]
    which: NamedDiscount,
}

/// Changes of discounts by code.
#[derive(Debug, Default)]
pub struct CodeMutation;

#[Object]
impl CodeMutation {
    /// Adds a discount by code. It applies when a shopper enters one of its codes. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_code_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The discount.")] input: DiscountCodeCreateInput,
    ) -> Option<DiscountCodeCreatePayload> {
        let read = || Ok(Change::Create(METHOD, Box::new(input.fields.read(input.codes)?)));
        errors::nullable(ctx, change(ctx, read).await).map(Into::into)
    }

    /// Changes a discount by code. Orders keep what it took off them. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_code_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: DiscountCodeUpdateInput,
    ) -> Option<DiscountCodeUpdatePayload> {
        let read = || {
            let target = input.fields.target(METHOD)?;
            let (add, remove) = (input.codes_to_add.unwrap_or_default(), input.codes_to_remove.unwrap_or_default());
            Ok(Change::Update(target, Box::new(input.fields.read(add, remove)?)))
        };
        errors::nullable(ctx, change(ctx, read).await).map(Into::into)
    }

    /// Lets a discount by code count from now on: one to come begins now, one that is over goes on without an end. Needs
    /// MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_code_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountCodeActivateInput,
    ) -> Option<DiscountCodeActivatePayload> {
        let done = change(ctx, || input.which.target(METHOD).map(Change::Activate)).await;
        errors::nullable(ctx, done).map(Into::into)
    }

    /// Ends a discount by code now. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_code_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountCodeDeactivateInput,
    ) -> Option<DiscountCodeDeactivatePayload> {
        let done = change(ctx, || input.which.target(METHOD).map(Change::Deactivate)).await;
        errors::nullable(ctx, done).map(Into::into)
    }

    /// Removes a discount by code and what is known of its uses. Orders keep what it took off them. Needs MANAGE_DISCOUNTS.
    #[graphql(visible = "crate::graphql::guards::manages_discounts")]
    async fn discount_code_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountCodeDeleteInput,
    ) -> Option<DiscountCodeDeletePayload> {
        let deleted_discount_id = errors::nullable(ctx, delete(ctx, || input.which.target(METHOD)).await)?;
        Some(DiscountCodeDeletePayload { deleted_discount_id, user_errors: Vec::new() })
    }
}
