//! What a request needs to know of its session, kept for two seconds: no database on the hot path, and whoever loses
//! access loses it everywhere within that time.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;

use chrono::TimeDelta;

use super::acting::Acting;
use super::bearer::Bearer;
use super::store::{self, SessionRow};
use crate::clock::{self, Timestamp};
use crate::config::{RequireMfa, SignIn};
use crate::db::Database;
use crate::error::{Error, Result};
use crate::ids::{AccountId, PersonId, SessionId};

use super::rules::{self, AccountRole, StaffRole};

/// The contract allows five seconds; this leaves room for a slow database.
const LIFETIME: Duration = Duration::from_secs(2);
const SESSIONS_MAX: u64 = 10_000;
/// That a session is used is written down so often, and where it would end sooner, more often.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Between two tries to write it down.
const USED_PAUSE: Duration = Duration::from_secs(10);

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
    /// When it ends unless it is used before.
    idle_at: Option<Timestamp>,
    /// When its person last proved who they are.
    pub proven_at: Timestamp,
    /// When it last got another token.
    renewed_at: Option<Timestamp>,
    /// Its person has a second factor.
    pub has_second_factor: bool,
    /// Its person must set a second factor up before anything else.
    pub must_enrol: bool,
}

impl Session {
    /// True of a token of the person's that stands for it: another one takes its place where they proved once more who they are.
    pub fn is_of(&self, bearer: &Bearer) -> bool {
        self.person_id == bearer.person_id && !rules::is_replaced(bearer.renewed_at, self.renewed_at, clock::now())
    }

    /// When it ends if it is not used after this request.
    pub fn ends_at(&self) -> Timestamp {
        self.idle_at
            .map_or(self.expires_at, |idle_at| idle_at.min(self.expires_at))
    }
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
    /// Those of which it was written down lately that they are used.
    used: Cache<SessionId, ()>,
    settings: SignIn,
}

impl Sessions {
    /// Knows no session yet.
    pub fn new(settings: SignIn) -> Self {
        let cache = Cache::builder()
            .max_capacity(SESSIONS_MAX)
            .time_to_live(LIFETIME)
            .build();
        let used = Cache::builder()
            .max_capacity(SESSIONS_MAX)
            .time_to_live(USED_PAUSE)
            .build();
        Self { cache, used, settings }
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
            if let Some(row) = row.as_ref().filter(|row| row.in_force) {
                self.use_of(db, id, row).await;
            }
            let session = row.filter(|row| row.in_force).map(|row| self.session(&row));
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

    fn session(&self, row: &SessionRow) -> Session {
        let is_asked = match self.settings.require_mfa {
            None => false,
            Some(RequireMfa::Staff) => row.account_id.is_none(),
            Some(RequireMfa::All) => true,
        };
        Session {
            person_id: row.person_id,
            standing: Standing::of(row),
            acting: row.acting().map(Arc::new),
            expires_at: row.expires_at,
            idle_at: row.idle_at,
            proven_at: row.proven_at,
            renewed_at: row.renewed_at,
            has_second_factor: row.has_second_factor,
            must_enrol: is_asked && !row.has_second_factor,
        }
    }

    /// Writes down now and then that a session is used; nobody waits for it.
    async fn use_of(&self, db: &Database, id: SessionId, row: &SessionRow) {
        let now = clock::now();
        let limit = rules::idle_limit(row.expires_at - row.created_at, self.settings.idle);
        let is_over = row.idle_at.is_some_and(|idle_at| idle_at <= now);
        let is_known = now - row.last_used_at < USED_EVERY.min(limit / 4) || self.used.contains_key(&id);
        if is_over || is_known {
            return;
        }
        self.used.insert(id, ()).await;
        let db = db.clone();
        tokio::spawn(async move {
            let write = move |tx: &mut _| store::update_session_used(tx, id, now, now + limit);
            if let Err(error) = db.write(write).await {
                tracing::warn!(%error, session = %id, "the use of a session could not be written down");
            }
        });
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
    let now = clock::now();
    session.filter(|session| session.expires_at > now && session.idle_at.is_none_or(|idle_at| idle_at > now))
}
