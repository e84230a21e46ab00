//! Writing the shop's policies.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use entity::content::shop_policy::PolicyKind;

use super::user_errors::{ContentUserError, halves};
use crate::{
    domain::{
        content,
        shared::{Error, Permission},
    },
    graphql::{
        content::ShopPolicy,
        errors,
        scalars::Html,
        transaction::{author, begin, finish},
    },
};

/// Which policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub enum ShopPolicyType {
    /// What becomes of personal data.
    PrivacyPolicy,
    /// What can be sent back.
    RefundPolicy,
    /// How things are sent.
    ShippingPolicy,
    /// How subscriptions are canceled.
    SubscriptionPolicy,
    /// The terms of sale.
    TermsOfService,
}

impl From<ShopPolicyType> for PolicyKind {
    fn from(of: ShopPolicyType) -> Self {
        match of {
            ShopPolicyType::PrivacyPolicy => Self::Privacy,
            ShopPolicyType::RefundPolicy => Self::Refund,
            ShopPolicyType::ShippingPolicy => Self::Shipping,
            ShopPolicyType::SubscriptionPolicy => Self::Subscription,
            ShopPolicyType::TermsOfService => Self::TermsOfService,
        }
    }
}

/// A policy as it is to be.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ShopPolicyUpdateInput {
    /// Which policy.
    #[graphql(name = "type")]
    kind: ShopPolicyType,
    /// Its text; a blank one takes the policy away. Scripts, styles, frames and event attributes are left out.
    body: Html,
}

/// What writing a policy led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_content")]
pub struct ShopPolicyUpdatePayload {
    /// The policy as it is now; null when refused or taken away.
    shop_policy: Option<ShopPolicy>,
    /// Why it was refused.
    user_errors: Vec<ContentUserError>,
}

async fn update(ctx: &Context<'_>, input: &ShopPolicyUpdateInput) -> Result<ShopPolicyUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageContent)?;
    let tx = begin(ctx).await?;
    let done = content::update_policy(&tx, author, input.kind.into(), &input.body.0).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    let shop_policy = match id.flatten() {
        Some(id) => ShopPolicy::load(ctx, id).await?,
        None => None,
    };
    Ok(ShopPolicyUpdatePayload { shop_policy, user_errors })
}

/// Changes of policies.
#[derive(Debug, Default)]
pub struct PolicyMutation;

#[Object]
impl PolicyMutation {
    /// Writes one of the shop's policies. Needs MANAGE_CONTENT.
    #[graphql(visible = "crate::graphql::guards::manages_content")]
    async fn shop_policy_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy.")] input: ShopPolicyUpdateInput,
    ) -> Option<ShopPolicyUpdatePayload> {
        errors::nullable(ctx, update(ctx, &input).await)
    }
}
