//! XML as far as workbooks need it: elements by their local names, texts, no document types, no deep nesting.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Fault;

/// Workbooks nest less than twenty deep.
const DEPTH_MAX: usize = 64;

/// What comes next.
pub(super) enum Step<'a> {
    Open(Element<'a>),
    /// The local name of what ends.
    Close(String),
    Text(Cow<'a, str>),
}

/// The beginning of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    /// Its attribute of this name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, Fault> {
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.ok().ok_or(Fault::Broken)?;
            if attribute.key.local_name().as_ref() == name {
                let text = quick_xml::escape::unescape(&attribute.value)
                    .ok()
                    .ok_or(Fault::Broken)?;
                return Ok(Some(text.into_owned()));
            }
        }
        Ok(None)
    }

    /// True where the attribute says yes.
    pub(super) fn has(&self, name: &str) -> Result<bool, Fault> {
        let value = self.attribute(name)?;
        Ok(value.is_some_and(|value| matches!(value.trim(), "1" | "true" | "on")))
    }
}

/// Hands the steps of `text` to `on`, one after the other.
pub(super) fn walk(text: &str, mut on: impl FnMut(Step<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok().ok_or(Fault::Broken)? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(Fault::Broken);
                }
                on(Step::Open(Element(element)))?;
            }
            Event::Empty(element) => {
                let name = element.local_name().as_ref().to_owned();
                on(Step::Open(Element(element)))?;
                on(Step::Close(name))?;
            }
            Event::End(element) => {
                depth = depth.checked_sub(1).ok_or(Fault::Broken)?;
                on(Step::Close(element.local_name().as_ref().to_owned()))?;
            }
            Event::Text(text) => on(Step::Text(text.into_inner()))?,
            Event::CData(text) => on(Step::Text(text.into_inner()))?,
            Event::GeneralRef(reference) => on(Step::Text(Cow::Owned(resolved(&reference)?.to_string())))?,
            Event::DocType(_) => return Err(Fault::Broken),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Fault::Broken),
        }
    }
}

/// `&amp;` and `&#228;`; there are no others without a document type.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, Fault> {
    if let Some(sign) = reference.resolve_char_ref().ok().ok_or(Fault::Broken)? {
        return Ok(sign);
    }
    match reference.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(Fault::Broken),
    }
}
