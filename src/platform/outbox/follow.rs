//! Following events with a cursor: what was missed from the outbox, what comes from the bus, nothing twice.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use entity::platform::outbox_event;
use futures::{Stream, stream};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

use super::{Published, prune};
use crate::platform::{Database, bus::Bus};

/// Events read at a time.
pub const PAGE: usize = 200;
/// How long reading them may take. A watcher that hangs on a dead connection would hear nothing, and not know it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which events to follow.
#[derive(Clone, Copy, Debug)]
pub enum Scope {
    /// Those of one subject.
    Subject(Uuid),
    /// Those of every subject of a type.
    SubjectType(&'static str),
    /// All.
    Everything,
}

impl Scope {
    fn has(self, event: &Published) -> bool {
        match self {
            Self::Subject(id) => event.subject_id == id,
            Self::SubjectType(name) => event.subject_type == name,
            Self::Everything => true,
        }
    }
}

/// The cursor of the newest published event; 0 before the first.
///
/// # Errors
/// The database's.
pub async fn latest_cursor(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let last: Option<Option<i64>> = outbox_event::Entity::find()
        .select_only()
        .column_as(outbox_event::Column::Cursor.max(), "last")
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0))
}

/// Published events after a cursor, in order, a page at most.
///
/// # Errors
/// The database's.
pub async fn read(db: &impl ConnectionTrait, scope: Scope, after: i64) -> Result<Vec<Published>, DbErr> {
    let mut query = outbox_event::Entity::find().filter(outbox_event::Column::Cursor.gt(after));
    match scope {
        Scope::Subject(id) => query = query.filter(outbox_event::Column::SubjectId.eq(id)),
        Scope::SubjectType(name) => query = query.filter(outbox_event::Column::SubjectType.eq(name)),
        Scope::Everything => {}
    }
    let rows = query.order_by_asc(outbox_event::Column::Cursor).limit(PAGE as u64).all(db).await?;
    Ok(rows.into_iter().map(Published::from_row).collect())
}

struct Follower {
    db: Database,
    scope: Scope,
    last: i64,
    live: Receiver<Arc<Published>>,
    backlog: VecDeque<Arc<Published>>,
    behind: bool,
}

/// Every event of `scope` after the cursor `after`, then each new one, for as long as it is polled. A follower that
/// falls behind reads the outbox again: it is late, never skipped.
///
/// The stream ends when the database fails or the process stops; its consumer reconnects with the last cursor it saw.
pub fn follow(db: &Database, bus: &Bus, scope: Scope, after: i64) -> impl Stream<Item = Arc<Published>> + Send + use<> {
    // Subscribed before the first read: an event published between the two comes twice here and is told once below.
    let live = match scope {
        Scope::Subject(id) => bus.subject(id),
        Scope::SubjectType(_) | Scope::Everything => bus.feed(),
    };
    let follower = Follower { db: db.clone(), scope, last: after, live, backlog: VecDeque::new(), behind: true };
    stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        follower.last = event.cursor;
        Some((event, follower))
    })
}

impl Follower {
    /// What comes next in the outbox; `None` when some of it was deleted before it was seen.
    async fn read_on(&self) -> Result<Option<Vec<Published>>, DbErr> {
        let events = read(self.db.reader(), self.scope, self.last).await?;
        // Looked at after the read: what was deleted before it is gone from both.
        if !events.is_empty() && prune::expired(self.db.reader(), self.scope, self.last).await? {
            return Ok(None);
        }
        Ok(Some(events))
    }

    async fn next(&mut self) -> Option<Arc<Published>> {
        loop {
            if let Some(event) = self.backlog.pop_front() {
                return Some(event);
            }
            if self.behind {
                match tokio::time::timeout(PATIENCE, self.read_on()).await {
                    Ok(Ok(Some(events))) if events.is_empty() => self.behind = false,
                    Ok(Ok(Some(events))) => self.backlog = events.into_iter().map(Arc::new).collect(),
                    Ok(Ok(None)) => {
                        tracing::warn!("a follower ends because events that it has not seen were deleted");
                        return None;
                    }
                    Err(_) => {
                        tracing::warn!("a follower ends because the outbox does not answer");
                        return None;
                    }
                    Ok(Err(error)) => {
                        tracing::warn!(error = %error, "a follower ends because the outbox cannot be read");
                        return None;
                    }
                }
                continue;
            }
            match self.live.recv().await {
                Ok(event) if event.cursor > self.last && self.scope.has(&event) => return Some(event),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => self.behind = true,
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
