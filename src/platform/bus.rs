//! The bus inside one process: hands each published event to those who follow its subject, and to those who follow all.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::broadcast;
use uuid::Uuid;

use super::outbox::Published;

/// Events that a follower may be behind before it has to read the outbox instead.
const SUBJECT_BUFFER: usize = 16;
const FEED_BUFFER: usize = 256;

/// The bus. A lost message is only a late one: followers read the outbox, the bus tells them that there is something.
#[derive(Clone, Debug)]
pub struct Bus {
    subjects: Arc<Mutex<HashMap<Uuid, broadcast::Sender<Arc<Published>>>>>,
    feed: broadcast::Sender<Arc<Published>>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { subjects: Arc::default(), feed: broadcast::Sender::new(FEED_BUFFER) }
    }
}

impl Bus {
    /// Hands an event to its followers. Never waits.
    pub fn dispatch(&self, event: &Arc<Published>) {
        // Nobody listening is no error: the outbox keeps the event.
        let _ = self.feed.send(Arc::clone(event));
        let mut subjects = self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = subjects.get(&event.subject_id)
            && sender.send(Arc::clone(event)).is_err()
        {
            subjects.remove(&event.subject_id);
        }
    }

    /// Events of one subject from now on.
    #[must_use]
    pub fn subject(&self, id: Uuid) -> broadcast::Receiver<Arc<Published>> {
        let mut subjects = self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        if subjects.len() > 1_024 {
            subjects.retain(|_, sender| sender.receiver_count() > 0);
        }
        subjects.entry(id).or_insert_with(|| broadcast::Sender::new(SUBJECT_BUFFER)).subscribe()
    }

    /// Every event from now on.
    #[must_use]
    pub fn feed(&self) -> broadcast::Receiver<Arc<Published>> {
        self.feed.subscribe()
    }
}
