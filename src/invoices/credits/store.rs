//! Credit notes with their lines and tax tables. Every query of an account's takes the account.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{CreditLine, Credited, Reason};
use super::{Applied, CreditNote, Filter};
use crate::accounts::rules::{Address, Buyer, Seller};
use crate::binds;
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ClaimId, CreditNoteId, InvoiceId, InvoiceLineId, OrderId, RebateId, ReturnId};
use crate::invoices::rules::{Invoice, InvoiceTax};
use crate::keys;
use crate::languages::Language;
use crate::money::{Currency, Money};
use crate::quantity::Quantity;
use crate::row;
use crate::tax::rules::{TaxGroup, Treatment};

row! {
    /// What a credit note is besides its invoice.
    #[derive(Debug)]
    struct OwnRow in credit_notes {
        id: CreditNoteId,
        account_id: AccountId,
        invoice_id: InvoiceId,
        year: i32,
        sequence: i64,
        number: String,
        issued_at: Timestamp,
        issued_on: NaiveDate,
        reason: Reason,
        note: Option<String>,
        net_minor: i64,
        tax_minor: i64,
        gross_minor: i64,
        line_count: i32,
        issued_by: String,
        language: Option<Language>,
        return_id: Option<ReturnId>,
        rebate_id: Option<RebateId>,
    }
}

row! {
    #[derive(Debug)]
    struct HeadRow from "credit_notes c JOIN open_credits o ON o.credit_note_id = c.id JOIN invoices i ON i.id = c.invoice_id \
        LEFT JOIN returns b ON b.id = c.return_id LEFT JOIN claims q ON q.credit_note_id = c.id" {
        own: OwnRow = "c.*",
        open_minor: i64 = "o.open_minor",
        invoice_number: String = "i.number",
        invoice_issued_on: NaiveDate = "i.issued_on",
        currency: Currency = "i.currency",
        delivered_on: NaiveDate = "i.delivered_on",
        order_id: OrderId = "i.order_id",
        order_number: i64 = "i.order_number",
        po_number: String = "i.po_number",
        shipment_number: i64 = "i.shipment_number",
        seller: String = "i.seller",
        buyer: String = "i.buyer",
        ship_to: String = "i.ship_to",
        return_number: Option<String> = "b.number",
        claim_id: Option<ClaimId> = "q.id",
        claim_number: Option<String> = "q.number",
    }
}

row! {
    #[derive(Debug)]
    struct LineRow in credit_note_lines {
        credit_note_id: CreditNoteId,
        position: i32,
        invoice_line_id: InvoiceLineId,
        quantity: Option<i64>,
        base_quantity: Option<i64>,
        net_minor: i64,
    }
}

row! {
    #[derive(Debug)]
    struct TaxRow in credit_note_taxes {
        credit_note_id: CreditNoteId,
        category: String,
        rate_ppm: i64,
        base_minor: i64,
        amount_minor: i64,
    }
}

/// The next number of a year. The row stays locked until the transaction ends, so numbers have no gap: take it as late as
/// possible.
pub fn next_sequence(tx: &mut Connection, year: i32) -> Result<i64> {
    sql("INSERT INTO credit_note_numbers (year, last) VALUES ($1, 1) \
         ON CONFLICT (year) DO UPDATE SET last = credit_note_numbers.last + 1 RETURNING last")
    .bind(i64::from(year))
    .one(tx)
}

/// Stores a credit note of which nothing is left but what `open_minor` says.
pub fn insert(batch: &mut Batch, credit: &CreditNote) -> Result<()> {
    let (year, sequence) = credit.sequence;
    batch.add(insertion(&[OwnRow {
        id: credit.id,
        account_id: credit.account_id,
        invoice_id: credit.invoice_id,
        year,
        sequence,
        number: credit.number.clone(),
        issued_at: credit.issued_at,
        issued_on: credit.issued_on,
        reason: credit.reason,
        note: credit.note.clone(),
        net_minor: credit.net.minor,
        tax_minor: credit.tax.minor,
        gross_minor: credit.gross.minor,
        line_count: credit.line_count,
        issued_by: credit.issued_by.clone(),
        language: credit.language,
        return_id: credit.returned.as_ref().map(|(id, _)| *id),
        rebate_id: credit.rebate_id,
    }])?);
    let line = |CreditLine { line, is_amount }: &CreditLine| LineRow {
        credit_note_id: credit.id,
        position: line.position,
        invoice_line_id: line.id,
        quantity: (!is_amount).then_some(line.quantity.ordered.steps),
        base_quantity: (!is_amount).then_some(line.quantity.base_steps),
        net_minor: line.net.minor,
    };
    batch.add(insertion(&credit.lines.iter().map(line).collect::<Vec<_>>())?);
    let tax = |tax: &InvoiceTax| TaxRow {
        credit_note_id: credit.id,
        category: tax.group.treatment.category.clone(),
        rate_ppm: tax.group.treatment.rate_ppm,
        base_minor: tax.group.base_minor,
        amount_minor: tax.group.amount_minor,
    };
    batch.add(insertion(&credit.taxes.iter().map(tax).collect::<Vec<_>>())?);
    batch.add(
        sql("INSERT INTO open_credits (credit_note_id, account_id, open_minor) VALUES ($1, $2, $3)")
            .bind(credit.id)
            .bind(credit.account_id)
            .bind(credit.open.minor),
    );
    Ok(())
}

/// Says what of a credit note has settled no invoice.
pub fn update_open(batch: &mut Batch, (account_id, id): (AccountId, CreditNoteId), open_minor: i64) {
    batch.add(
        sql("UPDATE open_credits SET open_minor = $3 WHERE account_id = $1 AND credit_note_id = $2")
            .bind(account_id)
            .bind(id)
            .bind(open_minor),
    );
}

/// Whose credit note it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: CreditNoteId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM credit_notes WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// What credit notes took back of an invoice.
pub fn credited(connection: &mut Connection, invoice_id: InvoiceId) -> Result<Credited> {
    let lines: Vec<(InvoiceLineId, i64, i64)> = sql(
        "SELECT l.invoice_line_id, CAST(SUM(COALESCE(l.quantity, 0)) AS BIGINT), CAST(SUM(l.net_minor) AS BIGINT) \
         FROM credit_notes c JOIN credit_note_lines l ON l.credit_note_id = c.id WHERE c.invoice_id = $1 \
         GROUP BY l.invoice_line_id",
    )
    .bind(invoice_id)
    .rows(connection)?;
    let taxes: Vec<(String, i64, i64, i64)> = sql(
        "SELECT t.category, t.rate_ppm, CAST(SUM(t.base_minor) AS BIGINT), CAST(SUM(t.amount_minor) AS BIGINT) \
         FROM credit_notes c JOIN credit_note_taxes t ON t.credit_note_id = c.id WHERE c.invoice_id = $1 \
         GROUP BY t.category, t.rate_ppm",
    )
    .bind(invoice_id)
    .rows(connection)?;
    let of_line = |(id, steps, net): (InvoiceLineId, i64, i64)| (id, (steps, net));
    let of_group = |(category, rate_ppm, base, amount)| (Treatment { category, rate_ppm }, (base, amount));
    Ok(Credited {
        lines: lines.into_iter().map(of_line).collect(),
        taxes: taxes.into_iter().map(of_group).collect(),
        ..Credited::default()
    })
}

/// Steps of each line of the account's invoice that were sent once more without charge, by claims about its shipment; not where what
/// was to come was called off.
pub fn list_replaced(
    connection: &mut Connection,
    account_id: AccountId,
    invoice_id: InvoiceId,
) -> Result<HashMap<InvoiceLineId, i64>> {
    let rows: Vec<(InvoiceLineId, i64)> = sql(
        "SELECT b.id, CAST(SUM(l.accepted) AS BIGINT) FROM invoices i JOIN invoice_lines b ON b.invoice_id = i.id \
         JOIN claims c ON c.shipment_id = i.shipment_id AND c.account_id = i.account_id \
         JOIN claim_lines l ON l.claim_id = c.id AND l.order_line_id = b.order_line_id \
         JOIN orders r ON r.id = c.replacement_id \
         WHERE i.account_id = $1 AND i.id = $2 AND l.accepted > 0 AND r.state NOT {in order_states void} GROUP BY b.id",
    )
    .bind(account_id)
    .bind(invoice_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// The credit note of the account without lines and tax table.
pub fn find(connection: &mut Connection, account_id: AccountId, id: CreditNoteId) -> Result<Option<CreditNote>> {
    let found = select::<HeadRow>("WHERE c.account_id = $1 AND c.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    found.map(head).transpose()
}

/// Adds lines and tax table, which are told by its invoice's.
pub fn fill(connection: &mut Connection, credit: &mut CreditNote, invoice: &Invoice) -> Result<()> {
    let rows: Vec<LineRow> = select::<LineRow>("WHERE credit_note_id = $1 ORDER BY position")
        .bind(credit.id)
        .rows(connection)?;
    let missing = || Error::internal(format!("{} has a line that its invoice has not", credit.id));
    let own: HashMap<_, _> = invoice.lines.iter().map(|line| (line.id, line)).collect();
    let line = |row: LineRow| {
        let line = (*own.get(&row.invoice_line_id).ok_or_else(missing)?).clone();
        let net = Money::new(row.net_minor, invoice.currency);
        match (row.quantity, row.base_quantity) {
            (Some(steps), Some(base_steps)) => {
                let ordered = Quantity::new(steps, line.quantity.ordered.decimals);
                Ok(CreditLine::quantity(line, OrderQuantity { ordered, base_steps }, net))
            }
            _ => CreditLine::amount(line, net),
        }
    };
    let lines = rows.into_iter().map(line).collect::<Result<_>>()?;
    let taxes: Vec<TaxRow> = select::<TaxRow>("WHERE credit_note_id = $1 ORDER BY category, rate_ppm")
        .bind(credit.id)
        .rows(connection)?;
    let tax = |row: TaxRow| {
        let group = TaxGroup {
            treatment: Treatment {
                category: row.category,
                rate_ppm: row.rate_ppm,
            },
            base_minor: row.base_minor,
            amount_minor: row.amount_minor,
        };
        let of_invoice = invoice.taxes.iter().find(|tax| tax.group.treatment == group.treatment);
        let of_invoice = of_invoice.ok_or_else(missing)?;
        Ok(InvoiceTax {
            group,
            ..of_invoice.clone()
        })
    };
    credit.taxes = taxes.into_iter().map(tax).collect::<Result<_>>()?;
    credit.lines = lines;
    Ok(())
}

/// At most `limit` heads of credit notes behind `after`, the newest first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<CreditNoteId>>,
    limit: i64,
) -> Result<Vec<CreditNote>> {
    let walk = after.into();
    // What SQLite walks; it keeps no statistics that would tell it.
    let index = match (filter.invoice_id, scope) {
        _ if walk.among().is_some() => "",
        (Some(_), _) => "{indexed credit_notes_of_invoice}",
        (None, scope) if scope != Scope::All || filter.account.is_some() => "{indexed credit_notes_of_account}",
        _ => "",
    };
    let is_by_rest = filter.is_open && walk.among().is_none() && filter.invoice_id.is_none();
    let (sought, key) = match is_by_rest {
        // Few have a rest, and they have an index of their own.
        true => (
            "SELECT c.id FROM open_credits o {indexed open_credits_left} {cross} credit_notes c ON c.id = o.credit_note_id"
                .to_owned(),
            "o.credit_note_id",
        ),
        false => (format!("SELECT c.id FROM credit_notes c {index}"), "c.id"),
    };
    let mut seek = Seek::new(connection, &sought);
    if is_by_rest {
        seek.and("o.open_minor > 0", []);
        seek.and_if("o.account_id = $1", scope.account_id());
    }
    seek.and_if("c.account_id = $1", scope.account_id());
    seek.and_if("c.invoice_id = $1", filter.invoice_id);
    seek.and_if("c.rebate_id = $1", filter.rebate_id);
    seek.of_account("c.account_id", filter.account.as_deref());
    if filter.is_open && !is_by_rest {
        seek.and(
            "EXISTS (SELECT 1 FROM open_credits o WHERE o.credit_note_id = c.id AND o.open_minor > 0)",
            [],
        );
    }
    seek.and_if("c.issued_on >= $1", filter.from);
    seek.and_if("c.issued_on <= $1", filter.to);
    if let Some(text) = filter.text.as_deref().map(str::trim) {
        let part = text.to_lowercase();
        let of_invoice = "EXISTS (SELECT 1 FROM invoices i WHERE i.id = c.invoice_id AND \
             ({position}(lower(i.number), $1) > 0 OR {position}(lower(i.po_number), $1) > 0))";
        match scope {
            Scope::Account(_) => seek.and(
                &format!("({{position}}(lower(c.number), $1) > 0 OR {of_invoice})"),
                binds![part],
            ),
            Scope::All => seek.and(
                &format!(
                    "({{position}}(lower(c.number), $1) > 0 OR {of_invoice} OR c.account_id IN \
                     (SELECT a.id FROM accounts a WHERE {{position}}(a.search_text, $2) > 0))"
                ),
                binds![part, keys::searched(text)],
            ),
        }
    }
    let ids: Vec<CreditNoteId> = seek
        .part([key], Way::Down, "c.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    let found: Vec<HeadRow> = select::<HeadRow>("WHERE c.id {in ids $1} ORDER BY c.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    found.into_iter().map(head).collect()
}

/// What a credit note settled, by invoice.
pub fn list_applied(connection: &mut Connection, credit: &CreditNote) -> Result<Vec<Applied>> {
    let rows: Vec<(InvoiceId, String, i64)> = sql(
        "SELECT a.invoice_id, i.number, CAST(SUM(a.amount_minor) AS BIGINT) FROM credit_applications a \
         JOIN invoices i ON i.id = a.invoice_id WHERE a.credit_note_id = $1 GROUP BY a.invoice_id, i.number \
         ORDER BY a.invoice_id",
    )
    .bind(credit.id)
    .rows(connection)?;
    let applied = |(id, number, minor)| (id, number, Money::new(minor, credit.currency));
    Ok(rows.into_iter().map(applied).collect())
}

/// The credit notes of these invoices of which something is left: note, invoice, minor units.
pub fn list_left(
    connection: &mut Connection,
    account_id: AccountId,
    invoice_ids: &[InvoiceId],
) -> Result<Vec<(CreditNoteId, InvoiceId, i64)>> {
    sql(
        "SELECT c.id, c.invoice_id, o.open_minor FROM credit_notes c JOIN open_credits o ON o.credit_note_id = c.id \
         WHERE c.account_id = $1 AND c.invoice_id {in ids $2} AND o.open_minor > 0 ORDER BY c.id",
    )
    .bind(account_id)
    .bind(sets::json(invoice_ids)?)
    .rows(connection)
}

/// The credit notes that settled the account's invoice, or a part of it: which, when, how much.
pub fn list_settlements(
    connection: &mut Connection,
    account_id: AccountId,
    invoice: &Invoice,
) -> Result<Vec<(CreditNoteId, String, NaiveDate, Money)>> {
    let rows: Vec<(CreditNoteId, String, NaiveDate, i64)> = sql(
        "SELECT c.id, c.number, c.issued_on, CAST(SUM(a.amount_minor) AS BIGINT) FROM credit_applications a \
         JOIN credit_notes c ON c.id = a.credit_note_id WHERE c.account_id = $1 AND a.invoice_id = $2 \
         GROUP BY c.id, c.number, c.issued_on ORDER BY c.id",
    )
    .bind(account_id)
    .bind(invoice.id)
    .rows(connection)?;
    let settled = |(id, number, on, minor)| (id, number, on, Money::new(minor, invoice.currency));
    Ok(rows.into_iter().map(settled).collect())
}

fn head(row: HeadRow) -> Result<CreditNote> {
    let own = row.own;
    let money = |minor| Money::new(minor, row.currency);
    let seller: Seller = serde_json::from_str(&row.seller).map_err(Error::internal)?;
    let buyer: Buyer = serde_json::from_str(&row.buyer).map_err(Error::internal)?;
    let ship_to: Address = serde_json::from_str(&row.ship_to).map_err(Error::internal)?;
    Ok(CreditNote {
        id: own.id,
        account_id: own.account_id,
        invoice_id: own.invoice_id,
        invoice_number: row.invoice_number,
        invoice_issued_on: row.invoice_issued_on,
        delivered_on: row.delivered_on,
        order_id: row.order_id,
        order_number: row.order_number,
        po_number: row.po_number,
        shipment_number: row.shipment_number,
        sequence: (own.year, own.sequence),
        number: own.number,
        currency: row.currency,
        issued_at: own.issued_at,
        issued_on: own.issued_on,
        reason: own.reason,
        note: own.note,
        claim: row.claim_id.zip(row.claim_number),
        returned: own.return_id.zip(row.return_number),
        rebate_id: own.rebate_id,
        seller,
        buyer,
        ship_to,
        net: money(own.net_minor),
        tax: money(own.tax_minor),
        gross: money(own.gross_minor),
        open: money(row.open_minor),
        line_count: own.line_count,
        issued_by: own.issued_by,
        language: own.language,
        lines: Vec::new(),
        taxes: Vec::new(),
    })
}
