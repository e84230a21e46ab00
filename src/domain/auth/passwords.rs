//! Passwords: which may be chosen, and hashing them without filling the memory.
//!
//! Rules after NIST SP 800-63B: length, no composition rules, a list of those guessed first, Unicode normalised (NFKC).
//! Argon2id with 19 MiB, two passes, one lane (OWASP's password storage sheet).

use std::{collections::HashSet, fmt, sync::Arc, sync::LazyLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use rand::Rng;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::Refusal;
use crate::domain::shared::Error;

/// Least characters of a password.
pub const LEAST_CHARACTERS: usize = 8;
/// Most characters of a password.
pub const MOST_CHARACTERS: usize = 128;
/// Longer texts are refused unread: nothing of a megabyte is worth normalising.
const MOST_BYTES: usize = 1_024;
/// Hashes at once: each holds 19 MiB.
const SLOTS: usize = 4;
const MEMORY_KIBIBYTES: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Verified when there is no account, so that known and unknown addresses take the same time. Nobody knows a password
/// of it: salt and hash are arbitrary.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Y2FydHdyaWdodC1ub2JvZHk$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Letters of generated passwords: none that is taken for another.
const UNAMBIGUOUS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// A password as it is hashed. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password that somebody chooses for the account with this e-mail address.
    ///
    /// # Errors
    /// `PasswordTooShort`, `PasswordTooLong`, `PasswordTooCommon`.
    pub fn chosen(text: &str, email: &str) -> Result<Self, Refusal> {
        let Self(text) = Self::claimed(text).ok_or(Refusal::PasswordTooLong)?;
        let characters = text.chars().count();
        if characters < LEAST_CHARACTERS {
            return Err(Refusal::PasswordTooShort);
        }
        if characters > MOST_CHARACTERS {
            return Err(Refusal::PasswordTooLong);
        }
        let lower = text.to_lowercase();
        let first = text.chars().next();
        let repeats_one = text.chars().all(|character| Some(character) == first);
        if repeats_one || COMMON.contains(lower.as_str()) || lower == email.trim().to_lowercase() {
            return Err(Refusal::PasswordTooCommon);
        }
        Ok(Self(text))
    }

    /// A password that somebody signs in with; `None` for what is longer than any password.
    #[must_use]
    pub fn claimed(text: &str) -> Option<Self> {
        (text.len() <= MOST_BYTES).then(|| Self(text.nfkc().collect()))
    }
}

/// Hashes and verifies, a few at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(SLOTS)) }
    }
}

impl Passwords {
    /// Hashes a password with a salt of its own, as a PHC string.
    ///
    /// # Errors
    /// A fault.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        self.in_a_slot(move || {
            let hash: PasswordHash = argon2()?.hash_password(password.0.as_bytes()).map_err(as_fault)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password belongs to the stored hash. Without one it takes as long and says no.
    ///
    /// # Errors
    /// A fault: a stored hash that is none.
    pub async fn verify(&self, password: Password, stored: Option<&str>) -> Result<bool, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(NOBODY).to_owned();
        self.in_a_slot(move || {
            let hash = PasswordHash::new(&stored).map_err(|error| Error::fault(format!("a stored hash: {error}")))?;
            let matches = argon2()?.verify_password(password.0.as_bytes(), &hash).is_ok();
            Ok(known && matches)
        })
        .await
    }

    /// The slot goes with the work: a caller who leaves does not free memory that is still in use.
    async fn in_a_slot<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let slot = Arc::clone(&self.slots).acquire_owned().await;
        let slot = slot.map_err(|_| Error::fault("the hash slots are closed"))?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(slot);
            result
        });
        done.await.map_err(|error| Error::fault(format!("hashing: {error}")))?
    }
}

/// A password of 20 letters and digits that are not taken for one another.
#[must_use]
pub fn generate_password() -> String {
    let mut random = rand::rng();
    (0..20).map(|_| char::from(UNAMBIGUOUS[random.random_range(0..UNAMBIGUOUS.len())])).collect()
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIBIBYTES, PASSES, LANES, None).map_err(as_fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn as_fault(error: impl fmt::Display) -> Error {
    Error::fault(format!("argon2: {error}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn chosen(text: &str) -> Result<Password, Refusal> {
        Password::chosen(text, "jane@example.com")
    }

    #[test]
    fn eight_to_128_characters_of_any_script_may_be_chosen() {
        let tail = |length: usize| "xyz".chars().cycle().take(length).collect::<String>();
        assert_eq!(chosen(&tail(7)), Err(Refusal::PasswordTooShort));
        assert!(chosen(&tail(8)).is_ok());
        assert!(chosen(&tail(64)).is_ok());
        assert!(chosen(&tail(128)).is_ok());
        assert_eq!(chosen(&tail(129)), Err(Refusal::PasswordTooLong));
        assert!(chosen("пароль да").is_ok());
        assert!(chosen("🐘🦊🐢🐬🦉🐙🦋🐝").is_ok(), "eight characters, 32 bytes");
        assert_eq!(chosen("🐘🦊🐢🐬🦉🐙🦋"), Err(Refusal::PasswordTooShort));
    }

    #[test]
    fn a_megabyte_is_refused_unread() {
        assert_eq!(chosen(&"x".repeat(1 << 20)), Err(Refusal::PasswordTooLong));
        assert_eq!(Password::claimed(&"x".repeat(1_025)), None);
    }

    #[test]
    fn what_is_guessed_first_is_refused_whatever_its_case() {
        for common in ["password", "PassWord1", "12345678", "qwertyuiop", "zzzzzzzzzz", "Jane@Example.com"] {
            assert_eq!(chosen(common), Err(Refusal::PasswordTooCommon), "{common}");
        }
    }

    #[test]
    fn the_same_letters_typed_another_way_are_the_same_password() {
        assert_eq!(Password::claimed("Cafe\u{301} creme"), Password::claimed("Caf\u{e9} creme"));
    }

    #[test]
    fn generated_passwords_may_be_chosen_and_differ() {
        let (one, other) = (generate_password(), generate_password());
        assert_ne!(one, other);
        assert_eq!(one.len(), 20);
        assert!(chosen(&one).is_ok());
    }

    #[tokio::test]
    async fn a_hash_verifies_its_own_password_and_no_other_even_after_byte_72() {
        let passwords = Passwords::default();
        let long = |end: &str| Password::claimed(&format!("{}{end}", "long".repeat(20))).expect("short enough");
        let hash = passwords.hash(long("a")).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(long("a"), Some(&hash)).await.expect("verified"));
        assert!(!passwords.verify(long("b"), Some(&hash)).await.expect("verified"));
        assert!(!passwords.verify(long("a"), None).await.expect("verified against nobody"));
    }

    #[tokio::test]
    async fn a_fifth_hash_waits_for_a_slot() {
        let passwords = Passwords::default();
        let password = Password::claimed("waits for a slot").expect("short enough");
        let held = Arc::clone(&passwords.slots).acquire_many_owned(4).await.expect("four slots");
        let hashing = passwords.hash(password);
        tokio::pin!(hashing);
        assert!(tokio::time::timeout(Duration::from_millis(300), &mut hashing).await.is_err(), "no slot was free");
        drop(held);
        assert!(hashing.await.is_ok());
        assert_eq!(passwords.slots.available_permits(), 4);
    }
}
