//! The facts of gift cards, in the transaction that makes them. None holds a code.

use entity::ids::OrderId;
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::{Value, json};
use uuid::Uuid;

use super::GiftCard;
use crate::{
    domain::shared::Author,
    platform::outbox::{self, Fact},
};

/// What happened to a card.
#[derive(Clone, Debug)]
pub(super) enum Happened {
    /// It was made.
    Issued,
    /// Its note, its end or its customer changed: what each was and is.
    Updated(Value),
    /// It was ended.
    Deactivated,
    /// Staff put money on it.
    Credited(i64),
    /// Money was taken off it.
    Debited(i64),
    /// It paid for an order.
    Used(i64, OrderId),
    /// It got back what it paid for an order.
    GivenBack(i64, OrderId),
    /// It got a refund of an order.
    Refunded(i64, OrderId, Uuid),
}

/// The fact about a card as it is afterwards.
pub(super) fn fact(author: Author<'_>, card: &GiftCard, happened: Happened) -> Fact {
    let (kind, details) = match happened {
        Happened::Issued => ("gift_card.issued", json!({ "order_id": card.order_id, "expires_at": card.expires_at })),
        Happened::Updated(changes) => ("gift_card.updated", json!({ "changes": changes })),
        Happened::Deactivated => ("gift_card.deactivated", json!({})),
        Happened::Credited(amount) => ("gift_card.credited", json!({ "amount_minor": amount })),
        Happened::Debited(amount) => ("gift_card.debited", json!({ "amount_minor": amount })),
        Happened::Used(amount, order) => ("gift_card.used", json!({ "amount_minor": amount, "order_id": order })),
        Happened::GivenBack(amount, order) => {
            ("gift_card.given_back", json!({ "amount_minor": amount, "order_id": order }))
        }
        Happened::Refunded(amount, order, refund) => {
            ("gift_card.refunded", json!({ "amount_minor": amount, "order_id": order, "refund_id": refund }))
        }
    };
    let mut data = json!({
        "gift_card_id": card.id, "last_characters": card.last_characters, "balance_minor": card.balance_minor,
        "currency": card.currency, "account_id": author.account_id,
    });
    if let (Value::Object(data), Value::Object(details)) = (&mut data, details) {
        data.extend(details);
    }
    Fact { kind, subject_type: "gift_card", subject_id: card.id.0, data }
}

/// Writes a fact about a card whose row is locked.
pub(super) async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    card: &GiftCard,
    happened: Happened,
) -> Result<(), DbErr> {
    outbox::record(tx, author.sources, fact(author, card, happened)).await
}
