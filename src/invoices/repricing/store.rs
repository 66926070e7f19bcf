//! Runs of price corrections, their lines, and the invoiced lines they look at.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{Difference, Outcome, Price, Standing, State};
use crate::binds;
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, composed, insertion, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, CreditNoteId, InvoiceId, InvoiceLineId, PriceCorrectionId, ProductId, SiteId};
use crate::keys;
use crate::money::{Currency, UnitPrice};
use crate::names::sets::OrderClass;
use crate::pricing::rules::{Bought, Explanation};
use crate::quantity::{Content, Quantity};
use crate::row;

row! {
    /// A run without its lines.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Run in price_corrections {
        pub id: PriceCorrectionId,
        pub year: i32,
        pub sequence: i64,
        pub number: String,
        pub state: State,
        pub issued_from: NaiveDate,
        pub issued_to: NaiveDate,
        /// Codes as JSON.
        pub accounts: String,
        pub price_list: Option<String>,
        pub note: Option<String>,
        pub line_count: i32,
        /// Lines that were left out because nothing is a price for them now.
        pub skipped_count: i32,
        pub created_at: Timestamp,
        pub created_by: String,
        pub ended_at: Option<Timestamp>,
        pub ended_by: Option<String>,
    }
}

row! {
    struct LineRow in price_correction_lines {
        correction_id: PriceCorrectionId,
        invoice_line_id: InvoiceLineId,
        invoice_id: InvoiceId,
        account_id: AccountId,
        quantity: i64,
        base_minor: i64,
        should_minor: i64,
        difference_minor: i64,
        was_micros: i64,
        was_unit: String,
        was_base: i32,
        price_micros: i64,
        price_unit: String,
        price_base: i32,
        was_list: String,
        price_list: String,
        priced_on: NaiveDate,
        outcome: Outcome,
        credit_note_id: Option<CreditNoteId>,
        difference_id: Option<InvoiceId>,
    }
}

row! {
    /// A line of a run with what it is of.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Line from "price_correction_lines p JOIN invoice_lines l ON l.id = p.invoice_line_id \
        JOIN invoices i ON i.id = p.invoice_id JOIN accounts a ON a.id = p.account_id \
        LEFT JOIN credit_notes c ON c.id = p.credit_note_id LEFT JOIN invoices d ON d.id = p.difference_id" {
        pub invoice_line_id: InvoiceLineId = "p.invoice_line_id",
        pub invoice_id: InvoiceId = "p.invoice_id",
        pub account_id: AccountId = "p.account_id",
        pub account: String = "a.code",
        pub account_name: String = "a.name",
        pub currency: Currency = "i.currency",
        pub invoice: String = "i.number",
        pub position: i32 = "l.position",
        pub sku: String = "l.sku",
        pub name: String = "l.name",
        pub unit_code: String = "l.unit_code",
        /// What was left of it.
        pub quantity: Quantity = "p.quantity, l.unit_decimals",
        pub base_minor: i64 = "p.base_minor",
        pub should_minor: i64 = "p.should_minor",
        pub difference_minor: i64 = "p.difference_minor",
        pub was_micros: i64 = "p.was_micros",
        pub was_unit: String = "p.was_unit",
        pub was_base: i32 = "p.was_base",
        pub price_micros: i64 = "p.price_micros",
        pub price_unit: String = "p.price_unit",
        pub price_base: i32 = "p.price_base",
        pub was_list: String = "p.was_list",
        pub price_list: String = "p.price_list",
        pub priced_on: NaiveDate = "p.priced_on",
        pub outcome: Outcome = "p.outcome",
        pub credit_note_id: Option<CreditNoteId> = "p.credit_note_id",
        pub credit_note: Option<String> = "c.number",
        pub difference_id: Option<InvoiceId> = "p.difference_id",
        pub difference: Option<String> = "d.number",
    }
}

row! {
    struct InvoicedRow from "invoice_lines l JOIN invoices i ON i.id = l.invoice_id \
        JOIN order_lines o ON o.id = l.order_line_id JOIN orders r ON r.id = i.order_id" {
        id: InvoiceLineId = "l.id",
        invoice_id: InvoiceId = "l.invoice_id",
        account_id: AccountId = "i.account_id",
        currency: Currency = "i.currency",
        quantity: Quantity = "l.quantity, l.unit_decimals",
        base_quantity: i64 = "l.base_quantity",
        base_unit: String = "l.base_unit",
        base_decimals: u8 = "l.base_decimals",
        price_micros: i64 = "l.price_micros",
        price_unit: String = "l.price_unit",
        price_base: i32 = "l.price_base",
        net_minor: i64 = "l.net_minor",
        product_id: ProductId = "o.product_id",
        unit: String = "o.unit",
        content_numerator: i64 = "o.content_numerator",
        content_denominator: i64 = "o.content_denominator",
        ordered: Quantity = "o.quantity, o.unit_decimals",
        ordered_base: i64 = "o.base_quantity",
        explanation: String = "o.explanation",
        placed_on: NaiveDate = "r.placed_on",
        site_id: SiteId = "r.site_id",
        order_class: OrderClass = "r.order_class",
    }
}

/// Invoiced lines that hold: of no invoice that another took the place of, of goods that cost something.
const HOLDING: &str = "i.kind <> 'price_difference' AND l.price_micros > 0 AND NOT EXISTS (SELECT 1 FROM invoice_corrections x \
     WHERE x.invoice_id = i.id)";

/// An invoiced line and what was ordered with it.
pub type Invoiced = (Standing, Bought);

/// Lines of invoices of these days and accounts, or of all accounts, account by account; at most so many.
pub fn list_invoiced(
    connection: &mut Connection,
    (from, to): (NaiveDate, NaiveDate),
    account_ids: &[AccountId],
    limit: i64,
) -> Result<Vec<Invoiced>> {
    let of_accounts = match account_ids {
        [] => "",
        _ => "i.account_id {in ids $4} AND ",
    };
    let statement = composed(format!(
        "{} WHERE {of_accounts}i.issued_on >= $1 AND i.issued_on <= $2 AND {HOLDING} \
         ORDER BY i.account_id, i.id, l.position LIMIT +$3",
        selection::<InvoicedRow>()
    ));
    let statement = statement.bind(from).bind(to).bind(limit);
    let rows: Vec<InvoicedRow> = match account_ids {
        [] => statement.rows(connection)?,
        ids => statement.bind(sets::json(ids)?).rows(connection)?,
    };
    standing(connection, rows)
}

/// These invoiced lines, as far as they hold, account by account.
pub fn list_invoiced_by_id(connection: &mut Connection, ids: &[InvoiceLineId]) -> Result<Vec<Invoiced>> {
    let statement = composed(format!(
        "{} WHERE l.id {{in ids $1}} AND {HOLDING} ORDER BY i.account_id, i.id, l.position",
        selection::<InvoicedRow>()
    ));
    let rows: Vec<InvoicedRow> = statement.bind(sets::json(ids)?).rows(connection)?;
    standing(connection, rows)
}

/// What an earlier run made a line cost: line, minor units, price, list.
type Released = (InvoiceLineId, i64, i64, String, i32, String);

/// Lines with what was credited of them and what they cost by the last price correction.
fn standing(connection: &mut Connection, rows: Vec<InvoicedRow>) -> Result<Vec<Invoiced>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = sets::json(&ids)?;
    let credited: Vec<(InvoiceLineId, i64, i64)> = sql(
        "SELECT invoice_line_id, CAST(SUM(COALESCE(quantity, 0)) AS BIGINT), CAST(SUM(net_minor) AS BIGINT) \
         FROM credit_note_lines WHERE invoice_line_id {in ids $1} GROUP BY invoice_line_id",
    )
    .bind(ids.as_str())
    .rows(connection)?;
    let credited: HashMap<_, _> = credited
        .into_iter()
        .map(|(id, steps, net)| (id, (steps, net)))
        .collect();
    let released: Vec<Released> = sql(
        "SELECT invoice_line_id, should_minor, price_micros, price_unit, price_base, price_list FROM price_correction_lines \
         WHERE invoice_line_id {in ids $1} AND outcome = 'done' ORDER BY correction_id",
    )
    .bind(ids)
    .rows(connection)?;
    // Runs grow, so the last one of a line is what stays.
    let released: HashMap<_, _> = released.into_iter().map(|row| (row.0, row)).collect();
    let of = |row: InvoicedRow| {
        let explanation: Explanation = serde_json::from_str(&row.explanation).map_err(Error::internal)?;
        let corrected = released.contains_key(&row.id);
        let (credited_steps, credited_minor) = credited.get(&row.id).copied().unwrap_or_default();
        let (base_minor, price) = match released.get(&row.id) {
            Some((_, should_minor, micros, unit, base, list)) => (
                *should_minor,
                Price {
                    unit_price: UnitPrice { micros: *micros },
                    unit: unit.clone(),
                    base: *base,
                    list: list.clone(),
                },
            ),
            None => {
                let price = Price {
                    unit_price: UnitPrice {
                        micros: row.price_micros,
                    },
                    unit: row.price_unit,
                    base: row.price_base,
                    list: explanation.price_list.clone(),
                };
                (row.net_minor, price)
            }
        };
        let standing = Standing {
            id: row.id,
            invoice_id: row.invoice_id,
            account_id: row.account_id,
            left: row.quantity.steps - credited_steps,
            quantity: OrderQuantity {
                ordered: row.quantity,
                base_steps: row.base_quantity,
            },
            base_unit: row.base_unit,
            base_decimals: row.base_decimals,
            currency: row.currency,
            left_minor: row.net_minor - credited_minor,
            base_minor,
            price,
            reckoning: explanation.reckoning.clone().filter(|_| !corrected),
            is_corrected: corrected,
            priced_on: row.placed_on,
        };
        let content = Content::new(row.content_numerator, row.content_denominator);
        let bought = Bought {
            product_id: row.product_id,
            unit: row.unit,
            content: content.ok_or_else(|| Error::internal(format!("{}: no content", row.id)))?,
            quantity: OrderQuantity {
                ordered: row.ordered,
                base_steps: row.ordered_base,
            },
            on: row.placed_on,
            site: row.site_id,
            order_class: row.order_class,
            explanation,
        };
        Ok((standing, bought))
    };
    rows.into_iter().map(of).collect()
}

/// The accounts behind these codes, or the first that there is none for.
pub fn find_accounts<'c>(
    connection: &mut Connection,
    codes: &'c [String],
) -> Result<std::result::Result<Vec<AccountId>, (usize, &'c str)>> {
    let wanted = keys::all_wanted(codes.iter().map(String::as_str));
    let rows: Vec<(AccountId, String)> = sql("SELECT id, code_key FROM accounts WHERE code_key {in texts $1}")
        .bind(sets::json(&wanted)?)
        .rows(connection)?;
    let known: HashMap<_, _> = rows.into_iter().map(|(id, key)| (key, id)).collect();
    let mut ids = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let [exactly, folded] = keys::wanted(code);
        match known.get(&exactly).or_else(|| known.get(&folded)) {
            Some(id) => ids.push(*id),
            None => return Ok(Err((place, code))),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(Ok(ids))
}

/// The next number of a year. The row stays locked until the transaction ends, so numbers have no gap: take it as late as possible.
pub fn next_sequence(tx: &mut Connection, year: i32) -> Result<i64> {
    sql("INSERT INTO price_correction_numbers (year, last) VALUES ($1, 1) \
         ON CONFLICT (year) DO UPDATE SET last = price_correction_numbers.last + 1 RETURNING last")
    .bind(i64::from(year))
    .one(tx)
}

/// Stores a run with its lines.
pub fn insert(batch: &mut Batch, run: &Run, differences: &[Difference]) -> Result<()> {
    batch.add(insertion(std::slice::from_ref(run))?);
    let row = |one: &Difference| LineRow {
        correction_id: run.id,
        invoice_line_id: one.standing.id,
        invoice_id: one.standing.invoice_id,
        account_id: one.standing.account_id,
        quantity: one.standing.left,
        base_minor: one.standing.base_minor,
        should_minor: one.should_minor,
        difference_minor: one.minor,
        was_micros: one.standing.price.unit_price.micros,
        was_unit: one.standing.price.unit.clone(),
        was_base: one.standing.price.base,
        price_micros: one.price.unit_price.micros,
        price_unit: one.price.unit.clone(),
        price_base: one.price.base,
        was_list: one.standing.price.list.clone(),
        price_list: one.price.list.clone(),
        priced_on: one.standing.priced_on,
        outcome: Outcome::Proposed,
        credit_note_id: None,
        difference_id: None,
    };
    let rows: Vec<_> = differences.iter().map(row).collect();
    if !rows.is_empty() {
        batch.add(insertion(&rows)?);
    }
    Ok(())
}

pub fn find(connection: &mut Connection, id: PriceCorrectionId) -> Result<Option<Run>> {
    select::<Run>("WHERE id = $1").bind(id).first(connection)
}

/// The same, locked until the transaction ends: a run is decided on by one after the other.
pub fn lock(tx: &mut Connection, id: PriceCorrectionId) -> Result<Option<Run>> {
    select::<Run>("WHERE id = $1 {lock}").bind(id).first(tx)
}

/// At most `limit` runs behind `after`, the newest first.
pub fn list(connection: &mut Connection, walk: Walk<PriceCorrectionId>, limit: i64) -> Result<Vec<Run>> {
    let seek = Seek::new(connection, "SELECT p.id FROM price_corrections p");
    let ids: Vec<PriceCorrectionId> = seek
        .part(["p.id"], Way::Down, "p.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    select::<Run>("WHERE id {in ids $1} ORDER BY id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

/// The lines of a run, by account and invoice.
pub fn list_lines(connection: &mut Connection, id: PriceCorrectionId) -> Result<Vec<Line>> {
    select::<Line>("WHERE p.correction_id = $1 ORDER BY a.code, i.id, l.position")
        .bind(id)
        .rows(connection)
}

/// What became of a line: which, what, its credit note and its invoice.
pub type Ended = (InvoiceLineId, Outcome, Option<CreditNoteId>, Option<InvoiceId>);

/// Says what became of lines.
pub fn update_lines(batch: &mut Batch, id: PriceCorrectionId, ended: &[Ended]) -> Result<()> {
    let row = |(line, outcome, credit, difference): &Ended| {
        let number = |id: Option<i64>| id.unwrap_or_default();
        (
            *line,
            outcome.name(),
            number(credit.map(|id| id.0)),
            number(difference.map(|id| id.0)),
        )
    };
    let rows: Vec<_> = ended.iter().map(row).collect();
    batch.add(
        sql(
            "UPDATE price_correction_lines SET outcome = d.outcome, credit_note_id = NULLIF(d.credit, 0), \
             difference_id = NULLIF(d.difference, 0) \
             FROM {tuples $2: id bigint, outcome text, credit bigint, difference bigint} d \
             WHERE price_correction_lines.correction_id = $1 AND price_correction_lines.invoice_line_id = d.id",
        )
        .bind(id)
        .bind(sets::json(&rows)?),
    );
    Ok(())
}

/// Says how a run ended.
pub fn update_state(batch: &mut Batch, id: PriceCorrectionId, state: State, by: &str, now: Timestamp) {
    batch.add(
        sql("UPDATE price_corrections SET state = $2, ended_at = $3, ended_by = $4 WHERE id = $1")
            .bind(id)
            .bind(state.name())
            .bind(now)
            .bind(by),
    );
}
