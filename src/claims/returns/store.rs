//! Returns, their lines and numbers. Every query of an account's takes the account.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Filter;
use super::rules::{Return, ReturnLine, State};
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ClaimId, CreditNoteId, OrderId, OrderLineId, ProductId, ReceiptId, ReturnId, ShipmentId};
use crate::row;

row! {
    #[derive(Debug)]
    struct OwnRow in returns {
        id: ReturnId,
        account_id: AccountId,
        order_id: OrderId,
        shipment_id: ShipmentId,
        claim_id: Option<ClaimId>,
        year: i32,
        sequence: i64,
        number: String,
        state: State,
        note: Option<String>,
        announced_by: String,
        announced_at: Timestamp,
        announced_on: NaiveDate,
        received_at: Option<Timestamp>,
        inspected_at: Option<Timestamp>,
        closed_at: Option<Timestamp>,
        receipt_id: Option<ReceiptId>,
        version: i64,
    }
}

row! {
    #[derive(Debug)]
    struct HeadRow from "returns b JOIN accounts a ON a.id = b.account_id JOIN orders o ON o.id = b.order_id \
        JOIN sites t ON t.id = o.site_id JOIN shipments s ON s.id = b.shipment_id LEFT JOIN claims c ON c.id = b.claim_id" {
        own: OwnRow = "b.*",
        code: String = "a.code",
        name: String = "a.name",
        order_number: i64 = "o.number",
        po_number: String = "o.po_number",
        ship_to: String = "t.code",
        shipment_number: i64 = "s.number",
        claim_number: Option<String> = "c.number",
    }
}

row! {
    /// What of a line is to come back, and what was found of it.
    #[derive(Debug)]
    pub struct LineRow in return_lines {
        return_id: ReturnId,
        pub position: i32,
        pub order_line_id: OrderLineId,
        product_id: ProductId,
        pub quantity: i64,
        pub base_quantity: i64,
        pub to_stock: Option<i64>,
        pub quarantine: Option<i64>,
        pub scrap: Option<i64>,
    }
}

/// The next number of a year. The row stays locked until the transaction ends, so numbers have no gap: take it as late as
/// possible.
pub fn next_sequence(tx: &mut Connection, year: i32) -> Result<i64> {
    sql("INSERT INTO return_numbers (year, last) VALUES ($1, 1) \
         ON CONFLICT (year) DO UPDATE SET last = return_numbers.last + 1 RETURNING last")
    .bind(i64::from(year))
    .one(tx)
}

pub fn insert(batch: &mut Batch, returned: &Return, by: &str) -> Result<()> {
    let (year, sequence) = returned.sequence;
    batch.add(insertion(&[OwnRow {
        id: returned.id,
        account_id: returned.account_id,
        order_id: returned.order_id,
        shipment_id: returned.shipment_id,
        claim_id: returned.claim.as_ref().map(|(id, _)| *id),
        year,
        sequence,
        number: returned.number.clone(),
        state: returned.state,
        note: returned.note.clone(),
        announced_by: by.to_owned(),
        announced_at: returned.announced_at,
        announced_on: returned.announced_on,
        received_at: None,
        inspected_at: None,
        closed_at: None,
        receipt_id: None,
        version: returned.version,
    }])?);
    let line = |line: &ReturnLine| LineRow {
        return_id: returned.id,
        position: line.position,
        order_line_id: line.order_line_id,
        product_id: line.product_id,
        quantity: line.quantity.ordered.steps,
        base_quantity: line.quantity.base_steps,
        to_stock: None,
        quarantine: None,
        scrap: None,
    };
    batch.add(insertion(&returned.lines.iter().map(line).collect::<Vec<_>>())?);
    Ok(())
}

/// Locks a return of whoever's until the transaction ends; whose it is.
pub fn lock(tx: &mut Connection, id: ReturnId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM returns WHERE id = $1 {lock}")
        .bind(id)
        .first(tx)
}

/// Locks the returns of a claim of the account until the transaction ends.
pub fn lock_of_claim(tx: &mut Connection, account_id: AccountId, claim_id: ClaimId) -> Result<()> {
    let _locked: Vec<ReturnId> =
        sql("SELECT id FROM returns WHERE account_id = $1 AND claim_id = $2 ORDER BY id {lock}")
            .bind(account_id)
            .bind(claim_id)
            .rows(tx)?;
    Ok(())
}

/// Whose return it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ReturnId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM returns WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// The return of the account without lines.
pub fn find(connection: &mut Connection, account_id: AccountId, id: ReturnId) -> Result<Option<Return>> {
    let found = select::<HeadRow>("WHERE b.account_id = $1 AND b.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    Ok(found.map(head))
}

pub fn list_lines(connection: &mut Connection, id: ReturnId) -> Result<Vec<LineRow>> {
    select::<LineRow>("WHERE return_id = $1 ORDER BY position")
        .bind(id)
        .rows(connection)
}

/// Base steps of each line of the order that come back, or came, of a shipment: what is announced until it is inspected, then what
/// was found. What was closed before it came is nothing.
pub fn list_returned(connection: &mut Connection, shipment_id: ShipmentId) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql(
        "SELECT l.order_line_id, CAST(SUM(COALESCE(l.to_stock + l.quarantine + l.scrap, l.base_quantity)) AS BIGINT) \
         FROM returns b JOIN return_lines l ON l.return_id = b.id WHERE b.shipment_id = $1 \
         AND (b.state <> {return_state closed} OR b.inspected_at IS NOT NULL) GROUP BY l.order_line_id",
    )
    .bind(shipment_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// The same of the returns of a claim.
pub fn list_returned_of_claim(connection: &mut Connection, claim_id: ClaimId) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql(
        "SELECT l.order_line_id, CAST(SUM(COALESCE(l.to_stock + l.quarantine + l.scrap, l.base_quantity)) AS BIGINT) \
         FROM returns b JOIN return_lines l ON l.return_id = b.id WHERE b.claim_id = $1 \
         AND (b.state <> {return_state closed} OR b.inspected_at IS NOT NULL) GROUP BY l.order_line_id",
    )
    .bind(claim_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// The same of what was found of the returns of a claim.
pub fn list_found_of_claim(connection: &mut Connection, claim_id: ClaimId) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql(
        "SELECT l.order_line_id, CAST(SUM(l.to_stock + l.quarantine + l.scrap) AS BIGINT) \
         FROM returns b JOIN return_lines l ON l.return_id = b.id WHERE b.claim_id = $1 \
         AND b.inspected_at IS NOT NULL GROUP BY l.order_line_id",
    )
    .bind(claim_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// The same of what was found of all returns of a shipment, but for those of claims that are not settled: their goods are still to be
/// made good.
pub fn list_found_of_shipment(
    connection: &mut Connection,
    shipment_id: ShipmentId,
) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql(
        "SELECT l.order_line_id, CAST(SUM(l.to_stock + l.quarantine + l.scrap) AS BIGINT) \
         FROM returns b JOIN return_lines l ON l.return_id = b.id LEFT JOIN claims c ON c.id = b.claim_id \
         WHERE b.shipment_id = $1 AND b.inspected_at IS NOT NULL \
         AND (b.claim_id IS NULL OR c.state = {claim_state settled}) GROUP BY l.order_line_id",
    )
    .bind(shipment_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// Base steps of each line of the order that credit notes of the return took back.
pub fn list_credited(connection: &mut Connection, id: ReturnId) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql(
        "SELECT b.order_line_id, CAST(SUM(l.base_quantity) AS BIGINT) FROM credit_notes n \
         JOIN credit_note_lines l ON l.credit_note_id = n.id JOIN invoice_lines b ON b.id = l.invoice_line_id \
         WHERE n.return_id = $1 AND l.base_quantity IS NOT NULL GROUP BY b.order_line_id",
    )
    .bind(id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// What credits the goods of a return of the account: its own credit notes, and the one that its claim was settled by.
pub fn list_credit_notes(
    connection: &mut Connection,
    account_id: AccountId,
    id: ReturnId,
) -> Result<Vec<(CreditNoteId, String)>> {
    sql(
        "SELECT n.id, n.number FROM credit_notes n WHERE n.return_id = $2 AND n.account_id = $1 \
         UNION SELECT n.id, n.number FROM returns b JOIN claims c ON c.id = b.claim_id \
         JOIN credit_notes n ON n.id = c.credit_note_id WHERE b.account_id = $1 AND b.id = $2 ORDER BY 1",
    )
    .bind(account_id)
    .bind(id)
    .rows(connection)
}

/// A return is otherwise than before: what credits it belongs to it.
pub fn note_credited(batch: &mut Batch, returned: &Return) {
    batch.add(
        sql("UPDATE returns SET version = version + 1 WHERE account_id = $1 AND id = $2")
            .bind(returned.account_id)
            .bind(returned.id),
    );
}

/// The same of all returns of a claim.
pub fn note_credited_of_claim(batch: &mut Batch, account_id: AccountId, claim_id: ClaimId) {
    batch.add(
        sql("UPDATE returns SET version = version + 1 WHERE account_id = $1 AND claim_id = $2")
            .bind(account_id)
            .bind(claim_id),
    );
}

/// The goods arrived, or nothing more is to be done.
pub fn update_state(batch: &mut Batch, returned: &Return, state: State, now: Timestamp) {
    let statement = match state {
        State::Closed => sql(
            "UPDATE returns SET state = $3, closed_at = $4, version = version + 1 WHERE account_id = $1 AND id = $2",
        ),
        _ => sql(
            "UPDATE returns SET state = $3, received_at = $4, version = version + 1 WHERE account_id = $1 AND id = $2",
        ),
    };
    batch.add(
        statement
            .bind(returned.account_id)
            .bind(returned.id)
            .bind(state)
            .bind(now),
    );
}

/// What an inspection found, and the receipt of what can be sold again. One statement for the return: a batch changes a row
/// once.
pub fn update_inspected(
    batch: &mut Batch,
    returned: &Return,
    state: State,
    receipt_id: Option<ReceiptId>,
    now: Timestamp,
) -> Result<()> {
    batch.add(
        sql(
            "UPDATE returns SET state = $3, inspected_at = $4, receipt_id = $5, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(returned.account_id)
        .bind(returned.id)
        .bind(state)
        .bind(now)
        .bind(receipt_id.map(|id| id.0)),
    );
    let row = |line: &ReturnLine| {
        let found = line.found.unwrap_or_default();
        (line.position, found.to_stock, found.quarantine, found.scrap)
    };
    let rows: Vec<_> = returned.lines.iter().map(row).collect();
    batch.add(
        sql(
            "UPDATE return_lines SET to_stock = r.to_stock, quarantine = r.quarantine, scrap = r.scrap \
             FROM {tuples $2: position integer, to_stock bigint, quarantine bigint, scrap bigint} r \
             WHERE return_lines.return_id = $1 AND return_lines.position = r.position",
        )
        .bind(returned.id)
        .bind(sets::json(&rows)?),
    );
    Ok(())
}

/// At most `limit` heads of returns behind `after`, the newest first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<ReturnId>>,
    limit: i64,
) -> Result<Vec<Return>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT b.id FROM returns b");
    seek.and_if("b.account_id = $1", scope.account_id());
    seek.of_account("b.account_id", filter.account.as_deref());
    seek.and_if("b.state = $1", filter.state);
    seek.and_if("b.claim_id = $1", filter.claim_id);
    seek.and_if("b.shipment_id = $1", filter.shipment_id);
    seek.and_if(
        "{position}(lower(b.number), $1) > 0",
        filter.text.as_ref().map(|text| text.trim().to_lowercase()),
    );
    let ids: Vec<ReturnId> = seek
        .part(["b.id"], Way::Down, "b.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    let found: Vec<HeadRow> = select::<HeadRow>("WHERE b.id {in ids $1} ORDER BY b.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    Ok(found.into_iter().map(head).collect())
}

fn head(row: HeadRow) -> Return {
    let own = row.own;
    Return {
        id: own.id,
        account_id: own.account_id,
        account: (row.code, row.name),
        order_id: own.order_id,
        order_number: row.order_number,
        po_number: row.po_number,
        ship_to: row.ship_to,
        shipment_id: own.shipment_id,
        shipment_number: row.shipment_number,
        claim: own.claim_id.zip(row.claim_number),
        sequence: (own.year, own.sequence),
        number: own.number,
        state: own.state,
        note: own.note,
        announced_at: own.announced_at,
        announced_on: own.announced_on,
        received_at: own.received_at,
        inspected_at: own.inspected_at,
        closed_at: own.closed_at,
        receipt_id: own.receipt_id,
        credit_notes: Vec::new(),
        version: own.version,
        lines: Vec::new(),
    }
}
