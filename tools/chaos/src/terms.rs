//! What a shopper does about the price of a cart: says where to, enters codes, applies gift cards, chooses a delivery.

use serde_json::{Value, json};

use crate::{documents, mails, shopper::Journey};

impl Journey<'_> {
    /// The cart after that, as its last answer told it.
    pub async fn bargain(&mut self, cart: Value) -> Option<Value> {
        let mut cart = cart;
        if self.random.percent(70) {
            let addresses = json!([{ "address": { "deliveryAddress": address(self.abroad) }, "selected": true }]);
            let variables = json!({ "cartId": cart["id"], "addresses": addresses });
            let document = documents::cart_delivery_addresses_replace();
            cart = self.changed(cart, "cartDeliveryAddressesReplace", document, variables).await?;
        }
        if self.random.percent(55) {
            let mut codes = self.shop.rules.codes.clone();
            self.random.shuffle(&mut codes);
            codes.truncate(usize::from(self.random.percent(40)) + 1);
            cart = self.enter_codes(cart, codes).await?;
        }
        if self.random.percent(35) {
            let mut codes = self.shop.rules.gift_cards.clone();
            if self.random.percent(30) {
                // Cards that somebody bought are given away.
                codes.extend(mails::gift_cards(&self.shop.mails).into_iter().rev().take(codes.len()));
            }
            self.random.shuffle(&mut codes);
            codes.truncate(self.random.below(3) + 1);
            let name = if self.random.percent(50) { "cartGiftCardCodesAdd" } else { "cartGiftCardCodesUpdate" };
            let variables = json!({ "cartId": cart["id"], "giftCardCodes": codes });
            cart = self.changed(cart, name, documents::cart_gift_card_codes(name), variables).await?;
        }
        if self.random.percent(35) {
            cart = self.choose_delivery(cart).await?;
        }
        Some(cart)
    }

    /// The cart with these codes in place of all that it had.
    pub async fn enter_codes(&mut self, cart: Value, codes: Vec<String>) -> Option<Value> {
        let variables = json!({ "cartId": cart["id"], "discountCodes": codes });
        self.changed(cart, "cartDiscountCodesUpdate", documents::cart_discount_codes_update(), variables).await
    }

    async fn choose_delivery(&mut self, cart: Value) -> Option<Value> {
        let group = cart["deliveryGroups"]["nodes"][0].clone();
        let options = group["deliveryOptions"].as_array().cloned().unwrap_or_default();
        let Some(option) = self.random.pick(&options).cloned() else { return Some(cart) };
        let chosen = json!([{ "deliveryGroupId": group["id"], "deliveryOptionHandle": option["handle"] }]);
        let variables = json!({ "cartId": cart["id"], "options": chosen });
        let document = documents::cart_delivery_options_update();
        self.changed(cart, "cartSelectedDeliveryOptionsUpdate", document, variables).await
    }

    /// Sends a change of a cart. What is refused, such as a gift card that somebody else emptied, leaves it as it was.
    async fn changed(&mut self, cart: Value, kind: &'static str, document: String, variables: Value) -> Option<Value> {
        let answer = self.send(kind, document, variables).await?;
        let changed = answer.payload()["cart"].clone();
        Some(if changed.is_null() { cart } else { changed })
    }
}

/// Whether the cart's quote knows where to: every group of what is delivered has a way to be delivered.
pub fn knows_where_to(cart: &Value) -> bool {
    let groups = cart["deliveryGroups"]["nodes"].as_array();
    groups.is_some_and(|groups| groups.iter().all(|group| group["deliveryOptions"][0].is_object()))
}

/// Where a shopper lives.
pub fn address(abroad: bool) -> Value {
    if abroad {
        return json!({ "firstName": "Jane", "lastName": "Doe", "address1": "111 Wellington Street", "city": "Ottawa",
            "provinceCode": "ON", "zip": "K1A 0A9", "countryCode": "CA" });
    }
    json!({ "firstName": "Jane", "lastName": "Doe", "address1": "1 Main Street", "city": "Springfield",
            "zip": "12345", "countryCode": "US" })
}
