//! The entries of a statement as a file.

use super::{Document, Entry, Statement};
use crate::money::{Currency, Money};
use crate::sheets::export::{Export, Value};

/// Each entry with what is owed after it, minor units.
pub(super) fn running(opening_minor: i64, entries: Vec<Entry>) -> Vec<(Entry, i64)> {
    let add = |balance: &mut i64, entry: Entry| {
        *balance = balance.saturating_add(entry.minor);
        Some((entry, *balance))
    };
    entries.into_iter().scan(opening_minor, add).collect()
}

/// An entry, what the account owed after it, and in which currency.
pub(super) type Booked = (Entry, i64, Currency);

/// The entries of a statement as rows.
pub(super) fn rows(statement: Statement) -> Vec<Booked> {
    let currency = statement.currency;
    let entries = running(statement.opening_minor, statement.entries).into_iter();
    entries.map(|(entry, after)| (entry, after, currency)).collect()
}

pub(super) const FILE: Export<Booked> = Export {
    name: "statement",
    columns: &[&[
        ("booked_on", |(entry, ..)| Value::Day(entry.booked_on)),
        ("kind", |(entry, ..)| Value::text(entry.kind.name())),
        ("invoice_number", |booked| match &booked.0.document {
            Document::Invoice { number, .. } | Document::WriteOff { number, .. } => Value::text(number),
            _ => Value::Empty,
        }),
        ("credit_note_number", |booked| match &booked.0.document {
            Document::CreditNote { number, .. } => Value::text(number),
            _ => Value::Empty,
        }),
        ("reminder_number", |booked| match &booked.0.document {
            Document::Reminder { number, .. } => Value::text(number),
            _ => Value::Empty,
        }),
        ("po_number", |booked| match &booked.0.document {
            Document::Invoice { po_number, .. } | Document::CreditNote { po_number, .. } => Value::text(po_number),
            _ => Value::Empty,
        }),
        ("due_on", |(entry, ..)| match &entry.document {
            Document::Invoice { due_on, .. } => Value::maybe(*due_on, Value::Day),
            _ => Value::Empty,
        }),
        ("reference", |(entry, ..)| match &entry.document {
            Document::Payment { reference, .. } | Document::Refund { reference, .. } => {
                Value::maybe(reference.as_ref(), Value::text)
            }
            _ => Value::Empty,
        }),
        ("currency", |(.., currency)| Value::text(currency.code())),
        ("amount", |(entry, _, currency)| {
            Value::number(Money::new(entry.minor, *currency))
        }),
        ("balance", |(_, balance, currency)| {
            Value::number(Money::new(*balance, *currency))
        }),
    ]],
};
