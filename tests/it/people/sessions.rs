//! Sessions: renewing once, ending at once.

use cartwright::domain::{
    auth::{self, Audience, Role, TokenPair, ViewerError},
    shared::Viewer,
};
use chrono::TimeDelta;
use entity::{
    auth::{account, refresh_token, session},
    ids::SessionId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

use crate::support::{Answer, Caller, TestShop};

const RENEW: &str = "mutation ($token: String!) { customerAccessTokenRenew(input: { refreshToken: $token }) {
    customerAccessToken { accessToken refreshToken expiresAt } userErrors { code } } }";
const SIGN_OUT: &str = "mutation ($token: String) { customerAccessTokenDelete(input: { refreshToken: $token }) {
    signedOut userErrors { code } } }";

async fn renew(shop: &TestShop, token: &str) -> Answer {
    shop.guest(RENEW, json!({ "token": token })).await
}

async fn viewer(shop: &TestShop, tokens: &TokenPair) -> Result<Viewer, ViewerError> {
    auth::viewer_of(shop.app.database.reader(), &shop.app.auth, &tokens.access_token).await
}

#[track_caller]
fn assert_invalid(viewer: Result<Viewer, ViewerError>) {
    assert!(matches!(viewer, Err(ViewerError::InvalidToken)), "{viewer:?}");
}

async fn reason(shop: &TestShop, id: SessionId) -> Option<String> {
    let row = session::Entity::find_by_id(id).one(shop.app.database.reader()).await.expect("read").expect("a session");
    row.revoked_reason
}

#[tokio::test]
async fn a_refresh_token_gives_the_next_pair_of_the_same_session() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    let signed_in = shop.sign_in("ada@example.com", Audience::Storefront).await;
    let next = renew(&shop, &signed_in.tokens.refresh_token).await.done("customerAccessTokenRenew");
    let token = next["customerAccessToken"]["accessToken"].as_str().expect("a token");
    let caller = shop.bearer(token).await;
    assert_eq!(caller.viewer.customer().map(|customer| customer.session_id), Some(signed_in.session_id));
    let next = next["customerAccessToken"]["refreshToken"].as_str().expect("a token");
    renew(&shop, next).await.done("customerAccessTokenRenew");
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_session_and_all_its_tokens() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    let signed_in = shop.sign_in("ada@example.com", Audience::Storefront).await;
    let other = shop.sign_in("ada@example.com", Audience::Storefront).await;
    let next = renew(&shop, &signed_in.tokens.refresh_token).await.done("customerAccessTokenRenew");
    let next = next["customerAccessToken"]["refreshToken"].as_str().expect("a token").to_owned();
    assert!(viewer(&shop, &signed_in.tokens).await.is_ok());

    let again = renew(&shop, &signed_in.tokens.refresh_token).await;
    assert_eq!(again.refusals("customerAccessTokenRenew"), ["TOKEN_INVALID"]);
    assert_eq!(reason(&shop, signed_in.session_id).await.as_deref(), Some("reuse"));
    assert_eq!(renew(&shop, &next).await.refusals("customerAccessTokenRenew"), ["TOKEN_INVALID"]);
    assert_invalid(viewer(&shop, &signed_in.tokens).await);
    assert!(viewer(&shop, &other.tokens).await.is_ok(), "another sign-in of hers lives on");
}

#[tokio::test]
async fn two_renewals_at_once_have_one_winner() {
    for _ in 0..5 {
        let shop = TestShop::new().await;
        shop.account("ada@example.com", Role::Customer).await;
        let token = shop.sign_in("ada@example.com", Audience::Storefront).await.tokens.refresh_token;
        let answers = tokio::join!(renew(&shop, &token), renew(&shop, &token), renew(&shop, &token));
        let answers = [answers.0, answers.1, answers.2];
        let won = answers.iter().filter(|answer| answer.refusals("customerAccessTokenRenew").is_empty()).count();
        assert_eq!(won, 1);
    }
}

#[tokio::test]
async fn what_is_no_refresh_token_of_this_audience_is_refused() {
    let shop = TestShop::new().await;
    shop.account("admin@example.com", Role::Admin).await;
    let signed_in = shop.sign_in("admin@example.com", Audience::Staff).await;
    let (id, _) = signed_in.tokens.refresh_token.split_once('.').expect("two parts");
    let guessed = format!("{id}.{}", "A".repeat(43));
    let long = "x".repeat(100_000);
    for token in ["", "x", ".", "a.b", &guessed, &long, &signed_in.tokens.access_token, &signed_in.tokens.refresh_token]
    {
        assert_eq!(renew(&shop, token).await.refusals("customerAccessTokenRenew"), ["TOKEN_INVALID"]);
    }
    let staff = "mutation ($token: String!) { staffAccessTokenRenew(input: { refreshToken: $token }) {
        staffAccessToken { accessToken } userErrors { code } } }";
    let renewed = shop.guest(staff, json!({ "token": signed_in.tokens.refresh_token })).await;
    renewed.done("staffAccessTokenRenew");
}

#[tokio::test]
async fn a_refresh_token_ends_after_its_time() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    let tokens = shop.sign_in("ada@example.com", Audience::Storefront).await.tokens;
    shop.app.sources.clock.advance(TimeDelta::days(30));
    assert_eq!(renew(&shop, &tokens.refresh_token).await.refusals("customerAccessTokenRenew"), ["TOKEN_INVALID"]);
}

#[tokio::test]
async fn refresh_secrets_and_passwords_are_not_kept_in_plain() {
    let shop = TestShop::new().await;
    let account = shop.account("ada@example.com", Role::Customer).await;
    let tokens = shop.sign_in("ada@example.com", Audience::Storefront).await.tokens;
    let (_, secret) = tokens.refresh_token.split_once('.').expect("two parts");
    let row = refresh_token::Entity::find().one(shop.app.database.reader()).await.expect("read").expect("a token");
    assert_eq!(row.secret_hash.len(), 64);
    assert!(!row.secret_hash.contains(secret));
    assert!(account.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

#[tokio::test]
async fn signing_out_ends_the_tokens_at_once() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    let signed_in = shop.sign_in("ada@example.com", Audience::Storefront).await;
    let caller = shop.bearer(&signed_in.tokens.access_token).await;
    let done = shop.ask(&caller, SIGN_OUT, json!({})).await.done("customerAccessTokenDelete");
    assert_eq!(done["signedOut"], true);
    assert_invalid(viewer(&shop, &signed_in.tokens).await);
    let renewed = renew(&shop, &signed_in.tokens.refresh_token).await;
    assert_eq!(renewed.refusals("customerAccessTokenRenew"), ["TOKEN_INVALID"]);
    assert_eq!(reason(&shop, signed_in.session_id).await.as_deref(), Some("signed_out"));
}

#[tokio::test]
async fn a_refresh_token_signs_out_its_own_session_and_no_other() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    let (phone, laptop) = (
        shop.sign_in("ada@example.com", Audience::Storefront).await.tokens,
        shop.sign_in("ada@example.com", Audience::Storefront).await.tokens,
    );
    for _ in 0..2 {
        let answer = shop.guest(SIGN_OUT, json!({ "token": phone.refresh_token })).await;
        answer.done("customerAccessTokenDelete");
    }
    assert_invalid(viewer(&shop, &phone).await);
    assert!(viewer(&shop, &laptop).await.is_ok());
}

#[tokio::test]
async fn nobody_signs_out_what_they_did_not_sign_in() {
    let shop = TestShop::new().await;
    let admin = shop.admin().await;
    for caller in [Caller::guest(), admin.clone()] {
        let answer = shop.ask(&caller, SIGN_OUT, json!({})).await;
        assert_eq!(answer.refusals("customerAccessTokenDelete"), ["TOKEN_INVALID"]);
        assert_eq!(answer.at("/customerAccessTokenDelete/signedOut"), false);
    }
    let staff_sign_out = "mutation { staffAccessTokenDelete { signedOut userErrors { code } } }";
    shop.ask(&admin, staff_sign_out, json!({})).await.done("staffAccessTokenDelete");
}

#[tokio::test]
async fn a_new_password_ends_every_session_of_the_account() {
    let shop = TestShop::new().await;
    shop.account("ada@example.com", Role::Customer).await;
    shop.account("bob@example.com", Role::Customer).await;
    let ada = shop.sign_in("ada@example.com", Audience::Storefront).await;
    let bob = shop.sign_in("bob@example.com", Audience::Storefront).await;
    assert!(viewer(&shop, &ada.tokens).await.is_ok());
    let set = auth::set_password(&shop.app.database, &shop.app.auth, "Ada@example.com", "a very new password").await;
    set.expect("the password is set");
    assert_invalid(viewer(&shop, &ada.tokens).await);
    assert_eq!(reason(&shop, ada.session_id).await.as_deref(), Some("password_changed"));
    assert!(viewer(&shop, &bob.tokens).await.is_ok());
}

#[tokio::test]
async fn what_another_process_changed_is_known_within_the_time_of_trust() {
    let shop = TestShop::new().await;
    shop.account("clerk@example.com", Role::Admin).await;
    let tokens = shop.sign_in("clerk@example.com", Audience::Staff).await.tokens;
    let role = async || match viewer(&shop, &tokens).await {
        Ok(Viewer::Staff(staff)) => Some(staff.role),
        Ok(other) => panic!("not staff: {other:?}"),
        Err(_) => None,
    };
    let change = async |column, value| {
        let update = account::Entity::update_many().col_expr(column, value);
        let update = update.filter(account::Column::EmailKey.eq("clerk@example.com"));
        update.exec(shop.app.database.reader()).await.expect("changed");
        shop.app.sources.clock.advance(TimeDelta::seconds(16));
    };
    assert_eq!(role().await, Some(Role::Admin));
    change(account::Column::Role, Expr::value(Role::Staff)).await;
    assert_eq!(role().await, Some(Role::Staff), "the role is the account's, not the token's");
    change(account::Column::DisabledAt, Expr::value(shop.app.sources.now())).await;
    assert_eq!(role().await, None);
    change(account::Column::DisabledAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>)).await;
    assert_eq!(role().await, Some(Role::Staff));
    change(account::Column::Role, Expr::value(Role::Customer)).await;
    assert_eq!(role().await, None);
}

#[tokio::test]
async fn a_remembered_session_costs_no_query() {
    let shop = TestShop::still().await;
    shop.account("ada@example.com", Role::Customer).await;
    let tokens = shop.sign_in("ada@example.com", Audience::Storefront).await.tokens;
    let (_, first) = shop.statements(viewer(&shop, &tokens)).await;
    let (_, second) = shop.statements(viewer(&shop, &tokens)).await;
    assert_eq!((first, second), (1, 0));
}
