//! A shopper: one journey after the other, each with choices that come from the seed.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    client::{Answer, Call, Caller, Client},
    documents,
    journal::Journal,
    load::Shop,
    random::Random,
};

/// What a shopper has at hand on one journey.
pub struct Journey<'a> {
    pub client: &'a Client,
    pub journal: &'a Arc<Journal>,
    pub shop: &'a Shop,
    pub random: Random,
    pub name: String,
    pub caller: Caller,
    /// Whether its goods go to the other country.
    pub abroad: bool,
    calls: u32,
}

impl<'a> Journey<'a> {
    /// A journey of this name: its choices are those of the seed and the name.
    pub fn new(client: &'a Client, journal: &'a Arc<Journal>, shop: &'a Shop, name: String, caller: Caller) -> Self {
        let mut random = Random::new(shop.seed, &name);
        let abroad = random.percent(20);
        Self { client, journal, shop, random, name, caller, abroad, calls: 0 }
    }

    /// A call with a key of its own (mutations) or none (queries).
    pub fn call(&mut self, kind: &'static str, document: String, variables: Value) -> Call {
        self.calls += 1;
        let operation = format!("{}.{}", self.name, self.calls);
        let key = document.starts_with("mutation").then(|| format!("{:x}-{operation}", self.shop.seed));
        Call { operation, kind, document, variables, key, caller: self.caller.clone() }
    }

    /// `None` once the shop closes: who is on a journey goes home.
    pub fn goes_on(&self) -> Option<()> {
        (!self.shop.is_closing()).then_some(())
    }

    /// Sends a call through a door of the shopper's choice.
    pub async fn send(&mut self, kind: &'static str, document: String, variables: Value) -> Option<Answer> {
        self.goes_on()?;
        let call = self.call(kind, document, variables);
        let door = self.random.below(2);
        self.client.send(&call, door).await
    }

    /// From the shelf to the order.
    pub async fn walk(&mut self) -> Option<()> {
        if self.random.percent(30) {
            self.look_back().await?;
        }
        self.browse().await?;
        let cart = self.fill_cart().await?;
        if self.random.percent(12) {
            self.journal.count("carts left behind");
            return Some(());
        }
        self.check_out(cart).await
    }

    async fn browse(&mut self) -> Option<()> {
        for _ in 0..self.random.between(1, 3) {
            let product = self.random.pick(&self.shop.products).map(|product| product.id.clone())?;
            match self.random.below(3) {
                0 => self.send("products", documents::PRODUCTS.to_owned(), json!({ "first": 10 })).await?,
                1 => self.send("search", documents::SEARCH.to_owned(), json!({ "query": "plenty" })).await?,
                _ => self.send("product", documents::PRODUCT.to_owned(), json!({ "id": product })).await?,
            };
        }
        Some(())
    }

    fn line(&mut self) -> Option<Value> {
        if self.random.percent(6) {
            let voucher = self.random.pick(&self.shop.rules.vouchers)?.clone();
            return Some(json!({ "merchandiseId": voucher, "quantity": self.random.between(1, 2) }));
        }
        // Four in ten want what there is too little of.
        let shelf = if self.random.percent(40) { &self.shop.scarce } else { &self.shop.plentiful };
        let variant = self.random.pick(shelf)?.clone();
        Some(json!({ "merchandiseId": variant, "quantity": self.random.between(1, 3) }))
    }

    /// A cart after some changes, as its last answer told it.
    async fn fill_cart(&mut self) -> Option<Value> {
        let line = self.line()?;
        let made = self.send("cartCreate", documents::cart_create(), json!({ "input": { "lines": [line] } })).await?;
        let mut cart = self.bargain(made.payload()["cart"].clone()).await?;
        for _ in 0..self.random.below(4) {
            cart = self.change_cart(&cart).await?;
        }
        if self.random.percent(25) {
            cart = self.change_at_once(&cart).await?;
        }
        // What was acknowledged by one process is there for the other.
        let id = cart["id"].clone();
        let read = self.send("cart", documents::cart_read(), json!({ "id": id })).await?;
        let (told, found) = (cart["version"].as_i64()?, read.payload()["version"].as_i64());
        if found.is_none_or(|found| found < told) {
            let how = format!("{}: version {told} was told, {found:?} was read", self.name);
            self.journal.broke("a change of a cart that was answered is there", how);
        }
        Some(read.payload().clone())
    }

    pub async fn change_cart(&mut self, cart: &Value) -> Option<Value> {
        let id = cart["id"].clone();
        let lines = cart["lines"]["nodes"].as_array().cloned().unwrap_or_default();
        let some = self.random.pick(&lines).map(|line| line["id"].clone());
        let answer = match (self.random.below(4), some) {
            (0, Some(line)) => {
                let quantity = self.random.between(0, 3);
                let variables = json!({ "cartId": id, "lines": [{ "id": line, "quantity": quantity }] });
                self.send("cartLinesUpdate", documents::cart_lines_update(), variables).await?
            }
            (1, Some(line)) if lines.len() > 1 => {
                let variables = json!({ "cartId": id, "lineIds": [line] });
                self.send("cartLinesRemove", documents::cart_lines_remove(), variables).await?
            }
            _ => {
                let line = self.line()?;
                let variables = json!({ "cartId": id, "lines": [line] });
                self.send("cartLinesAdd", documents::cart_lines_add(), variables).await?
            }
        };
        let changed = answer.payload()["cart"].clone();
        // A line that a lost first answer had removed already is refused; the cart goes on as it was.
        Some(if changed.is_null() { cart.clone() } else { changed })
    }

    /// Two tabs that add at the same moment: both additions are there afterwards.
    async fn change_at_once(&mut self, cart: &Value) -> Option<Value> {
        let id = cart["id"].clone();
        let read = self.send("cart", documents::cart_read(), json!({ "id": id })).await?;
        let before = read.payload()["totalQuantity"].as_i64()?;
        let variant = self.random.pick(&self.shop.plentiful)?.clone();
        let add = json!({ "cartId": id, "lines": [{ "merchandiseId": variant, "quantity": 1 }] });
        let one = self.call("cartLinesAdd", documents::cart_lines_add(), add.clone());
        let two = self.call("cartLinesAdd", documents::cart_lines_add(), add);
        let (one, two) = tokio::join!(self.client.send(&one, 0), self.client.send(&two, 1));
        let (one, two) = (one?, two?);
        let read = self.send("cart", documents::cart_read(), json!({ "id": id })).await?;
        let after = read.payload()["totalQuantity"].as_i64();
        let clean = |answer: &Answer| answer.refusals().is_empty() && !answer.payload()["cart"].is_null();
        if clean(&one) && clean(&two) {
            let expected = before + 2;
            if after != Some(expected) {
                let how = format!("{}: {before} units and two additions make {after:?}", self.name);
                self.journal.broke("changes of a cart at the same moment are both kept", how);
            }
        }
        Some(read.payload().clone())
    }
}
