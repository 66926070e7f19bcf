//! The fields of a form that somebody sends.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::input::{Source, Unreadable};
use crate::clock;
use crate::error::{Code, Error, Result};
use crate::http::{self, LongBodies};
use crate::sentences;
use crate::version::Expected;

/// Most fields of a form.
const FIELDS_MAX: usize = 10_000;
/// Most that a form of somebody who isn't signed in holds, in bytes.
const OPEN_BYTES_MAX: usize = 128 * 1024;
/// Where forms stand that nobody has to be signed in for.
const OPEN_PATHS: &[&str] = &["/sign-in", "/forgot-password", "/reset/", "/invitations/", "/punchout/"];

/// All fields of a form in their order, repeated ones too. At most [`http::BODY_BYTES_MAX`] bytes, where nobody has to be
/// signed in 128 KB: such a form comes back in the answer.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields by name and value.
    pub fn new<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }

    /// Reads a form of up to `bytes_max`; with it how many bytes it had.
    pub async fn receive(request: &HttpRequest, payload: Payload, bytes_max: usize) -> Result<(Self, usize)> {
        let limit = || sentences::form_has_at_most(bytes_max / 1024);
        let bytes = http::receive_at_most(request, payload, bytes_max, limit).await?;
        let length = bytes.len();
        // A form of megabytes holds nobody up whose connection lives on the same thread.
        let fields = match request.app_data::<LongBodies>().cloned() {
            Some(long) => long.beside(length, move || Self::parsed(&bytes)).await?,
            None => Self::parsed(&bytes)?,
        };
        Ok((fields, length))
    }

    fn parsed(bytes: &[u8]) -> Result<Self> {
        let pairs = form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), line_ends(value)));
        let fields: Vec<_> = pairs.take(FIELDS_MAX + 1).collect();
        if fields.len() > FIELDS_MAX {
            return Err(Error::malformed(
                Code::PayloadTooLarge,
                sentences::form_has_fields(FIELDS_MAX),
            ));
        }
        check(&fields)?;
        Ok(Self(fields))
    }

    /// The value of a field as typed, without blanks around it; empty where it is missing.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The same; nothing where it is empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// The value exactly as sent: for passwords and texts of several lines.
    pub fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// True if the form has the field: a ticked box, the button that was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// Every value of a repeated field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |(field, _)| field == name);
        found.map(|(_, value)| value.trim())
    }

    /// Puts another value into a field, or adds the field.
    pub(super) fn set(&mut self, name: &str, value: String) {
        match self.0.iter_mut().find(|(field, _)| field == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Everything of the form that `T` has fields for; else the name of a field that can't be read.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        T::deserialize(Source(self)).map_err(|Unreadable(name)| name)
    }

    /// The same; a fault at the field that can't be read.
    pub fn input<T: DeserializeOwned>(&self) -> Result<T> {
        self.read().map_err(|name| match self.get(&name) {
            "" => Error::invalid(format!("/{name}"), Code::Required, sentences::fill_this_in()),
            text => {
                let detail = sentences::cannot_read(text);
                Error::invalid(format!("/{name}"), Code::ValueInvalid, detail)
            }
        })
    }

    /// The form's key, see [`form_key`].
    pub fn form_key(&self) -> Result<String> {
        let key = self.filled("form_key").filter(|key| key.len() <= 255);
        let key = key.ok_or_else(|| Error::malformed(Code::IdempotencyKeyRequired, sentences::form_lacks_key()))?;
        // Somebody looks into a sandbox in another tab, or does so no more.
        if key.starts_with(OF_SANDBOX) != clock::is_a_sandboxes() {
            return Err(Error::malformed(
                Code::IdempotencyKeyRequired,
                sentences::form_of_elsewhere(),
            ));
        }
        Ok(key.to_owned())
    }

    /// The version that the form was filled from, in its field `version`; none fits nothing.
    pub fn seen(&self) -> Expected {
        Expected::OneOf(self.get("version").parse().into_iter().collect())
    }

    /// All names and values in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A value of a type with its own text form (an id, a date); a fault at `/name` where it is ill-formed or missing.
    pub fn parse<T: FromStr>(&self, name: &str) -> Result<T> {
        let text = self.get(name);
        text.parse().ok().ok_or_else(|| match text {
            "" => Error::invalid(format!("/{name}"), Code::Required, sentences::fill_this_in()),
            _ => Error::invalid(format!("/{name}"), Code::ValueInvalid, sentences::cannot_read(text)),
        })
    }

    /// The same for a field that may be left empty.
    pub fn parse_filled<T: FromStr>(&self, name: &str) -> Result<Option<T>> {
        match self.filled(name) {
            None => Ok(None),
            Some(_) => self.parse(name).map(Some),
        }
    }
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let is_open = OPEN_PATHS.iter().any(|open| request.path().starts_with(open));
            let most = if is_open { OPEN_BYTES_MAX } else { http::BODY_BYTES_MAX };
            let (fields, _) = Self::receive(&request, payload, most).await?;
            Ok(fields)
        })
    }
}

/// Fields that say where to go on.
const LEADING: &[&str] = &["next", "page", "back", "list", "to"];

/// Neither engine keeps NUL, and no header that leads on holds control characters.
fn check(fields: &[(String, String)]) -> Result<()> {
    for (name, value) in fields {
        if LEADING.contains(&name.as_str()) && value.contains(char::is_control) {
            return Err(http::control_characters(name));
        }
        if name.contains('\0') || value.contains('\0') {
            let pointer = format!("/{}", name.replace('\0', ""));
            return Err(Error::invalid(pointer, Code::ValueInvalid, sentences::no_nul()));
        }
    }
    Ok(())
}

/// Browsers send the lines of a text with CR LF.
fn line_ends(text: Cow<'_, str>) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n"),
        false => text.into_owned(),
    }
}

/// A key for a form that creates something: sent twice, it has one effect.
pub fn form_key() -> String {
    let key = data_encoding::BASE64URL_NOPAD.encode(&clock::random_bytes::<16>());
    match clock::is_a_sandboxes() {
        true => format!("{OF_SANDBOX}{key}"),
        false => key,
    }
}

/// How keys of forms in a sandbox begin, so that none of them is taken outside and none from outside in it. No key made here has the sign.
const OF_SANDBOX: &str = "sandbox.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_on_holds_no_control_characters() {
        let fields = |name: &str, value: &str| check(&[(name.to_owned(), value.to_owned())]);
        assert!(fields("note", "two\nlines").is_ok());
        assert!(fields("next", "/orders?state=open").is_ok());
        for name in LEADING {
            assert!(fields(name, "/orders\r\nX: y").is_err(), "{name}");
        }
        assert!(fields("note", "\0").is_err());
    }

    #[test]
    fn fields_are_read_by_name_and_repeated_ones_in_order() {
        let form = Fields::new([("sku", " A "), ("note", ""), ("sku", "B"), ("on", "2026-11-25")]);
        assert_eq!(form.get("sku"), "A");
        assert_eq!(form.raw("sku"), " A ");
        assert_eq!(form.all("sku").collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(form.filled("note"), None);
        assert!(form.has("note") && !form.has("other"));
        assert!(form.parse::<chrono::NaiveDate>("on").is_ok());
        assert_eq!(form.parse_filled::<i64>("note").expect("may be empty"), None);
        for (name, code) in [("note", Code::Required), ("sku", Code::ValueInvalid)] {
            let Err(Error::Invalid(faults)) = form.parse::<i64>(name) else {
                panic!("{name} is no number");
            };
            assert_eq!(
                (faults[0].pointer.as_str(), faults[0].code),
                (format!("/{name}").as_str(), code)
            );
        }
    }
}
