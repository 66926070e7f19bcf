//! Order minimums as staff see and change them.

use super::KeptMinimum;
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderMinimumId};
use crate::money::Money;
use crate::row;

row! {
    struct KeptRow from "order_minimums n JOIN accounts a ON a.id = n.account_id" {
        id: OrderMinimumId = "n.id",
        account_id: AccountId = "a.id",
        account: String = "a.code",
        name: String = "a.name",
        minimum: Money = "n.minimum_minor, a.currency",
    }
}

fn kept(row: KeptRow) -> KeptMinimum {
    KeptMinimum {
        id: row.id,
        account_id: row.account_id,
        account: row.account,
        name: row.name,
        minimum: row.minimum,
    }
}

/// At most `limit` rows, the oldest first, those behind `after`; of an account only its own.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<OrderMinimumId>,
    limit: i64,
) -> Result<Vec<KeptMinimum>> {
    let mut seek = Seek::new(connection, &selection::<KeptRow>());
    seek.of_account("n.account_id", account);
    let rows: Vec<KeptRow> = seek
        .part(["n.id"], Way::Up, "n.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    Ok(rows.into_iter().map(kept).collect())
}

pub fn find(connection: &mut Connection, id: OrderMinimumId) -> Result<Option<KeptMinimum>> {
    let found: Option<KeptRow> = select::<KeptRow>("WHERE n.id = $1").bind(id).first(connection)?;
    Ok(found.map(kept))
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: OrderMinimumId) -> Result<Option<KeptMinimum>> {
    let found: Option<KeptRow> = select::<KeptRow>("WHERE n.id = $1 {lock of n}").bind(id).first(tx)?;
    Ok(found.map(kept))
}

pub fn delete(tx: &mut Connection, id: OrderMinimumId) -> Result<()> {
    sql("DELETE FROM order_minimums WHERE id = $1")
        .bind(id)
        .run(tx)
        .map(drop)
}
