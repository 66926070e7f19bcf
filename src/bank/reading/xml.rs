//! Elements of an XML file as far as a reader needs them at a time. A document type and entities of its own are refused; depth, elements
//! and texts have limits.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Read;
use crate::bank::sentences;

const DEPTH_MAX: usize = 40;
/// Elements of one branch that is kept.
const BRANCH_MAX: usize = 500_000;
const TEXT_BYTES_MAX: usize = 20_000;

/// An element with what is in it.
#[derive(Debug, Default, Clone)]
pub struct Node {
    /// Without a prefix.
    pub name: String,
    /// Of an amount.
    pub currency: Option<String>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    /// The first one at the end of a path.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| {
            node.children.iter().find(|child| child.name == *name)
        })
    }

    /// Its text.
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        let text = self.at(path)?.text.trim();
        (!text.is_empty()).then_some(text)
    }

    /// All children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// What is done with elements as they end.
pub trait Visit {
    /// The outermost element with its name space.
    fn begin(&mut self, name: &str, space: &str) -> Read<()>;
    /// An element ended below those of these names; what is given back stays with the one around it.
    fn end(&mut self, around: &[Node], node: Node) -> Read<Option<Node>>;
}

/// Reads a document, element by element.
pub fn read(text: &str, visit: &mut dyn Visit) -> Read<()> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.expand_empty_elements = true;
    let mut open: Vec<Node> = Vec::new();
    let mut kept = 0_usize;
    // How many were kept before each node that is open: so many are kept again when it is dropped.
    let mut before: Vec<usize> = Vec::new();
    let mut is_over = false;
    let broken = |reader: &Reader<&[u8]>| {
        let place = format!("byte {}", reader.buffer_position());
        sentences::bank_file_broken(place, "XML")
    };
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => return Err(broken(&reader)),
        };
        match event {
            Event::Start(start) => {
                let node = begun(&start);
                before.push(kept);
                kept = kept.saturating_add(1);
                if is_over || open.len() >= DEPTH_MAX || kept > BRANCH_MAX {
                    return Err(broken(&reader));
                }
                if open.is_empty() {
                    visit.begin(&node.name, &space(&start))?;
                }
                open.push(node);
            }
            Event::End(_) => {
                let Some(node) = open.pop() else {
                    return Err(broken(&reader));
                };
                let dropped = before.pop().unwrap_or_default();
                is_over = open.is_empty();
                match (visit.end(&open, node)?, open.last_mut()) {
                    (Some(node), Some(around)) => around.children.push(node),
                    _ => kept = dropped,
                }
            }
            Event::Text(text) => add(&mut open, &text.into_inner()).ok_or_else(|| broken(&reader))?,
            Event::CData(text) => add(&mut open, &text.into_inner()).ok_or_else(|| broken(&reader))?,
            Event::GeneralRef(reference) => {
                let sign = match reference.resolve_char_ref() {
                    Ok(Some(sign)) => Some(sign),
                    Ok(None) => known(reference.as_ref()),
                    Err(_) => None,
                };
                let sign = sign.ok_or_else(sentences::bank_file_declares)?;
                add(&mut open, sign.encode_utf8(&mut [0; 4])).ok_or_else(|| broken(&reader))?;
            }
            Event::DocType(_) => return Err(sentences::bank_file_declares()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if is_over && open.is_empty() {
        Ok(())
    } else {
        Err(broken(&reader))
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn begun(start: &BytesStart<'_>) -> Node {
    let name = start.name();
    let currency = start
        .attributes()
        .flatten()
        .find(|attribute| local(attribute.key.as_ref()) == "Ccy");
    Node {
        name: local(name.as_ref()).to_owned(),
        currency: currency.map(|attribute| attribute.value.to_string()),
        ..Node::default()
    }
}

/// The name space that the element stands in.
fn space(start: &BytesStart<'_>) -> String {
    let name = start.name();
    let wanted = match name.as_ref().split_once(':') {
        Some((prefix, _)) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    let mut attributes = start.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.as_ref() == wanted);
    found.map(|attribute| attribute.value.to_string()).unwrap_or_default()
}

/// `&amp;` and its like.
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

fn add(open: &mut [Node], text: &str) -> Option<()> {
    match open.last_mut() {
        Some(node) if node.text.len() + text.len() <= TEXT_BYTES_MAX => {
            node.text.push_str(text);
            Some(())
        }
        // Outside the document there are blanks alone.
        None if text.trim().is_empty() => Some(()),
        _ => None,
    }
}
