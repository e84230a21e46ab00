//! The facts of delivery, in the transaction that makes them.

use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    domain::shared::Author,
    platform::outbox::{self, Fact},
};

/// What facts about the settings are about: there is one row of them. No other subject has this id.
pub(super) const SETTINGS: Uuid = Uuid::from_u128(17);

/// What a fact is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    /// Its type.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

/// Writes a fact about a subject, whose rows the shop's lock holds; `details` are added to who did it.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    subject: Subject,
    kind: &'static str,
    details: Value,
) -> Result<(), DbErr> {
    let mut data = json!({ format!("{}_id", subject.kind): subject.id, "account_id": author.account_id });
    if let (Value::Object(data), Value::Object(details)) = (&mut data, details) {
        data.extend(details);
    }
    let fact = Fact { kind, subject_type: subject.kind, subject_id: subject.id, data };
    outbox::record(tx, author.sources, fact).await
}
