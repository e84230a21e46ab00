//! Reading: through the pool, or through the transaction that the current request holds back, so that it sees its own work.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::hold;

/// What reads go through. Statements of a request that holds a transaction run in it, one after the other.
#[derive(Clone, Debug)]
pub struct Reader {
    pool: DatabaseConnection,
}

impl Reader {
    pub(super) fn new(pool: DatabaseConnection) -> Self {
        Self { pool }
    }

    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }
}

/// Runs a call on the transaction that is held, else on the pool. A failure in the transaction is remembered.
macro_rules! run {
    ($self:ident, $call:ident, $statement:expr) => {{
        if let Some(hold) = hold::current() {
            let mut slot = hold.slot().await;
            if let Some(tx) = &slot.held {
                let outcome = tx.$call($statement).await;
                slot.broken |= outcome.is_err();
                return outcome;
            }
        }
        $self.pool.$call($statement).await
    }};
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        run!(self, execute_raw, statement)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        run!(self, execute_unprepared, sql)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        run!(self, query_one_raw, statement)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        run!(self, query_all_raw, statement)
    }
}
