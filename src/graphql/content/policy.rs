//! The shop's policies and brand.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    content::shop_policy::{self, PolicyKind},
    ids::ShopPolicyId,
};

use super::loaders::{Policies, loader};
use crate::{
    domain::{content, shared::Error},
    graphql::{
        catalog::MediaImage,
        context::ContextExt,
        global_id,
        scalars::{DateTime, Url},
    },
};

/// A policy of the shop.
#[derive(Clone, Debug)]
pub struct ShopPolicy(Arc<shop_policy::Model>);

impl ShopPolicy {
    /// A policy.
    #[must_use]
    pub fn shown(row: impl Into<Arc<shop_policy::Model>>) -> Self {
        Self(row.into())
    }

    /// The policy with an id.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(ctx: &Context<'_>, id: ShopPolicyId) -> Result<Option<Self>, Error> {
        Ok(loader(ctx).load_one(id).await?.map(Self))
    }

    /// The shop's policy of a kind, if it has one.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(ctx: &Context<'_>, kind: PolicyKind) -> Result<Option<Self>, Error> {
        let all = loader(ctx).load_one(Policies).await?.unwrap_or_default();
        Ok(all.iter().find(|row| row.kind == kind).map(|row| Self::shown(row.clone())))
    }
}

/// A policy of the shop.
#[Object]
impl ShopPolicy {
    /// The policy's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Its unique name in URLs.
    async fn handle(&self) -> &str {
        content::policy_handle(self.0.kind)
    }

    /// Its title.
    async fn title(&self) -> &str {
        content::policy_title(self.0.kind)
    }

    /// Its text, as sanitised HTML.
    async fn body(&self) -> &str {
        &self.0.body_html
    }

    /// Where this server shows it to people.
    async fn url(&self, ctx: &Context<'_>) -> Url {
        Url(ctx.app().absolute_url(&content::policy_path(self.0.kind)))
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A policy of the shop, or a default text while it has none of its own.
#[derive(Clone, Debug, SimpleObject)]
pub struct ShopPolicyWithDefault {
    /// The policy's id; null for the default text.
    id: Option<ID>,
    /// Its unique name in URLs.
    handle: String,
    /// Its title.
    title: String,
    /// Its text, as sanitised HTML.
    body: String,
    /// Where this server shows it to people.
    url: Url,
}

impl ShopPolicyWithDefault {
    /// The shop's subscription policy, or the default one.
    ///
    /// # Errors
    /// The database's.
    pub async fn on_subscriptions(ctx: &Context<'_>) -> Result<Self, Error> {
        let kind = PolicyKind::Subscription;
        let own = ShopPolicy::of(ctx, kind).await?;
        let body = own.as_ref().map_or(content::DEFAULT_SUBSCRIPTION_POLICY, |own| &own.0.body_html);
        Ok(Self {
            handle: content::policy_handle(kind).to_owned(),
            title: content::policy_title(kind).to_owned(),
            body: body.to_owned(),
            url: Url(ctx.app().absolute_url(&content::policy_path(kind))),
            id: own.map(|own| global_id::encode(own.0.id)),
        })
    }
}

/// How the shop looks.
#[derive(Clone, Debug, SimpleObject)]
pub struct Brand {
    /// The shop's logo; null when it has none.
    pub logo: Option<MediaImage>,
}
