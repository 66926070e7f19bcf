//! What is true or false in a request, as a text that is not yet read.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// True or false: a boolean in JSON, in a form the text of its choice, so that the check says what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct FlagText(pub String);

impl<'de> Deserialize<'de> for FlagText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bool(FlagTextVisitor)
    }
}

struct FlagTextVisitor;

impl Visitor<'_> for FlagTextVisitor {
    type Value = FlagText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<FlagText, E> {
        Ok(FlagText(flag.to_string()))
    }

    /// JSON gives no text where a boolean is asked for; forms do.
    fn visit_str<E: Error>(self, text: &str) -> Result<FlagText, E> {
        Ok(FlagText(text.to_owned()))
    }
}
