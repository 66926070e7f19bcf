//! What the days bring: contracts begin, go on and end; deadlines and pace are told. All of it follows from what is stored, and is stored
//! with its event: whoever dies in between has told nothing twice, and the next one goes on.

use chrono::NaiveDate;

use super::acting::{tell, tell_change};
use super::pacing::{self, Paced};
use super::rules::{Change, Contract, State};
use super::{head, store, today};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::events::payloads::{ContractNoticeDue, ContractPaceLow};
use crate::ids::ContractId;

/// Contracts that are looked for at a time.
pub const AT_ONCE: i64 = 100;

/// The next contracts behind `after` that begin, go on or end, or, if `of_all`, are to be looked at; and the last that was looked for, while
/// there may be more.
pub fn due(
    connection: &mut Connection,
    (after, of_all): (ContractId, bool),
    now: Timestamp,
) -> Result<(Vec<ContractId>, Option<ContractId>)> {
    let day = today(connection, now)?;
    let found = store::list_due(connection, after, AT_ONCE)?;
    let is_full = i64::try_from(found.len()).unwrap_or(i64::MAX) >= AT_ONCE;
    let last = found.last().map(|one| one.id).filter(|_| is_full);
    let turns = |one: &&Contract| of_all || one.state_on(day).is_some() || one.renewed_to(day).is_some();
    Ok((found.iter().filter(turns).map(|one| one.id).collect(), last))
}

/// Renews, begins and ends a contract as its days ask for; what it is then.
pub fn turn(
    tx: &mut Connection,
    contract: &Contract,
    day: NaiveDate,
    actor: &Actor,
    now: Timestamp,
) -> Result<Contract> {
    let mut contract = contract.clone();
    // A worker that did not run for years catches up term by term.
    loop {
        if let Some(to) = contract.renewed_to(day) {
            store::set_renewed(tx, contract.id, to)?;
            contract.valid_to = to;
            tell_change(tx, &contract, "contract.renew", Change::Renewed, actor, now)?;
            continue;
        }
        let Some(state) = contract.state_on(day) else {
            return Ok(contract);
        };
        store::set_state(tx, contract.id, state)?;
        contract.state = state;
        let change = match state {
            State::Active => Change::Activated,
            State::Terminated => Change::Terminated,
            _ => Change::Ended,
        };
        tell_change(tx, &contract, "contract.state", change, actor, now)?;
    }
}

/// Does what is due of a contract; whether there was anything.
pub fn settle(tx: &mut Connection, id: ContractId, actor: &Actor, now: Timestamp) -> Result<bool> {
    let Some(before) = store::lock(tx, id)? else {
        return Ok(false);
    };
    let day = today(tx, now)?;
    let contract = turn(tx, &before, day, actor, now)?;
    let warned = warn(tx, &contract, day, actor, now)?;
    let paced = tell_pace(tx, &contract, day, actor, now)?;
    Ok(contract != before || warned || paced)
}

/// Tells of the last day for notice, each of its warnings once.
fn warn(tx: &mut Connection, contract: &Contract, day: NaiveDate, actor: &Actor, now: Timestamp) -> Result<bool> {
    let mut told = None;
    for days in contract.warned_days(day) {
        let what = format!("notice:{}:{days}", contract.valid_to);
        if store::warnings::note(tx, (contract.account_id, contract.id), &what, now)? {
            // Those that lie before it are told with the nearest.
            told = Some(days);
        }
    }
    let nearest = contract.warned_days(day).into_iter().min();
    let Some(days) = told.filter(|days| Some(*days) == nearest) else {
        return Ok(false);
    };
    let payload = ContractNoticeDue {
        head: head(contract),
        days,
        notice_by: contract.notice_by(),
        renews: contract.renews(),
    };
    tell(tx, contract, "contract.warn", payload, actor, now)?;
    Ok(true)
}

/// Tells of commitments that lag behind, once in each of their periods.
fn tell_pace(tx: &mut Connection, contract: &Contract, day: NaiveDate, actor: &Actor, now: Timestamp) -> Result<bool> {
    if contract.state != State::Active {
        return Ok(false);
    }
    let commitments = store::commitments(tx, contract.account_id, contract.id)?;
    let paced = pacing::of(tx, contract, commitments, day)?;
    let mut is_told = false;
    for Paced { commitment, pace } in paced.iter().filter(|one| one.pace.is_low(day)) {
        let what = format!("pace:{}:{}", commitment.id, pace.window.from);
        if !store::warnings::note(tx, (contract.account_id, contract.id), &what, now)? {
            continue;
        }
        let amount = |amount: i64| commitment.decimal(amount, contract.currency);
        let is_value = commitment.kind == super::rules::Kind::Value;
        let payload = ContractPaceLow {
            head: head(contract),
            commitment: commitment.code.clone(),
            period_from: pace.window.from,
            period_to: pace.window.to,
            committed: amount(pace.committed),
            fulfilled: amount(pace.fulfilled),
            expected: amount(pace.expected),
            shortfall: amount(pace.shortfall),
            currency: is_value.then(|| contract.currency.code().to_owned()),
            sku: commitment.sku.clone().filter(|_| !is_value),
        };
        tell(tx, contract, "contract.warn", payload, actor, now)?;
        is_told = true;
    }
    Ok(is_told)
}
