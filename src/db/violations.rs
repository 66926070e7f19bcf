//! What the engines' errors mean: one reading for both.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::error::Error;

/// `BEGIN` failed, so nothing was done.
#[derive(Debug, thiserror::Error)]
#[error("the transaction could not begin: {0}")]
pub(super) struct BeginFailed(pub(super) DieselError);

/// What a failure means for the transaction it stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Two transactions collided (SQLSTATE 40001, 40P01); the same again may succeed.
    Serialization,
    /// The connection was dead before anything was done.
    NeverBegan,
    /// The connection died midway.
    ConnectionLost,
    /// A lock or the database was busy for too long.
    Busy,
    /// The disk is full or fails.
    Storage,
    /// Anything else; the transaction alone is undone.
    Other,
}

pub(super) fn fault(error: &Error) -> Fault {
    let Error::Internal(source) = error else {
        return Fault::Other;
    };
    if let Some(BeginFailed(inner)) = source.downcast_ref() {
        return match fault_of(inner) {
            Fault::ConnectionLost => Fault::NeverBegan,
            other => other,
        };
    }
    source.downcast_ref::<DieselError>().map_or(Fault::Other, fault_of)
}

fn fault_of(error: &DieselError) -> Fault {
    let DieselError::DatabaseError(kind, information) = error else {
        return match error {
            DieselError::BrokenTransactionManager => Fault::ConnectionLost,
            DieselError::RollbackErrorOnCommit { commit_error, .. } => fault_of(commit_error),
            _ => Fault::Other,
        };
    };
    let text = information.message();
    let says = |part: &str| text.contains(part);
    match kind {
        DatabaseErrorKind::SerializationFailure => Fault::Serialization,
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => Fault::ConnectionLost,
        _ if says("deadlock detected") || says("could not serialize access") => Fault::Serialization,
        _ if says("server closed the connection")
            || says("terminating connection")
            || says("no connection to the server")
            || says("the database system is")
            || says("connection to server") =>
        {
            Fault::ConnectionLost
        }
        _ if says("lock timeout") || says("statement timeout") || says("database is locked") => Fault::Busy,
        _ if says("database or disk is full") || says("disk I/O error") || says("No space left") => Fault::Storage,
        _ => Fault::Other,
    }
}

/// The failure of a statement that reads, by itself: where its connection was dead, nothing was done.
pub(super) fn of_a_read(error: Error) -> Error {
    match fault(&error) {
        Fault::ConnectionLost => Error::internal(BeginFailed(DieselError::BrokenTransactionManager)),
        _ => error,
    }
}

/// Failures that pass become [`Error::Unavailable`], so that the caller knows to come again.
pub(super) fn for_caller(error: Error, fault: Fault) -> Error {
    match fault {
        Fault::Other => error,
        Fault::Storage => {
            tracing::error!(%error, "the database's disk is full or fails");
            Error::Unavailable("The database can't store anything right now.".to_owned())
        }
        Fault::Serialization | Fault::NeverBegan | Fault::ConnectionLost | Fault::Busy => {
            tracing::warn!(%error, "the database did not answer in time");
            Error::Unavailable("The database is busy or restarting. Try again.".to_owned())
        }
    }
}

/// True when a statement waited for a lock for too long.
pub fn is_lock_timeout(error: &Error) -> bool {
    fault(error) == Fault::Busy
}

/// True when the unique index `index` over `columns` refused a row. PostgreSQL names its index, SQLite its columns (and
/// the index only where it covers expressions); stores ask with both.
pub fn is_unique_violation(error: &Error, index: &str, columns: &[&str]) -> bool {
    let Error::Internal(source) = error else { return false };
    let Some(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, information)) = source.downcast_ref()
    else {
        return false;
    };
    if information.constraint_name() == Some(index) {
        return true;
    }
    let message = information.message();
    if message.contains(&format!("index '{index}'")) {
        return true;
    }
    let Some(list) = message.strip_prefix("UNIQUE constraint failed: ") else {
        return false;
    };
    list.split(", ")
        .map(|column| column.rsplit('.').next().unwrap_or(column))
        .eq(columns.iter().copied())
}

/// True if a row was refused because it names a row that isn't there, or is there twice: somebody else changed what was
/// looked at before.
pub fn is_stale(error: &Error) -> bool {
    let Error::Internal(source) = error else {
        return false;
    };
    matches!(
        source.downcast_ref(),
        Some(DieselError::DatabaseError(
            DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::UniqueViolation,
            _
        ))
    )
}
