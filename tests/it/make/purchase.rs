//! Purchases, made over HTTP as a front end makes them.

use serde_json::{Value, json};

use crate::support::{Server, Visitor};

/// An order, and who may watch it.
#[derive(Clone, Debug)]
pub struct Purchase {
    pub order_id: String,
    pub number: i64,
    /// The buyer: signed in, or with the order's token.
    pub buyer: Visitor,
    /// What the payload said.
    pub payload: Value,
}

pub const COMPLETE: &str = "mutation Complete($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id number name status financialStatus fulfillmentStatus totals { total { amount currencyCode } } }
    payment { status clientSecret nextAction { type url } } orderAccessToken
    userErrors { field code message } } }";

const SHIP: &str = "mutation Ship($input: FulfillmentCreateInput!) { fulfillmentCreate(input: $input) {
    fulfillment { id status trackingInfo { number company url } } order { id fulfillmentStatus }
    userErrors { field code message } } }";

const DELIVER: &str = "mutation Deliver($id: ID!) { orderMarkAsDelivered(input: { orderId: $id }) {
    order { status fulfillmentStatus } userErrors { field code message } } }";

/// An address in Berlin.
pub fn address() -> Value {
    json!({
        "firstName": "Ada", "lastName": "Lovelace", "address1": "Invalidenstrasse 117", "city": "Berlin",
        "zip": "10115", "countryCode": "DE",
    })
}

/// What completes a cart with this sandbox token.
pub fn completion(cart_id: &str, token: &str) -> Value {
    json!({
        "cartId": cart_id, "email": "ada@example.com", "shippingAddress": address(),
        "payment": { "gateway": "sandbox", "token": token },
    })
}

impl Server {
    /// A new cart with one unit of a variant; returns its id.
    pub async fn cart_of(&self, visitor: &Visitor, variant: &str) -> String {
        let document = "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
        let input = json!({ "lines": [{ "merchandiseId": variant, "quantity": 1 }] });
        let answer = self.graphql(visitor, document, json!({ "input": input })).await;
        answer.done("cartCreate");
        answer.text("/cartCreate/cart/id")
    }

    /// Completes a cart with this sandbox token.
    pub async fn complete(&self, visitor: &Visitor, cart_id: &str, token: &str) -> Purchase {
        let answer = self.graphql(visitor, COMPLETE, json!({ "input": completion(cart_id, token) })).await;
        let payload = answer.at("/checkoutComplete");
        let buyer = match payload["orderAccessToken"].as_str() {
            Some(token) => Visitor::of_order(token),
            None => visitor.clone(),
        };
        Purchase {
            order_id: answer.text("/checkoutComplete/order/id"),
            number: payload["order"]["number"].as_i64().expect("an order number"),
            buyer,
            payload,
        }
    }

    /// Buys one unit of a variant with this sandbox token.
    pub async fn buy(&self, visitor: &Visitor, variant: &str, token: &str) -> Purchase {
        let cart = self.cart_of(visitor, variant).await;
        self.complete(visitor, &cart, token).await
    }

    /// Ships everything of an order, and returns the payload.
    pub async fn ship(&self, staff: &Visitor, order_id: &str, tracking_number: &str) -> Value {
        let tracking = json!({ "number": tracking_number, "company": "DHL", "url": "https://tracking.example/1" });
        let input = json!({ "orderId": order_id, "trackingInfo": tracking });
        self.graphql(staff, SHIP, json!({ "input": input })).await.done("fulfillmentCreate")
    }

    /// Marks an order as delivered, and returns it.
    pub async fn deliver(&self, visitor: &Visitor, order_id: &str) -> Value {
        let answer = self.graphql(visitor, DELIVER, json!({ "id": order_id })).await;
        answer.done("orderMarkAsDelivered")["order"].clone()
    }
}
