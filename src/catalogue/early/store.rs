//! Early access as staff see and change it.

use chrono::NaiveDate;

use super::rules::{EarlyAccess, What, Whose};
use crate::accounts::rules::Tier;
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, EarlyAccessId, ProductId};
use crate::row;

row! {
    struct EarlyRow from "early_access e LEFT JOIN products p ON p.id = e.product_id LEFT JOIN accounts a ON a.id = e.account_id" {
        id: EarlyAccessId = "e.id",
        product_id: Option<ProductId> = "e.product_id",
        sku: Option<String> = "p.sku",
        category: Option<String> = "e.category",
        account_id: Option<AccountId> = "e.account_id",
        account: Option<String> = "a.code",
        tier: Option<Tier> = "e.tier",
        from_day: NaiveDate = "e.from_day",
    }
}

fn early(row: EarlyRow) -> Result<EarlyAccess> {
    let what = match (row.product_id.zip(row.sku), row.category) {
        (Some((id, sku)), None) => What::Article { id, sku },
        (None, Some(category)) => What::Category(category),
        _ => return Err(Error::internal(format!("{} is of an article or of a category", row.id))),
    };
    let whose = match (row.account_id.zip(row.account), row.tier) {
        (Some((id, code)), _) => Whose::Account { id, code },
        (None, Some(tier)) => Whose::Tier(tier),
        (None, None) => Whose::Everybody,
    };
    Ok(EarlyAccess {
        id: row.id,
        what,
        whose,
        from: row.from_day,
    })
}

/// At most `limit` rows, the oldest first, those behind `after`; of an account only those that name it.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<EarlyAccessId>,
    limit: i64,
) -> Result<Vec<EarlyAccess>> {
    let mut seek = Seek::new(connection, &selection::<EarlyRow>());
    seek.of_account("e.account_id", account);
    let rows: Vec<EarlyRow> = seek
        .part(["e.id"], Way::Up, "e.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    rows.into_iter().map(early).collect()
}

pub fn find(connection: &mut Connection, id: EarlyAccessId) -> Result<Option<EarlyAccess>> {
    let found: Option<EarlyRow> = select::<EarlyRow>("WHERE e.id = $1").bind(id).first(connection)?;
    found.map(early).transpose()
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: EarlyAccessId) -> Result<Option<EarlyAccess>> {
    let found: Option<EarlyRow> = select::<EarlyRow>("WHERE e.id = $1 {lock of e}").bind(id).first(tx)?;
    found.map(early).transpose()
}

pub fn delete(tx: &mut Connection, id: EarlyAccessId) -> Result<()> {
    sql("DELETE FROM early_access WHERE id = $1").bind(id).run(tx).map(drop)
}

pub fn update_day(tx: &mut Connection, id: EarlyAccessId, from: NaiveDate) -> Result<()> {
    sql("UPDATE early_access SET from_day = $2 WHERE id = $1")
        .bind(id)
        .bind(from)
        .run(tx)
        .map(drop)
}
