//! Which failures of the database pass by themselves: the one place that tells an outage from a fault of ours.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Whether the database cannot do its work *now*: it is away, full, too busy, or gave up a statement so that others could
/// go on. The same request may succeed in a moment. Everything else is a fault: it will fail again.
#[must_use]
pub fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => passes(error),
        _ => false,
    }
}

fn passes(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code_passes(&code)),
        _ => false,
    }
}

/// The two databases' codes cannot be confused: an SQLSTATE has five characters, a result code of SQLite at most four.
fn code_passes(code: &str) -> bool {
    if code.len() == 5 { sqlstate_passes(code) } else { code.parse().is_ok_and(sqlite_passes) }
}

/// PostgreSQL, appendix A: "PostgreSQL Error Codes".
fn sqlstate_passes(code: &str) -> bool {
    let class = &code[..2];
    // 08 connection exception, 53 insufficient resources (disk full, too many connections), 58 system error (I/O).
    matches!(class, "08" | "53" | "58")
        || matches!(
            code,
            // Shut down or killed by the operator, crashed, starting up, its database dropped, idle for too long.
            "57P01" | "57P02" | "57P03" | "57P04" | "57P05"
            // The statement's time, the lock's time, the time of a transaction that did nothing, the transaction's time.
            | "57014" | "55P03" | "25P03" | "25P04"
            // Gave way to another transaction: serialization failure, deadlock.
            | "40001" | "40P01"
            // Written to a standby: a failover is under way.
            | "25006"
        )
}

/// SQLite, "Result and Error Codes"; the low byte of an extended code is the primary one.
fn sqlite_passes(code: i32) -> bool {
    // BUSY, LOCKED, READONLY (a disk that the system made read-only), IOERR, FULL, CANTOPEN, PROTOCOL (locking).
    matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14 | 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outages_are_told_from_faults_by_their_codes() {
        for outage in
            ["08006", "53100", "53300", "57P01", "57P03", "57014", "55P03", "40001", "40P01", "58030", "25006"]
        {
            assert!(code_passes(outage), "{outage}");
        }
        for outage in ["5", "517", "6", "13", "10", "778", "14"] {
            assert!(code_passes(outage), "{outage}");
        }
        for fault in ["23505", "42P01", "22003", "42601", "25P02", "XX000", "1", "19", "2067", "787", "20", ""] {
            assert!(!code_passes(fault), "{fault}");
        }
    }

    #[test]
    fn a_full_or_closed_pool_and_a_broken_connection_pass() {
        let io = sqlx::Error::Io(std::io::ErrorKind::UnexpectedEof.into());
        assert!(is_outage(&DbErr::Query(RuntimeErr::SqlxError(io.into()))));
        assert!(is_outage(&DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout)));
        assert!(is_outage(&DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::ConnectionClosed)));
        assert!(!is_outage(&DbErr::RecordNotUpdated));
        assert!(!is_outage(&DbErr::Query(RuntimeErr::SqlxError(sqlx::Error::RowNotFound.into()))));
    }
}
