//! Signing in: what is told apart and what is not, and slowing down guessing.

use cartwright::domain::auth::{Audience, Role};
use chrono::TimeDelta;
use entity::auth::account;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::{
    make::people::PASSWORD,
    support::{Answer, TestShop},
};

const SIGN_IN: &str = "mutation ($email: String!, $password: String!) {
    customerAccessTokenCreate(input: { email: $email, password: $password }) {
        customerAccessToken { accessToken } userErrors { field message code } } }";
const STAFF_SIGN_IN: &str = "mutation ($email: String!, $password: String!) {
    staffAccessTokenCreate(input: { email: $email, password: $password }) {
        staffAccessToken { accessToken } userErrors { field message code } } }";

async fn attempt(shop: &TestShop, email: &str, password: &str) -> Answer {
    shop.guest(SIGN_IN, json!({ "email": email, "password": password })).await
}

async fn staff_attempt(shop: &TestShop, email: &str, password: &str) -> Answer {
    shop.guest(STAFF_SIGN_IN, json!({ "email": email, "password": password })).await
}

fn refusal(answer: &Answer, field: &str) -> Value {
    let payload = answer.at(&format!("/{field}"));
    assert!(payload.as_object().expect("a payload").values().any(Value::is_null), "no tokens: {payload:#}");
    payload["userErrors"].clone()
}

#[tokio::test]
async fn a_wrong_password_an_unknown_address_and_a_disabled_account_read_the_same() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    shop.account("gone@example.com", Role::Customer).await;
    account::Entity::update_many()
        .col_expr(account::Column::DisabledAt, Expr::value(shop.app.sources.now()))
        .filter(account::Column::EmailKey.eq("gone@example.com"))
        .exec(shop.app.database.reader())
        .await
        .expect("disabled");
    let wrong = refusal(&attempt(&shop, "ada@example.com", "not her password").await, "customerAccessTokenCreate");
    assert_eq!(wrong[0]["code"], "UNIDENTIFIED_CUSTOMER");
    assert_eq!(wrong[0]["field"], Value::Null);
    for (email, password) in [
        ("nobody@example.com", PASSWORD),
        ("gone@example.com", PASSWORD),
        ("no address", PASSWORD),
        ("nul\u{0}@example.com", PASSWORD),
        ("ada@example.com", &"x".repeat(1 << 20)),
    ] {
        assert_eq!(refusal(&attempt(&shop, email, password).await, "customerAccessTokenCreate"), wrong, "{email}");
    }
}

#[tokio::test]
async fn a_staff_sign_in_of_a_customer_is_refused_like_a_wrong_password() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    shop.account("admin@example.com", Role::Admin).await;
    let wrong = refusal(&staff_attempt(&shop, "admin@example.com", "wrong guess").await, "staffAccessTokenCreate");
    let customer = refusal(&staff_attempt(&shop, "ada@example.com", PASSWORD).await, "staffAccessTokenCreate");
    assert_eq!(wrong, customer);
    staff_attempt(&shop, "admin@example.com", PASSWORD).await.done("staffAccessTokenCreate");
}

#[tokio::test]
async fn an_admin_who_signs_in_as_a_customer_has_no_permission() {
    let shop = TestShop::new().await;
    shop.account("admin@example.com", Role::Admin).await;
    let tokens = shop.sign_in("admin@example.com", Audience::Storefront).await.tokens;
    let caller = shop.bearer(&tokens.access_token).await;
    let answer = shop.ask(&caller, "{ customers { nodes { id } } customer { email } }", json!({})).await;
    assert_eq!(answer.code(), "FORBIDDEN");
    assert_eq!(answer.body["data"], json!({ "customers": null, "customer": { "email": "admin@example.com" } }));
}

#[tokio::test]
async fn ten_failures_make_an_address_wait_known_or_not() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    let mut told = Vec::new();
    for email in ["ada@example.com", "nobody@example.com"] {
        for _ in 0..10 {
            let answer = attempt(&shop, email, "a wrong guess").await;
            assert_eq!(answer.refusals("customerAccessTokenCreate"), ["UNIDENTIFIED_CUSTOMER"]);
        }
        // Not even the right password is tried, in either sign-in.
        told.push(refusal(&attempt(&shop, &email.to_uppercase(), PASSWORD).await, "customerAccessTokenCreate"));
        told.push(refusal(&staff_attempt(&shop, email, PASSWORD).await, "staffAccessTokenCreate"));
    }
    assert_eq!(told[0][0]["code"], "THROTTLED");
    assert!(told.iter().all(|refusal| *refusal == told[0]), "{told:#?}");
    shop.app.sources.clock.advance(TimeDelta::minutes(15));
    attempt(&shop, "ada@example.com", PASSWORD).await.done("customerAccessTokenCreate");
}

#[tokio::test]
async fn a_success_clears_the_failures() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    for _ in 0..2 {
        for _ in 0..9 {
            attempt(&shop, "ada@example.com", "a wrong guess").await;
        }
        attempt(&shop, "ada@example.com", PASSWORD).await.done("customerAccessTokenCreate");
    }
}

#[tokio::test]
async fn attempts_aliased_in_one_request_are_each_counted() {
    let shop = TestShop::new().await;
    let one = |place: usize| {
        format!(
            "a{place}: customerAccessTokenCreate(input: {{ email: \"ada@example.com\", password: \"wrong guess\" }}) {{
                userErrors {{ code }} }}"
        )
    };
    let document = format!("mutation {{ {} }}", (0..12).map(one).collect::<Vec<_>>().join(" "));
    let answer = shop.guest(&document, json!({})).await;
    assert_eq!(answer.refusals("a9"), ["UNIDENTIFIED_CUSTOMER"]);
    assert_eq!(answer.refusals("a10"), ["THROTTLED"]);
}

#[tokio::test]
async fn fifty_who_sign_in_at_once_all_get_in_with_sessions_of_their_own() {
    let shop = TestShop::new().await;
    // Eight people, so that nobody's failures are counted against their own parallel attempts.
    let people: Vec<String> = (0..8).map(|place| format!("p{place}@example.com")).collect();
    for email in &people {
        shop.account(email, Role::Customer).await;
    }
    let attempts = (0..50).map(|place| shop.sign_in(&people[place % people.len()], Audience::Storefront));
    let signed_in = futures::future::join_all(attempts).await;
    let mut sessions: Vec<_> = signed_in.iter().map(|signed_in| signed_in.session_id).collect();
    sessions.sort();
    sessions.dedup();
    assert_eq!(sessions.len(), 50);
}
