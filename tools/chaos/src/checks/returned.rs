//! Money that came and could place no order: it went back in time, and its shopper was told.

use std::{collections::BTreeMap, path::Path, time::Duration};

use super::Checked;
use crate::{bank::Booked, mails, services::Postgres};

/// How long it may take from the charge until the money is back and the shopper is told.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// How long that took at most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Returned {
    /// Payments that went back.
    pub payments: usize,
    /// The longest time from a charge to its refund.
    pub back: Duration,
    /// The longest time from a charge to the mail that tells.
    pub told: Duration,
}

/// The refunds of payments that could place no order, each with its mail. A payment is made a moment before it is charged, so
/// counting from there is never too short.
const REFUNDS: &str = "SELECT r.id::text AS id, p.id::text AS payment, r.status, n.id::text AS mail, n.state AS mail_state, \
    (1000 * EXTRACT(EPOCH FROM (SELECT max(t.created_at) FROM ledger_transaction t WHERE t.refund_id = r.id) - \
    p.created_at))::bigint AS back_ms, (1000 * EXTRACT(EPOCH FROM n.finished_at - p.created_at))::bigint AS told_ms FROM refund r \
    JOIN payment p ON p.id = r.payment_id LEFT JOIN notification n ON n.subject_id = r.id AND n.kind = 'PAYMENT_RETURNED' WHERE \
    r.reason_key = 'reversal'";

/// Looks at all of them; `folder` is the one into which the shop sends.
pub fn check(postgres: &Postgres, book: &[Booked], folder: &Path) -> anyhow::Result<(Vec<Checked>, Returned)> {
    let sent = mails::names(folder)?;
    let refunded: BTreeMap<&str, bool> =
        book.iter().map(|booked| (booked.payment.as_str(), booked.refunded >= booked.captured)).collect();
    let (mut late, mut untold, mut most) = (Vec::new(), Vec::new(), Returned::default());
    for row in postgres.query(REFUNDS)? {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let time = |name: &str| row[name].as_u64().map(Duration::from_millis);
        most.payments += 1;
        let back = time("back_ms").filter(|_| text("status") == "SUCCEEDED");
        let at_the_bank = refunded.get(text("payment").as_str()).copied().unwrap_or(false);
        match back.filter(|back| at_the_bank && *back <= LIMIT) {
            Some(back) => most.back = most.back.max(back),
            None => late.push(format!("refund {} {} {:?}", text("id"), text("status"), time("back_ms"))),
        }
        let lies_there = sent.iter().filter(|name| name.contains(&text("mail"))).count() == 1;
        let told = time("told_ms").filter(|_| text("mail_state") == "SENT" && lies_there);
        match told.filter(|told| *told <= LIMIT) {
            Some(told) => most.told = most.told.max(told),
            None => untold.push(format!("refund {} mail {} {}", text("id"), text("mail"), text("mail_state"))),
        }
    }
    let back = "money that could place no order is back within 15 minutes";
    let told = "who got such money back was told within 15 minutes, once";
    Ok((vec![Checked::new(back, most.payments, late), Checked::new(told, most.payments, untold)], most))
}
