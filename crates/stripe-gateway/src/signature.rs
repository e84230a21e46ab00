//! Verifying webhooks: `Stripe-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<raw body>">`
//! (docs.stripe.com/webhooks#verify-manually).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// How old or early a message may be.
pub const TOLERANCE_SECONDS: u64 = 300;

/// The endpoint's secrets: one, or two while they are rotated.
#[derive(Clone)]
pub struct Secrets(Vec<String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secrets({})", self.0.len())
    }
}

impl Secrets {
    /// These secrets.
    #[must_use]
    pub fn new(secrets: Vec<String>) -> Self {
        Self(secrets)
    }

    /// Whether a header's value is a signature of this body by one of the secrets, not older or newer than
    /// [`TOLERANCE_SECONDS`]. Stripe sends a `v1` for each of its own secrets; one good one is enough.
    #[must_use]
    pub fn verify(&self, header: &str, body: &[u8], now: i64) -> bool {
        let parts: Vec<(&str, &str)> = header.split(',').filter_map(|part| part.trim().split_once('=')).collect();
        let Some((_, time)) = parts.iter().find(|(name, _)| *name == "t") else { return false };
        let Ok(seconds) = time.parse::<i64>() else { return false };
        if now.abs_diff(seconds) > TOLERANCE_SECONDS {
            return false;
        }
        let given = parts.iter().filter(|(name, _)| *name == "v1").map(|(_, code)| code.as_bytes()).take(4);
        let mut good = false;
        for given in given {
            for secret in &self.0 {
                good |= bool::from(code(secret, time, body).as_bytes().ct_eq(given));
            }
        }
        good
    }
}

fn code(secret: &str, time: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A signature that was worked out apart from this code: `printf '1492774577.{}' | openssl dgst -sha256 -hmac whsec_test`.
    const KNOWN: &str = "0d0602f6611bd2252dd4b74b58a4528355a7380639a15e6cc21e3059d56d5b8b";

    #[test]
    fn a_signature_made_elsewhere_is_verified() {
        let header = format!("t=1492774577,v0=00,v1={KNOWN}");
        let secrets = |list: &[&str]| Secrets::new(list.iter().map(|text| (*text).to_owned()).collect());
        assert!(secrets(&["whsec_test"]).verify(&header, b"{}", 1_492_774_577));
        assert!(secrets(&["whsec_new", "whsec_test"]).verify(&header, b"{}", 1_492_774_577), "during a rotation");
        assert!(!secrets(&["whsec_new"]).verify(&header, b"{}", 1_492_774_577));
        assert!(!secrets(&["whsec_test"]).verify(&header, b"{ }", 1_492_774_577), "another body");
        assert!(!secrets(&["whsec_test"]).verify(&header, b"{}", 1_492_774_577 + 301), "too old");
        assert!(!secrets(&["whsec_test"]).verify(&header, b"{}", 1_492_774_577 - 301), "ahead of its time");
        for broken in ["", "t=", "v1=00", "t=x,v1=00", "t=-9223372036854775808,v1=00", "t=9223372036854775807,v1="] {
            assert!(!secrets(&["whsec_test"]).verify(broken, b"{}", 1_492_774_577));
        }
    }
}
