//! The table in which somebody says what of a payment is for which open invoice, and what is given up beside it.

use crate::db::Connection;
use crate::error::Result;
use crate::invoices::payments::shares::Allocation;
use crate::invoices::settling::Known;
use crate::ledger::open_items::OpenItem;
use crate::money::{Currency, Money};
use crate::names::sets::WriteOffKind;
use crate::web::{Form, Shell};

/// Invoices in the table.
const ROWS_MAX: usize = 200;

/// An open invoice in the table.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub number: String,
    pub due: String,
    pub open: String,
    /// What it may be paid with less, in words.
    pub discounts: Vec<String>,
    /// What is typed of it.
    pub amount: String,
    pub discount: String,
    pub difference: String,
    pub charges: String,
    /// What is wrong with it.
    pub faults: Vec<String>,
}

/// The fields of an invoice: how their names begin, where their faults stand, and what they give up.
const FIELDS: [(&str, &str, Option<WriteOffKind>); 4] = [
    ("amount", "amount", None),
    ("discount", "cash_discount", Some(WriteOffKind::CashDiscount)),
    ("difference", "small_difference", Some(WriteOffKind::SmallDifference)),
    ("charges", "bank_charges", Some(WriteOffKind::BankCharges)),
];

/// What is open, with what it may be paid with less.
pub fn read(connection: &mut Connection, items: &[OpenItem]) -> Result<Known> {
    let ids: Vec<_> = items.iter().take(ROWS_MAX).map(|item| item.invoice_id).collect();
    Known::load(connection, &ids)
}

/// The ids of the invoices of which something is typed, in their order on the page.
fn typed(form: &Form) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for (name, value) in form.fields().pairs() {
        let id = FIELDS
            .iter()
            .find_map(|(field, ..)| name.strip_prefix(field)?.strip_prefix('-'));
        if let Some(id) = id.filter(|id| !value.trim().is_empty() && !ids.iter().any(|known| known == id)) {
            ids.push(id.to_owned());
        }
    }
    ids
}

/// The rows of the table.
pub fn rows(shell: &Shell, form: &Form, items: &[OpenItem], known: &Known, currency: Currency) -> Vec<Row> {
    let written = typed(form);
    let row = |item: &OpenItem| {
        let id = item.invoice_id.to_string();
        let value = |field: &str| form.value(&format!("{field}-{id}")).to_owned();
        let place = written.iter().position(|known| *known == id);
        let faults = place.map_or_else(Vec::new, |place| {
            let at = FIELDS
                .iter()
                .map(|(_, field, _)| format!("allocations/{place}/{field}"));
            let at = at.chain(std::iter::once(format!("allocations/{place}/invoice_id")));
            at.map(|at| form.fault(&at).to_owned())
                .filter(|fault| !fault.is_empty())
                .collect()
        });
        let discounts = known
            .find(item.invoice_id)
            .map(|found| found.item.discounts.clone())
            .unwrap_or_default();
        let words = discounts.iter().map(|one| {
            let less = shell.money(Money::new(one.minor, currency));
            shell.t2("allocation-discount", "amount", less, "day", shell.day(one.until))
        });
        Row {
            number: item.number.clone(),
            due: shell.day(item.due_on),
            open: shell.money(Money::new(item.open_minor, currency)),
            discounts: words.collect(),
            amount: value("amount"),
            discount: value("discount"),
            difference: value("difference"),
            charges: value("charges"),
            faults,
            id,
        }
    };
    items.iter().take(ROWS_MAX).map(row).collect()
}

/// What is typed; notes at the form what can't be read.
pub fn written(form: &mut Form, currency: Currency) -> Vec<Allocation> {
    let mut allocations = Vec::new();
    for (place, id) in typed(form).into_iter().enumerate() {
        let mut allocation = Allocation {
            invoice_id: id.parse().ok(),
            ..Allocation::default()
        };
        for (field, at, kind) in FIELDS {
            let text = form.value(&format!("{field}-{id}")).trim().to_owned();
            if text.is_empty() {
                continue;
            }
            let amount = form.amount_at(&format!("allocations/{place}/{at}"), &text, currency.code());
            match (kind, amount) {
                (None, amount) => allocation.amount = amount,
                (Some(kind), Some(amount)) => allocation.given.push((kind, amount)),
                (Some(_), None) => {}
            }
        }
        allocations.push(allocation);
    }
    allocations
}
