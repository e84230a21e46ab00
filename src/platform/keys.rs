//! Keys that sign tokens and capability ids: made at first start, kept in the database, rotatable. A second process
//! needs nothing but the database's URL.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::auth::signing_key;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{Database, Sources, tx};

/// Bytes of a capability's code that are kept: 128 bits cannot be guessed.
const CODE_BYTES: usize = 16;

/// One secret.
#[derive(Clone)]
pub struct Key {
    /// The key's id (`kid`).
    pub id: Uuid,
    /// The secret bytes.
    pub secret: Vec<u8>,
}

/// The keys of one purpose: the first signs, all verify.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<Key>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing({} keys)", self.keys.len())
    }
}

impl KeyRing {
    /// The key that signs.
    #[must_use]
    pub fn signing(&self) -> &Key {
        &self.keys[0]
    }

    /// Every key, the signing one first.
    pub fn all(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }

    /// The key with this id, if it still verifies.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&Key> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// The code that proves knowledge of `id` for one `purpose`: HMAC-SHA-256 (RFC 2104), 128 bits, base64url.
    #[must_use]
    pub fn code(&self, purpose: &str, id: Uuid) -> String {
        code(self.signing(), purpose, id)
    }

    /// A hash of a text for one `purpose` under each key, the signing one's first: without a key nobody can find out by
    /// trying what the text was.
    #[must_use]
    pub fn fingerprints(&self, purpose: &str, text: &[u8]) -> Vec<String> {
        self.keys.iter().map(|key| URL_SAFE_NO_PAD.encode(mac(key, purpose, text))).collect()
    }

    /// A key of 32 bytes for one `purpose` under each key, the signing one's first.
    pub fn derived(&self, purpose: &'static str) -> impl Iterator<Item = [u8; 32]> {
        self.keys.iter().map(move |key| mac(key, purpose, &[]))
    }

    /// A ring of one known key, for tests.
    #[cfg(test)]
    #[must_use]
    pub fn of_secret(secret: &[u8]) -> Self {
        Self { keys: vec![Key { id: Uuid::nil(), secret: secret.to_vec() }] }
    }

    /// Whether `given` is the code of `id`, under any key that verifies. Constant time.
    #[must_use]
    pub fn verifies(&self, purpose: &str, id: Uuid, given: &str) -> bool {
        self.keys.iter().any(|key| code(key, purpose, id).as_bytes().ct_eq(given.as_bytes()).into())
    }
}

fn code(key: &Key, purpose: &str, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(&mac(key, purpose, id.as_bytes())[..CODE_BYTES])
}

fn mac(key: &Key, purpose: &str, bytes: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.secret).expect("HMAC takes keys of any length");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

/// Loads the keys of a purpose, newest first, and makes the first one.
///
/// # Errors
/// The database's.
pub async fn load(db: &Database, sources: &Sources, purpose: &str) -> Result<KeyRing, DbErr> {
    let tx = tx::begin(db).await?;
    if db.backend() == sea_orm::DbBackend::Postgres {
        // Two processes that start together must not make two first keys.
        use sea_orm::ConnectionTrait;
        tx.execute_unprepared("LOCK TABLE signing_key IN EXCLUSIVE MODE").await?;
    }
    let mut rows = signing_key::Entity::find()
        .filter(signing_key::Column::Purpose.eq(purpose))
        .filter(signing_key::Column::RetiredAt.is_null())
        .order_by_desc(signing_key::Column::CreatedAt)
        .order_by_desc(signing_key::Column::Id)
        .all(&*tx)
        .await?;
    if rows.is_empty() {
        let secret: [u8; 32] = rand::random();
        let key = signing_key::ActiveModel {
            id: Set(sources.id()),
            purpose: Set(purpose.to_owned()),
            secret: Set(URL_SAFE_NO_PAD.encode(secret)),
            created_at: Set(sources.now()),
            retired_at: Set(None),
        };
        rows.push(signing_key::Entity::insert(key).exec_with_returning(&*tx).await?);
    }
    tx.commit().await?;
    let keys = rows
        .into_iter()
        .map(|row| {
            let secret = URL_SAFE_NO_PAD.decode(&row.secret);
            let secret = secret.map_err(|_| DbErr::Custom("a signing key is not base64".to_owned()))?;
            Ok(Key { id: row.id.0, secret })
        })
        .collect::<Result<Vec<_>, DbErr>>()?;
    Ok(KeyRing { keys })
}
