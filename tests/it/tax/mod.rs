//! Taxes: how staff describe them, and what the engine is told.

mod customers;
mod examples;
mod rules;
mod store;
mod writing;

use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

/// A shop with somebody who may set its taxes.
pub struct Office {
    pub shop: TestShop,
    pub admin: Caller,
}

impl Office {
    pub async fn new() -> Self {
        let shop = TestShop::still().await;
        let admin = shop.admin().await;
        Self { shop, admin }
    }

    /// Calls a mutation with this input as this caller.
    pub async fn call_as(&self, caller: &Caller, mutation: &str, selection: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field message code }} }} }}"
        );
        self.shop.ask(caller, &document, json!({ "input": input })).await
    }

    /// Calls a mutation with this input.
    pub async fn call(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        self.call_as(&self.admin, mutation, selection, input).await
    }

    pub async fn class(&self, name: &str) -> String {
        let answer = self.call("taxClassCreate", "taxClass { id }", json!({ "name": name })).await;
        answer.done("taxClassCreate");
        answer.text("/taxClassCreate/taxClass/id")
    }

    pub async fn zone(&self, input: Value) -> String {
        let answer = self.call("taxZoneCreate", "taxZone { id }", input).await;
        answer.done("taxZoneCreate");
        answer.text("/taxZoneCreate/taxZone/id")
    }

    /// Where and with which codes a mutation is refused.
    pub async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        let answer = self.call(mutation, "__typename", input).await;
        let errors = answer.at(&format!("/{mutation}/userErrors"));
        let told = |error: &Value| {
            let field: Vec<&str> =
                error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
            format!("{} {}", field.join("."), error["code"].as_str().unwrap_or_default())
        };
        errors.as_array().expect("a list").iter().map(told).collect()
    }

    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        self.shop.ask(&self.admin, document, variables).await
    }

    /// Kinds and data of the facts about these subjects, oldest first.
    pub async fn facts(&self, subject: &str) -> Vec<(String, Value)> {
        use entity::platform::outbox_event::{Column, Entity};
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
        let find = Entity::find().filter(Column::SubjectType.eq(subject)).order_by_asc(Column::Position);
        let rows = find.all(self.shop.app.database.reader()).await.expect("facts");
        rows.into_iter().map(|row| (row.kind, row.data)).collect()
    }
}

/// A zone of one country with one rate for everything.
pub fn country_zone(country: &str, prices_shown: &str, title: &str, percent: &str) -> Value {
    json!({
        "name": country, "areas": [{ "countryCode": country }], "pricesShown": prices_shown,
        "rates": [{ "taxes": [{ "title": title, "percent": percent }] }],
    })
}
