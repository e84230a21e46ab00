//! Completing a cart: phase 1, and the order of the three.

use chrono::DateTime;
use entity::{
    address::Address,
    cart::cart::CartStatus,
    ids::{AccountId, OrderId, OrderLineId},
    money::Money,
    order::order_line::{self, LineStatus},
};
use sea_orm::DatabaseTransaction;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    CheckoutContext, CheckoutRefusal, charge,
    delivery::{self, Way},
    discounts,
    errors::AddressKind,
    gift_cards, place, sold_line, validate,
    validate::PaymentChoice,
};
use crate::{
    domain::{
        cart::{self, CartAccess, CartSnapshot, ProblemKind, SnapshotLine, Target, Terms},
        catalog, gift_card,
        inventory::{self, Hold, Shortage},
        order::{self, EventKind, NewOrder, Order, QuotePlace, Totals},
        payment::{self, NewPayment, Payment},
        shared::{Author, Error, Failure},
        shop::{self, Shop},
    },
    platform::{database::database_now, tx},
};

/// What a client sends to complete a cart.
#[derive(Clone, Debug)]
pub struct Completion {
    /// Proof that the caller may use the cart.
    pub access: CartAccess,
    /// The signed-in customer and the e-mail address of the account.
    pub customer: Option<(AccountId, String)>,
    /// Buyer's e-mail address.
    pub email: Option<String>,
    /// Where to.
    pub shipping_address: Option<Address>,
    /// Who pays; `None`: as the shipping address.
    pub billing_address: Option<Address>,
    /// A delivery option in place of what the cart chose.
    pub delivery_option: Option<String>,
    /// How to pay; `None` is right when nothing is owed.
    pub payment: Option<PaymentChoice>,
    /// The total that the shopper saw.
    pub expected_total: Option<Money>,
    /// What the shopper saw as left to pay after gift cards.
    pub expected_due: Option<Money>,
    /// The client's key of this attempt.
    pub idempotency_key: Option<String>,
}

impl Completion {
    /// On which terms it buys the cart.
    #[must_use]
    pub fn terms(&self) -> Terms<'_> {
        Terms {
            account_id: self.customer.as_ref().map(|(id, _)| *id),
            email: self.email.as_deref(),
            address: self.shipping_address.as_ref(),
            billing_address: self.billing_address.as_ref(),
            delivery_option: self.delivery_option.as_deref(),
        }
    }
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The order.
    pub order: Order,
    /// The attempt to pay it.
    pub payment: Option<Payment>,
    /// Why the payment failed; the order waits for another attempt.
    pub refusals: Vec<CheckoutRefusal>,
}

/// What phase 1 did.
enum Begun {
    /// It opened this order and this payment, which has to be charged.
    Charge(OrderId, Box<Payment>),
    /// The cart has this order already, or nothing is owed for it.
    Done(OrderId),
}

/// Makes an order of a cart and starts its payment. A second completion of a cart returns the first one's order.
///
/// It runs in a task of its own: once begun it finishes, although its client may be gone.
///
/// # Errors
/// `CheckoutRefusal`s: nothing was changed. Faults.
pub async fn complete(ctx: &CheckoutContext, completion: Completion) -> Result<Outcome, Failure<CheckoutRefusal>> {
    let task = ctx.clone();
    let finished = ctx.finish(async move {
        match begin(&task, &completion).await? {
            Begun::Charge(order_id, payment) => charge::charge(&task, &payment).await.map(|()| order_id),
            Begun::Done(order_id) => Ok(order_id),
        }
        .map_err(Failure::from)
    });
    outcome(ctx, finished.await?).await
}

/// The order and its newest payment as they are now.
pub(super) async fn outcome(ctx: &CheckoutContext, id: OrderId) -> Result<Outcome, Failure<CheckoutRefusal>> {
    let db = ctx.database.reader();
    let order = order::order(db, id).await?.ok_or(Error::NotFound("order"))?;
    let payment = payment::latest_payment(db, id).await?;
    let declined = payment.as_ref().filter(|payment| payment.status == entity::payment::payment::PaymentStatus::Failed);
    let refusals = declined.map(|payment| CheckoutRefusal::Declined {
        message: payment.failure_message.clone().unwrap_or_else(|| "The payment failed. Try again.".to_owned()),
    });
    Ok(Outcome { refusals: refusals.into_iter().collect(), order, payment })
}

async fn begin(ctx: &CheckoutContext, completion: &Completion) -> Result<Begun, Failure<CheckoutRefusal>> {
    let request_hash = hash(completion);
    let tx = tx::begin(&ctx.database).await?;
    // Also one that was ordered: whoever asks again because the answer was lost gets the order that was made.
    let locked = cart::lock(&tx, completion.access.cart_id()).await?;
    let locked = locked.filter(|locked| completion.access.opens(locked.cart()));
    let locked = locked.ok_or_else(|| Failure::refuse(CheckoutRefusal::CartNotFound))?;
    let cart_id = locked.cart().id;
    if let Some(key) = &completion.idempotency_key
        && let Some((order, payment)) = same_attempt(&tx, cart_id, key, &request_hash).await?
    {
        return Ok(match charge::left_uncharged(payment) {
            Some(payment) => Begun::Charge(order.id, Box::new(payment)),
            None => Begun::Done(order.id),
        });
    }
    if let Some(order) = order::order_of_cart(&*tx, cart_id).await? {
        return Ok(Begun::Done(order.id));
    }
    if locked.cart().status != CartStatus::Active {
        return Err(Failure::refuse(CheckoutRefusal::CartNotFound));
    }

    let now = database_now(&*tx, &ctx.sources.clock).await?;
    let snapshot = cart::snapshot_on(&*tx, now, cart_id, &completion.terms()).await?;
    let snapshot = snapshot.ok_or_else(|| Failure::refuse(CheckoutRefusal::CartNotFound))?;
    let shop = shop::get(&*tx).await?;
    let (mut new, choice) = check(ctx, completion, &snapshot, &shop, now + ctx.hold())?;
    new.deliveries = delivery::kept(&*tx, &snapshot.quote.engine().delivery_groups).await?;
    if choice.is_none() {
        // Nothing is owed, so the order is placed at once, and products are locked before stock.
        catalog::lock_products(&tx, snapshot.lines.iter().map(|line| line.sellable.product_id)).await?;
    }
    let order = order::insert_order(&tx, &ctx.sources, new).await?;
    let (lines, holds) = order_lines(ctx, &order, &snapshot);
    let line_ids: Vec<OrderLineId> = lines.iter().filter_map(|line| line.id.try_as_ref().copied()).collect();
    order::insert_lines(&tx, lines).await?;
    let author = Author { sources: &ctx.sources, account_id: None };
    let (quote, basis) = snapshot.quote.of_order(&line_ids);
    let place = QuotePlace { id: ctx.sources.id(), order_id: order.id, revision: 1 };
    order::keep_quote(&tx, author, place, (&quote, &basis)).await?;
    match gift_card::claim(&tx, now, order.id, order.currency, &gift_cards::uses(&snapshot.quote)).await? {
        Ok(claim) => claim.take(&tx, &ctx.sources).await.map(drop)?,
        // Another order used it since the cart was read, a moment ago.
        Err(_) => return Err(Failure::refuse(CheckoutRefusal::GiftCardChanged)),
    }
    let applied: Vec<_> = snapshot.quote.engine().discounts.iter().collect();
    discounts::take(&tx, &ctx.sources, &order, &applied).await?;
    if let Err(shortages) = inventory::reserve(&tx, &ctx.sources, order.id, &holds, order.reserved_until).await? {
        return Err(Failure::Refused(shortages_of(&snapshot, &line_ids, &shortages)));
    }
    order::note(&tx, &ctx.sources, &order, EventKind::Created, "We received your order.").await?;
    if !cart::set_status(&tx, cart_id, CartStatus::Active, CartStatus::Locked, Some(order.id)).await? {
        return Err(Error::fault("a locked cart changed its status").into());
    }
    let order_id = order.id;
    let begun = match choice {
        Some(choice) => {
            let new = new_payment(ctx, &order, choice, completion, request_hash);
            Begun::Charge(order_id, Box::new(payment::insert_payment(&tx, &ctx.sources, new).await?))
        }
        None => {
            place::place(&tx, ctx, order, place::Paid::Captured).await?;
            Begun::Done(order_id)
        }
    };
    tx.commit().await?;
    Ok(begun)
}

fn new_payment(
    ctx: &CheckoutContext,
    order: &Order,
    choice: &PaymentChoice,
    completion: &Completion,
    request_hash: String,
) -> NewPayment {
    NewPayment {
        order_id: order.id,
        balance_revision: None,
        gateway: choice.gateway.clone(),
        amount: Money::new(order.owed_minor(), order.currency),
        token: choice.token.clone(),
        save: choice.save,
        off_session: false,
        return_url: choice.return_url.clone(),
        capture_method: ctx.capture.unwrap_or(choice.capture_method),
        idempotency_key: completion.idempotency_key.clone(),
        request_hash,
    }
}

/// The order and payment that this attempt made before it was cut off. Whether a key may be used at all was decided before
/// (`platform::idempotency`).
async fn same_attempt(
    tx: &DatabaseTransaction,
    cart_id: entity::ids::CartId,
    key: &str,
    request_hash: &str,
) -> Result<Option<(Order, Payment)>, Failure<CheckoutRefusal>> {
    let orders = order::orders_of_cart(tx, cart_id).await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let payments = payment::payments_of(tx, &ids).await?;
    let found = payments.into_iter().find(|payment| payment.is_attempt(key, request_hash));
    Ok(found.and_then(|payment| {
        let order = orders.into_iter().find(|order| order.id == payment.order_id)?;
        Some((order, payment))
    }))
}

/// Everything that must be true of the cart and the input; the new order, and how it is paid if something is owed.
fn check<'a>(
    ctx: &CheckoutContext,
    completion: &'a Completion,
    snapshot: &CartSnapshot,
    shop: &Shop,
    reserved_until: DateTime<chrono::Utc>,
) -> Result<(NewOrder, Option<&'a PaymentChoice>), Failure<CheckoutRefusal>> {
    let mut refusals = problems_of(snapshot);
    let cart = &snapshot.cart;
    let account_email = completion.customer.as_ref().map(|(_, email)| email.as_str());
    let email = validate::email([completion.email.as_deref(), cart.email.as_deref(), account_email]);
    let email = email.map_err(|refusal| refusals.push(refusal)).unwrap_or_default();
    let selected = || snapshot.selected_address().map(|row| row.address.clone());
    let shipping_address = completion.shipping_address.clone().or_else(selected);
    let way = Way::of(snapshot);
    let sent = way == Way::Sent;
    if sent && shipping_address.is_none() {
        refusals.push(CheckoutRefusal::AddressRequired);
    }
    // A cart that is not sent anywhere may hold an address that is not complete.
    if sent || completion.shipping_address.is_some() {
        refusals.extend(validate::address(AddressKind::Shipping, shipping_address.as_ref()));
    }
    refusals.extend(validate::address(AddressKind::Billing, completion.billing_address.as_ref()));
    let undelivered = delivery::refusals(completion, snapshot, shop, shipping_address.as_ref().filter(|_| sent));
    // A total without delivery would mislead.
    let total_is_known = undelivered.is_empty();
    refusals.extend(undelivered);
    let (total, due) = (snapshot.quote.total(), snapshot.quote.due());
    let choice = completion.payment.as_ref().filter(|_| due.minor > 0);
    match &completion.payment {
        Some(choice) => {
            let is_customer = completion.customer.is_some() || cart.account_id.is_some();
            refusals.extend(validate::payment(ctx, choice, is_customer));
            // While the total is not whole, it says nothing yet of what the gateway would be asked for.
            refusals.extend(total_is_known.then(|| validate::amount(ctx, &choice.gateway, due)).flatten());
        }
        None if due.minor > 0 => {
            refusals.push(CheckoutRefusal::PaymentInput { field: "token", why: "is needed: something is owed" });
        }
        None => {}
    }
    if total_is_known && completion.expected_total.is_some_and(|expected| expected != total) {
        refusals.push(CheckoutRefusal::TotalChanged { total });
    }
    if completion.expected_due.is_some_and(|expected| expected != due) {
        refusals.push(CheckoutRefusal::DueChanged { due });
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let new = NewOrder {
        account_id: completion.customer.as_ref().map(|(id, _)| *id).or(cart.account_id),
        cart_id: cart.id,
        email,
        phone: cart.phone.clone(),
        totals: Totals::of(&snapshot.quote),
        billing_address: completion.billing_address.clone().or_else(|| shipping_address.clone()),
        // What is collected is sent nowhere.
        shipping_address: shipping_address.filter(|_| way != Way::Collected),
        deliveries: None,
        note: cart.note.clone(),
        attributes: cart.attributes.clone(),
        reserved_until,
    };
    Ok((new, choice))
}

fn problems_of(snapshot: &CartSnapshot) -> Vec<CheckoutRefusal> {
    let problem = |problem: &cart::Problem| {
        let line = match problem.target {
            Target::Line(line) => Some(line),
            Target::Cart(_) | Target::Variant(_) | Target::Address(_) => None,
        };
        let title = problem.title.clone().unwrap_or_else(|| "An item".to_owned());
        Some(match (problem.kind, line) {
            (ProblemKind::Empty, _) => CheckoutRefusal::CartEmpty,
            (ProblemKind::CodeUsedUp { by_customer }, _) => {
                CheckoutRefusal::DiscountUsedUp { name: format!("code {title}"), by_customer }
            }
            (ProblemKind::OutOfStock, Some(line)) => {
                CheckoutRefusal::InsufficientStock { line, title, available: Some(0) }
            }
            (ProblemKind::NotEnoughStock, Some(line)) => {
                CheckoutRefusal::InsufficientStock { line, title, available: None }
            }
            (ProblemKind::OutOfStock | ProblemKind::NotEnoughStock, None) | (ProblemKind::NotAvailable, _) => {
                CheckoutRefusal::NotAvailable { line, title }
            }
            // Told beside what was given and what can be chosen: `delivery::refusals`.
            (
                ProblemKind::CountryNotServed
                | ProblemKind::NotDelivered
                | ProblemKind::NoDeliveryRate
                | ProblemKind::DeliveryOptionRequired
                | ProblemKind::DeliveryOptionGone
                | ProblemKind::DeliveryOptionNotForAddress
                | ProblemKind::DeliveryOptionNotForWeight
                | ProblemKind::DeliveryOptionNotForPrice
                | ProblemKind::DeliveryOptionNotInCurrency,
                _,
            ) => return None,
        })
    };
    snapshot.problems.iter().filter_map(problem).collect()
}

/// The shortages in the words of the cart. The order has the cart's lines in their order.
fn shortages_of(snapshot: &CartSnapshot, line_ids: &[OrderLineId], shortages: &[Shortage]) -> Vec<CheckoutRefusal> {
    let refuse = |(line, id): (&SnapshotLine, &OrderLineId)| {
        let shortage = shortages.iter().find(|shortage| shortage.order_line_id == *id)?;
        Some(CheckoutRefusal::InsufficientStock {
            line: line.line.id,
            title: line.sellable.product_title.clone(),
            available: Some(shortage.available),
        })
    };
    snapshot.lines.iter().zip(line_ids).filter_map(refuse).collect()
}

/// The order's lines, a snapshot of what is bought, and the stock that they need.
fn order_lines(
    ctx: &CheckoutContext,
    order: &Order,
    snapshot: &CartSnapshot,
) -> (Vec<order_line::ActiveModel>, Vec<Hold>) {
    let mut lines = Vec::new();
    let mut holds = Vec::new();
    let quoted = snapshot.quote.engine().lines.iter();
    for (place, (line, quoted)) in snapshot.lines.iter().zip(quoted).enumerate() {
        let id = ctx.sources.id();
        let sold = &line.sellable;
        let quantity = i64::from(line.line.quantity);
        if sold.tracked {
            let beyond_stock = sold.continue_selling;
            holds.push(Hold { order_line_id: id, variant_id: sold.variant_id, quantity, beyond_stock });
        }
        let position = i32::try_from(place).unwrap_or(i32::MAX - 1) + 1;
        let place = sold_line::Place { id, order_id: order.id, position };
        let attributes = line.line.attributes.clone();
        lines.push(sold_line::sold_line(place, sold, attributes, quoted, LineStatus::Pending));
    }
    (lines, holds)
}

/// A hash of what the client asked for, without its key.
fn hash(completion: &Completion) -> String {
    let payment = completion.payment.as_ref();
    let request = json!([
        completion.access.cart_id(),
        completion.email,
        completion.shipping_address,
        completion.billing_address,
        completion.delivery_option,
        payment.map(|choice| (
            &choice.gateway,
            &choice.token,
            &choice.return_url,
            choice.save,
            format!("{:?}", choice.capture_method)
        )),
        completion.expected_total,
        completion.expected_due,
    ]);
    super::charge::hexadecimal(&Sha256::digest(request.to_string().as_bytes()))
}
