//! A mail with something that stands nowhere else: the code of a gift card. It waits in the queue sealed, and is gone from there
//! once the mail is sent or dropped.

use entity::{
    ids::{GiftCardId, NotificationId, OrderId},
    notification::notification::{self, NotificationKind as Kind, NotificationState},
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction};

use super::{hear::LANGUAGE, store};
use crate::{
    domain::shared::Error,
    platform::{Sources, keys::KeyRing, seal},
};

/// The code of a gift card, and who is to hear it.
pub struct Secret {
    /// The card.
    pub gift_card_id: GiftCardId,
    /// The order that sold it.
    pub order_id: Option<OrderId>,
    /// To whom.
    pub recipient: String,
    /// The code as it is shown.
    pub text: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({})", self.gift_card_id)
    }
}

/// Queues the mail of a gift card, once for each card.
///
/// # Errors
/// The database's.
pub async fn queue_secret(
    tx: &DatabaseTransaction,
    sources: &Sources,
    keys: &KeyRing,
    secret: Secret,
) -> Result<(), Error> {
    let (id, now): (NotificationId, _) = (sources.id(), sources.now());
    let sealed =
        seal::seal(keys, sources, id.0, &secret.text).ok_or_else(|| Error::fault("a code cannot be sealed"))?;
    let row = notification::ActiveModel {
        id: Set(id),
        kind: Set(Kind::GiftCard),
        subject_id: Set(secret.gift_card_id.0),
        order_id: Set(secret.order_id),
        recipient: Set(secret.recipient),
        language: Set(LANGUAGE.to_owned()),
        state: Set(NotificationState::Queued),
        attempts: Set(0),
        next_at: Set(now),
        last_error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
        sealed: Set(Some(sealed)),
    };
    Ok(store::insert_once(tx, row).await?)
}
