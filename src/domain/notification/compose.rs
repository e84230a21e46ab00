//! Writing a mail from its row in the queue, with what is known when it is sent.

use entity::{
    ids::{FulfillmentId, GiftCardId, InvoiceId, OrderId, PaymentId},
    invoice::invoice::{self, InvoiceKind},
    money::Money,
    notification::notification::NotificationKind as Kind,
    order::order::{self, CancelReason, FinancialStatus, OrderStatus},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    Notification, Templates,
    letter::{
        BalancePart, DocumentPart, EditPart, Letter, PaymentPart, ShopPart, of_back, of_gift_card, of_order,
        of_shipment,
    },
    money_store::{self, Back},
    order_store as read,
};
use crate::{
    domain::{shared::Error, shop},
    platform::{
        keys::KeyRing,
        mail::{Mail, one_line},
        seal,
    },
};

/// What mails are written with.
#[derive(Clone, Copy, Debug)]
pub struct Composing<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// Where an order is shown.
    pub links: &'a Links,
}

/// Where an order is shown.
#[derive(Clone, Debug)]
pub struct Links {
    /// The front end's page of an order, with `{id}`, `{number}` and `{token}` in it; `None`: there is none.
    pub order_url: Option<String>,
    /// What links to this server are made of.
    pub public_url: String,
    /// The keys of orders' tokens.
    pub keys: KeyRing,
    /// Makes the token that opens an order to a guest.
    pub token: fn(&KeyRing, OrderId) -> String,
    /// Makes what opens an invoice or a credit note.
    pub document: fn(&KeyRing, InvoiceId) -> String,
    /// The keys that open what only one mail tells.
    pub seal_keys: KeyRing,
}

/// Writes a mail; nothing when there is nothing to tell any more.
///
/// # Errors
/// The database's; a fault when a template fails.
pub async fn compose(
    db: &impl ConnectionTrait,
    with: Composing<'_>,
    row: &Notification,
) -> Result<Option<Mail>, Error> {
    let shop = shop::get(db).await?;
    let Some(letter) = write(db, with.links, row, &shop).await? else { return Ok(None) };
    let written = with.templates.write(row.kind, &letter).map_err(Error::fault)?;
    Ok(Some(Mail {
        id: row.id.0,
        at: row.created_at,
        from_name: shop.name,
        reply_to: shop.email,
        to: row.recipient.clone(),
        subject: written.subject,
        text: written.text,
        html: written.html,
    }))
}

/// What a mail tells; nothing when there is nothing to tell any more.
async fn write(
    db: &impl ConnectionTrait,
    links: &Links,
    row: &Notification,
    shop: &shop::Shop,
) -> Result<Option<Letter>, Error> {
    let mut letter = Letter {
        shop: ShopPart { name: one_line(&shop.name), email: shop.email.clone() },
        order: None,
        payment: None,
        shipment: None,
        refund: None,
        edit: None,
        balance: None,
        document: None,
        gift_card: None,
    };
    let order = match row.order_id {
        Some(id) => read::order(db, id).await?.filter(|order| holds_still(row.kind, order)),
        None => None,
    };
    if let Some(order) = &order {
        let lines = read::lines(db, order.id).await?;
        let paid = money_store::paid(db, order.id).await?;
        letter.order = Some(of_order(order, &lines, &paid, links.of_order(order)));
        if row.kind == Kind::Shipment {
            let Some((shipment, contents)) = read::shipment(db, FulfillmentId(row.subject_id)).await? else {
                return Ok(None);
            };
            letter.shipment = Some(of_shipment(&shipment, &contents, &lines));
        }
    } else if row.order_id.is_some() || row.kind != Kind::GiftCard {
        return Ok(None);
    }
    match row.kind {
        Kind::OrderExpired | Kind::Shipment => {}
        Kind::OrderConfirmation => {
            letter.document = links.document(db, Some((InvoiceKind::Invoice, row.subject_id))).await?;
        }
        Kind::PaymentFailed => {
            let Some(paid) = read::payment(db, PaymentId(row.subject_id)).await? else { return Ok(None) };
            let message = paid.failure_message.unwrap_or_else(|| "The payment was not completed.".to_owned());
            letter.payment = Some(PaymentPart { message });
        }
        Kind::Refund | Kind::PaymentReturned | Kind::Cancellation | Kind::OrderEdited => {
            let Some(order) = &order else { return Ok(None) };
            let Some(back) = back(db, row, order.id).await? else { return Ok(None) };
            letter.refund = Some(of_back(&back, order.currency));
            let note = back.noted_as.map(|subject| (InvoiceKind::CreditNote, subject));
            letter.document = links.document(db, note).await?;
            if row.kind == Kind::OrderEdited {
                let balance = read::balance(db, order).await?;
                let due = (balance > 0).then(|| Money::new(balance, order.currency).in_words());
                letter.edit = Some(EditPart { due });
            }
        }
        Kind::BalanceDue => {
            let (Some(order), Some(paid)) = (&order, read::payment(db, PaymentId(row.subject_id)).await?) else {
                return Ok(None);
            };
            let money = |minor: i64| Money::new(minor, order.currency).in_words();
            let due = money(read::balance(db, order).await?);
            letter.balance = Some(BalancePart { due, paid: money(paid.captured_minor) });
        }
        Kind::GiftCard => {
            let card = read::gift_card(db, GiftCardId(row.subject_id)).await?;
            let Some(card) = card.filter(|card| card.disabled_at.is_none()) else { return Ok(None) };
            let opened = row.sealed.as_deref().and_then(|sealed| seal::open(&links.seal_keys, row.id.0, sealed));
            let code = opened.ok_or_else(|| Error::fault("the code of a gift card does not open"))?;
            letter.gift_card = Some(of_gift_card(&card, code));
        }
    }
    Ok(Some(letter))
}

/// What the fact of a mail gives back, if it was one that does.
async fn back(db: &impl ConnectionTrait, row: &Notification, order: OrderId) -> Result<Option<Back>, Error> {
    let subject = row.subject_id;
    Ok(match row.kind {
        Kind::Refund | Kind::PaymentReturned => money_store::refunded(db, order, subject).await?,
        Kind::Cancellation => Some(money_store::of_cancellation(db, order).await?),
        Kind::OrderEdited => Some(money_store::of_edit(db, order, subject).await?),
        Kind::OrderConfirmation
        | Kind::PaymentFailed
        | Kind::OrderExpired
        | Kind::Shipment
        | Kind::BalanceDue
        | Kind::GiftCard => None,
    })
}

/// Whether what a mail tells is still so: a payment that failed is no news once another one placed the order.
fn holds_still(kind: Kind, order: &order::Model) -> bool {
    match kind {
        Kind::PaymentFailed => order.status == OrderStatus::PendingPayment,
        Kind::OrderExpired => order.cancel_reason == Some(CancelReason::Expired),
        // Once it is canceled, another mail says so.
        Kind::OrderEdited => order.status != OrderStatus::Canceled,
        Kind::BalanceDue => {
            order.status != OrderStatus::Canceled && order.financial_status == FinancialStatus::PartiallyPaid
        }
        Kind::OrderConfirmation
        | Kind::Shipment
        | Kind::Refund
        | Kind::PaymentReturned
        | Kind::Cancellation
        | Kind::GiftCard => true,
    }
}

impl Links {
    async fn document(
        &self,
        db: &impl ConnectionTrait,
        of: Option<(InvoiceKind, Uuid)>,
    ) -> Result<Option<DocumentPart>, Error> {
        let Some(of) = of else { return Ok(None) };
        Ok(read::document(db, of).await?.map(|document| self.of_document(document)))
    }

    fn of_document(&self, document: invoice::Model) -> DocumentPart {
        let capability = (self.document)(&self.keys, document.id);
        DocumentPart { number: document.number, url: format!("{}/invoices/{capability}.pdf", self.public_url) }
    }

    /// The page of an order. A guest's opens with the order's token; a customer signs in.
    fn of_order(&self, order: &order::Model) -> Option<String> {
        let pattern = self.order_url.as_ref()?;
        let token = if order.account_id.is_none() { (self.token)(&self.keys, order.id) } else { String::new() };
        let (id, number) = (order.id.to_string(), order.number.to_string());
        Some(pattern.replace("{id}", &id).replace("{number}", &number).replace("{token}", &token))
    }
}
