//! Invoices in words and signs, for pages.

use chrono::{Days, NaiveDate};

use super::rules::{Invoice, State};
use crate::web::{Chip, Shape, Shell, Tone};

/// Days before an invoice is due within which it is due soon.
const SOON_DAYS: u64 = 7;

/// Where an invoice stands on the day `today`, for staff.
pub fn state_chip(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Chip {
    let soon = today.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(today);
    let (tone, shape, key) = match invoice.state() {
        State::Paid => (Tone::Ok, Shape::Dot, "paid"),
        _ if invoice.due_on < today => (Tone::Bad, Shape::Diamond, "overdue"),
        State::PartPaid => (Tone::Warn, Shape::Half, "part-paid"),
        State::Open if invoice.due_on <= soon => (Tone::Warn, Shape::Ring, "due-soon"),
        State::Open => (Tone::Info, Shape::Ring, "open"),
    };
    Chip::new(tone, shape, shell.name("invoice-state", key))
}

/// When an invoice is due, from `today`: `in 3 days`, `12 days late`; nothing once it is paid.
pub fn due(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> String {
    let days = (invoice.due_on - today).num_days();
    match (invoice.state(), days) {
        (State::Paid, _) => String::new(),
        (_, ..0) => shell.t1("desk-days-late", "days", -days),
        (_, 0) => shell.t("desk-due-today"),
        (_, _) => shell.t1("desk-due-in", "days", days),
    }
}
