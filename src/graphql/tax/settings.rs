//! Changing what entered prices contain and mean elsewhere.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{
    enums::{TaxPriceBasis, TaxPricesAbroad},
    types::TaxSettings,
    user_errors::{TaxUserError, halves},
};
use crate::{
    domain::{
        shared::{Error, Permission},
        tax::{self, SettingsPatch},
    },
    graphql::{
        catalog_admin::inputs::change_of,
        errors,
        global_id::decode,
        transaction::{author, begin, finish},
    },
};

/// Changes of the settings. A field left out stays.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxSettingsUpdateInput {
    /// Whether entered prices contain the taxes of the home zone.
    prices_entered: Option<TaxPriceBasis>,
    /// The zone whose taxes are in entered prices; null takes it away.
    home_zone_id: MaybeUndefined<ID>,
    /// What entered prices that contain taxes mean in other zones. FIXED_NET needs the home zone.
    prices_abroad: Option<TaxPricesAbroad>,
}

/// What changing the settings led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct TaxSettingsUpdatePayload {
    /// The settings as they are now; null when refused.
    tax_settings: Option<TaxSettings>,
    /// Why they were refused.
    user_errors: Vec<TaxUserError>,
}

async fn update(ctx: &Context<'_>, input: TaxSettingsUpdateInput) -> Result<TaxSettingsUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageSettings)?;
    let home = change_of(input.home_zone_id).map(|id| id.map(|id| decode("input.homeZoneId", &id)).transpose());
    let patch = SettingsPatch {
        entered: input.prices_entered.map(Into::into),
        home: home.transpose()?,
        abroad: input.prices_abroad.map(Into::into),
    };
    let tx = begin(ctx).await?;
    let done = tax::update_settings(&tx, author, patch).await;
    let (row, user_errors) = halves(finish(tx, done).await?);
    Ok(TaxSettingsUpdatePayload { tax_settings: row.map(TaxSettings), user_errors })
}

/// Changes of the settings.
#[derive(Debug, Default)]
pub struct TaxSettingsMutation;

#[Object]
impl TaxSettingsMutation {
    /// Says what entered prices contain and mean elsewhere. Prices of variants stay as they were entered. Needs
    /// MANAGE_SETTINGS.
    #[graphql(visible = "crate::graphql::guards::manages_settings")]
    async fn tax_settings_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: TaxSettingsUpdateInput,
    ) -> Option<TaxSettingsUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }
}
