//! Bringing what was published, by whichever process, to the bus of this process.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use sea_orm::DbErr;

use super::{Scope, follow};
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

    /// Dispatches what is new; returns how many events that were.
    ///
    /// # Errors
    /// The database's; the next round reads from the same place.
    pub async fn advance(&self, db: &Database, bus: &Bus) -> Result<usize, DbErr> {
        let events = follow::read(db.reader(), Scope::Everything, self.last.load(Ordering::Relaxed)).await?;
        let count = events.len();
        for event in events {
            self.last.store(event.cursor, Ordering::Relaxed);
            bus.dispatch(&Arc::new(event));
        }
        Ok(count)
    }
}
