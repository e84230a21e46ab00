//! Changing how the shop delivers as a whole.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{
    types::{DeliverySettings, DeliveryUnchosen},
    user_errors::{DeliveryUserError, halves},
};
use crate::{
    domain::{
        delivery,
        shared::{Error, Permission},
    },
    graphql::{
        errors,
        transaction::{author, begin, finish},
    },
};

/// How the shop is to deliver as a whole.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliverySettingsUpdateInput {
    /// What counts in a delivery group while its buyer has chosen nothing.
    unchosen: DeliveryUnchosen,
}

/// What changing the settings led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct DeliverySettingsUpdatePayload {
    /// The settings as they are now; null when refused.
    delivery_settings: Option<DeliverySettings>,
    /// Why they were refused.
    user_errors: Vec<DeliveryUserError>,
}

async fn update(
    ctx: &Context<'_>,
    input: &DeliverySettingsUpdateInput,
) -> Result<DeliverySettingsUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let tx = begin(ctx).await?;
    let done = delivery::update_settings(&tx, author, input.unchosen.into()).await;
    let done = done.map(|()| DeliverySettings { unchosen: input.unchosen }).map_err(Into::into);
    let (delivery_settings, user_errors) = halves(finish(tx, done).await?);
    Ok(DeliverySettingsUpdatePayload { delivery_settings, user_errors })
}

/// Changes of how the shop delivers as a whole.
#[derive(Debug, Default)]
pub struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Changes how the shop delivers as a whole. Needs MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn delivery_settings_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be.")] input: DeliverySettingsUpdateInput,
    ) -> Option<DeliverySettingsUpdatePayload> {
        errors::nullable(ctx, update(ctx, &input).await)
    }
}
