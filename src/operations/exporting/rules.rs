//! A row as somebody outside reads it: ids as REST has them, moments in RFC 3339.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use serde_json::Value;

use crate::ids::encode;

/// Tables and the columns that name their rows, with what stands before their ids outside.
const PREFIXES: &[(&str, &str)] = &[
    ("accounts", "acc"),
    ("actings", "act"),
    ("assortment", "asm"),
    ("audit_entries", "aud"),
    ("bank_entries", "bke"),
    ("bulk_jobs", "job"),
    ("calendars", "cal"),
    ("claim_files", "clf"),
    ("claim_messages", "clg"),
    ("claims", "clm"),
    ("clients", "cli"),
    ("client_secrets", "cls"),
    ("commitments", "cmt"),
    ("contacts", "con"),
    ("contracts", "ctr"),
    ("credit_notes", "crn"),
    ("delivery_proofs", "dpr"),
    ("delivery_windows", "dwn"),
    ("discounts", "dsc"),
    ("draft_lines", "dln"),
    ("drafts", "drf"),
    ("early_access", "eac"),
    ("entitlements", "ent"),
    ("erasures", "era"),
    ("events", "evt"),
    ("expected_receipts", "exp"),
    ("invitations", "ivt"),
    ("invoice_lines", "inl"),
    ("invoices", "inv"),
    ("ledger_entries", "led"),
    ("messages", "msg"),
    ("order_changes", "och"),
    ("order_lines", "lin"),
    ("order_minimums", "omn"),
    ("orders", "ord"),
    ("packages", "pkg"),
    ("packings", "pck"),
    ("passkeys", "psk"),
    ("payment_promises", "ptp"),
    ("payments", "pay"),
    ("people", "per"),
    ("margin_floors", "mfl"),
    ("price_change_rows", "pcr"),
    ("price_changes", "pch"),
    ("price_lists", "lst"),
    ("prices", "prc"),
    ("product_costs", "cst"),
    ("products", "prd"),
    ("punchout_documents", "pod"),
    ("punchout_sessions", "pos"),
    ("punchout_shoppers", "psh"),
    ("quotas", "quo"),
    ("rebate_agreements", "rba"),
    ("rebate_settlements", "rbs"),
    ("rebates", "rbt"),
    ("receipts", "rcp"),
    ("refunds", "rfd"),
    ("reminder_runs", "rmr"),
    ("reminders", "rem"),
    ("returns", "ret"),
    ("sale_units", "unt"),
    ("sandboxes", "sbx"),
    ("saved_views", "viw"),
    ("sessions", "ses"),
    ("shipment_lines", "shl"),
    ("shipments", "shp"),
    ("sites", "sit"),
    ("substitute_proposals", "prp"),
    ("substitutes", "sub"),
    ("statement_mailings", "stm"),
    ("team_members", "tmm"),
    ("warehouses", "whs"),
    ("webhook_deliveries", "whd"),
    ("webhook_endpoints", "whe"),
    ("write_offs", "wof"),
];

/// Columns that are called otherwise than the table whose rows they name.
const CALLED: &[(&str, &str)] = &[
    ("placed_by", "people"),
    ("owner_id", "people"),
    ("changed_by", "people"),
    ("invited_by", "people"),
    ("person_id", "people"),
    ("deputy_id", "people"),
    ("started_by", "people"),
    ("exclusive_account_id", "accounts"),
    ("replacement_id", "orders"),
    ("takes_back_id", "bank_entries"),
    ("run_id", "reminder_runs"),
    ("endpoint_id", "webhook_endpoints"),
    ("agreement_id", "rebate_agreements"),
    ("shopper_id", "punchout_shoppers"),
];

/// What stands before the ids in a column; nothing where it holds none that has an outside form.
pub fn prefix_of(table: &str, column: &str) -> Option<&'static str> {
    let of = |table: &str| {
        PREFIXES
            .iter()
            .find(|(name, _)| *name == table)
            .map(|(_, prefix)| *prefix)
    };
    if column == "id" {
        return of(table);
    }
    if let Some((_, table)) = CALLED.iter().find(|(name, _)| *name == column) {
        return of(table);
    }
    let stem = column.strip_suffix("_id")?;
    of(&format!("{stem}s")).or_else(|| of(stem))
}

/// Writes a value as it is outside.
pub fn outside(prefix: Option<&str>, column: &str, value: &mut Value) {
    match (prefix, &*value) {
        (Some(prefix), Value::Number(number)) => {
            if let Some(number) = number.as_i64() {
                *value = Value::String(format!("{prefix}_{}", encode(number)));
            }
        }
        (None, Value::String(text)) if is_moment(column) => {
            if let Some(moment) = moment(text) {
                *value = Value::String(moment);
            }
        }
        _ => {}
    }
}

fn is_moment(column: &str) -> bool {
    ["_at", "_until", "_since"].iter().any(|end| column.ends_with(end))
}

/// `2026-11-30 07:00:00.5`, or with a `T`, as `2026-11-30T07:00:00.5Z`.
fn moment(text: &str) -> Option<String> {
    let (day, time) = text.split_once([' ', 'T'])?;
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_time = time.len() >= 8
        && time
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    (is_day && is_time).then(|| format!("{day}T{time}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_and_moments_are_as_outside() {
        let written = |table: &str, column: &str, mut value: Value| {
            outside(prefix_of(table, column), column, &mut value);
            value
        };
        let id = crate::ids::OrderId(7);
        assert_eq!(written("orders", "id", json!(7)), json!(id.to_string()));
        assert_eq!(written("shipments", "order_id", json!(7)), json!(id.to_string()));
        assert_eq!(
            written("orders", "placed_by", json!(7)),
            json!(crate::ids::PersonId(7).to_string())
        );
        assert_eq!(written("orders", "cancelled_at", json!(null)), json!(null));
        let at = json!("2026-11-30T07:00:00.5Z");
        assert_eq!(written("orders", "placed_at", json!("2026-11-30 07:00:00.5")), at);
        assert_eq!(written("orders", "placed_at", json!("2026-11-30T07:00:00.5")), at);
        assert_eq!(
            written("orders", "note", json!("2026-11-30 07:00:00")),
            json!("2026-11-30 07:00:00")
        );
        assert_eq!(written("orders", "number", json!(10482)), json!(10482));
        assert_eq!(written("invoices", "order_id", json!(null)), json!(null));
    }
}
