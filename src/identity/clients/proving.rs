//! The token that a program gets for its secret, or for an assertion that it signed (RFC 6749, RFC 7523).
//!
//! Guessing is held off as it is at the sign-in, but a right secret passes whatever strangers did before: it has 192 random
//! bits, so nobody finds one by trying.

use std::net::IpAddr;

use chrono::DateTime;
use serde_json::json;

use super::copies::Known;
use crate::audit::{self, Actor, Entry, Origin, Who, tallies};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::identity::caller::Access;
use crate::identity::rules::client_keys::{Assertion, KeySet};
use crate::identity::rules::clients::{self as rules, TOKEN_LIFETIME};
use crate::identity::rules::scopes::{self, Scope};
use crate::identity::rules::secrets;
use crate::identity::store::clients::{self as store, ClientRow, SecretRow};
use crate::identity::throttling::Source;
use crate::identity::tokens::{Presented, fingerprint};
use crate::ids::ClientId;

/// Failed proofs of a program that the record tells each in an hour.
const FAILURES_TOLD: i64 = 10;

/// What a program proves itself with.
#[derive(Clone)]
pub enum Proof {
    /// How it calls itself, and a secret.
    Secret(String, String),
    /// What it signed, for one of these audiences.
    Assertion(String, Vec<String>),
}

/// Without what is secret.
impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof")
    }
}

/// A token.
#[derive(Debug)]
pub struct Issued {
    pub token: String,
    pub expires_in_s: i64,
    pub scopes: Vec<Scope>,
}

/// Why there is none, as RFC 6749 sorts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Unknown, revoked, or the proof is no good.
    InvalidClient,
    /// It is who it says, and its last day has passed.
    Expired,
    /// The assertion was used before.
    Used,
    /// It is who it says, and may not call from there.
    ElsewhereOnly,
    /// It asks for a scope that there isn't, or that it doesn't have.
    InvalidScope,
}

struct Found {
    row: ClientRow,
    secrets: Vec<SecretRow>,
}

fn find(connection: &mut Connection, id: ClientId) -> Result<Option<Found>> {
    let Some(row) = store::find(connection, id)? else {
        return Ok(None);
    };
    let secrets = store::list_secrets(connection, &[id])?;
    Ok(Some(Found { row, secrets }))
}

/// Who proves to be a program, and how.
struct Proved {
    row: ClientRow,
    known: Known,
    by: Proven,
}

/// The program that `proof` proves. A failure counts.
async fn proved(db: &Database, proof: &Proof, origin: &Origin, now: Timestamp) -> Result<Result<Proved, Refused>> {
    let named = proof.named();
    let id = named.parse::<ClientId>().ok();
    let source = Source::of_client(&id.map_or_else(String::new, |id| id.to_string()), origin.address);
    let found = match id {
        Some(id) => db.read(move |connection| find(connection, id)).await?,
        None => None,
    };
    let proven = found.as_ref().and_then(|found| proof.prove(found, now));
    let (Some(found), Some(by)) = (found, proven) else {
        return fail(db, source, id, origin.clone())
            .await
            .map(|()| Err(Refused::InvalidClient));
    };
    Ok(match Known::of(&found.row) {
        Some(known) => Ok(Proved {
            row: found.row,
            known,
            by,
        }),
        None => Err(Refused::InvalidClient),
    })
}

impl Proved {
    /// False where it was proven by what is good once and was used before. That counts as a failure.
    async fn spend(&self, db: &Database, origin: &Origin, now: Timestamp) -> Result<bool> {
        let Proven::ByAssertion(assertion) = &self.by else {
            return Ok(true);
        };
        let id = self.known.id;
        if use_up(db, id, assertion, now).await? {
            return Ok(true);
        }
        let source = Source::of_client(&id.to_string(), origin.address);
        fail(db, source, Some(id), origin.clone()).await.map(|()| false)
    }
}

/// The token for `proof`, with the scopes that are asked for, or all that the program has.
pub async fn issue(
    db: &Database,
    access: &Access,
    proof: Proof,
    asked: Option<String>,
    origin: Origin,
) -> Result<Result<Issued, Refused>> {
    // What proves something to others goes by the real clock, also in a sandbox.
    let now = clock::real();
    let proved = match proved(db, &proof, &origin, now).await? {
        Ok(proved) => proved,
        Err(refused) => return Ok(Err(refused)),
    };
    let known = &proved.known;
    if let Err(refused) = may_have(known, origin.address, now) {
        tracing::info!(client = %known.id, ?refused, "a program was refused a token");
        return Ok(Err(refused));
    }
    let asked = asked.as_deref().map(scopes::read);
    let asked = match asked.transpose() {
        Ok(asked) => asked,
        Err(_) => return Ok(Err(Refused::InvalidScope)),
    };
    let Some(granted) = rules::granted(&known.scopes, asked.as_deref()) else {
        return Ok(Err(Refused::InvalidScope));
    };
    if !proved.spend(db, &origin, now).await? {
        return Ok(Err(Refused::Used));
    }
    access.clients.use_of(db, &proved.row, origin.address).await;
    let token = access.keys.issue_client(db, known.id, &granted, now).await?;
    Ok(Ok(Issued {
        token,
        expires_in_s: TOKEN_LIFETIME.num_seconds(),
        scopes: granted,
    }))
}

/// What became of a token that a program gave back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// It is good for nothing any more, or never was.
    Done,
    /// It is another program's.
    AnothersToken,
}

/// Ends a token of the program that `proof` proves (RFC 7009): here at once, on other nodes as soon as their copy is too old.
pub async fn revoke(
    db: &Database,
    access: &Access,
    proof: Proof,
    token: &str,
    origin: Origin,
) -> Result<Result<Revoked, Refused>> {
    let now = clock::real();
    let proved = match proved(db, &proof, &origin, now).await? {
        Ok(proved) => proved,
        Err(refused) => return Ok(Err(refused)),
    };
    if !proved.spend(db, &origin, now).await? {
        return Ok(Err(Refused::Used));
    }
    let bearer = match access.keys.present(db, token).await? {
        Some(Presented::Client(bearer)) => bearer,
        Some(Presented::Person(_)) => return Ok(Ok(Revoked::AnothersToken)),
        None => return Ok(Ok(Revoked::Done)),
    };
    let id = proved.known.id;
    if bearer.client_id != id {
        return Ok(Ok(Revoked::AnothersToken));
    }
    let ends_at = DateTime::from_timestamp(bearer.ends_at_s, 0).map(|at| at.naive_utc());
    let ends_at = ends_at.ok_or_else(|| Error::internal("a token of ours ends in our time"))?;
    let account_id = proved.known.account_id;
    let write = move |tx: &mut Connection| {
        if store::insert_revoked_token(tx, id, &bearer.jti_hash, ends_at, now)? {
            let entry = Entry {
                action: "client.token_revoked",
                account_id,
                object: id.to_string(),
                details: json!({}),
            };
            let actor = Actor::new(Who::Client(id), Some(origin.clone()));
            audit::record(tx, &actor, &entry, clock::now())?;
        }
        Ok(())
    };
    db.write(write).await?;
    access.clients.forget(id).await;
    Ok(Ok(Revoked::Done))
}

fn may_have(known: &Known, address: Option<IpAddr>, now: Timestamp) -> Result<(), Refused> {
    if !known.is_in_time(now) {
        return Err(Refused::Expired);
    }
    match known.may_call_from(address) {
        true => Ok(()),
        false => Err(Refused::ElsewhereOnly),
    }
}

/// How somebody proved to be a program.
enum Proven {
    BySecret,
    /// Good once.
    ByAssertion(Assertion),
}

impl Proof {
    /// How who asks calls itself.
    fn named(&self) -> String {
        match self {
            Self::Secret(client, _) => client.clone(),
            Self::Assertion(assertion, _) => subject(assertion).unwrap_or_default(),
        }
    }

    fn prove(&self, found: &Found, now: Timestamp) -> Option<Proven> {
        match self {
            Self::Secret(_, secret) => {
                let hash = fingerprint(secret);
                // All are compared, so that the time tells nothing.
                let same = found
                    .secrets
                    .iter()
                    .filter(|known| is_same(&known.secret_hash, &hash))
                    .count();
                (secrets::is_secret(secret) && same > 0).then_some(Proven::BySecret)
            }
            Self::Assertion(assertion, audiences) => {
                let keys = found.row.public_keys.as_deref()?;
                let keys: KeySet = serde_json::from_str(keys).ok()?;
                let claims = keys.verify(assertion, audiences)?;
                let is_good = claims.is_good(&found.row.id.to_string(), now.and_utc().timestamp());
                is_good.then_some(Proven::ByAssertion(claims))
            }
        }
    }
}

/// Whom an assertion is about, before anything of it is proven.
fn subject(assertion: &str) -> Option<String> {
    let claims: serde_json::Value = jsonwebtoken::dangerous::insecure_decode_claims(assertion).ok()?;
    Some(claims.get("sub")?.as_str()?.to_owned())
}

/// Compares in a time that does not tell where the texts differ.
fn is_same(left: &str, right: &str) -> bool {
    let differing = left.bytes().zip(right.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    left.len() == right.len() && differing == 0
}

async fn use_up(db: &Database, id: ClientId, assertion: &Assertion, now: Timestamp) -> Result<bool> {
    let jti_hash = fingerprint(assertion.id());
    let over_at = DateTime::from_timestamp(assertion.over_at_s(), 0).map(|at| at.naive_utc());
    let over_at = over_at.ok_or_else(|| Error::internal("an assertion that was taken ends in our time"))?;
    db.write(move |tx| store::insert_assertion(tx, id, &jti_hash, over_at, now))
        .await
}

/// Counts a failure and writes it down; [`Error::Throttled`] where there were too many.
async fn fail(db: &Database, source: Source, id: Option<ClientId>, origin: Origin) -> Result<()> {
    let write = move |tx: &mut Connection| {
        let now = clock::now();
        source.lock(tx)?;
        // Nothing more is written of who fails too often.
        match source.refuse_if_throttled(tx, now) {
            Err(error @ Error::Throttled { .. }) => return Ok(Err(error)),
            other => other?,
        };
        source.count(tx, now)?;
        tell(tx, id, &origin, now).map(Ok)
    };
    db.write(write).await?
}

fn tell(tx: &mut Connection, id: Option<ClientId>, origin: &Origin, now: Timestamp) -> Result<()> {
    let Some(row) = id.map(|id| store::find(tx, id)).transpose()?.flatten() else {
        return Ok(());
    };
    let times = tallies::count(tx, &format!("client {}", row.id), now)?;
    if !tallies::is_told(times, FAILURES_TOLD) {
        return Ok(());
    }
    let entry = Entry {
        action: "client.proof_failed",
        account_id: row.account_id,
        object: row.id.to_string(),
        details: json!({ "times": times }),
    };
    audit::record(tx, &Actor::visitor(origin.clone()), &entry, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_or_not() {
        for (left, right, expected) in [
            ("ab", "ab", true),
            ("ab", "aa", false),
            ("ab", "a", false),
            ("", "", true),
        ] {
            assert_eq!(is_same(left, right), expected, "{left} {right}");
        }
    }
}
