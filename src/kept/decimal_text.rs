//! Numbers of a request as the text they were written in: exact, whatever their size.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};

/// A number sent as a JSON string (`"12.5"`) or a JSON integer (`12`), not yet read. A JSON number with a fraction or
/// an exponent is refused as a wrong type: by then its digits may be lost.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct DecimalText(pub String);

impl<'de> Deserialize<'de> for DecimalText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalTextVisitor)
    }
}

struct DecimalTextVisitor;

impl Visitor<'_> for DecimalTextVisitor {
    type Value = DecimalText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal string or an integer")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DecimalText, E> {
        Ok(DecimalText(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<DecimalText, E> {
        Ok(DecimalText(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<DecimalText, E> {
        Ok(DecimalText(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<DecimalText, E> {
        Ok(DecimalText(number.to_string()))
    }

    /// Integers beyond 64 bits come here too, and only they are this large; they keep their length, which is what
    /// makes every reader refuse them as too large.
    fn visit_f64<E: Error>(self, number: f64) -> Result<DecimalText, E> {
        const BEYOND_I64: f64 = 9.2e18;
        if number.abs() < BEYOND_I64 {
            return Err(E::invalid_type(Unexpected::Float(number), &self));
        }
        Ok(DecimalText(format!("{number:.0}")))
    }
}

impl utoipa::PartialSchema for DecimalText {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^-?\d+(\.\d+)?$"));
        let integer = ObjectBuilder::new().schema_type(Type::Integer);
        OneOfBuilder::new()
            .item(text)
            .item(integer)
            .description(Some("An exact decimal as a string, or an integer"))
            .into()
    }
}

impl utoipa::ToSchema for DecimalText {
    fn name() -> Cow<'static, str> {
        "DecimalText".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_integers_keep_their_digits() {
        for (json, expected) in [
            (r#""12.50""#, Some("12.50")),
            ("12", Some("12")),
            ("-3", Some("-3")),
            ("18446744073709551615", Some("18446744073709551615")),
            ("12.5", None),
            ("1e3", None),
            ("1.0", None),
            ("null", None),
            ("true", None),
            ("[1]", None),
        ] {
            let read = serde_json::from_str::<DecimalText>(json).ok();
            assert_eq!(read, expected.map(|text| DecimalText(text.to_owned())), "{json}");
        }
        let huge = serde_json::from_str::<DecimalText>(&"9".repeat(40)).expect("an integer");
        assert_eq!(
            huge.0.len(),
            41,
            "rounded up by one, and still far too large for everything"
        );
    }
}
