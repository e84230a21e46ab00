//! A person's decision about a parked item: try it again, or drop it.

use sea_orm::DatabaseTransaction;

use super::{ParkedId, Refusal};
use crate::{
    domain::{
        checkout::{self, CheckoutContext, Closed, Closing},
        notification, payment,
        shared::Failure,
    },
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

/// Drops a parked item. Events that wait behind it go on. Money cannot be dropped, but a refund that its gateway refused can be
/// closed with a reason: its amount can be refunded anew.
///
/// # Errors
/// `NotParked`, `Money`; `BadInput` for a reason that is none; the database's.
pub async fn discard(
    tx: &DatabaseTransaction,
    ctx: &CheckoutContext,
    id: ParkedId,
    closing: Option<&Closing>,
) -> Result<(), Failure<Refusal>> {
    let sources = &ctx.sources;
    let discarded = match id {
        ParkedId::Delivery(id) => outbox::discard(tx, sources, id).await?,
        ParkedId::Message(id) => payment::discard_message(tx, sources, id).await?,
        ParkedId::Mail(id) => notification::discard(tx, sources, id).await?,
        ParkedId::Refund(id) => {
            let Some(closing) = closing else { return Err(Failure::refuse(Refusal::Money)) };
            match checkout::close_refund(tx, ctx, id, closing).await? {
                Closed::Done => true,
                Closed::Gone => false,
                Closed::StillDue => return Err(Failure::refuse(Refusal::Money)),
            }
        }
        ParkedId::Reversal(_) => return Err(Failure::refuse(Refusal::Money)),
    };
    if discarded { Ok(()) } else { Err(Failure::refuse(Refusal::NotParked)) }
}
