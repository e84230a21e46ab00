//! The load: getting ready, then shoppers, staff and watchers until the time is over.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Context;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    bank::Bank,
    client::{Call, Caller, Client},
    documents,
    journal::Journal,
    random::Random,
    rules::{self, Rules},
    shopper::Journey,
    staff,
    watcher::Watcher,
    world::World,
};

/// How many of the staff work at once: they meet over the same orders.
const STAFF: usize = 3;

/// A product of the shop.
#[derive(Clone, Debug)]
pub struct Product {
    pub id: String,
    pub variants: Vec<String>,
}

/// What everybody knows of the shop.
#[derive(Clone, Debug)]
pub struct Shop {
    pub seed: u64,
    pub bank: Bank,
    /// The folder of the shop's mails.
    pub mails: PathBuf,
    pub products: Vec<Product>,
    /// Variants that never sell out.
    pub plentiful: Vec<String>,
    /// Variants that do.
    pub scarce: Vec<String>,
    /// The staff's access token.
    pub staff: String,
    /// Discounts, gift cards, price lists.
    pub rules: Rules,
    /// Orders that shoppers come back to, each with who may see it.
    orders: Arc<Mutex<Vec<(Value, Caller)>>>,
    /// Whether the load is over.
    closing: Arc<AtomicBool>,
    /// Who watched single orders.
    watchers: Arc<Mutex<Vec<Watcher>>>,
}

impl Shop {
    /// Ends the load: what is under way is answered, and nothing new is begun.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// Whether the load is over.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// Somebody will come back to this order.
    pub fn remember(&self, order: &Value, caller: &Caller) {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).push((order.clone(), caller.clone()));
    }

    /// One of the orders that somebody comes back to.
    pub fn remembered(&self, random: &mut Random) -> Option<(Value, Caller)> {
        random.pick(&self.orders.lock().unwrap_or_else(PoisonError::into_inner)).cloned()
    }

    /// Adds a watcher of an order.
    pub fn watches(&self, watcher: Watcher) {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner).push(watcher);
    }

    /// Everybody who watched an order.
    pub fn watched(&self) -> Vec<Watcher> {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Signs in and looks at the shelves, before anything is broken.
pub async fn prepare(client: &Client, world: &World, seed: u64) -> anyhow::Result<Shop> {
    let input = json!({ "input": { "email": staff::EMAIL, "password": staff::PASSWORD } });
    let call = plain("staffAccessTokenCreate", documents::STAFF_SIGN_IN, input);
    let signed_in = client.send(&call, 0).await.context("nobody answers")?;
    let token = signed_in.payload()["staffAccessToken"]["accessToken"].as_str();
    let staff = token.with_context(|| format!("staff cannot sign in: {}", signed_in.raw))?.to_owned();
    let (plenty, scarce) = (shelf(client, "tag:plenty").await?, shelf(client, "tag:scarce").await?);
    let rules = rules::write(client, &staff, &plenty).await?;
    let variants = |products: &[Product]| products.iter().flat_map(|product| product.variants.clone()).collect();
    let shop = Shop {
        seed,
        bank: world.bank.clone(),
        mails: world.mails(),
        plentiful: variants(&plenty),
        scarce: variants(&scarce),
        products: plenty,
        staff,
        rules,
        orders: Arc::default(),
        closing: Arc::default(),
        watchers: Arc::default(),
    };
    anyhow::ensure!(!shop.plentiful.is_empty() && !shop.scarce.is_empty(), "the shelves are empty");
    let mut probe = plain("cartCreate", &documents::cart_create(), json!({ "input": {} }));
    probe.key = Some(format!("{seed:x}-probe"));
    let (one, two) = (client.send(&probe, 0).await, client.send(&probe, 1).await);
    // Half of what is checked stands on it.
    let kept = one.zip(two).is_some_and(|(one, two)| one.raw == two.raw);
    anyhow::ensure!(kept, "a repeated request does not get the answer of the first");
    Ok(shop)
}

fn plain(kind: &'static str, document: &str, variables: Value) -> Call {
    let caller = Caller::default();
    Call { operation: format!("prepare {kind}"), kind, document: document.to_owned(), variables, key: None, caller }
}

async fn shelf(client: &Client, query: &str) -> anyhow::Result<Vec<Product>> {
    let call = plain("products", documents::PRODUCTS, json!({ "query": query, "first": 50 }));
    let answer = client.send(&call, 0).await.context("nobody answers")?;
    let text = |value: &Value| value["id"].as_str().unwrap_or_default().to_owned();
    let nodes = answer.payload()["nodes"].as_array().cloned().unwrap_or_default();
    let product = |node: &Value| {
        let variants = node["variants"]["nodes"].as_array().map(|list| list.iter().map(text).collect());
        Product { id: text(node), variants: variants.unwrap_or_default() }
    };
    Ok(nodes.iter().map(product).collect())
}

/// A customer's sign-in, by registration.
pub async fn register(client: &Client, seed: u64, number: usize) -> anyhow::Result<Caller> {
    let (email, password) = (format!("customer-{number}@example.com"), "three small elephants");
    let input = json!({ "input": { "email": email, "password": password } });
    let mut call = plain("customerCreate", documents::REGISTER, input.clone());
    call.key = Some(format!("{seed:x}-register-{number}"));
    client.send(&call, number).await.context("nobody answers")?;
    let call = plain("customerAccessTokenCreate", documents::SIGN_IN, input);
    let answer = client.send(&call, number).await.context("nobody answers")?;
    let token = answer.payload()["customerAccessToken"]["accessToken"].as_str();
    let token = token.with_context(|| format!("a customer cannot sign in: {}", answer.raw))?;
    Ok(Caller { bearer: Some(token.to_owned()), order_token: None })
}

/// Lets so many shoppers and the staff begin. Each sends nothing more when the shop closes.
pub async fn begin(
    client: &Client,
    journal: &Arc<Journal>,
    shop: &Arc<Shop>,
    shoppers: usize,
) -> anyhow::Result<JoinSet<()>> {
    let mut running = JoinSet::new();
    for number in 0..shoppers {
        // Every third has an account.
        let caller = if number % 3 == 2 { register(client, shop.seed, number).await? } else { Caller::default() };
        let (client, journal, shop) = (client.clone(), Arc::clone(journal), Arc::clone(shop));
        running.spawn(async move {
            let mut journeys = 0;
            while !shop.is_closing() {
                journeys += 1;
                let name = format!("shopper-{number}-{journeys}");
                let mut journey = Journey::new(&client, &journal, &shop, name, caller.clone());
                let pause = journey.random.between(0, 150);
                if journey.walk().await.is_none() {
                    journal.count("journeys cut short");
                }
                journal.count("journeys");
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
        });
    }
    for number in 0..STAFF {
        let (client, journal, shop) = (client.clone(), Arc::clone(journal), Arc::clone(shop));
        running.spawn(async move {
            let mut deeds = 0;
            while !shop.is_closing() {
                deeds += 1;
                staff::deed(&client, &journal, &shop, format!("staff-{number}-{deeds}")).await;
            }
        });
    }
    Ok(running)
}
