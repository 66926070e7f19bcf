//! The stored orders that orders of the file are compared with.

use std::collections::{HashMap, HashSet};

use super::{FileOrder, Key};
use crate::db::{Database, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId};
use crate::keys;
use crate::pricing::rules::Explanation;
use crate::quantity::Decimal;

/// A stored line: sku, unit, ordered quantity with its decimals, and the quantity it was rounded from.
pub(super) type StoredLine = (String, String, i64, u8, Option<String>);

/// The lines of the stored orders with these keys, cancelled ones too.
pub(super) fn stored_lines(db: &Database, keys: &[Key]) -> Result<HashMap<Key, HashMap<OrderId, Vec<StoredLine>>>> {
    type Row = (OrderId, AccountId, String, String, String, i64, i32, Option<String>);
    let mut accounts: Vec<_> = keys.iter().map(|(account_id, _)| account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let numbers: HashSet<_> = keys.iter().map(|(_, number)| number).collect();
    let (accounts, numbers) = (sets::json(&accounts)?, sets::json(&numbers)?);
    let rows: Vec<Row> = db.read_now(|connection| {
        sql(
            "SELECT o.id, o.account_id, o.po_key, l.sku, l.unit, l.quantity, l.unit_decimals, \
             CASE WHEN l.explanation LIKE '%\"asked_quantity\"%' THEN l.explanation END FROM orders o {cross} order_lines l ON l.order_id = o.id WHERE o.account_id {in ids $1} AND o.po_key {in texts $2} \
             AND l.base_quantity > 0",
        )
        .bind(accounts.as_str())
        .bind(numbers.as_str())
        .rows(connection)
    })?;
    let mut stored = HashMap::<Key, HashMap<OrderId, Vec<StoredLine>>>::new();
    for (order_id, account_id, number, sku, unit, quantity, decimals, explanation) in rows {
        let explanation = explanation.map(|text| serde_json::from_str::<Explanation>(&text));
        let explanation = explanation.transpose().map_err(Error::internal)?;
        let decimals = u8::try_from(decimals).map_err(Error::internal)?;
        let orders = stored.entry((account_id, number)).or_default();
        let lines = orders.entry(order_id).or_default();
        let asked = explanation.and_then(|explanation| explanation.asked_quantity);
        lines.push((sku, unit, quantity, decimals, asked));
    }
    Ok(stored)
}

/// True if the order has the stored lines by sku, unit and numeric quantity, in whatever order. Of a line that was rounded the
/// quantity that was asked for counts, too.
pub(super) fn is_same(order: &FileOrder, stored: &[StoredLine]) -> bool {
    let mut open: Vec<_> = stored.iter().collect();
    let same = order.request.lines.iter().all(|requested| {
        let line = &requested.line;
        let wanted = Decimal::parse(&line.quantity);
        let is_line = |(sku, unit, quantity, decimals, asked): &StoredLine| {
            let is_asked = || asked.as_ref().is_some_and(|asked| Decimal::parse(asked) == wanted);
            line.key.text() == *sku
                && line.unit.as_ref().is_some_and(|given| keys::same(given, unit))
                && (wanted.and_then(|value| value.scaled(*decimals)) == Ok(*quantity) || is_asked())
        };
        let found = open.iter().position(|stored| is_line(stored));
        found.map(|index| open.swap_remove(index)).is_some()
    });
    same && open.is_empty()
}
