//! One load for many who wait: the first who asks for a key loads it, the others wait until that is over.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use super::Key;

type Aloft = Arc<Mutex<HashMap<Key, watch::Receiver<()>>>>;

/// The loads that run.
#[derive(Debug, Default)]
pub(super) struct Flights(Aloft);

/// The keys that whoever holds this loads. Dropped, also by a load that failed or was given up, those who wait go on.
#[derive(Debug)]
pub(super) struct Flight {
    aloft: Aloft,
    keys: HashSet<Key>,
    _landing: watch::Sender<()>,
}

/// A load of somebody else.
#[derive(Debug)]
pub(super) struct Other(watch::Receiver<()>);

impl Flights {
    /// Takes the keys that nobody loads, and the loads of the others.
    pub fn board(&self, keys: impl Iterator<Item = Key>) -> (Flight, Vec<Other>) {
        let (landing, landed) = watch::channel(());
        let mut aloft = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut mine, mut others) = (HashSet::new(), Vec::new());
        for key in keys {
            if mine.contains(&key) {
                continue;
            }
            if let Some(flight) = aloft.get(&key) {
                others.push(Other(flight.clone()));
            } else {
                aloft.insert(key, landed.clone());
                mine.insert(key);
            }
        }
        (Flight { aloft: Arc::clone(&self.0), keys: mine, _landing: landing }, others)
    }
}

impl Flight {
    pub fn has(&self, key: Key) -> bool {
        self.keys.contains(&key)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut aloft = self.aloft.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            aloft.remove(key);
        }
    }
}

impl Other {
    /// Waits until the load is over, however it went.
    pub async fn landed(mut self) {
        // Nothing is ever sent: the channel closes.
        while self.0.changed().await.is_ok() {}
    }
}
