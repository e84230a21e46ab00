//! What staff decide of an order commits before its answer is kept. An attempt that dies in between runs again under its key.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use cartwright::{
    graphql::{self, idempotency::IdempotencyKey},
    platform::{
        hold::{self, Hold},
        idempotency::{self, Claimed},
    },
};
use graphql_transport::Answer;
use serde_json::{Value, json};

use super::rows;
use crate::support::{Caller, TestShop};

const REFUND: &str =
    "mutation($input: RefundCreateInput!) { refundCreate(input: $input) { refund { id amount { amount } }
    userErrors { code } } }";
const EDIT: &str =
    "mutation($input: OrderEditInput!) { orderEdit(input: $input) { order { id totals { total { amount } } }
    userErrors { code } } }";

/// Somebody of the staff who sends requests with a key.
struct Desk {
    shop: TestShop,
    staff: Caller,
}

impl Desk {
    async fn new() -> Self {
        let shop = TestShop::still().await;
        let staff = shop.admin().await;
        Self { shop, staff }
    }

    fn request(document: &str, variables: Value) -> Request {
        Request::new(document).variables(Variables::from_json(variables))
    }

    /// Does the work of a request whose process dies before the answer is kept.
    async fn cut_off(&self, key: &str, document: &str, variables: Value) {
        let context = self.shop.context(&self.staff);
        let mut request = Self::request(document, variables);
        let usage = graphql::idempotency::usage(&mut request, &context, Some(key.to_owned()));
        let usage = usage.expect("a key").expect("a mutation");
        let ticket = usage.ticket(&self.shop.app.sources);
        let claimed = idempotency::claim(&self.shop.app.database, &self.shop.app.sources, &usage, &ticket).await;
        assert!(matches!(claimed.expect("it runs"), Claimed::Run), "nobody else has the key");
        let work = graphql::prepare(request, context).data(IdempotencyKey(key.to_owned()));
        let response = hold::within(Arc::new(Hold::default()), graphql::schema(true).execute(work)).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        self.shop.pass(16);
    }

    /// What a request is answered.
    async fn ask(&self, key: &str, document: &str, variables: Value) -> Value {
        let (schema, context) = (graphql::schema(true), self.shop.context(&self.staff));
        let answer = graphql::execute(&schema, Self::request(document, variables), context, Some(key.to_owned())).await;
        match answer {
            Ok(Answer::Written(written)) => serde_json::from_str(&written.body).expect("JSON"),
            Ok(Answer::Response(response)) => panic!("not kept: {response:?}"),
            Err(refusal) => panic!("refused: {}", refusal.code()),
        }
    }
}

#[tokio::test]
async fn a_refund_whose_process_died_before_it_answered_is_not_given_again() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 250, 9).await;
    let order = desk.shop.order_of(&pen, 4, "sandbox_ok").await;
    let goodwill = |amount: &str| {
        let amount = json!({ "amount": amount, "currencyCode": "USD" });
        json!({ "input": { "orderId": order.id, "amount": amount } })
    };
    desk.cut_off("one", REFUND, goodwill("1.00")).await;
    let again = desk.ask("one", REFUND, goodwill("1.00")).await;
    assert_eq!(again["data"]["refundCreate"]["refund"]["amount"]["amount"], "1.0", "{again}");
    assert_eq!(desk.ask("one", REFUND, goodwill("1.00")).await, again);
    desk.shop.sweep().await;
    assert_eq!((rows(&desk.shop, "order_refund").await, desk.shop.taken().await), (1, 900));
    // The same once more is another refund, under another key.
    desk.ask("two", REFUND, goodwill("1.00")).await;
    desk.shop.sweep().await;
    assert_eq!((rows(&desk.shop, "order_refund").await, desk.shop.taken().await), (2, 800));
    desk.shop.books_are_right().await;
}

#[tokio::test]
async fn an_edit_whose_process_died_before_it_answered_is_not_made_again() {
    let desk = Desk::new().await;
    let (pen, ink) = (desk.shop.stocked("Pen", 250, 9).await, desk.shop.stocked("Ink", 100, 9).await);
    let order = desk.shop.order_of(&pen, 2, "sandbox_ok").await;
    let added = json!([{ "merchandiseId": ink.variant_gid(0), "quantity": 1 }]);
    let version = order.now(&desk.shop).await["version"].clone();
    // With what was seen it would be refused the second time, without it the goods would be added twice.
    let seen = json!({ "input": { "orderId": order.id, "addedItems": added, "expectedVersion": version } });
    desk.cut_off("one", EDIT, seen.clone()).await;
    let again = desk.ask("one", EDIT, seen).await;
    assert_eq!(again["data"]["orderEdit"]["order"]["totals"]["total"]["amount"], "6.0", "{again}");
    let unseen = json!({ "input": { "orderId": order.id, "addedItems": added } });
    desk.cut_off("two", EDIT, unseen.clone()).await;
    let again = desk.ask("two", EDIT, unseen).await;
    assert_eq!(again["data"]["orderEdit"]["order"]["totals"]["total"]["amount"], "7.0", "{again}");
    assert_eq!(rows(&desk.shop, "order_quote").await, 3);
    desk.shop.books_are_right().await;
}
