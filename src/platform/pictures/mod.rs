//! Pictures in other sizes: made when they are asked for, by a few threads at most, and kept as long as they fit.
//!
//! A picture is never made larger. Whatever stands in the way (a file that is no picture, one too large to be opened, too
//! many who ask at once, a result that would weigh more than the original) leads to the original, which every client
//! can show.

mod resize;
mod wanted;

use std::{
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use moka::future::Cache;
use tokio::sync::Semaphore;
pub use wanted::{Crop, Format, MOST_PIXELS, Mistake, Wanted};

use self::wanted::Plan;

/// Requests that may wait for each resize that runs.
const WAITING_PER_RUNNING: usize = 32;
/// What an entry weighs beside its bytes.
const OVERHEAD: usize = 256;

/// A picture to make others of: it is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Original {
    /// Names it among all originals, and changes with its content.
    pub name: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// A picture made of the original.
    Resized {
        /// The file.
        bytes: Arc<[u8]>,
        /// What kind of file it is.
        format: Format,
    },
    /// The original serves best, now and later.
    Original,
    /// The original, this time: too many ask for other sizes.
    Busy,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    original: &'static str,
    plan: Plan,
    format: Option<Format>,
}

/// Makes pictures in other sizes. Clones share threads and memory.
#[derive(Clone, Debug)]
pub struct Pictures {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    kept: Cache<Key, Made>,
}

impl Pictures {
    /// At most `at_once` are made at once, and `bytes` of them are kept.
    #[must_use]
    pub fn new(at_once: usize, bytes: u64) -> Self {
        let weigh = |_: &Key, made: &Made| match made {
            Made::Resized { bytes, .. } => u32::try_from(bytes.len() + OVERHEAD).unwrap_or(u32::MAX),
            Made::Original | Made::Busy => u32::try_from(OVERHEAD).unwrap_or(u32::MAX),
        };
        Self {
            turns: Arc::new(Semaphore::new(at_once)),
            waiting: Arc::default(),
            most_waiting: at_once.saturating_mul(WAITING_PER_RUNNING),
            kept: Cache::builder().max_capacity(bytes).weigher(weigh).build(),
        }
    }

    /// The picture as it is wanted, or word that the original serves.
    pub async fn make(&self, original: Original, wanted: Wanted) -> Made {
        let Some(size) = resize::size(original.bytes) else { return Made::Original };
        let plan = wanted.plan(size);
        if plan.is_whole(size) && wanted.format.is_none() {
            return Made::Original;
        }
        let key = Key { original: original.name, plan, format: wanted.format };
        if let Some(made) = self.kept.get(&key).await {
            return made;
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Made::Busy;
        }
        // A client that hangs up drops this future in the middle of it.
        let _waiting = Leaves(Arc::clone(&self.waiting));
        // Those that ask for the same while it is made wait for the one that makes it.
        let must_change = wanted.format.is_some() || plan.cuts(size);
        let made = self.kept.try_get_with(key, self.work(original, plan, wanted.format, must_change)).await;
        made.unwrap_or(Made::Busy)
    }

    /// `Err` only when the work could not be done: that is not kept. Where the original would do, it is sent unless the
    /// result is lighter.
    async fn work(
        &self,
        original: Original,
        plan: Plan,
        format: Option<Format>,
        must_change: bool,
    ) -> Result<Made, Stopped> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Stopped)?;
        // The thread holds the turn: nobody who hangs up lets one more run than may.
        let work = tokio::task::spawn_blocking(move || {
            let made = resize::make(original.bytes, plan, format);
            drop(turn);
            made
        });
        match work.await {
            Ok(Ok((bytes, made))) if must_change || bytes.len() < original.bytes.len() => {
                Ok(Made::Resized { bytes: bytes.into(), format: made })
            }
            Ok(Ok(_)) => Ok(Made::Original),
            Ok(Err(error)) => {
                tracing::warn!(picture = original.name, %error, "a picture cannot be resized");
                Ok(Made::Original)
            }
            Err(_) => Err(Stopped),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Stopped;

/// One of those that wait; leaves when dropped.
struct Leaves(Arc<AtomicUsize>);

impl Drop for Leaves {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
