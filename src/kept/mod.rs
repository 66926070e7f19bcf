//! What people keep: one typed struct for each thing, whose members are what a JSON body, a form and a row of its import
//! file call them. Members are texts as they are typed: one that is left out stays, an empty one is none.

mod decimal_text;
mod edits;
mod flag_text;
mod integer_text;
mod noun;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

pub use self::decimal_text::DecimalText;
pub use self::edits::{Faults, edited};
pub use self::flag_text::FlagText;
pub use self::integer_text::IntegerText;
pub use self::noun::{Act, Field, Holds, Noun, Values};
use crate::error::{Error, Result};
use crate::version;

/// The cells of a row, by column.
pub type Row = Vec<(&'static str, String)>;

/// The version of a thing; its content has a JSON form, and what nobody has seen fits no change.
pub fn version(thing: &impl Serialize) -> i64 {
    version::of_content(thing).unwrap_or(-1)
}

/// A text that is there, where null empties it: `#[serde(default, deserialize_with = "text")]`.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(Option::deserialize(deserializer)?.unwrap_or_default()))
}

/// A whole number that is there, where null empties it.
pub fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<IntegerText>, D::Error> {
    Ok(Some(Option::deserialize(deserializer)?.unwrap_or_default()))
}

/// The input as the cells of a row with these columns.
pub fn row(input: &impl Serialize, columns: &[&[&'static str]]) -> Result<Row> {
    let members = members(input)?;
    let cell = |column: &'static str| match members.get(column)? {
        Value::Null => None,
        Value::String(text) => Some((column, text.clone())),
        Value::Array(names) => Some((
            column,
            names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        )),
        other => Some((column, other.to_string())),
    };
    Ok(columns.iter().copied().flatten().copied().filter_map(cell).collect())
}

/// The cells of `stored` with those that `change` gives in their places.
pub fn overlaid(stored: &impl Serialize, change: &impl Serialize, columns: &[&[&'static str]]) -> Result<Row> {
    let mut cells = row(stored, columns)?;
    for (column, text) in row(change, columns)? {
        match cells.iter_mut().find(|(known, _)| *known == column) {
            Some((_, cell)) => *cell = text,
            None => cells.push((column, text)),
        }
    }
    Ok(cells)
}

fn members(input: &impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(input).map_err(Error::internal)? {
        Value::Object(members) => Ok(members),
        _ => Err(Error::internal("what is kept has members")),
    }
}

/// A change as it is written down: only the members that differ.
#[derive(Debug, PartialEq)]
pub struct Difference {
    /// What they were.
    pub was: Value,
    /// What they are.
    pub is: Value,
}

impl Difference {
    /// What differs between two states of a thing; `None` where nothing does.
    pub fn between<Thing: Serialize>(before: &Thing, after: &Thing) -> Result<Option<Self>> {
        let (before, after) = (members(before)?, members(after)?);
        let (mut was, mut is) = (Map::new(), Map::new());
        for (name, new) in after {
            let old = before.get(&name).cloned().unwrap_or_default();
            if old != new {
                was.insert(name.clone(), old);
                is.insert(name, new);
            }
        }
        let (was, is) = (Value::Object(was), Value::Object(is));
        Ok((was != Value::Object(Map::new())).then_some(Self { was, is }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        name: Option<String>,
        #[serde(default, deserialize_with = "text")]
        street: Option<String>,
    }

    fn input(json: Value) -> Input {
        serde_json::from_value(json).expect("an input")
    }

    #[test]
    fn what_a_change_leaves_out_stays_and_null_empties() {
        let stored = input(json!({"name": "North", "street": "Quay 1"}));
        for (change, name, street) in [
            (json!({}), "North", "Quay 1"),
            (json!({"name": null}), "North", "Quay 1"),
            (json!({"street": null}), "North", ""),
            (json!({"name": "South", "street": ""}), "South", ""),
        ] {
            let cells = overlaid(&stored, &input(change.clone()), &[&["name"], &["street"]]);
            let wanted = [("name", name.to_owned()), ("street", street.to_owned())];
            assert_eq!(cells.expect("both have members"), wanted, "{change}");
        }
    }

    #[test]
    fn several_names_are_one_cell() {
        let cells = row(&json!({"mails": ["shipped", "invoiced"]}), &[&["mails"]]).expect("has members");
        assert_eq!(cells, [("mails", "shipped invoiced".to_owned())]);
    }

    #[test]
    fn a_row_has_the_columns_of_its_file_and_a_difference_only_what_differs() {
        let stored = input(json!({"name": "North", "street": "Quay 1"}));
        let cells = row(&stored, &[&["site", "name"], &["street"]]).expect("has members");
        assert_eq!(cells, [("name", "North".to_owned()), ("street", "Quay 1".to_owned())]);
        let moved = input(json!({"name": "North", "street": "Quay 2"}));
        let difference = Difference::between(&stored, &moved).expect("have members");
        let wanted = Difference {
            was: json!({"street": "Quay 1"}),
            is: json!({"street": "Quay 2"}),
        };
        assert_eq!(difference, Some(wanted));
        assert_eq!(Difference::between(&moved, &moved).expect("have members"), None);
    }
}
