//! Discounts as staff see and change them.

use chrono::NaiveDate;

use super::KeptDiscount;
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sql};
use crate::error::Result;
use crate::ids::{AccountId, DiscountId};
use crate::names::sets::OrderClass;
use crate::pricing::rules::discounts::{DiscountKind, DiscountMode};
use crate::pricing::store::validity;
use crate::row;

row! {
    struct KeptRow from "discounts d LEFT JOIN accounts a ON a.id = d.account_id" {
        id: DiscountId = "d.id",
        code: String = "d.code",
        name: String = "d.name",
        position: i32 = "d.position",
        kind: DiscountKind = "d.kind",
        value: i64 = "d.value",
        mode: DiscountMode = "d.mode",
        account_id: Option<AccountId> = "d.account_id",
        account: Option<String> = "a.code",
        category: Option<String> = "d.category",
        order_class: Option<OrderClass> = "d.order_class",
        currency: Option<String> = "d.currency",
        valid_from: NaiveDate = "d.valid_from",
        valid_to: NaiveDate = "d.valid_to",
    }
}

fn kept(row: KeptRow) -> KeptDiscount {
    KeptDiscount {
        id: row.id,
        code: row.code,
        name: row.name,
        position: row.position,
        kind: row.kind,
        value: row.value,
        mode: row.mode,
        account: row.account_id.zip(row.account),
        category: row.category,
        order_class: row.order_class,
        currency: row.currency,
        validity: validity(row.valid_from, row.valid_to),
    }
}

/// At most `limit` discounts, the oldest first, those behind `after`; of an account only those that name it.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<DiscountId>,
    limit: i64,
) -> Result<Vec<KeptDiscount>> {
    let mut seek = Seek::new(connection, &selection::<KeptRow>());
    seek.of_account("d.account_id", account);
    let rows: Vec<KeptRow> = seek
        .part(["d.id"], Way::Up, "d.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    Ok(rows.into_iter().map(kept).collect())
}

pub fn find(connection: &mut Connection, id: DiscountId) -> Result<Option<KeptDiscount>> {
    let found: Option<KeptRow> = select::<KeptRow>("WHERE d.id = $1").bind(id).first(connection)?;
    Ok(found.map(kept))
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: DiscountId) -> Result<Option<KeptDiscount>> {
    let found: Option<KeptRow> = select::<KeptRow>("WHERE d.id = $1 {lock of d}").bind(id).first(tx)?;
    Ok(found.map(kept))
}

pub fn delete(tx: &mut Connection, id: DiscountId) -> Result<()> {
    sql("DELETE FROM discounts WHERE id = $1").bind(id).run(tx).map(drop)
}
