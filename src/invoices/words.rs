//! Invoices in words and signs, for pages.

use chrono::NaiveDate;

use super::einvoice::outgoing::FileRow;
use super::rules::due::Standing;
use super::rules::{Invoice, Kind};
use super::settling::rules::Discount;
use super::write_offs::{self, WriteOff};
use crate::money::Money;
use crate::web::{Chip, Shape, Shell, Tone};

/// How an invoice stands on the day `today`.
pub fn state_chip(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Chip {
    if invoice.corrected_by.is_some() {
        return Chip::new(Tone::Neutral, Shape::Dot, shell.t("invoice-state-corrected"));
    }
    let standing = Standing::of_invoice(invoice, today);
    let (tone, shape) = match standing {
        Standing::Paid => (Tone::Ok, Shape::Dot),
        Standing::Overdue(_) => (Tone::Bad, Shape::Diamond),
        Standing::DueSoon(_) => (Tone::Warn, Shape::Ring),
        Standing::PartPaid(_) => (Tone::Info, Shape::Half),
        Standing::Open(_) => (Tone::Neutral, Shape::Ring),
    };
    Chip::new(tone, shape, shell.name("invoice-state", standing.name()))
}

/// `due in 3 days`, `12 days late`; nothing for a paid one.
pub fn due(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> String {
    match Standing::of_invoice(invoice, today) {
        Standing::Paid => String::new(),
        Standing::Overdue(days) => shell.t1("invoice-late", "days", days),
        Standing::DueSoon(0) => shell.t("invoice-due-today"),
        Standing::DueSoon(days) | Standing::PartPaid(days) | Standing::Open(days) => {
            shell.t1("invoice-due-in", "days", days)
        }
    }
}

/// What of an invoice was settled without money and counts: what it is, why, and how much.
pub fn given(shell: &Shell, found: &[WriteOff]) -> Vec<(String, String, String)> {
    let counting = found.iter().filter(|one| one.own.reversed_at.is_none());
    let told = |one: &WriteOff| {
        let why = write_offs::why(one).map(|why| shell.say(&why));
        (
            shell.name("write-off-kind", one.own.kind.name()),
            why.or_else(|| one.own.reason.clone()).unwrap_or_default(),
            shell.money(Money::new(one.own.amount_minor, one.own.currency)),
        )
    };
    counting.map(told).collect()
}

/// What an open invoice may still be paid with less: `Pay … by …`.
pub fn discounts(shell: &Shell, invoice: &Invoice, offers: &[Discount]) -> Vec<String> {
    let told = |offer: &Discount| {
        let pay = Money::new(invoice.open.minor - offer.minor, invoice.currency);
        let words = [
            ("amount", shell.money(pay).into()),
            ("day", shell.day(offer.until).into()),
            ("percent", shell.language.percent(offer.percent_ppm).into()),
        ];
        shell.language.text_with("invoice-pay-less", &words)
    };
    offers.iter().map(told).collect()
}

/// The invoices that it corrects or adds to, and that took its place: words, link, number.
pub fn related(shell: &Shell, invoice: &Invoice, list: &str) -> Vec<(String, String, String)> {
    let preceding = invoice.preceding.as_ref().map(|one| {
        let words = match invoice.kind {
            Kind::PriceDifference => "invoice-adds-to",
            Kind::Corrected | Kind::Invoice => "invoice-corrects",
        };
        (shell.t(words), format!("{list}/{}", one.id), one.number.clone())
    });
    let corrected = invoice.corrected_by.as_ref().map(|(id, number)| {
        let words = shell.t("invoice-corrected-by");
        (words, format!("{list}/{id}"), number.clone())
    });
    preceding.into_iter().chain(corrected).collect()
}

/// How far the files of a document are on their way to an access point; none where it has none.
pub fn files(shell: &Shell, files: Vec<FileRow>) -> Option<String> {
    let told: Vec<_> = files.into_iter().map(|one| file(shell, one)).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

fn file(shell: &Shell, file: FileRow) -> String {
    match (file.written_at, file.error) {
        (Some(at), _) => shell.t2("desk-einvoice-written", "name", file.name, "time", shell.moment(at)),
        (None, Some(error)) => shell.t1("desk-einvoice-failed", "error", error),
        (None, None) => shell.t("desk-einvoice-waits"),
    }
}
