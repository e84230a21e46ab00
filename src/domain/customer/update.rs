//! A customer changes what is known about them.

use entity::ids::AccountId;
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::store;
use crate::{
    domain::{
        auth::{Account, Profile, Refusal, search_text},
        shared::{Error, Failure},
    },
    platform::{Database, Sources, tx},
};

/// What is to change: `None` leaves it, `Some(None)` clears it.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange {
    /// Given name.
    pub first_name: Option<Option<String>>,
    /// Family name.
    pub last_name: Option<Option<String>>,
    /// Phone.
    pub phone: Option<Option<String>>,
    /// Whether mail about offers is welcome.
    pub accepts_marketing: Option<bool>,
}

/// Changes a customer's profile.
///
/// # Errors
/// One refusal a bad field; `Unauthenticated` when the account is gone; faults.
pub async fn update(
    db: &Database,
    sources: &Sources,
    id: AccountId,
    change: ProfileChange,
) -> Result<Account, Failure<Refusal>> {
    let tx = tx::begin(db).await?;
    let account = store::find_locked(&tx, id).await?.ok_or(Error::Unauthenticated)?;
    let profile = Profile {
        first_name: change.first_name.unwrap_or_else(|| account.first_name.clone()),
        last_name: change.last_name.unwrap_or_else(|| account.last_name.clone()),
        phone: change.phone.unwrap_or_else(|| account.phone.clone()),
        accepts_marketing: change.accepts_marketing.unwrap_or(account.accepts_marketing),
    };
    let profile = profile.check().map_err(Failure::Refused)?;
    let search_text = search_text(&account.email, &profile);
    let mut row = account.into_active_model();
    row.search_text = Set(search_text);
    row.first_name = Set(profile.first_name);
    row.last_name = Set(profile.last_name);
    row.phone = Set(profile.phone);
    row.accepts_marketing = Set(profile.accepts_marketing);
    row.updated_at = Set(sources.now());
    let account = store::save(&tx, row).await?;
    tx.commit().await?;
    Ok(account)
}
