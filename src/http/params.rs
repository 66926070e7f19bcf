//! Parameters of the query string and ids in the path.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::precedence::AfterCaller;
use super::shape;
use crate::error::{Code, Error, Result};
use crate::sentences;

/// The query string as one flat struct; an unknown, repeated or ill-formed parameter is `validation_failed` with the
/// pointer `/name`.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + Unpin> FromRequest for Params<T> {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        AfterCaller::new(request, parse(request.query_string()).map(Self))
    }
}

/// Refuses a query in which something holds control characters: `value_invalid` at its name. No header that leads on holds
/// them, and neither engine keeps NUL. A tab at the ends comes along where a cell of a table is pasted.
pub fn refuse_controls(query: &str) -> Result<()> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    match pairs.find(|(name, value)| holds_controls(name) || holds_controls(value.trim_matches('\t'))) {
        Some((name, _)) => Err(control_characters(&name)),
        None => Ok(()),
    }
}

fn holds_controls(text: &str) -> bool {
    text.contains(char::is_control)
}

/// The refusal of a value with control characters in the parameter or field `name`.
pub fn control_characters(name: &str) -> Error {
    let mut pointer = String::new();
    shape::push(&mut pointer, &name.replace(char::is_control, ""));
    Error::invalid(pointer, Code::ValueInvalid, sentences::no_control_characters())
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T> {
    refuse_controls(query)?;
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(reader)
        .map_err(|error| shape::wrong_shape(error.path(), &error.inner().to_string()))
}

/// What is left of a parameter that somebody looks for: a text of nothing asks for nothing.
pub fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The id in the path, written `{id}` in the route; an ill-formed one is `not_found` like an unknown one.
#[derive(Debug, Clone, Copy)]
pub struct PathId<T>(pub T);

impl<T: FromStr + Unpin> FromRequest for PathId<T> {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().get("id").and_then(|text| text.parse().ok());
        AfterCaller::new(request, id.map(Self).ok_or(Error::NotFound))
    }
}

/// Two ids of a path, in its order; ill-formed ones are as unknown as others.
#[derive(Debug)]
pub struct PathIds<A, B>(pub A, pub B);

impl<A: FromStr + Unpin, B: FromStr + Unpin> FromRequest for PathIds<A, B> {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut texts = request.match_info().iter().map(|(_, text)| text);
        let first = texts.next().and_then(|text| text.parse().ok());
        let second = texts.next().and_then(|text| text.parse().ok());
        let ids = first.zip(second).map(|(first, second)| Self(first, second));
        AfterCaller::new(request, ids.ok_or(Error::NotFound))
    }
}

/// The same for three.
#[derive(Debug)]
pub struct PathIdsOfThree<A, B, C>(pub A, pub B, pub C);

impl<A: FromStr + Unpin, B: FromStr + Unpin, C: FromStr + Unpin> FromRequest for PathIdsOfThree<A, B, C> {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut texts = request.match_info().iter().map(|(_, text)| text);
        let first = texts.next().and_then(|text| text.parse().ok());
        let second = texts.next().and_then(|text| text.parse().ok());
        let third = texts.next().and_then(|text| text.parse().ok());
        let ids = first
            .zip(second)
            .zip(third)
            .map(|((first, second), third)| Self(first, second, third));
        AfterCaller::new(request, ids.ok_or(Error::NotFound))
    }
}

/// The id of the request, for handlers without a caller.
impl FromRequest for super::RequestId {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Limit;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct ListThings {
        q: Option<String>,
        #[serde(default)]
        limit: Limit,
    }

    #[test]
    fn parameters_are_read_by_name() {
        let read = |query| parse::<ListThings>(query).expect("read");
        assert_eq!(read("").limit, Limit::default());
        assert_eq!(read("limit=200&q=a%20b").q.as_deref(), Some("a b"));
        assert_eq!(read("q=a%2520b").q.as_deref(), Some("a%20b"), "once");
        // Pasted from a table.
        assert_eq!(read("q=P-200%09").q.as_deref(), Some("P-200\t"));
    }

    #[test]
    fn a_wrong_parameter_is_told_by_name() {
        for (query, code, pointer) in [
            ("limit=201", Code::ValueInvalid, "/limit"),
            ("limit=0", Code::ValueInvalid, "/limit"),
            ("limit=x", Code::WrongType, "/limit"),
            ("limit=", Code::WrongType, "/limit"),
            ("limit=1&limit=2", Code::ValueInvalid, "/limit"),
            ("colour=red", Code::UnknownField, "/colour"),
            ("q=a%00b", Code::ValueInvalid, "/q"),
            ("q=a%0Ab", Code::ValueInvalid, "/q"),
            ("q=a%7F", Code::ValueInvalid, "/q"),
            ("q=a%C2%85", Code::ValueInvalid, "/q"),
            ("%01q=a", Code::ValueInvalid, "/q"),
        ] {
            let Err(Error::Invalid(errors)) = parse::<ListThings>(query) else {
                panic!("{query} is accepted");
            };
            assert_eq!((errors[0].code, errors[0].pointer.as_str()), (code, pointer), "{query}");
        }
    }
}
