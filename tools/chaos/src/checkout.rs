//! A shopper at the till: agrees to a total, pays, and looks what becomes of the order.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    client::{Answer, Call, minor},
    documents, outside,
    shopper::Journey,
    terms::{address, knows_where_to},
    watcher::Watcher,
};

/// How often a shopper agrees to a total that moved before they leave.
const MOST_AGREED: usize = 4;
/// How many of their orders shoppers look at when they come back.
const MOST_LOOKED_AT: usize = 4;

impl Journey<'_> {
    /// From the cart to the order.
    pub async fn check_out(&mut self, cart: Value) -> Option<()> {
        let mut cart = cart;
        let mut input = self.order_form(&cart);
        if knows_where_to(&cart) || self.random.percent(20) {
            let (total, left) = (self.random.percent(70), self.random.percent(80));
            agree(&mut input, &cart, total, left && cart["appliedGiftCards"][0].is_object());
        }
        for _ in 0..MOST_AGREED {
            let answer = self.complete(&input).await?;
            if !answer.payload()["order"].is_null() {
                self.bought(&input, &answer);
                let payload = answer.payload().clone();
                self.caller.order_token = payload["orderAccessToken"].as_str().map(str::to_owned);
                return self.after_checkout(cart, &payload).await;
            }
            let (refusals, shown) = (answer.refusals(), answer.payload()["cart"].clone());
            let refused = |code: &str| refusals.iter().any(|refusal| refusal == code);
            if refused("DISCOUNT_USED_UP") {
                self.journal.count("codes that were used up");
                cart = self.enter_codes(cart, Vec::new()).await?;
                // Only a checkout's own answer is quoted for where the order goes.
                forget(&mut input);
            } else if refused("TOTAL_CHANGED") && shown.is_object() {
                self.journal.count("totals agreed to anew");
                cart = shown;
                let left = input["expectedDue"].is_object();
                agree(&mut input, &cart, true, left);
            } else {
                return Some(());
            }
        }
        self.journal.count("left over a total that moved");
        Some(())
    }

    /// What a shopper fills in.
    fn order_form(&mut self, cart: &Value) -> Value {
        let bank = self.shop.bank.clone();
        let mut payment = json!({ "gateway": bank.name(), "returnUrl": "https://shop.example/thanks" });
        if let Some(token) = bank.way(&mut self.random) {
            payment["token"] = json!(token);
        }
        if self.random.percent(20) {
            payment["captureMethod"] = json!("MANUAL");
        }
        // Some guests are known by their address from the journey before.
        let known = self.name.rsplit_once('-').map_or(self.name.as_str(), |(shopper, _)| shopper);
        let email = if self.random.percent(30) { known } else { &self.name };
        let mut input = json!({ "cartId": cart["id"], "email": format!("{email}@example.com"),
            "shippingAddress": address(self.abroad), "payment": payment });
        if self.random.percent(15) {
            input["deliveryOptionHandle"] = json!(if self.abroad { "north-by-air" } else { "express" });
        }
        input
    }

    /// Completes the cart, now and then twice at once.
    async fn complete(&mut self, input: &Value) -> Option<Answer> {
        self.goes_on()?;
        let mut call = self.call("checkoutComplete", documents::checkout_complete(), json!({ "input": input }));
        call.variables["input"]["idempotencyKey"] = json!(call.key);
        match self.random.below(10) {
            0 => self.twice(&call, call.clone()).await,
            1 => {
                let mut other = self.call("checkoutComplete", documents::checkout_complete(), call.variables.clone());
                other.variables["input"]["idempotencyKey"] = json!(other.key);
                self.twice(&call, other).await
            }
            _ => {
                let door = self.random.below(2);
                self.client.send(&call, door).await
            }
        }
    }

    /// The same checkout twice at the same moment, by the same key or by another: one order.
    async fn twice(&mut self, one: &Call, two: Call) -> Option<Answer> {
        let (one, two) = tokio::join!(self.client.send(one, 0), self.client.send(&two, 1));
        let (one, two) = (one?, two?);
        self.journal.count("completed twice at once");
        if let (Some(first), Some(second)) = (one.order_id(), two.order_id())
            && first != second
        {
            self.journal.pair(first, second);
        }
        Some(if one.order_id().is_some() { one } else { two })
    }

    /// The order costs what was agreed, and so does what is left to pay. Staff may have edited an order whose answer was lost
    /// for a while: then its first total is looked up in the books afterwards.
    fn bought(&self, input: &Value, answer: &Answer) {
        let Some(order) = answer.order_id() else { return };
        let amount = |value: &Value| value["amount"].as_str().and_then(minor);
        let (total, due) = (amount(&input["expectedTotal"]), amount(&input["expectedDue"]));
        let agreed = |what: &str, agreed: Option<i64>, is: Option<i64>| {
            if agreed.is_some() && is != agreed && !self.journal.was_edited(&order) {
                let how = format!("{}: {what} {agreed:?} was expected, {is:?} it is", self.name);
                self.journal.broke("nobody pays another total than they agreed to", how);
            }
        };
        agreed("a total of", total, answer.order_total());
        let payment = &answer.payload()["payment"];
        agreed("a payment of", due, if payment.is_null() { Some(0) } else { amount(&payment["amount"]) });
        if let Some(total) = total {
            self.journal.agreed(&order, total);
        }
    }

    async fn after_checkout(&mut self, cart: Value, payload: &Value) -> Option<()> {
        let order = payload["order"]["id"].clone();
        let status = payload["payment"]["status"].as_str().unwrap_or("none").to_owned();
        match status.as_str() {
            "REQUIRES_ACTION" => self.go_on(&payload["payment"]).await,
            "FAILED" if self.random.percent(60) => self.retry(&order).await?,
            "FAILED" | "PENDING" if self.random.percent(30) => {
                // Changing the cart gives the pending order up; what its order took of codes and cards is there again.
                let changed = self.change_cart(&cart).await?;
                // A change comes too late when the money just came: the cart is that order then.
                if changed["version"].as_i64() > cart["version"].as_i64() && self.random.percent(40) {
                    self.follow(&order).await?;
                    return Box::pin(self.check_out(changed)).await;
                }
            }
            _ if self.random.percent(12) => {
                let input = json!({ "input": { "orderId": order } });
                self.send("orderCancel", documents::order_change("orderCancel"), input).await?;
            }
            _ => self.shop.remember(&order, &self.caller),
        }
        self.follow(&order).await
    }

    async fn retry(&mut self, order: &Value) -> Option<()> {
        self.goes_on()?;
        let bank = self.shop.bank.clone();
        let token = bank.way_again(&mut self.random);
        let payment = json!({ "gateway": bank.name(), "token": token, "returnUrl": "https://shop.example/thanks" });
        let input = json!({ "orderId": order, "payment": payment });
        let mut call = self.call("paymentRetry", documents::payment_retry(), json!({ "input": input }));
        call.variables["input"]["idempotencyKey"] = json!(call.key);
        let door = self.random.below(2);
        self.client.send(&call, door).await.map(drop)
    }

    /// Looks at some orders of before, and pays what is still to be paid of one.
    pub async fn look_back(&mut self) -> Option<()> {
        let mine = self.caller.clone();
        for _ in 0..MOST_LOOKED_AT {
            let Some((order, caller)) = self.shop.remembered(&mut self.random) else { break };
            self.caller = caller;
            let read = self.send("order", documents::order_read(), json!({ "id": order })).await?;
            if read.payload()["financialStatus"] == "PARTIALLY_PAID" && self.random.percent(80) {
                self.journal.count("balances tried to pay");
                self.retry(&order).await?;
                break;
            }
        }
        self.caller = mine;
        Some(())
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
            let (watching, doors, journal) = (watcher.clone(), self.client.doors().clone(), self.journal.clone());
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

/// Agrees to what the cart shows.
fn agree(input: &mut Value, cart: &Value, total: bool, left: bool) {
    forget(input);
    if total {
        input["expectedTotal"] = cart["cost"]["totalAmount"].clone();
    }
    if left {
        input["expectedDue"] = cart["cost"]["checkoutChargeAmount"].clone();
    }
}

/// Agrees to nothing.
fn forget(input: &mut Value) {
    if let Some(fields) = input.as_object_mut() {
        fields.remove("expectedTotal");
        fields.remove("expectedDue");
    }
}
