//! Registering, and changing what is known about oneself.

use cartwright::domain::auth::Role;
use entity::platform::outbox_event;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::{
    make::people::PASSWORD,
    support::{Answer, Caller, TestShop},
};

const REGISTER: &str = "mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) {
    customer { id displayName email firstName lastName phone acceptsMarketing }
    userErrors { field message code } } }";
const UPDATE: &str = "mutation ($input: CustomerUpdateInput!) { customerUpdate(input: $input) {
    customer { displayName firstName lastName phone acceptsMarketing } userErrors { field code } } }";

async fn register(shop: &TestShop, input: Value) -> Answer {
    shop.guest(REGISTER, json!({ "input": input })).await
}

#[tokio::test]
async fn somebody_registers_signs_in_and_sees_themselves() {
    let shop = TestShop::new().await;
    let input =
        json!({ "email": " Ada@Example.com ", "password": PASSWORD, "firstName": "Ada", "lastName": "Lovelace" });
    let made = register(&shop, input).await.done("customerCreate");
    assert_eq!(made["customer"]["displayName"], "Ada Lovelace");
    assert_eq!(made["customer"]["email"], "Ada@Example.com");
    assert_eq!(made["customer"]["acceptsMarketing"], false);

    let sign_in = "mutation ($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) {
        customerAccessToken { accessToken refreshToken expiresAt } userErrors { code } } }";
    let input = json!({ "input": { "email": "ada@example.com", "password": PASSWORD } });
    let token = shop.guest(sign_in, input).await.done("customerAccessTokenCreate");
    let token = token["customerAccessToken"]["accessToken"].as_str().expect("a token").to_owned();

    let caller = shop.bearer(&token).await;
    let answer = shop.ask(&caller, "{ customer { id createdAt } }", json!({})).await;
    assert_eq!(answer.at("/customer/id"), made["customer"]["id"]);
    let by_argument = "query ($token: String) { customer(customerAccessToken: $token) { id } }";
    assert_eq!(shop.guest(by_argument, json!({ "token": token })).await.at("/customer/id"), made["customer"]["id"]);
}

#[tokio::test]
async fn a_guest_has_no_customer_and_a_bad_token_is_no_guest() {
    let shop = TestShop::new().await;
    assert_eq!(shop.guest("{ customer { id } }", json!({})).await.at("/customer"), Value::Null);
    let answer = shop.guest("{ customer(customerAccessToken: \"a.b.c\") { id } shop { name } }", json!({})).await;
    assert_eq!(answer.code(), "UNAUTHENTICATED");
    assert_eq!(answer.body["data"]["shop"]["name"], "My shop");
}

#[tokio::test]
async fn registering_tells_that_a_customer_was_created() {
    let shop = TestShop::still().await;
    register(&shop, json!({ "email": "ada@example.com", "password": PASSWORD })).await.done("customerCreate");
    let events = outbox_event::Entity::find().all(shop.app.database.reader()).await.expect("the outbox is read");
    let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["customer.created"]);
    assert!(!events[0].data.to_string().contains("ada"), "an event names the person by id alone");
}

#[tokio::test]
async fn an_address_is_registered_once_whatever_its_case() {
    let shop = TestShop::new().await;
    register(&shop, json!({ "email": "ada@example.com", "password": PASSWORD })).await.done("customerCreate");
    let again = register(&shop, json!({ "email": "ADA@example.com", "password": PASSWORD })).await;
    assert_eq!(again.refusals("customerCreate"), ["TAKEN"]);
    assert_eq!(again.at("/customerCreate/customer"), Value::Null);
}

#[tokio::test]
async fn two_who_register_one_address_at_once_make_one_account() {
    let shop = TestShop::new().await;
    let input = || json!({ "email": "ada@example.com", "password": PASSWORD });
    let (one, other) = tokio::join!(register(&shop, input()), register(&shop, input()));
    let mut refusals = [one.refusals("customerCreate"), other.refusals("customerCreate")].concat();
    refusals.sort();
    assert_eq!(refusals, ["TAKEN"]);
}

#[tokio::test]
async fn everything_wrong_with_a_registration_is_told_together() {
    let shop = TestShop::new().await;
    let input = json!({ "email": "ada", "password": "short", "firstName": "<b>Ada</b>", "lastName": "nul\u{0}" });
    let answer = register(&shop, input).await;
    let fields: Vec<_> = answer.at("/customerCreate/userErrors").as_array().expect("a list").clone();
    let told: Vec<_> = fields.iter().map(|error| (error["field"][1].as_str(), error["code"].as_str())).collect();
    assert_eq!(
        told,
        [
            (Some("email"), Some("INVALID")),
            (Some("password"), Some("TOO_SHORT")),
            (Some("firstName"), Some("CONTAINS_HTML_TAGS")),
            (Some("lastName"), Some("INVALID")),
        ]
    );
}

#[tokio::test]
async fn passwords_are_judged_by_length_and_commonness_alone() {
    let shop = TestShop::new().await;
    for (place, (password, code)) in [
        ("x".repeat(1 << 20), Some("TOO_LONG")),
        ("1234567".to_owned(), Some("TOO_SHORT")),
        ("Password1".to_owned(), Some("PASSWORD_TOO_COMMON")),
        ("слон и мышь".to_owned(), None),
        ("lower case only".to_owned(), None),
    ]
    .into_iter()
    .enumerate()
    {
        let input = json!({ "email": format!("{place}@example.com"), "password": password });
        let refusals = register(&shop, input).await.refusals("customerCreate");
        assert_eq!(refusals, code.into_iter().collect::<Vec<_>>(), "case {place}");
    }
}

#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let shop = TestShop::new().await;
    for field in ["role", "isStaff", "balance"] {
        let mut input = json!({ "email": "ada@example.com", "password": PASSWORD });
        input[field] = json!("ADMIN");
        let answer = register(&shop, input).await;
        assert!(answer.body["errors"].is_array(), "{field} is refused: {:#}", answer.body);
    }
    register(&shop, json!({ "email": "ada@example.com", "password": PASSWORD })).await.done("customerCreate");
}

#[tokio::test]
async fn a_customer_changes_some_fields_clears_others_and_keeps_the_rest() {
    let shop = TestShop::new().await;
    let ada = shop.customer("ada@example.com").await;
    let first =
        json!({ "input": { "firstName": "Ada", "lastName": "Byron", "phone": "030 1", "acceptsMarketing": true } });
    shop.ask(&ada, UPDATE, first).await.done("customerUpdate");
    let second = json!({ "input": { "lastName": "Lovelace", "phone": null } });
    let changed = shop.ask(&ada, UPDATE, second).await.done("customerUpdate");
    let expected = json!({ "displayName": "Ada Lovelace", "firstName": "Ada", "lastName": "Lovelace", "phone": null,
        "acceptsMarketing": true });
    assert_eq!(changed["customer"], expected);
    let refused = shop.ask(&ada, UPDATE, json!({ "input": { "phone": "4242 4242 4242 4242" } })).await;
    assert_eq!(refused.refusals("customerUpdate"), ["INVALID"]);
}

#[tokio::test]
async fn only_a_customer_changes_a_customer() {
    let shop = TestShop::new().await;
    let clerk = shop.staff("clerk@example.com", Role::Staff).await;
    for caller in [Caller::guest(), clerk] {
        let answer = shop.ask(&caller, UPDATE, json!({ "input": { "firstName": "Eve" } })).await;
        assert_eq!(answer.code(), "UNAUTHENTICATED");
    }
}
