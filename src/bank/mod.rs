//! What banks tell of the supplier's accounts: files are read, what came in is matched with what is open, and booked.
//!
//! - [`reading`]: files become entries
//! - [`rules`]: which entry is which, whose money it is, and what it pays
//! - [`importing`]: the statements of a file are stored, what is sure is booked
//! - [`deciding`]: somebody says what an entry is

pub mod checks;
pub mod deciding;
pub mod importing;
mod knowing;
pub mod reading;
pub mod routes;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::rules::State;
pub use self::store::{FoundRow, StatementRow};
use crate::accounts;
use crate::clock::Days;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::ids::{BankEntryId, BankStatementId, InvoiceId};
use crate::ledger::open_items;
use crate::money::Money;
use crate::sentences::Sentence;

/// Which entries somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EntryFilter {
    /// In one of these states; in any where none is named.
    pub states: Vec<State>,
    /// That are, or may be, of the account with this code.
    pub account: Option<String>,
    pub statement_id: Option<BankStatementId>,
    /// A part of what the payer wrote, or of who paid.
    pub text: Option<String>,
    /// Booked by the bank on this day or later.
    pub from: Option<NaiveDate>,
    /// Booked on this day or before.
    pub to: Option<NaiveDate>,
}

/// Invoices that an entry may pay: which, and how much of each in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub parts: Vec<(InvoiceId, i64)>,
}

/// An entry with its reasons and the invoices that are proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Movement {
    pub row: FoundRow,
    pub reasons: Vec<Sentence>,
    /// Invoice, its number, and how much of it.
    pub proposed: Vec<(InvoiceId, String, Money)>,
}

/// A statement and how many of its entries are in which state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub row: StatementRow,
    pub states: Vec<(State, i64)>,
}

impl Counted {
    /// How many are in this state.
    pub fn count(&self, state: State) -> i64 {
        self.states
            .iter()
            .filter(|(of, _)| *of == state)
            .map(|(_, count)| count)
            .sum()
    }
}

/// Statements that were taken in on these days, the newest first.
pub fn list_statements(
    connection: &mut Connection,
    days: Days,
    after: impl Into<Walk<BankStatementId>>,
    limit: i64,
) -> Result<Vec<Counted>> {
    let imported = accounts::period(connection, days)?;
    let rows = store::list_statements(connection, imported, after, limit)?;
    counted(connection, rows)
}

pub fn get_statement(connection: &mut Connection, id: BankStatementId) -> Result<Counted> {
    let row = store::find_statement(connection, id)?.ok_or(Error::NotFound)?;
    let mut counted = counted(connection, vec![row])?;
    counted.pop().ok_or(Error::NotFound)
}

fn counted(connection: &mut Connection, rows: Vec<StatementRow>) -> Result<Vec<Counted>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut states: HashMap<BankStatementId, Vec<(State, i64)>> = HashMap::new();
    for (id, state, count) in store::count_states(connection, &ids)? {
        states.entry(id).or_default().push((state, count));
    }
    let with = |row: StatementRow| Counted {
        states: states.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(with).collect())
}

/// Entries, the newest first.
pub fn list_entries(
    connection: &mut Connection,
    filter: &EntryFilter,
    after: impl Into<Walk<BankEntryId>>,
    limit: i64,
) -> Result<Vec<Movement>> {
    let rows = store::list_entries(connection, filter, after, limit)?;
    movements(connection, rows)
}

pub fn get_entry(connection: &mut Connection, id: BankEntryId) -> Result<Movement> {
    let row = store::find_entry(connection, id)?.ok_or(Error::NotFound)?;
    let mut movements = movements(connection, vec![row])?;
    movements.pop().ok_or(Error::NotFound)
}

fn movements(connection: &mut Connection, rows: Vec<FoundRow>) -> Result<Vec<Movement>> {
    let proposal = |row: &FoundRow| serde_json::from_str::<Proposal>(&row.own.proposal).map_err(Error::internal);
    let proposals = rows.iter().map(proposal).collect::<Result<Vec<_>>>()?;
    let ids: Vec<_> = proposals
        .iter()
        .flat_map(|one| one.parts.iter().map(|(id, _)| *id))
        .collect();
    let known = open_items::list_by_id(connection, &ids)?;
    let numbers: HashMap<_, _> = known.into_iter().map(|item| (item.invoice_id, item.number)).collect();
    let movement = |(row, proposal): (FoundRow, Proposal)| {
        let part = |(id, minor): (InvoiceId, i64)| {
            let number = numbers.get(&id).cloned().unwrap_or_default();
            (id, number, Money::new(minor, row.own.currency))
        };
        Ok(Movement {
            reasons: serde_json::from_str(&row.own.reasons).map_err(Error::internal)?,
            proposed: proposal.parts.into_iter().map(part).collect(),
            row,
        })
    };
    rows.into_iter().zip(proposals).map(movement).collect()
}
