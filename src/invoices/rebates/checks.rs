//! Rebates are credited as they were agreed, on invoices of their account and days, and a day has one unless it was paid again.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use serde::Serialize;

use super::rules::{Range, range};
use super::store::Head;
use crate::checks::Breach;
use crate::clock::Timestamp;
use crate::db::sets::{self, json};
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::RebateId;
use crate::money::Money;

/// Longer than one transaction waits for another: what was issued so near to a rebate may have come before it or after.
const NEAR: TimeDelta = TimeDelta::minutes(2);

/// Everything about rebates that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (check, statement) in DIFFERENCES {
        let rows: Vec<(RebateId, i64, i64)> = sql(statement).rows(connection)?;
        let breach =
            |(id, stored, derived): (RebateId, i64, i64)| Breach::differs(check, id.to_string(), stored, derived);
        breaches.extend(rows.into_iter().map(breach));
    }
    breaches.extend(percentages(connection)?);
    Ok(breaches)
}

/// Rebate, what is stored, what it should be: where they differ.
const DIFFERENCES: [(&str, &str); 3] = [
    (
        "a rebate of an amount is what its credit notes come to",
        "SELECT r.id, r.net_minor, CAST(COALESCE(c.net, 0) AS BIGINT) FROM rebates r \
         LEFT JOIN (SELECT rebate_id, SUM(net_minor) AS net FROM credit_notes WHERE rebate_id IS NOT NULL \
         GROUP BY rebate_id) c ON c.rebate_id = r.id \
         WHERE r.net_minor IS NOT NULL AND r.net_minor <> COALESCE(c.net, 0) ORDER BY r.id",
    ),
    (
        "a rebate is credited on invoices of its account and days",
        "SELECT r.id, CAST(COUNT(*) AS BIGINT), CAST(0 AS BIGINT) FROM rebates r JOIN credit_notes c ON c.rebate_id = r.id \
         JOIN invoices i ON i.id = c.invoice_id WHERE c.account_id <> r.account_id OR i.currency <> r.currency \
         OR c.reason <> 'rebate' OR i.issued_on < r.issued_from OR i.issued_on > r.issued_to GROUP BY r.id ORDER BY r.id",
    ),
    (
        "for a day a rebate is paid once unless it is paid again",
        "SELECT r.id, CAST(COUNT(*) AS BIGINT), CAST(0 AS BIGINT) FROM rebates r JOIN rebates b \
         ON b.account_id = r.account_id AND b.id < r.id AND b.issued_from <= r.issued_to AND b.issued_to >= r.issued_from \
         WHERE NOT r.again AND NOT b.again GROUP BY r.id ORDER BY r.id",
    ),
];

/// A rebate of a percentage and when others surely came before it, and surely after.
#[derive(Serialize)]
struct Window {
    id: RebateId,
    #[serde(serialize_with = "sets::timestamp")]
    early: Timestamp,
    #[serde(serialize_with = "sets::timestamp")]
    late: Timestamp,
}

/// A percentage is of what was left of each tax rate.
fn percentages(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rebates: Vec<Head> = select::<Head>("WHERE percent_ppm IS NOT NULL ORDER BY id").rows(connection)?;
    let windows = rebates.iter().map(|rebate| Window {
        id: rebate.id,
        early: rebate.created_at - NEAR,
        late: rebate.created_at + NEAR,
    });
    let windows = json(&windows.collect::<Vec<_>>())?;
    let credited: Vec<(RebateId, i64)> = sql(
        "SELECT rebate_id, CAST(SUM(net_minor) AS BIGINT) FROM credit_notes WHERE rebate_id IS NOT NULL GROUP BY rebate_id",
    )
    .rows(connection)?;
    let credited: HashMap<_, _> = credited.into_iter().collect();
    let mut left: BTreeMap<RebateId, Vec<Range>> = BTreeMap::new();
    for (id, least, most) in bases(connection, windows)? {
        left.entry(id).or_default().push(Range { least, most });
    }
    let breach = |rebate: &Head| {
        let ppm = rebate.percent_ppm?;
        let stored = credited.get(&rebate.id).copied().unwrap_or_default();
        let wanted = left.get(&rebate.id).map_or(&[][..], Vec::as_slice);
        let wanted = range(wanted, ppm)?;
        let amount = |minor| Money::new(minor, rebate.currency);
        (stored == 0 || stored < wanted.least || stored > wanted.most).then(|| Breach {
            check: "a rebate of a percentage is of what was left of its days",
            object: rebate.id.to_string(),
            detail: format!(
                "{} credited, derived {} to {}",
                amount(stored),
                amount(wanted.least),
                amount(wanted.most)
            ),
        })
    };
    Ok(rebates.iter().filter_map(breach).collect())
}

/// The rebate, and for each of its tax rates what was left at least and at most.
fn bases(connection: &mut Connection, windows: String) -> Result<Vec<(RebateId, i64, i64)>> {
    sql("SELECT w.id, CAST(SUM(CASE WHEN i.issued_at < w.early THEN l.net_minor - COALESCE(k.maybe, 0) ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN i.issued_at <= w.late THEN l.net_minor - COALESCE(k.surely, 0) ELSE 0 END) AS BIGINT) \
         FROM {rows $1: id bigint, early timestamp, late timestamp} w JOIN rebates r ON r.id = w.id \
         JOIN invoices i ON i.account_id = r.account_id AND i.issued_on >= r.issued_from AND i.issued_on <= r.issued_to \
         JOIN invoice_lines l ON l.invoice_id = i.id LEFT JOIN (SELECT v.id AS window_id, g.invoice_line_id, \
         SUM(CASE WHEN n.issued_at <= v.late THEN g.net_minor ELSE 0 END) AS maybe, \
         SUM(CASE WHEN n.issued_at < v.early THEN g.net_minor ELSE 0 END) AS surely \
         FROM {rows $1: id bigint, early timestamp, late timestamp} v JOIN rebates b ON b.id = v.id \
         JOIN credit_notes n ON n.account_id = b.account_id JOIN credit_note_lines g ON g.credit_note_id = n.id \
         WHERE n.rebate_id IS NULL OR n.rebate_id <> b.id GROUP BY v.id, g.invoice_line_id) k \
         ON k.window_id = w.id AND k.invoice_line_id = l.id \
         GROUP BY w.id, l.tax_category, l.tax_rate_ppm ORDER BY w.id")
    .bind(windows)
    .rows(connection)
}
