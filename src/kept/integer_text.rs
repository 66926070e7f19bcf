//! Whole numbers of a request as texts that are not yet read.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A whole number: an integer in JSON, in a form whatever was typed, so that the check says what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct IntegerText(pub String);

impl<'de> Deserialize<'de> for IntegerText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(IntegerTextVisitor)
    }
}

struct IntegerTextVisitor;

impl Visitor<'_> for IntegerTextVisitor {
    type Value = IntegerText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("i64")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<IntegerText, E> {
        Ok(IntegerText(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<IntegerText, E> {
        Ok(IntegerText(number.to_string()))
    }

    /// JSON gives no text where an integer is asked for; forms do.
    fn visit_str<E: Error>(self, text: &str) -> Result<IntegerText, E> {
        Ok(IntegerText(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_integers_only() {
        for (json, expected) in [
            ("12", Some("12")),
            ("-3", Some("-3")),
            ("\"12\"", None),
            ("1.5", None),
            ("null", None),
        ] {
            let read = serde_json::from_str::<IntegerText>(json).ok();
            assert_eq!(read, expected.map(|text| IntegerText(text.to_owned())), "{json}");
        }
    }
}
