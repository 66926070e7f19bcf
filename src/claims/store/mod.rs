//! Claims, their lines, messages and numbers. Every query of an account's takes the account.

mod list;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use self::list::list;
use super::rules::{Analysis, Claim, ClaimLine, Kind, Message, Outcome, Side, State};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{
    AccountId, ClaimId, ClaimMessageId, CreditNoteId, InvoiceId, OrderId, OrderLineId, PersonId, ProductId, ShipmentId,
};
use crate::money::Currency;
use crate::row;

row! {
    #[derive(Debug)]
    struct OwnRow in claims {
        id: ClaimId,
        account_id: AccountId,
        order_id: OrderId,
        shipment_id: ShipmentId,
        invoice_id: Option<InvoiceId>,
        year: i32,
        sequence: i64,
        number: String,
        kind: Kind,
        wish: Outcome,
        note: String,
        state: State,
        filed_by: String,
        person_id: Option<PersonId>,
        opened_at: Timestamp,
        opened_on: NaiveDate,
        answer_by: NaiveDate,
        answered_at: Option<Timestamp>,
        decided_at: Option<Timestamp>,
        settled_at: Option<Timestamp>,
        outcome: Option<Outcome>,
        credit_note_id: Option<CreditNoteId>,
        replacement_id: Option<OrderId>,
        root_cause: Option<String>,
        corrective_action: Option<String>,
        action_owner: Option<String>,
        action_due_on: Option<NaiveDate>,
        verified_on: Option<NaiveDate>,
        version: i64,
    }
}

row! {
    #[derive(Debug)]
    struct HeadRow from "claims c JOIN accounts a ON a.id = c.account_id JOIN orders o ON o.id = c.order_id \
        JOIN sites t ON t.id = o.site_id JOIN shipments s ON s.id = c.shipment_id \
        LEFT JOIN billed_shipments b ON b.shipment_id = c.shipment_id LEFT JOIN invoices i ON i.id = b.invoice_id \
        LEFT JOIN credit_notes n ON n.id = c.credit_note_id LEFT JOIN orders r ON r.id = c.replacement_id" {
        own: OwnRow = "c.*",
        code: String = "a.code",
        name: String = "a.name",
        order_number: i64 = "o.number",
        po_number: String = "o.po_number",
        currency: Currency = "o.currency",
        ship_to: String = "t.code",
        shipment_number: i64 = "s.number",
        invoiced_id: Option<InvoiceId> = "i.id",
        invoice_number: Option<String> = "i.number",
        credit_note_number: Option<String> = "n.number",
        replacement_number: Option<i64> = "r.number",
    }
}

row! {
    /// What of a line is claimed, and what of that is right.
    #[derive(Debug)]
    pub struct LineRow in claim_lines {
        claim_id: ClaimId,
        pub position: i32,
        pub order_line_id: OrderLineId,
        product_id: ProductId,
        pub quantity: i64,
        pub base_quantity: i64,
        pub accepted: Option<i64>,
        pub accepted_base: Option<i64>,
        pub accepted_net_minor: Option<i64>,
        pub reason: Option<String>,
    }
}

row! {
    /// Something said, with the actor who said it.
    #[derive(Debug)]
    pub struct MessageRow in claim_messages {
        pub id: ClaimMessageId,
        pub claim_id: ClaimId,
        pub side: Side,
        pub author: String,
        pub body: String,
        pub written_at: Timestamp,
    }
}

/// The next number of a year. The row stays locked until the transaction ends, so numbers have no gap: take it as late as
/// possible.
pub fn next_sequence(tx: &mut Connection, year: i32) -> Result<i64> {
    sql("INSERT INTO claim_numbers (year, last) VALUES ($1, 1) \
         ON CONFLICT (year) DO UPDATE SET last = claim_numbers.last + 1 RETURNING last")
    .bind(i64::from(year))
    .one(tx)
}

/// How many days the supplier has to answer an account.
pub fn answer_days(connection: &mut Connection, account_id: AccountId) -> Result<i32> {
    let days: Option<i32> = sql(
        "SELECT COALESCE(a.claim_answer_days, (SELECT s.claim_answer_days FROM supplier s WHERE s.id = 1), 5) \
         FROM accounts a WHERE a.id = $1",
    )
    .bind(account_id)
    .first(connection)?;
    Ok(days.unwrap_or(5))
}

/// How many days the supplier has to answer accounts that have no agreement of their own.
pub fn answer_days_of_all(connection: &mut Connection) -> Result<i32> {
    let days: Option<i32> = sql("SELECT claim_answer_days FROM supplier WHERE id = 1").first(connection)?;
    Ok(days.unwrap_or(5))
}

/// Says how many days the supplier has to answer: an account, or every account that has no agreement of its own.
pub fn update_answer_days(tx: &mut Connection, account_id: Option<AccountId>, days: Option<i32>) -> Result<usize> {
    let days = days.map(i64::from);
    match account_id {
        Some(id) => sql("UPDATE accounts SET claim_answer_days = $2 WHERE id = $1")
            .bind(id)
            .bind(days)
            .run(tx),
        None => sql("UPDATE supplier SET claim_answer_days = COALESCE($1, 5) WHERE id = 1")
            .bind(days)
            .run(tx),
    }
}

pub fn insert(batch: &mut Batch, claim: &Claim) -> Result<()> {
    let (year, sequence) = claim.sequence;
    batch.add(insertion(&[OwnRow {
        id: claim.id,
        account_id: claim.account_id,
        order_id: claim.order_id,
        shipment_id: claim.shipment_id,
        invoice_id: claim.invoice.as_ref().map(|(id, _)| *id),
        year,
        sequence,
        number: claim.number.clone(),
        kind: claim.kind,
        wish: claim.wish,
        note: claim.text.clone(),
        state: claim.state,
        filed_by: claim.filed_by.clone(),
        person_id: claim.person_id,
        opened_at: claim.opened_at,
        opened_on: claim.opened_on,
        answer_by: claim.answer_by,
        answered_at: None,
        decided_at: None,
        settled_at: None,
        outcome: None,
        credit_note_id: None,
        replacement_id: None,
        root_cause: None,
        corrective_action: None,
        action_owner: None,
        action_due_on: None,
        verified_on: None,
        version: claim.version,
    }])?);
    let line = |line: &ClaimLine| LineRow {
        claim_id: claim.id,
        position: line.position,
        order_line_id: line.order_line_id,
        product_id: line.product_id,
        quantity: line.quantity.ordered.steps,
        base_quantity: line.quantity.base_steps,
        accepted: None,
        accepted_base: None,
        accepted_net_minor: None,
        reason: None,
    };
    batch.add(insertion(&claim.lines.iter().map(line).collect::<Vec<_>>())?);
    Ok(())
}

/// Locks a claim of whoever's until the transaction ends; whose it is.
pub fn lock(tx: &mut Connection, id: ClaimId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM claims WHERE id = $1 {lock}")
        .bind(id)
        .first(tx)
}

/// Whose claim it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ClaimId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM claims WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// Who filed these claims, and whose they are: for mails.
pub fn list_filers(
    connection: &mut Connection,
    ids: &[ClaimId],
) -> Result<Vec<(ClaimId, AccountId, Option<PersonId>)>> {
    sql("SELECT id, account_id, person_id FROM claims WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// The claim of the account without lines, messages and files.
pub fn find(connection: &mut Connection, account_id: AccountId, id: ClaimId) -> Result<Option<Claim>> {
    let found = select::<HeadRow>("WHERE c.account_id = $1 AND c.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    Ok(found.map(head))
}

pub fn list_lines(connection: &mut Connection, id: ClaimId) -> Result<Vec<LineRow>> {
    select::<LineRow>("WHERE claim_id = $1 ORDER BY position")
        .bind(id)
        .rows(connection)
}

pub fn list_messages(connection: &mut Connection, id: ClaimId) -> Result<Vec<MessageRow>> {
    select::<MessageRow>("WHERE claim_id = $1 ORDER BY id")
        .bind(id)
        .rows(connection)
}

/// Base steps of each line of the order that open claims about a shipment are about: all that is claimed until they are settled, as
/// they may be decided anew.
pub fn list_claimed(connection: &mut Connection, shipment_id: ShipmentId) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql("SELECT l.order_line_id, CAST(SUM(l.base_quantity) AS BIGINT) \
         FROM claims c JOIN claim_lines l ON l.claim_id = c.id WHERE c.shipment_id = $1 \
         AND c.state IN ({claim_state open}, {claim_state in_review}, {claim_state accepted}, {claim_state partly_accepted}) \
         GROUP BY l.order_line_id")
    .bind(shipment_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// Base steps of each line of the order that were made good of a shipment: what settled claims accepted, where the goods themselves
/// were claimed and what was to come instead was not called off; and goods that were credited otherwise, but not by a correction, which
/// bills them again.
pub fn list_made_good(connection: &mut Connection, shipment_id: ShipmentId) -> Result<HashMap<OrderLineId, i64>> {
    let rows = made_good(connection, shipment_id)?;
    Ok(rows.into_iter().map(|(line, all, _)| (line, all)).collect())
}

/// The same without what never came.
pub fn list_came_made_good(connection: &mut Connection, shipment_id: ShipmentId) -> Result<HashMap<OrderLineId, i64>> {
    let rows = made_good(connection, shipment_id)?;
    Ok(rows.into_iter().map(|(line, all, short)| (line, all - short)).collect())
}

/// The line, what of it was made good, and what of that as it never came.
fn made_good(connection: &mut Connection, shipment_id: ShipmentId) -> Result<Vec<(OrderLineId, i64, i64)>> {
    sql("SELECT g.order_line_id, CAST(SUM(g.base) AS BIGINT), \
         CAST(SUM(CASE WHEN g.reason = 'short' THEN g.base ELSE 0 END) AS BIGINT) FROM (\
         SELECT l.order_line_id, l.accepted_base AS base, c.kind AS reason FROM claims c \
         JOIN claim_lines l ON l.claim_id = c.id LEFT JOIN orders r ON r.id = c.replacement_id \
         WHERE c.shipment_id = $1 AND c.state = {claim_state settled} AND c.kind NOT IN ('price', 'late') \
         AND COALESCE(r.state, '') NOT {in order_states void} \
         UNION ALL SELECT b.order_line_id, l.base_quantity, n.reason \
         FROM invoices i JOIN credit_notes n ON n.invoice_id = i.id \
         JOIN credit_note_lines l ON l.credit_note_id = n.id JOIN invoice_lines b ON b.id = l.invoice_line_id \
         WHERE i.shipment_id = $1 AND l.base_quantity IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM invoice_corrections x WHERE x.credit_note_id = n.id) \
         AND NOT EXISTS (SELECT 1 FROM claims o WHERE o.credit_note_id = n.id AND o.kind NOT IN ('price', 'late'))\
         ) g GROUP BY g.order_line_id")
    .bind(shipment_id)
    .rows(connection)
}

pub fn add_message(batch: &mut Batch, message: MessageRow) -> Result<()> {
    batch.add(insertion(&[message])?);
    Ok(())
}

/// A claim goes on.
pub fn update_state(batch: &mut Batch, claim: &Claim, state: State) {
    batch.add(
        sql("UPDATE claims SET state = $3, version = version + 1 WHERE account_id = $1 AND id = $2")
            .bind(claim.account_id)
            .bind(claim.id)
            .bind(state),
    );
}

/// The supplier said something: the first time stops the clock.
pub fn update_answered(batch: &mut Batch, claim: &Claim, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE claims SET answered_at = COALESCE(answered_at, $3), version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(claim.account_id)
        .bind(claim.id)
        .bind(now),
    );
}

/// It is decided, line by line. One statement for the claim: a batch changes a row once.
pub fn update_decided(
    batch: &mut Batch,
    claim: &Claim,
    (state, lines): (State, &[ClaimLine]),
    by: &str,
    now: Timestamp,
) -> Result<()> {
    batch.add(
        sql(
            "UPDATE claims SET state = $3, answered_at = COALESCE(answered_at, $4), decided_at = $4, decided_by = $5, \
             version = version + 1 WHERE account_id = $1 AND id = $2",
        )
        .bind(claim.account_id)
        .bind(claim.id)
        .bind(state)
        .bind(now)
        .bind(by),
    );
    let row = |line: &ClaimLine| {
        let decision = line.decision.as_ref();
        (
            line.position,
            decision.map(|one| one.accepted.ordered.steps),
            decision.map(|one| one.accepted.base_steps),
            decision.and_then(|one| one.net).map(|net| net.minor),
            decision.and_then(|one| one.reason.clone()),
        )
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    batch.add(
        sql("UPDATE claim_lines SET accepted = r.accepted, accepted_base = r.base, accepted_net_minor = r.net, \
             reason = r.reason FROM {tuples $2: position integer, accepted bigint, base bigint, net bigint, reason text} r \
             WHERE claim_lines.claim_id = $1 AND claim_lines.position = r.position")
        .bind(claim.id)
        .bind(sets::json(&rows)?),
    );
    Ok(())
}

/// It is settled, and what made it good.
pub fn update_settled(
    batch: &mut Batch,
    claim: &Claim,
    (state, outcome): (State, Outcome),
    (credit_note_id, replacement_id): (Option<CreditNoteId>, Option<OrderId>),
    now: Timestamp,
) {
    batch.add(
        sql(
            "UPDATE claims SET state = $3, settled_at = $4, outcome = $5, credit_note_id = $6, replacement_id = $7, \
             version = version + 1 WHERE account_id = $1 AND id = $2",
        )
        .bind(claim.account_id)
        .bind(claim.id)
        .bind(state)
        .bind(now)
        .bind(outcome)
        .bind(credit_note_id.map(|id| id.0))
        .bind(replacement_id.map(|id| id.0)),
    );
}

pub fn update_analysis(batch: &mut Batch, claim: &Claim, analysis: &Analysis) {
    batch.add(
        sql(
            "UPDATE claims SET root_cause = $3, corrective_action = $4, action_owner = $5, action_due_on = $6, \
             verified_on = $7, version = version + 1 WHERE account_id = $1 AND id = $2",
        )
        .bind(claim.account_id)
        .bind(claim.id)
        .bind(analysis.root_cause.clone())
        .bind(analysis.corrective_action.clone())
        .bind(analysis.owner.clone())
        .bind(analysis.due_on)
        .bind(analysis.verified_on),
    );
}

fn head(row: HeadRow) -> Claim {
    let own = row.own;
    Claim {
        id: own.id,
        account_id: own.account_id,
        account: (row.code, row.name),
        order_id: own.order_id,
        order_number: row.order_number,
        po_number: row.po_number,
        ship_to: row.ship_to,
        currency: row.currency,
        shipment_id: own.shipment_id,
        shipment_number: row.shipment_number,
        invoice: row.invoiced_id.zip(row.invoice_number),
        sequence: (own.year, own.sequence),
        number: own.number,
        kind: own.kind,
        wish: own.wish,
        text: own.note,
        state: own.state,
        filed_by: own.filed_by,
        person_id: own.person_id,
        opened_at: own.opened_at,
        opened_on: own.opened_on,
        answer_by: own.answer_by,
        answered_at: own.answered_at,
        decided_at: own.decided_at,
        settled_at: own.settled_at,
        outcome: own.outcome,
        credit_note: own.credit_note_id.zip(row.credit_note_number),
        replacement: own.replacement_id.zip(row.replacement_number),
        analysis: Analysis {
            root_cause: own.root_cause,
            corrective_action: own.corrective_action,
            owner: own.action_owner,
            due_on: own.action_due_on,
            verified_on: own.verified_on,
        },
        version: own.version,
        lines: Vec::new(),
        messages: Vec::new(),
        files: Vec::new(),
    }
}

/// A message as it is read, its author by name.
pub fn message(row: MessageRow, author: Option<String>) -> Message {
    Message {
        id: row.id,
        side: row.side,
        author,
        text: row.body,
        written_at: row.written_at,
    }
}
