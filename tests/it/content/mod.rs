//! Content: what shoppers and staff read, what staff write, what searches find, what browsers see.

mod demo;
mod handles;
mod menus;
mod pages;
mod policies;
mod reading;
mod redirects;
mod searching;
mod shop;
mod statements;
mod visibility;
mod writing;

use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

/// A shop with somebody who may change its content.
struct Desk {
    shop: TestShop,
    admin: Caller,
}

impl Desk {
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

    /// Calls a mutation that has to work; returns the id of what it made or changed, at `object`.
    async fn make(&self, mutation: &str, object: &str, input: Value) -> String {
        let answer = self.call(mutation, &format!("{object} {{ id }}"), input).await;
        let payload = answer.done(mutation);
        payload[object]["id"].as_str().unwrap_or_else(|| panic!("{:#}", answer.body)).to_owned()
    }

    async fn page(&self, input: Value) -> String {
        self.make("pageCreate", "page", input).await
    }

    async fn blog(&self, title: &str) -> String {
        self.make("blogCreate", "blog", json!({ "title": title })).await
    }

    async fn article(&self, input: Value) -> String {
        self.make("articleCreate", "article", input).await
    }

    async fn menu(&self, handle: &str, items: Value) -> String {
        self.make("menuCreate", "menu", json!({ "title": handle, "handle": handle, "items": items })).await
    }

    async fn redirect(&self, path: &str, target: &str) -> String {
        self.make("urlRedirectCreate", "urlRedirect", json!({ "path": path, "target": target })).await
    }

    /// The codes with which a mutation is refused.
    async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        self.call(mutation, "__typename", input).await.refusals(mutation)
    }

    async fn guest(&self, document: &str) -> Answer {
        self.shop.guest(document, json!({})).await
    }

    async fn staff(&self, document: &str) -> Answer {
        self.shop.ask(&self.admin, document, json!({})).await
    }

    /// The kinds of the events that the outbox holds, oldest first, but for accounts' and the like.
    async fn facts(&self) -> Vec<String> {
        use sea_orm::{ConnectionTrait, Statement};
        let db = self.shop.app.database.reader();
        let sql = "SELECT kind FROM outbox_event WHERE subject_type IN ('page', 'blog', 'article', 'menu', \
                   'url_redirect', 'shop_policy', 'shop') ORDER BY position";
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("events");
        rows.iter().map(|row| row.try_get("", "kind").expect("a kind")).collect()
    }
}

/// The texts under `name` of the nodes of the connection at `pointer`.
#[track_caller]
fn nodes(answer: &Answer, pointer: &str, name: &str) -> Vec<String> {
    let nodes = answer.at(&format!("{pointer}/nodes"));
    let text = |node: &Value| node[name].as_str().unwrap_or_default().to_owned();
    nodes.as_array().expect("nodes").iter().map(text).collect()
}
