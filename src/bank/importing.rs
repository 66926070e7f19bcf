//! The statements of a file are stored, each entry once, and what is sure is booked. The number of statements that the database gets does not
//! grow with the entries; money that is taken back goes through the payments one by one, as it is rare.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::knowing::facts;
use super::reading::csv::Mapping;
use super::reading::{self};
use super::rules::identity::{self, Identity, Other};
use super::rules::matching::{Decision, decide_all};
use super::rules::{Direction, Entry, Format, State, Statement};
use super::store::{self, EntryRow, StatementRow};
use super::{Counted, Proposal, counted, sentences};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection, counters};
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::BankStatementImported;
use crate::ids::{AccountId, BankEntryId, BankStatementId, InvoiceId, PaymentId};
use crate::invoices::payments::{self, Incoming, TEXT_CHARS_MAX};

/// Imports go one after the other by this counter.
const TURN: &str = "bank_import";
/// How long ago money may have come in that is booked without anybody looking.
const DAYS_MAX: i64 = 366;
/// Longest name of a file, in characters.
const FILE_CHARS_MAX: usize = 200;

/// A file that was read.
#[derive(Debug, Clone)]
pub struct File {
    pub name: String,
    /// SHA-256, in hexadecimal.
    pub hash: String,
    pub statements: Vec<Statement>,
}

/// Reads a file. It takes a processor for as long as the file is large: not on a thread that answers.
pub fn read(name: &str, bytes: &[u8], mapping: &Mapping) -> Result<File> {
    let statements = reading::read(bytes, mapping);
    Ok(File {
        name: name
            .chars()
            .filter(|sign| !sign.is_control())
            .take(FILE_CHARS_MAX)
            .collect(),
        hash: data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)),
        statements: statements.map_err(|fault| Error::invalid("/file", Code::UnreadableFile, fault))?,
    })
}

/// Stores a file's statements and books what is sure. The flag says that the file was there already: then nothing changed.
pub fn import(tx: &mut Connection, file: &File, actor: &Actor, now: Timestamp) -> Result<(Vec<Counted>, bool)> {
    counters::lock(tx, TURN)?;
    let known = store::list_of_file(tx, &file.hash)?;
    if !known.is_empty() {
        return Ok((counted(tx, known)?, true));
    }
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let identities = identity::of_file(&file.statements);
    let told_in_parts: BTreeSet<&str> = identities.iter().flat_map(|of| in_parts(of)).collect();
    // Before any account, as whoever books an entry does.
    store::lock_waiting(tx, &told_in_parts.into_iter().collect::<Vec<_>>())?;
    let mut rows = Vec::with_capacity(file.statements.len());
    let mut replaced = Vec::new();
    for ((place, statement), identities) in (0_i32..).zip(&file.statements).zip(&identities) {
        let fresh = fresh(tx, statement, identities)?;
        replaced.extend(fresh.replaced.iter().copied());
        rows.push(import_statement(
            tx,
            file,
            (place, statement, &fresh),
            (actor, today, now),
        )?);
    }
    let split = serde_json::to_string(&[sentences::bank_entry_split()]).map_err(Error::internal)?;
    let mut batch = Batch::new();
    store::set_aside(&mut batch, &replaced, (&split, &actor.to_string()), now)?;
    store::touch_statements(&mut batch, &replaced)?;
    batch.run(tx)?;
    let counted = counted(tx, rows)?;
    let mut batch = Batch::new();
    for one in &counted {
        let event = events::Entry::new(None, one.row.id, told(one));
        audit::record_with_event(&mut batch, actor, "bank_statement.import", &event, now);
    }
    batch.run(tx)?;
    Ok((counted, false))
}

fn told(one: &Counted) -> BankStatementImported {
    let count = |state| one.count(state);
    BankStatementImported {
        file: one.row.file.clone(),
        format: one.row.format.name().to_owned(),
        bank_account: one.row.bank_account.clone(),
        currency: one.row.currency.code().to_owned(),
        entries: one.row.entry_count.into(),
        known: one.row.known_count.into(),
        booked: count(State::Booked),
        proposed: count(State::Proposed),
        unknown: count(State::Unknown),
    }
}

/// Entries that are new, with what tells them apart; and sums that came before without the parts they have now.
struct Fresh<'a> {
    entries: Vec<(&'a Entry, Identity)>,
    replaced: Vec<BankEntryId>,
    known_count: usize,
}

/// The sums that are told in several parts.
fn in_parts(identities: &[Identity]) -> Vec<&str> {
    let mut parts: HashMap<&str, usize> = HashMap::new();
    for identity in identities {
        *parts.entry(&identity.sum).or_default() += 1;
    }
    let several = parts.into_iter().filter(|(_, count)| *count > 1);
    several.map(|(sum, _)| sum).collect()
}

fn fresh<'a>(tx: &mut Connection, statement: &'a Statement, identities: &[Identity]) -> Result<Fresh<'a>> {
    let keys: BTreeSet<&str> = identities.iter().map(|identity| identity.sum.as_str()).collect();
    let known = store::list_known(tx, &keys.into_iter().collect::<Vec<_>>())?;
    let known: HashMap<String, (i64, BankEntryId, bool)> = known
        .into_iter()
        .map(|(key, count, id, waits)| (key, (count, id, waits == 1)))
        .collect();
    let parts: HashSet<&str> = in_parts(identities).into_iter().collect();
    let mut replaced = BTreeSet::new();
    let mut entries = Vec::new();
    for (entry, identity) in statement.entries.iter().zip(identities) {
        let is_in_parts = parts.contains(identity.sum.as_str());
        match known.get(&identity.sum) {
            None => entries.push((entry, identity.clone())),
            // The sum waits, and now its parts are told.
            Some((1, id, true)) if is_in_parts => {
                replaced.insert(id.0);
                let place = identity.place + 1;
                entries.push((
                    entry,
                    Identity {
                        place,
                        ..identity.clone()
                    },
                ));
            }
            Some(_) => {}
        }
    }
    Ok(Fresh {
        known_count: statement.entries.len() - entries.len(),
        replaced: replaced.into_iter().map(BankEntryId).collect(),
        entries,
    })
}

fn import_statement(
    tx: &mut Connection,
    file: &File,
    (place, statement, fresh): (i32, &Statement, &Fresh<'_>),
    (actor, today, now): (&Actor, NaiveDate, Timestamp),
) -> Result<StatementRow> {
    let sum = |entries: &mut dyn Iterator<Item = &Entry>| {
        let sum = entries.map(|entry| i128::from(entry.signed_minor())).sum::<i128>();
        i64::try_from(sum).map_err(Error::internal)
    };
    let days = || statement.entries.iter().map(|entry| entry.booked_on);
    let row = StatementRow {
        id: BankStatementId::new(),
        file_hash: file.hash.clone(),
        place,
        file: file.name.clone(),
        format: statement.format,
        bank_account: statement.account.clone(),
        currency: statement.currency,
        number: statement.number.clone(),
        opening_minor: statement.opening_minor,
        closing_minor: statement.closing_minor,
        moved_minor: sum(&mut statement.entries.iter())?,
        own_minor: sum(&mut fresh.entries.iter().map(|(entry, _)| *entry))?,
        first_on: days().min(),
        last_on: days().max(),
        entry_count: i32::try_from(statement.entries.len()).map_err(Error::internal)?,
        known_count: i32::try_from(fresh.known_count).map_err(Error::internal)?,
        pending_count: i32::try_from(statement.pending).map_err(Error::internal)?,
        imported_at: now,
        imported_by: actor.to_string(),
    };
    store::insert_statements(tx, std::slice::from_ref(&row))?;
    let entries: Vec<&Entry> = fresh.entries.iter().map(|(entry, _)| *entry).collect();
    let alike = alike(tx, (statement, &file.hash), &entries)?;
    let facts = facts(tx, statement, &entries)?;
    let with: Vec<_> = entries.iter().copied().zip(alike).collect();
    let decisions = decide_all(&with, facts, today, today - TimeDelta::days(DAYS_MAX));
    let payments = book(tx, &entries, &decisions, actor, now)?;
    let mut rows = Vec::with_capacity(entries.len());
    for (((entry, identity), decision), payment_id) in fresh.entries.iter().zip(&decisions).zip(&payments) {
        rows.push(entry_row(row.id, entry, identity, decision, *payment_id, (actor, now))?);
    }
    store::insert_entries(tx, &rows)?;
    let mut batch = Batch::new();
    let booked: Vec<_> = rows.iter().filter_map(|row| Some((row.id, row.payment_id?))).collect();
    store::insert_payments(&mut batch, &booked)?;
    let mut payers: HashMap<&str, AccountId> = HashMap::new();
    for row in rows.iter().filter(|row| row.payment_id.is_some()) {
        if let (Some(iban), Some(account_id)) = (row.payer_iban.as_deref(), row.account_id) {
            payers.insert(iban, account_id);
        }
    }
    store::put_payers(&mut batch, &payers.into_iter().collect::<Vec<_>>(), now)?;
    batch.run(tx)?;
    take_back(tx, &rows, actor, now)?;
    Ok(row)
}

/// Of each entry the day of one that looks the same and came in another form of file, or in another list, unless it is told apart.
fn alike(
    tx: &mut Connection,
    (statement, file_hash): (&Statement, &str),
    entries: &[&Entry],
) -> Result<Vec<Option<NaiveDate>>> {
    let credits = || entries.iter().filter(|entry| entry.direction == Direction::Credit);
    let (Some(from), Some(to)) = (
        credits().map(|entry| entry.booked_on).min(),
        credits().map(|entry| entry.booked_on).max(),
    ) else {
        return Ok(vec![None; entries.len()]);
    };
    let amounts: BTreeSet<i64> = credits().map(|entry| entry.minor).collect();
    let amounts: Vec<_> = amounts.into_iter().collect();
    let mut others: HashMap<(NaiveDate, i64), Vec<Other>> = HashMap::new();
    for (day, minor, other) in store::list_alike(tx, (statement, file_hash), (from, to), &amounts)? {
        // The same form has the same reference, except that lists may have their columns named in any way.
        if other.format != statement.format || statement.format == Format::Csv {
            others.entry((day, minor)).or_default().push(other);
        }
    }
    let of = |entry: &&Entry| {
        let others = others.get(&(entry.booked_on, entry.minor))?;
        let is_told = |other: &Other| identity::is_told_apart(entry, statement.format, other);
        (entry.direction == Direction::Credit && !others.iter().all(is_told)).then_some(entry.booked_on)
    };
    Ok(entries.iter().map(of).collect())
}

/// Books what is sure; of each entry the payment that it became.
fn book(
    tx: &mut Connection,
    entries: &[&Entry],
    decisions: &[Decision],
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Option<PaymentId>>> {
    let sure = |entry: &Entry, decision: &Decision| {
        let (account_id, account) = decision.account.clone()?;
        (decision.is_sure && decision.takes_back.is_none() && decision.refund.is_none()).then(|| {
            incoming(
                entry_reference(
                    &entry.remittance,
                    entry.reference.as_deref(),
                    entry.payer_name.as_deref(),
                ),
                (account_id, account),
                entry.amount(),
                entry.booked_on,
                meant(decision),
            )
            .with_charges(entry.charges_minor)
        })
    };
    let sure: Vec<_> = entries
        .iter()
        .zip(decisions)
        .map(|(entry, decision)| sure(entry, decision))
        .collect();
    let all: Vec<Incoming> = sure.iter().flatten().cloned().collect();
    let mut ids = payments::receive_all(tx, &all, actor, now)?.into_iter();
    Ok(sure.iter().map(|one| one.as_ref().and_then(|_| ids.next())).collect())
}

/// The invoices that are meant, also those that nothing is left of to pay.
fn meant(decision: &Decision) -> Vec<InvoiceId> {
    let mut ids: Vec<_> = decision.parts.iter().map(|(id, _)| *id).collect();
    let given = decision.given.iter().map(|(id, _)| *id);
    ids.extend(given.filter(|id| !decision.parts.iter().any(|(part, _)| part == id)));
    ids
}

/// What a payment says of its payer's text: as long as a payment holds.
pub(super) fn entry_reference(remittance: &str, reference: Option<&str>, name: Option<&str>) -> Option<String> {
    let said = [reference, Some(remittance), name];
    let text = said
        .into_iter()
        .flatten()
        .map(str::trim)
        .find(|text| !text.is_empty())?;
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ").chars().take(TEXT_CHARS_MAX).collect())
}

pub(super) fn incoming(
    reference: Option<String>,
    (account_id, account): (AccountId, String),
    amount: crate::money::Money,
    received_on: NaiveDate,
    invoice_ids: Vec<InvoiceId>,
) -> Incoming {
    Incoming {
        account_id,
        account,
        amount,
        received_on,
        reference,
        invoice_ids,
        charges_minor: 0,
        allocations: Vec::new(),
    }
}

fn entry_row(
    statement_id: BankStatementId,
    entry: &Entry,
    identity: &Identity,
    decision: &Decision,
    payment_id: Option<PaymentId>,
    (actor, now): (&Actor, Timestamp),
) -> Result<EntryRow> {
    let is_matched = decision.takes_back.is_some() || decision.refund.is_some();
    let is_booked = payment_id.is_some() || (decision.is_sure && is_matched);
    let proposal = Proposal {
        parts: decision.parts.clone(),
    };
    Ok(EntryRow {
        id: BankEntryId::new(),
        statement_id,
        sum_key: identity.sum.clone(),
        place: identity.place,
        booked_on: entry.booked_on,
        value_on: entry.value_on,
        amount_minor: entry.minor,
        currency: entry.currency,
        direction: entry.direction,
        is_reversal: entry.is_reversal,
        payer_name: entry.payer_name.clone(),
        payer_iban: entry.payer_iban.clone(),
        remittance: entry.remittance.clone(),
        reference: entry.reference.clone(),
        end_to_end_id: entry.end_to_end_id.clone(),
        bank_code: entry.bank_code.clone(),
        bank_reference: entry.servicer_reference.clone(),
        charges_minor: entry.charges_minor,
        state: if is_booked { State::Booked } else { decision.state },
        is_sure: is_booked,
        reasons: json!(decision.reasons).to_string(),
        proposal: serde_json::to_string(&proposal).map_err(Error::internal)?,
        account_id: decision.account.as_ref().map(|(id, _)| *id),
        takes_back_id: decision.takes_back,
        payment_id,
        refund_id: decision.refund,
        note: None,
        decided_at: is_booked.then_some(now),
        decided_by: is_booked.then(|| actor.to_string()),
    })
}

/// Takes back the payments that sure entries take back.
fn take_back(tx: &mut Connection, rows: &[EntryRow], actor: &Actor, now: Timestamp) -> Result<()> {
    for row in rows.iter().filter(|row| row.state == State::Booked) {
        if let Some(payment_id) = row.takes_back_id {
            payments::reverse(tx, payment_id, &reversal_reason(row), actor, now)?;
        }
    }
    Ok(())
}

/// Why the bank took money back, in its words.
pub(super) fn reversal_reason(row: &EntryRow) -> String {
    let said = entry_reference(&row.remittance, row.bank_code.as_deref(), row.payer_name.as_deref());
    said.unwrap_or_else(|| row.booked_on.to_string())
}
