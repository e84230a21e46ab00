//! Price lists: what staff write, what buyers of a country see, and what was asked before.

mod carts;
mod history;
mod lists;
mod orders;
mod reading;
mod statements;

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};

use crate::{
    make::catalog::Made,
    support::{Answer, Caller, TestShop},
};

/// A shop that sells to four countries, and somebody who may change its prices.
struct Desk {
    shop: TestShop,
    admin: Caller,
}

impl Desk {
    async fn new() -> Self {
        Self::over(TestShop::still().await).await
    }

    async fn over(shop: TestShop) -> Self {
        let admin = shop.admin().await;
        let desk = Self { shop, admin };
        desk.call("shopUpdate", "shop { name }", json!({ "countries": ["US", "CA", "DE", "JP"] }))
            .await
            .done("shopUpdate");
        desk
    }

    /// Calls a mutation with this input and returns the answer.
    async fn call(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field message code }} }} }}"
        );
        self.shop.ask(&self.admin, &document, json!({ "input": input })).await
    }

    /// The codes with which a mutation is refused.
    async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        self.call(mutation, "__typename", input).await.refusals(mutation)
    }

    /// Adds a list; `more` says what is not as usual.
    async fn list(&self, currency: &str, countries: &[&str], more: Value) -> String {
        let mut input = json!({ "name": "A list", "currency": currency, "countries": countries });
        input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let answer = self.call("priceListCreate", "priceList { id }", input).await;
        answer.done("priceListCreate")["priceList"]["id"].as_str().expect("an id").to_owned()
    }

    /// Adds one price to a list.
    async fn price(&self, list: &str, variant: &str, currency: &str, amount: &str) {
        self.prices(list, currency, json!([{ "variantId": variant, "price": amount }])).await;
    }

    /// Adds prices to a list; amounts are given without their currency.
    async fn prices(&self, list: &str, currency: &str, prices: Value) {
        let money = |amount: &Value| json!({ "amount": amount, "currencyCode": currency });
        let mut prices = prices;
        for price in prices.as_array_mut().expect("a list") {
            for field in ["price", "compareAtPrice"] {
                if let Some(amount) = price.get(field).cloned() {
                    price[field] = money(&amount);
                }
            }
        }
        let input = json!({ "priceListId": list, "prices": prices });
        self.call("priceListPricesAdd", "prices { minimumQuantity }", input).await.done("priceListPricesAdd");
    }

    /// Changes the price of a product's first variant.
    async fn own_price(&self, made: &Made, amount: &str) {
        let input = json!({ "productId": made.gid(), "variants": [{ "id": made.variant_gid(0), "price": amount }] });
        self.call("productVariantsBulkUpdate", "__typename", input).await.done("productVariantsBulkUpdate");
    }

    /// What a guest in this country sees of a variant.
    async fn seen(&self, country: &str, variant: &str, selection: &str) -> Value {
        let document = format!(
            "query($id: ID!, $country: CountryCode) @inContext(country: $country) {{ node(id: $id) {{ \
             ... on ProductVariant {{ {selection} }} }} }}"
        );
        self.shop.guest(&document, json!({ "id": variant, "country": country })).await.at("/node")
    }

    /// The price of a variant in this country: `12.5 EUR`.
    async fn cost(&self, country: &str, variant: &str) -> String {
        words(&self.seen(country, variant, "price { amount currencyCode }").await["price"])
    }

    /// The prior price of a variant in this country; empty when there is none.
    async fn prior(&self, country: &str, variant: &str) -> String {
        let seen = self.seen(country, variant, "priorPrice { amount currencyCode }").await;
        if seen["priorPrice"].is_null() { String::new() } else { words(&seen["priorPrice"]) }
    }

    /// A moment so many seconds from now, as the API takes it.
    fn moment(&self, seconds: i64) -> String {
        let moment = self.shop.app.sources.now() + TimeDelta::seconds(seconds);
        moment.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

fn words(money: &Value) -> String {
    format!("{} {}", money["amount"].as_str().unwrap_or("?"), money["currencyCode"].as_str().unwrap_or("?"))
}
