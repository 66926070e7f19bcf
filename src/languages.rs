//! The languages people and papers are addressed in: texts from `src/locales`, numbers and dates as each language
//! writes them.
//!
//! The texts are part of the program. A message is looked up by its key, which is the same in every language; a test
//! holds that. Amounts reach a text already written out, so no number passes through a float on its way to paper.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::money::{Money, UnitPrice};
use crate::names::names;
use crate::quantity::Quantity;
use crate::sentences::{Sentence, Value, Writing};

static_loader! {
    static TEXTS = {
        locales: "./src/locales",
        fallback_language: "en",
        // Marks of writing direction would be letters that no font has; both languages run the same way.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static EN: LanguageIdentifier = langid!("en");
static DE: LanguageIdentifier = langid!("de");

/// Keeps a number and what belongs to it on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

/// A value for a text's placeholder; made by `.into()` of a text, or of a number where the text has a plural.
pub type Argument<'a> = FluentValue<'a>;

names! {
    /// A language the portal speaks; its name is its BCP 47 tag.
    #[derive(Default)]
    pub enum Language as Language {
        #[default]
        En = "en",
        De = "de",
    }
}

impl Language {
    /// The language of a BCP 47 tag: `de-AT` is German, whatever isn't spoken here is English.
    pub fn from_locale(locale: &str) -> Self {
        let primary = locale.split(['-', '_']).next().unwrap_or_default();
        Self::from_name(&primary.to_ascii_lowercase()).unwrap_or_default()
    }

    /// What somebody reads: the language they chose, else that of their account's tag, else English.
    pub fn of(chosen: Option<Self>, account_tag: Option<&str>) -> Self {
        chosen.unwrap_or_else(|| account_tag.map(Self::from_locale).unwrap_or_default())
    }

    /// The text with this key.
    pub fn text(self, key: &str) -> String {
        TEXTS.lookup(self.identifier(), key)
    }

    /// The text with this key, if there is one.
    pub fn try_text(self, key: &str) -> Option<String> {
        TEXTS.try_lookup(self.identifier(), key)
    }

    /// The text with this key, its places filled: `text_with("mail-hello", &[("name", name.into())])`.
    pub fn text_with(self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        let arguments = filled(arguments);
        let text = TEXTS.lookup_with_args(self.identifier(), key, &arguments);
        with_single_stops(text, &arguments)
    }

    /// The same, if there is such a text.
    pub fn try_text_with(self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> Option<String> {
        let arguments = filled(arguments);
        let text = TEXTS.try_lookup_with_args(self.identifier(), key, &arguments)?;
        Some(with_single_stops(text, &arguments))
    }

    /// The sentence with its values; its key where it is of another version and no longer known.
    pub fn sentence(self, sentence: &Sentence, writing: Writing) -> String {
        let mut arguments = HashMap::new();
        for (name, value) in sentence.values() {
            if let Value::Number(number) = value {
                // A number chooses between one and many; what is printed is a text.
                arguments.insert(Cow::Owned(format!("{name}-count")), FluentValue::from(*number));
            }
            let printed = self.value(value, writing);
            arguments.insert(Cow::Owned(name.to_owned()), FluentValue::from(printed));
        }
        let text = TEXTS.try_lookup_with_args(self.identifier(), &sentence.key(), &arguments);
        text.map_or_else(|| sentence.key(), |text| with_single_stops(text, &arguments))
    }

    /// A value of a sentence.
    pub fn value(self, value: &Value, writing: Writing) -> String {
        match (writing, value) {
            (_, Value::Text(text)) | (Writing::Programs, Value::Decimal(text)) => text.clone(),
            (_, Value::List(texts)) => texts.join(", "),
            (_, Value::Sentence(sentence)) => self.sentence(sentence, writing),
            (Writing::Programs, Value::Number(number)) => number.to_string(),
            (Writing::Programs, Value::Money { amount, currency }) => format!("{amount} {currency}"),
            (Writing::Programs, Value::Date(date)) => date.to_string(),
            (Writing::Programs, Value::Day(day)) => {
                let form = if day.with_year { "%-d %b %Y" } else { "%-d %b" };
                day.date.format(form).to_string()
            }
            (Writing::Programs, Value::Name { name, .. }) => name.clone(),
            (Writing::People, Value::Number(number)) => self.decimal(number),
            (Writing::People, Value::Decimal(text)) => self.decimal(text),
            (Writing::People, Value::Money { amount, currency }) => self.with_currency(&self.decimal(amount), currency),
            (Writing::People, Value::Date(date)) => self.date(*date),
            (Writing::People, Value::Day(day)) => self.day(day.date, day.with_year),
            (Writing::People, Value::Name { family, name }) => {
                let word = self.try_text(&format!("{family}-{}", name.replace('_', "-")));
                word.unwrap_or_else(|| name.clone())
            }
        }
    }

    /// `14 Mar 2026`, `14.03.2026`.
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::En => {
                let month = self.text(&format!("month-short-{}", date.month()));
                format!("{} {month} {}", date.day(), date.year())
            }
            Self::De => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        }
    }

    /// `Thu 3 Dec`, `Do, 3. Dez.`, and the year where it is wanted.
    pub fn day(self, date: NaiveDate, with_year: bool) -> String {
        let weekday = self.text(&format!("mail-weekday-{}", date.weekday().number_from_monday()));
        let month = self.text(&format!("month-short-{}", date.month()));
        let places = [
            ("weekday", weekday.into()),
            ("day", date.day().into()),
            ("month", month.into()),
            ("year", date.year().to_string().into()),
        ];
        let key = if with_year { "mail-day-of-year" } else { "mail-day" };
        self.text_with(key, &places)
    }

    /// A plain decimal (`1234.5`, `-0.25`) with groups of three and the language's signs: `1,234.5`, `1.234,5`.
    pub fn decimal(self, number: impl fmt::Display) -> String {
        let (group, point) = match self {
            Self::En => (',', '.'),
            Self::De => ('.', ','),
        };
        let number = number.to_string();
        let (sign, digits) = match number.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", number.as_str()),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let mut text = String::with_capacity(number.len() + number.len() / 3 + 1);
        text.push_str(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }

    /// An amount with its currency: `EUR 1,234.50`, `1.234,50 EUR`.
    pub fn money(self, money: Money) -> String {
        self.with_currency(&self.amount(money), money.currency.code())
    }

    fn with_currency(self, amount: &str, currency: &str) -> String {
        match self {
            Self::En => format!("{currency}{NO_BREAK_SPACE}{amount}"),
            Self::De => format!("{amount}{NO_BREAK_SPACE}{currency}"),
        }
    }

    /// An amount where the currency stands elsewhere, with exactly its decimals.
    pub fn amount(self, money: Money) -> String {
        self.decimal(money)
    }

    /// A unit price: at least the decimals of an amount in `currency_exponent`, as many as it has.
    pub fn price(self, price: UnitPrice, currency_exponent: u8) -> String {
        let mut number = price.to_string();
        let wanted = usize::from(currency_exponent);
        let has = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        if has == 0 && wanted > 0 {
            number.push('.');
        }
        number.extend(std::iter::repeat_n('0', wanted.saturating_sub(has)));
        self.decimal(number)
    }

    /// A quantity without its unit, no trailing zeros.
    pub fn quantity(self, quantity: Quantity) -> String {
        self.decimal(quantity)
    }

    /// A rate in parts per million as percent: `19 %`, `8,1 %`.
    pub fn percent(self, ppm: i64) -> String {
        format!("{}{NO_BREAK_SPACE}%", self.decimal(Quantity::new(ppm, 4)))
    }

    /// What a UN/ECE Rec 20/21 unit is called beside this quantity of it; its own code where it has no name here.
    pub fn unit(self, code: &str, quantity: Quantity) -> String {
        let is_one = quantity.to_string() == "1";
        // Both languages know one and many, so any other number will do for the rest, halves too.
        let count = Argument::from(if is_one { 1 } else { 2 });
        let name = TEXTS.try_lookup_with_args(self.identifier(), &format!("unit-{code}"), &filled(&[("count", count)]));
        name.unwrap_or_else(|| code.to_owned())
    }

    /// What the country with this ISO 3166-1 code is called; the code itself where it has no name here.
    pub fn country(self, code: &str) -> String {
        TEXTS
            .try_lookup(self.identifier(), &format!("country-{code}"))
            .unwrap_or_else(|| code.to_owned())
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Self::En => &EN,
            Self::De => &DE,
        }
    }
}

/// A value that ends with a stop of its own, such as `3. Dez.`, ends a sentence without another one.
fn with_single_stops(mut text: String, arguments: &HashMap<Cow<'static, str>, Argument<'_>>) -> String {
    for value in arguments.values() {
        if let FluentValue::String(value) = value
            && value.len() > 1
            && value.ends_with('.')
        {
            let doubled = format!("{value}.");
            if text.contains(&doubled) {
                text = text.replace(&doubled, value);
            }
        }
    }
    text
}

fn filled<'a>(arguments: &[(&'static str, Argument<'a>)]) -> HashMap<Cow<'static, str>, Argument<'a>> {
    arguments
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
