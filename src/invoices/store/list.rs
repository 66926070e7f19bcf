//! The list of invoices: whoever asks, any filter, by the day of issue or the day they are due.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rows::{self, OpenRow};
use crate::binds;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, patterns, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId};
use crate::invoices::rules::listing::{Filter, Keys, Sort};
use crate::invoices::rules::{Invoice, State};
use crate::keys;
use crate::money::Money;

/// At most `limit` heads of invoices behind `after`.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    after: impl Into<Walk<Keys>>,
    limit: i64,
) -> Result<Vec<Invoice>> {
    let walk = after.into();
    let is_walked = walk.among().is_none();
    let mut seek = if filter.is_unpaid() || sort.is_by_due() {
        unpaid(connection, scope, filter, (sort, is_walked))
    } else {
        issued(connection, scope, filter, is_walked)
    };
    narrow(&mut seek, scope, filter);
    let way = if sort.is_ascending() { Way::Up } else { Way::Down };
    let statement = if sort.is_by_due() {
        let walk = walk.map(|keys| binds![keys.due_on, keys.id]);
        seek.part(["o.due_on", "o.invoice_id"], way, "o.invoice_id", walk, limit)?
    } else if filter.is_unpaid() {
        // Ids grow with the days of issue.
        let walk = walk.map(|keys| binds![keys.id]);
        seek.part(["o.invoice_id"], way, "o.invoice_id", walk, limit)?
    } else {
        let walk = walk.map(|keys| binds![keys.issued_on, keys.id]);
        seek.part(["i.issued_on", "i.id"], way, "i.id", walk, limit)?
    };
    let ids: Vec<InvoiceId> = statement.rows(connection)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = select::<OpenRow>("WHERE i.id {in ids $1}")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let found = found.into_iter().map(rows::invoice);
    let mut found: HashMap<_, _> = found
        .map(|invoice| invoice.map(|invoice| (invoice.id, invoice)))
        .collect::<Result<_>>()?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// From what is open to its invoices: few items are, and they have indexes of their own.
fn unpaid(connection: &Connection, scope: Scope, filter: &Filter, (sort, is_walked): (Sort, bool)) -> Seek {
    let index = match (filter.order_id, scope) {
        (Some(_), _) => "open_items_of_order",
        (None, scope) if scope != Scope::All || filter.account.is_some() => "open_items_due",
        _ if sort.is_by_due() => "open_items_due_of_all",
        _ => "open_items_unpaid",
    };
    let index = indexed(is_walked, index);
    let select = format!("SELECT o.invoice_id FROM open_items o {index} {{cross}} invoices i ON i.id = o.invoice_id");
    let mut seek = Seek::new(connection, &select);
    seek.and("o.open_minor > 0", []);
    seek.and_if("o.account_id = $1", scope.account_id());
    seek.and_if("o.order_id = $1", filter.order_id);
    seek.and_if("o.due_on >= $1", filter.due_from);
    seek.and_if("o.due_on <= $1", filter.due_to);
    match filter.state {
        Some(State::Open) => seek.and("o.open_minor = i.gross_minor", []),
        Some(State::PartPaid) => seek.and("o.open_minor < i.gross_minor", []),
        Some(State::Paid) => seek.and("1 = 0", []),
        None => {}
    }
    seek.of_account("o.account_id", filter.account.as_deref());
    seek
}

/// Along which index a list is walked; rows that are named are found by their ids.
fn indexed(is_walked: bool, index: &str) -> String {
    match is_walked {
        true => format!("{{indexed {index}}}"),
        false => String::new(),
    }
}

fn issued(connection: &Connection, scope: Scope, filter: &Filter, is_walked: bool) -> Seek {
    let index = match (filter.order_id, scope) {
        (Some(_), _) => "invoices_of_order",
        (None, scope) if scope != Scope::All || filter.account.is_some() => "invoices_by_day",
        _ => "invoices_by_issue",
    };
    let select = format!("SELECT i.id FROM invoices i {}", indexed(is_walked, index));
    let mut seek = Seek::new(connection, &select);
    seek.and_if("i.account_id = $1", scope.account_id());
    seek.and_if("i.order_id = $1", filter.order_id);
    if filter.state == Some(State::Paid) {
        seek.and(
            "EXISTS (SELECT 1 FROM open_items o WHERE o.invoice_id = i.id AND o.open_minor = 0)",
            [],
        );
    }
    seek.of_account("i.account_id", filter.account.as_deref());
    seek
}

/// What is asked of the invoice itself.
fn narrow(seek: &mut Seek, scope: Scope, filter: &Filter) {
    seek.and_if("i.issued_on >= $1", filter.from);
    seek.and_if("i.issued_on <= $1", filter.to);
    let Some(text) = &filter.text else { return };
    let (number, part) = (patterns::number(text), text.trim().to_lowercase());
    match scope {
        Scope::Account(_) => seek.and(
            "(i.order_number = $1 OR {position}(lower(i.number), $2) > 0 OR {position}(lower(i.po_number), $2) > 0)",
            binds![number, part],
        ),
        // Accounts that have the text are looked for once, not for each invoice.
        Scope::All => seek.and(
            "(i.order_number = $1 OR {position}(lower(i.number), $2) > 0 OR {position}(lower(i.po_number), $2) > 0 \
             OR i.account_id IN (SELECT a.id FROM accounts a WHERE {position}(a.search_text, $3) > 0))",
            binds![number, part, keys::searched(text.trim())],
        ),
    }
}

/// How many invoices the account has; beyond `count_max` it counts no further.
pub fn count(connection: &mut Connection, account_id: AccountId, count_max: i64) -> Result<i64> {
    sql("SELECT count(*) FROM (SELECT 1 FROM invoices WHERE account_id = $1 LIMIT $2) AS found")
        .bind(account_id)
        .bind(count_max + 1)
        .one(connection)
}

/// The payments that settled the account's invoice: when, what the payer wrote, how much.
pub fn list_settlements(
    connection: &mut Connection,
    account_id: AccountId,
    invoice: &Invoice,
) -> Result<Vec<(NaiveDate, Option<String>, Money)>> {
    let rows: Vec<(NaiveDate, Option<String>, i64)> = sql(
        "SELECT p.received_on, p.reference, CAST(SUM(a.amount_minor) AS BIGINT) FROM payment_applications a \
         JOIN payments p ON p.id = a.payment_id WHERE p.account_id = $1 AND a.invoice_id = $2 \
         GROUP BY p.id, p.received_on, p.reference HAVING SUM(a.amount_minor) <> 0 ORDER BY p.received_on, p.id",
    )
    .bind(account_id)
    .bind(invoice.id)
    .rows(connection)?;
    let settled = |(on, reference, minor)| (on, reference, Money::new(minor, invoice.currency));
    Ok(rows.into_iter().map(settled).collect())
}
