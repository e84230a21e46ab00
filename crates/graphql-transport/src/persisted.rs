//! Owns automatic persisted queries: documents kept by the SHA-256 of their text, in a cache bounded by bytes.

use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;
use lru::LruCache;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{params::Params, refusal::Refusal};

/// The SHA-256 of a document's text.
pub type Hash = [u8; 32];

/// What an entry costs beside its text, roughly.
const ENTRY_BYTES: usize = 128;

/// The documents that clients registered, the least recently used forgotten first.
pub struct Persisted {
    kept: Mutex<Kept>,
    most_bytes: usize,
}

struct Kept {
    documents: LruCache<Hash, Arc<str>>,
    bytes: usize,
}

impl Persisted {
    /// An empty cache of at most that many bytes.
    pub fn new(most_bytes: usize) -> Self {
        let kept = Kept { documents: LruCache::unbounded(), bytes: 0 };
        Self { kept: Mutex::new(kept), most_bytes }
    }

    /// The text that a request means, and the hash under which to keep it once the gate has admitted it.
    pub fn resolve(&self, params: &mut Params) -> Result<(String, Option<Hash>), Refusal> {
        let hash = wanted(params.extensions.get("persistedQuery"))?;
        match (params.query.take(), hash) {
            (Some(text), None) => Ok((text, None)),
            (Some(text), Some(hash)) if hash_of(&text) == hash => Ok((text, Some(hash))),
            (Some(_), Some(_)) => Err(Refusal::bad_request("the hash is not that of the query")),
            (None, Some(hash)) => match self.find(&hash) {
                Some(text) => Ok((text.to_string(), None)),
                None => Err(not_found()),
            },
            (None, None) => Err(Refusal::bad_request("the request has no query")),
        }
    }

    /// Keeps a document.
    pub fn keep(&self, hash: Hash, text: &str) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.documents.put(hash, Arc::from(text)).is_none() {
            kept.bytes += text.len() + ENTRY_BYTES;
        }
        while kept.bytes > self.most_bytes {
            let Some((_, forgotten)) = kept.documents.pop_lru() else {
                break;
            };
            kept.bytes -= forgotten.len() + ENTRY_BYTES;
        }
    }

    fn find(&self, hash: &Hash) -> Option<Arc<str>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.documents.get(hash).cloned()
    }
}

/// The answer that makes a client send the text again; clients look for this very message, with status 200.
fn not_found() -> Refusal {
    Refusal::new(StatusCode::OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
}

fn wanted(extension: Option<&Value>) -> Result<Option<Hash>, Refusal> {
    let Some(extension) = extension.filter(|extension| !extension.is_null()) else {
        return Ok(None);
    };
    if extension.get("version").and_then(Value::as_u64) != Some(1) {
        return Err(Refusal::bad_request("persistedQuery must be of version 1"));
    }
    let hash = extension.get("sha256Hash").and_then(Value::as_str).and_then(from_hex);
    hash.map(Some).ok_or_else(|| Refusal::bad_request("sha256Hash must be 64 hexadecimal digits"))
}

fn hash_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

fn from_hex(text: &str) -> Option<Hash> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
    if digits.len() == 64 { bytes.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_stays_within_its_bytes_and_forgets_the_oldest() {
        let persisted = Persisted::new(10_000);
        for number in 0..1_000 {
            let text = format!("{{a{number}}}");
            persisted.keep(hash_of(&text), &text);
        }
        let kept = persisted.kept.lock().unwrap();
        assert!(kept.bytes <= 10_000, "{}", kept.bytes);
        assert!(kept.documents.len() < 80);
        assert!(kept.documents.contains(&hash_of("{a999}")));
    }

    #[test]
    fn keeping_a_document_twice_counts_it_once() {
        let persisted = Persisted::new(10_000);
        persisted.keep(hash_of("{a}"), "{a}");
        persisted.keep(hash_of("{a}"), "{a}");
        assert_eq!(persisted.kept.lock().unwrap().bytes, 3 + ENTRY_BYTES);
    }
}
