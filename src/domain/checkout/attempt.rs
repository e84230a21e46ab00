//! Ids of what staff decide of an order and what commits before its answer is kept (ADR 0012, gateways): they are made of the request
//! and its key. An attempt that was cut off in between, and runs again under its key, meets what it made.

use entity::ids::OrderId;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::platform::Sources;

/// One attempt at a decision about an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    /// What is decided: a word of its own for each kind.
    pub kind: &'static str,
    /// The order.
    pub order_id: OrderId,
    /// The client's key, if it sent one.
    pub key: Option<&'a str>,
}

impl Attempt<'_> {
    /// The id of what it makes, by who decides and what is asked for. Without a key nobody can come back to it, and each is another.
    pub fn id<T: From<Uuid>>(&self, sources: &Sources, request: &serde_json::Value) -> T {
        let Some(key) = self.key else { return sources.id() };
        let whole = serde_json::json!([self.kind, self.order_id, key, request]);
        let digest = Sha256::digest(whole.to_string().as_bytes());
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, made)| *byte = made);
        T::from(Builder::from_custom_bytes(bytes).into_uuid())
    }
}
