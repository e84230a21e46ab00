//! Every query of operations.

use std::collections::HashMap;

use entity::{
    ids::{EventId, PaymentId},
    payment::{payment, refund::RefundStatus},
    platform::job,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{Job, ParkedId, ParkedItem};
use crate::{
    domain::{
        notification::{self, Notification},
        payment::{self as payments, Message, Payment, Refund},
    },
    platform::{
        batch::padded,
        outbox::{self, Exception, Published},
    },
};

/// Most items of each kind in the list.
const MOST: u64 = 250;

/// The shared jobs, by name.
///
/// # Errors
/// The database's.
pub async fn jobs(db: &impl ConnectionTrait) -> Result<Vec<Job>, DbErr> {
    job::Entity::find().order_by_asc(job::Column::Name).all(db).await
}

/// What is parked: events, gateways' messages, refunds, reversals, mails, each the oldest first and 250 at most.
/// `attempts`: after how many a refund counts as parked.
///
/// # Errors
/// The database's.
pub async fn parked_items(db: &impl ConnectionTrait, attempts: i32) -> Result<Vec<ParkedItem>, DbErr> {
    let mut items = deliveries(db).await?;
    items.extend(payments::parked_messages(db, MOST).await?.into_iter().map(of_message));
    items.extend(refunds(db, attempts).await?);
    items.extend(payments::parked_reversals(db, MOST).await?.into_iter().map(of_reversal));
    items.extend(notification::parked(db, MOST).await?.into_iter().map(of_mail));
    Ok(items)
}

async fn deliveries(db: &impl ConnectionTrait) -> Result<Vec<ParkedItem>, DbErr> {
    let parked = outbox::parked(db, MOST).await?;
    let events = outbox::events_of(db, parked.iter().map(|row| row.event_id)).await?;
    let events: HashMap<EventId, Published> = events.into_iter().map(|event| (EventId(event.id), event)).collect();
    let waiting = outbox::waiting_behind(db, &parked).await?;
    let item = |row: Exception| {
        let behind = |(sink, subject, _): &&(String, uuid::Uuid, i64)| *sink == row.sink && *subject == row.subject_id;
        let waiting = waiting.iter().find(behind).map_or(0, |(_, _, waiting)| *waiting);
        let about = events.get(&row.event_id).map(|event| {
            format!("{} of {} {} at cursor {}", event.kind, event.subject_type, event.subject_id, event.cursor)
        });
        Some(ParkedItem {
            id: ParkedId::Delivery(row.id),
            target: row.sink,
            about: about.unwrap_or_else(|| format!("event {}", row.event_id)),
            attempts: row.attempts,
            last_error: row.last_error,
            since: row.parked_at?,
            next_attempt_at: None,
            waiting,
        })
    };
    Ok(parked.into_iter().filter_map(item).collect())
}

fn of_message(row: Message) -> ParkedItem {
    ParkedItem {
        id: ParkedId::Message(row.id),
        target: row.gateway,
        about: format!("message {} about {}", row.provider_event_id, row.provider_reference),
        attempts: row.attempts,
        last_error: row.last_error,
        since: row.received_at,
        next_attempt_at: None,
        waiting: 0,
    }
}

async fn refunds(db: &impl ConnectionTrait, attempts: i32) -> Result<Vec<ParkedItem>, DbErr> {
    let parked = payments::parked_refunds(db, attempts, MOST).await?;
    if parked.is_empty() {
        return Ok(Vec::new());
    }
    let ids = padded(parked.iter().map(|row| row.payment_id));
    let of = payment::Entity::find().filter(payment::Column::Id.is_in(ids)).all(db).await?;
    let of: HashMap<PaymentId, Payment> = of.into_iter().map(|row| (row.id, row)).collect();
    Ok(parked.into_iter().filter_map(|row| Some(of_refund(&row, of.get(&row.payment_id)?))).collect())
}

fn of_refund(row: &Refund, of: &Payment) -> ParkedItem {
    let amount = entity::money::Money::new(row.amount_minor, of.currency);
    ParkedItem {
        id: ParkedId::Refund(row.id),
        target: of.gateway.clone(),
        about: format!("{} of payment {} ({})", amount.in_words(), row.payment_id, row.reason_key),
        attempts: row.attempts,
        last_error: of.flag.clone(),
        since: row.created_at,
        next_attempt_at: (row.status == RefundStatus::Pending).then_some(row.next_attempt_at),
        waiting: 0,
    }
}

fn of_reversal(row: Payment) -> ParkedItem {
    ParkedItem {
        id: ParkedId::Reversal(row.id),
        target: row.gateway,
        about: format!("payment {} of order {}", row.id, row.order_id),
        attempts: row.reversal_attempts,
        last_error: row.flag,
        since: row.created_at,
        next_attempt_at: row.reversal_next_at,
        waiting: 0,
    }
}

/// Without the recipient, whom the order names to those who may see it.
fn of_mail(row: Notification) -> ParkedItem {
    let kind = sea_orm::ActiveEnum::to_value(&row.kind);
    ParkedItem {
        id: ParkedId::Mail(row.id),
        target: "mail".to_owned(),
        about: match row.order_id {
            Some(order_id) => format!("mail {kind} of order {order_id}"),
            None => format!("mail {kind} of {}", row.subject_id),
        },
        attempts: row.attempts,
        last_error: row.last_error,
        since: row.created_at,
        next_attempt_at: None,
        waiting: 0,
    }
}
