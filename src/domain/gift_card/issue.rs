//! Issuing a card: its code is drawn, shown once, and mailed where there is a recipient.

use chrono::{DateTime, Utc};
use entity::{
    ids::{AccountId, OrderId, OrderLineId},
    money::Money,
};
use sea_orm::DatabaseTransaction;

use super::{
    Code, Entry, EntryKind, GiftCard, Reason, Refusal,
    events::{Happened, tell},
    model::{check_amount, check_note, tidy},
    store,
};
use crate::{
    domain::{
        auth::Role,
        customer,
        notification::{self, Secret},
        shared::{Author, Error, Failure, address::is_email},
    },
    platform::keys::KeyRing,
};

/// A card to be issued by staff.
#[derive(Clone, Debug)]
pub struct NewGiftCard {
    /// What is on it.
    pub amount: Money,
    /// From when on it pays no more; `None`: never.
    pub expires_at: Option<DateTime<Utc>>,
    /// Staff's note.
    pub note: Option<String>,
    /// To whom the code is mailed; `None`: to nobody.
    pub recipient_email: Option<String>,
    /// The customer it is for.
    pub customer_id: Option<AccountId>,
}

/// A card that was issued.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The card.
    pub card: GiftCard,
    /// Its code, in plain for this one time.
    pub code: Code,
}

/// Issues a card.
///
/// # Errors
/// Refused with every reason; `BadInput` for a text with NUL; the database's.
pub async fn issue(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    keys: &KeyRing,
    new: NewGiftCard,
) -> Result<Issued, Failure<Refusal>> {
    let note = tidy(new.note);
    let recipient_email = tidy(new.recipient_email);
    let mut refusals: Vec<Refusal> = check_amount(new.amount).into_iter().collect();
    refusals.extend(note.as_deref().map(check_note).transpose()?.flatten());
    if new.expires_at.is_some_and(|end| end <= author.sources.now()) {
        refusals.push(Refusal::new("expiresAt", Reason::NotToCome));
    }
    if recipient_email.as_deref().is_some_and(|email| !is_email(email)) {
        refusals.push(Refusal::new("recipientEmail", Reason::NotAnEmail));
    }
    refusals.extend(check_customer(tx, new.customer_id).await?);
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let sold = Sold { order_id: None, line: None };
    let new = NewGiftCard { note, recipient_email, ..new };
    Ok(make(tx, author, keys, new, sold).await?)
}

/// Whether there is such a customer.
pub(super) async fn check_customer(tx: &DatabaseTransaction, id: Option<AccountId>) -> Result<Option<Refusal>, Error> {
    let Some(id) = id else { return Ok(None) };
    let known = customer::find(tx, id).await?.is_some_and(|account| account.role == Role::Customer);
    Ok((!known).then(|| Refusal::new("customerId", Reason::CustomerUnknown)))
}

/// What sold a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sold {
    /// The order.
    pub order_id: Option<OrderId>,
    /// Its line, and which unit of that.
    pub line: Option<(OrderLineId, i32)>,
}

/// Writes a card whose input was checked, its first entry, its fact and the mail to its recipient.
pub(super) async fn make(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    keys: &KeyRing,
    new: NewGiftCard,
    sold: Sold,
) -> Result<Issued, Error> {
    let (now, code) = (author.sources.now(), Code::draw(author.sources));
    let card = GiftCard {
        id: author.sources.id(),
        code_hash: code.hash(keys),
        last_characters: code.last_characters(),
        currency: new.amount.currency,
        initial_minor: new.amount.minor,
        balance_minor: new.amount.minor,
        expires_at: new.expires_at,
        disabled_at: None,
        note: new.note,
        recipient_email: new.recipient_email,
        customer_id: new.customer_id,
        order_id: sold.order_id,
        order_line_id: sold.line.map(|(line, _)| line),
        unit: sold.line.map(|(_, unit)| unit),
        created_at: now,
        updated_at: now,
    };
    store::insert(tx, &card).await?;
    let first = Entry {
        id: author.sources.id(),
        gift_card_id: card.id,
        kind: EntryKind::Issued,
        amount_minor: card.initial_minor,
        order_id: sold.order_id,
        turn: None,
        refund_id: None,
        account_id: author.account_id,
        note: None,
        created_at: now,
    };
    store::record(tx, vec![first]).await?;
    tell(tx, author, &card, Happened::Issued).await?;
    if let Some(recipient) = card.recipient_email.clone() {
        let secret = Secret { gift_card_id: card.id, order_id: sold.order_id, recipient, text: code.grouped() };
        notification::queue_secret(tx, author.sources, keys, secret).await?;
    }
    Ok(Issued { card, code })
}
