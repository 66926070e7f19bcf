//! What a request needs to know of the program that sends it, kept for two seconds as sessions are: no database on the hot
//! path, and a program that is revoked opens nothing within that time on any node.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use moka::future::Cache;

use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database, Remembered, Topics};
use crate::error::Result;
use crate::identity::rules::clients as rules;
use crate::identity::rules::scopes::Scope;
use crate::identity::store::clients::{self as store, ClientRow};
use crate::ids::{AccountId, ClientId};
use crate::values::Network;

const CLIENTS_MAX: u64 = 10_000;
/// That a program is used is written down so often.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Between two tries to write it down.
const USED_PAUSE: Duration = Duration::from_secs(10);

/// A program in force.
#[derive(Debug)]
pub struct Known {
    pub id: ClientId,
    /// None: the supplier's own.
    pub account_id: Option<AccountId>,
    pub scopes: Vec<Scope>,
    /// None of its own: as many as a person.
    pub requests_per_minute: Option<i64>,
    networks: Vec<Network>,
    expires_on: Option<NaiveDate>,
    /// Fingerprints of tokens that it gave back.
    revoked_tokens: Vec<String>,
}

impl Known {
    /// The program of a row; nothing where it is revoked or its account is closed.
    pub fn of(row: &ClientRow) -> Option<Self> {
        let in_force = row.revoked_at.is_none() && row.account_is_open;
        in_force.then(|| Self {
            id: row.id,
            account_id: row.account_id,
            scopes: row.scopes.split(' ').filter_map(Scope::from_name).collect(),
            requests_per_minute: row.requests_per_minute,
            networks: row
                .networks
                .split_ascii_whitespace()
                .filter_map(|text| text.parse().ok())
                .collect(),
            expires_on: row.expires_on,
            revoked_tokens: Vec::new(),
        })
    }

    /// This token of it was not given back.
    pub fn has_token(&self, jti_hash: &str) -> bool {
        !self.revoked_tokens.iter().any(|revoked| revoked == jti_hash)
    }

    /// Its last day has not passed.
    pub fn is_in_time(&self, now: Timestamp) -> bool {
        rules::is_in_time(self.expires_on, now.date())
    }

    /// It may call from there.
    pub fn may_call_from(&self, address: Option<IpAddr>) -> bool {
        rules::may_call_from(&self.networks, address)
    }
}

/// The programs used lately. Clones share them.
#[derive(Debug, Clone)]
pub struct Clients {
    remembered: Remembered<ClientId, Option<Arc<Known>>>,
    /// Those of which it was written down lately that they are used.
    used: Cache<ClientId, ()>,
}

impl Clients {
    /// Knows no program of this database yet.
    pub fn new(db: &Database) -> Self {
        let used = Cache::builder()
            .max_capacity(CLIENTS_MAX)
            .time_to_live(USED_PAUSE)
            .build();
        Self {
            remembered: Remembered::new(db, Topics::ACCESS, CLIENTS_MAX),
            used,
        }
    }

    /// What is known of the program without asking the database: `None` when nothing is, `Some(None)` when it is revoked or
    /// never was.
    pub async fn known(&self, id: ClientId) -> Option<Option<Arc<Known>>> {
        self.remembered.known(id).await
    }

    /// The program, if it is in force. Requests that ask at the same time share one query.
    pub async fn load(&self, db: &Database, id: ClientId, address: Option<IpAddr>) -> Result<Option<Arc<Known>>> {
        let loading = async {
            let read = move |connection: &mut Connection| {
                let row = store::find(connection, id)?;
                let revoked = match row.as_ref().is_some_and(|row| row.has_revoked_tokens) {
                    true => store::list_revoked_tokens(connection, id, clock::real())?,
                    false => Vec::new(),
                };
                Ok(row.map(|row| (row, revoked)))
            };
            let Some((row, revoked_tokens)) = db.read(read).await? else {
                return Ok(None);
            };
            let known = Known::of(&row).map(|known| {
                Arc::new(Known {
                    revoked_tokens,
                    ..known
                })
            });
            if known.as_ref().is_some_and(|known| known.may_call_from(address)) {
                self.use_of(db, &row, address).await;
            }
            Ok(known)
        };
        self.remembered.load(id, loading).await
    }

    /// Writes down now and then that a program is used; nobody waits for it.
    pub async fn use_of(&self, db: &Database, row: &ClientRow, address: Option<IpAddr>) {
        let (now, id) = (clock::now(), row.id);
        let is_known = row.last_used_at.is_some_and(|at| now - at < USED_EVERY) || self.used.contains_key(&id);
        if is_known {
            return;
        }
        self.used.insert(id, ()).await;
        let db = db.clone();
        let address = address.map(|address| address.to_canonical().to_string());
        tokio::spawn(async move {
            let write = move |tx: &mut _| store::update_used(tx, id, address.as_deref(), now);
            if let Err(error) = db.write(write).await {
                tracing::warn!(%error, client = %id, "the use of a program could not be written down");
            }
        });
    }

    /// Forgets the program on this node, for another one may have changed it.
    pub async fn forget(&self, id: ClientId) {
        self.remembered.forget(id).await;
    }
}
