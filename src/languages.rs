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
mod tests {
    use super::*;
    use crate::money::Currency;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn a_locale_names_its_language_and_the_unknown_is_english() {
        for (locale, expected) in [
            ("de", Language::De),
            ("de-AT", Language::De),
            ("DE_de", Language::De),
            ("en-GB", Language::En),
            ("fr-FR", Language::En),
            ("den", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(Language::from_locale(locale), expected, "{locale}");
        }
    }

    #[test]
    fn people_read_their_own_language_or_that_of_their_account() {
        for (chosen, account, expected) in [
            (Some(Language::De), Some("en-GB"), Language::De),
            (Some(Language::En), Some("de-DE"), Language::En),
            (None, Some("de-AT"), Language::De),
            (None, Some("de"), Language::De),
            (None, Some("den"), Language::En),
            (None, Some("fr-FR"), Language::En),
            (None, None, Language::En),
        ] {
            assert_eq!(Language::of(chosen, account), expected, "{chosen:?} {account:?}");
        }
        assert_eq!(Language::from_name("DE"), None);
    }

    #[test]
    fn every_fault_has_words_in_every_language() {
        for language in Language::ALL {
            let known = keys(language);
            for code in crate::error::Code::ALL {
                let key = format!("problems.ftl problem-{}", code.name().replace('_', "-"));
                assert!(known.contains(&key), "{}: {key}", language.name());
            }
        }
    }

    /// The keys of a language, by the names of their files.
    fn keys(language: Language) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/locales")
            .join(language.name());
        let mut keys = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let own = text
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_alphabetic()));
            for key in own.filter_map(|line| line.split_once('=')) {
                assert!(
                    keys.insert(format!("{name} {}", key.0.trim())),
                    "{name}: {} twice",
                    key.0
                );
            }
        }
        keys
    }

    #[test]
    fn every_language_has_every_text() {
        let english = keys(Language::En);
        assert!(!english.is_empty());
        assert_eq!(english, keys(Language::De));
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        for (number, english, german) in [
            ("0", "0", "0"),
            ("999", "999", "999"),
            ("1000", "1,000", "1.000"),
            ("-1234567.891", "-1,234,567.891", "-1.234.567,891"),
            ("0.000001", "0.000001", "0,000001"),
            ("-123", "-123", "-123"),
        ] {
            assert_eq!(Language::En.decimal(number), english);
            assert_eq!(Language::De.decimal(number), german);
        }
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        for (minor, code, english, german) in [
            (123_450, "EUR", "EUR\u{a0}1,234.50", "1.234,50\u{a0}EUR"),
            (123_450, "JPY", "JPY\u{a0}123,450", "123.450\u{a0}JPY"),
            (123_450, "KWD", "KWD\u{a0}123.450", "123,450\u{a0}KWD"),
        ] {
            let money = Money::new(minor, Currency::from_code(code).unwrap());
            assert_eq!(Language::En.money(money), english);
            assert_eq!(Language::De.money(money), german);
        }
    }

    #[test]
    fn prices_have_at_least_the_decimals_of_an_amount() {
        for (price, exponent, expected) in [
            ("7.333", 2, "7,333"),
            ("2.5", 2, "2,50"),
            ("7", 2, "7,00"),
            ("1200", 0, "1.200"),
            ("0.5", 0, "0,5"),
            ("1.25", 3, "1,250"),
        ] {
            assert_eq!(Language::De.price(UnitPrice::parse(price).unwrap(), exponent), expected);
        }
    }

    #[test]
    fn dates_and_rates_are_written_as_the_language_writes_them() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        assert_eq!(Language::En.date(date), "4 Mar 2026");
        assert_eq!(Language::De.date(date), "04.03.2026");
        assert_eq!(Language::De.percent(81_000), "8,1\u{a0}%");
        assert_eq!(Language::En.percent(190_000), "19\u{a0}%");
    }

    #[test]
    fn units_have_names_and_the_unknown_keep_their_code() {
        let check = |language: Language, code, steps, decimals, expected: &str| {
            assert_eq!(language.unit(code, Quantity::new(steps, decimals)), expected);
        };
        check(Language::En, "H87", 1, 0, "piece");
        check(Language::En, "H87", 10, 1, "piece");
        check(Language::En, "H87", 15, 1, "pieces");
        check(Language::De, "XCT", 2, 0, "Kartons");
        check(Language::De, "KGM", 2, 0, "kg");
        check(Language::En, "CT6", 2, 0, "CT6");
        check(Language::En, "H87.x", 2, 0, "H87.x");
        check(Language::De, "", 2, 0, "");
    }

    #[test]
    fn a_sentence_ends_with_one_stop_whatever_it_ends_with() {
        let until = |language: Language, day: &str| {
            language.text_with("mail-invitation-until", &[("until", Argument::from(day.to_owned()))])
        };
        assert_eq!(until(Language::De, "Do, 3. Dez."), "Der Link gilt einmal, bis Do, 3. Dez.");
        assert_eq!(until(Language::De, "Do, 4. März"), "Der Link gilt einmal, bis Do, 4. März.");
        assert_eq!(until(Language::En, "Thu 3 Dec"), "The link is good once, until Thu 3 Dec.");
        // A sentence within a sentence ends it, too; what is left out on purpose stays.
        assert_eq!(until(Language::En, "later..."), "The link is good once, until later...");
    }

    #[test]
    fn one_of_something_is_said_as_one() {
        use crate::sentences::{Sentence, Value, Writing};
        let say = |language: Language, name, values: &[(&'static str, i64)]| {
            let numbers = values.iter().map(|(name, number)| (*name, Value::Number(*number)));
            language.sentence(&Sentence::new(name, numbers.collect()), Writing::People)
        };
        for (name, values, one) in [
            ("cells_differ", [("found", 1), ("wanted", 12)], "The row has one cell, the header 12."),
            ("cells_differ", [("found", 2), ("wanted", 12)], "The row has 2 cells, the header 12."),
            ("reminder_days_rise", [("days", 1), ("before", 3)], "One day is not more than the 3 of the level before."),
            ("at_most_decimals", [("max", 1), ("", 0)], "At most one decimal is allowed here."),
        ] {
            assert_eq!(say(Language::En, name, &values), one);
        }
        for (count, german) in [(1, "1 Szenario offen"), (3, "3 Szenarien offen")] {
            assert_eq!(Language::De.text_with("sandbox-open", &[("count", count.into())]), german);
        }
    }

    #[test]
    fn countries_have_names() {
        assert_eq!(Language::De.country("NL"), "Niederlande");
        assert_eq!(Language::En.country("DE"), "Germany");
        assert_eq!(Language::En.country("Q."), "Q.");
    }
}
