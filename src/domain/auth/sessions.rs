//! Which sessions are alive, remembered for a few seconds, so that a request does not cost a query to know its caller.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    auth::{account::Role, session::Audience},
    ids::{AccountId, SessionId},
};
use moka::future::Cache;
use sea_orm::ConnectionTrait;

use super::store;
use crate::{config, domain::shared::Error};

/// Sessions remembered; each takes about 200 bytes.
const MOST_SESSIONS: u64 = 100_000;

/// A session that has not ended, of an account that is not disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSession {
    /// The account.
    pub account_id: AccountId,
    /// Storefront or staff.
    pub audience: Audience,
    /// The account's role now.
    pub role: Role,
}

#[derive(Clone, Copy, Debug)]
struct Look {
    looked_at: DateTime<Utc>,
    found: Option<LiveSession>,
}

/// What this process knows about sessions.
#[derive(Clone, Debug)]
pub struct Sessions {
    looks: Cache<SessionId, Look>,
    /// Sessions that this process ended: they stay ended although a look that began before may be remembered after.
    ended: Cache<SessionId, ()>,
    trust: TimeDelta,
}

impl Sessions {
    /// Nothing known yet.
    #[must_use]
    pub fn new(settings: &config::Auth) -> Self {
        let trust = settings.session_trust.max(Duration::from_secs(1));
        let remembered = settings.access_ttl + Duration::from_secs(300);
        Self {
            looks: Cache::builder().max_capacity(MOST_SESSIONS).time_to_live(trust).build(),
            ended: Cache::builder().max_capacity(MOST_SESSIONS).time_to_live(remembered).build(),
            trust: TimeDelta::from_std(settings.session_trust).unwrap_or(TimeDelta::zero()),
        }
    }

    /// The session, if it is alive as far as was known at most `session_trust` ago.
    ///
    /// # Errors
    /// The database's.
    pub async fn find(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
        id: SessionId,
    ) -> Result<Option<LiveSession>, Error> {
        let remembered = self.looks.get(&id).await;
        if remembered.is_some_and(|look| now - look.looked_at >= self.trust) {
            self.looks.invalidate(&id).await;
        }
        let load = async {
            let row = store::session_and_account(db, id).await?;
            let found = row
                .filter(|(session, account)| session.revoked_at.is_none() && account.disabled_at.is_none())
                .map(|(session, account)| LiveSession {
                    account_id: account.id,
                    audience: session.audience,
                    role: account.role,
                });
            Ok::<_, Error>(Look { looked_at: now, found })
        };
        let look = self.looks.try_get_with(id, load).await;
        let look = look.map_err(|error: Arc<Error>| error.repeated("looking up a session"))?;
        Ok(look.found.filter(|_| !self.ended.contains_key(&id)))
    }

    /// Forgets that sessions were alive, at once. To be called when their end is committed.
    pub async fn forget(&self, ended: &[SessionId]) {
        for id in ended {
            self.ended.insert(*id, ()).await;
            self.looks.invalidate(id).await;
        }
    }
}
