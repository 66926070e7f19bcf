//! What a mail says: one model for all kinds, rendered as a plain text and as HTML from the same values.

use askama::Template;

use super::rules::one_line;
use crate::error::{Error, Result};
use crate::languages::Language;
use crate::parties::Contact;

/// Lines of a table that a mail shows; it says how many more there are.
pub const LINES_MAX: usize = 50;

/// What a feature writes.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// Their key, our object, its state, the consequence.
    pub subject: String,
    /// What happened, in one sentence.
    pub headline: String,
    /// What it means and what to do.
    pub paragraphs: Vec<String>,
    /// Names and values.
    pub facts: Vec<Fact>,
    /// The lines it is about.
    pub table: Option<Lines>,
    /// The one place to go on.
    pub link: Option<Link>,
    /// What the mail belongs to, so that readers' programs show its mails together.
    pub thread: Option<String>,
}

/// A name and a value.
#[derive(Debug, Clone)]
pub struct Fact {
    /// `Delivery to`.
    pub name: String,
    /// `MAIN`.
    pub value: String,
}

/// Lines of an order, a shipment, a payment.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// What the first column holds.
    pub item: String,
    /// What the cells hold.
    pub columns: Vec<String>,
    /// At most [`LINES_MAX`].
    pub rows: Vec<Line>,
    /// The sentence that says how many more there are.
    pub more: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// The number it has, the reader's own first.
    pub number: String,
    /// A value for each column; empty ones are left out of the plain text.
    pub cells: Vec<String>,
}

/// Somewhere to go.
#[derive(Debug, Clone)]
pub struct Link {
    /// `See order 10482`.
    pub label: String,
    /// The address.
    pub url: String,
}

/// What stands around every letter.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The reader's language.
    pub language: Language,
    /// Who writes.
    pub sender: String,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Why the reader gets it.
    pub why: String,
    /// Where to choose what one gets.
    pub settings: Option<Link>,
    /// The sentence that names the files beside it.
    pub attached: Option<String>,
}

/// A mail's texts.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// On one line.
    pub subject: String,
    /// The plain text; it says all that the HTML says.
    pub text: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail/templates/letter.txt")]
struct PlainText<'a> {
    letter: &'a Letter,
    frame: &'a Frame,
    ask: &'a str,
}

#[derive(Template)]
#[template(path = "mail/templates/letter.html")]
struct Html<'a> {
    letter: &'a Letter,
    frame: &'a Frame,
    ask: &'a str,
}

impl Line {
    /// The cells with their columns' names, for the plain text.
    fn text(&self, lines: &Lines) -> String {
        let parts: Vec<_> = lines
            .columns
            .iter()
            .zip(&self.cells)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| format!("{column}: {cell}"))
            .collect();
        parts.join(" · ")
    }
}

impl Letter {
    /// The letter as texts.
    pub fn render(&self, frame: &Frame) -> Result<Rendered> {
        let ask = frame.language.text("word-questions");
        let (letter, ask) = (self, ask.as_str());
        let text = PlainText { letter, frame, ask };
        let html = Html { letter, frame, ask };
        Ok(Rendered {
            subject: one_line(&self.subject),
            // The template's own last line break is not taken over.
            text: text.render().map_err(Error::internal)? + "\n",
            html: html.render().map_err(Error::internal)?,
        })
    }
}
