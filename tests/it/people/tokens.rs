//! Access tokens: what is accepted, and everything that is not (RFC 8725).

use axum::http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cartwright::{
    domain::{
        auth::{
            Audience, Role, SignedIn, ViewerError,
            tokens::{self, Grant, InvalidToken},
        },
        shared::Viewer,
    },
    http::viewer,
};
use chrono::TimeDelta;
use entity::ids::{AccountId, SessionId};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestShop;

/// A shop, somebody signed in, and their token taken apart.
struct Forge {
    shop: TestShop,
    signed_in: SignedIn,
    header: Value,
    claims: Value,
}

impl Forge {
    async fn new() -> Self {
        let shop = TestShop::new().await;
        shop.account("ada@example.com", Role::Customer).await;
        let signed_in = shop.sign_in("ada@example.com", Audience::Storefront).await;
        let part = |place| {
            let part = signed_in.tokens.access_token.split('.').nth(place).expect("three parts");
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
        };
        let (header, claims) = (part(0), part(1));
        Self { shop, signed_in, header, claims }
    }

    /// Signed as we sign, with these changes.
    fn signed(&self, header: &Value, claims: &Value) -> String {
        let secret = &self.shop.app.auth.keys().signing().secret;
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), Algorithm::HS256);
        format!("{message}.{}", signature.expect("signed"))
    }

    fn with_claims(&self, changes: &Value) -> String {
        self.signed(&self.header, &merged(&self.claims, changes))
    }

    fn with_header(&self, changes: &Value) -> String {
        self.signed(&merged(&self.header, changes), &self.claims)
    }

    fn accepts(&self, token: &str) -> bool {
        tokens::verify(self.shop.app.auth.keys(), self.shop.app.sources.now(), token).is_ok()
    }
}

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn merged(base: &Value, changes: &Value) -> Value {
    let mut merged = base.clone();
    for (name, value) in changes.as_object().expect("an object") {
        match value {
            Value::Null => drop(merged.as_object_mut().expect("an object").remove(name)),
            value => merged[name] = value.clone(),
        }
    }
    merged
}

#[tokio::test]
async fn a_token_says_what_it_must_and_nothing_about_the_person() {
    let forge = Forge::new().await;
    assert_eq!((&forge.header["typ"], &forge.header["alg"]), (&json!("at+jwt"), &json!("HS256")));
    assert_eq!((&forge.claims["iss"], &forge.claims["aud"]), (&json!("cartwright"), &json!("storefront")));
    assert_eq!(forge.claims["sub"], json!(forge.signed_in.account.id));
    assert_eq!(forge.claims["sid"], json!(forge.signed_in.session_id));
    assert!(["iat", "nbf", "exp"].iter().all(|name| forge.claims[*name].is_i64()));
    assert!(forge.claims["jti"].is_string());
    assert!(!forge.claims.to_string().contains("ada"));
    assert!(forge.accepts(&forge.with_claims(&json!({}))), "the forge forges well");
}

#[tokio::test]
async fn the_algorithm_and_the_key_are_ours_to_choose() {
    let forge = Forge::new().await;
    let unsigned = format!("{}.{}.", encode(&merged(&forge.header, &json!({ "alg": "none" }))), encode(&forge.claims));
    let (_, signature) = forge.signed_in.tokens.access_token.rsplit_once('.').expect("three parts");
    let stripped = forge.signed_in.tokens.access_token.trim_end_matches(signature).to_owned();
    let with = |algorithm, secret: &[u8]| {
        let kid = forge.header["kid"].as_str().map(str::to_owned);
        let header = Header { typ: Some("at+jwt".into()), kid, ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, &forge.claims, &EncodingKey::from_secret(secret)).expect("signed")
    };
    let secret = forge.shop.app.auth.keys().signing().secret.clone();
    let capability = &forge.shop.app.capability_keys.signing().secret;
    for token in [
        unsigned,
        stripped,
        with(Algorithm::HS256, b"another secret"),
        with(Algorithm::HS256, b""),
        with(Algorithm::HS256, forge.header["kid"].as_str().expect("a kid").as_bytes()),
        with(Algorithm::HS256, capability),
        with(Algorithm::HS384, &secret),
        forge.with_header(&json!({ "alg": "RS256" })),
        forge.with_header(&json!({ "alg": "EdDSA" })),
    ] {
        assert!(!forge.accepts(&token), "{token}");
    }
}

#[tokio::test]
async fn time_is_checked_with_sixty_seconds_of_skew() {
    let forge = Forge::new().await;
    let now = forge.shop.app.sources.now().timestamp();
    let at = |seconds| forge.shop.app.sources.now() + TimeDelta::seconds(seconds);
    let verify = |token: &str, seconds| tokens::verify(forge.shop.app.auth.keys(), at(seconds), token).is_ok();
    let ends = forge.with_claims(&json!({ "iat": now - 600, "nbf": now - 600, "exp": now }));
    assert!(verify(&ends, 58), "within the skew");
    assert!(!verify(&ends, 61));
    let begins = forge.with_claims(&json!({ "iat": now + 60, "nbf": now + 60, "exp": now + 600 }));
    assert!(verify(&begins, 0), "within the skew");
    assert!(!verify(&begins, -2));
    for missing in ["exp", "nbf", "iat"] {
        assert!(!forge.accepts(&forge.with_claims(&json!({ missing: null }))), "{missing}");
    }
}

#[tokio::test]
async fn a_token_for_something_else_is_refused() {
    let forge = Forge::new().await;
    for changes in [
        json!({ "iss": "https://accounts.example" }),
        json!({ "iss": null }),
        json!({ "aud": "another-client" }),
        json!({ "aud": ["storefront", "staff"] }),
        json!({ "aud": null }),
        json!({ "sub": "not an id" }),
        json!({ "sub": null }),
        json!({ "sid": null }),
    ] {
        assert!(!forge.accepts(&forge.with_claims(&changes)), "{changes}");
    }
    for typ in [json!("JWT"), json!("rt+jwt"), json!("logout+jwt"), Value::Null] {
        assert!(!forge.accepts(&forge.with_header(&json!({ "typ": typ }))), "{typ}");
    }
    assert!(!forge.accepts(&forge.signed_in.tokens.refresh_token), "a refresh token is no access token");
}

#[tokio::test]
async fn a_token_of_one_audience_does_not_open_the_other() {
    let forge = Forge::new().await;
    let staff = forge.with_claims(&json!({ "aud": "staff", "role": "ADMIN" }));
    let value = format!("Bearer {staff}");
    let viewer = viewer::of_authorization(&forge.shop.app, &value).await;
    assert!(matches!(viewer, Err(ViewerError::InvalidToken)), "{viewer:?}");
}

#[tokio::test]
async fn keys_named_by_the_token_are_not_followed() {
    let forge = Forge::new().await;
    let jwk = json!({ "kty": "oct", "k": URL_SAFE_NO_PAD.encode(b"attacker"), "alg": "HS256" });
    let mine = |header: &Value| {
        let message = format!("{}.{}", encode(header), encode(&forge.claims));
        let key = EncodingKey::from_secret(b"attacker");
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).expect("signed");
        format!("{message}.{signature}")
    };
    for changes in [
        json!({ "kid": "../../etc/passwd" }),
        json!({ "kid": "' OR 1=1 --" }),
        json!({ "kid": "https://attacker.example/key" }),
        json!({ "kid": Uuid::nil() }),
        json!({ "kid": null }),
        json!({ "jwk": jwk }),
        json!({ "jku": "https://attacker.example/jwks" }),
        json!({ "x5u": "https://attacker.example/chain" }),
    ] {
        assert!(!forge.accepts(&mine(&merged(&forge.header, &changes))), "{changes}");
    }
    assert!(!forge.accepts(&forge.with_header(&json!({ "crit": ["exp"] }))));
}

#[tokio::test]
async fn a_huge_token_is_refused_before_it_is_read() {
    let forge = Forge::new().await;
    let huge = forge.with_claims(&json!({ "padding": "x".repeat(100_000) }));
    let quickest = (0..5).map(|_| {
        let started = std::time::Instant::now();
        assert!(!forge.accepts(&huge));
        started.elapsed()
    });
    assert!(quickest.min().expect("five tries").as_millis() < 5);
}

#[tokio::test]
async fn what_was_issued_is_verified_and_what_was_changed_is_not() {
    let shop = TestShop::still().await;
    let (keys, sources) = (shop.app.auth.keys(), &shop.app.sources);
    let audience = prop_oneof![Just(Audience::Storefront), Just(Audience::Staff)];
    let role = prop_oneof![Just(None), Just(Some(Role::Staff)), Just(Some(Role::Admin))];
    let grants = (any::<u128>(), any::<u128>(), audience, role).prop_map(|(account, session, audience, role)| Grant {
        account_id: AccountId(Uuid::from_u128(account)),
        session_id: SessionId(Uuid::from_u128(session)),
        audience,
        role,
    });
    let cases = (grants, 10_i64..86_400, any::<prop::sample::Index>(), 0_u8..64);
    let run = TestRunner::default().run(&cases, |(grant, life, place, letter)| {
        let token = tokens::issue(keys, sources, &grant, TimeDelta::seconds(life)).expect("signed");
        prop_assert_eq!(tokens::verify(keys, sources.now(), &token.text), Ok(grant));
        let late = token.expires_at + TimeDelta::seconds(61);
        prop_assert_eq!(tokens::verify(keys, late, &token.text), Err(InvalidToken));
        let mut bytes = token.text.clone().into_bytes();
        let place = place.index(bytes.len());
        let letter = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[usize::from(letter)];
        prop_assume!(bytes[place] != letter);
        bytes[place] = letter;
        let changed = String::from_utf8(bytes).expect("ASCII");
        prop_assert_eq!(tokens::verify(keys, sources.now(), &changed), Err(InvalidToken));
        Ok(())
    });
    run.expect("every token");
}

#[tokio::test]
async fn without_a_header_a_guest_with_a_bad_one_nobody() {
    let forge = Forge::new().await;
    let app = &forge.shop.app;
    assert_eq!(viewer::of_headers(app, &HeaderMap::new()).await.ok(), Some(Viewer::Guest));
    let good = HeaderValue::from_str(&format!("bearer {}", forge.signed_in.tokens.access_token)).expect("a value");
    let mut headers = HeaderMap::new();
    headers.append(AUTHORIZATION, good.clone());
    let found = viewer::of_headers(app, &headers).await.expect("a viewer");
    assert_eq!(found.customer_account(), Some(forge.signed_in.account.id));
    headers.append(AUTHORIZATION, good);
    assert!(matches!(viewer::of_headers(app, &headers).await, Err(ViewerError::InvalidToken)), "two headers");
    for bad in ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer a.b.c"] {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(bad))]);
        let found = viewer::of_headers(app, &headers).await;
        assert!(matches!(found, Err(ViewerError::InvalidToken)), "{bad:?}: {found:?}");
    }
}
