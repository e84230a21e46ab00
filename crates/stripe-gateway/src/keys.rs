//! What Stripe's keys say of themselves: secret or publishable, test or live (docs.stripe.com/keys).

/// Whether real money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMode {
    /// No money moves.
    Test,
    /// Real money moves.
    Live,
}

/// The mode of a key that begins as `kinds` allow, such as `sk_test_…`; `None`: it is not of that form.
#[must_use]
pub fn mode_of(key: &str, kinds: &[&str]) -> Option<KeyMode> {
    let (kind, rest) = key.split_once('_')?;
    let (mode, rest) = rest.split_once('_')?;
    let clean = rest.len() >= 4 && rest.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let mode = match mode {
        "test" => KeyMode::Test,
        "live" => KeyMode::Live,
        _ => return None,
    };
    (clean && kinds.contains(&kind)).then_some(mode)
}

/// What is wrong with these settings, each with the setting's name; nothing of a key's text is repeated.
#[must_use]
pub fn problems_of_keys(secret: Option<&str>, publishable: Option<&str>, webhook_secrets: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let Some(secret) = secret else {
        if publishable.is_some() || !webhook_secrets.is_empty() {
            found.push("STRIPE_SECRET_KEY is needed when another setting of Stripe is given".to_owned());
        }
        return found;
    };
    let mode = mode_of(secret, &["sk", "rk"]);
    if mode.is_none() {
        let other = mode_of(secret, &["pk"]).is_some();
        let why = if other {
            "is a publishable key; the secret one is needed"
        } else {
            "must begin with sk_test_, sk_live_, rk_test_ or rk_live_"
        };
        found.push(format!("STRIPE_SECRET_KEY {why}"));
    }
    match publishable.map(|key| (key, mode_of(key, &["pk"]))) {
        Some((key, None)) if mode_of(key, &["sk", "rk"]).is_some() => {
            found.push("STRIPE_PUBLISHABLE_KEY is a secret key, and every front end would read it: make a new secret key at once".to_owned());
        }
        Some((_, None)) => found.push("STRIPE_PUBLISHABLE_KEY must begin with pk_test_ or pk_live_".to_owned()),
        Some((_, of_publishable)) if mode.is_some() && of_publishable != mode => {
            found.push(
                "STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is live, the other test"
                    .to_owned(),
            );
        }
        Some(_) => {}
        None => found.push("STRIPE_PUBLISHABLE_KEY is needed: front ends take cards with it".to_owned()),
    }
    if webhook_secrets.is_empty() {
        found.push("STRIPE_WEBHOOK_SECRET is needed: without it no message of Stripe's can be believed".to_owned());
    }
    if webhook_secrets.len() > 2 {
        found.push(
            "STRIPE_WEBHOOK_SECRET takes two secrets at most, separated by a comma, while they are rotated".to_owned(),
        );
    }
    for secret in webhook_secrets {
        let Some(rest) = secret.strip_prefix("whsec_") else {
            found.push("STRIPE_WEBHOOK_SECRET must begin with whsec_".to_owned());
            continue;
        };
        if mode == Some(KeyMode::Live) && is_of_a_test(rest) {
            found.push(
                "STRIPE_WEBHOOK_SECRET is a test's while STRIPE_SECRET_KEY is live: nobody would hear of real payments"
                    .to_owned(),
            );
        }
    }
    found
}

/// Whether what follows `whsec_` is a test's: those say so themselves. A real endpoint's is random and holds any word now and then,
/// so only its beginning is looked at. Of a secret that a tool made up at random only the messages tell: they have a mode.
fn is_of_a_test(secret: &str) -> bool {
    const WORDS: [&str; 8] = ["test", "stand_in", "example", "xxxx", "your", "secret", "placeholder", "change"];
    let secret = secret.to_ascii_lowercase();
    secret.len() < 24 || WORDS.iter().any(|word| secret.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_0123456789abcdef0123456789abcdef";

    fn problems(secret: &str, publishable: &str, webhook: &str) -> Vec<String> {
        problems_of_keys(Some(secret), Some(publishable), &[webhook.to_owned()])
    }

    #[test]
    fn keys_that_fit_together_have_no_problem() {
        assert!(problems("sk_test_abcd", "pk_test_abcd", "whsec_test").is_empty());
        assert!(problems("rk_live_abcd", "pk_live_abcd", SECRET).is_empty());
        assert!(problems_of_keys(None, None, &[]).is_empty());
    }

    #[test]
    fn a_real_webhook_secret_may_hold_any_word_and_a_tests_begins_with_one() {
        for real in [
            "whsec_0xXx456789abcdef0123456789abTEST",
            "whsec_9Test56789abcdefExample456789abc",
            "whsec_abcdefxxxx0123456789abcdef",
        ] {
            assert!(problems("sk_live_abcd", "pk_live_abcd", real).is_empty(), "{real}");
        }
        for test in [
            "whsec_test_0123456789abcdef0123456789abcdef",
            "whsec_TEST0123456789abcdef0123456789abcdef",
            "whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "whsec_your_endpoint_secret_goes_here",
            "whsec_0123456789",
        ] {
            assert_eq!(problems("sk_live_abcd", "pk_live_abcd", test).len(), 1, "{test}");
            assert!(problems("sk_test_abcd", "pk_test_abcd", test).is_empty(), "{test}");
        }
    }

    #[test]
    fn every_mistake_is_named_and_no_key_is_repeated() {
        for (found, part) in [
            (problems("sk_live_abcd", "pk_test_abcd", SECRET), "different modes"),
            (problems("sk_live_abcd", "pk_live_abcd", "whsec_test_secret"), "is live"),
            (problems("sk_live_abcd", "pk_live_abcd", "abcd"), "whsec_"),
            (problems("pk_live_abcd", "pk_live_abcd", SECRET), "is a publishable key"),
            (problems("sk_test_abcd", "sk_test_abcd", SECRET), "make a new secret key"),
            (problems("nonsense", "pk_test_abcd", SECRET), "must begin with sk_test_"),
            (problems_of_keys(None, Some("pk_test_abcd"), &[]), "STRIPE_SECRET_KEY is needed"),
            (problems_of_keys(Some("sk_test_abcd"), None, &[]), "STRIPE_PUBLISHABLE_KEY is needed"),
        ] {
            assert!(found.iter().any(|text| text.contains(part)), "{part} in {found:?}");
            assert!(found.iter().all(|text| !text.contains("abcd")), "{found:?}");
        }
        assert_eq!(problems("nonsense", "nonsense", "nonsense").len(), 3, "all together");
    }
}
