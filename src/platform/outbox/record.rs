//! Writing a fact in the transaction that makes it.

use std::collections::HashMap;

use entity::platform::outbox_event;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::platform::Sources;

/// Facts written by one statement.
const ROWS: usize = 500;

/// A fact to be told to others.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Dotted name in the past tense, such as `thing.changed`.
    pub kind: &'static str,
    /// What it is about.
    pub subject_type: &'static str,
    /// Which one. The caller has locked its row, so that its facts are numbered one after the other.
    pub subject_id: Uuid,
    /// Details.
    pub data: serde_json::Value,
}

/// How many facts a subject has, published or not.
///
/// # Errors
/// The database's.
pub async fn latest_sequence(db: &impl ConnectionTrait, subject_id: Uuid) -> Result<i64, DbErr> {
    let last: Option<Option<i64>> = outbox_event::Entity::find()
        .select_only()
        .column_as(outbox_event::Column::SubjectSequence.max(), "last")
        .filter(outbox_event::Column::SubjectId.eq(subject_id))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0))
}

/// Writes a fact into the outbox. It is told if and only if the transaction commits.
///
/// # Errors
/// The database's; also when two transactions wrote about one subject at once, because one of them had not locked it.
pub async fn record(tx: &DatabaseTransaction, sources: &Sources, fact: Fact) -> Result<(), DbErr> {
    let last = latest_sequence(tx, fact.subject_id).await?;
    let row = outbox_event::ActiveModel {
        position: NotSet,
        id: Set(sources.id()),
        kind: Set(fact.kind.to_owned()),
        subject_type: Set(fact.subject_type.to_owned()),
        subject_id: Set(fact.subject_id),
        subject_sequence: Set(last + 1),
        data: Set(fact.data),
        created_at: Set(sources.now()),
        cursor: Set(None),
        published_at: Set(None),
    };
    outbox_event::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes many facts with few statements. The subjects' rows are locked by the caller.
///
/// # Errors
/// The database's, as [`record`].
pub async fn record_many(tx: &DatabaseTransaction, sources: &Sources, facts: Vec<Fact>) -> Result<(), DbErr> {
    for facts in facts.chunks(ROWS) {
        let subjects = facts.iter().map(|fact| fact.subject_id);
        let last: Vec<(Uuid, i64)> = outbox_event::Entity::find()
            .select_only()
            .column(outbox_event::Column::SubjectId)
            .column_as(outbox_event::Column::SubjectSequence.max(), "last")
            .filter(outbox_event::Column::SubjectId.is_in(subjects))
            .group_by(outbox_event::Column::SubjectId)
            .into_tuple()
            .all(tx)
            .await?;
        let mut last: HashMap<Uuid, i64> = last.into_iter().collect();
        let now = sources.now();
        let rows = facts.iter().map(|fact| {
            let sequence = last.entry(fact.subject_id).or_insert(0);
            *sequence += 1;
            outbox_event::ActiveModel {
                position: NotSet,
                id: Set(sources.id()),
                kind: Set(fact.kind.to_owned()),
                subject_type: Set(fact.subject_type.to_owned()),
                subject_id: Set(fact.subject_id),
                subject_sequence: Set(*sequence),
                data: Set(fact.data.clone()),
                created_at: Set(now),
                cursor: Set(None),
                published_at: Set(None),
            }
        });
        let rows: Vec<_> = rows.collect();
        outbox_event::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}
