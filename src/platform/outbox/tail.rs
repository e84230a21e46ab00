//! Bringing what was published, by whichever process, to the bus of this process.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use sea_orm::DbErr;

use super::{Published, Scope, follow};
use crate::platform::{Database, bus::Bus};

/// Reads the outbox from where it last stopped.
#[derive(Debug)]
pub struct Tail {
    last: AtomicI64,
}

impl Tail {
    /// Starts at the present end: what was before is history, which followers read themselves.
    ///
    /// # Errors
    /// The database's.
    pub async fn from_end(db: &Database) -> Result<Self, DbErr> {
        Ok(Self { last: AtomicI64::new(follow::latest_cursor(db.reader()).await?) })
    }

    /// The newest event seen.
    #[must_use]
    pub fn cursor(&self) -> i64 {
        self.last.load(Ordering::Relaxed)
    }

    /// Dispatches what is new; returns how many events that were.
    ///
    /// # Errors
    /// The database's; the next round reads from the same place.
    pub async fn advance(&self, db: &Database, bus: &Bus) -> Result<usize, DbErr> {
        self.advance_after(db, bus, |_, _| ()).await
    }

    /// Hands what is new to `before`, with the cursor it comes after, then to the bus; returns how many events that were.
    ///
    /// # Errors
    /// The database's; the next round reads from the same place.
    pub async fn advance_after(
        &self,
        db: &Database,
        bus: &Bus,
        before: impl FnOnce(i64, &[Published]) + Send,
    ) -> Result<usize, DbErr> {
        let from = self.cursor();
        let events = follow::read(db.reader(), Scope::Everything, from).await?;
        before(from, &events);
        let count = events.len();
        for event in events {
            self.last.store(event.cursor, Ordering::Relaxed);
            bus.dispatch(&Arc::new(event));
        }
        Ok(count)
    }
}
