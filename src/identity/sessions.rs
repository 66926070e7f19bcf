//! What a request needs to know of its session, kept for two seconds: no database on the hot path, and whoever loses
//! access loses it everywhere within that time.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;

use super::acting::Acting;
use super::store::{self, SessionRow};
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::{Error, Result};
use crate::ids::{AccountId, PersonId, SessionId};

use super::rules::{AccountRole, StaffRole};

/// The contract allows five seconds; this leaves room for a slow database.
const LIFETIME: Duration = Duration::from_secs(2);
const SESSIONS_MAX: u64 = 10_000;

/// A session in force.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who signed in.
    pub person_id: PersonId,
    /// What they may do where.
    pub standing: Standing,
    /// For which account they act, where they are of the staff; it may be over by now.
    pub acting: Option<Arc<Acting>>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A person belongs to one account or to the staff.
#[derive(Debug, Clone)]
pub enum Standing {
    /// A member of an account.
    Member {
        account_id: AccountId,
        roles: Arc<[AccountRole]>,
    },
    /// One of the supplier's staff.
    Staff { roles: Arc<[StaffRole]> },
}

impl Standing {
    fn of(row: &SessionRow) -> Self {
        let names = row.roles.iter().flat_map(|roles| roles.split(','));
        match row.account_id {
            Some(account_id) => Self::Member {
                account_id,
                roles: names.filter_map(AccountRole::from_name).collect(),
            },
            None => Self::Staff {
                roles: names.filter_map(StaffRole::from_name).collect(),
            },
        }
    }

    pub fn role_names(&self) -> Vec<&'static str> {
        match self {
            Self::Member { roles, .. } => roles.iter().map(|role| role.name()).collect(),
            Self::Staff { roles } => roles.iter().map(|role| role.name()).collect(),
        }
    }
}

/// The sessions used lately. Clones share them.
#[derive(Debug, Clone)]
pub struct Sessions {
    cache: Cache<SessionId, Option<Arc<Session>>>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self::new()
    }
}

impl Sessions {
    /// Knows no session yet.
    pub fn new() -> Self {
        let cache = Cache::builder()
            .max_capacity(SESSIONS_MAX)
            .time_to_live(LIFETIME)
            .build();
        Self { cache }
    }

    /// What is known of the session without asking the database: `None` when nothing is, `Some(None)` when it has
    /// ended or never was.
    pub async fn known(&self, id: SessionId) -> Option<Option<Arc<Session>>> {
        self.cache.get(&id).await.map(in_time)
    }

    /// The session, if it is in force. Requests that ask at the same time share one query.
    pub async fn load(&self, db: &Database, id: SessionId) -> Result<Option<Arc<Session>>> {
        let loading = async {
            let row = db.read(move |connection| store::find_session(connection, id)).await?;
            let session = row.filter(|row| row.in_force).map(|row| Session {
                person_id: row.person_id,
                standing: Standing::of(&row),
                acting: row.acting().map(Arc::new),
                expires_at: row.expires_at,
            });
            Ok::<_, Error>(session.map(Arc::new))
        };
        match self.cache.try_get_with(id, loading).await {
            Ok(session) => Ok(in_time(session)),
            // The error is shared by all who waited for it.
            Err(shared) => Err(match &*shared {
                Error::Unavailable(reason) => Error::Unavailable(reason.clone()),
                other => Error::internal(other.to_string()),
            }),
        }
    }

    /// Forgets the session on this node; the others follow when their copy is too old.
    pub async fn forget(&self, id: SessionId) {
        self.cache.invalidate(&id).await;
    }

    /// [`Self::forget`] for several.
    pub async fn forget_all(&self, ids: &[SessionId]) {
        for id in ids {
            self.forget(*id).await;
        }
    }
}

fn in_time(session: Option<Arc<Session>>) -> Option<Arc<Session>> {
    session.filter(|session| session.expires_at > clock::now())
}
