//! A shop that has lived a little, made through the API only, and what its clients and consumers wrote down of it.

use cartwright::{
    audit::{self, Audit, Loaded, Report},
    domain::auth::{self, Audience, Role},
    platform::outbox,
};
use entity::{
    ids::{ProductId, VariantId},
    platform::outbox_event,
};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    make::{catalog::Made, checkout::Bought},
    support::{Caller, Process, TestShop},
};

const CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
    product { id variants(first: 1) { nodes { id } } } userErrors { field code message } } }";

/// The shop, and its orders by what became of them.
pub struct BusyShop {
    pub shop: TestShop,
    pub paid: Bought,
    pub captured: Bought,
    pub pending: Bought,
    pub canceled: Bought,
    pub shipped: Bought,
}

impl BusyShop {
    pub async fn new() -> Self {
        let shop = TestShop::still().await;
        let (staff, process) = (shop.admin().await, Process::of(&shop).await);
        let ada = shop.customer("ada@example.com").await;
        end_a_sign_in(&shop).await;
        let (pen, free) = (product(&shop, &staff, "Pen", "2.50").await, product(&shop, &staff, "Leaflet", "0").await);
        let guest = Caller::guest();

        let cart = shop.cart_with(&ada, &[(&pen, 2)]).await;
        let (card, other) = (shop.gift_card(&staff, "2").await, shop.gift_card(&staff, "9").await);
        shop.apply_gift_cards(&ada, &cart, &[&card]).await;
        let paid = shop.complete(&cart).caller(&ada).bought().await;
        let cart = shop.cart_with(&guest, &[(&pen, 1), (&free, 1)]).await;
        let captured = shop.complete(&cart).hold().bought().await;
        captured.capture(&shop, &staff).await.done("orderCapture");
        let held = shop.complete(&shop.cart_with(&guest, &[(&pen, 3)]).await).hold().bought().await;
        let undone = shop.complete(&shop.cart_with(&guest, &[(&pen, 1)]).await).hold().bought().await;
        undone.cancel(&shop, &staff).await.done("orderCancel");
        let shipped = shop.order_of(&pen, 4, "sandbox_ok").await;
        let line = shipped.now(&shop).await["lineItems"]["nodes"][0]["id"].clone();
        shipped.ship(&shop, &staff, json!([{ "lineItemId": line, "quantity": 3 }])).await.done("fulfillmentCreate");
        let delivered = shop.order_of(&pen, 1, "sandbox_duplicate").await;
        delivered.ship(&shop, &staff, Value::Null).await.done("fulfillmentCreate");
        delivered.deliver(&shop, &staff).await.done("orderMarkAsDelivered");
        let cart = shop.cart_with(&guest, &[(&pen, 4)]).await;
        shop.apply_gift_cards(&guest, &cart, &[&other]).await;
        let canceled = shop.complete(&cart).bought().await;
        canceled.cancel(&shop, &canceled.caller).await.done("orderCancel");
        let gift = shop.complete(&shop.cart_with(&guest, &[(&free, 1)]).await);
        let gift = gift.with("payment", Value::Null).bought().await;
        let wrong = shop.order_of(&pen, 1, "sandbox_wrong_amount").await;
        let expired = shop.order_of(&pen, 1, "sandbox_declined").await;
        process.deliver().await;
        shop.sweep().await;
        shop.pass(1_000);
        shop.sweep().await;
        paid_twice(&shop, &process, &pen).await;
        let pending = shop.order_of(&pen, 1, "sandbox_challenge").await;
        process.deliver().await;
        shop.sweep().await;
        while outbox::publish(&shop.app.database, &shop.app.sources).await.expect("published") > 0 {}

        let axes = async |order: &Bought| order.axes(&shop).await;
        assert_eq!(axes(&paid).await, "PROCESSING PAID UNFULFILLED");
        assert_eq!(axes(&captured).await, "PROCESSING PAID UNFULFILLED");
        assert_eq!(axes(&held).await, "PROCESSING AUTHORIZED UNFULFILLED");
        assert_eq!(axes(&undone).await, "CANCELED VOIDED UNFULFILLED");
        assert_eq!(axes(&shipped).await, "PROCESSING PAID PARTIALLY_FULFILLED");
        assert_eq!(axes(&delivered).await, "COMPLETED PAID DELIVERED");
        assert_eq!(axes(&canceled).await, "CANCELED REFUNDED UNFULFILLED");
        assert_eq!(axes(&gift).await, "PROCESSING PAID UNFULFILLED");
        assert_eq!(axes(&wrong).await, "CANCELED EXPIRED UNFULFILLED");
        assert_eq!(axes(&expired).await, "CANCELED EXPIRED UNFULFILLED");
        assert_eq!(axes(&pending).await, "PENDING_PAYMENT PENDING UNFULFILLED");
        // Whatever has a moment of grace is past it, and the pending order's hold is not.
        shop.pass(120);
        Self { shop, paid, captured, pending, canceled, shipped }
    }

    /// What is checked by the tables alone.
    pub async fn audit(&self) -> Report {
        self.audit_with(Loaded::default()).await
    }

    pub async fn audit_with(&self, loaded: Loaded) -> Report {
        let what = Audit { as_of: None, loaded };
        audit::audit(&self.shop.app.database, &what, self.shop.app.sources.now()).await.expect("an audit")
    }

    /// What clients, consumers and engines that are still to come would have written down of this shop.
    pub async fn written_down(&self) -> Vec<Value> {
        let mut lines = Vec::new();
        let mut line = |relation: &str, row: Value| lines.push(json!({ "relation": relation, "row": row }));
        for (order, key) in [(&self.paid, "k-1"), (&self.paid, "k-1"), (&self.captured, "k-2"), (&self.canceled, "k-3")]
        {
            let total = order.now(&self.shop).await["totals"]["total"]["amount"].clone();
            let total: f64 = total.as_str().expect("an amount").parse().expect("a number");
            let row = json!({ "op_id": format!("op-{key}"), "kind": "place_order", "idem_key": key, "order_id": order.id,
                              "total": (total * 100.0).round() as i64 });
            line("chk_ack", row);
        }
        let facts = outbox_event::Entity::find().order_by_asc(outbox_event::Column::Cursor);
        for (pos, fact) in (1..).zip(facts.all(self.shop.app.database.reader()).await.expect("facts")) {
            let row = json!({ "pos": pos, "event_id": fact.id, "aggregate_id": fact.subject_id,
                              "version": fact.subject_sequence, "type": fact.kind });
            line("chk_consumed", row);
            line("chk_effect", json!({ "event_id": fact.id, "effect": "mail" }));
        }
        let ten = "01890000-0000-7000-8000-00000000000a";
        line("chk_coupon", json!({ "id": ten, "usage_limit": 1, "per_customer": 1, "used": 1 }));
        line("chk_redemption", json!({ "coupon_id": ten, "order_id": self.paid.id, "customer_id": "ada" }));
        line("chk_redemption", json!({ "coupon_id": ten, "order_id": self.canceled.id, "customer_id": "ada" }));
        let key = |key: &str, state: &str, order: &Bought, created: i64| {
            json!({ "scope": "ada", "idem_key": key, "request_hash": "h", "state": state, "order_id": order.id,
                    "created_ms": created })
        };
        line("chk_idem", key("k-1", "done", &self.paid, 1));
        let now = self.shop.app.sources.now().timestamp_millis();
        line("chk_idem", key("k-9", "in_progress", &self.pending, now));
        lines
    }
}

/// Reads lines as `--load` reads a file.
pub fn read(lines: &[Value]) -> Loaded {
    let file: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let mut loaded = Loaded::default();
    audit::read_rows(file.as_bytes(), &mut loaded).expect("rows");
    loaded
}

/// A product with 50 units, made by staff.
pub async fn product(shop: &TestShop, staff: &Caller, title: &str, price: &str) -> Made {
    let variants = json!([{ "price": price, "quantity": 50 }]);
    let input = json!({ "title": title, "publish": true, "variants": variants });
    let made = shop.ask(staff, CREATE, json!({ "input": input })).await.done("productCreate")["product"].clone();
    let id = |gid: &Value| {
        let tail = gid.as_str().and_then(|gid| gid.rsplit('/').next()).expect("an id");
        Uuid::try_parse(tail).expect("a UUID")
    };
    Made { id: ProductId(id(&made["id"])), variants: vec![VariantId(id(&made["variants"]["nodes"][0]["id"]))] }
}

/// An order whose first attempt to pay went through after a second one was begun: one of the two goes back.
async fn paid_twice(shop: &TestShop, process: &Process, made: &Made) {
    let order = shop.order_of(made, 2, "sandbox_challenge").await;
    let reference = shop.book().await.last().expect("a payment").reference.clone();
    order.retry(shop, "sandbox_ok", json!({})).await.done("paymentRetry");
    shop.app.sandbox.answer_challenge(&reference, true).await.expect("answered");
    process.deliver().await;
    shop.sweep().await;
    assert_eq!(order.axes(shop).await, "PROCESSING PAID UNFULFILLED");
}

/// A sign-in that was renewed, and then ended.
async fn end_a_sign_in(shop: &TestShop) {
    shop.account("bob@example.com", Role::Customer).await;
    let signed_in = shop.sign_in("bob@example.com", Audience::Storefront).await;
    let (db, state) = (&shop.app.database, &shop.app.auth);
    let tokens = auth::renew(db, state, &signed_in.tokens.refresh_token, Audience::Storefront).await.expect("renewed");
    auth::sign_out_by_refresh_token(db, state, &tokens.refresh_token, Audience::Storefront).await.expect("signed out");
}
