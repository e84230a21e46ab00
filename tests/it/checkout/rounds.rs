//! The races that are run many times and measured: `./scripts/races 50`. Each prints what it found for the README.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use futures::future::join_all;
use serde_json::{Value, json};

use super::races::{Buyers, patient};
use crate::{
    make::{cart::ADD, catalog::Made, checkout::complete_document},
    support::{Caller, on_postgres},
};

/// How often each race is run.
fn rounds() -> usize {
    let asked = std::env::var("CARTWRIGHT_TEST_RACE_ROUNDS").ok();
    asked.map_or(3, |text| text.parse().expect("CARTWRIGHT_TEST_RACE_ROUNDS is a number"))
}

/// The figures of a race.
struct Figures {
    name: &'static str,
    took: Vec<Duration>,
    sold: usize,
    refused: usize,
}

impl Figures {
    fn new(name: &'static str) -> Self {
        Self { name, took: Vec::new(), sold: 0, refused: 0 }
    }

    fn add(&mut self, began: Instant, sold: usize, refused: usize) {
        self.took.push(began.elapsed());
        self.sold += sold;
        self.refused += refused;
    }

    /// A row of the README's table.
    fn print(mut self) {
        self.took.sort();
        let median = self.took.get(self.took.len() / 2).copied().unwrap_or_default().as_secs_f64();
        let database = if on_postgres() { "PostgreSQL" } else { "SQLite" };
        let (name, rounds, sold, refused) = (self.name, self.took.len(), self.sold, self.refused);
        println!("race | {name} | {database} | {rounds} | {sold} | {refused} | {median:.2} s |");
    }
}

/// So many carts with one unit each.
async fn carts(buyers: &Buyers, made: &Made, count: usize) -> Vec<String> {
    let mut carts = Vec::with_capacity(count);
    for _ in 0..count {
        carts.push(buyers.shop.cart_with(&Caller::guest(), &[(made, 1)]).await);
    }
    carts
}

/// Races for one product after the other: `buyers` carts of one unit, `units` in stock.
async fn for_units(name: &'static str, count: usize, units: usize) {
    let buyers = Buyers::of(patient().await).await;
    let mut figures = Figures::new(name);
    for round in 0..rounds() {
        let stock = i64::try_from(units).expect("few");
        let made = buyers.shop.stocked(&format!("Scarce {round}"), 250, stock).await;
        let carts = carts(&buyers, &made, count).await;
        let (before, began) = (buyers.shop.taken().await, Instant::now());
        let (sold, refusals) = buyers.rush(carts).await;
        figures.add(began, sold, refusals.len());
        assert_eq!(sold, units, "round {round}");
        assert_eq!(refusals, vec!["INSUFFICIENT_STOCK"; count - units], "round {round}");
        assert_eq!(buyers.shop.stock_of(made.variants[0]).await, (0, 0), "round {round}");
        assert_eq!(buyers.shop.taken().await - before, stock * 250, "nobody else was charged, round {round}");
    }
    figures.print();
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_buyers_in_two_processes_get_the_last_unit_once() {
    for_units("50 buyers, the last unit", 50, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_buyers_in_two_processes_get_twenty_units() {
    for_units("200 buyers, 20 units", 200, 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_share_a_variant_share_its_stock_also_in_a_rush() {
    let buyers = Buyers::of(patient().await).await;
    let mut figures = Figures::new("12 carts of two lines of one variant, 5 units");
    for round in 0..rounds() {
        let made = buyers.shop.stocked(&format!("Shared {round}"), 100, 5).await;
        let mut carts = Vec::new();
        for _ in 0..12 {
            let line = |engraving: &str| {
                json!({ "merchandiseId": made.variant_gid(0), "quantity": 1,
                        "attributes": [{ "key": "engraving", "value": engraving }] })
            };
            let document = "mutation($input: CartInput!) { cartCreate(input: $input) { cart { id lines(first: 9) { \
                            nodes { id } } } userErrors { code } } }";
            let input = json!({ "input": { "lines": [line("A"), line("B")] } });
            let made = buyers.shop.guest(document, input).await;
            assert_eq!(made.at("/cartCreate/cart/lines/nodes").as_array().map(Vec::len), Some(2));
            carts.push(made.text("/cartCreate/cart/id"));
        }
        let began = Instant::now();
        let (sold, refusals) = buyers.rush(carts).await;
        figures.add(began, sold, refusals.len());
        assert_eq!(sold, 2, "two units each, of five, round {round}");
        assert_eq!(refusals.len(), 10, "round {round}: {refusals:?}");
        assert_eq!(buyers.shop.stock_of(made.variants[0]).await, (1, 0), "round {round}");
    }
    figures.print();
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_a_cart_in_two_processes_at_once_are_all_kept() {
    let buyers = Buyers::of(patient().await).await;
    let made = buyers.shop.stocked("Edited", 100, 1_000_000).await;
    let mut figures = Figures::new("20 additions to one cart");
    for round in 0..rounds() {
        let cart = buyers.shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
        let began = Instant::now();
        let add = |number: usize| {
            let lines = json!([{ "merchandiseId": made.variant_gid(0), "quantity": 1,
                                 "attributes": [{ "key": "place", "value": (number % 5).to_string() }] }]);
            let (buyers, variables) = (buyers.clone(), json!({ "cartId": cart, "lines": lines }));
            async move { buyers.guest(number, &ADD.document(), variables).await.done("cartLinesAdd") }
        };
        join_all((0..20).map(add)).await;
        figures.add(began, 20, 0);
        let read = buyers.shop.read_cart(&cart).await;
        assert_eq!((&read["totalQuantity"], &read["version"]), (&json!(21), &json!(21)), "round {round}");
    }
    figures.print();
}

/// Ten completions of each cart at once, by turns in two processes; returns the orders that were answered.
async fn complete_often(buyers: &Buyers, cart: &str, key: impl Fn(usize) -> String) -> BTreeSet<String> {
    let complete = |number: usize| {
        let variables = buyers.shop.complete(cart).key(&key(number)).variables();
        let buyers = buyers.clone();
        async move {
            // As every client: again, when the answer is that the first is still under way.
            for attempt in 1..=50 {
                let answer = buyers.guest(number, &complete_document(), variables.clone()).await;
                if answer.body.get("errors").is_none() {
                    return answer.text("/checkoutComplete/order/id");
                }
                tokio::time::sleep(Duration::from_millis(20 * attempt)).await;
            }
            panic!("completion {number} was never answered")
        }
    };
    join_all((0..10).map(complete)).await.into_iter().collect()
}

async fn one_order_for(name: &'static str, key: impl Fn(usize, usize) -> String) {
    let buyers = Buyers::of(patient().await).await;
    let made = buyers.shop.stocked("Once", 250, 1_000_000).await;
    let mut figures = Figures::new(name);
    for round in 0..rounds() {
        let cart = buyers.shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
        let (before, began) = (buyers.shop.taken().await, Instant::now());
        let orders = complete_often(&buyers, &cart, |number| key(round, number)).await;
        figures.add(began, orders.len(), 0);
        assert_eq!(orders.len(), 1, "round {round}: {orders:?}");
        buyers.shop.pass(30);
        buyers.shop.sweep().await;
        assert_eq!(buyers.shop.taken().await - before, 250, "charged once, round {round}");
        assert_eq!(buyers.shop.cart_status(&cart).await, Value::Null, "round {round}");
    }
    let (on_hand, reserved) = buyers.shop.stock_of(made.variants[0]).await;
    assert_eq!((1_000_000 - on_hand, reserved), (i64::try_from(rounds()).expect("few"), 0));
    figures.print();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_completed_ten_times_at_once_with_one_key_makes_one_order() {
    one_order_for("10 completions of one cart, one key", |round, _| format!("round-{round}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_completed_ten_times_at_once_with_ten_keys_makes_one_order() {
    one_order_for("10 completions of one cart, ten keys", |round, number| format!("round-{round}-{number}")).await;
}
