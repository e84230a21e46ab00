//! Signing messages: `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<raw body>">`, the scheme that card processors use.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::platform::keys::KeyRing;

/// How old or early a message may be.
pub const TOLERANCE_SECONDS: u64 = 300;

/// Signs and verifies with a secret that is derived from the shop's keys.
#[derive(Clone)]
pub struct Signer {
    secrets: Vec<Vec<u8>>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    /// A signer whose secrets come from these keys; after a rotation the old ones still verify.
    #[must_use]
    pub fn new(keys: &KeyRing) -> Self {
        let derived = keys.all().map(|key| mac(&key.secret, &[b"sandbox webhook"])).collect();
        Self { secrets: derived }
    }

    /// The signature header's value of a body.
    #[must_use]
    pub fn sign(&self, body: &[u8], now: DateTime<Utc>) -> String {
        let time = now.timestamp().to_string();
        let code = self.secrets.first().map(|secret| code(secret, &time, body)).unwrap_or_default();
        format!("t={time},v1={code}")
    }

    /// Whether a header's value is a signature of this body, not older or newer than [`TOLERANCE_SECONDS`]. Several
    /// `v1` may be given; one good one is enough.
    #[must_use]
    pub fn verifies(&self, header: &str, body: &[u8], now: DateTime<Utc>) -> bool {
        let parts: Vec<(&str, &str)> = header.split(',').filter_map(|part| part.trim().split_once('=')).collect();
        let Some((_, time)) = parts.iter().find(|(name, _)| *name == "t") else { return false };
        let Ok(seconds) = time.parse::<i64>() else { return false };
        if now.timestamp().abs_diff(seconds) > TOLERANCE_SECONDS {
            return false;
        }
        let given = parts.iter().filter(|(name, _)| *name == "v1").map(|(_, code)| *code);
        given.take(4).any(|given| {
            self.secrets.iter().any(|secret| code(secret, time, body).as_bytes().ct_eq(given.as_bytes()).into())
        })
    }
}

fn code(secret: &[u8], time: &str, body: &[u8]) -> String {
    mac(secret, &[time.as_bytes(), b".", body]).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac(secret: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn signer(secret: &[u8]) -> Signer {
        Signer { secrets: vec![secret.to_vec()] }
    }

    #[test]
    fn only_the_right_secret_the_raw_body_and_a_fresh_time_pass() {
        let now = Clock::system().now();
        let ours = signer(b"one");
        let header = ours.sign(b"{\"a\": 1}", now);
        assert!(ours.verifies(&header, b"{\"a\": 1}", now));
        assert!(ours.verifies(&format!("{header},v1=00"), b"{\"a\": 1}", now), "one good signature is enough");
        assert!(!ours.verifies(&header, b"{\"a\":1}", now), "written again");
        assert!(!signer(b"two").verifies(&header, b"{\"a\": 1}", now));
        assert!(!ours.verifies(&header, b"{\"a\": 1}", now + TimeDelta::seconds(301)));
        assert!(!ours.verifies(&header, b"{\"a\": 1}", now - TimeDelta::seconds(301)));
        for broken in ["", "t=", "v1=00", "t=x,v1=00", "t=-9223372036854775808,v1=00", "t=9223372036854775807,v1=00"] {
            assert!(!ours.verifies(broken, b"{\"a\": 1}", now));
        }
    }

    #[test]
    fn an_old_secret_still_verifies_during_a_rotation() {
        let now = Clock::system().now();
        let header = signer(b"old").sign(b"x", now);
        let rotated = Signer { secrets: vec![b"new".to_vec(), b"old".to_vec()] };
        assert!(rotated.verifies(&header, b"x", now));
    }

    use crate::platform::Clock;
}
