//! What discounts, gift cards, edits and refunds left in the books. What of them `cartwright audit` asks (I14, I15, I25 to I28,
//! I43 to I47) is not asked here again, where its graces do not hide a run that is just over.

use std::collections::BTreeMap;

use super::Checked;
use crate::{journal::Journal, services::Postgres};

/// What must be empty, and what it says. Each gives one column `wrong`.
const RULES: [(&str, &str); 6] = [
    (
        "a code with a limit is used by as many orders as it says, and no more",
        "SELECT d.title || ' ' || d.used || ' used, ' || count(q.order_id) || ' orders, limit ' || d.usage_limit AS wrong FROM \
         discount d LEFT JOIN discount_redemption r ON r.discount_id = d.id AND r.returned_at IS NULL LEFT JOIN orders q2 ON \
         q2.id = r.order_id AND q2.status <> 'CANCELED' LEFT JOIN (SELECT DISTINCT order_id FROM order_quote) q ON q.order_id = \
         q2.id WHERE d.usage_limit IS NOT NULL GROUP BY d.id, d.title, d.used, d.usage_limit HAVING count(q.order_id) > \
         d.usage_limit OR count(q.order_id) <> d.used",
    ),
    (
        "no order has a discount without a use of it",
        "SELECT o.id::text || ' ' || (a ->> 'title') AS wrong FROM orders o JOIN order_quote q ON q.order_id = o.id CROSS JOIN \
         LATERAL jsonb_array_elements(q.quote -> 'discounts') a JOIN discount d ON d.title = a ->> 'title' WHERE o.status <> \
         'CANCELED' AND (a ->> 'amount')::bigint > 0 AND NOT EXISTS (SELECT 1 FROM discount_redemption r WHERE r.order_id = \
         o.id AND r.discount_id = d.id AND r.returned_at IS NULL)",
    ),
    (
        "nobody uses a code more often than one may",
        "SELECT d.title || ' ' || who || ' ' || n AS wrong FROM discount d JOIN (SELECT r.discount_id, \
         COALESCE(o.account_id::text, lower(o.email)) AS who, count(*) AS n FROM discount_redemption r JOIN orders o ON o.id = \
         r.order_id WHERE o.status <> 'CANCELED' AND r.returned_at IS NULL GROUP BY 1, 2) u ON u.discount_id = d.id WHERE u.n > \
         d.limit_per_customer",
    ),
    (
        "what a gift card gave is what orders took of it",
        "SELECT c.last_characters || ' ' || c.initial_minor || ' - ' || c.balance_minor AS wrong FROM gift_card c WHERE \
         c.balance_minor < 0 OR c.initial_minor - c.balance_minor <> COALESCE((SELECT -sum(e.amount_minor) FROM \
         gift_card_entry e LEFT JOIN orders o ON o.id = e.order_id WHERE e.gift_card_id = c.id AND (e.kind IN ('DEBITED', \
         'CREDITED') OR (e.kind <> 'ISSUED' AND o.status <> 'CANCELED'))), 0)",
    ),
    (
        "every unit of a gift card that was paid is a card, once",
        "SELECT l.id::text || ' ' || l.quantity || ' sold, ' || (SELECT count(*) FROM gift_card c WHERE c.order_line_id = l.id) \
         || ' cards' AS wrong FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.is_gift_card AND (SELECT count(*) \
         FROM gift_card c WHERE c.order_line_id = l.id) <> CASE WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = o.id \
         AND i.kind = 'INVOICE') THEN l.quantity ELSE 0 END",
    ),
    (
        "no refund is given twice",
        "SELECT note || ' ' || count(*) AS wrong FROM order_refund GROUP BY note HAVING count(*) > 1",
    ),
];

/// Looks at the books, and at what clients were told was done.
pub fn check(postgres: &Postgres, journal: &Journal) -> anyhow::Result<Vec<Checked>> {
    let mut checks = Vec::new();
    for (name, sql) in RULES {
        let rows = postgres.query(sql)?;
        let wrong = rows.iter().map(|row| row["wrong"].as_str().unwrap_or("?").to_owned()).collect();
        checks.push(Checked::new(name, 0, wrong));
    }
    let refunds = postgres.query("SELECT order_id::text AS id, count(*) AS n FROM order_refund GROUP BY order_id")?;
    checks.push(told(
        "every refund that was made was told to who asked for it, once",
        journal.done("refundCreate"),
        &refunds,
    ));
    let edits = "SELECT order_id::text AS id, count(*) AS n FROM order_quote WHERE revision > 1 GROUP BY order_id";
    let edits = postgres.query(edits)?;
    checks.push(told("every edit that was made was told to who asked for it, once", journal.done("orderEdit"), &edits));
    checks.push(agreed(postgres, journal)?);
    Ok(checks)
}

/// As many as were told are there, by order.
fn told(name: &str, mut told: BTreeMap<String, u64>, made: &[serde_json::Value]) -> Checked {
    let (mut wrong, mut all) = (Vec::new(), 0);
    for row in made {
        let (order, made) = (row["id"].as_str().unwrap_or_default(), row["n"].as_u64().unwrap_or(0));
        let told = told.remove(order).unwrap_or(0);
        all += usize::try_from(made).unwrap_or(0);
        if told != made {
            wrong.push(format!("{order}: {told} told, {made} made"));
        }
    }
    wrong.extend(told.iter().map(|(order, told)| format!("{order}: {told} told, none made")));
    Checked::new(name, all, wrong)
}

/// The first quote of every order is the total that its shopper agreed to, whatever staff made of the order since.
fn agreed(postgres: &Postgres, journal: &Journal) -> anyhow::Result<Checked> {
    let rows = postgres.query(
        "SELECT order_id::text AS id, (quote ->> 'total')::bigint AS total FROM order_quote WHERE revision = 1",
    )?;
    let first: BTreeMap<&str, i64> =
        rows.iter().filter_map(|row| Some((row["id"].as_str()?, row["total"].as_i64()?))).collect();
    let agreements = journal.agreements();
    let wrong = agreements.iter().filter(|(order, total)| first.get(order.as_str()) != Some(total));
    let wrong = wrong.map(|(order, total)| format!("{order}: {total} agreed, {:?} quoted", first.get(order.as_str())));
    Ok(Checked::new("an order is placed for the total that was agreed to", agreements.len(), wrong.collect()))
}
