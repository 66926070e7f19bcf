//! A credit note as paper: nothing but what was frozen when it was issued.

use super::CreditNote;
use crate::db::Connection;
use crate::documents::paper::{self, Document, Paper, Totals};
use crate::error::Result;
use crate::ids::{AccountId, CreditNoteId};
use crate::invoices;
use crate::invoices::documents::{group, line};
use crate::invoices::einvoice::{self, Source};
use crate::languages::Language;

/// The credit note of the account, in the account's language.
pub fn credit_note(connection: &mut Connection, account_id: AccountId, id: CreditNoteId) -> Result<Paper> {
    let credit = super::get(connection, account_id, id)?;
    let language = invoices::language(connection, account_id, credit.language)?;
    Ok(paper(credit, language))
}

/// The same with the credit note for programs in it, by EN 16931 alone.
pub fn factur_x(connection: &mut Connection, account_id: AccountId, id: CreditNoteId) -> Result<Paper> {
    let xml = einvoice::cii(connection, account_id, Source::CreditNote(id))?;
    Ok(Paper {
        xml: Some(xml.bytes),
        ..credit_note(connection, account_id, id)?
    })
}

fn paper(credit: CreditNote, language: Language) -> Paper {
    let currency = credit.currency;
    Paper {
        language,
        xml: None,
        document: Document::CreditNote(paper::CreditNote {
            number: credit.number,
            issued_on: credit.issued_on,
            invoice_number: credit.invoice_number,
            invoice_issued_on: credit.invoice_issued_on,
            po_number: credit.po_number,
            order_number: credit.order_number.to_string(),
            reason: language.text(&format!("credit-reason-{}", credit.reason.name().replace('_', "-"))),
            note: credit.note,
            seller: credit.seller,
            buyer: credit.buyer,
            currency,
            lines: credit.lines.into_iter().map(|credited| line(credited.line)).collect(),
            totals: Totals {
                net: credit.net,
                taxes: credit.taxes.into_iter().map(|tax| group(tax, currency)).collect(),
                tax: Some(credit.tax),
                gross: Some(credit.gross),
            },
        }),
    }
}
