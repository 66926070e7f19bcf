//! What agreements of rebates earned is paid once a period is over: it is proposed, and credited when somebody of finance says so. Paid
//! is all that was earned until then less all that was settled before, so nothing is paid twice.

pub mod checks;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use self::store::ProposalRow;
pub use self::store::{Settlement, State, list};
use super::rules::{Given, LOOKED_AT_MAX};
use super::store::{Head, list_left_of_agreement};
use super::{INVOICES_MAX, credits, pay, sentences};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Scope;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::RebateSettled;
use crate::ids::{RebateId, RebateSettlementId};
use crate::invoices::credits::CreditNote;
use crate::ledger;
use crate::money::Money;
use crate::rebate_agreements::rules::Settlement as Way;

/// A settlement with its credit notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub settlement: Settlement,
    /// Heads, the newest first.
    pub credit_notes: Vec<CreditNote>,
}

/// Proposes what agreements whose period is over earned and was not settled, at most of so many; how many proposals it made or changed.
pub fn propose(tx: &mut Connection, limit: i64, now: Timestamp) -> Result<usize> {
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let ended = store::list_ended(tx, today, limit)?;
    let mut batch = Batch::new();
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for one in &ended {
        match (one.proposed_id, one.due_minor) {
            (Some(id), due) => changed.push((id, one.period_from, one.period_to, due)),
            (None, 1..) => new.push(ProposalRow {
                id: RebateSettlementId::new(),
                agreement_id: one.agreement_id,
                account_id: one.account_id,
                period_from: one.period_from,
                period_to: one.period_to,
                state: State::Proposed,
                amount_minor: one.due_minor,
                proposed_at: now,
            }),
            // More was settled than is earned now: later periods make it good.
            (None, _) => {}
        }
    }
    let count = new.len() + changed.len();
    store::propose(&mut batch, &new, &changed)?;
    batch.run(tx)?;
    Ok(count)
}

/// True where something is to be proposed, or another amount.
pub fn is_any_due(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    let today = day_in(accounts::supplier_zone(connection)?, now);
    Ok(!store::list_ended(connection, today, 1)?.is_empty())
}

/// One with its credit notes, for staff.
pub fn get(connection: &mut Connection, id: RebateSettlementId) -> Result<Whole> {
    let settlement = store::find(connection, id)?.ok_or(Error::NotFound)?;
    let credit_notes = match settlement.rebate_id {
        None => Vec::new(),
        Some(rebate_id) => {
            let filter = credits::Filter {
                rebate_id: Some(rebate_id),
                ..credits::Filter::default()
            };
            let most = i64::try_from(INVOICES_MAX).map_err(Error::internal)?;
            credits::list(connection, Scope::All, &filter, None, most)?
        }
    };
    Ok(Whole {
        settlement,
        credit_notes,
    })
}

/// Pays what is proposed: what is due now, which may be another amount than was proposed. Once: whoever comes second is told.
pub fn approve(tx: &mut Connection, id: RebateSettlementId, actor: &Actor, now: Timestamp) -> Result<Whole> {
    let account_id = store::find(tx, id)?.ok_or(Error::NotFound)?.account_id;
    // From here on nothing is accrued, credited or settled otherwise.
    ledger::lock_exposure(tx, account_id)?;
    let found = store::find(tx, id)?.ok_or(Error::NotFound)?;
    if found.state != State::Proposed {
        let detail = sentences::rebate_settled_already(&found.code);
        return Err(Error::conflict(Code::RebateSettlementStateForbids, detail));
    }
    let due_minor = store::due(tx, found.agreement_id, found.period_to)?;
    if due_minor <= 0 {
        let detail = sentences::rebate_nothing_due(&found.code);
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    let due = Money::new(due_minor, found.currency);
    let rebate_id = RebateId::new();
    let lines = (found.account_id, found.agreement_id);
    let settled_first = found.settlement == Way::Payout;
    let mut left = list_left_of_agreement(tx, lines, found.period_from, settled_first, LOOKED_AT_MAX)?;
    left.retain(|line| line.minor > 0);
    let head = Head {
        id: rebate_id,
        account_id,
        issued_from: found.period_from,
        issued_to: found.period_to,
        percent_ppm: None,
        net_minor: Some(due_minor),
        currency: found.currency,
        note: Some(format!("{} ({})", found.name, found.code)),
        created_at: now,
        created_by: actor.to_string(),
        // What was agreed is paid beside what else is paid for the same days.
        again: Some(true),
    };
    pay(
        tx,
        head,
        (found.account.as_str(), left.as_slice(), Given::Net(due)),
        actor,
        now,
    )?;
    let mut batch = Batch::new();
    store::settle(&mut batch, id, (due_minor, rebate_id), &actor.to_string(), now);
    batch.run(tx)?;
    let whole = get(tx, id)?;
    let payload = RebateSettled {
        rebate: found.code,
        name: found.name,
        from: found.period_from,
        to: found.period_to,
        currency: found.currency.code().to_owned(),
        amount: due.to_string(),
        credit_notes: whole.credit_notes.iter().map(|credit| credit.number.clone()).collect(),
    };
    let event = events::Entry::new(Some(account_id), found.agreement_id, payload);
    let mut batch = Batch::new();
    audit::record_with_event(&mut batch, actor, "rebate_agreement.settle", &event, now);
    batch.run(tx)?;
    Ok(whole)
}
