//! What one process keeps to sign people in: keys, hash slots, counted failures, remembered sessions.

use chrono::TimeDelta;

use super::{passwords::Passwords, sessions::Sessions, throttle::Throttle};
use crate::{
    config,
    platform::{Sources, keys::KeyRing},
};

/// Held once by the application.
#[derive(Clone, Debug)]
pub struct AuthState {
    pub(super) keys: KeyRing,
    pub(super) sources: Sources,
    pub(super) passwords: Passwords,
    pub(super) throttle: Throttle,
    pub(super) sessions: Sessions,
    pub(super) access_life: TimeDelta,
    pub(super) refresh_life: TimeDelta,
}

impl AuthState {
    /// A fresh state of one process; `keys` sign access tokens.
    #[must_use]
    pub fn new(settings: &config::Auth, keys: KeyRing, sources: Sources) -> Self {
        let delta = |duration| TimeDelta::from_std(duration).unwrap_or(TimeDelta::minutes(10));
        Self {
            keys,
            sources,
            passwords: Passwords::default(),
            throttle: Throttle::default(),
            sessions: Sessions::new(settings),
            access_life: delta(settings.access_ttl),
            refresh_life: delta(settings.refresh_ttl),
        }
    }

    /// The keys of access tokens.
    #[must_use]
    pub fn keys(&self) -> &KeyRing {
        &self.keys
    }
}
