//! Discounts: what staff write, what is refused, and who may use one how often.

mod book;
mod carts;
mod listing;
mod orders;
mod permissions;
mod refusals;
mod taking;
mod writing;

use cartwright::domain::discount::Buyer;
use entity::ids::DiscountId;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Caller, TestShop};

/// What the tests read of a discount.
const DISCOUNT: &str = "id title method status version usageLimit usageLimitPerCustomer usageCount codesCount customerIds \
    startsAt endsAt codes(first: 50) { nodes { code } } \
    combinesWith { orderDiscounts productDiscounts shippingDiscounts } \
    minimumRequirement { subtotal { amount currencyCode } quantity } \
    effect { __typename \
      ... on DiscountItemsEffect { percentage amount { amount currencyCode } appliesOnEachItem items { ...I } } \
      ... on DiscountBuyXGetYEffect { customerBuys { quantity items { ...I } } \
        customerGets { quantity percentage items { ...I } } usesPerOrderLimit } \
      ... on DiscountOrderEffect { percentage amount { amount currencyCode } } \
      ... on DiscountShippingEffect { percentage maximumShippingPrice { amount currencyCode } countries } }";

const ITEMS: &str = "fragment I on DiscountItems { all products { title } variants { id } collections { title } }";

/// A shop with somebody who may change its discounts.
struct Desk {
    shop: TestShop,
    admin: Caller,
}

/// Ten percent off the order.
fn tenth() -> Value {
    json!({ "order": { "percentage": "10" } })
}

/// `more` put over `base`.
fn with(base: Value, more: Value) -> Value {
    let (mut base, more) = (base, more);
    if let (Some(base), Value::Object(more)) = (base.as_object_mut(), more) {
        base.extend(more);
    }
    base
}

impl Desk {
    async fn new() -> Self {
        Self::of(TestShop::still().await).await
    }

    async fn of(shop: TestShop) -> Self {
        let admin = shop.admin().await;
        Self { shop, admin }
    }

    /// Calls a mutation with this input and returns the answer.
    async fn call(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let fragment = if selection.contains("...I") { ITEMS } else { "" };
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field message code }} }} \
             }} {fragment}"
        );
        self.shop.ask(&self.admin, &document, json!({ "input": input })).await
    }

    /// Calls a mutation that has to work; returns the discount.
    async fn done(&self, mutation: &str, input: Value) -> Value {
        let answer = self.call(mutation, &format!("discount {{ {DISCOUNT} }}"), input).await;
        answer.done(mutation)["discount"].clone()
    }

    /// A discount of ten percent by this code, with `more`; returns its id.
    async fn code(&self, code: &str, more: Value) -> String {
        let input = with(json!({ "title": code, "codes": [code], "effect": tenth() }), more);
        text(&self.done("discountCodeCreate", input).await["id"])
    }

    /// An automatic discount of ten percent with `more`; returns its id.
    async fn automatic(&self, title: &str, more: Value) -> String {
        let input = with(json!({ "title": title, "effect": tenth() }), more);
        text(&self.done("discountAutomaticCreate", input).await["id"])
    }

    /// The places and codes with which a mutation is refused: `codes.0 TAKEN`.
    async fn refused(&self, mutation: &str, input: Value) -> Vec<String> {
        let answer = self.call(mutation, "__typename", input).await;
        let errors = answer.at(&format!("/{mutation}/userErrors"));
        let shown = |error: &Value| {
            let field: Vec<&str> =
                error["field"].as_array().expect("a path").iter().skip(1).filter_map(Value::as_str).collect();
            format!("{} {}", field.join("."), error["code"].as_str().unwrap_or("?"))
        };
        errors.as_array().expect("a list").iter().map(shown).collect()
    }

    /// The discount as it is now.
    async fn read(&self, id: &str) -> Value {
        let document = format!("query($id: ID!) {{ discount(id: $id) {{ {DISCOUNT} }} }} {ITEMS}");
        self.shop.ask(&self.admin, &document, json!({ "id": id })).await.at("/discount")
    }

    /// How often it is used: what it says, and the redemptions that count.
    async fn uses(&self, id: &str) -> (i64, usize) {
        use entity::discount::{discount, discount_redemption};
        let db = self.shop.app.database.reader();
        let row = discount::Entity::find_by_id(discount_id(id)).one(db).await.expect("read").expect("a discount");
        let uses = discount_redemption::Entity::find().all(db).await.expect("read");
        let counted = uses.iter().filter(|one| one.discount_id == row.id && one.returned_at.is_none()).count();
        (row.used, counted)
    }

    /// The kinds of the facts of discounts, oldest first, and who did each.
    async fn facts(&self) -> Vec<String> {
        use sea_orm::{ConnectionTrait, Statement};
        let db = self.shop.app.database.reader();
        let sql = "SELECT kind FROM outbox_event WHERE subject_type = 'discount' ORDER BY position";
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("events");
        rows.iter().map(|row| row.try_get("", "kind").expect("a kind")).collect()
    }
}

#[track_caller]
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn uuid(gid: &str) -> Uuid {
    Uuid::try_parse(gid.rsplit('/').next().unwrap_or_default()).expect("an id")
}

fn discount_id(gid: &str) -> DiscountId {
    DiscountId(uuid(gid))
}

/// A guest with this address.
fn guest(email: &str) -> Buyer {
    Buyer { account_id: None, email: Some(email.to_owned()) }
}
