//! Staff keep products, packs and assortments. What they give is checked as rows of the import files are; each change is
//! recorded with what was before.
//!
//! - [`products`]: what the supplier sells
//! - [`units`]: the packs it is sold in
//! - [`assortments`]: what accounts see, under which number and label

pub mod assortments;
pub mod products;
pub mod units;

use serde_json::{Map, Value, json};

use super::rules::keeping::Values;
use crate::audit::Entry;
use crate::ids::AccountId;
use crate::version;

/// Entries of a history that are shown.
const HISTORY_ROWS_MAX: i64 = 200;

/// The version of what has these values.
pub fn version_of(values: &Values) -> i64 {
    // Plain texts always have a JSON form; what no one has seen fits no change.
    version::of_content(values).unwrap_or(-1)
}

fn object(values: &Values) -> Value {
    let pairs = values.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn entry(
    action: &'static str,
    account_id: Option<AccountId>,
    object_id: String,
    before: Option<&Values>,
    after: Option<&Values>,
) -> Entry {
    Entry {
        action,
        account_id,
        object: object_id,
        details: json!({"before": before.map(object), "after": after.map(object)}),
    }
}

fn value<'v>(values: &'v Values, column: &str) -> &'v str {
    let found = values.iter().find(|(known, _)| *known == column);
    found.map_or("", |(_, value)| value.as_str())
}
