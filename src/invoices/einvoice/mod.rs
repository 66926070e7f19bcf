//! E-invoices: an invoice or credit note as programs read it, by EN 16931, in UBL, CII or inside its paper (Factur-X).
//!
//! - [`rules`]: the semantic model, what it is made of, and the rules it keeps
//! - [`outgoing`]: files for an access point
//! - [`xml`]: the model as UBL and CII

pub mod api;
pub mod outgoing;
pub mod pages;
pub mod rules;
pub mod supplier_api;
pub mod supplier_pages;
pub mod xml;

use self::rules::checks::{Fault, Field};
use self::rules::document::{Document, Kind};
use self::rules::{Checked, Profile, Syntax, building, parts};
use super::credits::{self, CreditNote};
use super::rules::Invoice;
use super::sentences;
use crate::accounts;
use crate::accounts::rules::{EinvoiceWay, Einvoicing};
use crate::db::Connection;
use crate::documents::Paper;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CreditNoteId, InvoiceId};
use crate::languages::Language;
use crate::sentences::Sentence;

/// An e-invoice as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Of ASCII letters, digits, `-` and `.` alone.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What an e-invoice is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Invoice(InvoiceId),
    CreditNote(CreditNoteId),
}

/// Refuses an invoice that the account's own format does not take: before it has a number.
pub fn require(invoice: &Invoice, wanted: &Einvoicing) -> Result<()> {
    let mut faults = faults(
        &building::document(invoice, invoice.language.unwrap_or_default()),
        wanted,
    );
    if wanted.needs_buyer_reference && invoice.buyer.reference.is_none() {
        faults.push(Fault {
            rule: "BT-10",
            field: Field::BuyerReference,
            line: None,
        });
    }
    refuse(&faults)
}

/// True where the account wants e-invoices and the invoice can be one: its credit notes are such too.
pub fn is_wanted(invoice: &Invoice, wanted: &Einvoicing) -> bool {
    !wanted.formats().is_empty() && faults(&building::document(invoice, Language::default()), wanted).is_empty()
}

/// Refuses a credit note that the account's own format does not take: before it has a number.
pub fn require_credit(credit: &CreditNote, wanted: &Einvoicing) -> Result<()> {
    refuse(&faults(&building::credit_note(credit, Language::default()), wanted))
}

/// Where the document breaks rules of one of the account's formats.
fn faults(document: &Document, wanted: &Einvoicing) -> Vec<Fault> {
    let mut profiles: Vec<_> = wanted.formats().into_iter().filter_map(parts).collect();
    profiles.dedup_by_key(|(_, profile)| *profile);
    let faults = profiles
        .into_iter()
        .find_map(|(_, profile)| Checked::new(document.clone(), profile).err());
    faults.unwrap_or_default()
}

fn refuse(faults: &[Fault]) -> Result<()> {
    match told(faults) {
        Some((fault, rules)) => Err(Error::refused(
            Code::EinvoiceRefused,
            sentences::einvoice_refused(fault, rules),
        )),
        None => Ok(()),
    }
}

/// The first fault in words, and the rules that are broken.
fn told(faults: &[Fault]) -> Option<(Sentence, Vec<&'static str>)> {
    let first = faults.first()?;
    let (field, place) = (first.field.name(), first.field.place().name());
    let said = match first.line {
        Some(line) => sentences::einvoice_line_fault(line, field, first.rule, place),
        None => sentences::einvoice_fault(field, first.rule, place),
    };
    let mut rules: Vec<_> = faults.iter().map(|fault| fault.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    Some((said, rules))
}

/// The model of what was issued to the account, if it keeps the rules of the profile.
pub fn load(connection: &mut Connection, account_id: AccountId, source: Source, profile: Profile) -> Result<Checked> {
    let document = match source {
        Source::Invoice(id) => {
            let invoice = super::get(connection, account_id, id)?;
            building::document(&invoice, super::language(connection, account_id, invoice.language)?)
        }
        Source::CreditNote(id) => {
            let credit = credits::get(connection, account_id, id)?;
            building::credit_note(&credit, super::language(connection, account_id, credit.language)?)
        }
    };
    Checked::new(document, profile).map_err(|faults| match told(&faults) {
        Some((fault, rules)) => {
            let detail = sentences::einvoice_incomplete(fault, rules);
            Error::conflict(Code::EinvoiceIncomplete, detail)
        }
        None => Error::internal("a document is refused without a fault"),
    })
}

/// What goes with the mail about it: nothing where the account wants none or takes them elsewhere.
pub fn with_mail(connection: &mut Connection, account_id: AccountId, source: Source) -> Result<Attached> {
    let wanted = accounts::get(connection, account_id)?.einvoicing;
    let mut attached = Attached::default();
    if wanted.way != EinvoiceWay::Mail {
        return Ok(attached);
    }
    for (syntax, profile) in wanted.formats().into_iter().filter_map(parts) {
        match syntax {
            Syntax::Ubl => attached.beside.push(ubl(connection, account_id, source, profile)?),
            Syntax::Cii => attached.beside.push(cii(connection, account_id, source)?),
            Syntax::FacturX => attached.is_inside = true,
        }
    }
    // Two of UBL are told apart by their names.
    let mut names: Vec<String> = Vec::new();
    for file in &mut attached.beside {
        let base = file.name.trim_end_matches(".xml").to_owned();
        let again = names.iter().filter(|known| **known == base).count();
        if again > 0 {
            file.name = format!("{base}-{}.xml", again + 1);
        }
        names.push(base);
    }
    Ok(attached)
}

/// E-invoices on their way with a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attached {
    /// Beside the paper.
    pub beside: Vec<File>,
    /// One is in the paper.
    pub is_inside: bool,
}

/// The document as UBL.
pub fn ubl(connection: &mut Connection, account_id: AccountId, source: Source, profile: Profile) -> Result<File> {
    let checked = load(connection, account_id, source, profile)?;
    Ok(File {
        name: file_name(checked.document(), "ubl"),
        bytes: xml::ubl::write(&checked)?,
    })
}

/// The document as CII by EN 16931.
pub fn cii(connection: &mut Connection, account_id: AccountId, source: Source) -> Result<File> {
    let checked = load(connection, account_id, source, Profile::En16931)?;
    Ok(File {
        name: file_name(checked.document(), "cii"),
        bytes: xml::cii::write(&checked)?,
    })
}

/// The paper with the document as CII in it.
pub fn factur_x(connection: &mut Connection, account_id: AccountId, source: Source) -> Result<Paper> {
    match source {
        Source::Invoice(id) => super::documents::factur_x(connection, account_id, id),
        Source::CreditNote(id) => credits::documents::factur_x(connection, account_id, id),
    }
}

/// The paper, with the document as CII in it where it says all that EN 16931 asks.
pub fn paper(connection: &mut Connection, account_id: AccountId, source: Source) -> Result<Paper> {
    match factur_x(connection, account_id, source) {
        Err(Error::Conflict {
            code: Code::EinvoiceIncomplete,
            ..
        }) => match source {
            Source::Invoice(id) => super::documents::invoice(connection, account_id, id),
            Source::CreditNote(id) => credits::documents::credit_note(connection, account_id, id),
        },
        paper => paper,
    }
}

fn file_name(document: &Document, syntax: &str) -> String {
    let kind = match document.kind {
        Kind::Invoice | Kind::Corrected => "invoice",
        Kind::CreditNote => "credit-note",
    };
    format!("{kind}-{}-{syntax}.xml", document.number)
}
