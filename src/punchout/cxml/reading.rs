//! Bytes become elements. A document type may be named, as cXML wants it, and is never looked up; one that declares
//! anything is refused before a byte of it is used. Depth, elements, attributes and texts have limits.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Content, Element, is_allowed};
use crate::names::names;

/// Bytes of a document.
pub const BYTES_MAX: usize = 4 * 1024 * 1024;
const DEPTH_MAX: usize = 40;
const ELEMENTS_MAX: usize = 100_000;
const ATTRIBUTES_MAX: usize = 64;
/// Characters of a text or a value.
const TEXT_CHARS_MAX: usize = 200_000;

names! {
    /// Why a document is not read.
    pub enum Fault as CxmlFault {
        /// No XML, or none that is well-formed.
        Broken = "broken",
        /// It declares entities, or names some that it doesn't have.
        Entities = "entities",
        /// Deeper, larger or more than is taken.
        Limits = "limits",
        /// Neither UTF-8 nor ISO 8859-1.
        Encoding = "encoding",
        /// Elements stand where they may not.
        Structure = "structure",
    }
}

/// Reads a document; its outermost element.
pub fn read(bytes: &[u8]) -> Result<Element, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(Fault::Limits);
    }
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut whole = None;
    let mut elements = 0_usize;
    loop {
        match reader.read_event().ok().ok_or(Fault::Broken)? {
            Event::Start(start) => {
                elements = elements.saturating_add(1);
                if whole.is_some() {
                    return Err(Fault::Broken);
                }
                if open.len() >= DEPTH_MAX || elements > ELEMENTS_MAX {
                    return Err(Fault::Limits);
                }
                open.push(begun(&start)?);
            }
            Event::End(_) => {
                let ended = open.pop().ok_or(Fault::Broken)?;
                match open.last_mut() {
                    Some(around) => around.content.push(Content::Element(ended)),
                    None => whole = Some(ended),
                }
            }
            Event::Empty(_) => return Err(Fault::Broken),
            Event::Text(text) => add(&mut open, &text.into_inner())?,
            Event::CData(text) => add(&mut open, &text.into_inner())?,
            Event::GeneralRef(reference) => {
                let sign = match reference.resolve_char_ref().ok().ok_or(Fault::Broken)? {
                    Some(sign) => sign,
                    None => known(reference.as_ref()).ok_or(Fault::Entities)?,
                };
                add(&mut open, sign.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(declared) => {
                // Between brackets stands what a document declares by itself: entities, mostly.
                let declared = declared.into_inner();
                if declared.contains('[') || declared.contains('<') || !open.is_empty() || whole.is_some() {
                    return Err(Fault::Entities);
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match (whole, open.is_empty()) {
        (Some(whole), true) => Ok(whole),
        _ => Err(Fault::Broken),
    }
}

/// The text of the bytes: UTF-8 unless the document says that it is ISO 8859-1.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let declared = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1).map(str::to_ascii_lowercase));
    match declared.as_deref().unwrap_or("utf-8") {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .ok()
            .ok_or(Fault::Encoding),
        "iso-8859-1" | "latin1" => Ok(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into()),
        _ => Err(Fault::Encoding),
    }
}

/// `&amp;` and its like; there are no others without a document type.
fn known(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

fn begun(start: &BytesStart<'_>) -> Result<Element, Fault> {
    let mut element = Element::new(start.name().as_ref());
    for attribute in start.attributes() {
        // Twice the same attribute is an error of the reader's.
        let attribute = attribute.ok().ok_or(Fault::Broken)?;
        if element.attributes.len() >= ATTRIBUTES_MAX {
            return Err(Fault::Limits);
        }
        let value = value(&attribute.value)?;
        element.attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(element)
}

/// A value with its references resolved.
fn value(raw: &str) -> Result<String, Fault> {
    if raw.contains('<') {
        return Err(Fault::Broken);
    }
    let text = quick_xml::escape::unescape(raw).ok().ok_or(Fault::Entities)?;
    let is_fine = text.chars().all(is_allowed);
    match text.chars().count() > TEXT_CHARS_MAX {
        true => Err(Fault::Limits),
        false if is_fine => Ok(text.into_owned()),
        false => Err(Fault::Broken),
    }
}

fn add(open: &mut [Element], text: &str) -> Result<(), Fault> {
    let Some(element) = open.last_mut() else {
        // Outside the document there are blanks alone.
        return match text.trim().is_empty() {
            true => Ok(()),
            false => Err(Fault::Broken),
        };
    };
    if !text.chars().all(is_allowed) {
        return Err(Fault::Broken);
    }
    match element.content.last_mut() {
        Some(Content::Text(before)) => before.push_str(text),
        _ => element.content.push(Content::Text(text.to_owned())),
    }
    match element.content.last() {
        Some(Content::Text(text)) if text.len() > TEXT_CHARS_MAX => Err(Fault::Limits),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        read(text.as_bytes()).expect_err(text)
    }

    #[test]
    fn a_document_type_may_be_named_and_declares_nothing() {
        let named = r#"<?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.060/cXML.dtd">
            <cXML payloadID="1">&#228;&amp;</cXML>"#;
        assert_eq!(read(named.as_bytes()).expect("read").value(), "ä&");
        for entities in [
            r#"<!DOCTYPE cXML [<!ENTITY x "y">]><cXML>&x;</cXML>"#,
            r#"<!DOCTYPE cXML SYSTEM "a.dtd" [ ]><cXML/>"#,
            r#"<!DOCTYPE cXML [<!ENTITY x SYSTEM "file:///etc/passwd">]><cXML>&x;</cXML>"#,
            r#"<!DOCTYPE cXML [<!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]><cXML/>"#,
            "<cXML>&x;</cXML>",
            r#"<cXML a="&x;"/>"#,
        ] {
            assert_eq!(fault(entities), Fault::Entities, "{entities}");
        }
    }

    #[test]
    fn laughs_stay_small() {
        let mut bomb = String::from("<!DOCTYPE cXML [<!ENTITY a \"lol\">");
        for place in 1..20 {
            bomb.push_str(&format!("<!ENTITY a{place} \"{}\">", "&a;".repeat(10)));
        }
        bomb.push_str("]><cXML>&a19;</cXML>");
        assert_eq!(fault(&bomb), Fault::Entities);
        let deep = "<a>".repeat(50_000);
        assert_eq!(fault(&deep), Fault::Limits);
        let many = format!("<a>{}</a>", "<b/>".repeat(100_001));
        assert_eq!(fault(&many), Fault::Limits);
        let long = format!("<a>{}</a>", "x".repeat(TEXT_CHARS_MAX + 1));
        assert_eq!(fault(&long), Fault::Limits);
        let attributes: String = (0..65).map(|place| format!(" a{place}=\"\"")).collect();
        assert_eq!(fault(&format!("<a{attributes}/>")), Fault::Limits);
        let large = vec![b' '; BYTES_MAX + 1];
        assert_eq!(read(&large), Err(Fault::Limits));
    }

    #[test]
    fn what_is_not_well_formed_is_broken() {
        for broken in [
            "",
            "x",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            r#"<a b="1" b="2"/>"#,
            r#"<a b="<"/>"#,
            "<a>&#0;</a>",
            "<a>\u{1}</a>",
        ] {
            assert_eq!(fault(broken), Fault::Broken, "{broken}");
        }
    }

    #[test]
    fn two_encodings_are_known() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE4</a>";
        assert_eq!(read(latin).expect("read").value(), "ä");
        assert_eq!(read(b"<a>\xE4</a>"), Err(Fault::Encoding));
        assert_eq!(
            read(b"<?xml version='1.0' encoding='EBCDIC'?><a/>"),
            Err(Fault::Encoding)
        );
    }
}
