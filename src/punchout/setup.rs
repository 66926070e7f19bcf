//! The set-up of an account: whom we talk with, where baskets go back to, which codes mean what.

use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::rules::{self, CODE_CHARS_MAX};
use super::sentences;
use super::store::{self, SetupRow};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::rules::secrets;
use crate::ids::AccountId;
use crate::outbound::Hosts;
use crate::sentences::{at_most_characters, no_control_characters};
use crate::version::Expected;

pub use super::agreement::PunchoutSetup;

/// A stored set-up.
#[derive(Debug, Clone)]
pub struct Setup {
    pub account_id: AccountId,
    pub setup: PunchoutSetup,
    /// Ends of the secrets that are good, by which people tell them from others.
    pub secret_end: Option<String>,
    pub oci_secret_end: Option<String>,
    pub(super) secret_hash: Option<String>,
    pub(super) oci_secret_hash: Option<String>,
    /// The key of codes that stand in place of the shared secret.
    pub(super) mac_secret: Option<String>,
    /// What proves who we are in documents that we send.
    pub out_secret: Option<String>,
    pub version: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

impl Setup {
    pub(super) fn of(row: SetupRow) -> Result<Self> {
        Ok(Self {
            setup: serde_json::from_str(&row.settings).map_err(Error::internal)?,
            account_id: row.account_id,
            secret_end: row.secret_end,
            oci_secret_end: row.oci_secret_end,
            secret_hash: row.secret_hash,
            oci_secret_hash: row.oci_secret_hash,
            mac_secret: row.mac_secret,
            out_secret: row.out_secret,
            version: row.version,
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }

    /// Compares a secret that somebody sent, in a time that tells nothing.
    pub(super) fn has_secret(&self, sent: &str) -> bool {
        is_secret(self.secret_hash.as_deref(), sent)
    }

    /// The end of the key of codes, where there is one.
    pub fn mac_end(&self) -> Option<String> {
        let secret = self.mac_secret.as_deref()?;
        Some(secrets::last_four(secret).to_owned())
    }

    pub(super) fn has_oci_secret(&self, sent: &str) -> bool {
        is_secret(self.oci_secret_hash.as_deref(), sent)
    }
}

pub(super) fn fingerprint(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text))
}

/// Fingerprints are compared, byte by byte, all of them: where they begin to differ tells nothing of the secret.
pub(super) fn is_secret(hash: Option<&str>, sent: &str) -> bool {
    let sent = fingerprint(sent);
    let nobody = fingerprint("nobody has this secret");
    let known = hash.unwrap_or(&nobody);
    let differing = known.bytes().zip(sent.bytes()).fold(0_u8, |all, (a, b)| all | (a ^ b));
    differing == 0 && known.len() == sent.len() && hash.is_some()
}

/// The set-up of an account, if it has one.
pub fn find(connection: &mut Connection, account_id: AccountId) -> Result<Option<Setup>> {
    store::find_setup(connection, account_id)?.map(Setup::of).transpose()
}

/// The set-up of the buyer with the first of these credentials that is known, by their keys.
pub(super) fn find_by_buyers(connection: &mut Connection, keys: &[String]) -> Result<Option<Setup>> {
    let mut best = None;
    for row in store::list_setups_by_buyers(connection, keys)? {
        let found = Setup::of(row)?;
        let key = rules::credential_key(&found.setup.buyer_domain, &found.setup.buyer_identity);
        let place = keys.iter().position(|own| *own == key).unwrap_or(keys.len());
        if best.as_ref().is_none_or(|(before, _)| place < *before) {
            best = Some((place, found));
        }
    }
    Ok(best.map(|(_, found)| found))
}

pub(super) fn find_by_oci_user(connection: &mut Connection, user: &str) -> Result<Option<Setup>> {
    store::find_setup_by_oci_user(connection, user)?
        .map(Setup::of)
        .transpose()
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    account_id: AccountId,
    details: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: Some(account_id),
        object: account_id.to_string(),
        details,
    };
    audit::record(tx, actor, &entry, now)
}

/// Sets an account up, or changes how it is. `seen` is the version that is changed; none where there is no set-up yet.
pub fn put(
    tx: &mut Connection,
    actor: &Actor,
    reachable: &Hosts,
    account_id: AccountId,
    (seen, wanted): (Option<&Expected>, &PunchoutSetup),
    now: Timestamp,
) -> Result<Setup> {
    accounts::get_open(tx, account_id)?;
    let wanted = wanted.clone().tidied();
    let mut faults = wanted.faults(reachable);
    for code in wanted.sites.values() {
        if accounts::ship_to(tx, account_id, Some(code))?.is_none() {
            faults.push(FieldError::new(
                "/sites",
                Code::UnknownSite,
                sentences::punchout_site(code),
            ));
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let before = store::lock_setup(tx, account_id)?.map(Setup::of).transpose()?;
    match (&before, seen) {
        (Some(before), Some(seen)) => seen.check(before.version)?,
        (Some(before), None) => Expected::OneOf(Vec::new()).check(before.version)?,
        (None, _) => {}
    }
    if before.as_ref().is_some_and(|before| before.setup == wanted) {
        return find(tx, account_id)?.ok_or(Error::NotFound);
    }
    let key = rules::credential_key(&wanted.buyer_domain, &wanted.buyer_identity);
    if store::find_setup_by_buyer(tx, &key)?.is_some_and(|other| other.account_id != account_id) {
        let detail = sentences::punchout_buyer_taken();
        return Err(Error::invalid("/buyer_identity", Code::DuplicateKey, detail));
    }
    if let Some(user) = &wanted.oci_user
        && store::find_setup_by_oci_user(tx, user)?.is_some_and(|other| other.account_id != account_id)
    {
        return Err(Error::invalid(
            "/oci_user",
            Code::DuplicateKey,
            sentences::punchout_user_taken(),
        ));
    }
    let settings = serde_json::to_string(&wanted).map_err(Error::internal)?;
    store::put_setup(tx, account_id, (&key, &wanted, &settings), before.is_some(), now)?;
    let details = json!({ "was": before.map(|before| before.setup), "is": wanted });
    record(tx, actor, "punchout.set_up", account_id, details, now)?;
    find(tx, account_id)?.ok_or(Error::NotFound)
}

/// Takes a set-up away: nobody punches out from then on, and what was received stays.
pub fn remove(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    seen: &Expected,
    now: Timestamp,
) -> Result<()> {
    let before = store::lock_setup(tx, account_id)?.map(Setup::of).transpose()?;
    let before = before.ok_or(Error::NotFound)?;
    seen.check(before.version)?;
    store::delete_setup(tx, account_id)?;
    record(
        tx,
        actor,
        "punchout.remove",
        account_id,
        json!({ "was": before.setup }),
        now,
    )
}

/// Which secret is made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Shared,
    Oci,
    /// The key of codes that stand in place of the shared secret. It is kept as it is: a code can't be checked otherwise.
    Mac,
}

/// Gives a set-up a new secret, which is told this once; the one before is good no more.
pub fn rotate(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    which: Which,
    now: Timestamp,
) -> Result<(Setup, String)> {
    store::lock_setup(tx, account_id)?.ok_or(Error::NotFound)?;
    let secret = secrets::secret(clock::random_bytes());
    match which {
        Which::Mac => store::update_mac_secret(tx, account_id, &secret, now)?,
        Which::Shared | Which::Oci => store::update_secret(
            tx,
            account_id,
            which == Which::Oci,
            &fingerprint(&secret),
            secrets::last_four(&secret),
            now,
        )?,
    }
    let details = json!({ "oci": which == Which::Oci, "mac": which == Which::Mac });
    record(tx, actor, "punchout.rotate_secret", account_id, details, now)?;
    let setup = find(tx, account_id)?.ok_or(Error::NotFound)?;
    Ok((setup, secret))
}

/// Keeps what proves who we are in documents that we send; an empty text takes it away.
pub fn keep_out_secret(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    secret: &str,
    now: Timestamp,
) -> Result<Setup> {
    if secret.chars().count() > CODE_CHARS_MAX {
        let detail = at_most_characters(CODE_CHARS_MAX);
        return Err(Error::invalid("/secret", Code::ValueTooLong, detail));
    }
    if secret.chars().any(char::is_control) {
        return Err(Error::invalid("/secret", Code::ValueInvalid, no_control_characters()));
    }
    store::lock_setup(tx, account_id)?.ok_or(Error::NotFound)?;
    store::update_out_secret(tx, account_id, Some(secret).filter(|secret| !secret.is_empty()), now)?;
    let details = json!({ "is_set": !secret.is_empty() });
    record(tx, actor, "punchout.out_secret", account_id, details, now)?;
    find(tx, account_id)?.ok_or(Error::NotFound)
}
