//! Staff say what the prices that they enter contain, and what they mean elsewhere.

use entity::{
    ids::TaxZoneId,
    tax::{
        tax_settings::{self, PricesAbroad},
        tax_zone::PriceBasis,
    },
};
use sea_orm::{ActiveEnum, DatabaseTransaction};
use serde_json::{Value, json};

use super::{
    errors::{Reason, Refusal},
    events::{Change, SETTINGS, Subject, record},
    store,
};
use crate::domain::{
    shared::{Author, Failure},
    shop,
};

/// Changes of the settings; what is `None` stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct SettingsPatch {
    /// Whether entered prices contain the home zone's taxes.
    pub entered: Option<PriceBasis>,
    /// The home zone; `Some(None)` takes it away.
    pub home: Option<Option<TaxZoneId>>,
    /// What entered prices mean elsewhere.
    pub abroad: Option<PricesAbroad>,
}

/// Changes the settings.
///
/// # Errors
/// A home zone that there is not, or that is missing where it is needed.
pub async fn update_settings(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    patch: SettingsPatch,
) -> Result<tax_settings::Model, Failure<Refusal>> {
    shop::lock(tx).await?;
    let before = store::settings(tx).await?;
    let mut after = tax_settings::Model {
        entered: patch.entered.unwrap_or(before.entered),
        home_zone_id: patch.home.unwrap_or(before.home_zone_id),
        abroad: patch.abroad.unwrap_or(before.abroad),
        ..before.clone()
    };
    match after.home_zone_id {
        Some(home) if store::zone(tx, home).await?.is_none() => {
            return Err(Failure::refuse(Refusal::new("homeZoneId", Reason::Unknown("tax zone"))));
        }
        None if after.entered == PriceBasis::Inclusive && after.abroad == PricesAbroad::FixedNet => {
            return Err(Failure::refuse(Refusal::new("homeZoneId", Reason::HomeZoneMissing)));
        }
        Some(_) | None => {}
    }
    if after == before {
        return Ok(before);
    }
    after.updated_at = Some(author.sources.now());
    store::save_settings(tx, after.clone()).await?;
    let change = Change { before: told(&before), after: told(&after) };
    record(tx, author, Subject { kind: "tax_settings", id: SETTINGS }, "tax_settings.updated", change).await?;
    Ok(after)
}

fn told(row: &tax_settings::Model) -> Value {
    json!({
        "entered": row.entered.to_value(), "home_zone_id": row.home_zone_id, "abroad": row.abroad.to_value(),
    })
}
