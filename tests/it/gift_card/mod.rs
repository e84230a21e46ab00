//! Gift cards: issued, applied to carts, paid with, given back; and a ledger that always sums to the balance.

mod carts;
mod giving_back;
mod issuing;
mod ledger;
mod mails;
mod paying;
mod selling;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

/// What the tests read of a card.
const CARD: &str = "fragment G on GiftCard { id lastCharacters status balance { amount currencyCode } initialValue { amount } \
     expiresAt deactivatedAt note recipientEmail customer { email } order { id } \
     transactions(first: 250) { nodes { kind amount { amount } note order { id } staffMemberId } } }";

/// A card that was issued: its id and its code.
#[derive(Clone, Debug)]
struct Issued {
    id: String,
    code: String,
}

/// A shop with somebody who may issue gift cards.
struct Till {
    shop: TestShop,
    admin: Caller,
}

impl Till {
    async fn new() -> Self {
        let shop = TestShop::still().await;
        let admin = shop.admin().await;
        Self { shop, admin }
    }

    /// Calls a mutation of gift cards with this input.
    async fn call(&self, mutation: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let code = if mutation == "giftCardCreate" { "giftCardCode" } else { "" };
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ giftCard {{ ...G }} {code} \
             userErrors {{ field message code }} }} }} {CARD}"
        );
        self.shop.ask(&self.admin, &document, json!({ "input": input })).await
    }

    /// A change that has to work; the card afterwards.
    async fn change(&self, mutation: &str, input: Value) -> Value {
        self.call(mutation, input).await.done(mutation)["giftCard"].clone()
    }

    /// The codes with which a change is refused.
    async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        self.call(mutation, input).await.refusals(mutation)
    }

    /// A card of so many dollars.
    async fn card(&self, amount: &str) -> Issued {
        self.card_with(amount, json!({})).await
    }

    async fn card_with(&self, amount: &str, more: Value) -> Issued {
        let mut input = json!({ "amount": money(amount, "USD") });
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let payload = self.call("giftCardCreate", input).await.done("giftCardCreate");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Issued { id: text(&payload["giftCard"]["id"]), code: text(&payload["giftCardCode"]) }
    }

    /// The card as staff see it now.
    async fn read(&self, id: &str) -> Value {
        let document = format!("query($id: ID!) {{ giftCard(id: $id) {{ ...G }} }} {CARD}");
        self.shop.ask(&self.admin, &document, json!({ "id": id })).await.at("/giftCard")
    }

    /// What is left on a card.
    async fn balance(&self, id: &str) -> String {
        self.read(id).await["balance"]["amount"].as_str().expect("an amount").to_owned()
    }

    /// The kinds and amounts of a card's ledger, oldest first.
    async fn ledger(&self, id: &str) -> Vec<String> {
        let card = self.read(id).await;
        let nodes = card["transactions"]["nodes"].as_array().expect("a ledger");
        let line = |entry: &Value| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            format!("{} {}", text(&entry["kind"]), text(&entry["amount"]["amount"]))
        };
        nodes.iter().rev().map(line).collect()
    }

    /// Cards whose balance is not the sum of their entries, or below zero.
    async fn untrue(&self) -> usize {
        let sql = "SELECT c.id FROM gift_card c WHERE c.balance_minor < 0 OR c.balance_minor <> \
                   (SELECT COALESCE(SUM(e.amount_minor), 0) FROM gift_card_entry e WHERE e.gift_card_id = c.id)";
        self.rows(sql).await.len()
    }

    async fn rows(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let db = self.shop.app.database.reader();
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows")
    }

    /// The kinds of the facts about gift cards, oldest first.
    async fn facts(&self) -> Vec<String> {
        let sql = "SELECT kind FROM outbox_event WHERE subject_type = 'gift_card' ORDER BY position";
        self.rows(sql).await.iter().map(|row| row.try_get("", "kind").expect("a kind")).collect()
    }
}

fn money(amount: &str, currency: &str) -> Value {
    json!({ "amount": amount, "currencyCode": currency })
}
