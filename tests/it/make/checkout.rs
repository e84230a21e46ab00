//! Checkout: carts with lines, completing them, and what can be read of orders, stock and the bank's book.

use cartwright::{
    audit::{self, Audit, Loaded},
    domain::checkout,
    platform::tx,
};
use chrono::TimeDelta;
use entity::{
    ids::VariantId,
    inventory::stock_level,
    payment::{sandbox_intent, sandbox_refund},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::catalog::{Made, product, variant};
use crate::support::{Answer, Caller, TestShop};

/// What the tests read of an order.
pub const ORDER: &str = "fragment O on Order { id number status financialStatus fulfillmentStatus cancelReason version \
     email reservedUntil totals { total { amount currencyCode } } billingAddress { lastName } \
     lineItems(first: 250) { nodes { id title quantity fulfilledQuantity status } } timeline { type message } \
     payments { id status failureCode capturedAmount { amount } refundedAmount { amount } } \
     refunds { status amount { amount } } fulfillments { status trackingInfo { number company } \
     lineItems { quantity } } }";

const PAYLOAD: &str = "{ order { ...O } orderAccessToken payment { id status failureCode nextAction { url } } \
     cart { id cost { totalAmount { amount } } } userErrors { code field message target } }";

/// A completion to send.
#[derive(Clone)]
pub struct Completing<'a> {
    shop: &'a TestShop,
    caller: Caller,
    input: Value,
}

/// An order that was made, and who may open it.
#[derive(Clone, Debug)]
pub struct Bought {
    pub id: String,
    pub caller: Caller,
    pub payment: Value,
}

/// An address that nothing is wrong with.
pub fn address() -> Value {
    json!({ "firstName": "Jane", "lastName": "Doe", "address1": "1 Main Street", "city": "Springfield",
            "zip": "12345", "countryCode": "US" })
}

impl Completing<'_> {
    pub fn caller(mut self, caller: &Caller) -> Self {
        self.caller = caller.clone();
        self
    }

    pub fn token(mut self, token: &str) -> Self {
        self.input["payment"] = json!({ "gateway": "sandbox", "token": token });
        self
    }

    /// Holds the money instead of taking it.
    pub fn hold(mut self) -> Self {
        self.input["payment"]["captureMethod"] = json!("MANUAL");
        self
    }

    /// Sets a field of the input.
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.input[field] = value;
        self
    }

    pub fn key(self, key: &str) -> Self {
        self.with("idempotencyKey", json!(key))
    }

    pub fn variables(&self) -> Value {
        json!({ "input": self.input })
    }

    pub async fn send(&self) -> Answer {
        self.shop.ask(&self.caller, &complete_document(), self.variables()).await
    }

    /// Sends it; there is an order afterwards, whatever became of its payment.
    #[track_caller]
    pub fn bought(&self) -> impl Future<Output = Bought> {
        let (at, this) = (std::panic::Location::caller(), self.clone());
        async move {
            let answer = this.send().await;
            Bought::of(&answer, &this.caller).unwrap_or_else(|| panic!("{at}: no order in {:#}", answer.body))
        }
    }
}

pub fn complete_document() -> String {
    format!("mutation($input: CheckoutCompleteInput!) {{ checkoutComplete(input: $input) {PAYLOAD} }} {ORDER}")
}

impl Bought {
    /// The order of an answer to `checkoutComplete`, if there is one.
    pub fn of(answer: &Answer, caller: &Caller) -> Option<Self> {
        let payload = answer.body.pointer("/data/checkoutComplete")?;
        let id = payload["order"]["id"].as_str()?.to_owned();
        let token = payload["orderAccessToken"].as_str().map(str::to_owned);
        let caller = Caller { order_access_token: token, ..caller.clone() };
        Some(Self { id, caller, payment: payload["payment"].clone() })
    }

    /// The order as its owner sees it now.
    pub async fn now(&self, shop: &TestShop) -> Value {
        let document = format!("query($id: ID!) {{ order(id: $id) {{ ...O }} }} {ORDER}");
        shop.ask(&self.caller, &document, json!({ "id": self.id })).await.at("/order")
    }

    /// Status, financial and fulfillment status now.
    pub async fn axes(&self, shop: &TestShop) -> String {
        let order = self.now(shop).await;
        let axis = |name: &str| order[name].as_str().unwrap_or("?").to_owned();
        format!("{} {} {}", axis("status"), axis("financialStatus"), axis("fulfillmentStatus"))
    }

    /// The statuses of the payments now.
    pub async fn payments(&self, shop: &TestShop) -> Vec<String> {
        texts(&self.now(shop).await["payments"], "status")
    }

    /// The types of the timeline now.
    pub async fn timeline(&self, shop: &TestShop) -> Vec<String> {
        texts(&self.now(shop).await["timeline"], "type")
    }

    pub async fn retry(&self, shop: &TestShop, token: &str, more: Value) -> Answer {
        let mut input = json!({ "orderId": self.id, "payment": { "gateway": "sandbox", "token": token } });
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let document =
            format!("mutation($input: PaymentRetryInput!) {{ paymentRetry(input: $input) {PAYLOAD} }} {ORDER}");
        shop.ask(&self.caller, &document, json!({ "input": input })).await
    }

    pub async fn cancel(&self, shop: &TestShop, caller: &Caller) -> Answer {
        self.change(shop, caller, "orderCancel", "OrderCancelInput").await
    }

    pub async fn deliver(&self, shop: &TestShop, caller: &Caller) -> Answer {
        self.change(shop, caller, "orderMarkAsDelivered", "OrderMarkAsDeliveredInput").await
    }

    pub async fn capture(&self, shop: &TestShop, caller: &Caller) -> Answer {
        self.change(shop, caller, "orderCapture", "OrderCaptureInput").await
    }

    /// Takes a part of what is held for it.
    pub async fn capture_part(&self, shop: &TestShop, caller: &Caller, amount: &str) -> Answer {
        let document = format!(
            "mutation($input: OrderCaptureInput!) {{ orderCapture(input: $input) {{ order {{ ...O }} \
             userErrors {{ field code message }} }} }} {ORDER}"
        );
        let amount = json!({ "amount": amount, "currencyCode": "USD" });
        shop.ask(caller, &document, json!({ "input": { "orderId": self.id, "amount": amount } })).await
    }

    async fn change(&self, shop: &TestShop, caller: &Caller, field: &str, input: &str) -> Answer {
        let document = format!(
            "mutation($input: {input}!) {{ {field}(input: $input) {{ order {{ ...O }} userErrors {{ code message }} }} \
             }} {ORDER}"
        );
        shop.ask(caller, &document, json!({ "input": { "orderId": self.id } })).await
    }

    /// Ships: `lines` as the input takes them, null for everything that is left.
    pub async fn ship(&self, shop: &TestShop, caller: &Caller, lines: Value) -> Answer {
        let document = format!(
            "mutation($input: FulfillmentCreateInput!) {{ fulfillmentCreate(input: $input) {{ fulfillment {{ status \
             lineItems {{ quantity lineItem {{ title }} }} }} order {{ ...O }} userErrors {{ code field message }} }} \
             }} {ORDER}"
        );
        let tracking = json!({ "number": "TR-1", "company": "Post", "url": "https://post.example/TR-1" });
        let input = json!({ "orderId": self.id, "lineItems": lines, "trackingInfo": tracking });
        shop.ask(caller, &document, json!({ "input": input })).await
    }
}

/// The texts of a field of each object of a list.
pub fn texts(list: &Value, field: &str) -> Vec<String> {
    let text = |item: &Value| item[field].as_str().unwrap_or("").to_owned();
    list.as_array().expect("a list").iter().map(text).collect()
}

impl TestShop {
    /// A product of one variant whose stock is counted.
    pub async fn stocked(&self, title: &str, price: i64, units: i64) -> Made {
        product(title).variant(variant(price).stock(units)).make(self).await
    }

    /// A cart with so many units of the first variant of each product.
    pub async fn cart_with(&self, caller: &Caller, lines: &[(&Made, i64)]) -> String {
        let line =
            |(made, quantity): &(&Made, i64)| json!({ "merchandiseId": made.variant_gid(0), "quantity": quantity });
        let lines: Vec<Value> = lines.iter().map(line).collect();
        let document = "mutation($input: CartInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
        let answer = self.ask(caller, document, json!({ "input": { "lines": lines } })).await;
        answer.done("cartCreate");
        answer.text("/cartCreate/cart/id")
    }

    /// Completing a cart: a guest with an address, who pays with `sandbox_ok` unless told otherwise.
    pub fn complete(&self, cart: &str) -> Completing<'_> {
        let input = json!({ "cartId": cart, "email": "jane@example.com", "shippingAddress": address() });
        Completing { shop: self, caller: Caller::guest(), input }.token("sandbox_ok")
    }

    /// A guest's order of some units of a product, paid with this token.
    pub async fn order_of(&self, made: &Made, units: i64, token: &str) -> Bought {
        let cart = self.cart_with(&Caller::guest(), &[(made, units)]).await;
        self.complete(&cart).token(token).bought().await
    }

    /// Whether the cart is there for a guest.
    pub async fn cart_status(&self, cart: &str) -> Value {
        let document = "query($id: ID!) { cart(id: $id) { totalQuantity } }";
        self.guest(document, json!({ "id": cart })).await.at("/cart")
    }

    /// Units on hand and reserved of a variant, without the unit that the builder holds for somebody at the second
    /// location.
    pub async fn stock_of(&self, id: VariantId) -> (i64, i64) {
        let levels = stock_level::Entity::find().filter(stock_level::Column::VariantId.eq(id));
        let levels = levels.all(self.app.database.reader()).await.expect("levels");
        let sum = |of: fn(&stock_level::Model) -> i64| levels.iter().map(of).sum::<i64>() - 1;
        (sum(|level| level.on_hand), sum(|level| level.reserved))
    }

    /// The bank's book, oldest payment first.
    pub async fn book(&self) -> Vec<sandbox_intent::Model> {
        let mut book = sandbox_intent::Entity::find().all(self.app.database.reader()).await.expect("the book");
        book.sort_by_key(|intent| intent.created_at);
        book
    }

    /// What the bank has of the shop's customers: taken less given back.
    pub async fn taken(&self) -> i64 {
        self.book().await.iter().map(|intent| intent.captured_minor - intent.refunded_minor).sum()
    }

    /// How many refunds the bank made.
    pub async fn refunds(&self) -> usize {
        sandbox_refund::Entity::find().all(self.app.database.reader()).await.expect("refunds").len()
    }

    /// Runs every job of checkout until none finds anything to do.
    pub async fn sweep(&self) {
        let ctx = self.app.checkout();
        for _ in 0..50 {
            let mut done = checkout::process_messages(&ctx).await.expect("messages");
            done += checkout::expire_overdue(&ctx).await.expect("expiry");
            done += checkout::chase_payments(&ctx).await.expect("chase");
            done += checkout::reverse_due(&ctx).await.expect("reversals");
            done += checkout::send_due_refunds(&ctx).await.expect("refunds");
            if done == 0 {
                return;
            }
        }
        panic!("the jobs find no end");
    }

    /// Everything that the audit checks of this shop holds.
    pub async fn books_are_right(&self) {
        self.pass(120);
        self.sweep().await;
        let what = Audit { as_of: None, loaded: Loaded::default() };
        let report = audit::audit(&self.app.database, &what, self.app.sources.now()).await.expect("an audit");
        // The builders count stock without a movement and hold a unit of each variant for nobody, and no relay runs here.
        let built = ["I18", "I19", "I32"];
        let broken: Vec<_> = report.broken().into_iter().filter(|id| !built.contains(id)).collect();
        assert!(broken.is_empty(), "{broken:?}\n{report}");
    }

    /// Sells to these countries.
    pub async fn sells_to(&self, countries: &[&str]) {
        self.set_countries(countries, "").await;
    }

    /// Sells to these countries, if nobody said to which.
    pub async fn sells_to_if_new(&self, countries: &[&str]) {
        self.set_countries(countries, " WHERE country_code = 'US' AND version = 1 AND logo_url IS NULL").await;
    }

    async fn set_countries(&self, countries: &[&str], only: &str) {
        let codes = serde_json::to_string(countries).expect("JSON");
        let tx = tx::begin(&self.app.database).await.expect("a transaction");
        let update = format!("UPDATE shop SET country_codes = '{codes}'{only}");
        tx.execute_unprepared(&update).await.expect("the countries");
        tx.commit().await.expect("committed");
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.app.sources.clock.advance(TimeDelta::seconds(seconds));
    }
}
