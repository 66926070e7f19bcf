//! cXML documents: an element with its attributes and what it holds, read and written.
//!
//! - [`reading`]: bytes become elements, within limits
//! - [`model`]: which elements may stand where
//! - [`writing`]: what surrounds what we say

pub mod model;
pub mod reading;
pub mod writing;

pub use self::reading::{Fault, read};

/// An element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub content: Vec<Content>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Element(Element),
    Text(String),
}

impl Element {
    /// An element without content.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// The same that holds a text.
    pub fn text_of(name: &str, text: impl Into<String>) -> Self {
        Self::new(name).text(text)
    }

    /// The same with an attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// The same with an attribute where there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with an element at its end.
    #[must_use]
    pub fn holding(mut self, element: Self) -> Self {
        self.content.push(Content::Element(element));
        self
    }

    /// The same with several.
    #[must_use]
    pub fn holding_all(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(elements.into_iter().map(Content::Element));
        self
    }

    /// The same with a text at its end.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Content::Text(text.into()));
        self
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// Those of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first one at the end of a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| {
            element.elements().find(|inner| inner.name == *name)
        })
    }

    /// Its text, without blanks around it.
    pub fn value(&self) -> String {
        let texts = self.content.iter().map(|content| match content {
            Content::Text(text) => text.clone(),
            Content::Element(element) => element.value(),
        });
        texts.collect::<String>().trim().to_owned()
    }

    /// The text at the end of a path.
    pub fn value_at(&self, path: &[&str]) -> Option<String> {
        self.at(path).map(Self::value).filter(|text| !text.is_empty())
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value of the extra of this name.
    pub fn extrinsic(&self, name: &str) -> Option<String> {
        let is = |element: &&Self| {
            let own = element.attribute("name");
            own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        let found = self.all("Extrinsic").find(is).map(Self::value);
        found.filter(|text| !text.is_empty())
    }

    /// As XML.
    pub fn to_xml(&self) -> String {
        let mut xml = String::new();
        self.write(&mut xml);
        xml
    }

    /// What it holds as XML.
    pub fn inner_xml(&self) -> String {
        let mut xml = String::new();
        self.write_content(&mut xml);
        xml
    }

    fn write(&self, xml: &mut String) {
        xml.push('<');
        xml.push_str(&self.name);
        for (name, value) in &self.attributes {
            xml.push(' ');
            xml.push_str(name);
            xml.push_str("=\"");
            escape(value, true, xml);
            xml.push('"');
        }
        if self.content.is_empty() {
            xml.push_str("/>");
            return;
        }
        xml.push('>');
        self.write_content(xml);
        xml.push_str("</");
        xml.push_str(&self.name);
        xml.push('>');
    }

    fn write_content(&self, xml: &mut String) {
        for content in &self.content {
            match content {
                Content::Element(element) => element.write(xml),
                Content::Text(text) => escape(text, false, xml),
            }
        }
    }

    /// The same with lines and indents, for people to read; texts beside elements stay as they are.
    pub fn to_lines(&self) -> String {
        let mut lines = String::new();
        self.write_lines(0, &mut lines);
        lines
    }

    fn write_lines(&self, depth: usize, lines: &mut String) {
        let indent = "  ".repeat(depth);
        let has_text = self
            .content
            .iter()
            .any(|content| matches!(content, Content::Text(text) if !text.trim().is_empty()));
        lines.push_str(&indent);
        if has_text || self.elements().next().is_none() {
            lines.push_str(&self.to_xml());
            lines.push('\n');
            return;
        }
        let bare = Self {
            content: Vec::new(),
            ..self.clone()
        };
        let mut opening = bare.to_xml();
        opening.truncate(opening.len().saturating_sub(2));
        lines.push_str(&opening);
        lines.push_str(">\n");
        for element in self.elements() {
            element.write_lines(depth.saturating_add(1), lines);
        }
        lines.push_str(&indent);
        lines.push_str("</");
        lines.push_str(&self.name);
        lines.push_str(">\n");
    }

    /// The same with what is in elements of this name blanked.
    #[must_use]
    pub fn blanked(&self, name: &str) -> Self {
        let content = self.content.iter().map(|content| match content {
            Content::Element(element) if element.name == name => Content::Element(Self::text_of(name, "…")),
            Content::Element(element) => Content::Element(element.blanked(name)),
            Content::Text(text) => Content::Text(text.clone()),
        });
        Self {
            name: self.name.clone(),
            attributes: self.attributes.clone(),
            content: content.collect(),
        }
    }
}

fn escape(text: &str, in_attribute: bool, xml: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' if in_attribute => xml.push_str("&quot;"),
            // Readers make line ends and tabs in attributes blanks, and a carriage return a line end.
            '\n' | '\t' if in_attribute => xml.push_str(&format!("&#{};", u32::from(sign))),
            '\r' => xml.push_str("&#13;"),
            sign if is_allowed(sign) => xml.push(sign),
            _ => xml.push('\u{FFFD}'),
        }
    }
}

/// Signs that XML 1.0 may hold at all.
pub fn is_allowed(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let text = "a<b>&\"c\"\r\n\tüß€😀 ]]>";
        let element = Element::new("Extrinsic")
            .with("name", text)
            .text(text)
            .holding(Element::text_of("Inner", "x"));
        let read = read(element.to_xml().as_bytes()).expect("well-formed");
        assert_eq!(read, element);
        assert_eq!(element.inner_xml().matches("<Inner>x</Inner>").count(), 1);
        let odd = Element::text_of("A", "\u{0}\u{FFFE}");
        assert_eq!(odd.to_xml(), "<A>\u{FFFD}\u{FFFD}</A>");
    }

    #[test]
    fn secrets_are_blanked_wherever_they_stand() {
        let document =
            Element::new("cXML").holding(Element::new("Header").holding(Element::text_of("SharedSecret", "s3")));
        let blanked = document.blanked("SharedSecret").to_xml();
        assert!(
            !blanked.contains("s3") && blanked.contains("<SharedSecret>…"),
            "{blanked}"
        );
    }

    #[test]
    fn people_read_lines() {
        let document = Element::new("A")
            .holding(Element::text_of("B", "x"))
            .holding(Element::new("C").with("d", "1"));
        assert_eq!(document.to_lines(), "<A>\n  <B>x</B>\n  <C d=\"1\"/>\n</A>\n");
    }
}
