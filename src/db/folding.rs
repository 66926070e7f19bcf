//! Fills the columns in which keys stand as they are compared: after the migration that made them, and for rows that a
//! program of an older version has written since.

use std::collections::HashSet;

use super::{Connection, composed, sets, sql};
use crate::checks::Breach;
use crate::error::Result;
use crate::keys;

/// Rows filled in one transaction.
const BATCH_ROWS: i64 = 2_000;

/// A column of keys, their compared form, and within what they are unique (as text).
struct Folded {
    table: &'static str,
    key: &'static str,
    form: &'static str,
    within: &'static str,
}

const FOLDED: [Folded; 6] = [
    Folded {
        table: "accounts",
        key: "code",
        form: "code_key",
        within: "''",
    },
    Folded {
        table: "price_lists",
        key: "code",
        form: "code_key",
        within: "''",
    },
    Folded {
        table: "warehouses",
        key: "code",
        form: "code_key",
        within: "''",
    },
    Folded {
        table: "products",
        key: "sku",
        form: "sku_key",
        within: "''",
    },
    Folded {
        table: "assortment",
        key: "customer_part_number",
        form: "part_key",
        within: "CAST({}account_id AS TEXT)",
    },
    Folded {
        table: "sale_units",
        key: "unit",
        form: "unit_key",
        within: "CAST({}product_id AS TEXT) || ' ' || CAST(COALESCE({}account_id, 0) AS TEXT)",
    },
];

const ORDERS: Folded = Folded {
    table: "orders",
    key: "po_number",
    form: "po_key",
    within: "CAST({}account_id AS TEXT)",
};

const FORM: &str = "a key's compared form follows from it";
const FOUND_BY: &str = "what something is found and sorted by follows from it";

/// A column that follows from a text and need not differ from row to row.
struct Plain {
    table: &'static str,
    text: &'static str,
    form: &'static str,
    by: fn(&str) -> String,
}

const PLAIN: [Plain; 2] = [
    // What products are sorted by.
    Plain {
        table: "products",
        text: "sku",
        form: "sku_order",
        by: keys::ordered,
    },
    // What accounts are found by.
    Plain {
        table: "accounts",
        text: "code || ' ' || name",
        form: "search_text",
        by: keys::searched,
    },
];

/// Every key whose compared form is not the one that follows from it: what is typed would not find it, or a second one
/// that looks alike would be let in. Of keys from before the rule that look alike all but one have a form of their own.
pub fn check(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for folded in FOLDED.iter().chain([&ORDERS]) {
        check_one(connection, folded, &mut breaches)?;
    }
    for plain in &PLAIN {
        check_plain(connection, plain, &mut breaches)?;
    }
    Ok(breaches)
}

fn check_plain(connection: &mut Connection, plain: &Plain, breaches: &mut Vec<Breach>) -> Result<()> {
    let Plain { table, text, form, by } = plain;
    let mut last = 0;
    loop {
        let rows: Vec<(i64, String, String)> = composed(format!(
            "SELECT id, {text}, {form} FROM {table} WHERE id > $1 AND {form} IS NOT NULL ORDER BY id LIMIT $2"
        ))
        .bind(last)
        .bind(BATCH_ROWS)
        .rows(connection)?;
        let Some((id, ..)) = rows.last() else { return Ok(()) };
        last = *id;
        for (_, text, stored) in rows {
            let derived = by(&text);
            if stored != derived {
                breaches.push(Breach::differs(FOUND_BY, format!("{table} {text}"), stored, derived));
            }
        }
    }
}

fn check_one(connection: &mut Connection, folded: &Folded, breaches: &mut Vec<Breach>) -> Result<()> {
    let Folded {
        table,
        key,
        form,
        within,
    } = folded;
    let own = within.replace("{}", "");
    let mut last = 0;
    loop {
        let rows: Vec<(i64, String, String, String)> = composed(format!(
            "SELECT id, {own}, {key}, {form} FROM {table} WHERE id > $1 AND {form} IS NOT NULL AND {key} IS NOT NULL \
             ORDER BY id LIMIT $2"
        ))
        .bind(last)
        .bind(BATCH_ROWS)
        .rows(connection)?;
        let Some((id, ..)) = rows.last() else { return Ok(()) };
        last = *id;
        for (id, place, key, stored) in rows {
            let derived = keys::folded(&key);
            if stored == derived || is_taken(connection, folded, (id, &place, &derived))? {
                continue;
            }
            breaches.push(Breach::differs(FORM, format!("{table} {key}"), stored, derived));
        }
    }
}

/// True where another row has the compared form, so that this one may keep a form of its own.
fn is_taken(connection: &mut Connection, folded: &Folded, (id, place, form): (i64, &str, &str)) -> Result<bool> {
    let own = folded.within.replace("{}", "");
    composed(format!(
        "SELECT EXISTS (SELECT 1 FROM {} WHERE {} = $1 AND {own} = $2 AND id <> $3)",
        folded.table, folded.form
    ))
    .bind(form)
    .bind(place)
    .bind(id)
    .one(connection)
}

/// Fills up to a batch of keys that have no compared form yet; how many it were. Of keys that look alike only one gets
/// the compared form, the others a form that is theirs alone.
pub fn fill(tx: &mut Connection) -> Result<usize> {
    let mut filled = 0;
    for folded in &FOLDED {
        filled += fill_one(tx, folded)?;
    }
    for plain in &PLAIN {
        filled += fill_plain(tx, plain)?;
    }
    Ok(filled)
}

fn fill_one(tx: &mut Connection, folded: &Folded) -> Result<usize> {
    let Folded {
        table,
        key,
        form,
        within,
    } = folded;
    let own = within.replace("{}", "");
    let rows: Vec<(i64, String, String)> = composed(format!(
        "SELECT id, {own}, {key} FROM {table} WHERE {form} IS NULL AND {key} IS NOT NULL ORDER BY id LIMIT $1"
    ))
    .bind(BATCH_ROWS)
    .rows(tx)?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut taken = HashSet::new();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(id, place, key)| {
            let form = keys::folded(&key);
            match taken.insert((place, form.clone())) {
                true => (id, form, keys::exactly(&key)),
                false => (id, keys::exactly(&key), keys::exactly(&key)),
            }
        })
        .collect();
    let (mine, others) = (within.replace("{}", &format!("{table}.")), within.replace("{}", "o."));
    composed(format!(
        "UPDATE {table} SET {form} = CASE WHEN EXISTS (SELECT 1 FROM {table} o WHERE o.{form} = r.wanted \
         AND {others} = {mine}) THEN r.own ELSE r.wanted END \
         FROM {{tuples $1: id bigint, wanted text, own text}} r WHERE {table}.id = r.id"
    ))
    .bind(sets::json(&rows)?)
    .run(tx)
}

/// The same for forms that need not differ.
fn fill_plain(tx: &mut Connection, plain: &Plain) -> Result<usize> {
    let Plain { table, text, form, by } = plain;
    let rows: Vec<(i64, String)> = composed(format!(
        "SELECT id, {text} FROM {table} WHERE {form} IS NULL ORDER BY id LIMIT $1"
    ))
    .bind(BATCH_ROWS)
    .rows(tx)?;
    if rows.is_empty() {
        return Ok(0);
    }
    let rows: Vec<_> = rows.into_iter().map(|(id, text)| (id, by(&text))).collect();
    composed(format!(
        "UPDATE {table} SET {form} = r.form FROM {{tuples $1: id bigint, form text}} r WHERE {table}.id = r.id"
    ))
    .bind(sets::json(&rows)?)
    .run(tx)
}

/// Writes the keys of purchase order numbers anew that the rule before this one had folded otherwise: with signs beyond
/// ASCII or several blanks. One whose new key another order has keeps its old one.
pub fn refill_orders(tx: &mut Connection) -> Result<()> {
    let rows: Vec<(i64, i64, String, String)> = sql(
        "SELECT id, account_id, po_number, po_key FROM orders WHERE po_key LIKE '%  %' \
         OR {sqlite: length(CAST(po_key AS BLOB))}{postgres: octet_length(po_key)} <> length(po_key)",
    )
    .rows(tx)?;
    let mut taken = HashSet::new();
    let changed = rows.into_iter().filter_map(|(id, account_id, po_number, po_key)| {
        let form = keys::folded(&po_number);
        (form != po_key && taken.insert((account_id, form.clone()))).then_some((id, account_id, form))
    });
    let changed: Vec<_> = changed.collect();
    for some in changed.chunks(usize::try_from(BATCH_ROWS).unwrap_or(usize::MAX)) {
        sql(
            "UPDATE orders SET po_key = r.form FROM {tuples $1: id bigint, account_id bigint, form text} r \
             WHERE orders.id = r.id AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.account_id = r.account_id \
             AND o.po_key = r.form)",
        )
        .bind(sets::json(some)?)
        .run(tx)?;
    }
    Ok(())
}
