//! Languages are found by their locales, have all texts, and write numbers and days as their readers do.

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
    assert_eq!(
        until(Language::De, "Do, 3. Dez."),
        "Der Link gilt einmal, bis Do, 3. Dez."
    );
    assert_eq!(
        until(Language::De, "Do, 4. März"),
        "Der Link gilt einmal, bis Do, 4. März."
    );
    assert_eq!(
        until(Language::En, "Thu 3 Dec"),
        "The link is good once, until Thu 3 Dec."
    );
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
        (
            "cells_differ",
            [("found", 1), ("wanted", 12)],
            "The row has one cell, the header 12.",
        ),
        (
            "cells_differ",
            [("found", 2), ("wanted", 12)],
            "The row has 2 cells, the header 12.",
        ),
        (
            "reminder_days_rise",
            [("days", 1), ("before", 3)],
            "One day is not more than the 3 of the level before.",
        ),
        (
            "at_most_decimals",
            [("max", 1), ("", 0)],
            "At most one decimal is allowed here.",
        ),
    ] {
        assert_eq!(say(Language::En, name, &values), one);
    }
    for (count, german) in [(1, "1 Szenario offen"), (3, "3 Szenarien offen")] {
        assert_eq!(
            Language::De.text_with("sandbox-open", &[("count", count.into())]),
            german
        );
    }
}

#[test]
fn countries_have_names() {
    assert_eq!(Language::De.country("NL"), "Niederlande");
    assert_eq!(Language::En.country("DE"), "Germany");
    assert_eq!(Language::En.country("Q."), "Q.");
}
