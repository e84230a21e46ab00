//! The ledger of an order: every fact about its money in double entry, equal to the gateways' books.

mod access;
mod books;
mod migrating;
mod stories;

use cartwright::audit::{self, Audit};
use serde_json::{Value, json};

use crate::{
    make::checkout::Bought,
    support::{Caller, TestShop},
};

pub const LEDGER: &str = "query($id: ID!) { order(id: $id) { ledger { balances { account amount { amount } } \
     entries(first: 250) { nodes { account amount { amount currencyCode } \
     transaction { id kind paymentId refundId createdAt } } } } } }";

impl Bought {
    /// The facts of the ledger, each with its entries: `CAPTURE: GATEWAY 5.0, RECEIVABLE -5.0, …`.
    pub async fn facts(&self, shop: &TestShop, staff: &Caller) -> Vec<String> {
        let ledger = shop.ask(staff, LEDGER, json!({ "id": self.id })).await.at("/order/ledger");
        let mut facts: Vec<(Value, String)> = Vec::new();
        for entry in ledger["entries"]["nodes"].as_array().expect("entries") {
            let (fact, text) = (&entry["transaction"], |value: &Value| value.as_str().unwrap_or("?").to_owned());
            let words = format!("{} {}", text(&entry["account"]), text(&entry["amount"]["amount"]));
            match facts.last_mut() {
                Some((id, told)) if *id == fact["id"] => told.extend([", ", &words]),
                _ => facts.push((fact["id"].clone(), format!("{}: {words}", text(&fact["kind"])))),
            }
        }
        facts.into_iter().map(|(_, told)| told).collect()
    }

    /// The balances of the ledger that are not zero: `GATEWAY 5.0, SALES -5.0`.
    pub async fn balances(&self, shop: &TestShop, staff: &Caller) -> String {
        let balances = shop.ask(staff, LEDGER, json!({ "id": self.id })).await.at("/order/ledger/balances");
        let told = balances.as_array().expect("balances").iter().filter_map(|balance| {
            let amount = balance["amount"]["amount"].as_str()?;
            (amount != "0.0").then(|| format!("{} {amount}", balance["account"].as_str().unwrap_or("?")))
        });
        told.collect::<Vec<_>>().join(", ")
    }
}

/// The invariants of money that do not hold. Stock that builders made has no movements, and nobody publishes here.
pub async fn broken(shop: &TestShop) -> Vec<&'static str> {
    let report = audit::audit(&shop.app.database, &Audit::default(), shop.app.sources.now()).await.expect("an audit");
    let mut broken = report.broken();
    broken.retain(|id| !["I18", "I19", "I32"].contains(id));
    broken
}
