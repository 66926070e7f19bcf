//! Entitlements, and what accounts used of them.

use crate::accounts::rules::Tier;
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, EntitlementId};
use crate::names::sets::OrderClass;
use crate::orders::entitlements::rules::{Entitlement, Facts, Grant, Month};
use crate::row;

row! {
    struct EntitlementRow from "entitlements e LEFT JOIN accounts a ON a.id = e.account_id" {
        id: EntitlementId = "e.id",
        account: Option<String> = "a.code",
        account_id: Option<AccountId> = "e.account_id",
        tier: Option<Tier> = "e.tier",
        order_class: OrderClass = "e.order_class",
        per_month: Option<i64> = "e.per_month",
        lines_max: Option<i64> = "e.lines_max",
    }
}

fn entitlement(row: EntitlementRow) -> Entitlement {
    Entitlement {
        id: row.id,
        account: row.account,
        account_id: row.account_id,
        tier: row.tier,
        order_class: row.order_class,
        grant: Grant {
            per_month: row.per_month,
            lines_max: row.lines_max,
        },
    }
}

/// At most `limit` entitlements, the oldest first, those behind `after`; of an account only its own.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<EntitlementId>,
    limit: i64,
) -> Result<Vec<Entitlement>> {
    let mut seek = Seek::new(connection, &selection::<EntitlementRow>());
    seek.of_account("e.account_id", account);
    let rows: Vec<EntitlementRow> = seek
        .part(["e.id"], Way::Up, "e.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    Ok(rows.into_iter().map(entitlement).collect())
}

pub fn find(connection: &mut Connection, id: EntitlementId) -> Result<Option<Entitlement>> {
    let found: Option<EntitlementRow> = select::<EntitlementRow>("WHERE e.id = $1").bind(id).first(connection)?;
    Ok(found.map(entitlement))
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: EntitlementId) -> Result<Option<Entitlement>> {
    let found: Option<EntitlementRow> = select::<EntitlementRow>("WHERE e.id = $1 {lock of e}")
        .bind(id)
        .first(tx)?;
    Ok(found.map(entitlement))
}

pub fn delete(tx: &mut Connection, id: EntitlementId) -> Result<()> {
    sql("DELETE FROM entitlements WHERE id = $1").bind(id).run(tx).map(drop)
}

/// Class, whether anybody is entitled to it, the account's own entitlement, that of its tier, and what the account used.
type Row = (
    OrderClass,
    i64,
    Option<EntitlementId>,
    Option<i64>,
    Option<i64>,
    Option<EntitlementId>,
    Option<i64>,
    Option<i64>,
    i64,
);

/// For each of these classes what is known of the account, and how many of its orders in the month count. Orders that were
/// cancelled or rejected, and goods once more without charge, don't.
pub fn list_facts(
    connection: &mut Connection,
    (account_id, tier): (AccountId, Tier),
    classes: &[OrderClass],
    month: &Month,
) -> Result<Vec<(OrderClass, Facts, i64)>> {
    let names: Vec<_> = classes.iter().map(|class| class.name()).collect();
    let rows: Vec<Row> = sql(
        "SELECT c.value, (SELECT COUNT(*) FROM (SELECT 1 FROM entitlements e WHERE e.order_class = c.value LIMIT 1) known), \
         own.id, own.per_month, own.lines_max, t.id, t.per_month, t.lines_max, \
         (SELECT COUNT(*) FROM orders o WHERE o.account_id = $2 AND o.order_class = c.value AND o.order_class <> 'standard' \
         AND o.placed_at >= $4 AND o.placed_at < $5 AND o.state NOT IN ({order_state cancelled}, {order_state rejected}) \
         AND (o.source IS NULL OR o.source <> 'claim')) \
         FROM {texts $1} c \
         LEFT JOIN entitlements own ON own.account_id = $2 AND own.order_class = c.value \
         LEFT JOIN entitlements t ON t.tier = $3 AND t.order_class = c.value ORDER BY c.key",
    )
    .bind(sets::json(&names)?)
    .bind(account_id)
    .bind(tier.name())
    .bind(month.from)
    .bind(month.until)
    .rows(connection)?;
    let facts = |row: Row| {
        let (order_class, any, own, own_per_month, own_lines_max, of_tier, tier_per_month, tier_lines_max, used) = row;
        let facts = Facts {
            is_granted_to_any: any > 0,
            own: own.map(|_| Grant {
                per_month: own_per_month,
                lines_max: own_lines_max,
            }),
            of_tier: of_tier.map(|_| Grant {
                per_month: tier_per_month,
                lines_max: tier_lines_max,
            }),
        };
        (order_class, facts, used)
    };
    Ok(rows.into_iter().map(facts).collect())
}
