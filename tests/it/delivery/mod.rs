//! Delivery: what staff set, what buyers are offered, what they chose, and what checkout makes of it.

mod buying;
mod choosing;
mod groups;
mod pickups;
mod rates;
mod reading;
mod zones;

use serde_json::{Value, json};

use crate::{
    make::cart::{ADDRESSES_REPLACE, codes, delivery_address},
    support::{Answer, Caller, TestShop},
};

/// A shop with somebody who may change how it delivers.
struct Depot {
    shop: TestShop,
    admin: Caller,
}

impl Depot {
    async fn new() -> Self {
        let shop = TestShop::still().await;
        let admin = shop.admin().await;
        Self { shop, admin }
    }

    /// Calls a mutation with this input and returns the answer.
    async fn call(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field message code }} }} }}"
        );
        self.shop.ask(&self.admin, &document, json!({ "input": input })).await
    }

    /// Calls a mutation that has to work; returns its payload.
    async fn done(&self, mutation: &str, selection: &str, input: Value) -> Value {
        self.call(mutation, selection, input).await.done(mutation)
    }

    /// Where a mutation is refused, and with which codes.
    async fn refused(&self, mutation: &str, input: Value) -> Vec<(String, String)> {
        let answer = self.call(mutation, "__typename", input).await;
        let errors = answer.at(&format!("/{mutation}/userErrors"));
        let errors = errors.as_array().expect("a list").iter().map(|error| {
            let field = error["field"].as_array().expect("a path").iter();
            let field: Vec<&str> = field.map(|part| part.as_str().expect("text")).collect();
            (field.join("."), error["code"].as_str().expect("a code").to_owned())
        });
        let errors: Vec<_> = errors.collect();
        assert!(!errors.is_empty(), "not refused: {:#}", answer.body);
        errors
    }

    /// Adds a zone; returns its id.
    async fn zone(&self, name: &str, areas: Value, rates: Value) -> String {
        let input = json!({ "name": name, "areas": areas, "rates": rates });
        let payload = self.done("deliveryZoneCreate", "deliveryZone { id }", input).await;
        payload["deliveryZone"]["id"].as_str().expect("an id").to_owned()
    }

    /// The id of the first location.
    async fn location(&self) -> String {
        self.shop
            .ask(&self.admin, "{ locations(first: 1) { nodes { id } } }", json!({}))
            .await
            .text("/locations/nodes/0/id")
    }

    /// Offers the first location for pick-up.
    async fn pickup(&self, title: &str, cost: &str) -> Value {
        let input = json!({ "locationId": self.location().await, "title": title, "cost": usd(cost),
            "instructions": "Ring twice.", "address": address("US", "OR", "97201") });
        self.done("pickupLocationSet", "pickupLocation { id handle }", input).await["pickupLocation"].clone()
    }

    /// The kinds of the events about delivery that the outbox holds, oldest first, with who made them.
    async fn facts(&self) -> Vec<(String, Value)> {
        use sea_orm::{ConnectionTrait, Statement};
        let db = self.shop.app.database.reader();
        let sql = "SELECT kind, data FROM outbox_event WHERE subject_type IN ('delivery_zone', 'delivery_rate', \
                   'pickup_location', 'delivery_settings') ORDER BY position";
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("events");
        rows.iter()
            .map(|row| (row.try_get("", "kind").expect("a kind"), row.try_get("", "data").expect("data")))
            .collect()
    }
}

/// What tests read of how a cart is delivered.
const DELIVERY: &str = "fragment D on Cart { id version cost { subtotalAmount { amount } totalAmount { amount } }
    problems { code message } deliveryGroups(first: 5) { nodes { id groupType
        deliveryAddress { countryCode city } cartLines(first: 9) { nodes { quantity } }
        selectedDeliveryOption { handle } deliveryOptions { handle title code description deliveryMethodType
            estimatedCost { amount currencyCode } pickupLocation { title address { city } } } } } }";

impl Depot {
    /// A guest's cart with some units of a variant, and an address unless it is null; returns its id.
    async fn cart(&self, variant: &str, quantity: i32, address: Value) -> String {
        let cart = self.shop.cart(&[(variant.to_owned(), quantity)]).await;
        if !address.is_null() {
            self.move_to(&cart, address).await;
        }
        cart
    }

    /// Puts another address in the place of a cart's.
    async fn move_to(&self, cart: &str, address: Value) {
        let addresses = json!([delivery_address(address)]);
        self.shop.change(ADDRESSES_REPLACE, json!({ "cartId": cart, "addresses": addresses })).await;
    }

    /// How a cart is delivered.
    async fn delivery(&self, cart: &str) -> Value {
        let document = format!("query($id: ID!) {{ cart(id: $id) {{ ...D }} }} {DELIVERY}");
        self.shop.guest(&document, json!({ "id": cart })).await.at("/cart")
    }

    /// What is offered for a cart, as `handle cost`, and what counts.
    async fn offers(&self, cart: &str) -> (Vec<String>, Option<String>) {
        let cart = self.delivery(cart).await;
        let group = &cart["deliveryGroups"]["nodes"][0];
        let offer = |option: &Value| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            format!("{} {}", text(&option["handle"]), text(&option["estimatedCost"]["amount"]))
        };
        let offers = group["deliveryOptions"].as_array().into_iter().flatten().map(offer).collect();
        (offers, group["selectedDeliveryOption"]["handle"].as_str().map(str::to_owned))
    }

    /// Chooses an option for a cart's first group.
    async fn choose(&self, cart: &str, handle: &str) -> Answer {
        let group = self.delivery(cart).await["deliveryGroups"]["nodes"][0]["id"].clone();
        let choice = json!([{ "deliveryGroupId": group, "deliveryOptionHandle": handle }]);
        let document = format!(
            "mutation($id: ID!, $choices: [CartSelectedDeliveryOptionInput!]!) {{ cartSelectedDeliveryOptionsUpdate(
             cartId: $id, selectedDeliveryOptions: $choices) {{ cart {{ ...D }} userErrors {{ field code message }} }} }}
             {DELIVERY}"
        );
        self.shop.guest(&document, json!({ "id": cart, "choices": choice })).await
    }

    /// The codes of a cart's problems.
    async fn problems(&self, cart: &str) -> Vec<String> {
        let cart = self.delivery(cart).await;
        codes(&cart["problems"]).into_iter().map(str::to_owned).collect()
    }

    async fn total(&self, cart: &str) -> String {
        self.delivery(cart).await["cost"]["totalAmount"]["amount"].as_str().expect("a total").to_owned()
    }
}

fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currencyCode": "USD" })
}

/// A rate that always costs the same.
fn flat(title: &str, cost: &str) -> Value {
    json!({ "title": title, "cost": { "flat": usd(cost) } })
}

/// A country as a whole.
fn country(code: &str) -> Value {
    json!([{ "countryCode": code }])
}

/// An address that nothing is wrong with.
fn address(country: &str, province: &str, zip: &str) -> Value {
    json!({ "firstName": "Jane", "lastName": "Doe", "address1": "1 Main Street", "city": "Springfield",
            "provinceCode": province, "zip": zip, "countryCode": country })
}

/// Places and codes of refusals.
fn refusals(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(field, code)| (format!("input.{field}"), (*code).to_owned())).collect()
}
