//! A form: what its fields hold, as it is stored or as somebody typed it; what is wrong at which field; what stands
//! above it; the version it was filled from; the key that makes two sendings one.
//!
//! A page makes one ([`Form::of`]), a handler gets one ([`Form::sent`]), reads typed values from it and, where they or
//! the use case refuse, hands it back to the page, which shows it as it was typed ([`Form::refused`]).

use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::components::{Banner, Tone};
use super::fields::{Fields, form_key};
use super::shell::Shell;
use crate::error::{Code, Error, Result};
use crate::languages::Language;
use crate::typed::{self, Typed};

/// Faults that are told above a form; more are counted.
const TOLD_MAX: usize = 5;

#[derive(Debug, Default)]
pub struct Form {
    language: Language,
    fields: Fields,
    /// Places (`amount`, `lines/3/quantity`) and sentences.
    faults: Vec<(String, String)>,
    banner: Option<Banner>,
    status: StatusCode,
    /// A key that was used for other values stays: the form is opened anew before it is sent again.
    is_spent: bool,
}

impl Form {
    /// An empty form.
    pub fn new(shell: &Shell) -> Self {
        Self::sent(shell, Fields::default())
    }

    /// A form that shows these values.
    pub fn of<N: Into<String>, V: Into<String>>(shell: &Shell, values: impl IntoIterator<Item = (N, V)>) -> Self {
        Self::sent(shell, Fields::new(values))
    }

    /// A form that shows what is stored: the members of `stored` by name, numbers as the reader types them.
    pub fn stored(shell: &Shell, stored: &impl Serialize) -> Self {
        let members = match serde_json::to_value(stored) {
            Ok(serde_json::Value::Object(members)) => members,
            _ => serde_json::Map::new(),
        };
        let text = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        Self::of(shell, members.into_iter().map(|(name, value)| (name, text(value))))
    }

    /// A form that somebody sent.
    pub fn sent(shell: &Shell, fields: Fields) -> Self {
        Self {
            language: shell.language,
            fields,
            ..Self::default()
        }
    }

    /// The form after a refusal: faults at their fields, else a banner, and the status of the page. What no form can
    /// tell goes on.
    pub fn refused(self, shell: &Shell, error: Error) -> Result<Self> {
        self.refused_at("/", shell, error)
    }

    /// The same with texts, by the name of the field, that say more about a value than that it is not possible.
    pub fn refused_saying(mut self, shell: &Shell, error: Error, words: &[(&str, &str)]) -> Result<Self> {
        if let Error::Invalid(faults) = &error {
            for fault in faults {
                let field = fault.pointer.split('/').nth(1).unwrap_or_default();
                let better = words.iter().find(|(name, _)| *name == field);
                if let Some((_, key)) = better.filter(|_| matches!(fault.code, Code::ValueInvalid | Code::Required)) {
                    self.note(field, shell.t(key));
                }
            }
        }
        self.refused(shell, error)
    }

    /// The same where the form is one part of what was refused: pointers to its fields begin with `part`.
    pub fn refused_at(mut self, part: &str, shell: &Shell, error: Error) -> Result<Self> {
        match &error {
            Error::Invalid(faults) => {
                let mut told: Vec<(&str, String)> = Vec::new();
                for fault in faults {
                    let place = fault.pointer.strip_prefix(part).unwrap_or(&fault.pointer);
                    // A fault of one of several values of a field stands at the field, with those of the others.
                    let field = place.split('/').next().unwrap_or(place);
                    let place = if self.fields.has(field) { field } else { place };
                    match told.iter_mut().find(|(known, _)| *known == place) {
                        Some((_, sentences)) => *sentences = format!("{sentences} {}", shell.fault(fault)),
                        None => told.push((place, shell.fault(fault))),
                    }
                }
                for (place, sentences) in told {
                    self.note(place, sentences);
                }
            }
            Error::Refused {
                code: Code::IdempotencyKeyReused,
                ..
            } => {
                self.is_spent = true;
                self.banner = Some(Banner::new(Tone::Warn, shell.t("form-sent-before")));
            }
            Error::Conflict {
                code: Code::PreconditionFailed,
                ..
            } => self.banner = Some(Banner::new(Tone::Bad, shell.t("form-overtaken"))),
            Error::Conflict { .. } | Error::Refused { .. } | Error::Throttled { .. } => {
                self.banner = Some(shell.banner_of(&error));
            }
            _ => return Err(error),
        }
        self.status = StatusCode::from_u16(error.code().status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        Ok(self)
    }

    /// Notes what is wrong at a place of the form; the first word about it stays.
    pub fn note(&mut self, place: impl Into<String>, sentence: impl Into<String>) {
        let place = place.into();
        if !self.faults.iter().any(|(known, _)| *known == place) {
            self.faults.push((place, sentence.into()));
        }
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
    }

    /// Tells at a field what would be wrong with it; the form itself was not refused.
    pub fn warn(&mut self, place: &str, sentence: impl Into<String>) {
        if self.fault(place).is_empty() {
            self.faults.push((place.to_owned(), sentence.into()));
        }
    }

    /// Says something above the form instead of how much is wrong in it.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.banner = Some(Banner::new(tone, text));
    }

    /// Shows something else in a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.set(name, value.into());
    }

    /// Takes what stands in `other` where the form has no such field.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (name, value) in other.fields.pairs() {
            if !self.fields.has(name) {
                self.set(name, value);
            }
        }
        self
    }

    // What the page asks for.

    /// The value of a field, without blanks around it.
    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    /// The value of a field exactly as it was sent: a text of several lines.
    pub fn text(&self, name: &str) -> &str {
        self.fields.raw(name)
    }

    /// True if this is the value of a field.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// What is wrong at a field or another place; empty where nothing is.
    pub fn fault(&self, place: &str) -> &str {
        let found = self.faults.iter().find(|(known, _)| known == place);
        found.map_or("", |(_, sentence)| sentence)
    }

    /// True if it was refused or read with faults.
    pub fn is_refused(&self) -> bool {
        self.status != StatusCode::OK
    }

    /// The page's status: 422 where a value is wrong, that of the refusal, else 200.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What the title of a page says first where something is wrong: `Error: `.
    pub fn prefix(&self) -> String {
        match self.is_refused() {
            true => format!("{} ", self.language.text("form-error-prefix")),
            false => String::new(),
        }
    }

    /// True if this is one of the values of a field that has several: a ticked box.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).any(|known| known == value)
    }

    /// What stands above the form: the refusal, or how much is wrong, with what belongs to no field of it.
    pub fn banner(&self) -> String {
        let banner = match (&self.banner, self.faults.len()) {
            (Some(banner), _) => banner.clone(),
            (None, _) if !self.is_refused() => return String::new(),
            (None, count) => {
                let elsewhere = self.faults.iter().filter(|(place, _)| !self.fields.has(place));
                let told = elsewhere.map(|(_, sentence)| sentence.clone()).take(TOLD_MAX);
                let text = self.language.text_with("form-refused", &[("count", count.into())]);
                Banner::new(Tone::Bad, text).with_details(told)
            }
        };
        banner.render().unwrap_or_default()
    }

    /// The key that makes two sendings one.
    pub fn key(&self) -> String {
        match self.is_spent {
            true => self.value("form_key").to_owned(),
            false => form_key(),
        }
    }

    // What the handler asks for.

    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Everything that was sent but the key: what makes two sendings the same.
    pub fn content(&self) -> Vec<(&str, &str)> {
        self.fields.pairs().filter(|(name, _)| *name != "form_key").collect()
    }

    /// A value where the field is filled in.
    pub fn filled(&self, name: &str) -> Option<String> {
        self.fields.filled(name).map(str::to_owned)
    }

    /// A number as a plain decimal; `None` after noting that it is missing or unclear.
    pub fn number(&mut self, name: &str) -> Option<String> {
        let text = self.value(name).to_owned();
        self.read(name, &text, typed::number(&text), "form-number")
    }

    /// The same for a quantity that stands at some other place of the form: `lines/3/quantity`.
    pub fn quantity_at(&mut self, place: &str, text: &str) -> Option<String> {
        self.read(place, text, typed::quantity(text), "form-number")
    }

    /// The same for an amount of money.
    pub fn amount(&mut self, name: &str, currency_code: &str) -> Option<String> {
        let text = self.value(name).to_owned();
        self.amount_at(name, &text, currency_code)
    }

    /// The same for an amount that stands at some other place of the form.
    pub fn amount_at(&mut self, place: &str, text: &str, currency_code: &str) -> Option<String> {
        self.read(place, text, typed::amount(text, currency_code), "form-number")
    }

    /// A day; `None` after noting that it is missing or unclear.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.value(name).to_owned();
        self.read(name, &text, typed::day(self.language, &text), "form-day")
    }

    /// The same where the field may be left empty; an outer `None` is a fault.
    pub fn optional_day(&mut self, name: &str) -> Option<Option<NaiveDate>> {
        match self.value(name) {
            "" => Some(None),
            _ => self.day(name).map(Some),
        }
    }

    /// Everything of the form that `T` has fields for, with `numbers` as [`Self::plain`] gives them; `None` after noting
    /// what can't be read.
    pub fn input<T: DeserializeOwned>(&mut self, numbers: &[&str]) -> Option<T> {
        match self.plain(numbers)?.read() {
            Ok(input) => Some(input),
            Err(name) => {
                let text = self.value(&name).to_owned();
                let read = if text.is_empty() { Typed::Missing } else { Typed::Bad };
                self.read::<String>(&name, &text, read, "form-value").and(None)
            }
        }
    }

    /// The fields with those called `numbers` read as people type them and given as plain decimals; `None` after noting
    /// which of them are unclear. What is no number at all is for the check to refuse.
    pub fn plain(&mut self, numbers: &[&str]) -> Option<Fields> {
        let mut plain = self.fields.clone();
        for name in numbers {
            let text = self.value(name).to_owned();
            match typed::number(&text) {
                Typed::Value(number) => plain.set(name, number),
                Typed::Ambiguous(one, other) => self.ask(name, &text, "form-number", [&one, &other]),
                Typed::Missing | Typed::Bad => {}
            }
        }
        self.faults.is_empty().then_some(plain)
    }

    fn read<T: Readable>(&mut self, place: &str, text: &str, read: Typed<T>, family: &str) -> Option<T> {
        match read {
            Typed::Value(value) => return Some(value),
            Typed::Missing => self.note(place, self.language.text("form-required")),
            Typed::Bad => {
                let places = [("typed", text.into())];
                self.note(place, self.language.text_with(&format!("{family}-bad"), &places));
            }
            Typed::Ambiguous(one, other) => self.ask(place, text, family, [&one, &other]),
        }
        None
    }

    /// Notes that a value can be read in two ways, and how to write each of them without doubt.
    pub(super) fn ask<T: Readable>(&mut self, place: &str, text: &str, family: &str, [one, other]: [&T; 2]) {
        let places = [
            ("typed", text.into()),
            ("one", one.as_typed(self.language).into()),
            ("other", other.as_typed(self.language).into()),
        ];
        self.note(place, self.language.text_with(&format!("{family}-asks"), &places));
    }
}

/// What people type and can be asked about.
pub trait Readable {
    /// As they would type it without doubt.
    fn as_typed(&self, language: Language) -> String;
}

impl Readable for String {
    fn as_typed(&self, language: Language) -> String {
        typed::to_type(language, self)
    }
}

impl Readable for NaiveDate {
    fn as_typed(&self, _: Language) -> String {
        self.to_string()
    }
}
