//! The facts of taxes, in the transaction that makes them: who, and what was before and is after.

use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    domain::shared::Author,
    platform::outbox::{self, Fact},
};

/// The subject of facts about the settings, which have one row.
pub(super) const SETTINGS: Uuid = Uuid::from_u128(1);

/// What a fact is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    /// Its type.
    pub kind: &'static str,
    /// Its id. Its row is locked.
    pub id: Uuid,
}

/// A change: null before what was made, and after what is gone.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
}

/// Writes a fact about a subject.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    subject: Subject,
    kind: &'static str,
    change: Change,
) -> Result<(), DbErr> {
    let data = json!({
        format!("{}_id", subject.kind): subject.id, "account_id": author.account_id,
        "before": change.before, "after": change.after,
    });
    outbox::record(tx, author.sources, Fact { kind, subject_type: subject.kind, subject_id: subject.id, data }).await
}
