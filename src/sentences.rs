//! What is said to people, as facts: the name of a sentence and the values in it. The words are those of
//! `src/locales/*/sentences*.ftl`, so every reader gets the same sentence in their own language, and REST hands the
//! values on as `params`.
//!
//! A feature declares its sentences in a table of its own, `sentences.rs`. Each line is a function that takes the
//! values, so a missing one doesn't compile; the table's test holds it against the texts of both languages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};
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
    /// A day in full.
    Date(NaiveDate),
    /// A day near today, whose year goes without saying.
    Day(Day),
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

impl Params {
    /// The text with this name.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            Param::Text(text) => Some(text),
            Param::Number(_) => None,
        }
    }
}

/// A number where the sentence counts, else a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Param {
    Number(i64),
    Text(String),
}

/// A day as it is said on another day: with its year where that is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub date: NaiveDate,
    /// Whether its year is said.
    pub with_year: bool,
}

impl Day {
    /// The day as it is said `today`.
    pub fn on(date: NaiveDate, today: NaiveDate) -> Self {
        Self {
            date,
            with_year: date.year() != today.year(),
        }
    }
}

/// For whom values are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Numbers, dates and names as the reader's language writes them.
    People,
    /// In English with plain numbers, ISO dates and names of the wire: REST, the command line, the log.
    Programs,
}

impl Sentence {
    /// For the tables of `sentences!` alone.
    pub fn new(name: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self {
            name: Cow::Borrowed(name),
            values: values
                .into_iter()
                .map(|(name, value)| (Cow::Borrowed(name), value))
                .collect(),
        }
    }

    /// The same with another value for programs, which the words leave out.
    #[must_use]
    pub fn and(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((Cow::Borrowed(name), value));
        self
    }

    /// What programs know it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key of its text.
    pub fn key(&self) -> String {
        format!("say-{}", self.name.replace('_', "-"))
    }

    /// The values with their names.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The sentence in this language. One that is no longer known, of an older version, is shown as its name.
    pub fn in_language(&self, language: Language) -> String {
        language.sentence(self, Writing::People)
    }

    /// The values for programs.
    pub fn params(&self) -> Params {
        let param = |(name, value): (&str, &Value)| (name.to_owned(), value.param());
        Params(self.values().map(param).collect())
    }
}

/// As REST, the command line and the log say it.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::En.sentence(self, Writing::Programs))
    }
}

impl Value {
    fn param(&self) -> Param {
        match self {
            Self::Number(number) => Param::Number(*number),
            other => Param::Text(Language::En.value(other, Writing::Programs)),
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

/// Characters of a value that a sentence repeats. What people send may be longer; the place says where the rest is.
const SHOWN_CHARS_MAX: usize = 2_000;

/// A value as a sentence repeats it.
pub(crate) fn shown(value: impl fmt::Display) -> String {
    let mut text = value.to_string();
    if let Some((end, _)) = text.char_indices().nth(SHOWN_CHARS_MAX) {
        text.truncate(end);
        text.push('…');
    }
    text
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
/// prints itself), `number`, `decimal`, `money`, `date`, `day`, `list`, `sentence` or `name "family"`.
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
    (day) => { $crate::sentences::Day };
    (list) => { impl IntoIterator<Item = impl std::fmt::Display> };
    (sentence) => { $crate::sentences::Sentence };
}

/// A parameter as a value.
macro_rules! value {
    (text $value:ident) => {
        $crate::sentences::Value::Text($crate::sentences::shown($value))
    };
    (decimal $value:ident) => {
        $crate::sentences::Value::Decimal($crate::sentences::shown($value))
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
    (day $value:ident) => {
        $crate::sentences::Value::Day($value)
    };
    (list $value:ident) => {
        $crate::sentences::Value::List($value.into_iter().map($crate::sentences::shown).collect())
    };
    (sentence $value:ident) => {
        $crate::sentences::Value::Sentence(Box::new($value))
    };
}

pub(crate) use {kind, sentences, value};

// What several features say.
sentences! {
    // Values that several features know
    say_why();
    fill_it_in();
    fill_this_in();
    at_most_characters(max: number);
    no_nul();
    no_control_characters();
    no_font(letters: text);
    unknown_product(sku: text);
    unknown_account(account: text);
    account_is_closed(account: text);
    unknown_price_list(list: text);
    give_tier();
    no_order_id(text: text);
    name_a_line();
    too_large_a_total();
    cannot_read(typed: text);

    // Keys
    invisible_sign(sign: text, place: number);
    excel_formula_text();
    excel_exponent();
    excel_number();
    excel_error();
    write_it_as(known: text);

    // Numbers
    not_a_plain_number();
    too_many_digits();
    too_many_decimals();
    quantity_not_above_zero(quantity: text);
    quantity_not_a_number(quantity: text);
    quantity_too_long(quantity: text);
    quantity_too_fine(quantity: text);

    // Requests
    wrong_values();
    try_again_later(seconds: number);
    forbidden();
    not_found();
    unavailable();
    internal();
    send_json();
    send_form_with_files();
    send_rows();
    not_json(reason: text);
    wrong_shape(reason: text);
    body_has_at_most(megabytes: number);
    body_broke_off(reason: text);
    body_too_late();
    came_past_the_proxy();
    unreadable_upload(reason: text);
    use_next_cursor();
    use_last_cursor();
    since_is_forgotten(days: number);
    send_if_match();
    changed_since_read();
    send_idempotency_key();
    address_takes(methods: text);
    use_event_id();

    // Forms
    form_lacks_key();
    form_of_elsewhere();
    form_too_large();
    form_has_at_most(kilobytes: number);
    form_has_fields(max: number);

    // Work that stands below the features
    database_filled();
    placing_orders();
    message_due();
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{Language, Param, Sentence, at_most_characters};

    /// Fails where a language lacks the sentence or its text uses other values than the sentence has.
    pub fn assert_written(name: &str, values: &[&str]) {
        let key = format!("say-{}", name.replace('_', "-"));
        for language in Language::ALL {
            let text = written(language, &key);
            let text = text.unwrap_or_else(|| panic!("{}: there is no {key}", language.name()));
            let places = text.split('$').skip(1).map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
                let place = &rest[..end.unwrap_or(rest.len())];
                place.strip_suffix("-count").unwrap_or(place)
            });
            let places: BTreeSet<_> = places.collect();
            assert_eq!(places, values.iter().copied().collect(), "{}: {key}", language.name());
        }
    }

    /// The text with this key as it stands in its file.
    fn written(language: Language, key: &str) -> Option<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/locales")
            .join(language.name());
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
                assert!(found.replace(text).is_none(), "{}: {key} twice", language.name());
            }
        }
        found
    }

    #[test]
    fn each_language_prints_values_its_own_way() {
        let sentence = at_most_characters(2000_usize);
        assert_eq!(sentence.to_string(), "At most 2000 characters fit.");
        assert_eq!(sentence.in_language(Language::En), "At most 2,000 characters fit.");
        assert_eq!(
            sentence.in_language(Language::De),
            "Höchstens 2.000 Zeichen passen hinein."
        );
        assert_eq!(sentence.params().0["max"], Param::Number(2000));
        let stored = serde_json::to_string(&sentence).expect("plain data");
        assert_eq!(serde_json::from_str::<Sentence>(&stored).expect("the same"), sentence);
    }
}
