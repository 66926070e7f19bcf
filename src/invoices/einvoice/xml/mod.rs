//! Documents as XML: a tree of elements, written by `quick_xml`. What is empty is left out, with its attributes.
//!
//! - [`ubl`]: UBL 2.1, [`cii`]: UN/CEFACT's Cross Industry Invoice D16B

pub mod cii;
#[cfg(test)]
mod tests;
pub mod ubl;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::error::{Error, Result};

/// An element with attributes, and a text or elements in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    inner: Vec<Self>,
}

/// Those that hold something, one after the other.
#[derive(Debug, Default)]
struct Inner(Vec<Element>);

impl Inner {
    fn add(&mut self, element: Element) {
        self.0.extend(Some(element).filter(|element| !element.is_empty()));
    }

    fn add_text(&mut self, name: &'static str, text: impl Into<String>) {
        self.add(Element::of(name, text));
    }

    fn add_some(&mut self, name: &'static str, text: Option<impl Into<String>>) {
        self.0.extend(
            text.map(|text| Element::of(name, text))
                .filter(|element| !element.is_empty()),
        );
    }

    /// A text of lines: the last one stays ended where it is.
    fn add_lines(&mut self, name: &'static str, text: Option<String>) {
        let ended = text.as_deref().is_some_and(|text| text.ends_with('\n'));
        let element = text.map(|text| Element::of(name, text));
        self.0
            .extend(element.filter(|element| !element.is_empty()).map(|mut element| {
                if ended {
                    element.text.push('\n');
                }
                element
            }));
    }

    /// An element with elements.
    fn group(&mut self, name: &'static str, fill: impl FnOnce(&mut Self)) {
        self.add(Element::group(name, fill));
    }

    /// An element that must be there though nothing is in it.
    fn must_group(&mut self, name: &'static str, fill: impl FnOnce(&mut Self)) {
        self.0.push(Element::group(name, fill));
    }
}

impl Element {
    fn of(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            text: readable(&text.into()),
            inner: Vec::new(),
        }
    }

    fn group(name: &'static str, fill: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Inner::default();
        fill(&mut inner);
        Self {
            name,
            attributes: Vec::new(),
            text: String::new(),
            inner: inner.0,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    fn with_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.inner.is_empty()
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if self.inner.is_empty() {
            writer.write_event(Event::Text(BytesText::new(&self.text)))?;
        }
        for element in &self.inner {
            element.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }

    /// The whole document.
    fn to_document(&self) -> Result<Vec<u8>> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let written = writer
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
            .and_then(|()| self.write(&mut writer));
        written.map_err(Error::internal)?;
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The text without blanks around it; in place of what XML can't hold stands the sign for that.
fn readable(text: &str) -> String {
    let sign = |sign: char| match sign {
        '\u{9}' | '\u{a}' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => sign,
        '\u{d}' => ' ',
        _ => '\u{fffd}',
    };
    text.trim().chars().map(sign).collect()
}
