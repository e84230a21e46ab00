//! Refunds that staff decide: what goes back, what becomes of the units, and what cannot go back however many try.

mod deciding;
mod gateways;
mod giving_back;
mod races;
mod restocking;

use serde_json::{Value, json};

use crate::{
    make::checkout::Bought,
    support::{Answer, Caller, TestShop},
};

pub const REFUND: &str = "mutation($input: RefundCreateInput!) { refundCreate(input: $input) { \
     refund { id status amount { amount } shippingAmount { amount } giftCardAmount { amount } note lineItems { quantity \
     restockType subtotal { amount } lineItem { id title } } } \
     order { id version status financialStatus fulfillmentStatus } userErrors { field code message } } }";

impl Bought {
    /// Decides a refund of this order; `input` is everything but the order.
    pub async fn refund(&self, shop: &TestShop, staff: &Caller, input: Value) -> Answer {
        let mut input = input;
        input["orderId"] = json!(self.id);
        shop.ask(staff, REFUND, json!({ "input": input })).await
    }

    /// The ids of its lines.
    pub async fn line_ids(&self, shop: &TestShop) -> Vec<String> {
        crate::make::checkout::texts(&self.now(shop).await["lineItems"]["nodes"], "id")
    }

    /// Its refunds: status and amount.
    pub async fn refunds(&self, shop: &TestShop) -> Vec<String> {
        let refunds = self.now(shop).await["refunds"].clone();
        let refund = |refund: &Value| {
            let amount = refund["amount"]["amount"].as_str().unwrap_or("?");
            format!("{} {amount}", refund["status"].as_str().unwrap_or("?"))
        };
        refunds.as_array().expect("refunds").iter().map(refund).collect()
    }
}

/// Units of a line.
pub fn units(line: &str, quantity: i64, restock: &str) -> Value {
    json!({ "lineItemId": line, "quantity": quantity, "restockType": restock })
}

/// An amount in US dollars.
pub fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currencyCode": "USD" })
}
