//! Reconciliation: every payment of the last days in gateways' books against our ledger. What a message would have healed is healed
//! by the same `settle`; what stays different is shown to staff.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use entity::{
    ids::PaymentId,
    money::Money,
    payment::{payment::PaymentStatus, refund::RefundStatus},
};

use super::{CheckoutContext, charge, settle};
use crate::{
    domain::{
        ledger::{self, Sums},
        payment::{self, Gateway, GatewayState, GatewayStatus, Payment, Step},
        shared::Error,
    },
    platform::tx,
};

/// How far back the books are compared.
const BACK: TimeDelta = TimeDelta::days(30);
/// What is younger is still on its way through request, message and jobs.
const SETTLED_AFTER: TimeDelta = TimeDelta::seconds(60);
/// Pages of a gateway's book in one round; a hundred payments each.
const MOST_PAGES: usize = 2_000;

/// Compares every gateway's book of the last 30 days with ours; returns how many payments it healed or reported.
///
/// # Errors
/// The database's. A gateway that does not answer is compared in the next round.
pub async fn reconcile(ctx: &CheckoutContext) -> Result<usize, Error> {
    let mut found = 0;
    for (name, gateway) in ctx.gateways.all() {
        found += reconcile_with(ctx, name, gateway.as_ref()).await?;
    }
    Ok(found)
}

async fn reconcile_with(ctx: &CheckoutContext, name: &'static str, gateway: &dyn Gateway) -> Result<usize, Error> {
    let from = ctx.sources.now() - BACK;
    let known = payment::open_differences(ctx.database.reader(), u64::from(u32::MAX)).await?;
    let mut open: HashSet<String> =
        known.into_iter().filter(|row| row.gateway == name).map(|row| row.provider_reference).collect();
    let (mut found, mut seen, mut after) = (0, HashSet::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let page = match charge::limited(ctx, gateway.made_since(from, after.as_deref())).await {
            Ok(page) => page,
            Err(error) => {
                tracing::warn!(gateway = name, error = %error, "a gateway's book could not be read; the next round does");
                return Ok(found);
            }
        };
        let ids: Vec<PaymentId> = page.states.iter().filter_map(|state| state.payment_id).collect();
        let ours = payment::payments_by_id(ctx.database.reader(), &ids).await?;
        let sums = ledger::sums_of_payments(ctx.database.reader(), &ids).await?;
        let ours: HashMap<PaymentId, Payment> = ours.into_iter().map(|row| (row.id, row)).collect();
        for state in &page.states {
            seen.insert(state.reference.clone());
            let row = state.payment_id.and_then(|id| ours.get(&id)).filter(|row| row.gateway == name);
            let ours = row.map(|row| (row, sums.get(&row.id).copied().unwrap_or_default()));
            let compared = compare(ctx, name, gateway, ours, state).await;
            match compared {
                Ok(Compared::Equal) if !open.remove(&state.reference) => {}
                Ok(Compared::Equal) => resolve(ctx, name, &state.reference).await?,
                Ok(Compared::Healed | Compared::Differs) => found += 1,
                Err(error) => {
                    tracing::error!(reference = state.reference, error = %error, "not compared; the others are")
                }
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(found + missing(ctx, name, &seen).await?);
        }
    }
    tracing::error!(gateway = name, "the gateway's book of 30 days is longer than one round reads");
    Ok(found)
}

enum Compared {
    Equal,
    Healed,
    Differs,
}

async fn compare(
    ctx: &CheckoutContext,
    name: &str,
    gateway: &dyn Gateway,
    ours: Option<(&Payment, Sums)>,
    state: &GatewayState,
) -> Result<Compared, Error> {
    let Some((row, sums)) = ours else {
        let amount = if state.captured.minor > 0 { state.captured } else { state.authorized };
        if amount.minor <= state.refunded.minor {
            return Ok(Compared::Equal);
        }
        let detail = format!("{} at the gateway for a payment that this shop does not know", amount.in_words());
        return report(ctx, name, state, None, &detail).await;
    };
    if disagreement(row, sums, state).is_none() || row.updated_at + SETTLED_AFTER > ctx.sources.now() {
        return Ok(Compared::Equal);
    }
    // The list may be older than what happened since: the gateway is asked again, and so are the books.
    let fetched = charge::limited(ctx, gateway.fetch(&state.reference)).await;
    let Some(state) = fetched.map_err(|error| Error::fault(error.to_string()))? else { return Ok(Compared::Equal) };
    settle::settle(ctx, row.id, &state).await?;
    let db = ctx.database.reader();
    let Some(now) = payment::payment(db, row.id).await? else { return Ok(Compared::Equal) };
    let sums = ledger::sums_of_payments(db, &[now.id]).await?.remove(&now.id).unwrap_or_default();
    let refunds = payment::refunds_of(db, &[now.order_id]).await?;
    let on_its_way = now.reversal_due
        || refunds.iter().any(|refund| refund.payment_id == now.id && refund.status == RefundStatus::Pending);
    match disagreement(&now, sums, &state) {
        None if now.version == row.version => Ok(Compared::Equal),
        None => Ok(Compared::Healed),
        Some(_) if on_its_way => Ok(Compared::Healed),
        Some(detail) => report(ctx, name, &state, Some(now.id), &detail).await,
    }
}

/// What a gateway's book says otherwise than our ledger.
fn disagreement(row: &Payment, sums: Sums, state: &GatewayState) -> Option<String> {
    let says = |what: &str, theirs: Money, ours: i64| {
        let ours = Money::new(ours, row.currency);
        (theirs != ours)
            .then(|| format!("{what}: the gateway says {}, our books {}", theirs.in_words(), ours.in_words()))
    };
    let pending_step = !matches!(payment::step(row.status, state.status), Step::Stay | Step::Compare);
    match state.status {
        _ if pending_step && !gone_back(row, state) => {
            Some(format!("the gateway says {:?}, our books {:?}", state.status, row.status))
        }
        GatewayStatus::Captured => {
            // Money of an attempt that placed no order was never in our books; it only has to be back.
            let lost = matches!(row.status, PaymentStatus::Failed | PaymentStatus::Voided);
            let refunded = if lost { state.refunded.minor } else { sums.refunded };
            says("taken", state.captured, if lost { state.refunded.minor } else { sums.captured })
                .or_else(|| says("given back", state.refunded, refunded))
        }
        GatewayStatus::Authorized => says("held", state.authorized, sums.held),
        GatewayStatus::Processing | GatewayStatus::RequiresAction | GatewayStatus::Failed | GatewayStatus::Voided => {
            let ours = matches!(row.status, PaymentStatus::Captured | PaymentStatus::Refunded);
            ours.then(|| format!("the gateway says {:?}, our books {:?}", state.status, row.status))
        }
    }
}

/// Whether money that came for an attempt that was given up is back already.
fn gone_back(row: &Payment, state: &GatewayState) -> bool {
    let given_up = matches!(row.status, PaymentStatus::Failed | PaymentStatus::Voided);
    given_up && state.status == GatewayStatus::Captured && state.refunded == state.captured
}

/// Payments of our books that the gateway's book does not have.
async fn missing(ctx: &CheckoutContext, name: &str, seen: &HashSet<String>) -> Result<usize, Error> {
    let now = ctx.sources.now();
    let (from, to) = (now - BACK + SETTLED_AFTER, now - SETTLED_AFTER);
    let ours = payment::references_between(ctx.database.reader(), name, from, to).await?;
    let mut found = 0;
    for (id, reference) in ours.into_iter().filter(|(_, reference)| !seen.contains(reference)) {
        let tx = tx::begin(&ctx.database).await?;
        let detail = "our books have it, the gateway's do not";
        payment::record_difference(&tx, &ctx.sources, name, &reference, Some(id), detail).await?;
        tx.commit().await?;
        found += 1;
    }
    Ok(found)
}

async fn report(
    ctx: &CheckoutContext,
    name: &str,
    state: &GatewayState,
    id: Option<PaymentId>,
    detail: &str,
) -> Result<Compared, Error> {
    tracing::error!(gateway = name, reference = state.reference, detail, "a gateway's book differs from ours");
    let tx = tx::begin(&ctx.database).await?;
    payment::record_difference(&tx, &ctx.sources, name, &state.reference, id, detail).await?;
    tx.commit().await?;
    Ok(Compared::Differs)
}

async fn resolve(ctx: &CheckoutContext, name: &str, reference: &str) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    payment::resolve_difference(&tx, &ctx.sources, name, reference).await?;
    Ok(tx.commit().await?)
}
