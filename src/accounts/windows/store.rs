//! Delivery windows as they are stored. Every query takes the account.

use std::collections::HashMap;

use super::rules::Window;
use crate::db::{Connection, insert, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, DeliveryWindowId, SiteId};
use crate::row;

row! {
    #[derive(Debug)]
    struct WindowRow in delivery_windows {
        id: DeliveryWindowId,
        site_id: SiteId,
        account_id: AccountId,
        weekday: i32,
        from_minute: i32,
        to_minute: i32,
    }
}

fn window(row: &WindowRow) -> Window {
    Window {
        weekday: row.weekday,
        from: row.from_minute,
        to: row.to_minute,
    }
}

/// When a site of the account takes goods in, Monday first.
pub fn of_site(connection: &mut Connection, account_id: AccountId, site_id: SiteId) -> Result<Vec<Window>> {
    let rows: Vec<WindowRow> =
        select::<WindowRow>("WHERE account_id = $1 AND site_id = $2 ORDER BY weekday, from_minute")
            .bind(account_id)
            .bind(site_id)
            .rows(connection)?;
    Ok(rows.iter().map(window).collect())
}

/// When these sites take goods in, whosever they are: for staff.
pub fn list_of_sites(connection: &mut Connection, ids: &[SiteId]) -> Result<HashMap<SiteId, Vec<Window>>> {
    let mut windows: HashMap<SiteId, Vec<Window>> = HashMap::new();
    if ids.is_empty() {
        return Ok(windows);
    }
    let rows: Vec<WindowRow> = select::<WindowRow>("WHERE site_id {in ids $1} ORDER BY site_id, weekday, from_minute")
        .bind(sets::json(ids)?)
        .rows(connection)?;
    for row in &rows {
        windows.entry(row.site_id).or_default().push(window(row));
    }
    Ok(windows)
}

/// All windows of a site anew. The old ones go with a statement of their own, before the new ones come.
pub fn replace(tx: &mut Connection, (account_id, site_id): (AccountId, SiteId), windows: &[Window]) -> Result<()> {
    sql("DELETE FROM delivery_windows WHERE account_id = $1 AND site_id = $2")
        .bind(account_id)
        .bind(site_id)
        .run(tx)?;
    let row = |window: &Window| WindowRow {
        id: DeliveryWindowId::new(),
        site_id,
        account_id,
        weekday: window.weekday,
        from_minute: window.from,
        to_minute: window.to,
    };
    let rows: Vec<_> = windows.iter().map(row).collect();
    match rows.is_empty() {
        true => Ok(()),
        false => insert(tx, &rows),
    }
}

/// Marks what the account is promised of expected goods: a worker promises it again, for days on which its sites take goods in.
pub fn mark_promises(tx: &mut Connection, account_id: AccountId) -> Result<()> {
    sql(
        "INSERT INTO promises_due (product_id) SELECT DISTINCT p.product_id FROM order_line_promises p \
         JOIN order_lines l ON l.id = p.order_line_id JOIN orders o ON o.id = l.order_id WHERE o.account_id = $1 \
         ORDER BY p.product_id ON CONFLICT (product_id) DO UPDATE SET product_id = excluded.product_id",
    )
    .bind(account_id)
    .run(tx)
    .map(drop)
}
