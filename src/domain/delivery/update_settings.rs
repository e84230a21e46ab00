//! Staff say how the shop delivers as a whole.

use entity::delivery::delivery_settings;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::json;

use super::{
    Unchosen,
    events::{SETTINGS, Subject, record},
    store,
};
use crate::domain::{
    shared::{Author, Error},
    shop,
};

/// Says what counts while a buyer has chosen nothing.
///
/// # Errors
/// The database's.
pub async fn update_settings(tx: &DatabaseTransaction, author: Author<'_>, unchosen: Unchosen) -> Result<(), Error> {
    shop::lock(tx).await?;
    let before = store::settings(tx).await?;
    if before == unchosen {
        return Ok(());
    }
    let row = delivery_settings::Model { id: store::SETTINGS_ID, unchosen, updated_at: author.sources.now() };
    let changed = [delivery_settings::Column::Unchosen, delivery_settings::Column::UpdatedAt];
    let conflict = OnConflict::column(delivery_settings::Column::Id).update_columns(changed).to_owned();
    let insert = delivery_settings::Entity::insert(row.into_active_model().reset_all()).on_conflict(conflict);
    insert.exec_without_returning(tx).await?;
    let subject = Subject { kind: "delivery_settings", id: SETTINGS };
    let word = |unchosen| match unchosen {
        Unchosen::Cheapest => "CHEAPEST",
        Unchosen::Nothing => "NOTHING",
    };
    let details = json!({ "unchosen": word(unchosen), "before": word(before) });
    Ok(record(tx, author, subject, "delivery_settings.updated", details).await?)
}
