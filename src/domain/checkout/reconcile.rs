//! Reconciliation: every payment of the last days in gateways' books, and what differs from before, against our ledger. What a message would have healed is healed
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
        payment::{self, Difference, Gateway, GatewayState, GatewayStatus, Payment, Step},
        shared::Error,
    },
    platform::tx,
};

/// How far back the books are compared.
const BACK: TimeDelta = TimeDelta::days(30);
/// What is younger is still on its way through request, message and jobs.
const SETTLED_AFTER: TimeDelta = TimeDelta::seconds(60);
/// Differences of older payments that are looked at in one round, a call each.
const MOST_OLD: usize = 100;
/// Pages of a gateway's book in one round; a hundred payments each.
const MOST_PAGES: usize = 2_000;

/// Compares every gateway's book of the last 30 days, and of what differed before, with ours; returns how many payments it healed,
/// or found to differ that did not before: a difference that lasts is no reason to compare again at once.
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
    let mut known = payment::open_differences(ctx.database.reader(), u64::from(u32::MAX)).await?;
    known.retain(|row| row.gateway == name);
    let open: HashSet<String> = known.iter().map(|row| row.provider_reference.clone()).collect();
    let books = Books { ctx, name, gateway, open };
    let (mut found, mut seen, mut after) = (0, HashSet::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let page = match charge::limited(ctx, gateway.made_since(from, after.as_deref())).await {
            Ok(page) => page,
            Err(error) => {
                tracing::warn!(gateway = name, error = %error, "a gateway's book could not be read; the next round does");
                return Ok(found);
            }
        };
        found += books.compare_all(&page.states).await?;
        seen.extend(page.states.into_iter().map(|state| state.reference));
        after = page.next;
        if after.is_none() {
            found += books.missing(&mut seen).await?;
            known.retain(|row| !seen.contains(&row.provider_reference));
            return Ok(found + books.look_again(known).await?);
        }
    }
    tracing::error!(gateway = name, "the gateway's book of 30 days is longer than one round reads");
    Ok(found)
}

/// A gateway's book beside ours.
struct Books<'a> {
    ctx: &'a CheckoutContext,
    name: &'static str,
    gateway: &'a dyn Gateway,
    /// What differed until now, by the gateway's ids.
    open: HashSet<String>,
}

impl Books<'_> {
    /// Compares some payments; returns how many were healed, or are newly reported.
    async fn compare_all(&self, states: &[GatewayState]) -> Result<usize, Error> {
        let (ctx, name) = (self.ctx, self.name);
        let ids: Vec<PaymentId> = states.iter().filter_map(|state| state.payment_id).collect();
        let ours = payment::payments_by_id(ctx.database.reader(), &ids).await?;
        let sums = ledger::sums_of_payments(ctx.database.reader(), &ids).await?;
        let ours: HashMap<PaymentId, Payment> = ours.into_iter().map(|row| (row.id, row)).collect();
        let mut found = 0;
        for state in states {
            let row = state.payment_id.and_then(|id| ours.get(&id)).filter(|row| row.gateway == name);
            let ours = row.map(|row| (row, sums.get(&row.id).copied().unwrap_or_default()));
            match compare(ctx, name, self.gateway, ours, state).await {
                Ok(Compared::Equal) if !self.open.contains(&state.reference) => {}
                Ok(Compared::Equal) => resolve(ctx, name, &state.reference).await?,
                Ok(Compared::Healed) => found += 1,
                Ok(Compared::Differs) => found += usize::from(!self.open.contains(&state.reference)),
                Ok(Compared::OnItsWay) => {}
                Err(error) => {
                    tracing::error!(reference = state.reference, error = %error, "not compared; the others are")
                }
            }
        }
        Ok(found)
    }

    /// Compares differences of payments that are older than the list that is read, each asked for by itself: the ones first that
    /// were not seen for the longest time.
    async fn look_again(&self, mut old: Vec<Difference>) -> Result<usize, Error> {
        old.sort_by_key(|row| row.seen_at);
        let mut states = Vec::new();
        for row in old.iter().take(MOST_OLD) {
            match charge::limited(self.ctx, self.gateway.fetch(&row.provider_reference)).await {
                Ok(Some(state)) => states.push(state),
                Ok(None) => record(self.ctx, self.name, &row.provider_reference, row.payment_id, &row.detail).await?,
                Err(error) => {
                    tracing::warn!(gateway = self.name, error = %error, "an old difference was not looked at");
                    break;
                }
            }
        }
        self.compare_all(&states).await
    }

    /// Payments of our books that the gateway's book does not have; they are seen now. Returns how many of them
    /// were not known to be missing.
    async fn missing(&self, seen: &mut HashSet<String>) -> Result<usize, Error> {
        let now = self.ctx.sources.now();
        let (from, to) = (now - BACK + SETTLED_AFTER, now - SETTLED_AFTER);
        let ours = payment::references_between(self.ctx.database.reader(), self.name, from, to).await?;
        let mut found = 0;
        for (id, reference) in ours {
            if seen.contains(&reference) {
                continue;
            }
            record(self.ctx, self.name, &reference, Some(id), "our books have it, the gateway's do not").await?;
            found += usize::from(!self.open.contains(&reference));
            seen.insert(reference);
        }
        Ok(found)
    }
}

enum Compared {
    Equal,
    Healed,
    Differs,
    /// It differs, and what makes it equal is under way.
    OnItsWay,
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
        Some(_) if on_its_way => Ok(Compared::OnItsWay),
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

async fn report(
    ctx: &CheckoutContext,
    name: &str,
    state: &GatewayState,
    id: Option<PaymentId>,
    detail: &str,
) -> Result<Compared, Error> {
    tracing::error!(gateway = name, reference = state.reference, detail, "a gateway's book differs from ours");
    record(ctx, name, &state.reference, id, detail).await?;
    Ok(Compared::Differs)
}

async fn record(
    ctx: &CheckoutContext,
    name: &str,
    reference: &str,
    id: Option<PaymentId>,
    detail: &str,
) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    payment::record_difference(&tx, &ctx.sources, name, reference, id, detail).await?;
    Ok(tx.commit().await?)
}

async fn resolve(ctx: &CheckoutContext, name: &str, reference: &str) -> Result<(), Error> {
    let tx = tx::begin(&ctx.database).await?;
    payment::resolve_difference(&tx, &ctx.sources, name, reference).await?;
    Ok(tx.commit().await?)
}
