//! What surrounds what we say: the envelope, the header, answers.

use data_encoding::HEXLOWER;

use super::Element;
use crate::clock::{self, Timestamp};
use crate::money::Money;

/// The version whose content models are kept to.
pub const VERSION: &str = "1.2.060";
const DTD: &str = "http://xml.cxml.org/schemas/cXML/1.2.060/";
/// Who we are among programs.
pub const USER_AGENT: &str = concat!("portal ", env!("CARGO_PKG_VERSION"));

/// A number that no other document has.
pub fn payload_id(now: Timestamp) -> String {
    let random = HEXLOWER.encode(&clock::random_bytes::<12>());
    format!("{}.{random}@portal", now.and_utc().timestamp_millis())
}

/// `2026-11-29T18:00:00+00:00`
pub fn moment(at: Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// A whole document around what it says.
pub fn document(inner: impl IntoIterator<Item = Element>, payload_id: &str, now: Timestamp) -> Element {
    Element::new("cXML")
        .with("payloadID", payload_id)
        .with("timestamp", moment(now))
        .with("version", VERSION)
        .with("xml:lang", "en")
        .holding_all(inner)
}

/// As it is sent; `module` holds its elements: `cXML`, `Fulfill`, `InvoiceDetail`.
pub fn written(document: &Element, module: &str) -> String {
    prolog(module, &format!("{}\n", document.to_xml()))
}

/// What stands before a document, and the document.
pub fn prolog(module: &str, text: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE cXML SYSTEM \"{DTD}{module}.dtd\">\n{text}")
}

/// A domain with an identity, and a secret where it proves something.
pub fn credential(domain: &str, identity: &str, secret: Option<&str>) -> Element {
    let credential = Element::new("Credential")
        .with("domain", domain)
        .holding(Element::text_of("Identity", identity));
    match secret {
        Some(secret) => credential.holding(Element::text_of("SharedSecret", secret)),
        None => credential,
    }
}

/// Who speaks to whom.
pub fn header(from: (&str, &str), to: (&str, &str), secret: Option<&str>) -> Element {
    Element::new("Header")
        .holding(Element::new("From").holding(credential(from.0, from.1, None)))
        .holding(Element::new("To").holding(credential(to.0, to.1, None)))
        .holding(
            Element::new("Sender")
                .holding(credential(from.0, from.1, secret))
                .holding(Element::text_of("UserAgent", USER_AGENT)),
        )
}

/// What came of a request: code, its short text, what to do.
pub fn status(code: i32, text: &str, detail: &str) -> Element {
    let status = Element::new("Status").with("code", code.to_string()).with("text", text);
    match detail.is_empty() {
        true => status,
        false => status.with("xml:lang", "en").text(detail),
    }
}

/// An amount.
pub fn money(amount: Money) -> Element {
    money_of(&amount.to_string(), amount.currency.code())
}

/// The same of a price.
pub fn money_of(amount: &str, currency: &str) -> Element {
    Element::text_of("Money", amount).with("currency", currency)
}

/// A code and what it is called.
pub fn status_text(code: i32) -> &'static str {
    match code {
        200 => "OK",
        201 => "Accepted",
        204 => "No Content",
        401 => "Unauthorized",
        403 => "Forbidden",
        406 => "Not Acceptable",
        409 => "Conflict",
        412 => "Precondition Failed",
        417 => "Expectation Failed",
        450 => "Not Implemented",
        500 => "Internal Server Error",
        560 => "Temporary Server Error",
        _ => "Bad Request",
    }
}
