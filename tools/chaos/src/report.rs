//! What a run says at its end.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use crate::{
    checks::{Checked, returned::Returned},
    journal::Journal,
    watcher::Watcher,
    world::World,
};

/// Breaches of one check that are printed.
const MOST_PRINTED: usize = 5;

/// Everything there is to say.
pub struct Report {
    pub seed: u64,
    pub loaded: Duration,
    pub drained: Duration,
    pub performed: BTreeMap<String, u64>,
    pub checked: Vec<Checked>,
    pub returned: Returned,
    pub journal: Arc<Journal>,
    pub world: Arc<World>,
    pub watchers: Vec<Watcher>,
}

impl Report {
    /// Prints it; true: nothing broke.
    pub async fn print(&self) -> anyhow::Result<bool> {
        let counts = self.journal.counts();
        let count = |name: &str| counts.get(name).copied().unwrap_or(0);
        println!(
            "\nload            {:.0} s, then {:.1} s until nothing was under way",
            self.loaded.as_secs_f64(),
            self.drained.as_secs_f64()
        );
        println!(
            "requests        {} answered, {} repeated, slowest answer {} ms",
            count("requests"),
            count("tries again"),
            self.journal.slowest_ms()
        );
        println!(
            "                {} connections and {} replies lost",
            count("connections lost"),
            count("replies lost")
        );
        println!("journeys        {}, {} carts left behind", count("journeys"), count("carts left behind"));
        println!("orders          {}", self.orders().await?);
        println!("prices          {}", self.prices().await?);
        let changes =
            ["totals agreed to anew", "codes that were used up", "balances tried to pay", "done twice at once"];
        let changes = changes.map(|name| format!("{} {name}", count(name)));
        println!("                {}", changes.join(", "));
        println!("given back      {}", self.given_back());
        println!("faults          {}", words(&self.performed));
        if !self.journal.returns().is_empty() {
            println!("PostgreSQL back  answered from after {} s", seconds(&self.journal.returns()));
        }
        println!("webhooks        {}", words(&self.world.detour.counts()));
        println!("bank            {}", self.bank().await?);
        for place in &self.world.places {
            let server = place.server.lock().await;
            let starts = seconds(&server.starts);
            println!("server          {} kB at most, ready after {starts} s", server.most_kb);
        }
        for watcher in &self.watchers {
            let notes = watcher.notes();
            println!("watcher         {} events, {} streams broken", notes.heard.len(), notes.returns);
        }
        for prefix in ["status", "error", "refused", "did"] {
            let of_kind = counts.iter().filter_map(|(name, count)| Some((name.strip_prefix(prefix)?.trim(), *count)));
            println!("{prefix:15} {}", words(&of_kind.collect()));
        }
        Ok(self.verdict())
    }

    async fn orders(&self) -> anyhow::Result<String> {
        let sql =
            "SELECT status, count(*) AS n, count(placed_at) AS placed FROM orders GROUP BY status ORDER BY status";
        let rows = self.world.postgres.lock().await.query(sql)?;
        let number = |row: &serde_json::Value, name: &str| row[name].as_u64().unwrap_or(0);
        let (all, placed): (u64, u64) =
            rows.iter().fold((0, 0), |sums, row| (sums.0 + number(row, "n"), sums.1 + number(row, "placed")));
        let by = rows.iter().map(|row| format!("{} {}", number(row, "n"), row["status"].as_str().unwrap_or("?")));
        Ok(format!("{all} made, {placed} placed ({})", by.collect::<Vec<_>>().join(", ")))
    }

    /// What of the orders that stand the shop's rules had a part in.
    async fn prices(&self) -> anyhow::Result<String> {
        let sql = "SELECT count(*) FILTER (WHERE discount_minor > 0) AS discounted, count(*) FILTER (WHERE shipping_minor > \
                   0) AS shipped, count(*) FILTER (WHERE tax_minor > 0) AS taxed, count(*) FILTER (WHERE gift_card_minor > \
                   0) AS carded, (SELECT count(*) FROM order_refund) AS refunds, (SELECT count(*) FROM order_quote WHERE \
                   revision > 1) AS edits, (SELECT count(*) FROM payment WHERE balance_revision IS NOT NULL AND status = \
                   'CAPTURED') AS balances, (SELECT count(*) FROM gift_card WHERE order_id IS NOT NULL) AS cards FROM \
                   orders WHERE placed_at IS NOT NULL";
        let rows = self.world.postgres.lock().await.query(sql)?;
        let row = rows.into_iter().next().unwrap_or_default();
        let of = |name: &str| row[name].as_u64().unwrap_or(0);
        Ok(format!(
            "{} orders with a discount, {} with postage, {} with taxes, {} with gift cards; {} refunds, {} edits, {} balances \
             paid, {} gift cards sold",
            of("discounted"),
            of("shipped"),
            of("taxed"),
            of("carded"),
            of("refunds"),
            of("edits"),
            of("balances"),
            of("cards")
        ))
    }

    /// Promise 4 in numbers.
    fn given_back(&self) -> String {
        let Returned { payments, back, told } = self.returned;
        let (back, told) = (back.as_secs_f64(), told.as_secs_f64());
        format!(
            "{payments} payments that could place no order, at most {back:.1} s after the charge, told after {told:.1} s"
        )
    }

    async fn bank(&self) -> anyhow::Result<String> {
        let book = self.world.bank.book(&*self.world.postgres.lock().await)?;
        let charged = book.iter().filter(|booked| booked.captured > 0).count();
        let back = book.iter().filter(|booked| booked.refunded > 0).count();
        let (name, tricks) = (self.world.bank.name(), words(&self.world.bank.tricks()));
        Ok(format!("{name}: {} payments, {charged} charged, {back} given back; {tricks}", book.len()))
    }

    fn verdict(&self) -> bool {
        println!("\nchecks");
        let mut broken = 0;
        for check in &self.checked {
            let verdict = if check.broken.is_empty() { "ok    " } else { "BROKEN" };
            let of = if check.looked_at > 1 { format!(" ({})", check.looked_at) } else { String::new() };
            println!("  {verdict} {}{of}", check.name);
            for how in check.broken.iter().take(MOST_PRINTED) {
                println!("         {how}");
            }
            broken += usize::from(!check.broken.is_empty());
        }
        let all = self.checked.len();
        println!("\nchaos: seed {}: {} of {all} checks hold", self.seed, all - broken);
        broken == 0
    }
}

fn seconds(times: &[Duration]) -> String {
    times.iter().map(|time| format!("{:.1}", time.as_secs_f64())).collect::<Vec<_>>().join(" ")
}

fn words<K: std::fmt::Display>(counts: &BTreeMap<K, u64>) -> String {
    counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}
