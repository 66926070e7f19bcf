//! Closed sets: one declaration gives an enum its names on the wire, in the database and in the API document.

pub mod agreements;
pub mod choices;
pub mod sets;
pub mod states;

/// A text that is none of the set's names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is none of {}", known.join(", "))]
pub struct UnknownName {
    /// What was read.
    pub text: String,
    /// The names there are.
    pub known: &'static [&'static str],
}

/// Declares an enum whose variants have names: `as` is what the API document calls it, each variant equals its name.
///
/// The names are the same everywhere: JSON, parameters, import files, columns (`Text`), and the ends of keys of texts.
/// A body whose faults are reported all at once reads a text and names the set by `#[schema(value_type = …)]`: serde would
/// stop at the first.
// Names are `tt`: what was matched as `literal` reaches utoipa inside a group, which it takes for no name at all.
macro_rules! names {
    ($(#[$meta:meta])* $visible:vis enum $name:ident as $schema:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $text:tt),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[schema(as = $schema)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        #[allow(missing_docs)]
        $visible enum $name { $($(#[$variant_meta])* #[serde(rename = $text)] $variant),* }

        #[allow(dead_code)]
        impl $name {
            /// All of them, in their order.
            pub const ALL: [Self; Self::NAMES.len()] = [$(Self::$variant),*];
            /// Their names, in the same order.
            pub const NAMES: &[&'static str] = &[$($text),*];

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The one with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                name.parse().ok()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::names::UnknownName;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err($crate::names::UnknownName { text: text.to_owned(), known: Self::NAMES }),
                }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.name()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl From<$name> for $crate::db::Bind {
            fn from(value: $name) -> Self {
                Self::from(value.name())
            }
        }

        impl From<Option<$name>> for $crate::db::Bind {
            fn from(value: Option<$name>) -> Self {
                Self::from(value.map(|value| value.name().to_owned()))
            }
        }

        impl $crate::db::Column for $name {
            type Sql = diesel::sql_types::Text;
            const KIND: $crate::db::Kind = $crate::db::Kind::Text;

            fn json<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.name().to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }
    };
}

pub(crate) use names;

#[cfg(test)]
mod tests {
    names! {
        /// A colour.
        #[derive(Default)]
        pub enum Colour as PaintColour {
            #[default]
            Red = "red",
            /// Not as red.
            DarkRed = "dark_red",
        }
    }

    #[test]
    fn names_lead_there_and_back() {
        assert_eq!(Colour::ALL, [Colour::Red, Colour::DarkRed]);
        for colour in Colour::ALL {
            assert_eq!(Colour::from_name(colour.name()), Some(colour));
            let text = serde_json::to_string(&colour).unwrap();
            assert_eq!(text, format!("\"{colour}\""));
            assert_eq!(serde_json::from_str::<Colour>(&text).unwrap(), colour);
        }
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ones() {
        for text in ["", "Red", "red ", "dark-red"] {
            let unknown = text.parse::<Colour>().unwrap_err();
            assert_eq!(unknown.to_string(), format!("'{text}' is none of red, dark_red"));
            assert!(serde_json::from_value::<Colour>(text.into()).is_err());
        }
    }

    #[test]
    fn the_api_document_names_the_values() {
        let name = <Colour as utoipa::ToSchema>::name();
        let schema = serde_json::to_value(<Colour as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(
            (&*name, &schema["enum"]),
            ("PaintColour", &serde_json::json!(["red", "dark_red"]))
        );
        assert_eq!(schema["description"], "A colour.");
    }
}
