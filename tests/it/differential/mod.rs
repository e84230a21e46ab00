//! One shop on SQLite and one on PostgreSQL live through the same operations, and every answer is the same.
//!
//! It runs in the PostgreSQL half of the test command, because it needs both. `CARTWRIGHT_TEST_SEED` chooses another
//! story, `CARTWRIGHT_TEST_OPERATIONS` another length; a failure prints the seed and the operation's number.

mod chance;
mod names;
mod operations;
mod ties;

use std::collections::BTreeMap;

use cartwright::domain::auth::Role;
use serde_json::Value;

use self::{
    chance::Chance,
    names::Names,
    operations::{Maker, Operation, Who},
    ties::Ties,
};
use crate::support::{Backend, Caller, TestShop, on_postgres};

/// A shop and what it calls things.
struct World {
    shop: TestShop,
    names: Names,
    customer: Caller,
    admin: Caller,
}

impl World {
    async fn new(backend: Backend) -> Self {
        let shop = TestShop::still_on(backend).await;
        let customer = shop.customer("shopper@example.com").await;
        let admin = shop.staff("admin@example.com", Role::Admin).await;
        Self { shop, names: Names::default(), customer, admin }
    }

    async fn play(&mut self, operation: &Operation) -> Value {
        match operation {
            Operation::Pass { seconds } => {
                self.shop.pass(*seconds);
                self.shop.sweep().await;
                Value::Null
            }
            Operation::Ask { who, token, document, variables } => {
                let caller = match who {
                    Who::Guest => &Caller::guest(),
                    Who::Customer => &self.customer,
                    Who::Admin => &self.admin,
                };
                let order_access_token = token.as_ref().map(|name| self.names.real_of(name));
                let caller = Caller { order_access_token, ..caller.clone() };
                let answer = self.shop.ask(&caller, document, self.names.real(variables)).await;
                self.names.name(&answer.body)
            }
        }
    }
}

fn setting(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is a whole number, not {text}")),
        Err(_) => default,
    }
}

#[tokio::test]
async fn both_databases_give_the_same_answers_to_the_same_operations() {
    if !on_postgres() {
        return;
    }
    let (seed, count) = (setting("CARTWRIGHT_TEST_SEED", 29), setting("CARTWRIGHT_TEST_OPERATIONS", 10_000));
    let mut one = World::new(Backend::Sqlite).await;
    let mut other = World::new(Backend::Postgres).await;
    let (mut chance, mut ties) = (Chance::new(seed), Ties::default());
    // What the operations came to, so that a story in which everything is refused does not pass for a test.
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..count {
        let mut maker = Maker { chance: chance.clone(), names: &one.names, ties: &ties };
        let operation = maker.operation();
        chance = maker.chance;
        let (here, there) = tokio::join!(one.play(&operation), other.play(&operation));
        assert!(
            here == there,
            "seed {seed}, operation {number}: {operation:#?}\nSQLite: {here:#}\nPostgreSQL: {there:#}"
        );
        ties.read(&here);
        *outcomes.entry(outcome(&operation, &here)).or_default() += 1;
    }
    println!("seed {seed}, {count} operations alike: {outcomes:#?}");
    let needed = [
        ("checkoutComplete done", 100),
        ("checkoutComplete refused", 100),
        ("cartLinesAdd done", 50),
        ("products done", 200),
        ("paymentRetry done", 5),
    ];
    for (outcome, in_ten_thousand) in needed {
        let times = u64::try_from(outcomes.get(outcome).copied().unwrap_or(0)).expect("small");
        assert!(times >= in_ten_thousand * count / 10_000, "{outcome}: only {times} of {count}");
    }
}

/// The operation's field and how it went.
fn outcome(operation: &Operation, answer: &Value) -> String {
    let Operation::Ask { document, .. } = operation else { return "time passes".to_owned() };
    let field: String = document[document.find('{').map_or(0, |at| at + 1)..]
        .trim_start()
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let refused = answer.pointer(&format!("/data/{field}/userErrors/0")).is_some();
    let how = if refused {
        "refused"
    } else if answer.get("errors").is_some() {
        "in error"
    } else {
        "done"
    };
    format!("{field} {how}")
}
