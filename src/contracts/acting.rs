//! A contract is offered, accepted, countersigned, and may end before its time. Each act is told and recorded in its transaction.

use chrono::NaiveDate;

use super::rules::{Acceptance, Change, Contract, State};
use super::{Terms, Whole, get, get_for_staff, head, lock, sentences, store, today};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{ContractAccepted, ContractChanged, ContractOffered};
use crate::events::{self, Payload};
use crate::ids::{AccountId, ContractId};
use crate::languages::Language;
use crate::limits;
use crate::version::Expected;

/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 500;

/// Tells what happened, and records it.
pub(super) fn tell<P: Payload<Subject = ContractId>>(
    tx: &mut Connection,
    contract: &Contract,
    action: &'static str,
    payload: P,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let mut batch = Batch::new();
    let event = events::Entry::new(Some(contract.account_id), contract.id, payload);
    audit::record_with_event(&mut batch, actor, action, &event, now);
    batch.run(tx)
}

/// The same of what became of it.
pub(super) fn tell_change(
    tx: &mut Connection,
    contract: &Contract,
    action: &'static str,
    change: Change,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let payload = ContractChanged {
        head: head(contract),
        change,
        reason: contract.end_reason.clone(),
    };
    tell(tx, contract, action, payload, actor, now)
}

/// Offers a draft: from now on the account sees it, and nothing of it changes.
pub fn offer(tx: &mut Connection, id: ContractId, expected: &Expected, actor: &Actor, now: Timestamp) -> Result<Whole> {
    let before = lock(tx, id, expected)?;
    before.contract.must_be(&[State::Draft])?;
    let day = today(tx, now)?;
    if before.contract.valid_to < day {
        let detail = sentences::contract_over_before_signing(&before.contract.code, before.contract.valid_to);
        return Err(Error::conflict(Code::ContractStateForbids, detail));
    }
    let terms = Terms::of(&before.contract, &before.commitments);
    let terms = serde_json::to_string(&terms).map_err(Error::internal)?;
    store::set_offered(tx, id, &terms, now)?;
    let after = get_for_staff(tx, id)?;
    let payload = ContractOffered {
        head: head(&after.contract),
    };
    tell(tx, &after.contract, "contract.offer", payload, actor, now)?;
    Ok(after)
}

fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= limits::NAME;
    let fault = || Error::invalid("/name", Code::ValueInvalid, sentences::contract_name_who_accepts());
    fits.then_some(name).ok_or_else(fault)
}

/// The sentence that is accepted, in the account's language.
pub fn acceptance_text(contract: &Contract, language: Language) -> String {
    language.text_with(
        "contract-i-accept",
        &[
            ("contract", contract.code.as_str().into()),
            ("name", contract.name.as_str().into()),
            ("account", contract.account.1.as_str().into()),
        ],
    )
}

fn accept_by(
    tx: &mut Connection,
    contract: &Contract,
    (name, at): (&str, Timestamp),
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let language = Language::from_locale(&accounts::get(tx, contract.account_id)?.locale);
    let acceptance = Acceptance {
        at,
        name: named(name)?.to_owned(),
        text: acceptance_text(contract, language),
    };
    store::set_accepted(tx, (contract.account_id, contract.id), &acceptance, &actor.to_string())?;
    let payload = ContractAccepted {
        head: head(contract),
        accepted_by: acceptance.name,
    };
    tell(tx, contract, "contract.accept", payload, actor, now)
}

/// The account accepts what it was offered, by the name of who does.
pub fn accept(
    tx: &mut Connection,
    (account_id, id): (AccountId, ContractId),
    expected: &Expected,
    name: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    // Only its own that was offered to it.
    get(tx, account_id, id)?;
    let before = lock(tx, id, expected)?;
    before.contract.must_be(&[State::Offered])?;
    if before.contract.acceptance.is_some() {
        let detail = sentences::contract_accepted_already(&before.contract.code);
        return Err(Error::conflict(Code::ContractStateForbids, detail));
    }
    accept_by(tx, &before.contract, (name, now), actor, now)?;
    get(tx, account_id, id)
}

/// What the supplier's signature says.
#[derive(Debug, Clone, Default)]
pub struct Signature {
    /// The name of who signs.
    pub name: String,
    /// Who accepted it on paper, where nobody did in the portal, and the day.
    pub accepted_by: Option<String>,
    pub accepted_on: Option<NaiveDate>,
}

/// The supplier signs, too: both are bound, and it is in force from its first day on.
pub fn countersign(
    tx: &mut Connection,
    id: ContractId,
    expected: &Expected,
    signature: &Signature,
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let before = lock(tx, id, expected)?;
    before.contract.must_be(&[State::Offered])?;
    let day = today(tx, now)?;
    if before.contract.valid_to < day {
        let detail = sentences::contract_over_before_signing(&before.contract.code, before.contract.valid_to);
        return Err(Error::conflict(Code::ContractStateForbids, detail));
    }
    match (&before.contract.acceptance, &signature.accepted_by) {
        (Some(_), Some(_)) => {
            let detail = sentences::contract_accepted_already(&before.contract.code);
            return Err(Error::invalid("/accepted_by", Code::ValueInvalid, detail));
        }
        (Some(_), None) => {}
        (None, None) => {
            let detail = sentences::contract_not_accepted(&before.contract.code);
            return Err(Error::conflict(Code::ContractStateForbids, detail));
        }
        (None, Some(name)) => {
            let on = signature.accepted_on.unwrap_or(day);
            if on > day {
                let detail = sentences::contract_accepted_on_a_day_to_come();
                return Err(Error::invalid("/accepted_on", Code::ValueInvalid, detail));
            }
            let at = if on == day {
                now
            } else {
                on.and_time(chrono::NaiveTime::MIN)
            };
            accept_by(tx, &before.contract, (name, at), actor, now)?;
        }
    }
    store::set_signed(tx, id, named(&signature.name)?, now)?;
    let signed = get_for_staff(tx, id)?;
    tell_change(tx, &signed.contract, "contract.countersign", Change::Signed, actor, now)?;
    super::working::turn(tx, &signed.contract, day, actor, now)?;
    get_for_staff(tx, id)
}

/// Ends it before its time: at once, or with the end of a day to come. What was offered and not signed is taken back.
pub fn terminate(
    tx: &mut Connection,
    id: ContractId,
    expected: &Expected,
    (last_day, reason): (Option<NaiveDate>, &str),
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let before = lock(tx, id, expected)?;
    let contract = &before.contract;
    contract.must_be(&[State::Offered, State::Signed, State::Active])?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        let detail = sentences::contract_give_a_reason(REASON_CHARS_MAX);
        return Err(Error::invalid("/reason", Code::ValueInvalid, detail));
    }
    let day = today(tx, now)?;
    let yesterday = super::rules::day_before(day);
    let last = last_day.unwrap_or(yesterday);
    let is_at_once = last <= yesterday || contract.state == State::Offered;
    if last_day.is_some() && (last < day || last > contract.valid_to) {
        let detail = sentences::contract_ends_within(day, contract.valid_to);
        return Err(Error::invalid("/last_day", Code::ValueInvalid, detail));
    }
    // One that never began has no day on which it held.
    let ends_on = last
        .max(super::rules::day_before(contract.valid_from))
        .min(contract.valid_to);
    store::set_ending(tx, id, ends_on, reason)?;
    let change = match is_at_once {
        true => {
            store::set_state(tx, id, State::Terminated)?;
            Change::Terminated
        }
        false => Change::NoticeGiven,
    };
    let after = get_for_staff(tx, id)?;
    tell_change(tx, &after.contract, "contract.terminate", change, actor, now)?;
    Ok(after)
}
