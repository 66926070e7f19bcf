//! Staff look at a claim, decide what of each line is right, and find out why it came to that.

use serde_json::json;

use super::rules::reading::{self, Decided};
use super::rules::{Action, Analysis, Claim};
use super::{forbidden, head, lock, lock_for, note, record, returns, sentences, store, told};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::ClaimDecided;
use crate::ids::ClaimId;
use crate::orders;
use crate::sentences::unknown_account;
use crate::version::Expected;

/// Most days there may be to answer.
const ANSWER_DAYS_MAX: i32 = 365;

/// Somebody looks at it.
pub fn review(tx: &mut Connection, id: ClaimId, actor: &Actor, now: Timestamp) -> Result<Claim> {
    let (claim, state) = lock_for(tx, None, id, Action::Review)?;
    let mut batch = Batch::new();
    store::update_state(&mut batch, &claim, state);
    note(&mut batch, &claim, "claim.review", json!({}), actor, now);
    batch.run(tx)?;
    super::get(tx, claim.account_id, id)
}

/// Decides every line of a claim; once more, too, until it is settled.
pub fn decide(tx: &mut Connection, id: ClaimId, decided: &[Decided], actor: &Actor, now: Timestamp) -> Result<Claim> {
    let mut claim = lock(tx, None, id)?;
    if claim.state.is_over() {
        return Err(forbidden(&claim));
    }
    // Whoever announces a return of the claim reads what is decided here, or is counted here.
    let order = orders::lock(tx, claim.account_id, claim.order_id)?;
    let of = (claim.kind, claim.currency);
    let (lines, action) = reading::decisions(&claim.lines, &order.lines, decided, of).map_err(Error::Invalid)?;
    let state = claim.state.after(action).ok_or_else(|| forbidden(&claim))?;
    let returned = returns::list_returned_of_claim(tx, id)?;
    let faults = reading::below_returned(&lines, &order.lines, decided, &returned);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    claim.lines = lines;
    let mut batch = Batch::new();
    store::update_decided(&mut batch, &claim, (state, &claim.lines), &actor.to_string(), now)?;
    let told = ClaimDecided {
        claim: head(&claim),
        state,
        lines: claim.lines.iter().map(told).collect(),
    };
    record(&mut batch, &claim, "claim.decide", told, actor, now);
    batch.run(tx)?;
    super::get(tx, claim.account_id, id)
}

/// Notes what was found out, and what is done about it.
pub fn analyse(
    tx: &mut Connection,
    id: ClaimId,
    expected: &Expected,
    analysis: &Analysis,
    actor: &Actor,
    now: Timestamp,
) -> Result<Claim> {
    let claim = lock(tx, None, id)?;
    expected.check(claim.version)?;
    let mut faults = Vec::new();
    let mut read = |pointer: &str, text: &Option<String>| {
        let read = reading::maybe_text(pointer, text.as_deref());
        read.unwrap_or_else(|fault| {
            faults.push(fault);
            None
        })
    };
    let analysis = Analysis {
        root_cause: read("/root_cause", &analysis.root_cause),
        corrective_action: read("/corrective_action", &analysis.corrective_action),
        owner: read("/owner", &analysis.owner),
        ..analysis.clone()
    };
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut batch = Batch::new();
    store::update_analysis(&mut batch, &claim, &analysis);
    let fields = |one: &Analysis| {
        json!({
            "root_cause": one.root_cause, "corrective_action": one.corrective_action, "owner": one.owner,
            "due_on": one.due_on, "verified_on": one.verified_on,
        })
    };
    let details = json!({ "before": fields(&claim.analysis), "after": fields(&analysis) });
    note(&mut batch, &claim, "claim.analyse", details, actor, now);
    batch.run(tx)?;
    super::get(tx, claim.account_id, id)
}

/// How many days the supplier has to answer accounts that have no agreement of their own.
pub fn answer_days(connection: &mut Connection) -> Result<i32> {
    store::answer_days_of_all(connection)
}

/// Says how many days the supplier has to answer the account with this code; without one, every account that has no agreement
/// of its own.
pub fn set_answer_days(
    tx: &mut Connection,
    code: Option<&str>,
    days: Option<i32>,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let days_max = ANSWER_DAYS_MAX;
    if let Some(days) = days.filter(|days| !(0..=days_max).contains(days)) {
        let detail = sentences::claim_answer_days_out_of_range(days, days_max);
        return Err(Error::invalid("/answer_days", Code::ValueInvalid, detail));
    }
    let account_id = match code {
        None => None,
        Some(code) => {
            let unknown = || Error::invalid("/account", Code::UnknownAccount, unknown_account(code));
            Some(accounts::find_by_code(tx, code)?.ok_or_else(unknown)?.id)
        }
    };
    if store::update_answer_days(tx, account_id, days)? == 0 {
        return Err(Error::NotFound);
    }
    let entry = audit::Entry {
        action: "claim_terms.change",
        account_id,
        object: account_id.map_or_else(|| "supplier".to_owned(), |id| id.to_string()),
        details: json!({ "answer_days": days }),
    };
    audit::record(tx, actor, &entry, now)
}
