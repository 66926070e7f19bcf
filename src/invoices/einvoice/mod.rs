//! E-invoices: an invoice as programs read it, by EN 16931, in UBL, CII or inside its paper (Factur-X).
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
use self::rules::{Checked, Profile, Syntax, building, parts};
use super::rules::Invoice;
use super::sentences;
use crate::accounts;
use crate::accounts::rules::{EinvoiceWay, Einvoicing};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, InvoiceId};
use crate::languages::Language;
use crate::sentences::Sentence;

/// An e-invoice as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Of ASCII letters, digits, `-` and `.` alone.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Refuses an invoice that the account's own format does not take: before it has a number.
pub fn require(invoice: &Invoice, wanted: &Einvoicing, language: Language) -> Result<()> {
    let document = building::document(invoice, language);
    let mut faults = Vec::new();
    if let Some((_, profile)) = parts(wanted.format) {
        faults.extend(Checked::new(document, profile).err().unwrap_or_default());
    }
    if wanted.needs_buyer_reference && invoice.buyer.reference.is_none() {
        faults.push(Fault {
            rule: "BT-10",
            field: Field::BuyerReference,
            line: None,
        });
    }
    match told(&faults) {
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

/// The model of an issued invoice of the account, if it keeps the rules of the profile.
pub fn load(connection: &mut Connection, account_id: AccountId, id: InvoiceId, profile: Profile) -> Result<Checked> {
    let invoice = super::get(connection, account_id, id)?;
    let language = Language::from_locale(&accounts::get(connection, account_id)?.locale);
    Checked::new(building::document(&invoice, language), profile).map_err(|faults| match told(&faults) {
        Some((fault, rules)) => {
            let detail = sentences::einvoice_incomplete(fault, rules);
            Error::conflict(Code::EinvoiceIncomplete, detail)
        }
        None => Error::internal("a document is refused without a fault"),
    })
}

/// What goes with the mail about an invoice in place of its paper: none where the account wants none or takes them elsewhere.
pub fn with_mail(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Option<Attached>> {
    let wanted = accounts::get(connection, account_id)?.einvoicing;
    let Some((syntax, profile)) = parts(wanted.format).filter(|_| wanted.way == EinvoiceWay::Mail) else {
        return Ok(None);
    };
    Ok(Some(match syntax {
        Syntax::Ubl => Attached::Beside(ubl(connection, account_id, id, profile)?),
        Syntax::Cii => Attached::Beside(cii(connection, account_id, id)?),
        Syntax::FacturX => Attached::Inside,
    }))
}

/// An e-invoice on its way with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    /// Beside the paper.
    Beside(File),
    /// In the paper.
    Inside,
}

/// The invoice as UBL.
pub fn ubl(connection: &mut Connection, account_id: AccountId, id: InvoiceId, profile: Profile) -> Result<File> {
    let checked = load(connection, account_id, id, profile)?;
    Ok(File {
        name: format!("invoice-{}-ubl.xml", checked.document().number),
        bytes: xml::ubl::write(&checked)?,
    })
}

/// The invoice as CII by EN 16931.
pub fn cii(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<File> {
    let checked = load(connection, account_id, id, Profile::En16931)?;
    Ok(File {
        name: format!("invoice-{}-cii.xml", checked.document().number),
        bytes: xml::cii::write(&checked)?,
    })
}
