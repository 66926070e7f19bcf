//! Fields of a change: one that is left out stays, one that is null is emptied.

use serde::{Deserialize, Deserializer};

/// A field that is there, be it null: `#[serde(default, deserialize_with = "given")]`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Adds a value that a change names to those of a row; null empties it.
pub fn put<T: ToString>(values: &mut Vec<(&'static str, String)>, column: &'static str, value: Option<Option<T>>) {
    if let Some(value) = value {
        values.push((column, value.map_or_else(String::new, |value| value.to_string())));
    }
}
