//! A shopper: one journey after the other, each with choices that come from the seed.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{
    client::{Answer, Call, Caller, Client, minor},
    documents,
    journal::Journal,
    load::Shop,
    outside,
    random::Random,
    watcher::Watcher,
};

/// What a shopper has at hand on one journey.
pub struct Journey<'a> {
    pub client: &'a Client,
    pub journal: &'a Arc<Journal>,
    pub shop: &'a Shop,
    pub random: Random,
    pub name: String,
    pub caller: Caller,
    calls: u32,
}

impl<'a> Journey<'a> {
    /// A journey of this name: its choices are those of the seed and the name.
    pub fn new(client: &'a Client, journal: &'a Arc<Journal>, shop: &'a Shop, name: String, caller: Caller) -> Self {
        let random = Random::new(shop.seed, &name);
        Self { client, journal, shop, random, name, caller, calls: 0 }
    }

    /// A call with a key of its own (mutations) or none (queries).
    pub fn call(&mut self, kind: &'static str, document: String, variables: Value) -> Call {
        self.calls += 1;
        let operation = format!("{}.{}", self.name, self.calls);
        let key = document.starts_with("mutation").then(|| format!("{:x}-{operation}", self.shop.seed));
        Call { operation, kind, document, variables, key, caller: self.caller.clone() }
    }

    /// Sends a call through a door of the shopper's choice.
    pub async fn send(&mut self, kind: &'static str, document: String, variables: Value) -> Option<Answer> {
        let call = self.call(kind, document, variables);
        let door = self.random.below(2);
        self.client.send(&call, door).await
    }

    /// From the shelf to the order.
    pub async fn walk(&mut self) -> Option<()> {
        self.browse().await?;
        let cart = self.fill_cart().await?;
        if self.random.percent(12) {
            self.journal.count("carts left behind");
            return Some(());
        }
        self.check_out(&cart).await
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
        // Four in ten want what there is too little of.
        let shelf = if self.random.percent(40) { &self.shop.scarce } else { &self.shop.plentiful };
        let variant = self.random.pick(shelf)?.clone();
        Some(json!({ "merchandiseId": variant, "quantity": self.random.between(1, 3) }))
    }

    /// A cart after some changes, as its last answer told it.
    async fn fill_cart(&mut self) -> Option<Value> {
        let line = self.line()?;
        let made = self.send("cartCreate", documents::cart_create(), json!({ "input": { "lines": [line] } })).await?;
        let mut cart = made.payload()["cart"].clone();
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

    async fn change_cart(&mut self, cart: &Value) -> Option<Value> {
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

    async fn check_out(&mut self, cart: &Value) -> Option<()> {
        let bank = self.shop.bank.clone();
        let mut payment = json!({ "gateway": bank.name(), "returnUrl": "https://shop.example/thanks" });
        if let Some(token) = bank.way(&mut self.random) {
            payment["token"] = json!(token);
        }
        if self.random.percent(12) {
            payment["captureMethod"] = json!("MANUAL");
        }
        let mut input = json!({ "cartId": cart["id"], "email": format!("{}@example.com", self.name),
            "shippingAddress": address(), "payment": payment });
        let total = cart["cost"]["totalAmount"].clone();
        if self.random.percent(40) && total.is_object() {
            input["expectedTotal"] = total.clone();
        }
        let mut call = self.call("checkoutComplete", complete(), json!({ "input": input }));
        call.variables["input"]["idempotencyKey"] = json!(call.key);
        let answer = match self.random.below(10) {
            0 => self.twice(&call, call.clone()).await?,
            1 => {
                let mut other = self.call("checkoutComplete", complete(), call.variables.clone());
                other.variables["input"]["idempotencyKey"] = json!(other.key);
                self.twice(&call, other).await?
            }
            _ => {
                let door = self.random.below(2);
                self.client.send(&call, door).await?
            }
        };
        let payload = answer.payload().clone();
        if payload["order"].is_null() {
            return Some(());
        }
        let expected = input["expectedTotal"]["amount"].as_str().and_then(minor);
        if expected.is_some_and(|expected| answer.order_total() != Some(expected)) {
            let how =
                format!("{}: {expected:?} was expected, {:?} is the order's total", self.name, answer.order_total());
            self.journal.broke("nobody pays another total than they agreed to", how);
        }
        self.caller.order_token = payload["orderAccessToken"].as_str().map(str::to_owned);
        self.after_checkout(cart, &payload).await
    }

    /// The same checkout twice at the same moment, by the same key or by another: one order.
    async fn twice(&mut self, one: &Call, two: Call) -> Option<Answer> {
        let (one, two) = tokio::join!(self.client.send(one, 0), self.client.send(&two, 1));
        let (one, two) = (one?, two?);
        self.journal.count("completed twice at once");
        if let (Some(first), Some(second)) = (one.order_id(), two.order_id())
            && first != second
        {
            self.journal.broke("one cart makes one order", format!("{}: {first} and {second}", self.name));
        }
        Some(if one.order_id().is_some() { one } else { two })
    }

    async fn after_checkout(&mut self, cart: &Value, payload: &Value) -> Option<()> {
        let order = payload["order"]["id"].clone();
        let status = payload["payment"]["status"].as_str().unwrap_or("none").to_owned();
        match status.as_str() {
            "REQUIRES_ACTION" => self.go_on(&payload["payment"]).await,
            "FAILED" if self.random.percent(60) => self.retry(&order).await?,
            "FAILED" | "PENDING" if self.random.percent(30) => {
                // Changing the cart gives the pending order up.
                self.change_cart(cart).await?;
            }
            _ if self.random.percent(12) => {
                let input = json!({ "input": { "orderId": order } });
                self.send("orderCancel", documents::order_change("orderCancel", "OrderCancelInput"), input).await?;
            }
            _ => {}
        }
        self.follow(&order).await
    }

    async fn retry(&mut self, order: &Value) -> Option<()> {
        let bank = self.shop.bank.clone();
        let token = bank.way_again(&mut self.random);
        let payment = json!({ "gateway": bank.name(), "token": token, "returnUrl": "https://shop.example/thanks" });
        let input = json!({ "orderId": order, "payment": payment });
        let document = documents::payment("paymentRetry", "PaymentRetryInput");
        let mut call = self.call("paymentRetry", document, json!({ "input": input }));
        call.variables["input"]["idempotencyKey"] = json!(call.key);
        let door = self.random.below(2);
        self.client.send(&call, door).await.map(drop)
    }

    /// What the bank asks of the shopper outside the shop.
    async fn go_on(&mut self, payment: &Value) {
        let (url, secret) = (payment["nextAction"]["url"].as_str(), payment["clientSecret"].as_str());
        match (self.shop.bank.clone(), url, secret) {
            (bank, Some(url), _) => outside::answer_challenge(&bank, self.journal, &mut self.random, url).await,
            (bank, None, Some(secret)) => outside::fill_form(&bank, self.journal, &mut self.random, secret).await,
            (_, None, None) => self.journal.count("nothing to go on with"),
        }
    }

    /// Looks at the order a few times. What was placed never waits for a payment again.
    async fn follow(&mut self, order: &Value) -> Option<()> {
        let (mut placed, mut version) = (false, 0);
        if self.random.percent(25) {
            let watcher = Watcher::of_order(format!("the watcher of {}", self.name), order, &self.caller);
            let lasts = Duration::from_millis(self.random.between(500, 9_000));
            let (watching, doors, journal) = (watcher.clone(), self.client.doors().clone(), Arc::clone(self.journal));
            let door = self.random.below(2);
            tokio::spawn(async move { tokio::time::timeout(lasts, watching.watch(&doors, door, &journal)).await });
            self.shop.watches(watcher);
        }
        for _ in 0..self.random.between(1, 4) {
            tokio::time::sleep(Duration::from_millis(self.random.between(50, 700))).await;
            let read = self.send("order", documents::order_read(), json!({ "id": order })).await?;
            let now = read.payload();
            let status = now["status"].as_str().unwrap_or("missing").to_owned();
            if status == "missing" || (placed && status == "PENDING_PAYMENT") {
                let how = format!("{}: {order} is {status} at door {}", self.name, read.door);
                self.journal.broke("an order that was told of stays", how);
            }
            let found = now["version"].as_i64().unwrap_or(0);
            if found < version {
                let how = format!("{}: {order} had version {version} and has {found}", self.name);
                self.journal.broke("an order never goes back", how);
            }
            placed |= matches!(status.as_str(), "PROCESSING" | "COMPLETED");
            version = version.max(found);
        }
        Some(())
    }
}

fn complete() -> String {
    documents::payment("checkoutComplete", "CheckoutCompleteInput")
}

fn address() -> Value {
    json!({ "firstName": "Jane", "lastName": "Doe", "address1": "1 Main Street", "city": "Springfield",
            "zip": "12345", "countryCode": "US" })
}
