//! What a sandbox knows of days and of what is kept: the calendars of the supplier and of the account's sites, what is expected of
//! its articles, its quotas. Warehouses are none of an account's business, so theirs stay out: all goods of a sandbox lie in one of
//! its own, which goes by the supplier's calendar.

use crate::db::{Connection, composed};
use crate::error::Result;
use crate::ids::{AccountId, SandboxId};

/// Takes over what is so now; `there` stands before the names of the portal's tables.
pub(super) fn take_over(tx: &mut Connection, there: &str, (id, account_id): (SandboxId, AccountId)) -> Result<()> {
    calendars(tx, there)?;
    quotas(tx, there, account_id)?;
    expected(tx, there, id)
}

fn run(tx: &mut Connection, text: String) -> Result<()> {
    composed(text).run(tx).map(drop)
}

/// All of them anew: nothing but their days off belongs to them.
fn calendars(tx: &mut Connection, there: &str) -> Result<()> {
    run(tx, "DELETE FROM holidays".to_owned())?;
    run(tx, "DELETE FROM calendars".to_owned())?;
    let columns = "id, code, code_key, warehouse_id, site_id, weekdays, cut_off, transit_days";
    run(
        tx,
        format!(
            "INSERT INTO calendars ({columns}) SELECT {columns} FROM {there}calendars WHERE warehouse_id IS NULL \
             AND (site_id IS NULL OR site_id IN (SELECT id FROM sites))"
        ),
    )?;
    run(
        tx,
        format!(
            "INSERT INTO holidays (calendar_id, day) SELECT calendar_id, day FROM {there}holidays \
             WHERE calendar_id IN (SELECT id FROM calendars)"
        ),
    )
}

/// Those that are kept for the account or for its tier; what was drawn of them in the sandbox stays drawn.
fn quotas(tx: &mut Connection, there: &str, account_id: AccountId) -> Result<()> {
    let which = format!(
        "(account_id = {id} OR tier = (SELECT tier FROM accounts WHERE id = {id})) \
         AND (product_id IS NULL OR product_id IN (SELECT id FROM products))",
        id = account_id.0
    );
    let gone = format!("NOT IN (SELECT id FROM {there}quotas WHERE {which})");
    run(tx, format!("DELETE FROM quota_uses WHERE quota_id {gone}"))?;
    run(tx, format!("DELETE FROM quotas WHERE id {gone}"))?;
    let columns =
        "id, code, product_id, category, account_id, tier, period, quantity_micros, released_after_days, freed_until";
    run(
        tx,
        format!(
            "INSERT INTO quotas ({columns}) SELECT {columns} FROM {there}quotas WHERE {which} ON CONFLICT (id) DO UPDATE SET \
             code = excluded.code, period = excluded.period, quantity_micros = excluded.quantity_micros, \
             released_after_days = excluded.released_after_days, freed_until = excluded.freed_until"
        ),
    )
}

/// What is confirmed and still to come, into the sandbox's warehouse. Nothing comes there, so nothing has come; what lines of the
/// sandbox were promised stays as it was. What comes under one reference into several warehouses is told apart by a number behind it.
fn expected(tx: &mut Connection, there: &str, id: SandboxId) -> Result<()> {
    run(
        tx,
        "DELETE FROM expected_receipts WHERE received = 0 AND NOT EXISTS (SELECT 1 FROM order_line_promises p \
         WHERE p.expected_receipt_id = expected_receipts.id)"
            .to_owned(),
    )?;
    let before = format!(
        "(SELECT COUNT(*) FROM {there}expected_receipts b WHERE b.product_id = e.product_id AND b.reference_key = e.reference_key \
         AND b.id < e.id)"
    );
    let apart = format!("CASE {before} WHEN 0 THEN '' ELSE ' (' || CAST({before} + 1 AS TEXT) || ')' END");
    composed(format!(
        "INSERT INTO expected_receipts (id, reference, reference_key, warehouse_id, product_id, quantity, received, expected_on, \
         supplier, confirmed, state, version) SELECT e.id, e.reference || {apart}, e.reference_key || {apart}, $1, e.product_id, \
         e.quantity - e.received, 0, e.expected_on, NULL, e.confirmed, e.state, 1 FROM {there}expected_receipts e \
         WHERE e.state = {{expected_receipt_state open}} AND e.confirmed AND e.quantity > e.received AND e.product_id IN (SELECT id FROM products) \
         AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.product_id = e.product_id AND l.backordered > 0) \
         ON CONFLICT DO NOTHING"
    ))
    .bind(id.0)
    .run(tx)
    .map(drop)
}
