//! What is said to people, as facts: the name of a sentence and the values in it. The words are those of
//! `src/locales/*/sentences*.ftl`, so every reader gets the same sentence in their own language, and REST hands the
//! values on as `params`.
//!
//! A feature declares its sentences in a table of its own, `sentences.rs`. Each line is a function that takes the
//! values, so a missing one doesn't compile; the table's test holds it against the texts of both languages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::languages::Language;
use crate::money::Money;

/// One sentence or more, in no language yet. Stored as JSON where it outlives the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    name: Cow<'static, str>,
    values: Vec<(Cow<'static, str>, Value)>,
}

/// A value in a sentence; each language prints it its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// As it is.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A plain decimal: `12.5`.
    Decimal(String),
    /// An amount and its currency.
    Money {
        /// A plain decimal with the currency's places.
        amount: String,
        /// ISO 4217.
        currency: String,
    },
    /// A day.
    Date(NaiveDate),
    /// The name of a state, a role, a kind; its words are the text `{family}-{name}`.
    Name {
        /// How the keys of its texts begin.
        family: Cow<'static, str>,
        /// As it is called on the wire.
        name: String,
    },
    /// Texts, one after another.
    List(Vec<String>),
    /// A sentence within this one.
    Sentence(Box<Sentence>),
}

/// The values of a sentence by their names, for programs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Params(BTreeMap<String, Param>);

/// A number where the sentence counts, else a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Param {
    Number(i64),
    Text(String),
}

impl Sentence {
    /// For [`sentences!`] alone.
    pub fn new(name: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self {
            name: Cow::Borrowed(name),
            values: values
                .into_iter()
                .map(|(name, value)| (Cow::Borrowed(name), value))
                .collect(),
        }
    }

    /// Words that stand in the program, in English; goes with the last site that makes some.
    pub fn english(&self) -> Option<&str> {
        match self.values.as_slice() {
            [(_, Value::Text(text))] if self.name.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The key of its text.
    pub fn key(&self) -> String {
        format!("say-{}", self.name.replace('_', "-"))
    }

    /// The values with their names.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The sentence in this language. One that is no longer known, of an older version, is told by its name.
    pub fn in_language(&self, language: Language) -> String {
        match self.english() {
            Some(text) => text.to_owned(),
            None => language.sentence(self),
        }
    }

    /// The values for programs.
    pub fn params(&self) -> Params {
        if self.english().is_some() {
            return Params::default();
        }
        let param = |(name, value): (&str, &Value)| (name.to_owned(), value.param());
        Params(self.values().map(param).collect())
    }
}

/// As REST, the command line and the log say it.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::En))
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self::new("", vec![("text", Value::Text(text))])
    }
}

impl Value {
    fn param(&self) -> Param {
        match self {
            Self::Number(number) => Param::Number(*number),
            other => Param::Text(Language::En.value(other)),
        }
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Money {
            amount: money.to_string(),
            currency: money.currency.code().to_owned(),
        }
    }
}

/// A count of any width; none in the portal is beyond 63 bits.
pub trait Count {
    /// As the widest that fits a database.
    fn wide(self) -> i64;
}

macro_rules! counts {
    ($($type:ty)*) => {
        $(impl Count for $type {
            fn wide(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        })*
    };
}

counts! { u8 u16 u32 u64 usize i32 i64 }

/// A table of sentences: `unknown_account(account: text);` declares the function `unknown_account` that takes the
/// account and whose words are the text `say-unknown-account` with the place `{ $account }`. Values are `text` (whatever
/// prints itself), `number`, `decimal`, `money`, `date`, `list`, `sentence` or `name "family"`.
macro_rules! sentences {
    ($($name:ident($($value:ident: $kind:ident $($family:literal)?),*);)*) => {
        $(
            pub(crate) fn $name($($value: $crate::sentences::kind!($kind)),*) -> $crate::sentences::Sentence {
                let values = vec![$(
                    (stringify!($value), $crate::sentences::value!($kind $value $($family)?)),
                )*];
                $crate::sentences::Sentence::new(stringify!($name), values)
            }
        )*

        #[cfg(test)]
        #[test]
        fn every_sentence_is_written_in_every_language() {
            $($crate::sentences::tests::assert_written(stringify!($name), &[$(stringify!($value)),*]);)*
        }
    };
}

/// The type of a parameter.
macro_rules! kind {
    (text) => { impl std::fmt::Display };
    (decimal) => { impl std::fmt::Display };
    (name) => { &str };
    (number) => { impl $crate::sentences::Count };
    (money) => { $crate::money::Money };
    (date) => { chrono::NaiveDate };
    (list) => { impl IntoIterator<Item = impl std::fmt::Display> };
    (sentence) => { $crate::sentences::Sentence };
}

/// A parameter as a value.
macro_rules! value {
    (text $value:ident) => {
        $crate::sentences::Value::Text($value.to_string())
    };
    (decimal $value:ident) => {
        $crate::sentences::Value::Decimal($value.to_string())
    };
    (name $value:ident $family:literal) => {
        $crate::sentences::Value::Name {
            family: std::borrow::Cow::Borrowed($family),
            name: $value.to_owned(),
        }
    };
    (number $value:ident) => {
        $crate::sentences::Value::Number($crate::sentences::Count::wide($value))
    };
    (money $value:ident) => {
        $crate::sentences::Value::from($value)
    };
    (date $value:ident) => {
        $crate::sentences::Value::Date($value)
    };
    (list $value:ident) => {
        $crate::sentences::Value::List($value.into_iter().map(|item| item.to_string()).collect())
    };
    (sentence $value:ident) => {
        $crate::sentences::Value::Sentence(Box::new($value))
    };
}

pub(crate) use {kind, sentences, value};

// What several features say.
sentences! {
    say_why();
    at_most_characters(max: number);

    // The request
    wrong_values();
    try_again_later(seconds: number);
    forbidden();
    not_found();
    unavailable();
    internal();

    // Values that several features know
    fill_it_in();
    unknown_product(sku: text);
    unknown_account(account: text);
    unknown_price_list(list: text);
    unreadable_upload(reason: text);

    // Numbers
    not_a_plain_number();
    too_many_digits();
    too_many_decimals();
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{Language, Param, Sentence, at_most_characters};

    /// Fails where a language lacks the sentence or its text uses other values than the sentence has.
    pub fn assert_written(name: &str, values: &[&str]) {
        let key = format!("say-{}", name.replace('_', "-"));
        for language in Language::ALL {
            let text = written(language, &key);
            let text = text.unwrap_or_else(|| panic!("{}: there is no {key}", language.tag()));
            let places = text.split('$').skip(1).map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
                let place = &rest[..end.unwrap_or(rest.len())];
                place.strip_suffix("-count").unwrap_or(place)
            });
            let places: BTreeSet<_> = places.collect();
            assert_eq!(places, values.iter().copied().collect(), "{}: {key}", language.tag());
        }
    }

    /// The text with this key as it stands in its file.
    fn written(language: Language, key: &str) -> Option<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/locales")
            .join(language.tag());
        let files = std::fs::read_dir(folder)
            .expect("the folder of a language")
            .filter_map(Result::ok);
        let mut found = None;
        for file in files {
            let text = std::fs::read_to_string(file.path()).expect("texts");
            let mut lines = text.lines().skip_while(|line| !line.starts_with(&format!("{key} =")));
            if let Some(first) = lines.next() {
                let rest = lines.take_while(|line| line.starts_with([' ', '}']));
                let text = [first].into_iter().chain(rest).collect::<Vec<_>>().join("\n");
                assert!(found.replace(text).is_none(), "{}: {key} twice", language.tag());
            }
        }
        found
    }

    #[test]
    fn each_language_prints_values_its_own_way() {
        let sentence = at_most_characters(2000_usize);
        assert_eq!(sentence.to_string(), "At most 2000 characters fit.");
        assert_eq!(
            sentence.in_language(Language::De),
            "Höchstens 2.000 Zeichen passen hinein."
        );
        assert_eq!(sentence.params().0["max"], Param::Number(2000));
        let stored = serde_json::to_string(&sentence).expect("plain data");
        assert_eq!(serde_json::from_str::<Sentence>(&stored).expect("the same"), sentence);
    }
}
