//! A person's decision about a parked item: try it again, or drop it.

use sea_orm::DatabaseTransaction;

use super::{ParkedId, Refusal};
use crate::{
    domain::{notification, payment, shared::Failure},
    platform::{Sources, outbox},
};

/// Lets a parked item be tried again at once, from the first attempt on.
///
/// # Errors
/// `NotParked`; the database's.
pub async fn replay(tx: &DatabaseTransaction, sources: &Sources, id: ParkedId) -> Result<(), Failure<Refusal>> {
    let replayed = match id {
        ParkedId::Delivery(id) => outbox::replay(tx, sources, id).await?,
        ParkedId::Message(id) => payment::replay_message(tx, sources, id).await?,
        ParkedId::Refund(id) => payment::replay_refund(tx, sources, id).await?,
        ParkedId::Reversal(id) => payment::replay_reversal(tx, id).await?,
        ParkedId::Mail(id) => notification::replay(tx, sources, id).await?,
    };
    if replayed { Ok(()) } else { Err(Failure::refuse(Refusal::NotParked)) }
}

/// Drops a parked item. Events that wait behind it go on. Money cannot be dropped.
///
/// # Errors
/// `NotParked`, `Money`; the database's.
pub async fn discard(tx: &DatabaseTransaction, sources: &Sources, id: ParkedId) -> Result<(), Failure<Refusal>> {
    let discarded = match id {
        ParkedId::Delivery(id) => outbox::discard(tx, sources, id).await?,
        ParkedId::Message(id) => payment::discard_message(tx, sources, id).await?,
        ParkedId::Mail(id) => notification::discard(tx, sources, id).await?,
        ParkedId::Refund(_) | ParkedId::Reversal(_) => return Err(Failure::refuse(Refusal::Money)),
    };
    if discarded { Ok(()) } else { Err(Failure::refuse(Refusal::NotParked)) }
}
