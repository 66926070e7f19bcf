//! What is owed follows what was bought: whatever changes an invoiced line books by how much more or less is owed for it, in the same
//! transaction. Lines are looked at as they are now, so it does not matter what came in which order.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Agreement;
use super::rules::{Basis, Cause, Sums, accrue as accrued, counts, days_of};
use super::store::accruals::{self, AccrualRow, Booked};
use super::store::facts::{self, Fact};
use super::store::{self, PeriodRow};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events;
use crate::events::payloads::RebateTierReached;
use crate::ids::{self, AccountId, InvoiceId, InvoiceLineId, RebateAgreementId};
use crate::ledger;
use crate::money::Money;
use crate::tax::rules::percent;

/// Of a line of an invoice so much more or less counts in a period of an agreement.
struct Change<'a> {
    agreement: &'a Agreement,
    days: (NaiveDate, NaiveDate),
    invoice_id: InvoiceId,
    line_id: InvoiceLineId,
    minor: i64,
}

/// Agreement and first day of a period.
type Key = (i64, NaiveDate);

fn key(agreement: &Agreement, (from, _): (NaiveDate, NaiveDate)) -> Key {
    (agreement.kept.id.0, from)
}

fn too_large() -> Error {
    Error::internal("a rebate comes to more than can be held")
}

/// Books what changed by what became of these invoices. The accounts' exposures are locked already. A fixed number of statements,
/// one where the accounts have no agreement.
pub fn accrue(
    tx: &mut Connection,
    account_ids: &[AccountId],
    invoice_ids: &[InvoiceId],
    cause: Cause,
    now: Timestamp,
) -> Result<()> {
    if account_ids.is_empty() || invoice_ids.is_empty() {
        return Ok(());
    }
    let mut agreements = store::list_of_accounts(tx, account_ids)?;
    if cause == Cause::Settled {
        // Whether it is paid is nothing to the others.
        agreements.retain(|agreement| agreement.kept.basis == Basis::Paid);
    }
    if agreements.is_empty() {
        return Ok(());
    }
    let facts = facts::list_of_invoices(tx, account_ids, invoice_ids)?;
    let booked = accruals::list_booked(tx, account_ids, invoice_ids)?;
    let changes = changes(&agreements, &facts, &booked)?;
    if changes.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = agreements.iter().map(|agreement| agreement.kept.id).collect();
    let periods = store::list_periods(tx, &ids)?;
    book(tx, &changes, periods, cause, now)
}

/// Books what an agreement should have come to until now and did not: of lines that were invoiced before it, and by other terms.
pub fn derive(tx: &mut Connection, id: RebateAgreementId, now: Timestamp) -> Result<()> {
    let Some(agreement) = store::find(tx, id)? else {
        return Ok(());
    };
    ledger::lock_exposure(tx, agreement.kept.account_id)?;
    // Before anything is read: terms that a file brings after this are derived again.
    store::delete_due(tx, id)?;
    let agreements = [store::find(tx, id)?.ok_or(Error::NotFound)?];
    let [agreement] = &agreements;
    let facts = facts::list_since(tx, agreement.kept.account_id, agreement.kept.valid_from)?;
    let booked = accruals::list_booked_by(tx, id)?;
    let mut changes = changes(&agreements, &facts, &booked)?;
    let mut periods = store::list_periods(tx, &[id])?;
    for period in &mut periods {
        // A later end makes the last period longer.
        if let Some((_, to)) = days_of(agreement.kept.period, agreement.kept.days(), period.period_from) {
            period.period_to = to;
        }
    }
    for (from, invoice_id, line_id) in accruals::list_last_lines(tx, id)? {
        let Some(period) = periods.iter().find(|period| period.period_from == from) else {
            continue;
        };
        if agreement.scale.entitlement(period.turnover_minor) != Some(period.accrued_minor) {
            let change = Change {
                agreement,
                days: (period.period_from, period.period_to),
                invoice_id,
                line_id,
                minor: 0,
            };
            changes.insert(0, change);
        }
    }
    book(tx, &changes, periods, Cause::Terms, now)
}

/// What counts of these lines and was not booked so.
fn changes<'a>(agreements: &'a [Agreement], facts: &[Fact], booked: &Booked) -> Result<Vec<Change<'a>>> {
    let mut changes = Vec::new();
    for agreement in agreements {
        for (fact, days, minor) in counted(agreement, facts, booked)? {
            let before = booked
                .get(&(agreement.kept.id, fact.line_id))
                .copied()
                .unwrap_or_default();
            if minor != before {
                changes.push(Change {
                    agreement,
                    days,
                    invoice_id: fact.invoice_id,
                    line_id: fact.line_id,
                    minor: minor.checked_sub(before).ok_or_else(too_large)?,
                });
            }
        }
    }
    Ok(changes)
}

/// A line, its period and how much it counts, minor units.
pub type Counted<'f> = (&'f Fact, (NaiveDate, NaiveDate), i64);

/// Lines that count by an agreement, with their period and how much they count. Whether a line is of a category is said once: as it is
/// first booked.
pub fn counted<'f>(agreement: &Agreement, facts: &'f [Fact], booked: &Booked) -> Result<Vec<Counted<'f>>> {
    let kept = &agreement.kept;
    let mut counted = Vec::new();
    for fact in facts {
        if fact.account_id != kept.account_id || fact.currency != kept.currency {
            continue;
        }
        let is_booked = booked.contains_key(&(kept.id, fact.line_id));
        if !is_booked && !kept.is_of(fact.product_id, fact.category.as_deref()) {
            continue;
        }
        if let Some(days) = days_of(kept.period, kept.days(), fact.day) {
            let amounts = (fact.gross_minor, fact.open_minor);
            let minor = counts(kept.basis, fact.left_minor, amounts).ok_or_else(too_large)?;
            counted.push((fact, days, minor));
        }
    }
    Ok(counted)
}

/// Books changes one after the other: what each accrues follows from all before it.
fn book(
    tx: &mut Connection,
    changes: &[Change<'_>],
    periods: Vec<PeriodRow>,
    cause: Cause,
    now: Timestamp,
) -> Result<()> {
    let mut by_key: BTreeMap<Key, PeriodRow> = BTreeMap::new();
    for period in periods {
        by_key.insert((period.agreement_id.0, period.period_from), period);
    }
    let mut rows = Vec::with_capacity(changes.len());
    let mut touched: BTreeMap<Key, &Agreement> = BTreeMap::new();
    for change in changes {
        let kept = &change.agreement.kept;
        let key = key(change.agreement, change.days);
        touched.insert(key, change.agreement);
        let period = by_key.entry(key).or_insert_with(|| PeriodRow {
            id: ids::next(),
            agreement_id: kept.id,
            account_id: kept.account_id,
            period_from: change.days.0,
            period_to: change.days.1,
            turnover_minor: 0,
            accrued_minor: 0,
            tiers_told: 0,
        });
        let mut sums = period.sums();
        let accrual = accrued(&change.agreement.scale, &mut sums, change.minor).ok_or_else(too_large)?;
        set(period, sums);
        rows.push(AccrualRow {
            id: ids::next(),
            agreement_id: kept.id,
            account_id: kept.account_id,
            period_from: change.days.0,
            invoice_id: change.invoice_id,
            invoice_line_id: change.line_id,
            cause,
            turnover_minor: accrual.turnover_minor,
            accrued_minor: accrual.accrued_minor,
            true_up_minor: accrual.true_up_minor,
            rate_ppm: accrual.rate_ppm,
            booked_at: now,
        });
    }
    let mut told = Vec::new();
    for (key, agreement) in &touched {
        if let Some(period) = by_key.get_mut(key) {
            told.extend(tier_reached(agreement, period));
        }
    }
    // Other terms may have changed the days of all of them.
    by_key.retain(|key, _| cause == Cause::Terms || touched.contains_key(key));
    let periods: Vec<_> = by_key.into_values().collect();
    if periods.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::new();
    accruals::write(tx, &mut batch, &rows, &periods)?;
    events::record_all(&mut batch, &told, now)?;
    batch.run(tx)
}

fn set(period: &mut PeriodRow, sums: Sums) {
    period.turnover_minor = sums.turnover_minor;
    period.accrued_minor = sums.accrued_minor;
}

/// Tells once that a period has reached a tier; that of every turnover is no news.
fn tier_reached(agreement: &Agreement, period: &mut PeriodRow) -> Option<events::Entry> {
    let kept = &agreement.kept;
    let reached = i32::try_from(agreement.scale.reached(period.turnover_minor)).ok()?;
    if reached <= period.tiers_told {
        return None;
    }
    period.tiers_told = reached;
    let tier = agreement.scale.tier(period.turnover_minor)?;
    let money = |minor| Money::new(minor, kept.currency).to_string();
    let payload = RebateTierReached {
        rebate: kept.code.clone(),
        name: kept.name.clone(),
        from: period.period_from,
        to: period.period_to,
        currency: kept.currency.code().to_owned(),
        threshold: money(tier.threshold_minor),
        rate: percent(tier.rate_ppm),
        turnover: money(period.turnover_minor),
        accrued: money(period.accrued_minor),
    };
    (tier.threshold_minor > 0).then(|| events::Entry::new(Some(kept.account_id), kept.id, payload))
}
