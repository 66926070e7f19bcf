//! Programs that sign in by themselves: those of accounts, and the supplier's own.
//!
//! - [`copies`]: what a request needs to know of one, kept for two seconds
//! - [`proving`]: the token they get for a secret or a signed assertion
//! - [`shapes`], [`view`]: how REST shows them
//! - [`words`]: how pages do
//! - [`supplier_api`], [`supplier_pages`]: the supplier's own; those of accounts are kept by `accounts`

pub mod copies;
pub mod proving;
pub mod shapes;
pub mod supplier_api;
pub mod supplier_pages;
pub mod view;
pub mod words;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::rules::client_keys::KeySet;
use super::rules::clients::{self as rules, CLIENTS_MAX, ClientState, Given, Settings};
use super::rules::scopes::{self, Scope};
use super::rules::secrets::{self, SECRETS_MAX};
use super::sentences;
use super::store::clients::{self as store, ClientRow, SecretRow};
use super::telling;
use super::tokens::fingerprint;
use crate::audit::{self, Actor, Entry};
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, ClientId, ClientSecretId, PersonId};
use crate::names::sets::AccessChange;
use crate::version::Expected;

pub use super::store::clients::list_among;

/// A program as those see it who keep it.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: ClientId,
    /// None: the supplier's own.
    pub account_id: Option<AccountId>,
    pub settings: Settings,
    /// `per_…` or `command`.
    pub created_by: String,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub version: i64,
    /// To the minute.
    pub last_used_at: Option<Timestamp>,
    pub last_used_from: Option<String>,
    /// Those in force, the oldest first.
    pub secrets: Vec<Secret>,
}

/// A secret in force, without what is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    pub id: ClientSecretId,
    /// Its end, by which people tell it from others.
    pub last_four: String,
    pub created_at: Timestamp,
}

/// A new secret, told once.
#[derive(Clone)]
pub struct NewSecret {
    pub id: ClientSecretId,
    pub text: String,
}

/// Without what is secret.
impl std::fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSecret")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What to change of a program; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub description: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub networks: Option<Vec<String>>,
    pub expires_on: Option<Option<NaiveDate>>,
    pub requests_per_minute: Option<Option<i64>>,
    pub public_keys: Option<String>,
}

impl Client {
    fn new(row: ClientRow, secrets: Vec<Secret>) -> Result<Self> {
        Ok(Self {
            id: row.id,
            account_id: row.account_id,
            settings: settings(&row)?,
            created_by: row.created_by,
            created_at: row.created_at,
            revoked_at: row.revoked_at,
            version: row.version,
            last_used_at: row.last_used_at,
            last_used_from: row.last_used_from,
            secrets,
        })
    }

    /// Whether it may call on this day.
    pub fn state(&self, today: NaiveDate) -> ClientState {
        match self.revoked_at {
            Some(_) => ClientState::Revoked,
            None if rules::is_in_time(self.settings.expires_on, today) => ClientState::Active,
            None => ClientState::Expired,
        }
    }
}

/// What is set of a stored program. A scope that is no more is left out.
fn settings(row: &ClientRow) -> Result<Settings> {
    let keys = row
        .public_keys
        .as_deref()
        .map(serde_json::from_str::<KeySet>)
        .transpose();
    Ok(Settings {
        name: row.name.clone(),
        description: row.description.clone(),
        scopes: row.scopes.split(' ').filter_map(Scope::from_name).collect(),
        networks: row.networks.split_ascii_whitespace().map(str::to_owned).collect(),
        expires_on: row.expires_on,
        requests_per_minute: row.requests_per_minute,
        keys: keys.map_err(Error::internal)?.unwrap_or_default(),
    })
}

fn told(row: SecretRow) -> Secret {
    Secret {
        id: row.id,
        last_four: row.last_four,
        created_at: row.created_at,
    }
}

/// Up to `rows_max` programs of an account, or of the supplier, the oldest first, those behind `after`.
pub fn list(
    connection: &mut Connection,
    owner: Option<AccountId>,
    after: impl Into<Walk<ClientId>>,
    rows_max: i64,
) -> Result<Vec<Client>> {
    let rows = store::list(connection, owner, after, rows_max)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut secrets = HashMap::<_, Vec<_>>::new();
    for secret in store::list_secrets(connection, &ids)? {
        secrets.entry(secret.client_id).or_default().push(told(secret));
    }
    let client = |row: ClientRow| {
        let own = secrets.remove(&row.id).unwrap_or_default();
        Client::new(row, own)
    };
    rows.into_iter().map(client).collect()
}

fn with_secrets(connection: &mut Connection, row: ClientRow) -> Result<Client> {
    let secrets = store::list_secrets(connection, &[row.id])?;
    Client::new(row, secrets.into_iter().map(told).collect())
}

/// The program with this id, if it is the account's, or the supplier's own.
pub fn get(connection: &mut Connection, owner: Option<AccountId>, id: ClientId) -> Result<Client> {
    let row = store::find(connection, id)?.filter(|row| row.account_id == owner);
    with_secrets(connection, row.ok_or(Error::NotFound)?)
}

/// Whose a program is, for those who may keep any.
pub fn owner(connection: &mut Connection, id: ClientId) -> Result<Option<AccountId>> {
    Ok(store::find(connection, id)?.ok_or(Error::NotFound)?.account_id)
}

fn lock(tx: &mut Connection, owner: Option<AccountId>, id: ClientId) -> Result<ClientRow> {
    let row = store::lock(tx, id)?.filter(|row| row.account_id == owner);
    row.ok_or(Error::NotFound)
}

fn lock_in_force(tx: &mut Connection, owner: Option<AccountId>, id: ClientId) -> Result<ClientRow> {
    let row = lock(tx, owner, id)?;
    match row.revoked_at {
        None => Ok(row),
        Some(_) => Err(Error::conflict(Code::ClientRevoked, sentences::client_revoked())),
    }
}

/// Adds a program; with it its first secret, unless it signs with keys of its own.
pub fn add(
    tx: &mut Connection,
    actor: &Actor,
    owner: Option<AccountId>,
    given: &Given,
    now: Timestamp,
) -> Result<(Client, Option<NewSecret>)> {
    let settings = given.check(rules::side(owner)).map_err(Error::Invalid)?;
    if store::count(tx, owner)? >= CLIENTS_MAX {
        let detail = sentences::too_many_clients(CLIENTS_MAX);
        return Err(Error::conflict(Code::TooManyClients, detail));
    }
    let id = ClientId::new();
    store::insert(tx, id, owner, &settings, &actor.to_string(), now)?;
    let entry = Entry::kept("client.add", owner, id.to_string(), None, Some(&settings));
    audit::record(tx, actor, &entry, now)?;
    telling::tell_admins(tx, owner, AccessChange::ProgramAdded, actor, now)?;
    let secret = match settings.keys.keys.is_empty() {
        true => Some(new_secret(tx, actor, owner, id, now)?),
        false => None,
    };
    Ok((get(tx, owner, id)?, secret))
}

fn new_secret(
    tx: &mut Connection,
    actor: &Actor,
    owner: Option<AccountId>,
    client_id: ClientId,
    now: Timestamp,
) -> Result<NewSecret> {
    let text = secrets::secret(clock::random_bytes());
    let row = SecretRow {
        id: ClientSecretId::new(),
        client_id,
        secret_hash: fingerprint(&text),
        last_four: secrets::last_four(&text).to_owned(),
        created_at: now,
    };
    store::insert_secret(tx, &row)?;
    record(tx, actor, "client.secret_add", owner, client_id, &row, now)?;
    Ok(NewSecret { id: row.id, text })
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    account_id: Option<AccountId>,
    id: ClientId,
    secret: &SecretRow,
    now: Timestamp,
) -> Result<()> {
    let entry = Entry {
        action,
        account_id,
        object: id.to_string(),
        details: json!({ "secret": secret.id.to_string(), "last_four": secret.last_four }),
    };
    audit::record(tx, actor, &entry, now)
}

/// Changes what is set of a program. What it may do is narrower at once on this node, within seconds on the others.
pub fn change(
    tx: &mut Connection,
    actor: &Actor,
    owner: Option<AccountId>,
    id: ClientId,
    expected: &Expected,
    change: &Change,
    now: Timestamp,
) -> Result<Client> {
    let row = lock(tx, owner, id)?;
    expected.check(row.version)?;
    if row.revoked_at.is_some() {
        return Err(Error::conflict(Code::ClientRevoked, sentences::client_revoked()));
    }
    let before = settings(&row)?;
    let names = |scopes: &[Scope]| scopes.iter().map(|scope| scope.name().to_owned()).collect();
    let given = Given {
        name: change.name.clone().unwrap_or_else(|| before.name.clone()),
        description: change.description.clone().unwrap_or_else(|| before.description.clone()),
        scopes: change.scopes.clone().unwrap_or_else(|| names(&before.scopes)),
        networks: change.networks.clone().unwrap_or_else(|| before.networks.clone()),
        expires_on: change.expires_on.unwrap_or(before.expires_on),
        requests_per_minute: change.requests_per_minute.unwrap_or(before.requests_per_minute),
        public_keys: String::new(),
    };
    let given = match &change.public_keys {
        Some(public_keys) => Given {
            public_keys: public_keys.clone(),
            ..given
        },
        None => given,
    };
    let mut after = given.check(rules::side(owner)).map_err(Error::Invalid)?;
    if change.public_keys.is_none() {
        after.keys = before.keys.clone();
    }
    if after == before {
        return with_secrets(tx, row);
    }
    store::update(tx, id, &after)?;
    telling::tell_admins(tx, owner, AccessChange::ProgramChanged, actor, now)?;
    let entry = Entry::kept("client.change", owner, id.to_string(), Some(&before), Some(&after));
    audit::record(tx, actor, &entry, now)?;
    if after.keys != before.keys {
        let entry = Entry {
            action: "client.keys_change",
            account_id: owner,
            object: id.to_string(),
            details: json!({ "keys": after.keys }),
        };
        audit::record(tx, actor, &entry, now)?;
    }
    get(tx, owner, id)
}

/// Adds a secret to a program beside the one it has; a third is refused, naming the one to retire.
pub fn add_secret(
    tx: &mut Connection,
    actor: &Actor,
    owner: Option<AccountId>,
    id: ClientId,
    now: Timestamp,
) -> Result<(Client, NewSecret)> {
    lock_in_force(tx, owner, id)?;
    let known = store::list_secrets(tx, &[id])?;
    if let Some(oldest) = known.first().filter(|_| known.len() >= SECRETS_MAX) {
        let detail = sentences::retire_a_secret(SECRETS_MAX, oldest.id.to_string(), &oldest.last_four);
        return Err(Error::conflict(Code::TooManySecrets, detail));
    }
    let secret = new_secret(tx, actor, owner, id, now)?;
    telling::tell_admins(tx, owner, AccessChange::ProgramSecretAdded, actor, now)?;
    Ok((get(tx, owner, id)?, secret))
}

/// Ends a secret of a program; tokens that it got are good for the minutes they have.
pub fn retire_secret(
    tx: &mut Connection,
    actor: &Actor,
    owner: Option<AccountId>,
    (id, secret_id): (ClientId, ClientSecretId),
    now: Timestamp,
) -> Result<Client> {
    let row = lock(tx, owner, id)?;
    let known = store::list_secrets(tx, &[id])?;
    let secret = known.into_iter().find(|secret| secret.id == secret_id);
    let secret = secret.ok_or(Error::NotFound)?;
    store::update_retired(tx, secret_id, now)?;
    record(tx, actor, "client.secret_retire", owner, id, &secret, now)?;
    with_secrets(tx, row)
}

/// Ends a program with all its secrets and tokens, on every node within seconds. Doing it twice changes nothing.
pub fn revoke(
    tx: &mut Connection,
    actor: &Actor,
    owner: Option<AccountId>,
    id: ClientId,
    now: Timestamp,
) -> Result<Client> {
    let row = lock(tx, owner, id)?;
    if row.revoked_at.is_none() {
        store::update_revoked(tx, id, now)?;
        let entry = Entry {
            action: "client.revoke",
            account_id: owner,
            object: id.to_string(),
            details: json!({ "name": row.name }),
        };
        audit::record(tx, actor, &entry, now)?;
    }
    get(tx, owner, id)
}

/// What those are called who added these programs, by how the programs name them.
pub fn names_of_makers(connection: &mut Connection, clients: &[Client]) -> Result<HashMap<String, String>> {
    let ids: Vec<PersonId> = clients
        .iter()
        .filter_map(|client| client.created_by.parse().ok())
        .collect();
    let names = super::people::names(connection, &ids)?;
    Ok(names.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// The scopes that a program may be given, in their order.
pub fn offered(owner: Option<AccountId>) -> Vec<Scope> {
    scopes::of_side(rules::side(owner))
}

/// What a program meets that lacks a scope.
pub fn lacks(scope: Scope) -> Error {
    Error::refused(Code::InsufficientScope, sentences::insufficient_scope(scope.name()))
}
