//! What is looked at when the load is over and everything works again.

pub mod answers;
pub mod audit;
pub mod bank;
pub mod books;
pub mod events;
pub mod returned;
pub mod rules;

use crate::journal::Journal;

/// The result of one check.
#[derive(Clone, Debug)]
pub struct Checked {
    pub name: String,
    /// How many things were looked at, where that can be told.
    pub looked_at: usize,
    /// What is wrong.
    pub broken: Vec<String>,
}

impl Checked {
    /// A check that looked at so many things.
    pub fn new(name: &str, looked_at: usize, broken: Vec<String>) -> Self {
        Self { name: name.to_owned(), looked_at, broken }
    }
}

/// What the clients met on the way that must never happen. Each is a check of its own, made all the time.
pub fn on_the_way(journal: &Journal) -> Vec<Checked> {
    let always = [
        "every request is answered in the end",
        "no request hangs",
        "PostgreSQL's return is noticed within five seconds",
        "no answer shows the inside",
        "an honest client makes no mistake",
        "a 503 says when to come back",
        "an honest retry is no other request",
        "a change of a cart that was answered is there",
        "changes of a cart at the same moment are both kept",
        "nobody pays another total than they agreed to",
        "one cart makes one order",
        "of edits that saw one version one is made",
        "an order that was told of stays",
        "an order never goes back",
        "no watcher hears anything twice or out of order",
        "a watcher that comes back gets no second first message",
        "a server that is told to stop stops",
    ];
    let mut broken = journal.broken();
    let mut checks: Vec<Checked> =
        always.iter().map(|name| Checked::new(name, 0, broken.remove(*name).unwrap_or_default())).collect();
    checks.extend(broken.into_iter().map(|(name, how)| Checked::new(&name, 0, how)));
    checks
}
