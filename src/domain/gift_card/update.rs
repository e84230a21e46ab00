//! Staff change what a card says of itself, and end it.

use chrono::{DateTime, Utc};
use entity::ids::{AccountId, GiftCardId};
use sea_orm::DatabaseTransaction;
use serde_json::{Map, Value, json};

use super::{
    GiftCard, Reason, Refusal,
    events::{Happened, tell},
    issue::check_customer,
    model::{check_note, tidy},
    store,
};
use crate::domain::shared::{Author, Failure};

/// A change; the outer `None` keeps what is there.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// From when on it pays no more; the inner `None`: never. A past moment ends it now.
    pub expires_at: Option<Option<DateTime<Utc>>>,
    /// Staff's note.
    pub note: Option<Option<String>>,
    /// The customer it is for.
    pub customer_id: Option<Option<AccountId>>,
}

/// Changes a card.
///
/// # Errors
/// What is wrong with the change; `NotFound`.
pub async fn update(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: GiftCardId,
    patch: Patch,
) -> Result<GiftCard, Failure<Refusal>> {
    let note = patch.note.map(tidy);
    let mut refusals: Vec<Refusal> = Vec::new();
    refusals.extend(note.as_ref().and_then(|note| note.as_deref()).map(check_note).transpose()?.flatten());
    refusals.extend(check_customer(tx, patch.customer_id.flatten()).await?);
    let before = store::lock_one(tx, id).await?;
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let after = GiftCard {
        expires_at: patch.expires_at.unwrap_or(before.expires_at),
        note: note.unwrap_or_else(|| before.note.clone()),
        customer_id: patch.customer_id.unwrap_or(before.customer_id),
        updated_at: author.sources.now(),
        ..before.clone()
    };
    let changes = changes(&before, &after);
    if changes.is_empty() {
        return Ok(before);
    }
    store::save(tx, &after).await?;
    tell(tx, author, &after, Happened::Updated(Value::Object(changes))).await?;
    Ok(after)
}

/// What changed: each with what it was and what it is.
fn changes(before: &GiftCard, after: &GiftCard) -> Map<String, Value> {
    let fields = [
        ("expires_at", json!(before.expires_at), json!(after.expires_at)),
        ("note", json!(before.note), json!(after.note)),
        ("customer_id", json!(before.customer_id), json!(after.customer_id)),
    ];
    let changed = fields.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(name, before, after)| (name.to_owned(), json!({ "before": before, "after": after }))).collect()
}

/// Ends a card for good: it pays no more, and what is on it stays on the books. Doing it twice changes nothing.
///
/// # Errors
/// `NotFound`.
pub async fn deactivate(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: GiftCardId,
) -> Result<GiftCard, Failure<Refusal>> {
    let before = store::lock_one(tx, id).await?;
    if before.disabled_at.is_some() {
        return Ok(before);
    }
    let now = author.sources.now();
    let after = GiftCard { disabled_at: Some(now), updated_at: now, ..before };
    store::save(tx, &after).await?;
    tell(tx, author, &after, Happened::Deactivated).await?;
    Ok(after)
}

/// Refuses what was ended.
pub(super) fn refuse_deactivated(card: &GiftCard) -> Result<(), Failure<Refusal>> {
    if card.disabled_at.is_some() { Err(Failure::refuse(Refusal::new("id", Reason::Deactivated))) } else { Ok(()) }
}
