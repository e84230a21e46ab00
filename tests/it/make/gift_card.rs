//! Gift cards: issued by staff, applied to carts.

use serde_json::json;

use crate::support::{Caller, TestShop};

impl TestShop {
    /// The code of a new card of so many dollars.
    pub async fn gift_card(&self, staff: &Caller, amount: &str) -> String {
        let document = "mutation($input: GiftCardCreateInput!) { giftCardCreate(input: $input) {
            giftCardCode userErrors { code message } } }";
        let input = json!({ "amount": { "amount": amount, "currencyCode": "USD" } });
        let made = self.ask(staff, document, json!({ "input": input })).await.done("giftCardCreate");
        made["giftCardCode"].as_str().expect("a code").to_owned()
    }

    /// Puts these cards in place of those that a cart has.
    pub async fn apply_gift_cards(&self, caller: &Caller, cart: &str, codes: &[&str]) {
        let document =
            "mutation($id: ID!, $codes: [String!]!) { cartGiftCardCodesUpdate(cartId: $id, giftCardCodes: $codes) {
            userErrors { code message } } }";
        let answer = self.ask(caller, document, json!({ "id": cart, "codes": codes })).await;
        answer.done("cartGiftCardCodesUpdate");
    }
}
