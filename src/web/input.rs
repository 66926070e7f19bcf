//! The fields of a form as the same typed struct that a JSON body is read into. The struct's own fields say which names
//! are taken, so that what else the form sends (its version, its key) is no fault.

use std::fmt;

use serde::Deserializer;
use serde::de::value::{SeqDeserializer, StrDeserializer};
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::fields::Fields;

/// A value that can't be read; the field's name, empty where it is not known.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the field {} can't be read", self.0)
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(String::new())
    }

    fn missing_field(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

/// The form as a source of one struct.
#[derive(Debug, Clone, Copy)]
pub struct Source<'de>(pub &'de Fields);

impl<'de> Deserializer<'de> for Source<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable(String::new()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let mut members = Members {
            fields: self.0,
            names: names.iter(),
            name: "",
        };
        visitor.visit_map(&mut members)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Members<'de> {
    fields: &'de Fields,
    names: std::slice::Iter<'static, &'static str>,
    name: &'static str,
}

impl<'de> MapAccess<'de> for &mut Members<'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some(name) = self.names.find(|name| self.fields.has(name)) else {
            return Ok(None);
        };
        self.name = name;
        let key: StrDeserializer<'_, Unreadable> = name.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        let value = Value {
            fields: self.fields,
            name: self.name,
        };
        seed.deserialize(value)
            .ok()
            .ok_or_else(|| Unreadable(self.name.to_owned()))
    }
}

/// A value: a text, or what its text says.
struct Value<'de> {
    fields: &'de Fields,
    name: &'static str,
}

impl<'de> Value<'de> {
    fn text(&self) -> &'de str {
        self.fields.get(self.name)
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self.text().parse() {
                Ok(number) => visitor.$visit(number),
                Err(_) => visitor.visit_borrowed_str(self.text()),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.text())
    }

    /// A field that is there is given, be it empty.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let name: StrDeserializer<'_, Unreadable> = self.text().into_deserializer();
        visitor.visit_enum(name)
    }

    /// What is chosen of several; a field that is sent empty stands for a choice of none.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let chosen = self.fields.all(self.name).filter(|value| !value.is_empty());
        visitor.visit_seq(SeqDeserializer::new(chosen))
    }

    parsed! {
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
    }

    forward_to_deserialize_any! {
        bool i8 i16 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map
        struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Pack {
        name: String,
        gtin: Option<String>,
        note: Option<String>,
        multiple: Option<i64>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Chosen {
        mails: Option<Vec<String>>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Carton,
    }

    #[test]
    fn a_struct_takes_its_own_fields_and_says_which_it_cannot_read() {
        let form = |kind, multiple| {
            let fields = [
                ("form_key", "k"),
                ("name", " Box "),
                ("gtin", ""),
                ("multiple", multiple),
                ("kind", kind),
            ];
            let fields = Fields::new(fields);
            Pack::deserialize(Source(&fields))
        };
        let read = Pack {
            name: "Box".to_owned(),
            gtin: Some(String::new()),
            note: None,
            multiple: Some(4),
            kind: Some(Kind::Carton),
        };
        assert_eq!(form("carton", "4"), Ok(read));
        assert_eq!(form("bag", "4"), Err(Unreadable("kind".to_owned())));
        assert_eq!(form("carton", "x"), Err(Unreadable("multiple".to_owned())));
        let ticked = |values: &[&'static str]| {
            let fields = Fields::new(values.iter().map(|value| ("mails", *value)));
            Chosen::deserialize(Source(&fields)).map(|chosen| chosen.mails)
        };
        assert_eq!(ticked(&["", "a", "b"]), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(ticked(&[""]), Ok(Some(Vec::new())));
        assert_eq!(ticked(&[]), Ok(None));
        let nameless = Pack::deserialize(Source(&Fields::default()));
        assert_eq!(nameless, Err(Unreadable("name".to_owned())));
    }
}
