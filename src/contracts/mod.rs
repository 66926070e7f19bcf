//! Contracts with accounts: what was agreed, until when, and how much the account commits itself to buy.
//!
//! - [`acting`]: offered, accepted, countersigned, ended
//! - [`pacing`]: how far commitments are
//! - [`working`]: what begins, ends, goes on and is told on its day

pub mod acting;
pub mod api;
pub mod checks;
pub mod documents;
pub mod files;
pub mod inputs;
pub mod mails;
pub mod pacing;
pub mod pages;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;
pub mod working;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::files::Contracts;
use self::inputs::{ContractInput, NewCommitment, NewContract, commitment_cells, contract_cells};
use self::rules::{Commitment, Contract, State};
pub use self::store::Filter;
use crate::accounts;
use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::db::seek::{Scope, Walk};
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::ContractHead;
use crate::ids::{AccountId, CommitmentId, ContractId};
use crate::kept;
use crate::version::{Expected, of_content};

/// What was agreed: as it is offered, accepted, countersigned and printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    pub(in crate::contracts) contract: NewContract,
    pub(in crate::contracts) commitments: Vec<NewCommitment>,
}

impl Terms {
    fn of(contract: &Contract, commitments: &[Commitment]) -> Self {
        let commitment = |one: &Commitment| NewCommitment::of(one, contract.currency);
        Self {
            contract: contract.into(),
            commitments: commitments.iter().map(commitment).collect(),
        }
    }
}

/// A contract with what the account commits itself to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub contract: Contract,
    pub commitments: Vec<Commitment>,
}

impl Whole {
    /// Its version.
    pub fn version(&self) -> Result<i64> {
        let one = &self.contract;
        let stands = (one.state, one.acceptance.is_some(), one.valid_to, one.ends_on);
        of_content(&(Terms::of(one, &self.commitments), stands))
    }
}

/// The supplier's day.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    Ok(day_in(accounts::supplier_zone(connection)?, now))
}

/// At most `limit` contracts by code; an account sees its own that were offered.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    walk: impl Into<Walk<String>>,
    limit: i64,
) -> Result<Vec<Contract>> {
    store::list(connection, scope, filter, walk.into(), limit)
}

/// The commitments of these contracts, for staff.
pub fn commitments_of(connection: &mut Connection, ids: &[ContractId]) -> Result<Vec<Commitment>> {
    store::commitments_of(connection, ids)
}

/// A contract for staff.
pub fn get_for_staff(connection: &mut Connection, id: ContractId) -> Result<Whole> {
    let contract = store::find(connection, id)?.ok_or(Error::NotFound)?;
    whole(connection, contract)
}

/// A contract of the account that was offered to it.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ContractId) -> Result<Whole> {
    let contract = store::find_of(connection, account_id, id)?.ok_or(Error::NotFound)?;
    whole(connection, contract)
}

fn whole(connection: &mut Connection, contract: Contract) -> Result<Whole> {
    let commitments = store::commitments(connection, contract.account_id, contract.id)?;
    Ok(Whole { contract, commitments })
}

/// A contract in the scope of who asks.
pub fn get_in(connection: &mut Connection, scope: Scope, id: ContractId) -> Result<Whole> {
    match scope {
        Scope::Account(account_id) => get(connection, account_id, id),
        Scope::All => get_for_staff(connection, id),
    }
}

/// Codes of the price lists that name a contract, for staff.
pub fn list_price_lists(connection: &mut Connection, id: ContractId) -> Result<Vec<String>> {
    store::list_price_lists(connection, id)
}

/// The contract, locked, as whoever changes it has seen it.
fn lock(tx: &mut Connection, id: ContractId, expected: &Expected) -> Result<Whole> {
    let contract = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    let whole = whole(tx, contract)?;
    expected.check(whole.version()?)?;
    Ok(whole)
}

/// What events say of it.
fn head(contract: &Contract) -> ContractHead {
    ContractHead {
        contract: contract.code.clone(),
        name: contract.name.clone(),
        account: contract.account.0.clone(),
        state: contract.state,
        valid_from: contract.valid_from,
        valid_to: contract.last_day(),
    }
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&Whole>, Option<&Whole>),
    now: Timestamp,
) -> Result<()> {
    let Some(one) = is.or(was) else { return Ok(()) };
    let terms = |whole: Option<&Whole>| whole.map(|one| Terms::of(&one.contract, &one.commitments));
    let (before, after) = (terms(was), terms(is));
    let (account_id, object) = (Some(one.contract.account_id), one.contract.id.to_string());
    let entry = Entry {
        action,
        account_id,
        object,
        details: json!({ "before": before, "after": after }),
    };
    audit::record(tx, actor, &entry, now)
}

/// Makes a draft.
pub fn add(tx: &mut Connection, new: &NewContract, actor: &Actor, now: Timestamp) -> Result<Whole> {
    let (accounts, known) = (Accounts::load(tx)?, Contracts::load(tx)?);
    let row = files::read_contract(&contract_cells(new)?, &accounts, &known).map_err(Error::Invalid)?;
    if store::find(tx, row.id)?.is_some() {
        let detail = sentences::contract_exists(&new.contract);
        return Err(Error::invalid("/contract", Code::DuplicateKey, detail));
    }
    files::store_contract(tx, &row)?;
    let added = get_for_staff(tx, row.id)?;
    record(tx, actor, "contract.add", (None, Some(&added)), now)?;
    Ok(added)
}

/// A draft, locked; what was offered stays as it was offered.
fn draft(tx: &mut Connection, id: ContractId, expected: &Expected) -> Result<Whole> {
    let before = lock(tx, id, expected)?;
    before.contract.must_be(&[State::Draft])?;
    Ok(before)
}

/// Changes a draft.
pub fn change(
    tx: &mut Connection,
    id: ContractId,
    expected: &Expected,
    change: &ContractInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let before = draft(tx, id, expected)?;
    let columns = [files::CONTRACTS.required, files::CONTRACTS.optional];
    let cells = kept::overlaid(&NewContract::from(&before.contract), change, &columns)?;
    let (accounts, known) = (Accounts::load(tx)?, Contracts::load(tx)?);
    let row = files::read_contract(&cells, &accounts, &known).map_err(Error::Invalid)?;
    files::store_contract(tx, &row)?;
    let after = get_for_staff(tx, id)?;
    if after != before {
        record(tx, actor, "contract.change", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Says what the account commits itself to, all of it anew.
pub fn put_commitments(
    tx: &mut Connection,
    id: ContractId,
    expected: &Expected,
    wanted: &[NewCommitment],
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let before = draft(tx, id, expected)?;
    let skus: Vec<_> = wanted.iter().map(NewCommitment::key).collect();
    let (known, products) = (Contracts::load(tx)?, Products::with_skus(tx, &skus)?);
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    if wanted.len() > rules::COMMITMENTS_MAX {
        let detail = sentences::commitment_too_many(rules::COMMITMENTS_MAX);
        return Err(Error::invalid("/commitments", Code::ValueInvalid, detail));
    }
    for (place, one) in wanted.iter().enumerate() {
        let at = |pointer: &str| format!("/commitments/{place}{pointer}");
        let is_twice = wanted
            .iter()
            .take(place)
            .any(|other| other.commitment == one.commitment);
        if is_twice {
            let detail = sentences::commitment_exists(&one.commitment);
            faults.push(FieldError::new(at("/commitment"), Code::DuplicateKey, detail));
        }
        match files::read_commitment(&commitment_cells(&before.contract.code, one)?, &known, &products) {
            Ok(row) => rows.push(row),
            Err(found) => faults.extend(found.into_iter().map(|fault| FieldError {
                pointer: at(&fault.pointer),
                ..fault
            })),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    files::store_commitments(tx, id, &rows)?;
    let after = get_for_staff(tx, id)?;
    if after != before {
        record(tx, actor, "contract.commit", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Adds one commitment to a draft.
pub fn add_commitment(
    tx: &mut Connection,
    id: ContractId,
    expected: &Expected,
    new: &NewCommitment,
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let before = draft(tx, id, expected)?;
    let mut all = Terms::of(&before.contract, &before.commitments).commitments;
    if all.iter().any(|one| one.commitment == new.commitment) {
        let detail = sentences::commitment_exists(&new.commitment);
        return Err(Error::invalid("/commitment", Code::DuplicateKey, detail));
    }
    let place = all.len();
    all.push(new.clone());
    let put = put_commitments(tx, id, &Expected::Any, &all, actor, now);
    put.map_err(|error| match error {
        Error::Invalid(faults) => {
            let prefix = format!("/commitments/{place}");
            let moved = faults.into_iter().map(|fault| FieldError {
                pointer: fault.pointer.trim_start_matches(&prefix).to_owned(),
                ..fault
            });
            Error::Invalid(moved.collect())
        }
        other => other,
    })
}

/// Takes one out of a draft.
pub fn remove_commitment(
    tx: &mut Connection,
    (id, commitment_id): (ContractId, CommitmentId),
    expected: &Expected,
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let before = draft(tx, id, expected)?;
    if before.commitments.iter().all(|one| one.id != commitment_id) {
        return Err(Error::NotFound);
    }
    store::delete_commitment(tx, id, commitment_id)?;
    let after = get_for_staff(tx, id)?;
    record(tx, actor, "contract.commit", (Some(&before), Some(&after)), now)?;
    Ok(after)
}

/// Removes a draft that no price list names.
pub fn remove(tx: &mut Connection, id: ContractId, expected: &Expected, actor: &Actor, now: Timestamp) -> Result<()> {
    let before = draft(tx, id, expected)?;
    let lists = store::list_price_lists(tx, id)?;
    if !lists.is_empty() {
        let detail = sentences::contract_has_price_lists(&before.contract.code, lists);
        return Err(Error::conflict(Code::ContractStateForbids, detail));
    }
    store::delete(tx, id)?;
    record(tx, actor, "contract.remove", (Some(&before), None), now)
}
