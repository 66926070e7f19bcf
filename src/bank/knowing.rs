//! What is known when entries are looked at: a number of statements that does not grow with them.

use std::collections::{BTreeSet, HashSet};

use super::rules::matching::{Facts, Invoice, PaidBack};
use super::rules::naming::named;
use super::rules::{Direction, Entry, Statement};
use super::store;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;
use crate::invoices::refunds;
use crate::invoices::settling::Known;
use crate::invoices::settling::rules::Bearer;
use crate::ledger::{self, open_items};

/// Open invoices that are looked at for their amount alone.
const AMOUNTS_MAX: i64 = 10_000;

/// All that is known of what entries may be. The accounts whose money it may be are locked before what is open is read.
pub(super) fn facts(tx: &mut Connection, statement: &Statement, entries: &[&Entry]) -> Result<Facts> {
    let came_in = || {
        entries
            .iter()
            .filter(|entry| entry.direction == Direction::Credit && !entry.is_reversal)
    };
    let numbers: HashSet<String> = came_in()
        .flat_map(|entry| named(entry))
        .map(|named| named.number)
        .collect();
    let numbers: Vec<_> = numbers.into_iter().collect();
    let moved = || came_in().chain(entries.iter().filter(|entry| went_out(entry)));
    let ibans: BTreeSet<&str> = moved().filter_map(|entry| entry.payer_iban.as_deref()).collect();
    let payers = store::list_payers(tx, &ibans.into_iter().collect::<Vec<_>>())?;
    let of_numbers = open_items::list_by_number(tx, &numbers)?;
    let outgoing: BTreeSet<i64> = entries
        .iter()
        .filter(|entry| went_out(entry))
        .map(|entry| entry.minor)
        .collect();
    let outgoing: Vec<_> = outgoing.into_iter().collect();
    let refunded = refunds_of(tx, &outgoing)?;
    let accounts: BTreeSet<i64> = of_numbers
        .iter()
        .map(|item| item.account_id.0)
        .chain(payers.iter().map(|(_, id, _)| id.0))
        .chain(refunded.iter().map(|refund| refund.account_id.0))
        .collect();
    let accounts: Vec<_> = accounts.into_iter().map(AccountId).collect();
    ledger::lock_all(tx, &accounts)?;
    let of_payers: Vec<_> = payers.iter().map(|(_, id, _)| *id).collect();
    let amounts: BTreeSet<i64> = came_in().map(|entry| entry.minor).collect();
    let amounts: Vec<_> = amounts.into_iter().collect();
    let mut seen = HashSet::new();
    let mut invoices = open_items::list_by_number(tx, &numbers)?;
    invoices.extend(open_items::list_known_of(tx, &of_payers)?);
    invoices.extend(open_items::list_open_with(tx, &amounts, AMOUNTS_MAX)?);
    invoices.retain(|item| seen.insert(item.invoice_id));
    let ids: Vec<_> = invoices.iter().map(|item| item.invoice_id).collect();
    let known = Known::load(tx, &ids)?;
    let invoice = |item: open_items::Known| Invoice {
        id: item.invoice_id,
        number: item.number,
        account_id: item.account_id,
        account: item.account,
        currency: item.currency,
        open_minor: item.open_minor,
        discounts: known
            .find(item.invoice_id)
            .map(|found| found.item.discounts.clone())
            .unwrap_or_default(),
        slack_minor: known.find(item.invoice_id).map_or(1, |found| found.item.slack_minor),
    };
    let taken_back: BTreeSet<i64> = entries
        .iter()
        .filter(|entry| entry.takes_back())
        .map(|entry| entry.minor)
        .collect();
    let paid = match taken_back.is_empty() {
        true => Vec::new(),
        false => store::list_paid(tx, &statement.account, &taken_back.into_iter().collect::<Vec<_>>())?,
    };
    let payers = payers.into_iter().map(|(iban, id, code)| (iban, (id, code))).collect();
    let settings = &known.settings;
    let tolerance = settings.tolerance(statement.currency);
    let facts = Facts::new(invoices.into_iter().map(invoice).collect(), payers, paid)
        .with_refunds(refunds_of(tx, &outgoing)?)
        .with_rules(
            vec![(statement.currency, tolerance)],
            settings.bank_charges == Bearer::Supplier,
        );
    Ok(facts)
}

/// Money that went out, and takes nothing back.
fn went_out(entry: &Entry) -> bool {
    entry.direction == Direction::Debit && !entry.is_reversal
}

/// Refunds of these amounts that no entry is yet; no statement where there are no amounts.
fn refunds_of(tx: &mut Connection, amounts: &[i64]) -> Result<Vec<PaidBack>> {
    if amounts.is_empty() {
        return Ok(Vec::new());
    }
    let paid_back = |refund: refunds::Refund| PaidBack {
        id: refund.id,
        account_id: refund.account_id,
        account: refund.account,
        amount: refund.amount,
        paid_on: refund.paid_on,
        reference: refund.reference,
        iban: refund.iban,
    };
    Ok(refunds::list_unmatched(tx, amounts)?
        .into_iter()
        .map(paid_back)
        .collect())
}
